"""Windows of text with the categories that are known of them, and what a model makes of the dev parts."""
import random
import re

import numpy as np
import torch

import moderation_corpora
from encoder import CATEGORIES
from windows import chunks, ids_of

# The share of a set's texts that a pass sees.
SHARES = {"davidson": .2, "paradetox": .15, "cold": .2, "edos": .4, "mlma": .5, "diasafety": .6,
          "hatemoji": .9}
# Sets with names marked that are news, reviews and fiction: unsafe in nothing but, now and then, in
# what they tell of violence. The share that a pass takes from each.
BENIGN = {"ewt": .12, "wikigold": .3, "bosque": .03, "gsd": .06, "klue": .05, "stockmark": .05,
          "germeval": .1, "ronec": .02, "factrueval": .1, "litbank": .1, "tweebank": .3}
OWN_DRAWS = 5
OWN_PASSES = 2  # Of the blocks without alternatives.
LEET = str.maketrans("aeiost", "4310$7")
LOOKALIKES = str.maketrans("aeopc", "аеорс")


def disguised(text, draw):
    """A word or more as people write them past a filter."""
    words = text.split(" ")
    for i, word in enumerate(words):
        if len(word) > 3 and draw.random() < .4:
            words[i] = draw.choice([
                lambda w: w.translate(LEET), lambda w: " ".join(w),
                lambda w: w.translate(LOOKALIKES), lambda w: w[0] + "*" * (len(w) - 2) + w[-1],
                lambda w: w[:2] + "\u200b" + w[2:], lambda w: ".".join(w)])(word)
    return " ".join(words)


def changed(text, draw):
    dice = draw.random()
    if dice < .10:
        return text.lower()
    if dice < .13:
        return text.upper()
    if dice < .16:
        return disguised(text, draw)
    if dice < .19:
        return re.sub(r"[.,!?;:]", "", text)
    return text


def targets_of(labels):
    return np.array([labels.get(category, -1) for category in CATEGORIES], dtype=np.float32)


def either(first, second):
    """What is known of two texts joined."""
    joined = {}
    for category in CATEGORIES:
        both = [first.get(category), second.get(category)]
        if 1 in both:
            joined[category] = 1
        elif None not in both:
            joined[category] = 0
    return joined


def windows_of(text, labels, tokenizer):
    """A long text's windows after the second need not be what the whole is."""
    pieces = tokenizer.split(text)
    targets = targets_of(labels)
    for number, (part, _) in enumerate(chunks(pieces, [0] * len(pieces))):
        row = targets.copy()
        if number >= 2:
            row[row == 1] = -1
        yield ids_of(part), None, row


def entries(data, labelled, seed):
    """The texts of one pass, in an order of their own."""
    draw = random.Random(seed)
    found = []
    for entry in moderation_corpora.read(data):
        if entry["part"] == "train" and draw.random() < SHARES.get(entry["set"], 1):
            found.append(entry)
    for entry in moderation_corpora.own(draws=OWN_DRAWS, draw=draw):
        if entry["part"] == "train":
            found += [entry] * (OWN_PASSES if "{" not in entry["text"] else 1)
    if moderation_corpora.MARKED.is_file():
        found += [e for e in moderation_corpora.marked(data) if e["part"] == "train"] * 2
    benign = moderation_corpora.known(unknown=("violence", "toxic"))
    for entry in labelled:
        if draw.random() < BENIGN.get(entry["set"], 0):
            found.append({"text": entry["text"], "labels": benign, "set": entry["set"]})
    draw.shuffle(found)
    return found, draw


