#!/usr/bin/env python3
"""Gathers chat text that nobody marked, for train_screen.py: {"text", "language", "by_person", "set"}.

    chat_text.py CLONES OUT.jsonl

CLONES holds clones of the repositories that data.toml names under [[chat]], as owner+name, each at its
commit; what each file must hash to stands there too. Of a large file some 1.5 MB are taken, by a seed.
"""
import hashlib
import json
import pathlib
import random
import sys
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
MOST = 1_500_000


def instructions(data):
    rows = json.loads(data)
    random.Random(1).shuffle(rows)
    size = 0
    for row in rows:
        asked = row["instruction"] + ("\n" + row["input"] if row["input"] else "")
        yield True, asked
        yield False, row["response"]
        size += len(asked) + len(row["response"])
        if size > MOST:
            return


def open_assistant(data):
    def walk(message):
        yield message["role"] == "prompter", message["text"]
        for reply in message.get("replies") or []:
            yield from walk(reply)
    for line in data.decode().split("\n"):
        if line:
            yield from walk(json.loads(line))


def samples(data):
    for prompt in json.loads(data)["prompts"]:
        for result in prompt["results"]:
            yield from ((False, output) for output in result["outputs"])


def school_mathematics(data):
    for line in data.decode().split("\n")[:2500]:
        row = json.loads(line)
        yield True, row["question"]
        yield False, row["answer"]


def main(clones, out):
    seen = set()
    with open(out, "w", encoding="utf-8") as file:
        for source in tomllib.loads((HERE / "data.toml").read_text(encoding="utf-8"))["chat"]:
            folder = pathlib.Path(clones) / source["repository"].replace("/", "+")
            for path, digest in source["files"]:
                data = (folder / path).read_bytes()
                if hashlib.sha256(data).hexdigest() != digest:
                    sys.exit(f"{folder / path} is not the file that was trained on")
                for by_person, text in globals()[source["form"]](data):
                    if isinstance(text, str) and text.strip() and text not in seen:
                        seen.add(text)
                        row = {"text": text, "language": "en", "by_person": by_person, "set": source["form"]}
                        file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
