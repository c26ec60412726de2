"""Four processes under Ray Train, which sets RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT and starts lost ones again.

    python3 ray_train.py /shared/shards /shared/model.safetensors
"""

import subprocess
import sys

from ray.train import FailureConfig, RunConfig, ScalingConfig
from ray.train.torch import TorchTrainer


def train(config):
    # A process of its own: Ray's own process group stays apart.
    command = [sys.executable, "-m", "foresight_cluster.train", config["shards"], "--out", config["out"]]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    shards, out = sys.argv[1:]
    TorchTrainer(
        train,
        train_loop_config={"shards": shards, "out": out},
        scaling_config=ScalingConfig(num_workers=4, use_gpu=True),
        run_config=RunConfig(failure_config=FailureConfig(max_failures=3)),
    ).fit()
