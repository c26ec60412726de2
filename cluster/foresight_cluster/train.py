"""Trains the model of exported shards.

    python3 -m foresight_cluster.train shards --out model.safetensors

Each process runs this command, with RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT in its environment as torchrun,
Slurm and Kubernetes set them; without them it trains alone. When one is lost all end, with exit code 75: start them
again, and they continue from the last saved state.
"""

import argparse
import contextlib
import copy
import json
import math
import os
import sys
import time

import torch

from .data import Shards
from .distributed import Processes
from .network import Network, losses, prediction
from .safetensors import TensorFile, save_like
from .schedule import learning_rate

# As sysexits.h: a failure that another try may cure.
LOST = 75


class Trainer:
    def __init__(self, options, processes):
        self.options = options
        self.processes = processes
        self.shards = Shards(options.shards, processes.rank, processes.world)
        self.start = TensorFile(os.path.join(options.shards, "start.safetensors"))
        self.training = json.loads(self.start.metadata["training"])
        if options.epochs:
            self.training["epochs"] = options.epochs
        self.network = Network(self.shards.index["shape"])
        self.network.load(self.start)
        self.network.to(processes.device)
        self.wrapped = processes.wrap(self.network)
        self.optimizer = optimizer_of(self.network, self.training["optimizer"])
        self.updates = self.shards.updates(self.training["batchSize"])
        # Where the run is, and all else that a state file holds apart from weights and optimizer.
        self.at = {"epoch": 0, "update": 0, "loss": 0.0, "targets": 0.0, "kept": None, "waited": 0}

    def run(self):
        self._resume()
        epochs, patience = self.training["epochs"], self.training["patience"]
        while self.at["epoch"] < epochs and not (patience and self.at["waited"] >= patience):
            self._end_epoch(self._train())
            self._save_state()
        if self.processes.is_first:
            self._save_model()

    def _train(self):
        """The updates of an epoch that are left. Returns their number and their time: waiting takes no CPU."""
        first, began, cpu = self.at["update"], time.perf_counter(), time.process_time()
        while self.at["update"] < self.updates:
            self._update()
            if self.options.save_every and self.at["update"] % self.options.save_every == 0:
                self._save_state()
        return {
            "updates": self.updates - first,
            "seconds": time.perf_counter() - began,
            "cpuSeconds": time.process_time() - cpu,
        }

    def _update(self):
        at, training = self.at, self.training
        number = at["epoch"] * self.updates + at["update"]
        rate = learning_rate(
            training["learningRate"], number, training["epochs"] * self.updates, at["epoch"]
        )
        batch, masks = self.shards.batch(training, at["epoch"], at["update"], self.network.dropped)
        (targets,) = self.processes.sum(float((batch["mask"] > 0).sum()))
        with self._precision():
            branches = self.wrapped(self._to_device(batch), masks and [self._move(one) for one in masks])
        found = [losses(one, self._to_device(batch), training["lossWeights"]) for one in branches]
        loss = sum(one["loss"] for one in found) / max(1, targets)
        self.optimizer.zero_grad(set_to_none=True)
        # DistributedDataParallel takes the mean of the processes' gradients, and the loss is their sum.
        (loss * self.processes.world).backward()
        add_penalty(self.network, training)
        clip(self.network, training["clipNorm"])
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.step()
        (total,) = self.processes.sum(float(loss.detach()))
        if not math.isfinite(total):
            raise SystemExit(f"The loss stopped being a number in epoch {at['epoch'] + 1}: lower the learning rate")
        at["update"] += 1
        at["loss"] += total * targets
        at["targets"] += targets
        self._log({"update": number, "loss": total, "learningRate": rate})

    def _end_epoch(self, took):
        at = self.at
        metrics = {"epochs": at["epoch"] + 1, "loss": at["loss"] / max(1, at["targets"])}
        held_out = self._evaluate()
        better = held_out is None or at["kept"] is None or held_out["heldOutLoss"] < at["kept"]["metrics"]["heldOutLoss"]
        if better:
            weights = {name: p.detach().cpu().clone() for name, p in self.network.file_names().items()}
            at["kept"] = {"weights": weights, "metrics": {**metrics, **(held_out or {})}}
        at["waited"] = 0 if better else at["waited"] + 1
        self._log({"epoch": at["epoch"] + 1, **metrics, **(held_out or {}), **took})
        at.update(epoch=at["epoch"] + 1, update=0, loss=0.0, targets=0.0)

    def _evaluate(self):
        """Means over the held-out windows of all processes; None without any."""
        if not self.shards.index["heldOut"]:
            return None
        weights = {**self.training["lossWeights"], "unaided": 0}
        sums = dict.fromkeys(("loss", "action", "correct", "targets"), 0.0)
        with torch.no_grad():
            for batch in self.shards.evaluation(self.training["batchSize"]):
                batch = self._to_device(batch)
                found = losses(prediction(self.network(batch)), batch, weights)
                for name in sums:
                    sums[name] += float(found[name])
        loss, action, correct, targets = self.processes.sum(*sums.values())
        figures = {"heldOutLoss": loss / targets}
        if weights["action"]:
            figures.update(heldOutLogLoss=action / targets, heldOutTop1=correct / targets)
        return figures

    def _precision(self):
        if not self.options.bf16:
            return contextlib.nullcontext()
        return torch.autocast(self.processes.device.type, dtype=torch.bfloat16)

    def _move(self, tensor):
        return tensor.to(self.processes.device)

    def _to_device(self, batch):
        return {name: self._move(tensor) for name, tensor in batch.items()}

    def _log(self, line):
        if not self.processes.is_first:
            return
        if "epoch" in line:
            print(json.dumps(line), file=sys.stderr, flush=True)
        if self.options.log == "-":
            print(json.dumps(line), flush=True)
        elif self.options.log:
            with open(self.options.log, "a") as file:
                file.write(json.dumps(line) + "\n")

    @property
    def _state_path(self):
        return self.options.state or f"{self.options.out}.state"

    def _save_state(self):
        if not self.processes.is_first:
            return
        state = {
            "at": self.at,
            "training": self.training,
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
        }
        unfinished = f"{self._state_path}.unfinished"
        torch.save(state, unfinished)
        os.replace(unfinished, self._state_path)

    def _resume(self):
        """Every process reads the state: it must be on a disk that all of them share."""
        exists = os.path.exists(self._state_path)
        (found,) = self.processes.sum(float(exists))
        if found not in (0, self.processes.world):
            raise SystemExit(f"Not every process finds {self._state_path}: give a --state that all of them share")
        if not exists:
            return
        state = torch.load(self._state_path, map_location=self.processes.device)
        if state["training"] != self.training:
            raise SystemExit(f"{self._state_path} is of another run: remove it, or give another --state")
        self.at = copy.deepcopy(state["at"])
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])

    def _save_model(self):
        kept = self.at["kept"]
        metadata = {
            "metrics": json.dumps(kept["metrics"], separators=(",", ":")),
            "training": json.dumps(self.training, separators=(",", ":")),
        }
        save_like(self.options.out, self.start, kept["weights"], metadata)


