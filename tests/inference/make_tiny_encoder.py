#!/usr/bin/env python3
"""Writes tests/inference/tiny_encoder: a random encoder in the form of models/encoder, small enough
to lie in the tree, and what PyTorch makes of it in 32-bit floating point.

    python tests/inference/make_tiny_encoder.py      (numpy, torch, safetensors)

reference.tsv has a line a window: the ids of its pieces, then their log-probabilities. It knows
nothing of our arithmetic: weights are multiplied out, activations are never made whole numbers.
"""
import hashlib
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file

FOLDER = Path(__file__).resolve().parent / "tiny_encoder"
LAYERS, HEADS, HIDDEN, FFN, POSITIONS = 2, 2, 64, 128, 24
LABELS = "O B-PER I-PER B-OTHER I-OTHER".split()
EPSILON = 1e-12
PIECES = ["<s>", "</s>", "<unk>", "<n>", "\u2581", "\u2581a", "\u2581the", "\u2581Ma", "ry", "er", "ma"]
PIECES += list("abcdefghijklmnopqrstuvwxyz") + ["Ма", "ша", "王", "小明", "."]

random = np.random.default_rng(6)


def normal(*shape, spread):
    return (random.standard_normal(shape) * spread).astype(np.float32)


def quantised(weight):
    """Each row in whole numbers from -127 to 127, and what one of them is worth."""
    scale = np.abs(weight).max(axis=1) / 127
    return np.round(weight / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def make_tensors():
    tensors = {}

    def add_norm(name):
        tensors[f"{name}.weight"] = 1 + normal(HIDDEN, spread=0.2)
        tensors[f"{name}.bias"] = normal(HIDDEN, spread=0.2)

    def add_linear(name, outputs, inputs):
        tensors[f"{name}.weight"], tensors[f"{name}.scale"] = quantised(
            normal(outputs, inputs, spread=1.5 / np.sqrt(inputs)))
        tensors[f"{name}.bias"] = normal(outputs, spread=0.1)

    tensors["embeddings.pieces"], tensors["embeddings.pieces.scale"] = quantised(
        normal(len(PIECES), HIDDEN, spread=1))
    tensors["embeddings.positions"] = normal(POSITIONS, HIDDEN, spread=0.3)
    add_norm("embeddings.norm")
    for n in range(LAYERS):
        for part in ("query", "key", "value", "output"):
            add_linear(f"layers.{n}.attention.{part}", HIDDEN, HIDDEN)
        add_norm(f"layers.{n}.attention.norm")
        add_linear(f"layers.{n}.ffn.up", FFN, HIDDEN)
        add_linear(f"layers.{n}.ffn.down", HIDDEN, FFN)
        add_norm(f"layers.{n}.ffn.norm")
    tensors["heads.names.weight"] = normal(len(LABELS), HIDDEN, spread=0.3)
    tensors["heads.names.bias"] = normal(len(LABELS), spread=0.3)
    return tensors


class Reference:
    def __init__(self, tensors):
        self.t = {name: torch.from_numpy(value) for name, value in tensors.items()}

    def linear(self, x, name):
        weight = self.t[f"{name}.weight"].float() * self.t[f"{name}.scale"][:, None]
        return x @ weight.T + self.t[f"{name}.bias"]

    def norm(self, x, name):
        return torch.nn.functional.layer_norm(
            x, (HIDDEN,), self.t[f"{name}.weight"], self.t[f"{name}.bias"], EPSILON)

    def attention(self, x, name):
        heads = [self.linear(x, f"{name}.{part}").view(len(x), HEADS, -1).transpose(0, 1)
                 for part in ("query", "key", "value")]
        seen = torch.nn.functional.scaled_dot_product_attention(*heads)
        return self.linear(seen.transpose(0, 1).reshape(len(x), HIDDEN), f"{name}.output")

    def log_probabilities(self, ids):
        ids = torch.tensor([0, *ids, 1])
        x = self.t["embeddings.pieces"][ids].float() * self.t["embeddings.pieces.scale"][ids, None]
        x = self.norm(x + self.t["embeddings.positions"][:len(ids)], "embeddings.norm")
        for n in range(LAYERS):
            x = self.norm(x + self.attention(x, f"layers.{n}.attention"), f"layers.{n}.attention.norm")
            up = torch.nn.functional.gelu(self.linear(x, f"layers.{n}.ffn.up"))
            x = self.norm(x + self.linear(up, f"layers.{n}.ffn.down"), f"layers.{n}.ffn.norm")
        scores = x @ self.t["heads.names.weight"].T + self.t["heads.names.bias"]
        return torch.log_softmax(scores, dim=1)[1:-1]


def main():
    FOLDER.mkdir(exist_ok=True)
    scores = [0.0] * 4 + [round(-2 - 0.37 * n, 2) for n in range(len(PIECES) - 4)]
    vocabulary = "".join(f"{piece}\t{score}\n" for piece, score in zip(PIECES, scores)).encode()
    (FOLDER / "vocabulary.tsv").write_bytes(vocabulary)
    tensors = make_tensors()
    save_file(tensors, FOLDER / "weights.safetensors", {
        "form": "1", "layers": str(LAYERS), "attention_heads": str(HEADS), "hidden": str(HIDDEN),
        "max_pieces": str(POSITIONS - 2), "labels": " ".join(LABELS), "norm_epsilon": str(EPSILON),
        "vocabulary_sha256": hashlib.sha256(vocabulary).hexdigest()})
    reference = Reference(tensors)
    with open(FOLDER / "reference.tsv", "w") as out:
        for length in (1, 2, 5, 13, 22):
            ids = random.integers(2, len(PIECES), length).tolist()
            values = reference.log_probabilities(ids).flatten().tolist()
            print(" ".join(map(str, ids)), " ".join(f"{v:.6f}" for v in values), sep="\t", file=out)


if __name__ == "__main__":
    main()
