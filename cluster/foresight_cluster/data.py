"""The shards of `foresight export --shards`, and the batches that are made of them.

A global batch has as many windows of each shard. A process reads only its own shards, whole numbers of them, and
everything random depends on the seed, the epoch and the shard alone: so the batches are the same for any number of
processes that divides the number of shards.
"""

import json
import os

import torch

from .shard import Shard


class Shards:
    def __init__(self, folder, rank=0, world=1):
        with open(os.path.join(folder, "shards.json")) as file:
            self.index = json.load(file)
        if self.index["format"] != "phaser-foresight-shards/2":
            raise SystemExit(f"{folder} has the format {self.index['format']}: export it again")
        self.folder = folder
        self.count = len(self.index["train"])
        if self.count % world:
            raise SystemExit(f"{self.count} shards cannot be divided among {world} processes evenly")
        self.own = range(rank, self.count, world)
        self.train = [self._open("train", i) for i in self.own]
        held_out = len(self.index["heldOut"])
        self.held_out = [self._open("heldOut", i) for i in range(rank, held_out, world)]
        self._orders = {}

    def _open(self, kind, i):
        return Shard(os.path.join(self.folder, self.index[kind][i]["file"]), self.index)

    def _order(self, seed, epoch, shard):
        """The order of a shard's windows in an epoch."""
        known, order = self._orders.get(shard, (None, None))
        if known != (seed, epoch):
            windows = self.index["train"][shard]["windows"]
            order = torch.randperm(windows, generator=generator(seed, epoch, shard))
            self._orders[shard] = ((seed, epoch), order)
        return order

    def updates(self, batch_size):
        """Updates of an epoch."""
        each = self.windows_of_each(batch_size)
        return max(-(-shard["windows"] // each) for shard in self.index["train"])

    def windows_of_each(self, batch_size):
        if batch_size % self.count:
            raise SystemExit(
                f"A batch of {batch_size} windows cannot have as many of each of {self.count} shards: "
                "export fewer shards, or set training.batchSize to a multiple"
            )
        return batch_size // self.count

    def batch(self, training, epoch, update, dropped):
        """This process's part of the global batch `update` of an epoch: tensors and dropout masks."""
        each = self.windows_of_each(training["batchSize"])
        parts = []
        for shard, file in zip(self.own, self.train):
            order = self._order(training["seed"], epoch, shard)
            rows = order[update * each : (update + 1) * each].tolist()
            if len(rows):
                rng = generator(training["seed"], epoch, shard, update)
                parts.append(self._part(file, rows, training, dropped, rng))
        if not parts:
            # The last batch of an epoch may have none of these shards. A process takes part all the same.
            batch = self.train[0].batch([0])
            batch["mask"].zero_()
            return batch, None
        batches, masks = zip(*parts)
        return joined(batches), [torch.cat(one) for one in zip(*masks)] or None

    def _part(self, file, rows, training, dropped, rng):
        batch = file.batch(rows)
        steps = batch["features"].shape[1]
        draw = torch.rand(len(rows), len(self.index["fields"]), generator=rng)
        for i, (offset, width) in enumerate(self.index["fields"]):
            batch["features"][draw[:, i] < training["fieldDropout"], :, offset : offset + width] = 0
        rate = training["dropout"]
        masks = [
            (torch.rand(len(rows), steps, width, generator=rng) >= rate).float() / (1 - rate)
            for width in (dropped if rate else [])
        ]
        return batch, masks

    def evaluation(self, batch_size):
        """This process's held-out windows, in batches."""
        for file in self.held_out:
            for at in range(0, len(file), batch_size):
                yield file.batch(range(at, min(len(file), at + batch_size)))


def joined(batches):
    return {name: torch.cat([one[name] for one in batches]) for name in batches[0]}


def generator(*parts):
    """Random numbers that depend on these whole numbers alone."""
    seed = 0
    for part in parts:
        seed = (seed * 1_000_003 + part + 1) % (2**63)
    return torch.Generator().manual_seed(seed)
