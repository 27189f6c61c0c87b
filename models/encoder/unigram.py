"""The tokeniser of the encoder: unigram pieces of words between white space.

The twin of src/inference/unigram_tokenizer, which says the rules; tests hold the two together.
"""
import re

START, END, UNKNOWN, BREAK = 0, 1, 2, 3
MARK = "\u2581"
SPACE = re.compile(r"[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
LINE_BREAK = re.compile(r"[\n\r\u2028\u2029]")
WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


class Unigram:
    def __init__(self, pieces):
        """pieces: (text, score) by id, the four special ones first."""
        self.ids = {text: i for i, (text, _) in enumerate(pieces) if i > BREAK}
        self.scores = [score for _, score in pieces]
        self.unknown_score = min(self.scores[BREAK + 1:]) - 10
        self.longest = max(len(text) for text in self.ids)
        self.words = {}

    @classmethod
    def read(cls, path):
        with open(path, encoding="utf-8", newline="\n") as lines:
            rows = [line.rstrip("\n").rsplit("\t", 1) for line in lines]
        return cls([(text, float(score)) for text, score in rows])

    def cut(self, word):
        """[(id, begin, end)] in code points of `word`, the mark in front not counted."""
        if word in self.words:
            return self.words[word]
        text = MARK + word.translate(WIDE)
        size = len(text)
        # best[i]: the score of text[i:] and the end of its first piece; ties go to the longer one.
        best = [None] * size + [(0.0, size, END)]
        for i in range(size - 1, -1, -1):
            choice = None
            for end in range(min(size, i + self.longest), i, -1):
                found = self.ids.get(text[i:end])
                if found is None:
                    if end > i + 1:
                        continue
                    value, found = self.unknown_score + best[end][0], UNKNOWN
                else:
                    value = self.scores[found] + best[end][0]
                if choice is None or value > choice[0]:
                    choice = (value, end, found)
            best[i] = choice
        pieces, i = [], 0
        while i < size:
            _, end, found = best[i]
            begin = max(i - 1, 0)
            if found == UNKNOWN and pieces and pieces[-1][0] == UNKNOWN:
                pieces[-1] = (UNKNOWN, pieces[-1][1], end - 1)
            else:
                pieces.append((found, begin, end - 1))
            i = end
        if len(self.words) < 500_000 and size < 40:
            self.words[word] = pieces
        return pieces

    def split(self, text):
        """[(id, begin, end)] in code points of `text`."""
        pieces, at = [], 0
        for gap in SPACE.finditer(text):
            pieces += self.word(text, at, gap.start())
            if gap.start() > 0 and gap.end() < len(text) and LINE_BREAK.search(gap.group()):
                pieces.append((BREAK, gap.start(), gap.end()))
            at = gap.end()
        return pieces + self.word(text, at, len(text))

    def word(self, text, begin, end):
        if begin == end:
            return []
        return [(i, begin + b, begin + e) for i, b, e in self.cut(text[begin:end])]
