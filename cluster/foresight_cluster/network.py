"""The network of src/network/graph.ts, for whole windows. Shapes: B windows, T steps, F features, K experts."""

import torch
from torch import nn
from torch.nn import functional

# Numbers that show how far to trust an expert, the last features of a row.
MATCHES = 3


class Heads(nn.Module):
    """Linear heads on top of one stack of layers, and the experts' votes."""

    def __init__(self, shape, width):
        super().__init__()
        experts = shape.get("experts", 0)
        timed = experts if shape["timeBins"] else 0
        self.sizes = {
            "action": shape["actions"],
            "time": shape["timeBins"],
            "values": shape["values"],
            "gate": experts,
            "time_gate": timed,
            "unaided": shape["actions"] if shape.get("unaided") else 0,
        }
        self.matches = MATCHES * experts
        for name, size in self.sizes.items():
            if not size:
                continue
            self.add_module(name, nn.Linear(width, size))
            if name.endswith("gate"):
                matches = nn.Parameter(torch.zeros(size, self.matches))
                getattr(self, name).register_parameter("matches", matches)

    def forward(self, x, batch):
        found = {name: getattr(self, name)(x) for name, size in self.sizes.items() if size}
        for head, gate, logs in (("action", "gate", "experts"), ("time", "time_gate", "time_experts")):
            if gate not in found:
                continue
            matches = batch["features"][..., -self.matches :]
            weights = functional.softplus(found[gate] + matches @ getattr(self, gate).matches.T)
            votes = batch[logs].unflatten(-1, (self.sizes[gate], self.sizes[head]))
            found[head] = found[head] + (weights.unsqueeze(-1) * votes).sum(-2)
        return found


class Network(nn.Module):
    """Returns the outputs of each branch: of the recurrent layers, and of the feed-forward network if there is one."""

    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.embeddings = shape["embeddings"]
        self.tables = nn.ParameterList(
            torch.zeros(e["categories"], e["units"]) for e in self.embeddings
        )
        width = shape["features"] - sum(e["categories"] - e["units"] for e in self.embeddings)
        units, feed_forward = shape["units"], shape.get("feedForward", 0)
        kind = nn.LSTM if shape["cell"] == "lstm" else nn.GRU
        # One module for each layer: dropout between them has masks of its own.
        self.layers = nn.ModuleList(
            kind(units if layer else width, units, batch_first=True)
            for layer in range(shape["layers"])
        )
        self.heads = Heads(shape, units)
        self.feed_forward = nn.Linear(width, feed_forward) if feed_forward else None
        if feed_forward:
            self.feed_forward_heads = Heads(shape, feed_forward)
        # Widths of what dropout acts on.
        self.dropped = [width] + [units] * shape["layers"] + ([feed_forward] if feed_forward else [])

    def forward(self, batch, masks=None):
        masks = iter(masks or [1] * len(self.dropped))
        x = self._embed(batch["features"]) * next(masks)
        hidden = x
        for layer in self.layers:
            hidden = layer(hidden)[0] * next(masks)
        branches = [self.heads(hidden, batch)]
        if self.feed_forward is not None:
            hidden = torch.relu(self.feed_forward(x)) * next(masks)
            branches.append(self.feed_forward_heads(hidden, batch))
        return branches

    def _embed(self, features):
        pieces, at = [], 0
        for entry, table in zip(self.embeddings, self.tables):
            end = entry["offset"] + entry["categories"]
            # A product, as a dropped field has no 1 in its block.
            pieces += [features[..., at : entry["offset"]], features[..., entry["offset"] : end] @ table]
            at = end
        return torch.cat([*pieces, features[..., at:]], -1)

    def file_names(self):
        """The parameters by their names in a checkpoint file."""
        found = {f"embedding.{e['name']}.weight": t for e, t in zip(self.embeddings, self.tables)}
        for i, layer in enumerate(self.layers):
            for name, parameter in layer.named_parameters():
                found[f"{self.shape['cell']}.{name[:-1]}{i}"] = parameter
        found.update(self.heads.named_parameters())
        if self.feed_forward is not None:
            for part in (self.feed_forward, self.feed_forward_heads):
                found.update((f"feed_forward.{name}", p) for name, p in part.named_parameters())
        return found

    def load(self, file):
        """Takes over the weights of a checkpoint file (TensorFile)."""
        with torch.no_grad():
            for name, parameter in self.file_names().items():
                parameter.copy_(file.tensor(name).reshape(parameter.shape))


def prediction(branches):
    """The mean of the branches' outputs."""
    return {name: sum(one[name] for one in branches) / len(branches) for name in branches[0]}


def losses(outputs, batch, weights):
    """Sums over the targets of a batch: the weighted loss, that of each head, targets and correct guesses."""
    at = batch["mask"][..., 0] > 0
    total = {"loss": outputs["action"].new_zeros(()), "targets": at.sum()}
    actions = batch["actions"][..., 0][at].long()
    for head, name, targets in (
        ("action", "action", actions),
        ("time", "time", batch["time_bins"][..., 0][at].long()),
        ("unaided", "unaided", actions),
    ):
        if head in outputs:
            loss = functional.cross_entropy(outputs[head][at].float(), targets, reduction="sum")
            total[name] = loss
            total["loss"] = total["loss"] + weights[name] * loss
    if "values" in outputs:
        known = ~batch["values"].isnan() & at.unsqueeze(-1)
        deviations = outputs["values"][known].float() - batch["values"][known]
        total["values"] = deviations.square().sum()
        total["loss"] = total["loss"] + weights["values"] * total["values"]
    total["correct"] = (outputs["action"][at].argmax(-1) == actions).sum()
    return total
