"""Reads the labelled public sets of data.toml into one form: a text, and spans of PER or OTHER.

Spans are [begin, end, label] in code points. OTHER is any other named thing, which teaches the model
to keep places and firms apart from people.
"""
import gzip
import hashlib
import json
import pathlib
import re
import tomllib
import zlib

HERE = pathlib.Path(__file__).resolve().parent
PERSON_TAGS = {"per", "person", "ps", "人名"}
# Tags that name no thing: dates, numbers and such.
NO_NAME_TAGS = {"dt", "ti", "qt", "datetime", "numeric", "period", "money", "quantity", "numeric_rel",
                "nat_rel_pol", "ordinal", "lang"}
CLOSES = set(".,;:!?)]}%»”’…、。，！？）」』")
OPENS = set("([{«“‘$#「『（")


def label_of(tag):
    tag = tag.lower()
    if tag in PERSON_TAGS:
        return "PER"
    return None if tag in NO_NAME_TAGS else "OTHER"


def joined(tokens, glue):
    """The text of `tokens` and where each stands; glue(i) is what goes in front of token i."""
    text, places = "", []
    for i, token in enumerate(tokens):
        text += glue(i) if i else ""
        places.append((len(text), len(text) + len(token)))
        text += token
    return text, places


def natural_glue(tokens):
    """Spaces as people write them: none before a comma, none inside brackets."""
    open_quote = [False]

    def glue(i):
        here, before = tokens[i], tokens[i - 1]
        if here == '"':
            open_quote[0] = not open_quote[0]
            return " " if open_quote[0] else ""
        if before == '"':
            return "" if open_quote[0] else " "
        if here[0] in CLOSES and not (len(here) > 1 and here[1:2].isalnum()):
            return ""
        if re.fullmatch(r"(n't|'(s|m|re|ve|ll|d|S|M|RE|VE|LL|D))", here):
            return ""
        return "" if before in OPENS else " "
    return glue


def bio_spans(tags, places):
    spans, now = [], None
    for tag, (begin, end) in zip(tags, places):
        kind = label_of(tag[2:]) if tag != "O" else None
        if kind is None:
            now = None
        elif now and tag[0] == "I" and now[2] == kind and now[3] == tag[2:]:
            now[1] = end
        else:
            now = [begin, end, kind, tag[2:]]
            spans.append(now)
    return [span[:3] for span in spans]


def item(tokens, tags, glue=None):
    text, places = joined(tokens, glue or natural_glue(tokens))
    return text, bio_spans(tags, places)


def conll(text):
    for block in re.split(r"\n\s*\n", text):
        rows = [re.split(r"[\t ]+", line.rstrip()) for line in block.split("\n") if line.strip()]
        rows = [row for row in rows if len(row) > 1 and row[0] and row[0] != "-DOCSTART-"]
        if rows:
            # Tokens as the sets print them are texts too: every third stays as it is.
            spaced = zlib.crc32(block.encode()) % 3 == 0
            yield item([row[0] for row in rows], [row[-1] for row in rows],
                       (lambda i: " ") if spaced else None)


def iob2(text):
    for block in text.split("\n\n"):
        lines = block.split("\n")
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        stated = [line[9:] for line in lines if line.startswith("# text = ")]
        tokens, tags = [row[1] for row in rows], [row[2] for row in rows]
        if not tokens:
            continue
        places, at = [], 0
        for token in tokens:
            found = stated[0].find(token, at) if stated else -1
            if found < 0:
                break
            at = found + len(token)
            places.append((found, at))
        if len(places) == len(tokens):
            yield stated[0], bio_spans(tags, places)
        else:
            yield item(tokens, tags)


def stockmark(text):
    for entry in json.loads(text):
        spans = [[*e["span"], label_of(e["type"])] for e in entry["entities"]]
        yield entry["text"], sorted(spans)


def klue(text):
    for block in text.split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n")
                if line and not line.startswith("## ") and "\t" in line]
        if rows:
            yield item([row[0] for row in rows], [row[1] for row in rows], lambda i: "")


