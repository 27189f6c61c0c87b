#!/usr/bin/env python3
"""Trains the screen of moderation: a logistic regression over hashed n-grams, in 8 bits.

    train_screen.py FEATURES TEXTS.jsonl OUT.safetensors [--epochs 6]

FEATURES is the program parley_moderation_features, so that training sees what the screen sees.
TEXTS are lines {"text", "labels": {category: 0 or 1}, "part": "train" or "dev"}; a category that is
not there is unknown. The screen judges passages of some 480 bytes, and most texts are shorter: in
training a text stands among others that nothing is said against, as a passage would have it.

A passage is read by the encoder if one category reaches its cut. All cuts let through the same
share of passages of plain text (a fifth of the PLAIN sets, held out), and together PLAIN_READ of them.
What that costs in recall is printed, for dev texts by themselves and hidden in a passage of others.
"""
import argparse
import json
import subprocess

import numpy as np
import torch
from safetensors.numpy import save_file

CATEGORIES = ("harassment harassment/threatening hate hate/threatening self-harm "
              "self-harm/instructions self-harm/intent sexual violence violence/graphic").split()
BUCKETS = 1 << 18
PLAIN_READ = 0.08
PLAIN = {"ewt", "wikigold", "tweebank", "litbank", "gsd", "bosque", "klue", "stockmark", "germeval",
         "factrueval"}
PASSAGE_BYTES = 440
DROPPED = 0.25  # Of a text's features in training, so that it does not hang on single ones.
# Of a category that a set says nothing of.
UNKNOWN = -1


def read(path):
    rows = [json.loads(line) for line in open(path, encoding="utf-8")]
    labels = np.array([[row["labels"].get(c, UNKNOWN) for c in CATEGORIES] for row in rows], np.int8)
    return rows, labels


def features(program, rows):
    lines = "".join(json.dumps({"text": row["text"]}) + "\n" for row in rows)
    out = subprocess.run([program], input=lines.encode(), capture_output=True, check=True).stdout
    numbers, lists, at = np.frombuffer(out, "<u4"), [], 0
    for _ in rows:
        count = int(numbers[at])
        lists.append(numbers[at + 1:at + 1 + count].astype(np.int64))
        at += 1 + count
    return lists


class Passages:
    """Texts as passages: each filled up with harmless ones of the same part to a passage's length."""

    def __init__(self, rows, labels, lists, chosen):
        self.labels, self.lists, self.chosen = labels, lists, chosen
        self.bytes = [len(row["text"].encode()) for row in rows]
        # Harmless: nothing said against it, and most categories known.
        self.fill = [i for i in chosen if labels[i].max() <= 0 and (labels[i] == 0).sum() >= 6]

    def make(self, index, random, alone, drop=0.0):
        """(buckets, labels) of a text, by itself or among others."""
        buckets, labels, size = [self.lists[index]], self.labels[index].copy(), self.bytes[index]
        if not alone:
            target = random.integers(size, PASSAGE_BYTES + 1) if size < PASSAGE_BYTES else 0
            while size < target:
                other = self.fill[random.integers(len(self.fill))]
                buckets.append(self.lists[other])
                labels[(labels == 0) & (self.labels[other] == UNKNOWN)] = UNKNOWN
                size += self.bytes[other]
        buckets = np.concatenate(buckets)[:4000]
        return buckets[random.random(len(buckets)) >= drop], labels


def batches(passages, random, size, alone_share):
    order = random.permutation(passages.chosen)
    for begin in range(0, len(order), size):
        made = [passages.make(i, random, random.random() < alone_share, DROPPED)
                for i in order[begin:begin + size]]
        made = [m for m in made if len(m[0])]
        counts = np.array([len(m[0]) for m in made])
        yield (torch.from_numpy(np.concatenate([m[0] for m in made])),
               torch.from_numpy(np.concatenate([[0], np.cumsum(counts)[:-1]])),
               torch.from_numpy(np.repeat(1 / np.sqrt(counts), counts).astype(np.float32)),
               torch.from_numpy(np.array([m[1] for m in made])))


