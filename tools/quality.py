#!/usr/bin/env python3
"""Measures `parley tag --with names` on text that no model was trained on, and prints the table.

    ./run quality                  on models/encoder/heldout, which ships
    ./run quality --data DIR       and on the dev parts of the public sets (models/encoder/collect.py)
    ./run quality --write          puts the table into docs/quality.md, between its two marks,
                                   and into models/encoder/figures.tsv, which cards quote
    ./run quality --mistakes 20    and shows so many misses and false finds of each set
    ./run quality --moderation FILE.jsonl   measures `parley tag --with moderation` instead, on lines
                                   {"text", "labels": {category: 0 or 1}, "part", "set", "lang"}

A mention counts as found if begin and end are exactly right; a word of it, if any span covers it;
a text is clean if no word of a mention is left in it.
"""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "models" / "encoder"))

sys.path.insert(0, str(ROOT / "tools"))

import corpora  # noqa: E402
import moderation_quality  # noqa: E402
import own_text  # noqa: E402

DOCUMENT = ROOT / "docs" / "quality.md"
FIGURES = ROOT / "models" / "encoder" / "figures.tsv"
BEGIN, END = "<!-- names: begin -->", "<!-- names: end -->"
MODERATION_BEGIN, MODERATION_END = "<!-- moderation: begin -->", "<!-- moderation: end -->"


def tagged(program, entries, flags):
    """The spans of each entry's names, in code points."""
    lines = "".join(json.dumps({"id": str(i), "text": entry["text"]}, ensure_ascii=False) + "\n"
                    for i, entry in enumerate(entries))
    done = subprocess.run([program, "tag", "--with", "names", "--offsets", "code-points", *flags, "-"],
                          input=lines, capture_output=True, text=True, encoding="utf-8")
    if done.returncode != 0:
        sys.exit(done.stderr)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    if len(answers) != len(entries):
        sys.exit(f"{len(entries)} lines in, {len(answers)} out")
    return [[(n["begin"], n["end"]) for n in answer["names"]] for answer in answers]


def words_of(text, spans):
    return {(b + m.start(), b + m.end()) for b, e in spans for m in re.finditer(r"\w+", text[b:e])}


def measured(entries, answers):
    counts, missed, false = collections.Counter(), [], []
    for entry, spans in zip(entries, answers):
        text = entry["text"]
        # Broad Twitter calls the @-handles of people persons; here they are user names.
        gold = [tuple(s[:2]) for s in entry["spans"] if s[2] == "PER" and text[s[0]] != "@"]
        counts["texts"] += 1
        counts["said"] += len(spans)
        counts["true"] += len(gold)
        counts["right"] += len(set(spans) & set(gold))
        words = words_of(text, gold)
        left = {w for w in words if not any(b <= w[0] and w[1] <= e for b, e in spans)}
        counts["words"] += len(words)
        counts["covered"] += len(words) - len(left)
        counts["with_names"] += bool(gold)
        counts["unclean"] += bool(left)
        missed += [(text, w) for w in sorted(left)]
        false += [(text, s) for s in spans if not words_of(text, [s]) & words]
    return counts, missed, false


def share(part, whole):
    return f"{part / whole:.3f}".lstrip("0") if whole else "–"


def row(name, c):
    f1 = 2 * c["right"] / max(c["said"] + c["true"], 1)
    return (f"| {name} | {c['texts']:,} | {c['true']:,} | {share(c['right'], c['said'])} | "
            f"{share(c['right'], c['true'])} | {f1:.3f} | {share(c['covered'], c['words'])} | "
            f"{share(c['unclean'], c['with_names'])} |")


FIGURES_HEAD = "set\tlanguage\ttexts\tpersons\tprecision\trecall\twords found\ttexts left"


def figure_row(name, language, c):
    """A line of models/encoder/figures.tsv, from which a release's card takes what it says."""
    shares = [c["right"] / max(c["said"], 1), c["right"] / max(c["true"], 1),
              c["covered"] / max(c["words"], 1), c["unclean"] / max(c["with_names"], 1)]
    return "\t".join([name, language, str(c["texts"]), str(c["true"])] +
                     [f"{value:.4f}" for value in shares])


HEAD = ("| set | texts | persons | precision | recall | F1 | words found | texts with a name left |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- |")


def around(text, span):
    b, e = span
    return (text[max(0, b - 40):b] + "⟦" + text[b:e] + "⟧" + text[e:e + 30]).replace("\n", "⏎")


def put(document, begin, end, lines):
    at = document.index(begin) + len(begin)
    return document[:at] + "\n" + "\n".join(lines) + "\n" + document[document.index(end):]


def measure_moderation(options):
    lines = moderation_quality.tables(options.program, options.moderation)
    print("\n".join(lines))
    if options.write:
        document = DOCUMENT.read_text(encoding="utf-8")
        DOCUMENT.write_text(put(document, MODERATION_BEGIN, MODERATION_END, lines), encoding="utf-8")


def main():
    arguments = argparse.ArgumentParser(description=__doc__,
                                        formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--program", default=str(ROOT / "build/release/bin/parley"))
    arguments.add_argument("--data", help="what models/encoder/collect.py laid out")
    arguments.add_argument("--write", action="store_true", help="put the table into docs/quality.md")
    arguments.add_argument("--mistakes", type=int, default=0, metavar="N")
    arguments.add_argument("--only", default="", help="sets whose name contains this")
    arguments.add_argument("flags", nargs="*", help="further flags of parley tag, behind --")
    arguments.add_argument("--moderation", metavar="FILE", help="texts with labels; of them the dev part")
    options = arguments.parse_args()
    if options.moderation:
        measure_moderation(options)
        return
    sets = {}
    for entry in own_text.heldout():
        sets.setdefault(entry["set"], []).append(entry)
    if options.data:
        for part, entry in corpora.read(options.data):
            if part == "dev":
                sets.setdefault(f"{entry['set']}-{entry['lang']} dev", []).append(entry)
    lines, figures = [HEAD], [FIGURES_HEAD]
    for name in sorted(sets):
        if options.only not in name:
            continue
        language = sets[name][0]["lang"]
        answers = tagged(options.program, sets[name], options.flags)
        counts, missed, false = measured(sets[name], answers)
        lines.append(row(name, counts))
        figures.append(figure_row(name.removesuffix(" dev"), language, counts))
        print(lines[-1], file=sys.stderr, flush=True)
        for title, finds in (("missed", missed), ("false", false)):
            for text, span in finds[:options.mistakes]:
                print(f"  {title}: {around(text, span)}", file=sys.stderr)
    print("\n".join(lines))
    if options.write:
        document = DOCUMENT.read_text(encoding="utf-8")
        FIGURES.write_text("\n".join(figures) + "\n", encoding="utf-8")
        DOCUMENT.write_text(put(document, BEGIN, END, lines), encoding="utf-8")


if __name__ == "__main__":
    main()
