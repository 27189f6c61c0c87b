#!/usr/bin/env python3
"""Kills a run at random instants, lets it go on, and compares what it leaves with an unbroken run.

    ./run soak kills [N] [--seed 1] [--talks 15000] [--folder build/soak/kills]

N kills (200) in as many runs as that takes. Half of the kills come after a random time, the other half
as soon as one of the run's files appears, so that the short moments between two renames are met too.
The next attempt has another number of threads and another --memory. Every file of release/ and of
private/ledger must have the SHA-256 of the unbroken run, and nothing may be left over. Exits 1 if
anything differs, or if an attempt that nobody killed fails. PARLEY names another program.
"""
import argparse
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
from run_folder import ROOT, command, differences, hashes, make_logs

# As they appear, in this order; what does not appear lets the run end.
MARKS = ["private/key", "private/run.json", "private/work/scan", "private/work/scan/000003.rows",
         "private/work/plan.decisions", "private/work/release/data", "private/work/checkpoint.json",
         "private/work/release/data/shard-00001.parquet", "private/work/ledger/part-00002.parquet",
         "private/work/release/README.md", "private/work/release/manifest.json", "private/releases.json",
         "private/ledger/part-00000.parquet", "release"]
THREADS = [1, 2, 3, 8]
MEMORY = ["256MiB", "512MiB", "2GiB"]


class Instant:
    """When to kill: after some seconds, or when a file is there that was not."""

    def __init__(self, rng, out, unbroken_seconds):
        fresh = [mark for mark in MARKS if not (out / mark).exists()]
        by_mark = rng.random() < 0.5 and fresh
        self.mark = out / rng.choice(fresh) if by_mark else None
        self.seconds = rng.random() ** 1.5 * unbroken_seconds
        self.begin = time.monotonic()

    def has_come(self):
        return self.mark.exists() if self.mark else time.monotonic() - self.begin >= self.seconds


def attempt(rng, folder, out, unbroken_seconds):
    """One start of the command: True if it was killed, False if it ended by itself, and well."""
    instant = Instant(rng, out, unbroken_seconds)
    process = subprocess.Popen(command(folder, out, rng.choice(THREADS), rng.choice(MEMORY)),
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    while process.poll() is None:
        if instant.has_come():
            process.kill()
            break
        time.sleep(0.0005)
    said = process.communicate()[1]
    if process.returncode not in (0, -9):
        raise SystemExit(f"an attempt that nobody killed ended with {process.returncode}: {said}")
    return process.returncode == -9


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kills", type=int, nargs="?", default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--talks", type=int, default=15000)
    parser.add_argument("--folder", type=Path, default=ROOT / "build/soak/kills")
    given = parser.parse_args()
    shutil.rmtree(given.folder, ignore_errors=True)
    make_logs(given.folder, given.talks)
    begin = time.monotonic()
    subprocess.run(command(given.folder, given.folder / "unbroken"), check=True)
    unbroken_seconds = time.monotonic() - begin
    want = hashes(given.folder / "unbroken")
    print(f"the unbroken run: {len(want)} files, {unbroken_seconds:.1f} s")

    rng, kills, runs, bad = random.Random(given.seed), 0, 0, 0
    out = given.folder / "killed"
    while kills < given.kills:
        shutil.rmtree(out, ignore_errors=True)
        while attempt(rng, given.folder, out, unbroken_seconds):
            kills += 1
        runs += 1
        found = list(differences(want, hashes(out)))
        bad += len(found)
        for difference in found:
            print(f"run {runs}, after {kills} kills: {difference}")
        print(f"{kills} kills, {bad} differences so far", file=sys.stderr)
    print(f"{kills} kills in {runs} runs, {bad} differences")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
