#!/usr/bin/env python3
"""Compares Parley's tokens with tiktoken's and sentencepiece's: every message of a corpus, and
random Unicode.

    tests/tokens/compare.py build/release/bin/count_tokens build/release/share/parley [CORPUS]

CORPUS is a JSON array of conversations, `conversations` of `value`. Exit code 1 if a text differs.
Needs `pip install tiktoken sentencepiece`; no network.
"""
import random
import sys

from reference import LOADERS, differing, messages_of

POOLS = [
    "aAbB'sStTrReEvVlLdDmM\u017f  ", " \n\r\t\u00a0\u3000\u2028\u000b\u0085\u001c", "0123456789\u0663\u00bd\u00b2\u2167",
    ".,;:!?-_()[]{}<>/\\@#$%^&*+=|~`\"'", "你好世界的是不了，。！", "приветмирПРИВЕТ", "éèàüößñ",
    "한국어조선", "😀👨\u200d👩🏽❤️", "हिन्दीकी", "\u2581", "\0\x01\x7f\ufffd\ufeff", "ひらがなカタカナ",
]


def any_code_points(source, size, end):
    points = (source.randrange(end) for _ in range(size))
    return "".join(chr(point) for point in points if not 0xD800 <= point < 0xE000)


def random_texts(seed, count):
    source = random.Random(seed)
    for _ in range(count):
        size = source.choice([0, 1, 2, 3, 5, 8, 13, 30, 80, 300])
        kind = source.random()
        if kind < 0.1:
            text = any_code_points(source, size, 0x110000)
        elif kind < 0.2:
            text = any_code_points(source, size, 0x3000)
        else:
            pools = source.sample(POOLS, source.randrange(1, 4))
            text = ""
            while len(text) < size:
                pool = source.choice(pools)
                text += "".join(source.choice(pool) for _ in range(source.choice([1, 1, 2, 3, 7])))
        yield text.encode()
    for size in (1, 50, 95, 96, 97, 98, 200, 5000, 100000):
        for part in ("a", " ", "ab", "😀", "\n", "!", "好", "="):
            yield (part * size).encode()
            yield (part * size + "x").encode()


def main(program, data, corpus=None):
    inputs = {"random texts": list(random_texts(5, 60000))}
    if corpus:
        inputs["messages"] = messages_of(corpus)
    sound = True
    for name in LOADERS:
        for kind, texts in inputs.items():
            wrong = differing(program, data, name, texts)
            print(f"{name}: {len(texts)} {kind}, {len(wrong)} differ" + (f", first {wrong[0]}" if wrong else ""))
            sound = sound and not wrong
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
