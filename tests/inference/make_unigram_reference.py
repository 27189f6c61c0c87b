#!/usr/bin/env python3
"""Writes tests/inference/unigram_reference.tsv: what models/encoder/unigram.py, which the encoder is
trained with, makes of random texts over the tiny encoder's vocabulary.

A line a text: its UTF-8 in hexadecimal, then each piece as id:begin:end, in bytes.
"""
import random
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "models/encoder"))
from unigram import Unigram  # noqa: E402

PARTS = ["the", "Mary", "Ma", "ry", "er", "s", "a", "ma", "Ма", "ша", "王", "小明", "小", ".", "é",
         "\u2581", "Ｍａ", "ｓ", "\U0001F600", " ", " ", "\n", "\r\n", "\t", "\u3000", "\u2028", "\u0085"]


def main():
    tokenizer = Unigram.read(HERE / "tiny_encoder/vocabulary.tsv")
    choose = random.Random(6)
    with open(HERE / "unigram_reference.tsv", "w") as out:
        for n in range(200):
            text = "".join(choose.choices(PARTS, k=n // 8))
            at = [len(text[:i].encode()) for i in range(len(text) + 1)]
            pieces = " ".join(f"{i}:{at[b]}:{at[e]}" for i, b, e in tokenizer.split(text))
            print(text.encode().hex(), pieces, sep="\t", file=out)


if __name__ == "__main__":
    main()
