#!/usr/bin/env python3
"""Writes what datatrove itself makes of a small corpus: tests/datatrove/reference.jsonl.

    pip install datatrove==0.10.1 spacy==3.8.18 regex 'xxhash<4' orjson
    tests/datatrove/make_reference.py

The corpus is made up here: sentences of our own with seeded edits, so that there are clusters of
many sizes, and strings of characters about which the rules of spaCy and the normalisation say
something. A line is a text: {"text", "simplified", "words", "signature", "digest", "group", "size",
"kept"}. The whole signature stands with the first of every 20 texts that have one; the digest
(xxHash 64 of its 112 numbers, little-endian) with all.
"""
import json
import random
import struct
import tempfile
from pathlib import Path

import xxhash
from datatrove.data import Document
from datatrove.executor.local import LocalPipelineExecutor
from datatrove.pipeline.dedup import MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupSignature
from datatrove.utils.text import simplify_text

FOLDER = Path(__file__).resolve().parent

SENTENCES = """
Please write a polite letter to my landlord, Ms. Okafor: the boiler hasn't worked since 3 November.
I've got 12 apples & 7.5 kg of flour (about £4.20 worth) - what can I bake for 16 people?
Why don't planes fly over the poles? You'd think it's shorter; isn't it?!
Summarise the following minutes in five bullet points, and don't leave out who's responsible.
def add(a, b): return a+b  # why does add('1', 2) raise a TypeError in Python 3.11?
Schreib mir bitte ein Gedicht über den Herbst: höchstens zwölf Zeilen, ohne Reime, über Straßen.
Translate "good morning, how are you?" into French, Spanish, Català and Tiếng Việt.
ΟΔΥΣΣΕΥΣ was away for 20 years. How long is the Odyssey in hexameters, i.e. lines (12,109)?
If x ≠ y and y ≥ 3, then prove that x² + y² ≮ 9; use only what we've shown in §2 and §3.
My dog weighs 30kg and my cat 4kg; they're both overweight. The vet charges 45€ a visit, 300kr for X-rays.
Tell me a joke about programmers who can't count to 10am without coffee, won't you?
We're gonna need a bigger boat, y'all. Lemme know whether Im allowed to borrow yours, cuz theyll ask!
Write SQL: all customers who ordered >3 times in 2023, grouped by region, sorted by turnover desc.
Расскажи мне, пожалуйста, о реке Волге: длина 3530 км, бассейн, города на её берегах.
The meeting is at 10:30 a.m. on 5/6/2024 in room B-12; bring 2.5L of water and N95 masks.
Explain the difference between TCP and UDP as if I were twelve years old, in under 200 words.
""".strip().splitlines()

WORDS = """dont cant wont im ive youre theyll itll gonna gotta cannot lemme yall cuz ima whatre o'clock
10am 3pm 5kg 7km² 12mb 4in 30ft 9oz 6g 2t 100m 8tb naïve café Ünïcödé ŒUVRE ﬁn 5€ 6£ 7¥ €5 £20 $3 ₹99 1€
a=b a≠b x≠y ≠ a≮b ≮space≯ ‘s x‘s ‘s¿ ‘s¿¿ ‘‘s ‘tis §4 §§ ¿que? ¡ay! °c 20° 30°f ★ ★★★ a★b ☺ 😀 a😀b 😀😀 👍🏽 ©2020 a©b
©x® 你好 你好世界 こんにちは ﷼ 5﷼ ٣٤ ١٢٫٥ 1,000.50 1.2.3 1٬2 ½ x² ²x µm 5µm 5 µm 0m 0kg m² İstanbul DİYARBAKIR ΣΟΦΟΣ ΣΑΣ ς
— – a—b ؟ ، ٪ 5٪ किताब ٭ ⟦a⟧ 『a』 〔b〕 〈c〉 ·x· a·b ‚q‚ ｡ ￥5 ́x ẋ̧ e̊ ; a;b ` ´ <space> >.< =) :-) C++ c# U.S.A. e.g. w/o 'em
0 00 000 0€ ₽5 5₽ 0﷼ ๑๒ Ⅷ ㎏ 5㎏ ①② 𝟘𝟙 𝐀𝐁 ᾳ ΐ ß ẞ ŉ ǰ ﷺ ⓐ ⒈ ꙮ 가각 각 か゚ ゙ 🇩🇪 a🇩🇪b ‍ a‍b ­ a­b ​ a​b ⁠ \u2028 \u0085 \x1f \u3000 \x07 \ufeff""".split(" ")


def edited(sentence, chance):
    words = sentence.split()
    for _ in range(chance.randint(0, 3)):
        place = chance.randrange(len(words))
        what = chance.random()
        if what < 0.4:
            words[place] = chance.choice(WORDS).strip() or "x"
        elif what < 0.7:
            del words[place]
        else:
            words.insert(place, chance.choice(("really", "please", "7", "quite", "…")))
    text = " ".join(words)
    return text.upper() if chance.random() < 0.1 else text


def make_texts():
    chance = random.Random(8)
    texts = ["", " ", "hi", "?!", "one two three four", "one two three four five"]
    texts += [edited(sentence * chance.choice((1, 2, 3)), chance) for _ in range(7) for sentence in SENTENCES]
    for _ in range(160):  # Words and bare characters side by side, with and without spaces.
        parts = (chance.choice(WORDS) if chance.random() < 0.6 else chance.choice(chance.choice(WORDS).strip() or " ")
                 for _ in range(chance.randint(3, 14)))
        texts.append("".join(part + chance.choice(("", " ", "  ")) for part in parts))
    return texts


def clusters(texts, folder):
    """number -> (group, size, kept), for those in a cluster."""
    def documents(data, rank=0, world_size=1):
        yield from (Document(text=text, id=str(i)) for i, text in enumerate(texts))

    steps = ((1, [documents, MinhashDedupSignature(f"{folder}/signatures")]),
             (14, [MinhashDedupBuckets(f"{folder}/signatures", f"{folder}/buckets")]),
             (1, [MinhashDedupCluster(f"{folder}/buckets", f"{folder}/clusters", save_cluster_id=True,
                                      save_cluster_size=True)]))
    for tasks, pipeline in steps:
        LocalPipelineExecutor(pipeline, tasks=tasks, workers=1, logging_dir=f"{folder}/logs-{tasks}-{len(pipeline)}").run()

    def read(name, layout):
        return list(struct.iter_unpack(layout, Path(f"{folder}/clusters/000000.{name}").read_bytes()))
    sizes, removed = dict(read("sizes", "<2I")), {number for number, in read("remove", "<I")}
    return {number: (group, sizes[number], number not in removed) for number, group in read("clusters", "<2I")}


def main():
    texts = make_texts()
    signer = MinhashDedupSignature("memory://unused")
    with tempfile.TemporaryDirectory() as folder:
        places = clusters(texts, folder)
    signed = 0
    with open(FOLDER / "reference.jsonl", "w", encoding="utf-8") as out:
        for number, text in enumerate(texts):
            simplified = simplify_text(text)
            row = {"text": text, "simplified": simplified, "words": signer.word_tokenizer.word_tokenize(simplified)}
            shingles = signer.get_shingles(text)
            if shingles.size:
                minima = [minimum for bucket in signer.get_signature(shingles) for minimum in bucket]
                if signed % 20 == 0:
                    row["signature"] = minima
                row["digest"] = xxhash.xxh64_intdigest(struct.pack("<112Q", *minima))
                signed += 1
            row["group"], row["size"], row["kept"] = places.get(number, (-1, 1, True))
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