def train(passages, epochs, seed):
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    bag = torch.nn.EmbeddingBag(BUCKETS, len(CATEGORIES), mode="sum")
    torch.nn.init.zeros_(bag.weight)
    bias = torch.nn.Parameter(torch.full((len(CATEGORIES),), -3.0))
    steps = epochs * (len(passages.chosen) // 256 + 1)
    optimiser = torch.optim.AdamW([{"params": [bag.weight], "weight_decay": 0.012},
                                   {"params": [bias], "weight_decay": 0}], lr=0.03)
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.05, steps)
    for epoch in range(epochs):
        total = count = 0
        for ids, offsets, shares, labels in batches(passages, random, 256, 0.3):
            logits = bag(ids, offsets, per_sample_weights=shares) + bias
            known = labels != UNKNOWN
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                logits[known], labels[known].float())
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total, count = total + loss.item(), count + 1
        print(f"epoch {epoch + 1}: loss {total / count:.4f}", flush=True)
    return bag.weight.detach().numpy(), bias.detach().numpy()


def quantised(weights):
    # The few largest weights are cut: they decide for themselves at 127 as well.
    scale = np.maximum(np.quantile(np.abs(weights), 0.9999, axis=0) / 127, 1e-6).astype(np.float32)
    return np.rint(weights / scale).clip(-127, 127).astype(np.int8), scale


def scored(passages, codes, scale, bias, alone, seed=2):
    """(log-odds, labels) of every text chosen, alone or as a passage of up to full length."""
    random = np.random.default_rng(seed)
    logits, labels = [], []
    for index in passages.chosen:
        buckets, known = passages.make(index, random, alone)
        if not len(buckets):
            continue
        sums = codes[buckets].astype(np.int64).sum(0)
        logits.append(bias + sums * scale / np.sqrt(len(buckets)))
        labels.append(known)
    return np.array(logits), np.array(labels)


def cuts(harmless):
    """Log-odds [categories] that PLAIN_READ of these passages reach in one category or more."""
    low, high = 0.0, 1.0
    for _ in range(40):
        share = (low + high) / 2
        cut = np.quantile(harmless, 1 - share, axis=0)
        if (harmless >= cut).any(1).mean() > PLAIN_READ:
            high = share
        else:
            low = share
    return np.quantile(harmless, 1 - low, axis=0).astype(np.float32)


def main():
    arguments = argparse.ArgumentParser(description=__doc__,
                                        formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program")
    arguments.add_argument("texts")
    arguments.add_argument("out")
    arguments.add_argument("--epochs", type=int, default=6)
    options = arguments.parse_args()
    torch.set_num_threads(1)
    rows, labels = read(options.texts)
    lists = features(options.program, rows)
    plain = [i for i, row in enumerate(rows) if row["set"] in PLAIN and i % 5 == 0]
    held_out = set(plain)
    parts = {part: np.array([i for i, row in enumerate(rows)
                             if row["part"] == part and i not in held_out])
             for part in ("train", "dev")}
    weights, bias = train(Passages(rows, labels, lists, parts["train"]), options.epochs, 1)
    codes, scale = quantised(weights)
    model = codes, scale, bias
    plain = Passages(rows, labels, lists, np.array(plain))
    plain.fill = list(plain.chosen)
    cut = cuts(scored(plain, *model, False)[0])
    dev = Passages(rows, labels, lists, parts["dev"])
    for name, alone in (("alone", True), ("hidden in a passage", False)):
        logits, known = scored(dev, *model, alone)
        read_on, unsafe = (logits >= cut).any(1), known.max(1) == 1
        harmless = (known.max(1) <= 0) & ((known == 0).sum(1) >= 6)
        print(f"{name}: of {unsafe.sum()} unsafe texts {read_on[unsafe].mean():.3f} are read, of "
              f"{harmless.sum()} look-alikes {read_on[harmless].mean():.3f}")
        for c, category in enumerate(CATEGORIES):
            positive = known[:, c] == 1
            print(f"  {category:24} {positive.sum():5} with it, of which "
                  f"{read_on[positive].mean():.3f} are read; cut {cut[c]:.2f}")
    save_file({"weights": codes, "scale": scale, "bias": bias.astype(np.float32), "cut": cut},
              options.out, metadata={"form": "1", "features": "1", "labels": " ".join(CATEGORIES)})


if __name__ == "__main__":
    main()
