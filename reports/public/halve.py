"""Stores the convolutions and linear layers of a model of whisker in half precision, and the rest as it is.

    python3 reports/public/halve.py models/NAME

Rewrites weights.safetensors and its SHA-256 in model.json. Weights beyond the range of half precision are refused.
"""
import hashlib
import json
import pathlib
import struct
import sys

import numpy as np


def halved(data):
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + size])
    body = data[8 + size :]
    parts, at = [], 0
    for name, tensor in header.items():
        if name == "__metadata__":
            continue
        begin, end = tensor["data_offsets"]
        part = body[begin:end]
        if tensor["dtype"] == "F32" and len(tensor["shape"]) >= 2:
            values = np.frombuffer(part, "<f4")
            if np.abs(values).max() > 65504:
                sys.exit(f"{name} has a weight beyond 65,504")
            part, tensor["dtype"] = values.astype("<f2").tobytes(), "F16"
        tensor["data_offsets"] = [at, at + len(part)]
        at += len(part)
        parts.append(part)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + b"".join(parts)


def main():
    folder = pathlib.Path(sys.argv[1])
    card, weights = folder / "model.json", folder / "weights.safetensors"
    before = weights.read_bytes()
    after = halved(before)
    text = card.read_text()
    old, new = hashlib.sha256(before).hexdigest(), hashlib.sha256(after).hexdigest()
    if old not in text:
        sys.exit(f"{card} has another SHA-256 than {weights}")
    weights.write_bytes(after)
    card.write_text(text.replace(old, new).replace(str(len(before)), str(len(after))))


if __name__ == "__main__":
    main()