def germeval(text):
    for block in text.split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line and line[0] != "#"]
        if rows:
            # A word made of a name ("Merkel-Vertraute", "amerikanisch") is no person's name.
            tags = [row[2][:2] + "OTH" if re.search(r"(deriv|part)$", row[2]) else row[2]
                    for row in rows]
            yield item([row[1] for row in rows], tags)


def europeana(text_of_file):
    """Old print with reading errors: sentences of up to 40 tokens, as the columns broke them."""
    rows = [line.rsplit(" ", 1) for line in text_of_file.split("\n")
            if not line.startswith("#") and re.search(r"\S (O|[BI]-\w+)$", line)]
    now = []
    for row in rows:
        now.append(row)
        if (row[0] in {".", "!", "?"} and len(now) > 8) or len(now) == 40:
            text, spans = item([r[0] for r in now], as_bio([r[1] for r in now]))
            yield text, [trimmed(text, *span) for span in spans]
            now = []


def trimmed(text, begin, end, label):
    """The span without the punctuation that its tokens carry."""
    while begin + 1 < end and not text[begin].isalnum():
        begin += 1
    while begin + 1 < end and not text[end - 1].isalnum():
        end -= 1
    return [begin, end, label]


def as_bio(tags):
    """I- alone to B- and I-."""
    before, bio = "O", []
    for tag in tags:
        if tag.startswith("I-") and not (before != "O" and before[2:] == tag[2:]):
            tag = "B-" + tag[2:]
        bio.append(tag)
        before = tag
    return bio


def nlu(text):
    for line in text.split("\n")[1:]:
        fields = line.split(";")
        if len(fields) < 4:
            continue
        plain, spans = "", []
        for part in re.split(r"(\[[^\]]*\])", fields[3].strip('"')):
            if part.startswith("["):
                slot, _, value = part[1:-1].partition(":")
                value = value.strip()
                slot = slot.strip()
                if slot in {"person", "artist_name"}:
                    spans.append([len(plain), len(plain) + len(value), "PER"])
                elif slot in {"place_name", "business_name", "song_name", "movie_name", "radio_name"}:
                    spans.append([len(plain), len(plain) + len(value), "OTHER"])
                plain += value
            else:
                plain += part
        # The sets' "artist_name" is a band as often as a person: such lines say nothing clear.
        if plain and "artist_name" not in fields[3]:
            yield plain, spans


def brat(text, path):
    """Fiction: proper names inside the mentions of persons, sentence by sentence."""
    spans = []
    for line in path.with_suffix(".ann").read_text().split("\n"):
        match = re.match(r"T\d+\t(PROP|NOM)_(\w+) (\d+) (\d+)\t", line)
        if match and match[1] == "PROP":
            begin, end = int(match[3]), int(match[4])
            label = label_of(match[2])
            if label == "PER":
                begin, end = without_titles(text, begin, end)
            if begin < end:
                spans.append([begin, end, label])
    spans = [s for s in spans if not any(o is not s and o[0] <= s[0] and s[1] <= o[1] and
                                         (o[1] - o[0] > s[1] - s[0]) for o in spans)]
    for match in re.finditer(r".{40,400}?(?:[.!?] |$)", text):
        inside = [s for s in spans if match.start() <= s[0] and s[1] <= match.end()]
        cut = [s for s in spans if s not in inside and s[0] < match.end() and s[1] > match.start()]
        if cut:
            continue
        tokens_text = match.group(0)
        yield tokens_text, [[s[0] - match.start(), s[1] - match.start(), s[2]] for s in inside]


TITLES = re.compile(r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lady|Lord|Captain|Colonel|Madame|Monsieur|Aunt|Uncle|"
                    r"King|Queen|Prince|Princess|Professor|Major|General|Rev|Saint|Father|Mother)\.? )+")


