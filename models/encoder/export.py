"""Writes the encoder as the program reads it: int8 weights, a scale a row (safetensors)."""
import hashlib
import shutil

import numpy as np
from safetensors.numpy import save_file

from encoder import CATEGORIES, LABELS, MAX_PIECES


def quantised(matrix):
    """(int8 [rows, columns], scale [rows]): weight = int8 * scale of its row."""
    scale = np.maximum(np.abs(matrix).max(axis=1) / 127, 1e-12).astype(np.float32)
    return np.rint(matrix / scale[:, None]).clip(-127, 127).astype(np.int8), scale


def write(model, vocabulary, out, epsilon):
    state = {name: value.detach().float().numpy() for name, value in model.state_dict().items()}
    tensors = {}

    def matrix(name, source):
        tensors[name + ("" if name.startswith("embeddings") else ".weight")], scale = quantised(
            state[source])
        tensors[name + ".scale"] = scale
    matrix("embeddings.pieces", "pieces.weight")
    tensors["embeddings.positions"] = state["positions.weight"]
    for part in ("weight", "bias"):
        tensors[f"embeddings.norm.{part}"] = state[f"norm.{part}"]
        tensors[f"heads.names.{part}"] = state[f"names.{part}"]
        tensors[f"heads.moderation.{part}"] = state[f"moderation.{part}"][:len(CATEGORIES) - 1]
    for i, layer in enumerate(model.layers):
        for target, source in (("attention.query", "query"), ("attention.key", "key"),
                               ("attention.value", "value"), ("attention.output", "output"),
                               ("ffn.up", "up"), ("ffn.down", "down")):
            matrix(f"layers.{i}.{target}", f"layers.{i}.{source}.weight")
            tensors[f"layers.{i}.{target}.bias"] = state[f"layers.{i}.{source}.bias"]
        for target, source in (("attention.norm", "attention_norm"), ("ffn.norm", "ffn_norm")):
            for part in ("weight", "bias"):
                tensors[f"layers.{i}.{target}.{part}"] = state[f"layers.{i}.{source}.{part}"]
    out.mkdir(parents=True, exist_ok=True)
    if vocabulary.resolve() != (out / "vocabulary.tsv").resolve():
        shutil.copy(vocabulary, out / "vocabulary.tsv")
    save_file({name: np.ascontiguousarray(value) for name, value in tensors.items()},
              out / "weights.safetensors",
              metadata={"form": "1", "layers": str(len(model.layers)),
                        "attention_heads": str(model.layers[0].heads),
                        "hidden": str(model.positions.weight.shape[1]),
                        "max_pieces": str(MAX_PIECES), "labels": " ".join(LABELS),
                        "labels.moderation": " ".join(CATEGORIES[:-1]),
                        "norm_epsilon": repr(epsilon),
                        "vocabulary_sha256": hashlib.sha256(
                            (out / "vocabulary.tsv").read_bytes()).hexdigest()})
