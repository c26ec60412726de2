"""Trains one LSTM with torch on one thread.

The first line of stdin is the problem as JSON; each further line is a number of updates to make,
answered by a line {"ms": time they took, "losses": [the loss before each of them]}.
"""

import json
import sys
import time

import torch
from torch import nn

torch.set_num_threads(1)
torch.set_num_interop_threads(1)

problem = json.loads(sys.stdin.readline())
size = problem["size"]
batch, steps, width = size["batchSize"], size["windowLength"], size["features"]
classes = size["classes"]

lstm = nn.LSTM(width, size["units"], num_layers=size["layers"], batch_first=True)
head = nn.Linear(size["units"], classes or 1)
modules = {"lstm": lstm, "action": head, "values": head}
with torch.no_grad():
    for weight in problem["weights"]:
        module, name = weight["name"].split(".")
        getattr(modules[module], name).copy_(torch.tensor(weight["data"]).reshape(weight["shape"]))

features = torch.tensor(problem["features"]).reshape(batch, steps, width)
targets = torch.tensor(problem["targets"])
if not classes:
    targets = targets.reshape(batch, 1)
measure = nn.CrossEntropyLoss() if classes else nn.MSELoss()
optimizer = torch.optim.Adam([*lstm.parameters(), *head.parameters()], lr=problem["learningRate"])


def update():
    optimizer.zero_grad()
    loss = measure(head(lstm(features)[0][:, -1]), targets)
    loss.backward()
    optimizer.step()
    return loss.detach()


for line in sys.stdin:
    begun = time.perf_counter()
    losses = [update() for _ in range(int(line))]
    ms = 1000 * (time.perf_counter() - begun)
    print(json.dumps({"ms": ms, "losses": [float(loss) for loss in losses]}), flush=True)