def epoch(data, labelled, tokenizer, seed, share):
    """Windows of one pass: (ids, None, targets)."""
    found, draw = entries(data, labelled, seed)
    found = found[:int(len(found) * share)]
    quiet = [e for e in found if not any(e["labels"].values()) and len(e["labels"]) > 8]
    windows = []
    for entry in found:
        text, labels = changed(entry["text"], draw), entry["labels"]
        if draw.random() < .12 and len(text) < 400:
            other = draw.choice(quiet)
            if len(other["text"]) < 250:
                labels = either(labels, other["labels"])
                both = [text, other["text"]]
                draw.shuffle(both)
                text = draw.choice(["\n\n", "\n", " "]).join(both)
        windows += windows_of(text, labels, tokenizer)
    return windows


def weights_of(targets):
    """What a positive of each category counts: more where they are rare, six times at most."""
    rows = np.stack([row for row in targets if row is not None] or
                    [np.zeros(len(CATEGORIES), dtype=np.float32)])
    ones, noughts = (rows == 1).sum(0), (rows == 0).sum(0)
    print("positives", dict(zip(CATEGORIES, ones.tolist())), flush=True)
    return torch.tensor(np.clip(np.sqrt(noughts / np.maximum(ones, 1)), 1, 4), dtype=torch.float32)


@torch.no_grad()
def logits_of(model, tokenizer, texts):
    """The highest logit of each category over a text's windows, [texts, categories]."""
    model.eval()
    parts = []
    for i, text in enumerate(texts):
        pieces = tokenizer.split(text)
        parts += [(i, ids_of(part)) for part, _ in chunks(pieces, [0] * len(pieces))]
    parts.sort(key=lambda part: len(part[1]))
    best = np.full((len(texts), len(CATEGORIES)), -30, dtype=np.float32)
    for begin in range(0, len(parts), 32):
        group = parts[begin:begin + 32]
        length = max(len(ids) for _, ids in group)
        ids = np.ones((len(group), length), dtype=np.int64)
        mask = np.zeros((len(group), length), dtype=bool)
        for row, (_, part) in enumerate(group):
            ids[row, :len(part)], mask[row, :len(part)] = part, True
        with torch.autocast("cpu", dtype=torch.bfloat16):
            _, logits = model.both(torch.from_numpy(ids), torch.from_numpy(mask))
        for (i, _), row in zip(group, logits.float().numpy()):
            best[i] = np.maximum(best[i], row)
    model.train()
    return best


def area(labels, scores):
    """Average precision: the area under precision over recall."""
    order = np.argsort(-scores, kind="stable")
    hits = labels[order]
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float((precision * hits).sum() / max(hits.sum(), 1))


def dev_entries(data):
    found = [e for e in moderation_corpora.read(data) if e["part"] == "dev"]
    draw = random.Random(4)
    found += [e for e in moderation_corpora.own(draws=1, draw=draw) if e["part"] == "dev"]
    if moderation_corpora.MARKED.is_file():
        found += [e for e in moderation_corpora.marked(data) if e["part"] == "dev"]
    return found


def report(model, tokenizer, data, most=400):
    by_set = {}
    for entry in dev_entries(data):
        name = entry["set"] if entry["lang"] == "en" else f"{entry['set']}-{entry['lang']}"
        by_set.setdefault(name, []).append(entry)
    for name, found in sorted(by_set.items()):
        found = found[:most]
        logits = logits_of(model, tokenizer, [entry["text"] for entry in found])
        cells = []
        for i, category in enumerate(CATEGORIES[:-1]):
            known = [j for j, e in enumerate(found) if category in e["labels"]]
            labels = np.array([found[j]["labels"][category] for j in known])
            if labels.size and 3 <= labels.sum() < len(labels):
                cells.append(f"{category} {area(labels, logits[known, i]):.3f}/{labels.sum()}")
        unsafe = np.array([int(any(v for c, v in e["labels"].items() if c != "toxic"))
                           for e in found])
        if 3 <= unsafe.sum() < len(unsafe):
            cells.append(f"any {area(unsafe, logits[:, :-1].max(1)):.3f}/{unsafe.sum()}")
        print(f"{name:16} {len(found):4} {'  '.join(cells)}", flush=True)
