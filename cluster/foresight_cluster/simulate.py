"""How fast many processes train together when they are not equally fast, have unequal shards, or get lost.

    python3 -m foresight_cluster.simulate

Nothing is trained: the times of an update come from a measurement (docs/scale.md), and all else is assumed. An update
takes as long as its slowest process. Ideal are processes that are all as fast as the measured one, have equal shards,
exchange gradients in no time and never get lost. The same seed prints the same table.
"""

import argparse
import itertools
import math
import random
from dataclasses import dataclass

RANKS = (2, 4, 8, 16, 32, 64, 128, 256)
# Of an epoch whose shards are equal.
UPDATES = 100
# Clusters that a row is the mean of.
DRAWS = 10
# Updates of a run that shows what losses take.
LONG = 20_000


@dataclass(frozen=True)
class Cluster:
    speeds: tuple
    """Of each process; 1 is the measured one."""
    shards: tuple
    """Windows of each process."""
    each: int
    """Windows of a process in an update."""
    window_s: float
    """Seconds that a window takes."""
    update_s: float
    """Seconds that an update takes, however few its windows."""
    exchange_s: float = 0
    """Seconds to exchange gradients."""
    jitter: float = 0
    """How much a process's time differs from update to update: standard deviation of its logarithm."""


@dataclass(frozen=True)
class Epoch:
    update_s: float
    """Seconds of an update, on average."""
    updates: int
    waiting: float
    """Share of the processes' time in which they wait for the slowest one."""
    relative: float
    """Windows a second, relative to ideal."""


def epoch(cluster, rng):
    """One pass over the shards. A process whose shards have ended takes part without windows, as in training."""
    ranks, each = len(cluster.speeds), cluster.each
    updates = max(-(-windows // each) for windows in cluster.shards)
    seconds = waited = 0.0
    for update in range(updates):
        times = []
        for speed, windows in zip(cluster.speeds, cluster.shards):
            own = max(0, min(each, windows - update * each))
            time = (cluster.update_s + own * cluster.window_s) / speed
            times.append(time * log_normal(rng, cluster.jitter))
        slowest = max(times)
        waited += sum(slowest - time for time in times)
        seconds += slowest + cluster.exchange_s
    ideal = sum(cluster.shards) / each / ranks * (cluster.update_s + each * cluster.window_s)
    return Epoch(seconds / updates, updates, waited / (ranks * seconds), ideal / seconds)


def with_losses(update_s, updates, losses, save_every, restart_s):
    """Seconds of a run in which processes are lost at these moments: all continue from the last saved state.

    `losses` are seconds from the start of the run, in order.
    """
    losses = iter(losses)
    lost = next(losses, math.inf)
    clock, done, saved = 0.0, 0, 0
    while done < updates:
        if clock + update_s > lost:
            clock = max(clock, lost) + restart_s
            done = saved
            lost = next(losses, math.inf)
            continue
        clock += update_s
        done += 1
        if done % save_every == 0:
            saved = done
    return clock


def log_normal(rng, deviation):
    """A factor whose mean is 1."""
    return math.exp(deviation * rng.gauss(0, 1) - deviation**2 / 2) if deviation else 1


def ring_s(ranks, size, latency_s, bytes_per_s):
    """Seconds to add up gradients of `size` bytes in a ring: 2 (ranks - 1) messages, one after the other."""
    return 2 * (ranks - 1) * (latency_s + size / ranks / bytes_per_s)


def row(ranks, options):
    """Means over some clusters of that many processes: throughput relative to ideal, and what is waited."""
    rng = random.Random(f"{options.seed} {ranks}")
    drawn = [draw(ranks, options, rng) for _ in range(DRAWS)]
    means = {name: sum(one[name] for one in drawn) / DRAWS for name in drawn[0]}
    ideal = options.windows / (options.update_seconds + options.windows * options.window_seconds)
    return {**means, "windows/s": means["together"] * ranks * ideal}


def draw(ranks, options, rng):
    """Throughput relative to ideal with each trouble alone, and with those together that come without a mistake."""
    ideal = {
        "speeds": (1,) * ranks,
        "shards": (UPDATES * options.windows,) * ranks,
        "each": options.windows,
        "window_s": options.window_seconds,
        "update_s": options.update_seconds,
    }
    spread = tuple(log_normal(rng, options.spread) for _ in range(ranks))
    sizes = [log_normal(rng, options.shard_spread) for _ in range(ranks)]
    unequal = tuple(round(UPDATES * options.windows * ranks * one / sum(sizes)) for one in sizes)
    exchange = ring_s(ranks, options.gradient_bytes, options.latency, options.bandwidth)

    def run(**trouble):
        return epoch(Cluster(**{**ideal, **trouble}), rng)

    def of_losses(update_s):
        gaps = (rng.expovariate(ranks / (options.life * 3600)) for _ in itertools.count())
        found = with_losses(update_s, LONG, itertools.accumulate(gaps), options.save_every, options.restart)
        return LONG * update_s / found

    alone, every = run(), run(speeds=spread, jitter=options.jitter, exchange_s=exchange)
    return {
        "network": run(exchange_s=exchange).relative,
        "jitter": run(jitter=options.jitter).relative,
        "machines differ": run(speeds=spread).relative,
        "one at half speed": run(speeds=(0.5,) + (1,) * (ranks - 1)).relative,
        "unequal shards": run(shards=unequal).relative,
        "losses": of_losses(alone.update_s),
        "together": every.relative * of_losses(every.update_s),
        "waiting": every.waiting,
    }


def main():
    parser = argparse.ArgumentParser(prog="foresight_cluster.simulate", description=__doc__)
    parser.add_argument("--ranks", type=int, nargs="+", default=RANKS, help="processes, one row each")
    parser.add_argument("--window-seconds", type=float, default=0.0083, help="measured: of a window")
    parser.add_argument("--update-seconds", type=float, default=0.085, help="measured: of an update without windows")
    parser.add_argument("--gradient-bytes", type=float, default=4 * 212_862, help="of all weights")
    parser.add_argument("--windows", type=int, default=8, help="of each process in an update")
    parser.add_argument("--jitter", type=float, default=0.1, help="from update to update, as a share")
    parser.add_argument("--spread", type=float, default=0.1, help="from machine to machine, as a share")
    parser.add_argument("--shard-spread", type=float, default=0.5, help="of the sizes of unequal shards, as a share")
    parser.add_argument("--latency", type=float, default=5e-5, help="seconds of a message")
    parser.add_argument("--bandwidth", type=float, default=1.25e9, help="bytes a second")
    parser.add_argument("--life", type=float, default=24, help="hours until a process is lost, on average")
    parser.add_argument("--restart", type=float, default=60, help="seconds until all train again")
    parser.add_argument("--save-every", type=int, default=200, help="updates between two states")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rows = {ranks: row(ranks, options) for ranks in options.ranks}
    lines = [["processes", *rows[options.ranks[0]]]]
    for ranks, figures in rows.items():
        *shares, windows = figures.values()
        lines.append([str(ranks), *(f"{100 * share:.0f} %" for share in shares), f"{windows:,.0f}"])
    widths = [max(map(len, column)) for column in zip(*lines)]
    lines.insert(1, ["-" * width for width in widths])
    for line in lines:
        print("| " + " | ".join(text.ljust(width) for text, width in zip(line, widths)) + " |")


if __name__ == "__main__":
    main()
