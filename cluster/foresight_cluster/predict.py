"""Prints what a model predicts for the windows of a shard, as JSON: [windows][steps][actions] probabilities.

Those of steps that are no target lack the experts' votes and mean nothing.

    python3 -m foresight_cluster.predict model.safetensors shards/shards.json shards/train-00000.safetensors
"""

import argparse
import json
import sys

import torch

from .network import Network, prediction
from .safetensors import TensorFile
from .shard import Shard


def main():
    parser = argparse.ArgumentParser(prog="foresight_cluster.predict", description=__doc__)
    parser.add_argument("model")
    parser.add_argument("index", help="shards.json")
    parser.add_argument("shard")
    parser.add_argument("--steps", type=int, help="of a window, where they are not the index's")
    options = parser.parse_args()
    with open(options.index) as file:
        index = json.load(file)
    network = Network(index["shape"])
    network.load(TensorFile(options.model))
    shard = Shard(options.shard, {**index, "windowLength": options.steps or index["windowLength"]})
    with torch.no_grad():
        outputs = prediction(network(shard.batch(range(len(shard)))))
    json.dump(outputs["action"].softmax(-1).tolist(), sys.stdout)


if __name__ == "__main__":
    main()
