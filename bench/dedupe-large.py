#!/usr/bin/env python3
"""How `parley dedupe` grows: time, disk and peak memory at each of some sizes.

    ./run bench dedupe-large --sharegpt FILE [--sizes 1000000 3000000 10000000] [--memory 2GiB]

For each size, one after the other: conversations cut to their first one or two turns, fresh ids, half
of them with words changed (bench/dedupe_texts.py), written to the disk; then one run. The disk used by
spill is looked at twice a second. A size that does not fit the disk (1.6 times its logs are asked for:
the logs and spill) is said and left out. 10 M take about 31 GB of logs. Prints a table, writes it
to bench/results, and draws docs/pictures/dedupe-growth.svg: seconds over conversations, with n log n
through the first size beside.
"""
import argparse
import datetime
import json
import math
import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

sys.dont_write_bytecode = True
from curate import machine
from measured import run_measured

ROOT = Path(__file__).resolve().parent.parent
PARLEY = os.environ.get("PARLEY", str(ROOT / "build/release/bin/parley"))
BYTES_EACH = 3100  # Of a conversation's line, about.


class SpillWatch:
    """The most bytes that lie in a folder while it is watched."""
    def __init__(self, folder):
        self.folder, self.most, self.done = folder, 0, threading.Event()

    def __enter__(self):
        self.thread = threading.Thread(target=self.look)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.done.set()
        self.thread.join()

    def look(self):
        while not self.done.wait(0.5):
            held = 0
            for path in self.folder.rglob("*"):
                try:
                    held += path.stat().st_blocks * 512
                except FileNotFoundError:
                    pass
            self.most = max(self.most, held)


def run_size(size, given):
    logs, spill = given.folder / "logs.jsonl", given.folder / "spill"
    made = json.loads(run_measured([sys.executable, ROOT / "bench/dedupe_texts.py", "large", size, logs,
                                    given.sharegpt]).stdout)
    spill.mkdir(exist_ok=True)
    with SpillWatch(spill) as watch:
        command = [PARLEY, "dedupe", logs, "--memory", given.memory, "--threads", given.threads, "--spill", spill]
        measured = run_measured(["sh", "-c", 'exec "$@" > /dev/null', "sh", *command])
    said = [line for line in re.split(r"[\r\n]+", measured.stderr) if line.strip()]
    row = {"size": size, "gb": logs.stat().st_size / 1e9, "text_gb": made["bytes"] / 1e9,
           "wall": measured.wall_seconds, "cpu": measured.cpu_seconds, "peak_mb": measured.peak_bytes / 1e6,
           "spill_gb": watch.most / 1e9, "said": said[-1] if said else ""}
    logs.unlink()
    print(line_of(row), flush=True)
    return row


def line_of(row):
    return (f"| {row['size']} | {row['gb']:.2f} | {row['wall']:.1f} | {row['cpu']:.1f} | {row['peak_mb']:.0f} "
            f"| {row['spill_gb']:.2f} | {row['gb'] * 1000 / row['wall']:.0f} | {row['size'] / row['wall']:.0f} |")


def growth(rows):
    """A picture on logarithmic axes: points that were measured, and n log n through the first."""
    first, last = rows[0], rows[-1]
    bound = [first["wall"] * row["size"] * math.log(row["size"]) / (first["size"] * math.log(first["size"]))
             for row in rows]
    top, bottom = max(bound + [row["wall"] for row in rows]), first["wall"]

    def x(row):
        return 70 + 500 * math.log(row["size"] / first["size"]) / max(math.log(last["size"] / first["size"]), 1e-9)

    def y(seconds):
        return 290 - 240 * math.log(seconds / bottom) / max(math.log(top / bottom), 1e-9)

    def path(values):
        return "M" + " L".join(f"{x(row):.1f} {y(value):.1f}" for row, value in zip(rows, values))

    parts = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 350" font-family="sans-serif" font-size="13">',
             '<rect width="640" height="350" fill="white"/>',
             '<path d="M70 40 V290 H590" fill="none" stroke="#888"/>',
             f'<path d="{path(bound)}" fill="none" stroke="#999" stroke-dasharray="5 4"/>',
             f'<path d="{path([row["wall"] for row in rows])}" fill="none" stroke="#1565c0" stroke-width="2"/>',
             '<text x="70" y="24">parley dedupe: seconds over conversations; dashed: n log n through the first</text>']
    for row in rows:
        parts += [f'<circle cx="{x(row):.1f}" cy="{y(row["wall"]):.1f}" r="4" fill="#1565c0"/>',
                  f'<text x="{x(row) - 8:.1f}" y="{y(row["wall"]) - 10:.1f}">{row["wall"]:.0f} s</text>',
                  f'<text x="{x(row):.1f}" y="312" text-anchor="middle">{row["size"] / 1e6:g} M</text>']
    return "\n".join(parts + ["</svg>", ""])


def report(rows, left_out, given):
    version = subprocess.run([PARLEY, "--version"], capture_output=True, text=True).stdout.strip()
    model, where = machine()
    command = "bench/dedupe-large.py " + " ".join(a if not a.startswith("/") else Path(a).name for a in sys.argv[1:])
    head = ["| conversations | GB of logs | wall s | CPU s | peak MB | spill GB | MB/s | conversations/s |",
            "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"]
    text = "\n".join([f"# {command}", "", f"Parley {version}; {where}; load before: {given.load:.2f}.", "", *head,
                      *map(line_of, rows), "", *(f"- {row['size']}: {row['said']}" for row in rows),
                      *(f"- {size}: left out, the disk is too small" for size in left_out), ""])
    name = f"{datetime.date.today()}-{re.sub('[^a-z0-9]+', '-', model.lower()).strip('-')}-dedupe-large.md"
    given.results.mkdir(parents=True, exist_ok=True)
    (given.results / name).write_text(text, encoding="utf-8")
    print(f"\n{text}\nwritten to {given.results / name}")
    if len(rows) > 1:
        given.picture.parent.mkdir(parents=True, exist_ok=True)
        given.picture.write_text(growth(rows), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sharegpt", required=True, help="a ShareGPT array")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000_000, 3_000_000, 10_000_000])
    parser.add_argument("--threads", default=str(os.cpu_count()))
    parser.add_argument("--memory", default="2GiB")
    parser.add_argument("--folder", type=Path, default=ROOT / "build/bench/dedupe-large")
    parser.add_argument("--results", type=Path, default=ROOT / "bench/results")
    parser.add_argument("--picture", type=Path, default=ROOT / "docs/pictures/dedupe-growth.svg")
    given = parser.parse_args()
    given.load = os.getloadavg()[0]
    shutil.rmtree(given.folder, ignore_errors=True)
    given.folder.mkdir(parents=True)
    free = shutil.disk_usage(given.folder).free
    fitting = [size for size in sorted(given.sizes) if size * BYTES_EACH * 1.6 < free]
    left_out = [size for size in sorted(given.sizes) if size not in fitting]
    rows = [run_size(size, given) for size in fitting]
    report(rows, left_out, given)
    shutil.rmtree(given.folder)


if __name__ == "__main__":
    main()
