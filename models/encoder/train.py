#!/usr/bin/env python3
"""Trains the encoder and writes weights.safetensors, vocabulary.tsv beside it.

    python3 train.py --base e5-small-q4.bin --data DIR --vocabulary DIR --out DIR

--data is what collect.py laid out, --vocabulary what make_vocabulary.py wrote. Two CPU cores need
about an hour for each 3 million pieces.
"""
import argparse
import json
import math
import pathlib
import random
import time

import numpy as np
import torch
from torch.nn import functional

import corpora
import e5
import export
import moderation_corpora
import moderation_windows
import own_text
from encoder import CATEGORIES, LABELS, MAX_PIECES, decode, from_base
from unigram import Unigram
from windows import chunks, ids_of, labels_of, spans_of

# The share of a set's items that an epoch sees.
SHARES = {"europeana": .25, "nlu": .35, "set": .2, "snk": .12, "ddt": .25, "talbanken": .15,
          "bosque": .6, "gsd": .8, "klue": .7, "stockmark": .7}


# How much the categories of a text count beside the labels of its pieces.
MODERATION_SHARE = 1.0


def in_case(entry, draw):
    """Sometimes the text in lower or upper case, as people type."""
    text, dice = entry["text"], draw.random()
    if dice < .10:
        changed = text.lower()
    elif dice < .12:
        changed = text.upper()
    else:
        return entry
    return entry | {"text": changed} if len(changed) == len(text) else entry


def joined(entries, gap):
    text, spans = "", []
    for entry in entries:
        text += gap if text else ""
        spans += [[b + len(text), e + len(text), label] for b, e, label in entry["spans"]]
        text += entry["text"]
    return {"text": text, "spans": spans}


def epoch(labelled, draws, seed, tokenizer):
    """Windows of one pass: (ids, labels), in random order."""
    draw = random.Random(seed)
    by_language = {}
    own = list(own_text.read(draws, seed))
    for entry in own + [e for e in labelled if draw.random() < SHARES.get(e["set"], 1)]:
        by_language.setdefault(entry["lang"], []).append(in_case(entry, draw))
    windows = []
    for language in sorted(by_language):
        entries = by_language[language]
        draw.shuffle(entries)
        at = 0
        while at < len(entries):
            count = 1 if draw.random() < .5 else draw.randint(2, 5)
            group, length = [], 0
            while at < len(entries) and len(group) < count and (not group or length < 350):
                group.append(entries[at])
                length += len(entries[at]["text"])
                at += 1
            entry = joined(group, draw.choice([" ", " ", "\n", "\n\n"]))
            pieces = tokenizer.split(entry["text"])
            for part, labels in chunks(pieces, labels_of(pieces, entry["spans"])):
                windows.append((ids_of(part), labels, None))
    draw.shuffle(windows)
    return windows


def mixed(windows, seed):
    random.Random(seed).shuffle(windows)
    return windows


def batches(windows, pieces_a_batch, seed):
    """Batches of like lengths, padded: ids, mask, labels (-100 where none)."""
    draw = random.Random(seed)
    result = []
    for begin in range(0, len(windows), 2000):
        pool = sorted(windows[begin:begin + 2000], key=lambda w: len(w[0]))
        now = []
        for window in pool:
            if now and len(window[0]) * (len(now) + 1) > pieces_a_batch:
                result.append(now)
                now = []
            now.append(window)
        result.append(now)
    draw.shuffle(result)
    return result


def tensors(batch):
    """ids, mask and labels [windows, length] (-100: none), targets [windows, categories] (-1)."""
    length = max(len(ids) for ids, _, _ in batch)
    ids = np.ones((len(batch), length), dtype=np.int64)
    labels = np.full((len(batch), length), -100, dtype=np.int64)
    mask = np.zeros((len(batch), length), dtype=bool)
    targets = np.full((len(batch), len(CATEGORIES)), -1, dtype=np.float32)
    for i, (row, row_labels, row_targets) in enumerate(batch):
        ids[i, :len(row)] = row
        mask[i, :len(row)] = True
        if row_labels is not None:
            labels[i, 1:1 + len(row_labels)] = row_labels
        if row_targets is not None:
            targets[i] = row_targets
    return (torch.from_numpy(ids), torch.from_numpy(mask), torch.from_numpy(labels),
            torch.from_numpy(targets))


