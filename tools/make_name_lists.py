"""Packs lists of common words and of persons' names into what src/stages/names/name_lists.h reads.

    make_name_lists.py WORDFREQ FAKER FAKER_JS OUTPUT

WORDFREQ and FAKER are folders of the Python packages `wordfreq` (code Apache-2.0, data CC BY-SA 4.0)
and `faker` (MIT), FAKER_JS of the npm package @faker-js/faker (MIT). Names by country (CC0) and lists
of our own lie in models/names/.

The output, little-endian: the eight bytes "PLNAMES1"; the counts of languages, kinds and words
(uint32 each); a code of four bytes for each language, padded with noughts; the kinds, a uint32 each
of the languages in which a word is common (a bit each, in their order) and a uint32 of flags; then the
words in the order of their bytes: one byte for how many bytes the word shares with the one before it,
one for how many follow, these, and two for its kind. Words are in lower case.
"""

import ast
import glob
import gzip
import os
import re
import struct
import sys
import unicodedata

# A language, and how frequent a word of it has to be: Zipf's scale, 3 is once in a million words.
LANGUAGES = {
    "en": 3.0, "pt": 3.4, "ru": 3.5, "zh": 3.3, "es": 3.4, "de": 3.3, "fr": 3.3, "ja": 3.6,
    "ko": 3.3, "it": 3.5, "nl": 3.5, "pl": 3.5, "tr": 3.7, "ar": 3.7, "vi": 3.0, "uk": 3.9,
    "cs": 3.9, "sv": 3.8, "da": 3.8, "nb": 3.8, "ro": 3.8, "hu": 3.8, "id": 3.6, "hi": 3.6, "fa": 3.6,
}  # fmt: skip
EVERYDAY = 4.7  # So frequent in English that it takes more than a list to make it a name.

GIVEN, SURNAME, AMBIGUOUS, IN_ENGLISH_EVERYDAY, HONORIFIC = 1, 2, 4, 8, 16


def unpack(data):
    """The kinds of MessagePack that wordfreq's files use."""
    at = 0

    def number(width):
        nonlocal at
        at += width
        return int.from_bytes(data[at - width : at], "big")

    def value():
        nonlocal at
        kind = number(1)
        if kind < 0x80:
            return kind
        if kind < 0x90:
            return {value(): value() for _ in range(kind & 15)}
        if kind < 0xA0:
            return [value() for _ in range(kind & 15)]
        if kind in (0xDC, 0xDD):
            return [value() for _ in range(number(2 << (kind - 0xDC)))]
        if kind in (0xCC, 0xCD, 0xCE):
            return number(1 << (kind - 0xCC))
        size = kind & 31 if 0xA0 <= kind < 0xC0 else number(1 << (kind - 0xD9))
        at += size
        return data[at - size : at].decode()

    return value()


def lower(word):
    return unicodedata.normalize("NFC", word.lower().replace("i\u0307", "i"))


def frequencies(package, language):
    """(word, Zipf) of the largest list of a language, the most frequent first."""
    for size in ("large", "small"):
        path = f"{package}/data/{size}_{language}.msgpack.gz"
        if os.path.exists(path):
            break
    header, *by_centibel = unpack(gzip.open(path).read())
    assert header == {"format": "cB", "version": 1}, "another form of wordfreq's data"
    for centibels, words in enumerate(by_centibel):
        for word in words:
            yield lower(word), 9 - centibels / 100


def python_names(package):
    """(list's name, name) of Faker's person providers, read without running them."""
    for path in sorted(glob.glob(package + "/providers/person/*/__init__.py")):
        with open(path, encoding="utf-8") as file:
            tree = ast.parse(file.read())
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign):
                targets = [ast.unparse(target) for target in node.targets]
            elif isinstance(node, ast.AnnAssign) and node.value:
                targets = [ast.unparse(node.target)]
            else:
                continue
            if not re.search("name", targets[0]) or re.search("format|language", targets[0]):
                continue
            for leaf in ast.walk(node.value):
                if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str):
                    yield targets[0], leaf.value