def penalized(network):
    """Matrices and tables; biases have no penalty and do not decay."""
    return [p for p in network.parameters() if p.dim() > 1]


def optimizer_of(network, config):
    if config["kind"] == "sgd":
        return torch.optim.SGD(network.parameters(), lr=1, momentum=config["momentum"])
    biases = [p for p in network.parameters() if p.dim() <= 1]
    groups = [
        {"params": penalized(network), "weight_decay": config["weightDecay"]},
        {"params": biases, "weight_decay": 0},
    ]
    return torch.optim.AdamW(
        groups, lr=1, betas=(config["beta1"], config["beta2"]), eps=config["epsilon"]
    )


def add_penalty(network, training):
    if not training["l1"] and not training["l2"]:
        return
    for p in penalized(network):
        p.grad += training["l1"] * p.detach().sign() + training["l2"] * p.detach()


def clip(network, limit):
    """Scales the gradient down to that norm when it is longer; 0 = no limit."""
    if not limit:
        return
    gradients = [p.grad for p in network.parameters() if p.grad is not None]
    norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(g) for g in gradients]))
    if norm > limit:
        for gradient in gradients:
            gradient *= limit / norm


def main():
    parser = argparse.ArgumentParser(prog="foresight_cluster.train", description=__doc__)
    parser.add_argument("shards", help="a folder of foresight export --shards")
    parser.add_argument("--out", required=True, help="where to save the model (.safetensors)")
    parser.add_argument("--state", help="where to save what a restart continues from; default: OUT.state")
    parser.add_argument("--save-every", type=int, default=200, help="updates between two states; 0 = once an epoch")
    parser.add_argument("--epochs", type=int, help="in place of the exported number")
    parser.add_argument("--log", help="a file to which each update's loss is added, as JSON lines; - is standard output")
    parser.add_argument("--bf16", action="store_true", help="compute in bfloat16 where torch allows it")
    parser.add_argument("--timeout", type=float, default=300, help="seconds to wait for another process")
    parser.add_argument("--threads", type=int, help="of each process")
    options = parser.parse_args()
    if options.threads:
        torch.set_num_threads(options.threads)
    processes = Processes(options.timeout)
    try:
        Trainer(options, processes).run()
    except RuntimeError as error:
        if processes.world == 1:
            raise
        print(f"Process {processes.rank} lost another one, or failed: {error}", file=sys.stderr, flush=True)
        # Not exit(): threads of the lost group may never end.
        os._exit(LOST)
    processes.close()


if __name__ == "__main__":
    main()
