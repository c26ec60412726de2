"""The learning rates of src/train/schedule.ts."""

import math


def learning_rate(config, update, updates, epoch):
    """Of the weight update number `update` of `updates`, in an epoch."""
    rate = config["rate"]
    if config["kind"] == "constant":
        return rate
    if config["kind"] == "step":
        return rate * config["factor"] ** (epoch // config["epochs"])
    if config["kind"] == "cosine":
        warm_up = math.floor(config["warmUp"] * updates + 0.5)
        if update < warm_up:
            return rate * (update + 1) / (warm_up + 1)
        progress = min(1, (update - warm_up) / max(1, updates - 1 - warm_up))
        floor = config["floor"]
        return floor + (rate - floor) * (1 + math.cos(math.pi * progress)) / 2
    raise SystemExit(f"The learning rate is of an unknown kind, {config['kind']}")
