"""How much of the text the screen of names lets through, and which names it holds back.

    names.py PROBE LISTS[,ODDS] recall FILE.jsonl...   lines {"text", "spans": [[begin, end, "PER"]], "lang"}
    names.py PROBE LISTS missed FILE.jsonl...   the same, and the names held back
    names.py PROBE LISTS share FOLDER_OF_FASTCHAT_LOGS [CONVERSATIONS]

PROBE is the program parley_names_probe, LISTS names/words.bin, ODDS names/screen.safetensors: without it
the rules decide alone. Spans are in code points. No text of the real conversations
is printed.
"""

import glob
import json
import random
import subprocess
import sys
from collections import Counter


def ask(probe, lists, texts):
    """For each {"text", "language", "by_person"} the spans that would be read, in bytes."""
    lines = "".join(json.dumps(text, ensure_ascii=False) + "\n" for text in texts)
    done = subprocess.run([probe, "screen", *lists.split(",")], input=lines.encode(), capture_output=True, check=True)
    print(done.stderr.decode().strip(), file=sys.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def recall(probe, lists, paths, show):
    total, found = Counter(), Counter()
    for path in paths:
        rows = [json.loads(line) for line in open(path, encoding="utf-8")]
        texts = [{"text": row["text"], "language": row.get("lang", "")} for row in rows]
        read_bytes = all_bytes = persons = held = 0
        for row, read in zip(rows, ask(probe, lists, texts), strict=True):
            text = row["text"]
            all_bytes += len(text.encode())
            read_bytes += sum(end - begin for begin, end in read)
            for begin, end, kind in row["spans"]:
                if kind != "PER" or "@" in text[max(0, begin - 2) : begin + 1]:
                    continue  # Handles are no mentions.
                first = len(text[:begin].encode())
                last = first + len(text[begin:end].encode())
                persons += 1
                if any(b <= first and last <= e for b, e in read):
                    held += 1
                elif show:
                    print(path.split("/")[-1], repr(text[begin:end]), "|", text[max(0, begin - 40) : end + 40])
        total[path] += persons
        found[path] += held
        print(f"{path.split('/')[-1]:28} persons {persons:5} recall {held / max(persons, 1):.4f} "
              f"read {read_bytes / max(all_bytes, 1):.3f}")  # fmt: skip
    print(f"all: recall {sum(found.values()) / max(1, sum(total.values())):.4f}")


def real_conversations(folder, count):
    """A sample of the conversations in FastChat's logs, the longest state of each: of each its messages,
    (by a person, text)."""
    last = {}
    for path in sorted(glob.glob(folder + "/**/*.json", recursive=True)):
        with open(path, encoding="utf-8", errors="replace") as file:
            for line in file:
                try:
                    state = json.loads(line)["state"]
                    if not isinstance(state["conv_id"], str):
                        continue  # A log line of something else than a chat.
                    last[state["conv_id"]] = state["messages"][state.get("offset", 0) :], state["roles"]
                except (ValueError, KeyError, TypeError):
                    continue
    for key in random.Random(6).sample(sorted(last), min(count, len(last))):
        messages, roles = last[key]
        yield [(role == roles[0], text.encode("utf-8", "replace").decode())
               for role, text in messages if isinstance(text, str)]


def real_messages(folder, count):
    for messages in real_conversations(folder, count):
        yield from messages


def share(probe, lists, folder, count):
    texts = []
    for by_person, text in real_messages(folder, count):
        latin = sum(c < "\u0250" for c in text) >= 0.97 * len(text)
        texts.append({"text": text, "language": "en" if latin else "", "by_person": by_person})
    by = {}
    for text, read in zip(texts, ask(probe, lists, texts), strict=True):
        who = "prompts" if text["by_person"] else "answers"
        kind = "Latin" if text["language"] else "other"
        sums = by.setdefault((who, kind), [0, 0])
        sums[0] += len(text["text"].encode())
        sums[1] += sum(end - begin for begin, end in read)
    for key, (size, read) in sorted(by.items()):
        print(f"{key[0]} {key[1]:6} {size / 1e6:8.1f} MB  read {read / max(size, 1):.3f}")
    print(f"all {sum(r for _, r in by.values()) / sum(s for s, _ in by.values()):.3f}")


def main(probe, lists, what, *rest):
    if what == "share":
        share(probe, lists, rest[0], int(rest[1]) if len(rest) > 1 else 3000)
    else:
        recall(probe, lists, rest, what == "missed")


if __name__ == "__main__":
    main(*sys.argv[1:])
