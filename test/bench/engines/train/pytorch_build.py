"""Prints how this PyTorch is built and which linear algebra libraries a product of matrices loads."""

import json
import os
import re

import torch

torch.mm(torch.ones(64, 64), torch.ones(64, 64))
loaded = set()
try:
    with open("/proc/self/maps") as maps:
        loaded = {path for path in re.findall(r"/\S+", maps.read()) if re.search("blas|mkl|blis|atlas", path)}
except OSError:
    pass  # Only Linux has it.
print(
    json.dumps(
        {
            "version": torch.__version__,
            "config": torch.__config__.show(),
            "loaded": sorted(loaded),
            "coreType": os.environ.get("OPENBLAS_CORETYPE"),
        }
    )
)
