#!/usr/bin/env python3
"""Hold a release made with recipes/fastchat.toml against what FastChat's own scripts made.

    compare.py RELEASE ROWS.json

RELEASE is a release's folder, ROWS.json the list that final_post_processing writes. Compares
conversation ids, models, turns, texts and languages, prints how many differ in each, and ends with 1
if any does. No text is printed: a difference is named by its conversation's id.
"""
import glob
import json
import os
import sys

import pyarrow.parquet as parquet


def main():
    release, rows = sys.argv[1:3]
    files = sorted(glob.glob(os.path.join(release, "data", "*.parquet")))
    ours = {row["conversation_id"]: row for path in files for row in parquet.read_table(path).to_pylist()}
    with open(rows) as file:
        theirs = {row["conversation_id"]: row for row in json.load(file)}
    print(f"rows: ours {len(ours)}, theirs {len(theirs)}")
    differing = {
        "id": sorted(set(ours) ^ set(theirs)),
        "model": [], "turn": [], "text": [], "language": [],
    }
    for name in sorted(set(ours) & set(theirs)):
        mine, other = ours[name], theirs[name]
        if mine["model"] != other["model"]:
            differing["model"].append(name)
        if mine["turn"] != other["turn"]:
            differing["turn"].append(name)
        if mine["language"] != other["language"]:
            differing["language"].append(name)
        pairs = [(m["role"], m["content"]) for m in mine["conversation"]]
        if pairs != [(m["role"], m["content"]) for m in other["conversation"]]:
            differing["text"].append(name)
    for what, names in differing.items():
        print(f"{what} differs: {len(names)}" + (f", such as {names[0]}" if names else ""))
    return 1 if any(differing.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
