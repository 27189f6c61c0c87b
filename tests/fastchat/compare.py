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


def differences(release, rows):
    """What differs, by kind, as sorted lists of conversation ids."""
    files = sorted(glob.glob(os.path.join(release, "data", "*.parquet")))
    ours = {row["conversation_id"]: row for path in files for row in parquet.read_table(path).to_pylist()}
    with open(rows, encoding="utf-8") as file:
        theirs = {row["conversation_id"]: row for row in json.load(file)}
    both = sorted(set(ours) & set(theirs))

    def texts(row):
        return [(message["role"], message["content"]) for message in row["conversation"]]

    found = {"only ours": sorted(set(ours) - set(theirs)), "only theirs": sorted(set(theirs) - set(ours))}
    for field in ("model", "turn", "language"):
        found[field] = [name for name in both if ours[name][field] != theirs[name][field]]
    found["text"] = [name for name in both if texts(ours[name]) != texts(theirs[name])]
    return len(ours), len(theirs), found


def main():
    ours, theirs, found = differences(*sys.argv[1:3])
    print(f"rows: ours {ours}, theirs {theirs}")
    for what, names in found.items():
        print(f"{what}: {len(names)} differ" + (f", such as {names[0]}" if names else ""))
    return 1 if any(found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
