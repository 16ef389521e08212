"""Formula weights of small vision transformers: what SplitMix64 draws by the name of each parameter. Needs PyTorch and NumPy."""
import math

import numpy as np
import torch

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
SEED = 20261124
SIDE, PATCH, WIDTH, HEADS, DEPTH, CLASSES = 24, 4, 16, 2, 3, 5


def uniform(name, count):
    h = 0xCBF29CE484222325
    for byte in name.encode():
        h = ((h ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    with np.errstate(over="ignore"):
        z = np.uint64(h ^ SEED) + np.arange(1, count + 1, dtype=np.uint64) * GOLDEN
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(40)).astype(np.float64) / float(1 << 24)


def fill(parameters):
    """Sets parameters, which are pairs of a name and a tensor."""
    for name, tensor in parameters:
        signed = 2 * uniform(name, tensor.numel()) - 1
        fan = np.prod(tensor.shape[1:]) if tensor.dim() >= 2 else 6
        values = (math.sqrt(6 / fan) * signed).astype(np.float32)
        if name.endswith("places") or name.endswith("token"):
            values = signed.astype(np.float32)
        if "norm" in name:
            values = (1 + .3 * signed if name.endswith("weight") else .3 * signed).astype(np.float32)
        tensor.data.copy_(torch.from_numpy(values.reshape(tensor.shape)).to(tensor.dtype))
