#!/usr/bin/env python3
"""Makes llama2.model, a SentencePiece model of Llama 2's vocabulary, out of npm's llama-tokenizer-js.

    tools/make_llama2_vocabulary.py .tools/npm/llama-tokenizer-js llama2.model

The package holds pieces and merges but no scores. A piece's score says when it is merged: in this
vocabulary minus its place among the ordinary pieces, and for runs of spaces -1e9, below all others.
The package's merges are sorted by score, which is how these were found and is checked here.
"""
import base64
import os
import re
import struct
import sys

SPACE = "\u2581"
FIRST_ORDINARY = 259  # Behind unknown, begin, end and the 256 bytes.
RUN_OF_SPACES_SCORE = -1e9


def varint(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def number_field(number, value):
    return varint(number << 3) + varint(value)


def bytes_field(number, value):
    return varint(number << 3 | 2) + varint(len(value)) + value


def score_of(place, piece):
    if place < FIRST_ORDINARY:
        return 0.0
    if len(piece) > 1 and set(piece) == {SPACE}:
        return RUN_OF_SPACES_SCORE
    return float(FIRST_ORDINARY - place)


def type_of(place):
    """SentencePiece's types: 1 normal, 2 unknown, 3 control, 6 byte."""
    return 2 if place == 0 else 3 if place < 3 else 6 if place < FIRST_ORDINARY else 1


def main(package, output):
    with open(os.path.join(package, "llama-tokenizer.js"), encoding="utf-8") as file:
        source = file.read()

    def literal(name):
        return base64.b64decode(re.search(name + r"\s*=\s*[\"']([^\"']*)", source).group(1))

    pieces = literal("llama_vocab_base64").decode().split("\n")
    places = {piece: place for place, piece in enumerate(pieces)}
    merges = struct.iter_unpack("<HH", literal("llama_merges_binary"))
    joined = [places[pieces[left] + pieces[right]] for left, right in merges]
    scores = [score_of(place, piece) for place, piece in enumerate(pieces)]
    if len(pieces) != 32000 or any(scores[a] < scores[b] for a, b in zip(joined, joined[1:])):
        sys.exit("the merges are not in the order of the scores that were expected")
    out = bytearray()
    for place, piece in enumerate(pieces):
        body = bytes_field(1, piece.encode()) + b"\x15" + struct.pack("<f", scores[place])
        out += bytes_field(1, body + number_field(3, type_of(place)))
    # The trainer's part: byte-pair merging, byte fallback, and where the special pieces stand.
    trainer = number_field(3, 2) + number_field(4, len(pieces)) + number_field(35, 1)
    trainer += number_field(40, 0) + number_field(41, 1) + number_field(42, 2)
    trainer += varint(43 << 3) + varint((1 << 64) - 1)
    # The normaliser's: none, a space in front, spaces kept and shown.
    normaliser = bytes_field(1, b"identity") + number_field(3, 1) + number_field(4, 0) + number_field(5, 1)
    out += bytes_field(2, trainer) + bytes_field(3, normaliser)
    with open(output, "wb") as file:
        file.write(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
