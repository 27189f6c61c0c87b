"""The reference libraries over the very files that Parley opens."""
import base64
import inspect
import os
import re


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
