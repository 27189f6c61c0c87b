"""The encoder in PyTorch: BERT, post-norm, with a head of labels for each piece and one for the text."""
import math

import numpy as np
import torch
from torch import nn
from torch.nn import functional

LABELS = ["O", "B-PER", "I-PER", "B-OTHER", "I-OTHER"]
MAX_PIECES = 126
# What the text as a whole is judged for; the last is learned for the others' sake and not written.
CATEGORIES = ["harassment", "harassment/threatening", "hate", "hate/threatening", "self-harm",
              "self-harm/instructions", "self-harm/intent", "sexual", "violence",
              "violence/graphic", "toxic"]


class Layer(nn.Module):
    def __init__(self, hidden, heads, ffn, epsilon):
        super().__init__()
        self.heads = heads
        self.query, self.key = nn.Linear(hidden, hidden), nn.Linear(hidden, hidden)
        self.value, self.output = nn.Linear(hidden, hidden), nn.Linear(hidden, hidden)
        self.attention_norm = nn.LayerNorm(hidden, eps=epsilon)
        self.up, self.down = nn.Linear(hidden, ffn), nn.Linear(ffn, hidden)
        self.ffn_norm = nn.LayerNorm(hidden, eps=epsilon)

    def forward(self, x, mask, drop):
        batch, length, hidden = x.shape

        def split(y):
            return y.view(batch, length, self.heads, hidden // self.heads).transpose(1, 2)
        mixed = functional.scaled_dot_product_attention(
            split(self.query(x)), split(self.key(x)), split(self.value(x)), attn_mask=mask)
        mixed = self.output(mixed.transpose(1, 2).reshape(batch, length, hidden))
        x = self.attention_norm(x + functional.dropout(mixed, drop, self.training))
        mixed = self.down(functional.gelu(self.up(x)))
        return self.ffn_norm(x + functional.dropout(mixed, drop, self.training))


class Encoder(nn.Module):
    def __init__(self, pieces, layers=6, hidden=384, heads=12, ffn=1536, epsilon=1e-12,
                 labels=len(LABELS), categories=len(CATEGORIES)):
        super().__init__()
        self.pieces = nn.Embedding(pieces, hidden)
        self.positions = nn.Embedding(MAX_PIECES + 2, hidden)
        self.norm = nn.LayerNorm(hidden, eps=epsilon)
        self.layers = nn.ModuleList(Layer(hidden, heads, ffn, epsilon) for _ in range(layers))
        self.names = nn.Linear(hidden, labels)
        self.moderation = nn.Linear(hidden, categories)
        self.drop = 0.1

    def forward(self, ids, mask):
        """ids [batch, length], mask [batch, length] bool: log-odds [batch, length, labels]."""
        return self.names(self.rows(ids, mask))

    def both(self, ids, mask):
        """The same, and of each window the logits of its categories, [batch, categories]."""
        x = self.rows(ids, mask)
        shown = mask[:, :, None].to(x.dtype)
        return self.names(x), self.moderation((x * shown).sum(1) / shown.sum(1))

    def rows(self, ids, mask):
        x = self.pieces(ids) + self.positions.weight[:ids.shape[1]]
        x = functional.dropout(self.norm(x), self.drop, self.training)
        shown = mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, shown, self.drop)
        return x


def from_base(base, base_ids, chosen_layers):
    """The model with the base's weights in the layers chosen."""
    tensors = base["tensors"]
    model = Encoder(len(base_ids), layers=len(chosen_layers), heads=base["heads"],
                    epsilon=base["epsilon"])
    word = tensors["word"][np.maximum(base_ids, 0)].copy()
    word[base_ids < 0] = tensors["word"][2]  # The line break begins as the end of a text.

    def put(parameter, array):
        with torch.no_grad():
            parameter.copy_(torch.from_numpy(np.ascontiguousarray(array)))
    put(model.pieces.weight, word)
    put(model.positions.weight, tensors["position"][:MAX_PIECES + 2] + tensors["type"])
    put(model.norm.weight, tensors["norm.weight"])
    put(model.norm.bias, tensors["norm.bias"])
    for layer, source in zip(model.layers, chosen_layers):
        for part, name in ((layer.query, "q"), (layer.key, "k"), (layer.value, "v"),
                           (layer.output, "ao"), (layer.up, "fi"), (layer.down, "fo")):
            put(part.weight, tensors[f"{source}.{name}.w"])
            put(part.bias, tensors[f"{source}.{name}.b"])
        for part, name in ((layer.attention_norm, "aln"), (layer.ffn_norm, "oln")):
            put(part.weight, tensors[f"{source}.{name}.w"])
            put(part.bias, tensors[f"{source}.{name}.b"])
    for head in (model.names, model.moderation):
        nn.init.normal_(head.weight, std=0.02)
        nn.init.zeros_(head.bias)
    return model


def decode(scores, bias=0.0):
    """The best path of labels without illegal steps; `bias` is taken from O. scores [n, labels]."""
    starts = [not label.startswith("I-") for label in LABELS]
    allowed = np.full((len(LABELS), len(LABELS)), -math.inf)
    for i, before in enumerate(LABELS):
        for j, label in enumerate(LABELS):
            if starts[j] or before[2:] == label[2:] and before != "O":
                allowed[i, j] = 0
    scores = np.asarray(scores, dtype=np.float64).copy()
    scores[:, 0] -= bias
    best = np.where(starts, scores[0], -math.inf)
    back = []
    for row in scores[1:]:
        step = best[:, None] + allowed
        back.append(step.argmax(0))
        best = step.max(0) + row
    path = [int(best.argmax())]
    for choice in reversed(back):
        path.append(int(choice[path[-1]]))
    return path[::-1]
