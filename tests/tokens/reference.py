"""The reference libraries over the very files that Parley opens."""
import base64
import inspect
import json
import os
import re
import struct
import subprocess
import sys

# Where `tools/install.sh test` puts them.
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.append(os.path.join(ROOT, ".tools/python/test"))

def load_cl100k(data):
    """tiktoken's encoding of ordinary text: its own pattern, ranks from our file, no network."""
    import tiktoken
    from tiktoken_ext import openai_public

    source = inspect.getsource(openai_public.cl100k_base)
    pattern = re.search(r'"pat_str": r"""(.*?)"""', source).group(1)
    with open(os.path.join(data, "tokens/cl100k_base.tiktoken"), "rb") as file:
        ranks = {base64.b64decode(token): int(rank) for token, rank in map(bytes.split, file)}
    return tiktoken.Encoding("cl100k", pat_str=pattern, mergeable_ranks=ranks, special_tokens={}).encode_ordinary


def load_llama2(data):
    """sentencepiece's encoding without begin and end."""
    import sentencepiece

    return sentencepiece.SentencePieceProcessor(model_file=os.path.join(data, "tokens/llama2.model")).encode


LOADERS = {
    "cl100k_base": ("tokens/cl100k_base.tiktoken", load_cl100k),
    "llama2": ("tokens/llama2.model", load_llama2),
}


def messages_of(path):
    """Every message of a JSON array of conversations (`conversations` of `value`); its end may be
    cut off."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    decoder = json.JSONDecoder()
    at = text.index("[") + 1
    messages = []
    while at < len(text):
        if text[at] in " \n\r\t,":
            at += 1
            continue
        try:
            conversation, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError:
            break
        messages += [message["value"].encode("utf-8", "replace") for message in conversation["conversations"]]
    return messages


def run_parley(program, data, name, what, texts):
    """The lines that count_tokens prints for `texts`."""
    frames = b"".join(struct.pack("<I", len(text)) + text for text in texts)
    file = os.path.join(data, LOADERS[name][0])
    done = subprocess.run([program, name, file, what], input=frames, stdout=subprocess.PIPE, check=True)
    return done.stdout.decode().splitlines()


def differing(program, data, name, texts):
    """The places of the texts for which Parley's ids are not the reference's."""
    encode = LOADERS[name][1](data)
    lines = run_parley(program, data, name, "ids", texts)
    assert len(lines) == len(texts)
    wrong = []
    for place, (text, line) in enumerate(zip(texts, lines)):
        ids = encode(text.decode())
        if line != f"{len(ids)} {sum((i % 1000 + 1) * id for i, id in enumerate(ids))}":
            wrong.append(place)
    return wrong
