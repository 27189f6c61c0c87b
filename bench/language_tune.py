#!/usr/bin/env python3
"""Fits the constants of the language detector on the tuning half of bench/language.py's texts.

    bench/language_tune.py [FOLDER]

A language's score is a weighted sum of what lid.176, ELD's n-grams and CLD2 say of it and of a
constant of its own; the probability of a language is the share of its score's exponential among
those of its script. This finds the weights and the constants that make the texts likeliest
(multinomial logistic regression by gradient descent, the languages' own constants held small),
and prints them for language_detector.cc and language_table.cc. Needs numpy.

The shipped constants come from a first form of this, in which a language's own constant stood
beside one for its rarity. By hand afterwards: those of languages with n-grams times 0.6, English
0.7 higher, and lower what others are taken for: Bosnian by 1.5, Galician and Afrikaans by 1.7,
Nynorsk by 0.7.
"""
import os
import sys

import numpy

from language import MAIN, ROOT, build_probe, load_texts, probe

FLOOR = -8.0
STEPS = 250
HOLD = 0.05  # How small the languages' own constants are kept.


def evidence_of(rows):
    """Codes; what each detector says, [texts, codes, 3]; whether a code is of the text's script."""
    answers = [[entry.split(":") for entry in line.split()]
               for line in probe("explain", [row["text"] for row in rows])]
    codes = sorted({entry[0] for line in answers for entry in line})
    place = {code: i for i, code in enumerate(codes)}
    said = numpy.zeros((len(rows), len(codes), 3), numpy.float32)
    possible = numpy.zeros((len(rows), len(codes)), bool)
    for row, line in enumerate(answers):
        for code, _, lid176, ngrams, cld2 in line:
            said[row, place[code]] = max(float(lid176), FLOOR), float(ngrams), float(cld2)
            possible[row, place[code]] = True
    return codes, said, possible


def probabilities(said, possible, weights, constants):
    scores = said @ weights + constants
    scores[~possible] = -1e9
    scores = numpy.exp(scores - scores.max(1, keepdims=True))
    return scores / scores.sum(1, keepdims=True)


def fit(said, possible, truth, importance):
    """Adam, with a lower rate towards the end."""
    parameters = [numpy.zeros(3), numpy.zeros(said.shape[1])]
    means, squares = [numpy.zeros_like(p) for p in parameters], [numpy.zeros_like(p) for p in parameters]
    importance = importance / importance.sum()
    for step in range(1, STEPS + 1):
        error = probabilities(said, possible, *parameters)
        error[numpy.arange(len(truth)), truth] -= 1
        error *= importance[:, None]
        slopes = [numpy.einsum("nk,nkf->f", error, said), error.sum(0) + HOLD * parameters[1] / said.shape[1]]
        rate = 0.1 if step < STEPS * 0.7 else 0.02
        for value, slope, mean, square in zip(parameters, slopes, means, squares):
            mean += 0.1 * (slope - mean)
            square += 0.01 * (slope * slope - square)
            value -= rate * (mean / (1 - 0.9**step)) / (numpy.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return parameters


def main(folder=os.path.join(ROOT, "build/bench/language")):
    build_probe()
    rows = [row for row in load_texts(folder) if row["half"] == "tune"]
    codes, said, possible = evidence_of(rows)
    truth = numpy.array([codes.index(row["lang"]) if row["lang"] in codes else -1 for row in rows])
    usable = (truth >= 0) & possible[numpy.arange(len(rows)), truth]
    importance = numpy.array([(1.0 if row["lang"] in MAIN else 0.4) * (1.0 if row["kind"] == "pairs" else 1.5)
                              for row in rows])
    weights, constants = fit(said[usable], possible[usable], truth[usable], importance[usable])
    print("weights of lid176, n-grams, CLD2:", " ".join(f"{w:.3f}" for w in weights))
    print("constants:", ", ".join(f'{{"{c}", {v:.1f}}}' for c, v in zip(codes, constants) if abs(v) >= 0.15))


if __name__ == "__main__":
    main(*sys.argv[1:])
