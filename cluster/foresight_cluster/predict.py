"""Prints what a model predicts for the windows of a shard, as JSON: [windows][steps][actions] probabilities.

    python3 -m foresight_cluster.predict model.safetensors shards/shards.json shards/train-00000.safetensors
"""

import argparse
import json
import sys

import torch

from .network import Network, prediction
from .safetensors import TensorFile


def main():
    parser = argparse.ArgumentParser(prog="foresight_cluster.predict", description=__doc__)
    parser.add_argument("model")
    parser.add_argument("index", help="shards.json")
    parser.add_argument("shard")
    options = parser.parse_args()
    with open(options.index) as file:
        network = Network(json.load(file)["shape"])
    network.load(TensorFile(options.model))
    shard = TensorFile(options.shard)
    with torch.no_grad():
        outputs = prediction(network({name: shard.tensor(name) for name in shard.entries}))
    json.dump(outputs["action"].softmax(-1).tolist(), sys.stdout)


if __name__ == "__main__":
    main()
