"""Reads checkpoints with torch alone and runs them on rows of features.

usage: pytorch_predict.py < runs.json > outputs.json
runs.json: [{"file": path, "features": [[F numbers] for each step]}, ...]
outputs.json: [{"action": [[logits] for each step], "time": ..., "values": ...}, ...]
"""

import json
import struct
import sys

import torch
from torch import nn

DTYPES = {"F32": torch.float32, "I32": torch.int32, "U8": torch.uint8}


def read_safetensors(path):
    with open(path, "rb") as file:
        data = bytearray(file.read())
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    metadata = header.pop("__metadata__")
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        if begin == end or entry["dtype"] not in DTYPES:
            continue
        tensors[name] = torch.frombuffer(
            data[8 + length + begin : 8 + length + end], dtype=DTYPES[entry["dtype"]]
        ).reshape(entry["shape"])
    return tensors, metadata


def one_hot_blocks(spec, statistics):
    """(name, offset, width) of each one-hot block, and the width of a row."""
    blocks = [("action", 0, len(spec["action"]["actions"]))]
    offset = blocks[0][2] + 1
    for field in statistics["fields"]:
        width = {"category": lambda: field["size"], "id": lambda: len(field["vocabulary"]) + 1}.get(
            field["kind"], lambda: 0
        )()
        if width:
            blocks.append((field["name"], offset, width))
        offset += width or 1
    return blocks, offset


class FeedForward(nn.Linear):
    """The hidden layer of the feed-forward network, with its heads."""


class Network(nn.Module):
    def __init__(self, model, spec, statistics):
        super().__init__()
        blocks, self.features = one_hot_blocks(spec, statistics)
        units = model["embedding"]
        self.embedded = [block for block in blocks if units and block[2] > units]
        self.embedding = nn.ModuleDict(
            {name: nn.Embedding(width, units) for name, _, width in self.embedded}
        )
        width = self.features - sum(width - units for _, _, width in self.embedded)
        self.cell = model["cell"]
        kind = nn.LSTM if self.cell == "lstm" else nn.GRU
        self.add_module(self.cell, kind(width, model["units"], model["layers"]))
        sizes = {
            "action": len(spec["action"]["actions"]),
            "time": model["timeBins"] and len(statistics["timeEdges"]) and len(statistics["timeEdges"]) + 1,
            "values": len(model["continuous"]),
        }
        self.heads = [head for head, size in sizes.items() if size]

        def add_heads(module, units):
            for head in self.heads:
                module.add_module(head, nn.Linear(units, sizes[head]))

        add_heads(self, model["units"])
        units = model.get("feedForward", 0)
        if units:
            self.feed_forward = FeedForward(width, units)
            add_heads(self.feed_forward, units)

    def forward(self, features):
        pieces, at = [], 0
        for name, offset, width in self.embedded:
            pieces.append(features[:, at:offset])
            pieces.append(self.embedding[name](features[:, offset : offset + width].argmax(1)))
            at = offset + width
        pieces.append(features[:, at:])
        row = torch.cat(pieces, 1)
        hidden, _ = getattr(self, self.cell)(row.unsqueeze(1))
        hidden = hidden.squeeze(1)
        outputs = {head: getattr(self, head)(hidden) for head in self.heads}
        if not hasattr(self, "feed_forward"):
            return outputs
        activations = torch.relu(self.feed_forward(row))
        return {
            head: (output + getattr(self.feed_forward, head)(activations)) / 2
            for head, output in outputs.items()
        }


def predict(path, features):
    tensors, metadata = read_safetensors(path)
    parts = [json.loads(metadata[key]) for key in ("model", "spec", "statistics")]
    network = Network(*parts).eval()
    weights = {name: t for name, t in tensors.items() if not name.startswith("trained_on.")}
    network.load_state_dict(weights, strict=True)
    with torch.no_grad():
        outputs = network(torch.tensor(features, dtype=torch.float32))
    return {head: values.tolist() for head, values in outputs.items()}


runs = json.load(sys.stdin)
json.dump([predict(run["file"], run["features"]) for run in runs], sys.stdout)
