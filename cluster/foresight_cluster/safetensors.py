"""Safetensors files, as phaser-foresight writes and reads them."""

import json
import mmap
import os
import struct
import zlib

import torch

# What may be learned (F32), and what is only copied, as its bytes.
DTYPES = {"F32": torch.float32, "I32": torch.int32}
SIZES = {"F32": 4, "I32": 4, "F16": 2, "U16": 2, "U8": 1, "I8": 1}


class TensorFile:
    """A file whose tensors are read where they are used: it may be larger than memory."""

    def __init__(self, path):
        with open(path, "rb") as file:
            # Private: torch wants bytes that it could write to.
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
        (length,) = struct.unpack("<Q", self._map[:8])
        self._start = 8 + length
        self.entries = json.loads(self._map[8 : self._start])
        self.metadata = self.entries.pop("__metadata__", {})
        end = max((entry["data_offsets"][1] for entry in self.entries.values()), default=0)
        if len(self._map) != self._start + end:
            raise ValueError(f"{path} was cut off: copy or export it again")

    def __contains__(self, name):
        return name in self.entries

    def bytes(self, name, begin=0, end=None):
        """A copy of a tensor's bytes, or of some of them."""
        first, last = self.entries[name]["data_offsets"]
        return self._map[self._start + first + begin : self._start + (last if end is None else first + end)]

    def tensor(self, name):
        """A view of the file; copy what is kept."""
        entry = self.entries[name]
        begin, end = entry["data_offsets"]
        dtype = DTYPES[entry["dtype"]]
        if begin == end:
            return torch.zeros(entry["shape"], dtype=dtype)
        count = (end - begin) // SIZES[entry["dtype"]]
        flat = torch.frombuffer(self._map, dtype=dtype, count=count, offset=self._start + begin)
        return flat.reshape(entry["shape"])


def _json(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def save_like(path, source, tensors, metadata):
    """Writes `source` again with these tensors and metadata in place of its own of the same name; all or nothing."""
    metadata = {**source.metadata, **metadata}
    metadata.pop("checksum", None)
    entries, pieces, end = {}, {}, 0
    for name, entry in sorted(source.entries.items(), key=lambda item: -SIZES[item[1]["dtype"]]):
        data = source.bytes(name)
        if name in tensors:
            tensor = tensors[name].detach().to("cpu", torch.float32).contiguous()
            if entry["dtype"] != "F32" or list(tensor.shape) != entry["shape"]:
                raise ValueError(f'"{name}" has another shape or type than in the start model')
            data = bytes(tensor.numpy().tobytes()) if tensor.numel() else b""
        pieces[name] = data
        entries[name] = {**entry, "data_offsets": [end, end + len(data)]}
        end += len(data)
    metadata["checksum"] = _checksum(entries, pieces, metadata)
    header = _json({"__metadata__": metadata, **entries}).encode()
    header += b" " * (-len(header) % 8)
    unfinished = f"{path}.unfinished"
    with open(unfinished, "wb") as file:
        file.write(struct.pack("<Q", len(header)) + header)
        for data in pieces.values():
            file.write(data)
    os.replace(unfinished, path)


def _checksum(entries, pieces, metadata):
    """The CRC-32 that src/model/safetensors.ts checks: of names, shapes, metadata and data."""
    names = sorted(entries)
    described = [[name, entries[name]["dtype"], entries[name]["shape"]] for name in names]
    crc = zlib.crc32(_json([sorted(map(list, metadata.items())), described]).encode())
    for name in names:
        crc = zlib.crc32(pieces[name], crc)
    return f"{crc:08x}"
