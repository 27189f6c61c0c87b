#!/usr/bin/env python3
"""Makes the raw logs of an invented chat service, and writes down what must become of them.

    demo_logs.py OUT [--talks 3000] [--seed 1]

OUT/logs       two servers' FastChat event logs over five days (growing snapshots, votes, battles),
               a gateway's OpenAI-style request logs (one file gzipped), an export in ShareGPT's form
               that is cut off at its end, and a file that is no log
OUT/optout     who asked to be left out: by id, by user, by e-mail address
OUT/truth      truth.json: how many of which outcome and reason; expected.jsonl: every row that the
               release must hold; canaries.txt: the personal data that it must not

Planted: duplicates, e-mail addresses, phone numbers, URLs with passwords and IP addresses, lines cut
short, network errors, missing ids, null answers, invalid UTF-8, opt-outs. What becomes of each record
is worked out here in the plain way, from the rules as docs/curate.md states them, with no look at the
program. The same seed gives the same bytes. Everybody is invented, and what looks personal belongs to
nobody: mail in home.arpa (RFC 8375) and .alt (RFC 9476), addresses of withdrawn relays (RFC 7526) and of
nowhere (RFC 6666), phone numbers that regulators keep for films. What everyone knows to be nobody's,
example.org and the addresses of documentation, is planted too, and must stand in the release as it is.
"""
import argparse
import gzip
import json
import random
import shutil
import sys
from pathlib import Path

sys.dont_write_bytecode = True
from demo.texts import LANGUAGES

MODELS = ["heron-7b", "heron-13b", "otter-chat", "juniper-2", "juniper-2-mini"]
NETWORK_ERROR = "**NETWORK ERROR DUE TO HIGH TRAFFIC. PLEASE REGENERATE OR REFRESH THIS PAGE.**"
FIRST_SECOND = 1_772_409_600  # 2026-03-02, a Monday.
DAYS = 5
BAD_BYTE = "\udcff"  # What Python writes as the byte FF, which is no UTF-8.

# Kept for films by Ofcom, Bundesnetzagentur and ARCEP.
PHONES = ["+44 20 7946 0{:03}", "+49 30 23125 {:03}", "+33 1 99 00 {:02} {:02}"]


class Message:
    """A message as it is logged, as it must be released but for names, what was replaced in between,
    and the names that it holds."""

    def __init__(self, role, raw, clean=None, types=(), names=()):
        self.role, self.raw, self.types, self.names = role, raw, list(types), list(names)
        self.clean = (raw if clean is None else clean).replace(BAD_BYTE, "\ufffd")


class Talk:
    """One conversation in full. Its log records hold its first turns, or all."""

    def __init__(self, talk_id, user, model, language, messages):
        self.id, self.user, self.model, self.language, self.messages = talk_id, user, model, language, messages

    def turns(self):
        return sum(m.role == "user" for m in self.messages)

    def first(self, turns):
        """The messages of the first `turns` turns."""
        at = [i for i, m in enumerate(self.messages) if m.role == "user"] + [len(self.messages)]
        return self.messages[:at[turns]]


class Row:
    """What the ledger must say of one conversation in one record. `why` is empty while it may be kept."""

    def __init__(self, file, talk, messages, time, why="", outcome="dropped"):
        self.file, self.talk, self.messages, self.time = file, talk, messages, time
        self.why, self.outcome = why, outcome if why else "kept"


def personal_value(rng, kind, number):
    if kind == "EMAIL":
        who = rng.choice(["ruta", "p.halvorsen", "miro_k", "anouk-b", "oz+post"])
        return f"{who}{number}@{rng.choice(['mail.home.arpa', 'post.quillmoor.alt'])}"
    if kind == "PHONE":
        shape = rng.choice(PHONES)
        return shape.format(rng.randrange(100), rng.randrange(100)) if shape.count("{") > 1 else \
            shape.format(rng.randrange(1000))
    if kind == "IP":
        return rng.choice([f"192.88.99.{rng.randrange(1, 255)}", f"100::{rng.randrange(1, 1 << 16):x}:{number + 1:x}"])
    secret = "".join(rng.choice("abcdefghkmnpqrstuvwxyzABCDEFGHKLMNPQRSTUVWXYZ23456789") for _ in range(10))
    return f"https://leser{number}:{secret}@files.example.net/draft-{number}.txt"


