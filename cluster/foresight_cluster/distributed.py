"""The processes of a run: one, or as many as WORLD_SIZE, joined by gloo or, on GPUs, NCCL."""

import datetime
import os

import torch
from torch import distributed


class Processes:
    def __init__(self, timeout_s):
        self.rank = int(os.environ.get("RANK", 0))
        self.world = int(os.environ.get("WORLD_SIZE", 1))
        self.device = torch.device("cpu")
        if torch.cuda.is_available():
            self.device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0)))
            torch.cuda.set_device(self.device)
        if self.world > 1:
            distributed.init_process_group(
                "nccl" if self.device.type == "cuda" else "gloo",
                timeout=datetime.timedelta(seconds=timeout_s),
            )

    @property
    def is_first(self):
        return self.rank == 0

    def wrap(self, network):
        """The network whose gradients are the mean of all processes' after `backward`."""
        if self.world == 1:
            return network
        devices = [self.device] if self.device.type == "cuda" else None
        return torch.nn.parallel.DistributedDataParallel(network, device_ids=devices)

    def sum(self, *numbers):
        """The sums of numbers over all processes."""
        total = torch.tensor(numbers, dtype=torch.float64, device=self.device)
        if self.world > 1:
            distributed.all_reduce(total)
        return total.tolist()

    def close(self):
        if self.world > 1:
            distributed.destroy_process_group()
