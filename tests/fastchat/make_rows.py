#!/usr/bin/env python3
"""Write tests/fastchat/logs and rows.json: odd raw logs, and what FastChat's own scripts make of them.

    make_rows.py PACKAGES

PACKAGES is a folder with fschat 0.2.36 and what it needs (bench/fastchat_scripts.py says which). Run it
again only when the logs below change; the test needs neither it nor the packages. Every word is ours,
and the people are invented.
"""
import glob
import json
import os
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "bench"))
from fastchat_scripts import run_fastchat  # noqa: E402

ERROR = "**NETWORK ERROR DUE TO HIGH TRAFFIC. PLEASE REGENERATE OR REFRESH THIS PAGE.**"
START = 1687000000.0
PROMPTS = {
    "english": "Could you tell me how a sundial works in winter?",
    "german": "Kannst du mir erklären, wie eine Sonnenuhr im Winter funktioniert?",
    "french": "Peux-tu m'expliquer comment fonctionne un cadran solaire en hiver ?",
    "spanish": "¿Puedes explicarme cómo funciona un reloj de sol en invierno?",
    "russian": "Можешь объяснить, как работают солнечные часы зимой?",
    "chinese": "你能解释一下日晷在冬天是怎么工作的吗?",
    "traditional": "你能解釋一下日晷在冬天是怎麼運作的嗎?",
    "japanese": "日時計が冬にどうやって動くのか教えてください。",
    "korean": "해시계가 겨울에 어떻게 작동하는지 설명해 주세요.",
    "arabic": "هل يمكنك أن تشرح لي كيف تعمل الساعة الشمسية في الشتاء؟",
    "short": "hi",
    "nothing": "",
    "number": "12345",
    "code": "for (int i = 0; i < n; ++i) sum += a[i];",
    "html": "<p>Bonjour <b>tout le monde</b>, voici une page &eacute;crite en fran&ccedil;ais.</p>",
    "mixed": "Please translate: der Hund schläft im Garten, weil es warm ist.",
    "nul": "a text with a \x00 in the middle of it",
    "spaces": "  leading and trailing spaces stay  \r\nas they are\t",
    "emoji": "😀😀😀",
    "decomposed": "un cafe\u0301, s'il vous plai\u0302t",
    "kelvin": "NETWOR\u212a ERROR DUE TO HIGH TRAFFIC. PLEASE REGENERATE OR REFRESH THIS PAGE.",
}


def event(name, turns, at, kind="chat", model="vicuna-13b", **state):
    messages = [[role, text] for pair in turns for role, text in zip(("USER", "ASSISTANT"), pair)]
    whole = dict(template_name="vicuna_v1.1", system_message="A chat.", roles=["USER", "ASSISTANT"],
                 messages=messages, offset=0, conv_id=name, model_name=model)
    whole.update(state)
    return dict(tstamp=at, type=kind, model=model, gen_params={}, start=at - 1, finish=at, state=whole,
                ip="198.18.0.1")


def events():
    at = START
    for name, prompt in PROMPTS.items():
        at += 10
        yield event(name, [(prompt, "An answer.")], at)
    for name, model, when in [("gpt-early", "gpt-4", 1687849200), ("gpt-late", "gpt-4", 1687849201),
                              ("turbo", "gpt-3.5-turbo", 1687849300), ("bard", "bard", START),
                              ("claude", "claude-v1", START), ("claude-2", "claude-2", START)]:
        yield event(name, [("Hello there, my friend", "Hi")], when, model=model)
    two = [("What is a gnomon?", "The part that casts the shadow."), ("Thank you", "Gladly")]
    yield event("growing", two[:1], START + 500)
    yield event("growing", two, START + 600)
    yield event("late-first", two, START + 800)
    yield event("late-first", two[:1], START + 700)
    yield event("failed", [("What is a gnomon?", ERROR.capitalize())], START + 900)
    yield event("retried", [("What is a gnomon?", ERROR)], START + 910)
    yield event("retried", two[:1], START + 905)
    yield event("anonymised", [("My name is <Anonymized>", "Hello")], START + 920)
    yield event("redacted", [("Call me", "At <REDACTED>")], START + 930)
    yield event("voted", two[:1], START + 940)
    yield event("voted", two, START + 950, kind="upvote")
    yield event("only-voted", two, START + 955, kind="downvote")
    yield event("shared", two, START + 956, kind="share")
    yield event("offset", [("An example", "Its answer"), ("A real question", "A real answer")], START + 960, offset=2)
    yield event("no-messages", [], START + 970)
    yield event("no-answer", [("Is anybody there?", None)], START + 980)
    yield event("number-answer", [("How many?", 7)], START + 990)
    yield event("images", [("Hello there, my friend", "Hi"), (["What is this?", ["0" * 32]], "A picture")], START + 1000)
    yield event(None, two, START + 1010)
    no_id = event("x", two, START + 1020)
    del no_id["state"]["conv_id"]
    yield no_id
    yield event("no-model", two, START + 1030, model=None)
    odd = event("odd", [("One", "Two")], START + 1040)
    odd["state"]["messages"].append(["USER", "Three"])
    yield odd


def main():
    logs = os.path.join(HERE, "logs", "server0")
    os.makedirs(logs, exist_ok=True)
    with open(os.path.join(logs, "2023-06-17-conv.json"), "w") as file:
        for made in events():
            file.write(json.dumps(made) + "\n")
    with tempfile.TemporaryDirectory() as folder:
        run_fastchat(os.path.join(HERE, "logs"), folder, sys.argv[1])
        [made] = glob.glob(os.path.join(folder, "clean_chat_conv_*.s1.s2.json"))
        with open(made, encoding="utf-8") as file:
            rows = sorted(json.load(file), key=lambda row: row["conversation_id"])
    with open(os.path.join(HERE, "rows.json"), "w") as file:
        json.dump(rows, file, indent=1, ensure_ascii=True)
        file.write("\n")
    print(f"{len(rows)} rows")


if __name__ == "__main__":
    main()
