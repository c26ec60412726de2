"""Four processes under Ray Train, which starts lost ones again.

    python3 ray_train.py /shared/shards /shared/model.safetensors
"""

import os
import socket
import subprocess
import sys

from ray.train import FailureConfig, RunConfig, ScalingConfig
from ray.train.torch import TorchConfig, TorchTrainer
from torch import distributed


def train(config):
    # Ray sets RANK, LOCAL_RANK, WORLD_SIZE and MASTER_ADDR. Its own group, which found each other at MASTER_PORT, keeps
    # that port: the trainer is a process of its own and needs another one, of the first worker's machine.
    port = [free_port()]
    distributed.broadcast_object_list(port)
    command = [sys.executable, "-m", "foresight_cluster.train", config["shards"], "--out", config["out"]]
    subprocess.run(command, env={**os.environ, "MASTER_PORT": str(port[0])}, check=True)


def free_port():
    with socket.socket() as one:
        one.bind(("", 0))
        return one.getsockname()[1]


if __name__ == "__main__":
    shards, out = sys.argv[1:]
    TorchTrainer(
        train,
        train_loop_config={"shards": shards, "out": out},
        # Ray's own group carries one number: the GPUs are for the trainer.
        torch_config=TorchConfig(backend="gloo"),
        scaling_config=ScalingConfig(num_workers=4, use_gpu=True),
        run_config=RunConfig(failure_config=FailureConfig(max_failures=3)),
    ).fit()
