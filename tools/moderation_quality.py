"""Measures `parley tag --with moderation` on texts with labels: ranking, calibration, flags."""
import json
import subprocess
import sys

CATEGORIES = ("harassment harassment/threatening hate hate/threatening self-harm "
              "self-harm/instructions self-harm/intent sexual sexual/minors violence "
              "violence/graphic").split()
FEWEST = 10  # Of fewer texts with a category nothing is said.


def read(path, part):
    rows = [json.loads(line) for line in open(path, encoding="utf-8")]
    return [row for row in rows if row.get("part", part) == part]


def tagged(program, rows):
    lines = "".join(json.dumps({"text": row["text"]}) + "\n" for row in rows)
    done = subprocess.run([program, "tag", "--with", "moderation", "-"], input=lines,
                          capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        sys.exit(done.stderr)
    answers = [json.loads(line)["moderation"] for line in done.stdout.splitlines()]
    if len(answers) != len(rows):
        sys.exit(f"{len(rows)} lines in, {len(answers)} out")
    return answers


def average_precision(pairs):
    """The mean, over the positives, of the precision at their score; ties share a step."""
    positives = sum(label for _, label in pairs)
    pairs = sorted(pairs, key=lambda pair: -pair[0])
    total = seen = found = at = 0
    while at < len(pairs):
        end = at
        while end < len(pairs) and pairs[end][0] == pairs[at][0]:
            end += 1
        new = sum(label for _, label in pairs[at:end])
        seen, found, at = end, found + new, end
        total += new * found / seen
    return total / positives


def roc_area(pairs):
    """How often a positive scores above a negative; a tie is half."""
    pairs = sorted(pairs)
    positives = sum(label for _, label in pairs)
    negatives = len(pairs) - positives
    below = wins = at = 0
    while at < len(pairs):
        end = at
        while end < len(pairs) and pairs[end][0] == pairs[at][0]:
            end += 1
        with_label = sum(label for _, label in pairs[at:end])
        without = end - at - with_label
        wins += with_label * (below + without / 2)
        below, at = below + without, end
    return wins / (positives * negatives)


def any_label(labels):
    """1 if a category is there, 0 if none is and most are known; else nobody knows."""
    if any(labels.values()):
        return 1
    return 0 if len(labels) >= 6 else None


def share(part, whole):
    return f"{part / whole:.3f}".lstrip("0") if whole else "–"


def ranking_row(name, scored):
    """scored: (score, label, tag) of each text whose label is known."""
    positives = sum(label for _, label, _ in scored)
    if positives < FEWEST or positives == len(scored):
        return None
    pairs = [(score, label) for score, label, _ in scored]
    hits = sum(1 for _, label, tag in scored if label and tag)
    false = sum(1 for _, label, tag in scored if tag and not label)
    return (f"| {name} | {len(scored):,} | {positives:,} | {average_precision(pairs):.3f} | "
            f"{roc_area(pairs):.3f} | {share(hits, positives)} | {share(hits, hits + false)} | "
            f"{share(false, len(scored) - positives)} |")


def ranking(rows, answers):
    lines = ["| what | texts | with it | AUPRC | AUROC | flagged of these | right of the flags | "
             "flagged of the others |", "| --- | --- | --- | --- | --- | --- | --- | --- |"]

    def add(name, chosen, scores):
        scored = [s for s in (scores(row, answer) for row, answer in chosen) if s[1] is not None]
        line = ranking_row(name, scored) if scored else None
        if line:
            lines.append(line)

    def of_any(row, answer):
        return (max(answer["category_scores"].values()), any_label(row["labels"]), answer["flagged"])
    both = list(zip(rows, answers))
    add("any", both, of_any)
    for category in CATEGORIES:
        add(category, both, lambda row, answer, c=category: (
            answer["category_scores"][c], row["labels"].get(c), answer["categories"][c]))
    for name in sorted({row.get("set", "") for row in rows}):
        add(f"any, {name}", [b for b in both if b[0].get("set", "") == name], of_any)
    for language in sorted({row.get("lang") or "?" for row in rows}):
        add(f"any, in {language}", [b for b in both if (b[0].get("lang") or "?") == language], of_any)
    return lines


def calibration(rows, answers):
    """What share of texts with a score has the category, for the categories of enough texts."""
    edges = [0, .05, .1, .2, .3, .4, .5, .6, .7, .8, .9, 1.0001]
    heads = [f"{low:g} to {min(high, 1):g}" for low, high in zip(edges, edges[1:])]
    lines = ["| score | " + " | ".join(heads) + " |", "| --- |" + " --- |" * len(heads)]
    for category in CATEGORIES:
        known = [(answer["category_scores"][category], row["labels"][category])
                 for row, answer in zip(rows, answers) if category in row["labels"]]
        if sum(label for _, label in known) < FEWEST:
            continue
        cells = []
        for low, high in zip(edges, edges[1:]):
            labels = [label for score, label in known if low <= score < high]
            cells.append(f"{share(sum(labels), len(labels))} ({len(labels)})")
        lines.append(f"| {category} | " + " | ".join(cells) + " |")
    return lines


def tables(program, path, part="dev"):
    rows = read(path, part)
    answers = tagged(program, rows)
    return ranking(rows, answers) + [""] + calibration(rows, answers)
