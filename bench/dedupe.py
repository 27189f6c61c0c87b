#!/usr/bin/env python3
"""Near-duplicates: how fast and how right `parley dedupe` is beside the public tools.

    ./run bench dedupe --sharegpt FILE [--prompts 1000000] [--share 0.1] [--python PYTHON]
                       [--peers rensa datatrove] [--only truth]

In one run on one machine, one after the other, on texts made on the spot (bench/dedupe_texts.py):

    prompts    --prompts short prompts, as {"id", "text"}
    whole      every conversation of the array as one text
    rensa      on both: words, 128 permutations, 16 bands, reading included (bench/dedupe_peers.py)
    datatrove  its four steps with two workers, on the first --share of the prompts; text-dedup likewise
    truth      20,000 real prompts, `--shingles chars:5 --normalise case,space`, against all pairs
               (bench/dedupe_truth.py); and planted clusters by script and length in the default mode

The tools are what PYTHON can import: rensa 0.5.0, datatrove 0.10.1 with spacy 3.8.18, orjson and
'xxhash<4' (it hands strings to xxhash, which 4.0 refuses), text-dedup 0.4.0; numpy for the truth. A tool
that is missing is said and left out. Prints tables and writes them to bench/results. The real texts
are those of bench/curate.py and stay on the machine.
"""
import argparse
import datetime
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
from curate import machine
from measured import run_measured

ROOT = Path(__file__).resolve().parent.parent
PARLEY = os.environ.get("PARLEY", str(ROOT / "build/release/bin/parley"))
BENCH = ROOT / "bench"
CHARACTERS = ["--shingles", "chars:5", "--normalise", "case,space"]


class Bench:
    def __init__(self, given):
        self.given, self.folder, self.rows, self.notes, self.tables = given, given.folder, [], [], []

    def make(self, name, what, *rest):
        """(path, {"texts", "bytes"})."""
        path = self.folder / f"{name}.jsonl"
        made = run_measured([sys.executable, BENCH / "dedupe_texts.py", what, *rest[:-1], path, *rest[-1:]])
        return path, json.loads(made.stdout)

    def has(self, module):
        if module not in self.given.peers:
            return False
        there = subprocess.run([self.given.python, "-c", f"import {module}"], capture_output=True).returncode == 0
        if not there:
            self.notes.append(f"{module} is not installed: left out")
        return there

    def add(self, what, on, made, measured):
        row = {"run": what, "on": on, **made, "wall": measured.wall_seconds, "cpu": measured.cpu_seconds,
               "peak": measured.peak_bytes}
        self.rows.append(row)
        print(self.line(row), flush=True)
        return row

    @staticmethod
    def line(row):
        return (f"| {row['run']} | {row['on']} | {row['texts']} | {row['bytes'] / 1e6:.1f} | {row['wall']:.2f} "
                f"| {row['cpu']:.2f} | {row['peak'] / 1e6:.0f} | {row['bytes'] / 1e6 / row['wall']:.1f} "
                f"| {row['texts'] / row['wall']:.0f} |")

    def parley(self, on, path, made, *flags, out=os.devnull, name="parley dedupe"):
        spill = self.folder / "spill"
        spill.mkdir(exist_ok=True)
        command = [PARLEY, "dedupe", path, "--memory", self.given.memory, "--threads", self.given.threads,
                   "--spill", spill, *flags]
        measured = run_measured(["sh", "-c", 'out=$1; shift; exec "$@" > "$out"', "sh", out, *command])
        said = [line for line in re.split(r"[\r\n]+", measured.stderr) if line.strip()]
        self.notes.append(f"{name} on {on}: {said[-1] if said else ''}")
        return self.add(name, on, made, measured)

    def peer(self, name, on, made, *arguments):
        return self.add(name, on, made, run_measured([self.given.python, BENCH / "dedupe_peers.py", *arguments]))

    def speed(self):
        for on, made_of in (("prompts", ("prompts", str(self.given.prompts), self.given.sharegpt)),
                            ("whole", ("whole", self.given.sharegpt))):
            path, made = self.make(on, *made_of)
            ours = self.parley(on, path, made)
            self.parley(on, path, made, "--like", "datatrove", name="parley dedupe --like datatrove")
            if self.has("rensa"):
                theirs = self.peer("rensa 0.5", on, made, "rensa", path)
                self.notes.append(f"ratio to rensa on {on}: {theirs['wall'] / ours['wall']:.1f}")
            share, made_share = self.first_share(path, made)
            if self.has("datatrove"):
                theirs = self.peer("datatrove 0.10, two workers", f"share of {on}", made_share, "datatrove", share,
                                   self.folder / f"datatrove-{on}")
                self.ratio("datatrove", on, theirs, ours)
            if self.has("text_dedup"):
                self.ratio("text-dedup", on, self.text_dedup(share, made_share, on), ours)
            path.unlink()

    def ratio(self, name, on, theirs, ours):
        ratio = theirs["wall"] / theirs["bytes"] / (ours["wall"] / ours["bytes"])
        self.notes.append(f"ratio to {name} on {on}, by bytes a second: {ratio:.0f}")

    def first_share(self, path, made):
        share, texts, size = self.folder / "share.jsonl", 0, 0
        with open(path, encoding="utf-8") as whole, open(share, "w", encoding="utf-8") as out:
            for line in whole:
                if texts >= made["texts"] * self.given.share:
                    break
                out.write(line)
                texts, size = texts + 1, size + len(json.loads(line)["text"].encode())
        return share, {"texts": texts, "bytes": size}

    def text_dedup(self, share, made, on):
        command = [self.given.python, "-m", "text_dedup.minhash", "--path", "json", "--data_files", share, "--split",
                   "train", "--column", "text", "--output", self.folder / "text-dedup", "--cache_dir",
                   self.folder / "text-dedup-cache", "--num_proc", "2", "--threshold", "0.8", "--min_length", "1"]
        return self.add("text-dedup 0.4, two processes", f"share of {on}", made, run_measured(command))

    def truth(self):
        path, made = self.make("sample", "sample", str(self.given.sample), self.given.sharegpt)
        named = [("parley", self.folder / "parley.groups")]
        self.parley("real prompts", path, made, *CHARACTERS, out=named[0][1], name="parley dedupe, chars:5")
        if self.has("rensa"):
            named.append(("rensa 0.5", self.folder / "rensa.groups"))
            self.peer("rensa 0.5, groups", "real prompts", made, "rensa-groups", path, named[-1][1])
        if self.has("datatrove"):
            named.append(("datatrove 0.10", self.folder / "datatrove.groups"))
            self.peer("datatrove 0.10, groups", "real prompts", made, "datatrove-groups", path,
                      self.folder / "datatrove-sample", named[-1][1])
            named.append(("parley --like datatrove", self.folder / "like.groups"))
            self.parley("real prompts", path, made, "--like", "datatrove", out=named[-1][1],
                        name="parley dedupe --like datatrove")
            self.same_clusters(named[-2][1], named[-1][1])
        self.judge(f"{made['texts']} real prompts, shingles of 5 characters, all pairs", "exact", path, named)
        path, made = self.make("planted", "planted")
        groups = self.folder / "planted.groups"
        self.parley("planted clusters", path, made, out=groups)
        self.judge("Planted clusters, the default mode", "planted", path, [("parley", groups)])

    def same_clusters(self, theirs, ours):
        """Whether both sides group the same texts: the numbers go by first texts on both."""
        want = [int(line) for line in open(theirs)]
        got = [json.loads(line)["group"] for line in open(ours)]
        same = [None if group == -1 else group for group in want] == got
        self.notes.append(f"--like datatrove: {'the same' if same else 'NOT the same'} clusters as datatrove's on "
                          f"{len(want)} real prompts")

    def judge(self, title, how, path, named):
        told = run_measured([self.given.python, BENCH / "dedupe_truth.py", how, path,
                             *(f"{name}={file}" for name, file in named)])
        self.tables.append(f"## {title}\n\n{told.stdout}")
        print(self.tables[-1], flush=True)


