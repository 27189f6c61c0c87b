#!/usr/bin/env python3
"""Writes src/text/char_class_table.inc: which code points are letters, numbers and spaces.

The classes are those that tiktoken's regular expressions see, asked of tiktoken itself, so that
counts agree with it code point by code point. Needs `pip install tiktoken`; no network.

    tools/make_char_class_table.py > src/text/char_class_table.inc
"""
import sys

import tiktoken

BYTES = {bytes([b]): b for b in range(256)}
CLASSES = {"kLetter": r"\p{L}", "kNumber": r"\p{N}", "kSpace": r"\s"}


def members(pattern):
    """The code points that `pattern` matches: tiktoken passes over what no pattern matches."""
    encoding = tiktoken.Encoding("one class", pat_str=pattern, mergeable_ranks=BYTES, special_tokens={})
    for code_point in range(0x110000):
        if 0xD800 <= code_point < 0xE000:
            continue
        if encoding.encode_ordinary(chr(code_point)):
            yield code_point


def ranges(code_points):
    begin = last = None
    for code_point in code_points:
        if last is not None and code_point == last + 1:
            last = code_point
            continue
        if last is not None:
            yield begin, last
        begin = last = code_point
    if last is not None:
        yield begin, last


def main():
    rows = []
    for name, pattern in CLASSES.items():
        rows += [(begin, last, name) for begin, last in ranges(members(pattern))]
    rows.sort()
    print(f"// Written by tools/make_char_class_table.py with tiktoken {tiktoken.__version__}.")
    print("// {first, last, class}, sorted; all others are kOther.")
    print("// clang-format off")
    for begin, last, name in rows:
        print(f"{{0x{begin:X}, 0x{last:X}, CharClass::{name}}},")
    print("// clang-format on")


if __name__ == "__main__":
    sys.exit(main())
