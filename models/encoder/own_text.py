"""Reads the texts of our own in text/ and heldout/ and fills their slots.

A block marks mentions of persons with [[ ]] and other named things with (( )); slots such as
{first:1} draw from lists. text/README.md says the rest.
"""
import functools
import itertools
import pathlib
import random
import re

HERE = pathlib.Path(__file__).resolve().parent
LOCALES = {"en": ["en_US", "en_GB", "en_IN", "en_IE", "en_NZ"], "de": ["de_DE", "de_AT", "de_CH"],
           "fr": ["fr_FR", "fr_CA"], "es": ["es_ES", "es_MX", "es_CO"], "pt": ["pt_BR", "pt_PT"],
           "it": ["it_IT"], "nl": ["nl_NL", "nl_BE"], "pl": ["pl_PL"], "tr": ["tr_TR"],
           "ru": ["ru_RU"], "uk": ["uk_UA"], "zh": ["zh_CN", "zh_TW"], "ja": ["ja_JP"],
           "ko": ["ko_KR"], "ar": ["ar_AA", "ar_SA", "ar_PS"], "vi": ["vi_VN"], "hi": ["hi_IN"],
           "id": ["id_ID"], "th": ["th_TH"], "cs": ["cs_CZ"], "sv": ["sv_SE"], "el": ["el_GR"],
           "he": ["he_IL"], "ro": ["ro_RO"], "fa": ["fa_IR"]}
# Whose names turn up in texts of any Latin-script language.
GUESTS = ["en_US", "es_ES", "fr_FR", "de_DE", "it_IT", "pl_PL", "pt_BR", "en_IN", "sv_SE", "vi_VN",
          "tr_TR", "id_ID", "hr_HR", "cs_CZ", "nl_NL", "ga_IE", "ro_RO",
          "yo_NG", "zu_ZA", "en_KE", "fi_FI", "hu_HU"]
LATIN = {"en", "de", "fr", "es", "pt", "it", "nl", "pl", "tr", "cs", "sv", "ro", "id"}
PRODUCTS = ["iPhone", "Kindle", "Excel", "Photoshop", "Corolla", "PlayStation", "Thermomix", "Lego",
            "WhatsApp", "Zoom", "Docker", "Kubernetes", "Nespresso", "Galaxy", "ThinkPad", "Fitbit",
            "Roomba", "Arduino", "Blender", "Notion", "Jira", "Outlook", "Canva", "Spotify"]
TOKEN = re.compile(r"\[\[|\]\]|\(\(|\)\)|\{[a-z]+(?::\d+)?\}")


@functools.cache
def pool(locale, kind):
    """Up to 1500 draws of a kind; lists of Faker are short, so this is most of each."""
    from faker import Faker  # Only slots need it; measuring does not.
    fake = Faker(locale)
    fake.seed_instance(7)
    method = {"female": "first_name_female", "male": "first_name_male", "first": "first_name",
              "last": "last_name", "city": "city", "country": "country", "company": "company",
              "street": "street_name", "job": "job", "word": "word", "full": "name"}[kind]
    found = []
    for _ in range(1500):
        try:
            value = str(getattr(fake, method)())
        except AttributeError:
            break
        found.append(re.sub(r"\s+", " ", value).strip())
    return [value for value in found if value]


def usable(locale, kind):
    try:
        return bool(pool(locale, kind))
    except (AttributeError, ValueError):
        return False


