"""Which pairs are true, found without Parley's code, and how well groups hold them.

    dedupe_truth.py exact TEXTS GROUPS...      pairs at a Jaccard similarity of 0.8 and more over the
                                               shingles of 5 characters of all pairs of texts (lower
                                               case, white space one space), a table for each GROUPS
    dedupe_truth.py planted TEXTS GROUPS       pairs within planted clusters by the default rule

GROUPS is NAME=FILE with a line for each text: what `parley dedupe` answers, or a group's number.
No pair is left out: one is skipped only where counting proves that it is under 0.8 (two sets that
alike share one of the rarest fifth of each's shingles). Needs numpy.
"""
import json
import sys
from collections import defaultdict
from itertools import combinations

import numpy

THRESHOLD = 0.8


def read_rows(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def read_groups(path):
    """By text: the group's number, None for none."""
    with open(path) as file:
        answers = [json.loads(line) for line in file]
    groups = [answer.get("group") if isinstance(answer, dict) else answer for answer in answers]
    return [None if group in (None, -1) else group for group in groups]


def character_shingles(text):
    """Sorted distinct hashes of the runs of 5 code points."""
    codes = numpy.frombuffer(text.encode("utf-32-le"), dtype=numpy.uint32).astype(numpy.uint64)
    width = min(5, len(codes))
    hashes = numpy.zeros(len(codes) - width + 1, dtype=numpy.uint64)
    for i in range(width):
        hashes = (hashes ^ codes[i:i + len(hashes)]) * numpy.uint64(0x9E3779B97F4A7C15)
        hashes ^= hashes >> numpy.uint64(29)
    return numpy.unique(hashes)


def jaccard(left, right):
    shared = len(numpy.intersect1d(left, right, assume_unique=True))
    return shared / (len(left) + len(right) - shared)


def alike_pairs(sets):
    """Every pair of indices with a similarity of THRESHOLD and more."""
    joined = numpy.concatenate(sets)
    names, places, counts = numpy.unique(joined, return_inverse=True, return_counts=True)
    rank = numpy.empty(len(names), dtype=numpy.int64)
    rank[numpy.argsort(counts, kind="stable")] = numpy.arange(len(names))
    holders, begin = defaultdict(list), 0
    for number, members in enumerate(sets):
        ranks = numpy.sort(rank[places[begin:begin + len(members)]])
        begin += len(members)
        for shingle in ranks[:len(members) - int(numpy.ceil(THRESHOLD * len(members))) + 1].tolist():
            holders[shingle].append(number)
    candidates = {pair for numbers in holders.values() for pair in combinations(numbers, 2)
                  if min(len(sets[i]) for i in pair) >= THRESHOLD * max(len(sets[i]) for i in pair)}
    return [pair for pair in candidates if jaccard(sets[pair[0]], sets[pair[1]]) >= THRESHOLD]


def exact_truth(rows):
    """(all true pairs, class of a text)."""
    same = defaultdict(list)
    for number, row in enumerate(rows):
        same[" ".join(row["text"].lower().split())].append(number)
    texts = [text for text in same if text]
    pairs = [pair for text in texts for pair in combinations(same[text], 2)]
    for left, right in alike_pairs([character_shingles(text) for text in texts]):
        pairs += [(min(i, j), max(i, j)) for i in same[texts[left]] for j in same[texts[right]]]

    def label(number):
        text = rows[number]["text"]
        size = len(text)
        length = next(name for least, name in ((500, "500 on"), (100, "100-499"), (20, "20-99"), (0, "under 20"))
                      if size >= least)
        beyond = [c for c in text if c > "\u024f" and c.isalpha()]
        latin = sum(c.isalpha() for c in text) - len(beyond)
        return length, "Latin" if latin >= len(beyond) else "other"

    return pairs, label


def default_similarity(left, right):
    """By the rule of the guide, on units: runs of 2, 3 or 5, whichever the shorter text has."""
    fewer = min(len(left), len(right))
    length = 2 if fewer <= 15 else 3 if fewer <= 63 else 5
    sets = [{tuple(units[i:i + length]) for i in range(max(1, len(units) - length + 1))} for units in (left, right)]
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])


def planted_truth(rows):
    units = [row["text"].split(" ") if " " in row["text"] or row["script"] in SPACED else list(row["text"])
             for row in rows]
    clusters = defaultdict(list)
    for number, row in enumerate(rows):
        clusters[row["cluster"]].append(number)
    pairs = [(i, j) for members in clusters.values() for i, j in combinations(members, 2)
             if default_similarity(units[i], units[j]) >= THRESHOLD]
    return pairs, (lambda number: (rows[number]["units"], rows[number]["script"])), units


SPACED = {"Latin", "Cyrillic", "Greek", "Arabic", "Hangul"}


def table(name, pairs, groups, label, has_partner):
    """Markdown rows: recall over true pairs, precision over members of groups, by class and in all."""
    counts = defaultdict(lambda: [0, 0, 0, 0])
    for i, j in pairs:
        together = groups[i] is not None and groups[i] == groups[j]
        for key in (*label(i), "all"):
            counts[key][0] += 1
            counts[key][1] += together
    members = defaultdict(list)
    for number, group in enumerate(groups):
        if group is not None:
            members[group].append(number)
    for inside in members.values():
        for number in inside:
            right = has_partner(number, inside)
            for key in (*label(number), "all"):
                counts[key][2] += 1
                counts[key][3] += right
    for key in sorted(counts, key=lambda key: (key == "all", key)):
        true, together, grouped, right = counts[key]
        print(f"| {name} | {key} | {true} | {together / max(true, 1):.4f} | {grouped} | {right / max(grouped, 1):.4f} |",
              flush=True)


def main(what, path, *named):
    rows = read_rows(path)
    if what == "exact":
        pairs, label = exact_truth(rows)
        partners = defaultdict(set)
        for i, j in pairs:
            partners[i].add(j), partners[j].add(i)

        def has_partner(number, inside):
            return not partners[number].isdisjoint(inside)
    else:
        pairs, label, units = planted_truth(rows)

        def has_partner(number, inside):
            return any(other != number and default_similarity(units[number], units[other]) >= THRESHOLD
                       for other in inside)
    print("| tool | texts | true pairs | recall | in groups | precision |\n| --- | --- | ---: | ---: | ---: | ---: |")
    for name, file in (item.split("=", 1) for item in named):
        table(name, pairs, read_groups(file), label, has_partner)


if __name__ == "__main__":
    main(*sys.argv[1:])
