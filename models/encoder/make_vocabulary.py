#!/usr/bin/env python3
"""Cuts XLM-R's 250,002 pieces down to those that the languages served need.

    python3 make_vocabulary.py --base e5-small-q4.bin --data DIR --pieces 40000

Pieces are counted over the most frequent words of each language (PyPI wordfreq), the labelled sets,
names (PyPI Faker) and the texts of our own. Chinese characters stay single: a piece of two could
stand across the border of a name. Writes vocabulary.tsv and base_ids.npy (each piece's row in the
base) into --out.
"""
import argparse
import collections
import pathlib
import re

import numpy as np
import wordfreq

import corpora
import e5
import own_text
from unigram import MARK, Unigram

WEIGHTS = {"en": 6, "pt": 2, "ru": 2, "zh": 2, "es": 2.5, "de": 2.5, "fr": 2.5, "ja": 2, "ko": 1.5,
           "it": 1.5, "nl": 1.5, "pl": 1.5, "tr": 1.5, "ar": 1.5, "vi": 1, "uk": .7, "id": .7,
           "sv": .5, "da": .4, "nb": .3, "cs": .5, "sk": .3, "ro": .5, "hu": .4, "fi": .4, "el": .5,
           "he": .5, "fa": .6, "hi": .6, "sh": .4, "ca": .4, "bn": .3}
HAN = re.compile("[\u3400-\u9fff]")
SPECIAL = [("<s>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("<n>", 0.0)]


def count_words(tokenizer, counts, words):
    for word, weight in words:
        for piece, begin, end in tokenizer.cut(word):
            counts[piece] += weight


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--base", required=True)
    arguments.add_argument("--data", required=True)
    arguments.add_argument("--out", required=True, type=pathlib.Path)
    arguments.add_argument("--pieces", type=int, default=40_000)
    options = arguments.parse_args()
    base = e5.read(options.base)
    kept = [(text, score, i) for i, (text, score) in enumerate(base["pieces"])
            if score < 0 and text and "\ufffd" not in text
            and not (len(text) > 1 and len(HAN.findall(text)) and len(text.lstrip(MARK)) > 1)]
    full = Unigram(SPECIAL + [(text, score) for text, score, _ in kept])
    counts = collections.Counter()
    for language, weight in WEIGHTS.items():
        frequencies = wordfreq.get_frequency_dict(language, wordlist="best")
        words = sorted(frequencies.items(), key=lambda pair: (-pair[1], pair[0]))[:40_000]
        scaled = [(word, weight * value ** .7) for word, value in words]
        count_words(full, counts, scaled)
        count_words(full, counts, [(word.title(), .25 * value) for word, value in scaled])
    sample = collections.Counter()
    for _, entry in corpora.read(options.data):
        for word in entry["text"].split():
            sample[word] += 1
    for entry in own_text.read(2, 1):
        for word in entry["text"].split():
            sample[word] += 2
    count_words(full, counts, [(word, 2e-5 * count) for word, count in sample.items()])
    for language, locales in own_text.LOCALES.items():
        for locale in locales + own_text.GUESTS:
            for kind in ("first", "last", "city"):
                if own_text.usable(locale, kind):
                    count_words(full, counts, [(name, 3e-6) for name in set(
                        own_text.pool(locale, kind))])
    # Every single character that occurs at all, the printable ASCII and what emoji there are.
    always = {i for i, (text, *_) in enumerate(SPECIAL + kept)
              if i >= 4 and (len(text) == 1 and (counts[i] > 0 or text.isascii() or ord(text) > 0x2600
                                                 and not HAN.match(text) and ord(text) < 0x3000
                                                 or ord(text) >= 0x1F300))}
    ranked = [i for i, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])) if i >= 4]
    chosen = set(always)
    for i in ranked:
        if len(chosen) >= options.pieces - 4:
            break
        chosen.add(i)
    ordered = sorted(chosen)
    options.out.mkdir(parents=True, exist_ok=True)
    rows = SPECIAL + [kept[i - 4][:2] for i in ordered]
    with open(options.out / "vocabulary.tsv", "w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{text}\t{score:.6g}\n" for text, score in rows)
    np.save(options.out / "base_ids.npy",
            np.array([0, 2, 3, -1] + [kept[i - 4][2] for i in ordered], dtype=np.int32))
    trimmed = Unigram.read(options.out / "vocabulary.tsv")
    for language in sorted({entry["lang"] for entry in own_text.read(1, 1)} | {"en"}):
        words = [(w, f) for w, f in sorted(wordfreq.get_frequency_dict(language).items(),
                                           key=lambda p: -p[1])[:30_000]]
        before = sum(len(full.cut(w)) * f for w, f in words)
        after = sum(len(trimmed.cut(w)) * f for w, f in words)
        unknown = sum(f for w, f in words if any(i == 2 for i, *_ in trimmed.cut(w)))
        print(f"{language}: {after / before:.3f} pieces of the base, {unknown:.5f} unknown")
    print(f"{len(rows)} pieces, {len(always)} single")


if __name__ == "__main__":
    main()
