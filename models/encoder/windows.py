"""Texts with spans to windows of pieces with labels, and predictions back to spans."""
import re

from encoder import LABELS, MAX_PIECES
from unigram import BREAK, END, START

LABEL_IDS = {label: i for i, label in enumerate(LABELS)}
SPACED = re.compile(r"[^\W\d_\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[\d_'’\u0300-\u036f]")


def labels_of(pieces, spans):
    """The label of each piece: that of the span it touches."""
    labels, at = [], 0
    spans = sorted(spans)
    before = None
    for piece, begin, end in pieces:
        while at < len(spans) and spans[at][1] <= begin:
            at += 1
        inside = at < len(spans) and spans[at][0] < max(end, begin + 1) and begin < spans[at][1]
        if not inside or piece == BREAK:
            labels.append(0)
            before = None
        else:
            labels.append(LABEL_IDS[("I-" if before == at else "B-") + spans[at][2]])
            before = at
    return labels


def chunks(pieces, labels):
    """Runs of at most MAX_PIECES; a long text is cut at a break between words outside spans."""
    begin = 0
    while begin < len(pieces):
        end = min(begin + MAX_PIECES, len(pieces))
        if end < len(pieces):
            for cut in range(end, begin + MAX_PIECES // 2, -1):
                if labels[cut] == 0 and pieces[cut][1] > pieces[cut - 1][2]:
                    end = cut
                    break
        yield pieces[begin:end], labels[begin:end]
        begin = end


def ids_of(pieces):
    return [START] + [piece[0] for piece in pieces] + [END]


def spans_of(pieces, path, text, label="PER"):
    """Spans of the label, widened to whole words, as [begin, end] in code points."""
    spans = []
    for (piece, begin, end), choice in zip(pieces, path):
        name = LABELS[choice]
        if name == "I-" + label and spans and spans[-1][2]:
            spans[-1][1] = max(end, spans[-1][1])
        elif name in {"B-" + label, "I-" + label} and end > begin:
            spans.append([begin, end, True])
            continue
        elif spans:
            spans[-1][2] = False
    widened = []
    for begin, end, _ in spans:
        while end > begin and not text[end - 1].isalnum():
            end -= 1
        while begin < end and not text[begin].isalnum():
            begin += 1
        if begin == end:
            continue
        while begin > 0 and SPACED.match(text[begin - 1]) and SPACED.match(text[begin]):
            begin -= 1
        while end < len(text) and SPACED.match(text[end]) and SPACED.match(text[end - 1]):
            end += 1
        possessive = re.search(r"['’][sS]?$", text[begin:end])
        if possessive and possessive.start():
            end = begin + possessive.start()
        if not widened or begin >= widened[-1][1]:
            widened.append([begin, end])
    return widened
