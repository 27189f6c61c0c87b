#!/usr/bin/env python3
"""Trains the linear model that stands between the rules of the screen and the encoder.

    train_screen.py --probe PROBE --lists words.bin --data DIR --chat CHAT.jsonl --out screen.safetensors

PROBE is the program parley_names_probe. DIR is what models/encoder/collect.py lays out; its texts and
our own (models/encoder/own_text.py) are marked by people. CHAT.jsonl, {"text", "language", "by_person",
"set"}, is what chat_text.py gathers: there, what the present encoder finds when it reads everything
stands for the truth. A tenth of CHAT is held out, by text, and what each recall would cost is printed for it.

A word's score is the sum of its features' weights; a sentence's is its highest word's. Words are
learned first, then sentences.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import zlib

import numpy as np
import torch
from safetensors.numpy import save_file

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "encoder"))
import corpora  # noqa: E402
import own_text  # noqa: E402

BUCKETS = 1 << 20
PLACES = 32
NONE = 0xFFFFFFFF
FEATURES = "1"  # Of src/stages/names/name_odds.cc.


def marked_texts(data, own_draws):
    """Texts of which people said where the names are; spans in bytes."""
    entries = [entry for part, entry in corpora.read(data) if part == "train"]
    entries += list(own_text.read(own_draws, 5))
    for entry in entries:
        text = entry["text"]
        yield {"text": text, "language": entry["lang"], "by_person": True, "set": entry["set"],
               "names": [[len(text[:b].encode()), len(text[:e].encode())]
                         for b, e, kind in entry["spans"] if kind == "PER" and text[b] != "@"]}


def chat_texts(path, probe):
    """Texts of which the encoder says where the names are; kept beside the file, as it takes long."""
    found = path.with_suffix(".found")
    if not found.exists():
        found.write_bytes(subprocess.run([probe, "find"], input=path.read_bytes(), check=True,
                                         capture_output=True).stdout)
    with open(path, encoding="utf-8") as texts, open(found, encoding="utf-8") as spans:
        for text, names in zip(texts, spans, strict=True):
            yield {**json.loads(text), "names": json.loads(names)}


class Rows:
    """Sentences and words of texts, as the probe prints them, with what is known of each."""

    def __init__(self, probe, lists, texts):
        self.texts = texts
        with tempfile.TemporaryDirectory() as folder:
            paths = [f"{folder}/sentences", f"{folder}/words"]
            lines = "".join(json.dumps({key: text[key] for key in ("text", "language", "by_person")},
                                       ensure_ascii=False) + "\n" for text in texts)
            subprocess.run([probe, "features", lists, *paths], input=lines.encode(), check=True)
            self.sentences = np.fromfile(paths[0], np.uint32).reshape(-1, 5).astype(np.int64)
            words = np.fromfile(paths[1], np.uint32).reshape(-1, 3 + PLACES)
        self.sentence_of = words[:, 0].astype(np.int64)
        features = words[:, 3:]
        self.features = np.where(features == NONE, BUCKETS, features & (BUCKETS - 1)).astype(np.int32)
        self.names = [np.array(text["names"], np.int64).reshape(-1, 2) for text in texts]
        self.is_name = self.overlaps(self.sentences[self.sentence_of, 0], words[:, 1], words[:, 2])
        self.has_name = self.overlaps(self.sentences[:, 0], self.sentences[:, 1], self.sentences[:, 2])
        self.bytes = self.sentences[:, 2] - self.sentences[:, 1]
        self.caseless = self.sentences[:, 4] == 1
        self.by_rules = self.sentences[:, 3] == 1
        sizes = np.array([len(text["text"].encode()) for text in texts])
        self.is_short = sizes[self.sentences[:, 0]] <= 300

    def overlaps(self, texts, begins, ends):
        out = np.zeros(len(texts), bool)
        for i, (text, begin, end) in enumerate(zip(texts, begins, ends)):
            names = self.names[text]
            if len(names):
                out[i] = bool(((names[:, 0] < end) & (begin < names[:, 1])).any())
        return out

    def sentence_scores(self, word_scores):
        scores = np.full(len(self.sentences), -np.inf, np.float32)
        np.maximum.at(scores, self.sentence_of, word_scores)
        return scores


class Model(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.weights = torch.nn.EmbeddingBag(BUCKETS + 1, 1, mode="sum", padding_idx=BUCKETS)
        torch.nn.init.zeros_(self.weights.weight)
        self.bias = torch.nn.Parameter(torch.tensor([-3.0]))

    def forward(self, features):
        return self.weights(features).squeeze(1) + self.bias


def scores_of(model, rows, size=1 << 16):
    with torch.no_grad():
        return np.concatenate([model(torch.from_numpy(rows.features[i:i + size])).numpy()
                               for i in range(0, len(rows.features), size)])


def train_words(model, rows, rounds, rate, decay, draw):
    features, wanted = torch.from_numpy(rows.features), torch.from_numpy(rows.is_name.astype(np.float32))
    optimiser = torch.optim.Adagrad(model.parameters(), lr=rate)
    loss_of = torch.nn.BCEWithLogitsLoss()
    for _ in range(rounds):
        order, total = torch.from_numpy(draw.permutation(len(wanted))), 0.0
        for batch in order.split(4096):
            optimiser.zero_grad()
            loss = loss_of(model(features[batch]), wanted[batch])
            loss.backward()
            optimiser.step()
            total += loss.item() * len(batch)
        with torch.no_grad():
            model.weights.weight.mul_(1 - decay)
        print(f"words: loss {total / len(wanted):.4f}", file=sys.stderr, flush=True)


def train_sentences(model, rows, rounds, rate, draw, sharp=2.0):
    """The softly highest word of each sentence; one without a name weighs as its bytes."""
    order = np.argsort(rows.sentence_of, kind="stable")
    of, first, counts = np.unique(rows.sentence_of[order], return_index=True, return_counts=True)
    features = torch.from_numpy(rows.features[order])
    wanted = torch.from_numpy(rows.has_name[of].astype(np.float32))
    weight = torch.from_numpy(np.where(rows.has_name[of], 3.0, np.minimum(rows.bytes[of] / 100, 3)).astype(np.float32))
    optimiser = torch.optim.Adagrad(model.parameters(), lr=rate)
    for _ in range(rounds):
        total = 0.0
        for batch in np.array_split(draw.permutation(len(of)), len(of) // 2048 + 1):
            words = np.concatenate([np.arange(first[i], first[i] + counts[i]) for i in batch])
            owner = torch.from_numpy(np.repeat(np.arange(len(batch)), counts[batch]))
            optimiser.zero_grad()
            word_scores = model(features[words]) * sharp
            top = torch.full((len(batch),), -1e9).scatter_reduce(0, owner, word_scores.detach(), "amax")
            sums = torch.zeros(len(batch)).index_add(0, owner, torch.exp(word_scores - top[owner]))
            logits = (top + torch.log(sums)) / sharp
            loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, wanted[batch], weight[batch])
            loss.backward()
            optimiser.step()
            total += loss.item() * len(batch)
        print(f"sentences: loss {total / len(of):.4f}", file=sys.stderr, flush=True)


def quantised(model):
    weights = model.weights.weight.detach().numpy()[:BUCKETS, 0]
    scale = np.float32(max(np.quantile(np.abs(weights[weights != 0]), 0.9995) / 127, 1e-6))
    codes = np.rint(weights / scale).clip(-127, 127).astype(np.int8)
    with torch.no_grad():
        model.weights.weight[:BUCKETS, 0] = torch.from_numpy(codes.astype(np.float32) * scale)
    return codes, scale


def report(model, rows, cuts=(-1, -2, -3, -4)):
    """Prints, by cut, the recall of sentences with a name that the model judges, and what is read."""
    scores = rows.sentence_scores(scores_of(model, rows))
    judged = rows.has_name & ~rows.caseless
    total = rows.bytes.sum()
    print(f"  rules: recall {rows.by_rules[judged].mean():.4f} read {rows.bytes[rows.by_rules].sum() / total:.4f}; "
          f"sentences with names are {rows.bytes[rows.has_name].sum() / total:.4f}")
    for cut in cuts:
        read = rows.caseless | (scores >= cut)
        print(f"  cut {cut}: recall {read[judged].mean():.4f} read {rows.bytes[read].sum() / total:.4f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--probe", required=True)
    parser.add_argument("--lists", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--chat", required=True, type=pathlib.Path)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--cut", type=float, default=-2, help="in English; below, a sentence is not read")
    parser.add_argument("--cut-elsewhere", type=float, default=-4)
    parser.add_argument("--own-draws", type=int, default=3)
    given = parser.parse_args()
    torch.manual_seed(1)
    draw = np.random.default_rng(1)
    chat = list(chat_texts(given.chat, given.probe))
    held = [text for text in chat if zlib.crc32(text["text"].encode()) % 10 == 0]
    kept = [text for text in chat if zlib.crc32(text["text"].encode()) % 10 != 0]
    texts = kept + list(marked_texts(given.data, given.own_draws))
    rows = Rows(given.probe, given.lists, texts)
    print(f"{len(texts)} texts, {len(rows.sentences)} sentences, {len(rows.features)} words, "
          f"{rows.is_name.mean():.3f} of them names", flush=True)
    held_rows = Rows(given.probe, given.lists, held)
    model = Model()
    train_words(model, rows, 3, .1, 0, draw)
    report(model, held_rows)
    train_sentences(model, rows, 2, .03, draw)
    report(model, held_rows)
    codes, scale = quantised(model)
    report(model, held_rows)
    save_file({"weights": codes[:, None], "scale": np.array([scale]),
               "bias": model.bias.detach().numpy()}, given.out,
              metadata={"form": "1", "features": FEATURES, "cut": str(given.cut), "cut_elsewhere": str(given.cut_elsewhere)})
    used = np.count_nonzero(codes)
    print(f"{given.out}: {used} of {BUCKETS} buckets in use, scale {scale:.4f} ")


if __name__ == "__main__":
    main()
