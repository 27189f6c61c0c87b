"""Event logs of a chat service, of any size, in the layout of FastChat's servers.

    python3 bench/chat_logs.py --out DIR [--sharegpt FILE] [--repeat N] [--conversations 17671] [--clean]

DIR/server{0..3}/YYYY-MM-DD-conv.json, one event a line. A conversation of n turns is logged n times,
each time a turn longer. A few per cent of the events are votes, failed answers, missing ids, texts that
are no text, and lines cut short; --clean leaves all of these out, for scripts that stop at the first bad
line. With --repeat every conversation is written N times under fresh ids, users and times.

The words are those of a ShareGPT array (--sharegpt), or else made here from the demo's sentences in
eight languages, new ones in each repeat, with lengths spread as chats have them. The same arguments
give the same bytes.
"""
import argparse
import datetime
import hashlib
import json
import random
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))
from demo.texts import LANGUAGES

FIRST_SECOND = 1_682_294_400  # 2023-04-24
DAYS = 120
SERVERS = 4
MODELS = ["vicuna-13b", "koala-13b", "alpaca-13b", "chatglm-6b", "llama-13b", "gpt-4", "gpt-3.5-turbo", "claude-1",
          "oasst-pythia-12b", "dolly-v2-12b", "fastchat-t5-3b", "mpt-7b-chat"]
FAILED = "**NETWORK ERROR DUE TO HIGH TRAFFIC. PLEASE REGENERATE OR REFRESH THIS PAGE.**\n\n(error_code: 50004)"


def array_elements(path):
    """The elements of a JSON array; of one that is cut off at its end, those that are whole."""
    text = Path(path).read_text(encoding="utf-8")
    decoder, at = json.JSONDecoder(), text.index("[") + 1
    while True:
        while at < len(text) and text[at] in ", \n\r\t":
            at += 1
        try:
            element, at = decoder.raw_decode(text, at)
        except ValueError:
            return
        yield element


def read_sharegpt(path):
    """Conversations as lists of (question, answer)."""
    for element in array_elements(path):
        pairs, question = [], None
        for message in element.get("conversations", []):
            if message.get("from") in ("human", "user"):
                question = message.get("value", "")
            elif message.get("from") in ("gpt", "chatgpt", "assistant", "bing", "bard") and question is not None:
                pairs.append((question, message.get("value", "")))
                question = None
        if pairs:
            yield pairs


def sentences_of(language):
    questions = [q for openings, _ in language["topics"] for q in openings] + [q for q, _ in language["more"]]
    answers = [a for _, sentences in language["topics"] for a in sentences] + [a for _, a in language["more"]]
    return questions, answers


def invented(rng):
    """One conversation of one to some fifteen turns, answers of one to some hundred sentences."""
    language = rng.choice(LANGUAGES)
    questions, answers = sentences_of(language)
    gap = "" if language["name"] in ("Chinese", "Japanese") else " "

    def some(sentences, count):
        slots = {key: rng.choice(language[key]) for key in ("person", "city", "day", "dish", "skill")}
        return gap.join(rng.choice(sentences).format(n=rng.randrange(2, 100_000), **slots) for _ in range(count))

    turns = min(15, 1 + int(rng.expovariate(0.4)))
    return [(some(questions, 1 + int(rng.expovariate(0.7))),
             some(answers, 1 + min(100, int(rng.lognormvariate(2.0, 0.8))))) for _ in range(turns)]


class Servers:
    """Where events go; at most a few hundred files are open at once."""

    def __init__(self, folder, rng):
        self.folder, self.rng, self.files = Path(folder), rng, {}
        self.lines = self.bytes = 0

    def put(self, time, line):
        day = datetime.datetime.fromtimestamp(time, datetime.timezone.utc).strftime("%Y-%m-%d")
        key = (self.rng.randrange(SERVERS), day)
        if key not in self.files:
            server = self.folder / f"server{key[0]}"
            server.mkdir(parents=True, exist_ok=True)
            self.files[key] = open(server / f"{day}-conv.json", "w", encoding="ascii")
        self.files[key].write(line + "\n")
        self.lines += 1
        self.bytes += len(line) + 1

    def close(self):
        for file in self.files.values():
            file.close()


class Logger:
    def __init__(self, servers, rng, clean):
        self.servers, self.rng, self.clean = servers, rng, clean

    def event(self, who, kind, messages, begin, end, talk_id):
        ip, model, _ = who
        state = {"template_name": "vicuna_v1.1", "system_message": "", "roles": ["USER", "ASSISTANT"],
                 "messages": messages, "offset": 0, "conv_id": talk_id, "model_name": model}
        told = {"tstamp": end, "type": kind, "model": model}
        if kind == "chat":
            told |= {"gen_params": {"temperature": 0.7, "top_p": 1.0, "max_new_tokens": 512}, "start": begin, "finish": end}
        return json.dumps({**told, "state": state, "ip": ip})

    def log_fault(self, who, messages, time):
        """Before the good event, one of those that make logs raw."""
        chance = self.rng.random()
        if chance < 0.010:
            line = self.event(who, "chat", messages[:-1] + [["ASSISTANT", FAILED]], time, time + 1, who[2])
        elif chance < 0.012:
            line = self.event(who, "chat", messages, time, time + 1, None)
        elif chance < 0.014:
            line = self.event(who, "chat", messages[:-1] + [["ASSISTANT", None]], time, time + 1, who[2])
        elif chance < 0.015:
            line = self.event(who, "chat", messages, time, time + 1, who[2])
            line = line[:self.rng.randrange(1, len(line) - 1)]
        else:
            return
        self.servers.put(time, line)

    def log(self, pairs, number):
        rng = self.rng
        address = int(20_000 * rng.random() ** 2)
        who = (f"198.18.{address >> 8}.{address & 255}", MODELS[min(int(rng.expovariate(0.35)), len(MODELS) - 1)],
               hashlib.md5(f"talk {number}".encode()).hexdigest())
        time = FIRST_SECOND + rng.randrange(DAYS * 86_400 * 1000) / 1000
        messages = []
        for question, answer in pairs:
            messages = messages + [["USER", question], ["ASSISTANT", answer]]
            begin, time = time, round(time + 2 + 40 * rng.random(), 4)
            if not self.clean:
                self.log_fault(who, messages, begin)
            self.servers.put(time, self.event(who, "chat", messages, begin, time, who[2]))
        if not self.clean and rng.random() < 0.05:
            vote = rng.choice(["upvote", "downvote", "flag"])
            self.servers.put(time, self.event(who, vote, messages, time, round(time + 5, 4), who[2]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True)
    parser.add_argument("--sharegpt")
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--conversations", type=int, default=17_671, help="of one repeat")
    parser.add_argument("--clean", action="store_true")
    given = parser.parse_args()
    rng = random.Random(42)
    real = list(read_sharegpt(given.sharegpt))[:given.conversations] if given.sharegpt else None
    servers = Servers(given.out, rng)
    logger, number = Logger(servers, rng, given.clean), 0
    for _ in range(given.repeat):
        for pairs in real or (invented(rng) for _ in range(given.conversations)):
            logger.log(pairs, number)
            number += 1
    servers.close()
    print(json.dumps({"conversations": number, "events": servers.lines, "bytes": servers.bytes,
                      "files": len(servers.files), "text": "sharegpt" if real else "invented"}))


if __name__ == "__main__":
    main()