class Filler:
    """The values of one block's slots; equal numbers are one person."""

    def __init__(self, language, draw):
        self.language, self.draw, self.people = language, draw, {}

    def locale(self):
        own = LOCALES.get(self.language, ["en_US"])
        share = 0.4 if self.language == "en" else 0.15
        if self.language in LATIN and self.draw.random() < share:
            guests = [name for name in GUESTS if usable(name, "first") and usable(name, "last")]
            return self.draw.choice(guests)
        return self.draw.choice(own)

    def person(self, number):
        key = number or f"single {len(self.people)}"
        if key not in self.people:
            locale = self.locale()
            latin = locale if self.language in LATIN else "en_US"
            gendered = "female" if self.draw.random() < .5 else "male"
            kind = gendered if usable(locale, gendered) else "first"
            self.people[key] = {"locale": locale, "first": self.draw.choice(pool(locale, kind)),
                                "last": self.draw.choice(pool(locale, "last")),
                                "user_first": self.draw.choice(pool(latin, "first")),
                                "user_last": self.draw.choice(pool(latin, "last"))}
        return self.people[key]

    def value(self, slot, number):
        """(text, label or None)"""
        draw = self.draw
        if slot in {"first", "last", "full", "female", "male", "initial", "user", "mail"}:
            person = self.person(number)
            if slot in {"female", "male"} and usable(person["locale"], slot) and "asked" not in person:
                person["first"] = draw.choice(pool(person["locale"], slot))
            person["asked"] = True
            first, last = person["first"], person["last"]
            if slot == "last":
                return last, "PER"
            if slot == "initial":
                return first[0] + ".", "PER"
            if slot == "full":
                if person["locale"] in {"zh_CN", "zh_TW", "ja_JP", "ko_KR"}:
                    gap = " " if person["locale"] == "ja_JP" and draw.random() < .3 else ""
                    return last + gap + first, "PER"
                if person["locale"] in {"vi_VN", "hu_HU"}:
                    return f"{last} {first}", "PER"
                if draw.random() < .06:
                    return f"{first} {draw.choice('ABCDEFGHJKLMPRSTW')}. {last}", "PER"
                return f"{first} {last}", "PER"
            if slot in {"user", "mail"}:
                a = re.sub(r"[^a-z]", "", person["user_first"].lower()) or "mk"
                b = re.sub(r"[^a-z]", "", person["user_last"].lower()) or "lin"
                user = draw.choice([a[0] + b, f"{a}.{b}", a + str(draw.randrange(100)), f"{a}_{b}",
                                    b + a[0]])
                host = draw.choice(["example.com", "mail.test", "corp.example", "uni.example"])
                return (user if slot == "user" else f"{user}@{host}"), None
            return first, "PER"
        if slot == "number":
            return str(draw.choice([draw.randrange(10), draw.randrange(100), draw.randrange(5000),
                                    draw.randrange(1900, 2030)])), None
        if slot == "date":
            return draw.choice(["{0}.{1}.{2}", "{2}-{1:02}-{0:02}", "{0}/{1}/{2}"]).format(
                draw.randrange(1, 29), draw.randrange(1, 13), draw.randrange(1960, 2030)), None
        if slot == "product":
            return draw.choice(PRODUCTS), "OTHER"
        locale = draw.choice(LOCALES.get(self.language, ["en_US"]))
        if not usable(locale, slot):
            locale = "en_US"
        label = None if slot in {"job", "word"} else "OTHER"
        return draw.choice(pool(locale, slot)), label


def fill(block, language, draw):
    """(text, spans) of a block, its slots drawn with `draw`."""
    filler, text, spans, opened = Filler(language, draw), "", [], None
    at = 0
    for match in TOKEN.finditer(block):
        text += block[at:match.start()]
        at = match.end()
        token = match.group()
        if token in {"[[", "(("} and opened is None:
            opened = (len(text), "PER" if token == "[[" else "OTHER", token)
        elif token in {"]]", "))"} and opened and opened[2] == {"]]": "[[", "))": "(("}[token]:
            if opened[0] < len(text):
                spans.append([opened[0], len(text), opened[1]])
            opened = None
        elif token[0] == "{":
            slot, _, number = token[1:-1].partition(":")
            value, label = filler.value(slot, number)
            if label and opened is None:
                spans.append([len(text), len(text) + len(value), label])
            text += value
        else:
            text += token
    return text + block[at:], spans


def blocks(path):
    lines = path.read_text(encoding="utf-8").split("\n")
    head = list(itertools.takewhile(lambda line: line.startswith("#"), lines))
    for block in re.split(r"(?m)^%%\s*$", "\n".join(lines[len(head):])):
        block = block.strip("\n")
        if block.strip():
            yield block


def read(draws, seed):
    """Items of text/: blocks with slots `draws` times, others once."""
    for path in sorted(HERE.glob("text/*/*.txt")):
        language = path.parent.name
        draw = random.Random(f"{seed} {path.parent.name} {path.name}")
        for block in blocks(path):
            times = draws if "{" in block and TOKEN.search(block) and re.search(r"\{[a-z]", block) else 1
            for _ in range(times):
                text, spans = fill(block, language, draw)
                yield {"text": text, "spans": spans, "lang": language,
                       "set": "own-" + path.stem}


def heldout():
    for path in sorted(HERE.glob("heldout/*.txt")):
        for block in blocks(path):
            text, spans = fill(block, path.stem, random.Random(0))
            yield {"text": text, "spans": spans, "lang": path.stem.split("-")[-1],
                   "set": "heldout-" + path.stem}
