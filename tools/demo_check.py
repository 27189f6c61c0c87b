#!/usr/bin/env python3
"""Holds what Parley made of the demo's logs against the truth that was written with them.

    demo_check.py PARLEY FOLDER

FOLDER is what tools/demo_logs.py made, with the run in FOLDER/run and its summary in
FOLDER/summary.json. Compares the counts, the story of some ids, and, where pyarrow can be imported
(tools/install.sh puts it into .tools), every row and its place in the ledger. Exits 1 and says what
differs if anything does.

What has a form must be replaced exactly as planned. Names are found by a model: of the mentions that
were planted enough must be gone, and what it took for names besides must be all that differs.
"""
import json
import re
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / ".tools/python/lib"))
try:
    import pyarrow.parquet as parquet
except ImportError:
    parquet = None

COUNTS = ["input_files", "ledger_rows", "outcomes", "reasons", "kept", "models", "languages", "redactions"]
NAME = re.compile(r"NAME_\d+")
LEAST_NAMES_GONE = 0.95
# How `parley explain` puts the outcomes that it has words of its own for.
WORDS = {"kept": "kept as ", "snapshots.newer_snapshot": "a newer snapshot", "opt_out.opted_out": "opted out",
         "duplicates.duplicate": "the same words"}


def counts_that_differ(truth, summary):
    for key in COUNTS:
        told = summary.get(key)
        if key == "redactions":
            told = {kind: count for kind, count in told.items() if kind != "NAME"}
        if truth[key] != told:
            yield f"{key}: the truth is {truth[key]}, the summary has {told}"


def words_for(reason):
    stage, _, name = reason.partition(".")
    return WORDS.get(reason, f"`{stage}` said `{name}`")


def stories_that_differ(parley, folder, truth):
    for talk_id, reasons in truth["stories"].items():
        told = subprocess.run([parley, "explain", "--run", folder / "run", talk_id], capture_output=True, text=True)
        for reason in sorted(set(reasons)):
            if told.stdout.count(words_for(reason)) != reasons.count(reason):
                yield f"explain {talk_id}: expected {reasons.count(reason)} times {reason}:\n{told.stdout}{told.stderr}"


def table(folder, columns=None):
    return [row for path in sorted(folder.glob("*.parquet")) for row in parquet.read_table(path, columns=columns).to_pylist()]


def differs_in_names_alone(want, got):
    """Whether `got` is `want` with pieces of a line replaced by names' tags."""
    return re.fullmatch("(.+?)".join(map(re.escape, NAME.split(got))), want) is not None


def row_that_differs(want, got):
    named = any(NAME.search(message["content"]) for message in got["conversation"])
    for key in ("model", "turn", "language"):
        if want[key] != got[key]:
            return f"{want['id']}: {key} must be {want[key]}, the release has {got[key]}"
    if got["redacted"] != (want["redacted"] or named):
        return f"{want['id']}: redacted is {got['redacted']}"
    roles = [message["role"] for message in got["conversation"]]
    if roles != [message["role"] for message in want["conversation"]] or not all(
            differs_in_names_alone(a["content"], b["content"]) for a, b in zip(want["conversation"], got["conversation"])):
        return f"{want['id']}: conversation must be {want['conversation']}, the release has {got['conversation']}"
    return None


def names_left(expected, released):
    """How many mentions were planted, and how many of them stand in the release."""
    planted = left = 0
    for talk_id, row in released.items():
        for names, message in zip(expected[talk_id]["names"], row["conversation"]):
            planted += len(names)
            left += sum(message["content"].count(name) for name in set(names))
    return planted, left


def rows_that_differ(folder):
    """Every row of the release against expected.jsonl, found by the ledger's shard and row."""
    with open(folder / "truth/expected.jsonl", encoding="utf-8") as lines:
        expected = {row["id"]: row for row in map(json.loads, lines)}
    shards = [parquet.read_table(path).to_pylist() for path in sorted((folder / "run/release/data").glob("*.parquet"))]
    kept = {row["conversation_id"]: row for row in table(folder / "run/private/ledger") if row["outcome"] == "kept"}
    if kept.keys() != expected.keys():
        yield f"the ledger keeps {len(kept.keys() - expected.keys())} ids too many and lacks {len(expected.keys() - kept.keys())}"
    released = {}
    for talk_id in sorted(kept.keys() & expected.keys()):
        place = kept[talk_id]
        row = released[talk_id] = shards[place["shard"]][place["row"]]
        if row["conversation_id"] != place["release_id"]:
            yield f"{talk_id}: the ledger's shard and row hold {row['conversation_id']}"
        if difference := row_that_differs(expected[talk_id], row):
            yield difference
    planted, left = names_left(expected, released)
    print(f"{planted - left} of {planted} planted mentions of persons are gone")
    if planted == 0 or left > planted * (1 - LEAST_NAMES_GONE):
        yield f"{left} of {planted} planted mentions of persons stand in the release"
    if sum(map(len, shards)) != len(expected):
        yield f"the release has {sum(map(len, shards))} rows, expected {len(expected)}"


def canaries_in_texts(folder):
    canaries = (folder / "truth/canaries.txt").read_text(encoding="utf-8").split("\n")[:-1]
    texts = "\n".join(message["content"] for row in table(folder / "run/release/data", ["conversation"])
                      for message in row["conversation"])
    for number, canary in enumerate(canaries, 1):
        if canary in texts:
            yield f"canary {number} of truth/canaries.txt stands in the release"


def differences(parley, folder):
    truth = json.loads((folder / "truth/truth.json").read_text(encoding="utf-8"))
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    yield from counts_that_differ(truth, summary)
    yield from stories_that_differ(parley, folder, truth)
    if parquet:
        yield from rows_that_differ(folder)
        yield from canaries_in_texts(folder)


def main(parley, folder):
    found = list(differences(parley, folder))
    for difference in found[:20]:
        print(difference)
    if found:
        sys.exit(f"{len(found)} differences from the truth")
    print("counts, stories" + (", every row and every personal value" if parquet else "") + " are as planned"
          + ("" if parquet else "; rows not compared: no pyarrow"))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