# What stands before or behind a name and is none of it.
TITLES = ("Frau ", "Herr ", "Madame ", "Monsieur ", "la señora ", "el señor ", "a senhora ", "o senhor ",
          "госпожа ", "господин ", "女士", "先生", "さん")


def bare_name(person):
    for title in TITLES:
        person = person.replace(title, "")
    return person


def spoken(role, sentences, slots):
    return Message(role, sentences.format(**slots), names=[bare_name(slots["person"])] * sentences.count("{person}"))


# Nobody's, and known to be: these stay.
KNOWN = {"EMAIL": "somebody@example.org", "IP": "203.0.113.7"}


class Author:
    """Writes talks. Holds what was planted: the canaries."""

    def __init__(self, rng):
        self.rng, self.canaries = rng, []

    def talk(self, number):
        rng = self.rng
        language = rng.choice(LANGUAGES)
        slots = {key: rng.choice(language[key]) for key in ("person", "city", "day", "dish", "skill")}
        slots["n"] = rng.randrange(3, 90)
        openings, sentences = rng.choice(language["topics"])
        turns = rng.choices([1, 2, 3, 4], [45, 30, 15, 10])[0]
        # Sentences of Chinese and Japanese have no space between them.
        gap = "" if language["name"] in ("Chinese", "Japanese") else " "
        pairs = [(rng.choice(openings), gap.join(rng.sample(sentences, rng.randrange(2, 5))))]
        pairs += rng.sample(language["more"], turns - 1)
        messages = []
        for question, answer in pairs:
            messages.append(spoken("user", question, slots))
            messages.append(spoken("assistant", answer, slots))
        if rng.random() < 0.12:
            self.plant(messages, language, number)
        elif rng.random() < 0.02:
            kind = rng.choice(sorted(KNOWN))
            question = messages[0]
            sentence = " " + language["personal"][kind][0].format(value=KNOWN[kind])
            messages[0] = Message("user", question.raw + sentence, names=question.names)
        if rng.random() < 0.01:
            broken = messages[-1].raw + " " + BAD_BYTE
            messages[-1] = Message("assistant", broken, messages[-1].clean + " " + BAD_BYTE, messages[-1].types,
                                   messages[-1].names)
        model = MODELS[min(int(rng.expovariate(0.8)), len(MODELS) - 1)]
        return Talk(f"{rng.getrandbits(128):032x}", "", model, language["name"], messages)

    def plant(self, messages, language, number):
        """Personal data in one turn; the answer repeats it, so both must get the same tag."""
        at = 2 * self.rng.randrange(len(messages) // 2)
        for kind in self.rng.sample(sorted(language["personal"]), self.rng.choice([1, 1, 2])):
            value = personal_value(self.rng, kind, number)
            self.canaries.append(value)
            for place, sentence in zip((at, at + 1), language["personal"][kind]):
                old = messages[place]
                messages[place] = Message(old.role, old.raw + " " + sentence.format(value=value),
                                          old.clean + " " + sentence.format(value=kind + "_1"), old.types + [kind],
                                          old.names)


class FastChat:
    """Two servers' event logs. A talk of n turns is logged n times, each time a turn longer."""

    def __init__(self, rng, rows, files):
        self.rng, self.rows, self.files = rng, rows, files

    def put(self, server, time, line, *rows):
        day = int((time - FIRST_SECOND) // 86400) + 2
        name = f"server{server}/2026-03-{day:02}-conv.json"
        for row in rows:
            row.file = name
            self.rows.append(row)
        self.files.setdefault(name, []).append(line)

    @staticmethod
    def state(talk, messages, talk_id):
        return {"template_name": "one", "system_message": "", "roles": ["USER", "ASSISTANT"],
                "messages": [["USER" if m.role == "user" else "ASSISTANT", m.raw] for m in messages],
                "offset": 0, "conv_id": talk_id, "model_name": talk.model}

    def dump(self, server, event):
        # One server's Python escapes what is not ASCII, the other's does not; a byte that is no UTF-8
        # can stand in the second kind alone.
        return json.dumps(event, ensure_ascii=server == 0 and BAD_BYTE not in json.dumps(event, ensure_ascii=False))

    def chat(self, server, talk, messages, time, why="", talk_id=None, kind="chat", logged=None):
        row = Row("", talk, messages, time, why)
        event = {"tstamp": time, "type": kind, "model": talk.model, "gen_params": {"temperature": 0.7, "top_p": 1.0},
                 "start": round(time - 3.5, 4), "finish": time,
                 "state": self.state(talk, logged or messages, talk.id if talk_id is None else talk_id or None),
                 "ip": talk.user}
        if why == "read.no_id":
            row.talk = None
        return self.dump(server, event), row

    def fault(self, server, talk, messages, time):
        """What real logs also hold."""
        kind = self.rng.choice(["error", "error", "error", "no_id", "null", "number", "cut"])
        question = messages[:-1]
        if kind == "error":
            failed = question + [Message("assistant", NETWORK_ERROR + "\n\n(error_code: 50004)")]
            line, row = self.chat(server, talk, failed, time, "service_errors.network_error")
        elif kind == "no_id":
            line, row = self.chat(server, talk, messages, time, "read.no_id", talk_id="")
        elif kind == "null":
            line, row = self.chat(server, talk, question, time, "shape.no_answer",
                                  logged=question + [Message("assistant", "")])
            event = json.loads(line)
            event["state"]["messages"][-1][1] = None
            line = self.dump(server, event)
        elif kind == "number":
            line, row = self.chat(server, talk, question, time, "read.not_string")
            event = json.loads(line)
            event["state"]["messages"].insert(0, ["USER", 17])
            line = self.dump(server, event)
        else:
            line, row = self.chat(server, talk, messages, time)
            line = line[:self.rng.randrange(len(line) // 4, len(line) - 2)]
            row = Row("", None, [], time, "read.unreadable", "bad")
        self.put(server, time, line, row)

    def start(self):
        return FIRST_SECOND + self.rng.randrange(DAYS * 86400 - 3600) + self.rng.randrange(1, 10_000) / 10_000

    def log(self, talk):
        server, time = self.rng.randrange(2), self.start()
        for turns in range(1, talk.turns() + 1):
            if self.rng.random() < 0.02:
                self.fault(server, talk, talk.first(turns), time := self.later(time))
            line, row = self.chat(server, talk, talk.first(turns), time := self.later(time))
            self.put(server, time, line, row)
        if self.rng.random() < 0.02:  # The last that is heard of it is an error: the turn before counts.
            self.fault(server, talk, talk.messages, time := self.later(time))
        if self.rng.random() < 0.05:
            vote = self.rng.choice(["upvote", "downvote", "flag"])
            line, row = self.chat(server, talk, talk.messages, time := self.later(time), kind=vote)
            self.put(server, time, line, row)

    def log_failure(self, talk):
        """Only ever an error, so nothing of it can be kept."""
        server, time = self.rng.randrange(2), self.start()
        failed = talk.first(1)[:-1] + [Message("assistant", NETWORK_ERROR)]
        line, row = self.chat(server, talk, failed, time, "service_errors.network_error")
        self.put(server, time, line, row)

    def later(self, time):
        return round(time + 2 + self.rng.randrange(400_000) / 10_000, 4)

    def log_battle(self, left, right):
        """Two models answer the same questions; then one line with both and a vote."""
        server, time = self.rng.randrange(2), self.start()
        for talk in (left, right):
            line, row = self.chat(server, talk, talk.messages, time := self.later(time))
            self.put(server, time, line, row)
        time = self.later(time)
        event = {"tstamp": time, "type": self.rng.choice(["leftvote", "rightvote", "tievote", "bothbad_vote"]),
                 "models": ["", ""], "states": [self.state(t, t.messages, t.id) for t in (left, right)], "ip": left.user}
        self.put(server, time, self.dump(server, event), Row("", left, left.messages, time),
                 Row("", right, right.messages, time))


def openai_record(rng, talk, second, alternative):
    """A request and its response; with `alternative`, a second answer to the same prompt."""
    messages = [{"role": m.role, "content": m.raw} for m in talk.messages]
    choices = [{"index": 0, "message": messages[-1], "finish_reason": "stop"}]
    if alternative:
        choices.append({"index": 1, "message": {"role": "assistant", "content": alternative.raw}, "finish_reason": "stop"})
    return {"request": {"model": talk.model, "messages": messages[:-1], "temperature": 0.2, "n": len(choices),
                        "user": talk.user},
            "response": {"id": talk.id, "object": "chat.completion", "created": second, "model": talk.model,
                         "choices": choices, "usage": {"prompt_tokens": rng.randrange(9, 400)}}}


def log_openai(rng, name, talks, rows, files):
    lines = files.setdefault(name, [])
    for talk in talks:
        second = FIRST_SECOND + rng.randrange(DAYS * 86400)
        if rng.random() < 0.05:  # A request that failed has no conversation in it.
            record = openai_record(rng, talk, second, None)
            record["response"] = {"error": {"type": "server_error", "message": "try again"}}
            record["request_id"] = talk.id
            rows.append(Row(name, talk, talk.messages[:-1], second, "read.error_response"))
            lines.append(json.dumps(record, ensure_ascii=False))
            continue
        other = Message("assistant", "2. " + talk.messages[-1].raw, "2. " + talk.messages[-1].clean,
                        talk.messages[-1].types) if rng.random() < 0.1 else None
        lines.append(json.dumps(openai_record(rng, talk, second, other), ensure_ascii=False))
        if other:
            second_talk = Talk(talk.id + "/1", talk.user, talk.model, talk.language, talk.messages[:-1] + [other])
            talk.id += "/0"
            rows.append(Row(name, talk, talk.messages, second))
            rows.append(Row(name, second_talk, second_talk.messages, second))
        else:
            rows.append(Row(name, talk, talk.messages, second))


def sharegpt_array(talks, rows, name):
    """A list whose last element was cut off in the middle."""
    items = []
    for talk in talks:
        turns = [{"from": "human" if m.role == "user" else "gpt", "value": m.raw} for m in talk.messages]
        items.append(json.dumps({"id": talk.id, "model": talk.model, "conversations": turns}, ensure_ascii=False, indent=1))
        rows.append(Row(name, talk, talk.messages, float("-inf")))
    rows[-1] = Row(name, None, [], float("-inf"), "read.unreadable", "bad")
    items[-1] = items[-1][:len(items[-1]) // 2]
    return "[\n" + ",\n".join(items)


def respaced(talk, rng, fresh_id):
    """The same words under another id, one space doubled in some: still a duplicate."""
    messages = list(talk.messages)
    if rng.random() < 0.5:
        last = messages[-1]
        messages[-1] = Message(last.role, last.raw.replace(" ", "  ", 1), last.clean.replace(" ", "  ", 1), last.types)
    return Talk(fresh_id, f"198.18.200.{rng.randrange(256)}", talk.model, talk.language, messages)


def rival(talk, rng):
    """The same questions answered by another model, with a sentence put in front."""
    messages = [m if m.role == "user" else Message(m.role, "(2) " + m.raw, "(2) " + m.clean, m.types)
                for m in talk.messages]
    model = rng.choice([m for m in MODELS if m != talk.model])
    return Talk(f"{rng.getrandbits(128):032x}", talk.user, model, talk.language, messages)


def write_everything(rng, count):
    """All talks into files of lines; returns (files, rows, canaries, opt-outs)."""
    author, rows, files = Author(rng), [], {}
    talks = [author.talk(number) for number in range(count)]
    for talk in talks:
        talk.user = f"198.18.{int(rng.random() ** 2 * 40)}.{rng.randrange(1, 255)}"
    shared, gateway, packed = (talks[i::20] for i in (0, 1, 2))
    chats = [t for i, t in enumerate(talks) if i % 20 > 2]
    for talk in gateway + packed:
        number = rng.randrange(400)
        talk.user = f"reader{number}@staff.example.com" if number % 2 else f"account-{number}"
    servers = FastChat(rng, rows, files)
    for talk in chats:
        chance = rng.random()
        if chance < 0.01:
            servers.log_failure(talk)
        elif chance < 0.05:
            servers.log_battle(talk, rival(talk, rng))
        else:
            servers.log(talk)
    for talk in rng.sample(chats, count // 40):
        servers.log(respaced(talk, rng, f"{rng.getrandbits(128):032x}"))
    log_openai(rng, "gateway/requests.jsonl", gateway, rows, files)
    log_openai(rng, "gateway/2026-03-03.jsonl.gz", packed, rows, files)
    files["shared/export.json"] = sharegpt_array(shared, rows, "shared/export.json")
    files["notes.txt"] = "Server 1 was down on Tuesday night.\nNo log of it exists.\n"
    rows.append(Row("notes.txt", None, [], 0, "read.unknown_format"))
    optout = {"ids": sorted(t.id for t in rng.sample(chats, count // 100)),
              "users": sorted({t.user for t in rng.sample(chats, count // 200)} | {"account-2"}),
              "emails": [f"reader{number}@staff.example.com" for number in (1, 3, 5, 7, 9, 11)]}
    return files, rows, author.canaries, optout


def collapsed(messages):
    return tuple((m.role, " ".join(m.raw.split())) for m in messages)


def decide(rows, optout):
    """Each row's outcome by the rules: opt-outs, then the newest valid of an id, then the first of equals."""
    out = set(optout["users"]) | set(optout["emails"])
    newest, first = {}, {}
    for row in rows:
        readable = row.talk and row.why != "read.unreadable"
        named = readable and row.why != "read.no_id" and row.talk.id in optout["ids"]
        if named or (readable and row.talk.user in out):
            row.why, row.outcome = "opt_out.opted_out", "dropped"
        if row.why:
            continue
        if row.talk.id not in newest or row.time > newest[row.talk.id].time:
            newest[row.talk.id] = row
    for row in rows:
        if not row.why and newest[row.talk.id] is not row:
            row.why, row.outcome = "snapshots.newer_snapshot", "merged"
    for row in sorted((r for r in rows if not r.why), key=lambda r: r.time):
        if first.setdefault(collapsed(row.messages), row) is not row:
            row.why, row.outcome = "duplicates.duplicate", "merged"


def counted(names):
    counts = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items()))


def expected_row(row):
    return {"id": row.talk.id, "model": row.talk.model, "turn": sum(m.role == "user" for m in row.messages),
            "language": row.talk.language,
            "conversation": [{"content": m.clean, "role": m.role} for m in row.messages],
            "redacted": any(m.types for m in row.messages),
            "names": [m.names for m in row.messages]}


def stories(rows, rng):
    """For a few ids, what the ledger says of each record that holds them: every reason comes up."""
    by_id, told, chosen = {}, set(), {}
    for row in rows:
        if row.talk:
            by_id.setdefault(row.talk.id, []).append(row.why or "kept")
    for talk_id in rng.sample(sorted(by_id), len(by_id)):
        if not told.issuperset(by_id[talk_id]):
            told.update(by_id[talk_id])
            chosen[talk_id] = sorted(by_id[talk_id])
    return chosen


def truth_of(rows, files, rng, seed):
    kept = [row for row in rows if not row.why]
    return {"seed": seed, "input_files": len(files), "ledger_rows": len(rows),
            "outcomes": counted(r.outcome for r in rows), "reasons": counted(r.why for r in rows if r.why),
            "kept": len(kept), "models": counted(r.talk.model for r in kept),
            "languages": counted(r.talk.language for r in kept),
            "redactions": counted(kind for r in kept for m in r.messages for kind in m.types),
            "stories": stories(rows, rng)}


def save_log(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    text = content if isinstance(content, str) else "".join(line + "\n" for line in content)
    data = text.encode("utf-8", "surrogateescape")
    if path.suffix == ".gz":
        data = gzip.compress(data, mtime=0)
    path.write_bytes(data)


def save_lines(path, lines):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def make(out, talks, seed):
    rng = random.Random(seed)
    files, rows, canaries, optout = write_everything(rng, talks)
    decide(rows, optout)
    for part in ("logs", "optout", "truth"):
        shutil.rmtree(out / part, ignore_errors=True)
    for name, content in files.items():
        save_log(out / "logs" / name, content)
    for name, lines in optout.items():
        save_lines(out / f"optout/{name}.txt", lines)
    kept = sorted((expected_row(r) for r in rows if not r.why), key=lambda row: row["id"])
    save_lines(out / "truth/expected.jsonl", (json.dumps(row, ensure_ascii=False) for row in kept))
    save_lines(out / "truth/canaries.txt", sorted(set(canaries)))
    truth = truth_of(rows, files, rng, seed)
    (out / "truth/truth.json").write_text(json.dumps(truth, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return truth


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--talks", type=int, default=3000, help="conversations, at least 200")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.talks < 200:
        parser.error("at least 200 talks, so that every kind of fault has one")
    truth = make(given.out, given.talks, given.seed)
    print(f"{truth['ledger_rows']} conversations in the records of {truth['input_files']} files, "
          f"of which {truth['kept']} must be kept")


if __name__ == "__main__":
    main()
