#!/usr/bin/env python3
"""What moderation costs: names and moderation together, apart, and without the screen.

    ./run bench moderation FOLDER_OF_FASTCHAT_LOGS [--conversations 1000]

On one core, processor time. The last column says what a million conversations of LMSYS-Chat-1M's
lengths (2.0 turns of 69.5 and 214.5 tokens, some 2.2 GB of text) would take on two, by the bytes.
Recall that the screen costs is in docs/quality.md: it needs texts with labels.
"""
import argparse
import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from names import real_messages  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
MILLION_BYTES = 2.2e9


def main():
    arguments = argparse.ArgumentParser(description=__doc__,
                                        formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("logs")
    arguments.add_argument("--conversations", type=int, default=1000)
    arguments.add_argument("--build", default="release")
    options = arguments.parse_args()
    build = ROOT / "build" / options.build
    subprocess.run(["cmake", "--build", build, "--target", "parley_moderation_probe"], check=True,
                   stdout=sys.stderr)
    lines = "".join(json.dumps({"text": text, "by_person": by_person}) + "\n"
                    for by_person, text in real_messages(options.logs, options.conversations))
    print("| what | seconds | MB/s | pieces read | passages let pass | 1 M conversations, two cores |\n"
          "| --- | --- | --- | --- | --- | --- |")
    for what in ("screen", "names", "moderation", "both", "noscreen"):
        done = subprocess.run([build / "bin" / "parley_moderation_probe", what], input=lines.encode(),
                              capture_output=True, check=False)
        if done.returncode:
            sys.exit(done.stderr.decode())
        said = json.loads(done.stdout)
        size = said["bytes"] or sum(len(json.loads(line)["text"].encode()) for line in lines.splitlines())
        passed = said.get("passages_screened", said["passages"] - said.get("read", said["passages"]))
        share = f"{passed / said['passages']:.3f}" if said["passages"] and what != "names" else "–"
        print(f"| {what} | {said['seconds']:.1f} | {size / 1e6 / said['seconds']:.2f} | "
              f"{said.get('pieces_read', 0):,} | {share} | "
              f"{said['seconds'] / size * MILLION_BYTES / 2 / 60:.0f} min |", flush=True)


if __name__ == "__main__":
    main()