def javascript_names(package):
    """(list's name, name) of faker-js: first_name:{generic:`Ada.Bob`.split(`.`),female:[`Ada`]}."""
    lists = re.compile(r"\b(first_name|last_name|middle_name):\{(.*?)\}", re.S)
    packed = re.compile(r"`([^`]*)`\.split\(`(.)`\)")
    for path in sorted(glob.glob(package + "/dist/*-*.js")):
        with open(path, encoding="utf-8") as file:
            text = file.read()
        for kind, body in lists.findall(text):
            for names, separator in packed.findall(body):
                for name in names.split(separator):
                    yield kind, name
            for name in re.findall(r"[\[,]`([^`{]*)`", body):
                yield kind, name


def file_lines(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.split("#")[0].strip()
            if line:
                yield line


def name_words(name):
    """The words of a name that can stand for a person: no initials, no particles."""
    particles = {"de", "da", "do", "dos", "das", "del", "la", "las", "los", "van", "von", "der", "den",
                 "di", "du", "le", "el", "al", "bin", "ibn", "y", "e", "zu", "ter", "ten", "san", "st",
                 "jr", "sr", "dr", "mr", "ms", "mrs", "the"}  # fmt: skip
    for word in re.split(r"[\s\-'’·.,/()\d]+", name):
        word = lower(word)
        if word and word not in particles and (len(word) > 1 or ord(word) > 0x2E80):
            yield word


def main(wordfreq, faker, faker_js, output):
    masks, flags, everyday = {}, {}, set()
    for bit, (language, least) in enumerate(LANGUAGES.items()):
        for word, zipf in frequencies(wordfreq, language):
            if zipf < least:
                break
            if len(word) < 2 and ord(word) < 0x2E80 or re.search(r"[\d\s]", word):
                continue
            masks[word] = masks.get(word, 0) | 1 << bit
            if language == "en" and zipf >= EVERYDAY:
                everyday.add(word)

    own = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "models", "names")
    listed = list(python_names(faker)) + list(javascript_names(faker_js))
    for kind in ("given", "surnames"):
        name_of_kind = "first" if kind == "given" else "last"
        for path in sorted(glob.glob(f"{own}/{kind}*.txt")):
            listed += [(name_of_kind, name) for name in file_lines(path)]
    section = ""
    for line in file_lines(own + "/persons.txt"):
        if line.startswith("["):
            section = line
        elif section in ("[public]", "[fictional]"):
            for name in line.split(";"):
                first, *rest = name.strip(" *").split() or [""]
                listed += [("first", first)] + [("last", word) for word in rest if word[0].isupper()]
    for kind, name in listed:
        flag = SURNAME if re.search("last|sur|pair", kind) else GIVEN
        for word in name_words(name):
            flags[word] = flags.get(word, 0) | flag
    for word in file_lines(own + "/no_names.txt"):  # What the lists hold by mistake.
        flags.pop(word, None)
    for word in file_lines(own + "/also_words.txt"):
        if word in flags:
            flags[word] |= AMBIGUOUS
    for word in everyday:
        flags[word] = flags.get(word, 0) | IN_ENGLISH_EVERYDAY
    for word in file_lines(own + "/honorifics.txt"):
        flags[word] = flags.get(word, 0) | HONORIFIC

    words = sorted((word.encode(), word) for word in masks.keys() | flags.keys())
    kinds = {}
    packed = bytearray()
    before = b""
    for data, word in words:
        if len(data) > 255:
            continue
        kind = kinds.setdefault((masks.get(word, 0), flags.get(word, 0)), len(kinds))
        shared = len(os.path.commonprefix([before, data]))
        packed += bytes((shared, len(data) - shared)) + data[shared:] + struct.pack("<H", kind)
        before = data
    assert len(kinds) <= 0xFFFF
    with open(output, "wb") as file:
        file.write(b"PLNAMES1" + struct.pack("<III", len(LANGUAGES), len(kinds), len(words)))
        for code in LANGUAGES:
            file.write(code.encode("ascii").ljust(4, b"\0"))
        for mask, flag in kinds:
            file.write(struct.pack("<II", mask, flag))
        file.write(packed)


if __name__ == "__main__":
    main(*sys.argv[1:])
