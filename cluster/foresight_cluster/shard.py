"""One file of windows, as src/cli/shard-writer.ts and pack-window.ts write it."""

import itertools
import zlib

import torch

from .safetensors import TensorFile


class Shard:
    """Its windows are unpacked where they are used: it may be larger than memory."""

    def __init__(self, path, index):
        self.file = TensorFile(path)
        self.steps = index["windowLength"]
        self.vote_step = index["voteStep"]
        shape = index["shape"]
        experts = shape.get("experts", 0)
        self.features, self.values = shape["features"], shape["values"]
        self.votes, self.time_votes = experts * shape["actions"], experts * shape["timeBins"]
        # [windows, 3]: steps, the first of them that is a target, and packed bytes.
        self.windows = self.file.tensor("windows").tolist()
        self.ends = list(itertools.accumulate((row[2] for row in self.windows), initial=0))

    def __len__(self):
        return len(self.windows)

    def batch(self, rows):
        """Windows by their numbers, [B, T, ...]; places without a target hold zeros."""
        batch = {"features": torch.zeros(len(rows), self.steps, self.features)}
        for name, width in (
            ("actions", 1),
            ("time_bins", 1),
            ("mask", 1),
            ("values", self.values),
            ("experts", self.votes),
            ("time_experts", self.time_votes),
        ):
            if width:
                batch[name] = torch.zeros(len(rows), self.steps, width)
        for place, row in enumerate(rows):
            self._unpack(row, {name: tensor[place] for name, tensor in batch.items()})
        return batch

    def _unpack(self, row, to):
        length, first, size = self.windows[row]
        packed = self.file.bytes("data", self.ends[row], self.ends[row] + size)
        data = bytearray(zlib.decompress(packed))
        targets = slice(first, length)
        at = 0

        def columns(name, width, rows, dtype):
            nonlocal at
            count = width * (rows.stop - rows.start)
            if not count:
                return
            found = torch.frombuffer(data, dtype=dtype, count=count, offset=at)
            at += count * found.element_size()
            if dtype == torch.int16:
                # torch 1.13 has no whole numbers of 16 bits without sign.
                found = found.int() & 0xFFFF
            if name.endswith("experts"):
                found = found * -self.vote_step
            to[name][rows] = found.reshape(width, -1).T.to(to[name].dtype)

        columns("features", self.features, slice(0, length), torch.float32)
        columns("values", self.values, targets, torch.float32)
        columns("actions", 1, targets, torch.int16)
        columns("experts", self.votes, targets, torch.int16)
        columns("time_experts", self.time_votes, targets, torch.int16)
        columns("time_bins", 1, targets, torch.uint8)
        to["mask"][targets] = 1
