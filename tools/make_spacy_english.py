#!/usr/bin/env python3
"""Writes the tables by which src/duplicates/datatrove_* normalise and split text as datatrove does.

    tools/make_spacy_english.py [FOLDER]        FOLDER is src/duplicates unless said

datatrove's words are those of spaCy's blank English pipeline over a text that datatrove has
simplified: lower case, numbers as 0, no punctuation, no marks. Few of spaCy's rules can still speak
on such a text (none for URLs, full stops or hyphens), so only those are written; the script works out
which, and stops at a rule of a form that it does not know. Needs, side by side (no network):

    pip install datatrove==0.10.1 spacy==3.8.18 regex 'xxhash<4'

    datatrove_chars.inc       {first, last, flags}: what a code point is to datatrove and to spaCy
    datatrove_exceptions.inc  {words, joins}: spaCy's exceptions; their words parted by spaces
    datatrove_units.inc       spaCy's units, which part from a number before them
"""
import re
import sys
import unicodedata
from importlib.metadata import version
from pathlib import Path

import regex
import spacy
from datatrove.utils.text import PUNCTUATION, simplify_text
from spacy.lang import char_classes
from spacy.lang.en import English
from spacy.symbols import ORTH

CODE_POINTS = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000]
TOKENIZER = spacy.blank("en").tokenizer
UNITS_RULE = f"(?<=[0-9])(?:{char_classes.UNITS})"
CURRENCY_RULE = f"(?<=[0-9])(?:{char_classes.CURRENCY})"


def simplified_alphabet():
    """Every character that a simplified text can hold. A sigma alone in a word's middle is another."""
    alphabet = set(" 0σ")
    for c in CODE_POINTS:
        alphabet.update(simplify_text(c), simplify_text("a" + c))
    return alphabet


def is_dead(rule, alphabet):
    """Whether a rule asks for a character that no simplified text holds."""
    return is_dead_sequence(re._parser.parse(rule), alphabet)


def is_dead_sequence(parsed, alphabet):
    return any(is_dead_part(kind, value, alphabet) for kind, value in parsed)


def is_dead_part(kind, value, alphabet):
    match str(kind):
        case "LITERAL":
            return chr(value) not in alphabet
        case "IN":
            return not any(chr(c) in alphabet for member in value for c in members(*member))
        case "BRANCH":
            return all(is_dead_sequence(branch, alphabet) for branch in value[1])
        case "SUBPATTERN":
            return is_dead_sequence(value[-1], alphabet)
        case "MAX_REPEAT":
            return value[0] > 0 and is_dead_sequence(value[2], alphabet)
    return False  # What looks round; any other form is alive until it is known.


def members(kind, value):
    return [value] if str(kind) == "LITERAL" else range(value[0], value[1] + 1)


def is_single(rule):
    return len(rule.replace("\\", "")) == 1 or rule in char_classes.LIST_ICONS


def check_rules(alphabet):
    """That the live rules are of the forms that datatrove_words.cc knows."""
    defaults = English.Defaults
    for name, rules, known in (
            ("prefix", defaults.prefixes, []),
            ("suffix", defaults.suffixes, [UNITS_RULE, CURRENCY_RULE]),
            ("infix", defaults.infixes, [f"(?<=[{char_classes.ALPHA}0-9])[:<>=/](?=[{char_classes.ALPHA}])"])):
        for rule in filter(str.strip, rules):
            if not is_single(rule) and rule not in known and not is_dead(rule, alphabet):
                sys.exit(f"a {name} rule of an unknown form: {rule[-60:]}")
    if defaults.token_match is not None or "." in alphabet:  # URLs need a full stop.
        sys.exit("spaCy's token_match or url_match can speak on simplified text")
    if any(len(u.replace("\\", "")) > 1 and not is_dead(u, alphabet) for u in char_classes.LIST_CURRENCY):
        sys.exit("a currency of more than one character")


def flags_of(c, alphabet, alpha):
    flags = []
    if c.isspace():
        flags.append("kSpace")
    if regex.match(r"\p{Nd}", c):
        flags.append("kDigit")
    if c in PUNCTUATION:
        flags.append("kPunctuation")
    if unicodedata.category(c) == "Mn":
        flags.append("kMark")
    if c in alphabet and c != " ":
        if TOKENIZER.find_prefix(c):
            flags.append("kPrefix")
        if TOKENIZER.find_suffix(c):
            flags.append("kSuffix")
        elif c != "0" and not alpha.match(c) and TOKENIZER.find_suffix("0" + c):
            flags.append("kCurrency")
        if TOKENIZER.find_infix(c):
            flags.append("kInfix")
        elif TOKENIZER.find_infix(f"a{c}a"):
            flags.append("kInfixInWord")
        if alpha.match(c):
            flags.append("kAlpha")
    return " | ".join(flags)


def ranges(alphabet):
    alpha = re.compile(f"[{char_classes.ALPHA}]")
    begin = last = flags = None
    for c in CODE_POINTS:
        here = flags_of(c, alphabet, alpha)
        if here == flags and ord(c) == ord(last) + 1:
            last = c
            continue
        if flags:
            yield ord(begin), ord(last), flags
        begin = last = c
        flags = here
    if flags:
        yield ord(begin), ord(last), flags


def exceptions(alphabet):
    """(words, whether spaCy also puts them together out of the pieces that its affixes leave)."""
    joined = []
    for text, words in sorted(English.Defaults.tokenizer_exceptions.items()):
        if " " not in text and alphabet.issuperset(text):
            joins = bool(TOKENIZER.find_prefix(text) or TOKENIZER.find_infix(text) or TOKENIZER.find_suffix(text))
            joined += [set(text)] if joins else []
            yield " ".join(word[ORTH] for word in words), joins
    if any(a & b - {"s"} for i, a in enumerate(joined) for b in joined[:i]):
        sys.exit("two exceptions that could overlap")


def write(folder, name, what, lines):
    made_by = (f"// Written by tools/make_spacy_english.py with datatrove {version('datatrove')} (Apache-2.0), spaCy "
               f"{version('spacy')}\n// (MIT), regex {version('regex')} and Unicode {unicodedata.unidata_version}.\n")
    text = f"{made_by}// {what}\n// clang-format off\n" + "".join(f"{line},\n" for line in lines)
    (folder / name).write_text(text + "// clang-format on\n", encoding="utf-8")


def main(folder):
    alphabet = simplified_alphabet()
    check_rules(alphabet)
    write(folder, "datatrove_chars.inc", "{first, last, flags}, sorted; all others have none.",
          (f"{{0x{begin:X}, 0x{last:X}, {flags}}}" for begin, last, flags in ranges(alphabet)))
    write(folder, "datatrove_exceptions.inc", "{words, joins}, sorted by the text without spaces.",
          (f'{{"{words}", {str(joins).lower()}}}' for words, joins in exceptions(alphabet)))
    units = {u for u in char_classes.LIST_UNITS if not is_dead(u, alphabet)}
    write(folder, "datatrove_units.inc", "Longest first.",
          (f'"{unit}"' for unit in sorted(units, key=lambda u: (-len(u.encode()), u))))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent / "src/duplicates"))
