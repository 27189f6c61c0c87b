#!/usr/bin/env python3
"""Writes src/inference/token_reference.inc: what tiktoken and sentencepiece make of texts of our own.

    tests/tokens/make_reference.py build/release/share/parley > src/inference/token_reference.inc

Needs `pip install tiktoken sentencepiece`; no network.
"""
import sys

from reference import load_cl100k, load_llama2

TEXTS = [
    "",
    " ",
    "Hello",
    " Hello",
    "   Hello",
    "Hello, world! It's 2024; we'll see.",
    "DON'T SHOUT, I'VE heard 'em: they'Re \"fine\" 'tis",
    "a  b   c    d",
    "tabs\tand\t\ttabs",
    "line\nline\n\nline\r\n  indented\n    more  \n",
    "ends in spaces   ",
    "ends in a line\n ",
    "\n\n\n",
    "def f(x):\n        return x**2  # square\n",
    "<s>not special</s> <|endoftext|> <0x0A> <unk> [INST]",
    "1234567890 3.14159 10,000 ½ ² Ⅷ ٣٤٥",
    "https://example.org/a_b-c?d=e&f=%20g#h",
    "Grüße aus Köln, señor! Ça va? Žluťoučký kůň",
    "Привет, как дела? Съешь ещё этих булок.",
    "你好，世界。今天天气很好！",
    "今日はとても良い天気ですね。カタカナも。",
    "안녕하세요, 오늘 날씨가 좋네요.",
    "مرحبا بالعالم",
    "नमस्ते दुनिया",
    "👍🏽 family 👨‍👩‍👧 flags 🇩🇪🇯🇵 ❤️",
    "no\u00a0break\u3000wide\u2028line\u0085next",
    "\u0000\u0001\u001c\u001d\u007f\ufeff\ufffd",
    "▁visible▁▁space",
    "the long \u017f: it'\u017f and '\u017fo",
    "!!!???...---===~~~```",
    "=" * 70,
    "a" * 200,
    " " * 100 + "x",
    "好" * 120,
]


def c_string(text):
    out = ""
    for byte in text.encode():
        char = chr(byte)
        out += char if " " <= char <= "~" and char not in '"\\?' else f"\\{byte:03o}"
    return f'"{out}"'


def main(data):
    cl100k, llama2 = load_cl100k(data), load_llama2(data)
    print("// Written by tests/tokens/make_reference.py: {text, its size, cl100k_base, Llama 2}.")
    print("// clang-format off")
    for text in TEXTS:
        ids = ["{" + ", ".join(map(str, encode(text))) + "}" for encode in (cl100k, llama2)]
        print(f"{{{{{c_string(text)}, {len(text.encode())}}}, {ids[0]}, {ids[1]}}},")
    print("// clang-format on")


if __name__ == "__main__":
    main(*sys.argv[1:])
