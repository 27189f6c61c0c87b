#!/usr/bin/env python3
"""Writes logs whose every word is known, makes a release of them, and writes down what must be in it.

    make_release.py PARLEY FOLDER

Leaves FOLDER/logs, FOLDER/run (the program's output) and FOLDER/expected.json: a list of the rows
that the release must hold, keyed by the text of the first message. The texts are our own.
"""
import json
import shutil
import subprocess
import sys
from pathlib import Path

CATEGORIES = ["harassment", "harassment/threatening", "hate", "hate/threatening", "self-harm",
              "self-harm/instructions", "self-harm/intent", "sexual", "sexual/minors", "violence",
              "violence/graphic"]

# (question, answer, language): awkward ones among them on purpose.
EXCHANGES = [
    ("How do I boil an egg so that the yolk stays soft in the middle?",
     "Put it into boiling water for six minutes, then into cold water.", "English"),
    ("Wie koche ich ein Ei so, dass das Eigelb in der Mitte weich bleibt?",
     "Legen Sie es sechs Minuten in kochendes Wasser und danach in kaltes.", "German"),
    ("请告诉我怎样煮鸡蛋才能让蛋黄保持柔软？", "在沸水里煮六分钟，然后放进冷水里。", "Chinese"),
    ("Как сварить яйцо, чтобы желток остался мягким внутри?",
     "Положите его в кипящую воду на шесть минут, потом в холодную.", "Russian"),
    ("What does this table mean?\n\n| a | \"b\" |\n|---|---|\n| 1 | 'two', \\n, {\"x\": [1, 2]} |",
     "It has two columns:\n\t- a, with the number 1\n\t- \"b\", with a text that holds JSON.", "English"),
    ("Which emoji do people use for a family with two parents and a child? 👨‍👩‍👧",
     "That one, 👨‍👩‍👧; it is five code points: 👨 + joiner + 👩 + joiner + 👧.", "English"),
]


def moderation(flagged, score):
    return {"categories": {name: flagged and name == "violence" for name in CATEGORIES},
            "category_scores": {name: score if name == "violence" else 1e-7 for name in CATEGORIES},
            "flagged": flagged}


def conversations():
    """The rows, as the release must hold them: model, conversation, turn, moderation, redacted."""
    for number in range(60):
        question, answer, language = EXCHANGES[number % len(EXCHANGES)]
        turns = 1 + number % 3
        messages = []
        for turn in range(turns):
            # Long answers, so that a release of one-megabyte shards has several.
            length = 2000 if number % 4 == 0 else 1
            messages.append({"content": f"{question} ({number}.{turn})", "role": "user"})
            messages.append({"content": f"{number}.{turn}: " + " ".join([answer] * length), "role": "assistant"})
        yield {"model": f"model-{number % 5}", "conversation": messages, "turn": turns, "language": language,
               "redacted": False, "is_prose": number % len(EXCHANGES) < 4}


def lmsys_line(number, row):
    moderated = [moderation(number % 7 == 0 and at == 0, 0.125 * (1 + at)) for at, _ in enumerate(row["conversation"])]
    row["openai_moderation"] = moderated
    return {"conversation_id": f"{number:032x}", **{key: row[key] for key in row if key != "is_prose"}}


def fastchat_line(number, row):
    row["openai_moderation"] = None
    asked = row["conversation"][0]["content"]
    raw = [[m["role"], m["content"]] for m in row["conversation"]]
    if number == 58:  # One with an address, which the release must not hold.
        raw[0][1] = asked + " Write to nobody.at.all@soft-eggs.org."
        row["conversation"][0]["content"] = asked + " Write to EMAIL_1."
        row["redacted"] = True
    start = 1_682_337_600 + 60 * number
    return {"tstamp": start + 2.5, "type": "chat", "model": row["model"], "start": start, "finish": start + 2.5,
            "gen_params": {"temperature": 0.7}, "ip": "192.0.2.1",
            "state": {"template_name": "one", "system_message": "", "roles": ["user", "assistant"], "messages": raw,
                      "offset": 0, "conv_id": f"{number:032x}", "model_name": row["model"]}}


def main(parley, folder):
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "logs").mkdir(parents=True)
    rows = list(conversations())
    with open(folder / "logs/released.jsonl", "w", encoding="utf-8") as released, \
            open(folder / "logs/2023-04-24-conv.json", "w", encoding="utf-8") as events:
        for number, row in enumerate(rows):
            if number < 40:
                released.write(json.dumps(lmsys_line(number, row), ensure_ascii=False) + "\n")
            else:
                events.write(json.dumps(fastchat_line(number, row)) + "\n")
    # Names stay and nobody tags: every value is compared with what went in.
    (folder / "recipe.toml").write_text('[names]\nenabled = false\n\n'
                                        '[moderation]\nbackend = "carry"\n\n[release]\nshard_megabytes = 1\n\n[card]\nname = "Soft eggs"\n'
                                        'version = "1.0.0"\nlicence = "cc-by-4.0"\ndate = "2023-05-01"\n'
                                        'url = "https://example.org/soft-eggs"\ncreator = "The egg board"\n'
                                        'contact = "data@example.org"\ndescription = "Questions on eggs."\n'
                                        'citation = "@misc{eggs, title = {Soft eggs}, year = {2023}}"\n')
    subprocess.run([parley, "curate", folder / "logs", "--out", folder / "run", "--recipe", folder / "recipe.toml",
                    "--quiet"], check=True)
    subprocess.run([parley, "audit", folder / "run", "--inputs", folder / "logs", "--sample", "20", "--quiet"],
                   check=True)
    (folder / "expected.json").write_text(json.dumps({r["conversation"][0]["content"]: r for r in rows}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