def without_titles(text, begin, end):
    match = TITLES.match(text, begin, end)
    begin = match.end() if match else begin
    if " of " in text[begin:end] or "," in text[begin:end]:
        return 0, 0
    if not match and not text[begin:end][:1].isupper():
        return 0, 0
    return begin, end


def factrueval(text, path):
    def rows(suffix):
        return [line.split(" # ")[0].split() for line in
                path.with_suffix(suffix).read_text().split("\n") if line.strip()]
    places = {row[0]: (row[1], int(row[2]), int(row[2]) + int(row[3])) for row in rows(".spans")}
    spans = []
    for row in rows(".objects"):
        parts = [places[i] for i in row[2:] if i in places]
        if row[1] == "Person":
            parts = [p for p in parts if p[0] in {"name", "surname", "patronymic", "nickname"}]
        if parts:
            label = "PER" if row[1] == "Person" else "OTHER"
            begin, end = min(p[1] for p in parts), max(p[2] for p in parts)
            if end - begin < 60:
                spans.append([begin, end, label])
    spans.sort(key=lambda s: (s[2] != "PER", s[0]))
    kept = []
    for span in spans:
        if all(span[1] <= k[0] or k[1] <= span[0] for k in kept):
            kept.append(span)
    at = 0
    for line in re.split(r"(\n+)", text):
        inside = [[s[0] - at, s[1] - at, s[2]] for s in sorted(kept)
                  if at <= s[0] and s[1] <= at + len(line)]
        if len(line.strip()) > 10:
            yield line, inside
        at += len(line)


def marked(name):
    """Rows of heldout/`name`.tsv: mentions marked by hand in texts that are kept elsewhere."""
    for line in (HERE / "heldout" / f"{name}.tsv").read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            *key, digest, spans = line.split("\t")
            yield key, digest, [[*map(int, span.split("-")), "PER"] for span in
                                re.split(r"[ ,;]+", spans.replace("\r", "")) if span != "-"]


def checked(text, digest, spans):
    if not hashlib.sha256(text.encode()).hexdigest().startswith(digest):
        raise ValueError("a marked text is not the one that was marked")
    return text, spans


def hh_rlhf(path):
    lines = gzip.decompress(path.read_bytes()).decode("utf-8").split("\n")
    for key, digest, spans in marked("hh-rlhf-en"):
        chosen = json.loads(lines[int(key[0])])["chosen"]
        turns = re.split(r"\n\n(?:Human|Assistant):", chosen)
        turns = turns[1:] if not turns[0].strip() else turns
        yield checked(turns[int(key[1])].strip(), digest, spans)


def open_assistant(path):
    lines = path.read_text(encoding="utf-8").split("\n")
    for key, digest, spans in marked("open-assistant-en"):
        if key[0] == path.stem:
            yield checked(json.loads(lines[int(key[1])]).strip(), digest, spans)


BESIDE = {"brat": brat, "factrueval": factrueval}
BY_PATH = {"hh_rlhf": hh_rlhf, "open_assistant": open_assistant}
READERS = {name: globals()[name] for name in
           ("conll", "iob2", "stockmark", "klue", "germeval", "europeana", "nlu")}


def items_of(path, form):
    if form in BY_PATH:
        return BY_PATH[form](path)
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    return READERS[form](text) if form in READERS else BESIDE[form](text, path)


BESIDE_SUFFIXES = {".ann", ".spans", ".objects"}


def read(data):
    """Yields (part, {"text", "spans", "lang", "set"}); part is "train" or "dev"."""
    for source in tomllib.loads((HERE / "data.toml").read_text())["set"]:
        folder = pathlib.Path(data) / source["repository"].replace("/", "+")
        for path, _ in source["files"]:
            if pathlib.Path(path).suffix in BESIDE_SUFFIXES:
                continue
            items = list(items_of(folder / path, source["form"]))
            for i, (text, spans) in enumerate(items):
                part = source["role"]
                if part == "split":
                    part = "dev" if i >= len(items) * 9 // 10 else "train"
                yield part, {"text": text, "spans": spans, "lang": source["language"],
                             "set": source["name"]}
