#!/usr/bin/env python3
"""Times Parley's token counts against tiktoken and sentencepiece, in one run.

    ./run bench tokens CORPUS [MEGABYTES]

CORPUS is a JSON array of conversations, `conversations` of `value`; of it the first MEGABYTES (20)
of messages are taken, no text twice. First both sides must give the same ids, then each is timed
alone on one core in processor time, so that other work on the machine matters little.
Needs tiktoken and sentencepiece, of `tools/install.sh test` or of pip; no network.
"""
import os
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.path.join(ROOT, "build/release")
sys.path.insert(0, os.path.join(ROOT, "tests/tokens"))
from reference import LOADERS, differing, messages_of, run_parley

LIBRARIES = {"cl100k_base": "tiktoken", "llama2": "sentencepiece"}


def first_messages(corpus, most_bytes):
    texts, size = [], 0
    for text in dict.fromkeys(messages_of(corpus)):
        if size + len(text) > most_bytes:
            break
        texts.append(text)
        size += len(text)
    return texts, size


def main(corpus, megabytes="20"):
    subprocess.run(["cmake", "--build", BUILD, "--target", "count_tokens", "parley_data_files"],
                   stdout=subprocess.DEVNULL, check=True)
    program, data = os.path.join(BUILD, "bin/count_tokens"), os.path.join(BUILD, "share/parley")
    texts, size = first_messages(corpus, float(megabytes) * 1e6)
    print(f"{len(texts)} messages, {size / 1e6:.1f} MB; MB/s of one core")
    print(f"{'vocabulary':12} {'tokens':>9} {'Parley':>8} {'library':>8} {'ratio':>6}")
    for name, (_, load) in LOADERS.items():
        wrong = differing(program, data, name, texts)
        if wrong:
            sys.exit(f"{name}: {len(wrong)} messages differ")
        seconds, tokens = run_parley(program, data, name, "time", texts)[0].split()
        ours = size / float(seconds) / 1e6
        encode, decoded = load(data), [text.decode() for text in texts]
        begin = time.process_time()
        for text in decoded:
            encode(text)
        theirs = size / (time.process_time() - begin) / 1e6
        print(f"{name:12} {tokens:>9} {ours:8.1f} {theirs:8.1f} {ours / theirs:6.1f}  {LIBRARIES[name]}")


if __name__ == "__main__":
    main(*sys.argv[1:])