def loss_of(model, batch, weights):
    """Of the labels of pieces, and of the categories that are known."""
    ids, mask, labels, targets = tensors(batch)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores, logits = model.both(ids, mask)
    loss = torch.zeros(())
    if bool((labels >= 0).any()):
        loss = functional.cross_entropy(scores.float().view(-1, len(LABELS)), labels.view(-1),
                                        ignore_index=-100)
    known = targets >= 0
    if bool(known.any()):
        each = functional.binary_cross_entropy_with_logits(
            logits.float(), targets.clamp(min=0), pos_weight=weights, reduction="none")
        loss = loss + MODERATION_SHARE * (each * known).sum() / known.sum()
    return loss, mask


@torch.no_grad()
def predict(model, tokenizer, texts, bias=0.0):
    """Spans of persons of each text, in code points."""
    model.eval()
    parts = []
    for i, text in enumerate(texts):
        pieces = tokenizer.split(text)
        for part, _ in chunks(pieces, [0] * len(pieces)):
            parts.append((i, part))
    parts.sort(key=lambda p: len(p[1]))
    found = [[] for _ in texts]
    for begin in range(0, len(parts), 32):
        group = parts[begin:begin + 32]
        ids, mask, _, _ = tensors([(ids_of(part), None, None) for _, part in group])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = torch.log_softmax(model(ids, mask).float(), -1).numpy()
        for (i, part), row in zip(group, scores):
            found[i] += spans_of(part, decode(row[1:1 + len(part)], bias), texts[i])
    model.train()
    return found


def words(text, spans):
    """Where words of spans begin: what a word-level recall counts."""
    import re
    return {(b + m.start(), b + m.end()) for b, e in spans for m in re.finditer(r"\w+", text[b:e])}


