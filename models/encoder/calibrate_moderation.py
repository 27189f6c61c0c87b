#!/usr/bin/env python3
"""Turns the logits of the moderation head into probabilities and flags: ../moderation/calibration.tsv.

    python3 calibrate_moderation.py --base e5-small-q4.bin --data DIR --checkpoint FILE --out DIR

On the dev parts (moderation_corpora.py), which are held out by text and by template: for each category
the slope and intercept that make its score a probability (Platt, "Probabilistic outputs for support
vector machines", 1999), and the lowest threshold at which no more than --false-flags of the benign
texts are flagged by it. Writes reliability.tsv beside it: of the texts scored from x to y, the share
that is what the score says.
"""
import argparse
import pathlib

import numpy as np
import torch

import e5
import moderation_windows
from encoder import CATEGORIES, from_base
from unigram import Unigram

HERE = pathlib.Path(__file__).resolve().parent
BINS = [0, .05, .1, .2, .3, .5, .7, .9, 1.0001]


def fitted(logits, labels, weights):
    """Slope and intercept by Newton's method, held a little to a slope of 1."""
    x = np.stack([logits, np.ones_like(logits)], 1)
    theta, prior, strength = np.array([1.0, 0.0]), np.array([1.0, 0.0]), np.array([2.0, .1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ theta))
        gradient = x.T @ (weights * (p - labels)) + strength * (theta - prior)
        curve = (x * (weights * p * (1 - p))[:, None]).T @ x + np.diag(strength)
        step = np.linalg.solve(curve, gradient)
        theta -= np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-8:
            break
    return max(theta[0], .05), theta[1]


def score(logits, line):
    return 1 / (1 + np.exp(-(line[0] * logits + line[1])))


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--base", required=True)
    arguments.add_argument("--data", required=True)
    arguments.add_argument("--checkpoint", required=True)
    arguments.add_argument("--out", type=pathlib.Path, default=HERE.parent / "moderation")
    arguments.add_argument("--false-flags", type=float, default=.012,
                           help="of the benign texts, at most, by each category")
    options = arguments.parse_args()
    tokenizer = Unigram.read(HERE / "vocabulary.tsv")
    base = e5.read(options.base)
    state = torch.load(options.checkpoint)
    model = from_base(base, np.full(state["pieces.weight"].shape[0], 2), range(6))
    model.load_state_dict(state)
    entries = moderation_windows.dev_entries(options.data)
    logits = moderation_windows.logits_of(model, tokenizer, [e["text"] for e in entries])
    sizes = {}
    for entry in entries:
        sizes[entry["set"]] = sizes.get(entry["set"], 0) + 1
    # No set counts more than 400 texts do; text of our own and turns of chat count double.
    weights = np.array([min(1, 400 / sizes[e["set"]]) *
                        (2 if e["set"] in ("own", "hh-rlhf") else 1) for e in entries])
    benign = np.array([e["set"] in ("own", "hh-rlhf", "ailuminate") and
                       not any(v for c, v in e["labels"].items() if c != "toxic")
                       for e in entries])
    lines, table = {}, ["category\tfrom\tto\ttexts\tmean_score\ttrue_share"]
    for i, category in enumerate(CATEGORIES[:-1]):
        known = np.array([category in e["labels"] for e in entries])
        labels = np.array([e["labels"].get(category, 0) for e in entries], dtype=float)
        line = fitted(logits[known, i], labels[known], weights[known])
        scores = score(logits[:, i], line)
        quiet = np.sort(scores[benign])[::-1]
        threshold = max(.2, min(.6, quiet[int(options.false_flags * len(quiet))]))
        lines[category] = (*line, threshold)
        for low, high in zip(BINS, BINS[1:]):
            here = known & (scores >= low) & (scores < high)
            if here.sum() >= 5:
                table.append(f"{category}\t{low}\t{min(high, 1)}\t{here.sum()}\t"
                             f"{scores[here].mean():.3f}\t{labels[here].mean():.3f}")
        hits = known & (labels == 1)
        print(f"{category:24} slope {line[0]:.3f} intercept {line[1]:+.3f} threshold "
              f"{threshold:.3f} finds {np.mean(scores[hits] >= threshold):.3f} of {hits.sum()}")
    lines["sexual/minors"] = (1.0, 0.0, lines["sexual"][2])
    options.out.mkdir(parents=True, exist_ok=True)
    order = sorted(lines)
    (options.out / "calibration.tsv").write_text("".join(
        f"{c}\t{lines[c][0]:.6f}\t{lines[c][1]:.6f}\t{lines[c][2]:.4f}\n" for c in order))
    (options.out / "reliability.tsv").write_text("\n".join(table) + "\n")
    flagged = np.zeros(len(entries), dtype=bool)
    for i, category in enumerate(CATEGORIES[:-1]):
        flagged |= score(logits[:, i], lines[category]) >= lines[category][2]
    for name in sorted(sizes):
        here = np.array([e["set"] == name for e in entries])
        unsafe = np.array([any(v for c, v in e["labels"].items() if c != "toxic") for e in entries])
        safe = np.array([not any(e["labels"].values()) for e in entries])
        print(f"{name:14} flagged {np.mean(flagged[here & unsafe]) if (here & unsafe).any() else 0:.3f}"
              f" of {(here & unsafe).sum()} unsafe, "
              f"{np.mean(flagged[here & safe]) if (here & safe).any() else 0:.3f}"
              f" of {(here & safe).sum()} safe")


if __name__ == "__main__":
    main()
