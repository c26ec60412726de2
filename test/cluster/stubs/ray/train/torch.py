"""Workers as Ray Train starts them: each has the variables of its rank, and has joined a process group of Ray's own,
whose first member keeps MASTER_PORT. Ray also starts lost workers again, which this does not."""

import multiprocessing
import os
import socket
from dataclasses import dataclass

from torch import distributed


@dataclass
class TorchConfig:
    backend: str | None = None


class TorchTrainer:
    def __init__(self, train_loop_per_worker, *, train_loop_config, torch_config, scaling_config, run_config):
        self.train = train_loop_per_worker
        self.config = train_loop_config
        self.backend = torch_config.backend
        self.workers = scaling_config.num_workers

    def fit(self):
        port = free_port()
        workers = [multiprocessing.Process(target=self._work, args=(rank, port)) for rank in range(self.workers)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        if any(worker.exitcode for worker in workers):
            raise SystemExit("A worker failed")

    def _work(self, rank, port):
        os.environ.update(
            RANK=str(rank),
            LOCAL_RANK=str(rank),
            WORLD_SIZE=str(self.workers),
            MASTER_ADDR="127.0.0.1",
            MASTER_PORT=str(port),
        )
        distributed.init_process_group(self.backend)
        self.train(self.config)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