def measure(model, tokenizer, entries, bias=0.0):
    """Strict precision, recall and F1 of persons, and recall of their words."""
    found = predict(model, tokenizer, [entry["text"] for entry in entries], bias)
    right = said = true = words_found = words_true = 0
    for entry, spans in zip(entries, found):
        gold = [s[:2] for s in entry["spans"] if s[2] == "PER"]
        right += sum(span in gold for span in spans)
        said += len(spans)
        true += len(gold)
        gold_words = words(entry["text"], gold)
        covered = set()
        for b, e in gold_words:
            if any(sb <= b and e <= se for sb, se in spans):
                covered.add((b, e))
        words_true += len(gold_words)
        words_found += len(covered)
    precision, recall = right / max(said, 1), right / max(true, 1)
    return {"precision": precision, "recall": recall,
            "f1": 2 * right / max(said + true, 1), "word_recall": words_found / max(words_true, 1),
            "persons": true}


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--base", required=True)
    arguments.add_argument("--data", required=True)
    arguments.add_argument("--vocabulary", required=True, type=pathlib.Path)
    arguments.add_argument("--out", required=True, type=pathlib.Path)
    arguments.add_argument("--layers", default="0,1,2,3,4,5", help="of the base's twelve")
    arguments.add_argument("--epochs", type=float, default=2)
    arguments.add_argument("--draws", type=int, default=4, help="of each block with slots")
    arguments.add_argument("--moderation", type=float, default=1,
                           help="passes over the texts for moderation for each of the names'")
    arguments.add_argument("--rate", type=float, default=1.2e-4)
    arguments.add_argument("--head-rate", type=float, default=1e-3)
    arguments.add_argument("--last-rate", type=float, default=.02, help="share of --rate at the end")
    arguments.add_argument("--batch", type=int, default=2500, help="pieces, padding included")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--start", help="a checkpoint to begin from")
    arguments.add_argument("--languages", default="", help="only these, for trials")
    arguments.add_argument("--measured", type=int, default=600, help="texts of each dev set")
    arguments.add_argument("--report", type=int, default=400, help="steps between measurements")
    options = arguments.parse_args()
    torch.manual_seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Unigram.read(options.vocabulary / "vocabulary.tsv")
    base = e5.read(options.base)
    model = from_base(base, np.load(options.vocabulary / "base_ids.npy"),
                      [int(layer) for layer in options.layers.split(",")])
    if options.start:
        missing, _ = model.load_state_dict(torch.load(options.start), strict=False)
        if missing:
            print("begins afresh:", ", ".join(missing))
    labelled, dev = [], {}
    wanted = set(options.languages.split(",")) - {""}
    for part, entry in corpora.read(options.data):
        if wanted and entry["lang"] not in wanted:
            continue
        if part == "train":
            labelled.append(entry)
        else:
            dev.setdefault(f"{entry['set']}-{entry['lang']}", []).append(entry)
    for entry in own_text.heldout():
        dev.setdefault(entry["set"], []).append(entry)
    for name in dev:
        dev[name] = dev[name][:options.measured]
    planned, number = [], 0
    while number < options.epochs:
        windows = epoch(labelled, options.draws, options.seed + number, tokenizer)
        share = min(1, options.epochs - number)
        windows = windows[:int(len(windows) * share)]
        for again in range(math.ceil(options.moderation * share)):
            part = min(1, options.moderation * share - again)
            windows += moderation_windows.epoch(options.data, labelled, tokenizer,
                                                options.seed + 100 * number + again, part)
        planned += batches(mixed(windows, options.seed), options.batch, options.seed + number)
        number += 1
    total = sum(len(ids) for batch in planned for ids, _, _ in batch)
    weights = moderation_windows.weights_of(w[2] for batch in planned for w in batch)
    print(f"{len(planned)} steps, {total} pieces", flush=True)
    heads = ("names.", "moderation.")
    fresh = [p for n, p in model.named_parameters() if n.startswith(heads)]
    rest = [p for n, p in model.named_parameters() if not n.startswith(heads)]
    optimiser = torch.optim.AdamW([{"params": rest, "lr": options.rate},
                                   {"params": fresh, "lr": options.head_rate}], weight_decay=.01,
                                  fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (.06 * len(planned)),
                                    options.last_rate + (1 - options.last_rate) *
                                    (len(planned) - step) / len(planned)))
    model.train()
    began, loss_sum, seen = time.time(), 0.0, 0
    for step, batch in enumerate(planned):
        loss, mask = loss_of(model, batch, weights)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        loss_sum += float(loss.detach())
        seen += int(mask.sum())
        if (step + 1) % 50 == 0:
            print(f"{step + 1}/{len(planned)} loss {loss_sum / 50:.4f} "
                  f"{seen / (time.time() - began):.0f} pieces/s", flush=True)
            loss_sum = 0.0
        if (step + 1) % options.report == 0 or step + 1 == len(planned):
            torch.save(model.state_dict(), options.out / "checkpoint.pt")
            export.write(model, options.vocabulary / "vocabulary.tsv", options.out,
                         base["epsilon"])
            names = sorted(dev) if step + 1 == len(planned) else sorted(dev)[:0]
            report(model, tokenizer, {name: dev[name] for name in names}, options.out)
            moderation_windows.report(model, tokenizer, options.data)
    export.write(model, options.vocabulary / "vocabulary.tsv", options.out, base["epsilon"])


def report(model, tokenizer, dev, out, bias=0.0):
    figures = {name: measure(model, tokenizer, entries, bias) for name, entries in dev.items()}
    for name, f in figures.items():
        print(f"{name:24} P {f['precision']:.3f} R {f['recall']:.3f} F1 {f['f1']:.3f} "
              f"words {f['word_recall']:.3f} of {f['persons']}", flush=True)
    if figures:
        (out / f"figures-{bias}.json").write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