def report(bench, given):
    version = subprocess.run([PARLEY, "--version"], capture_output=True, text=True).stdout.strip()
    model, where = machine()
    head = ["| run | on | texts | MB | wall s | CPU s | peak MB | MB/s | texts/s |",
            "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"]
    command = "bench/dedupe.py " + " ".join(a if not a.startswith("/") else Path(a).name for a in sys.argv[1:])
    text = "\n".join([f"# {command}", "", f"Parley {version}; {where}; load before: {given.load:.2f}.", "", *head,
                      *map(bench.line, bench.rows), "", *(f"- {note}" for note in dict.fromkeys(bench.notes)), "",
                      *bench.tables])
    name = f"{datetime.date.today()}-{re.sub('[^a-z0-9]+', '-', model.lower()).strip('-')}-dedupe.md"
    given.results.mkdir(parents=True, exist_ok=True)
    (given.results / name).write_text(text, encoding="utf-8")
    print(f"\n{text}\nwritten to {given.results / name}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sharegpt", required=True, help="a ShareGPT array")
    parser.add_argument("--prompts", type=int, default=1_000_000)
    parser.add_argument("--sample", type=int, default=20_000)
    parser.add_argument("--share", type=float, default=0.1, help="of the texts, for datatrove and text-dedup")
    parser.add_argument("--peers", nargs="*", default=["rensa", "datatrove", "text_dedup"], help="modules to run beside")
    parser.add_argument("--only", choices=("speed", "truth"))
    parser.add_argument("--python", default=sys.executable, help="an interpreter that has the tools")
    parser.add_argument("--threads", default=str(os.cpu_count()))
    parser.add_argument("--memory", default="1GiB")
    parser.add_argument("--folder", type=Path, default=ROOT / "build/bench/dedupe")
    parser.add_argument("--results", type=Path, default=ROOT / "bench/results")
    given = parser.parse_args()
    given.load = os.getloadavg()[0]
    shutil.rmtree(given.folder, ignore_errors=True)
    given.folder.mkdir(parents=True)
    bench = Bench(given)
    if given.only != "truth":
        bench.speed()
    if given.only != "speed":
        bench.truth()
    report(bench, given)
    shutil.rmtree(given.folder)


if __name__ == "__main__":
    main()
