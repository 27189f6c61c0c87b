#!/usr/bin/env python3
"""The rows of recipes/fastchat.toml are those of FastChat's own scripts, on logs with their odd cases.

    rows_test.py PARLEY WORK

rows.json is what the scripts made of logs/ (make_rows.py). Each difference there may be has its reason:
"""
import os
import shutil
import subprocess
import sys

from compare import differences

HERE = os.path.dirname(os.path.abspath(__file__))
KNOWN = {
    "no-answer": "a last message that is null is an answer that never came: the reader leaves it out, and "
                 "the recipe's switched-off `shape` keeps the question. The scripts drop the conversation.",
    "images": "a message of a text and images is read as its text. The scripts drop the conversation.",
}


def main():
    parley, work = sys.argv[1:3]
    shutil.rmtree(work, ignore_errors=True)
    subprocess.run([parley, "curate", os.path.join(HERE, "logs"), "--out", work, "--quiet",
                    "--recipe", os.path.join(HERE, "..", "..", "recipes", "fastchat.toml")], check=True)
    ours, theirs, found = differences(os.path.join(work, "release"), os.path.join(HERE, "rows.json"))
    only_ours = found.pop("only ours")
    wrong = {what: names for what, names in found.items() if names}
    if sorted(KNOWN) != only_ours or wrong or theirs < 30:
        print(f"only ours: {only_ours}, differing: {wrong}, rows: {ours} and {theirs}")
        return 1
    print(f"{theirs} rows as theirs; {len(KNOWN)} known differences")
    return 0


if __name__ == "__main__":
    sys.exit(main())
