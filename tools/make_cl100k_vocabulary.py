#!/usr/bin/env python3
"""Makes cl100k_base.tiktoken, tiktoken's own form of its vocabulary, out of npm's js-tiktoken.

    tools/make_cl100k_vocabulary.py .tools/npm/js-tiktoken cl100k_base.tiktoken

tiktoken itself fetches this file from the network and checks it against the SHA-256 below.
"""
import hashlib
import json
import os
import sys

SHA256 = "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"


def main(package, output):
    with open(os.path.join(package, "dist/ranks/cl100k_base.js"), encoding="utf-8") as file:
        source = file.read()
    # Blocks of "! FIRST_RANK TOKEN TOKEN ...", the tokens in base64.
    blocks = json.loads(source[source.index("{") : source.rindex("}") + 1])["bpe_ranks"]
    lines = []
    for block in blocks.split("\n"):
        if block:
            _, first_rank, *tokens = block.split(" ")
            lines += [(int(first_rank) + i, token) for i, token in enumerate(tokens)]
    data = "".join(f"{token} {rank}\n" for rank, token in sorted(lines)).encode()
    if hashlib.sha256(data).hexdigest() != SHA256:
        sys.exit("the ranks are not those that tiktoken expects")
    with open(output, "wb") as file:
        file.write(data)


if __name__ == "__main__":
    main(*sys.argv[1:])
