#!/usr/bin/env python3
"""Position-aware LRP of the small vision transformer of attention_maps.py, by its authors' code.

    position_maps.py CLONE FOLDER     reads FOLDER/attention.json, writes FOLDER/position.json

CLONE is YardenBakish/PE-AWARE-LRP (arXiv 2506.02138) at 51eb418, whose models and layers run as they are, but for what AttnLRP
does otherwise and what the fixture's size needs:
- rules: epsilon in linear layers and norms, halves in products (their epsilon_rule), epsilon in the convolution (their gamma
  rule with a gamma of 0); by queries and keys, too (their cp_rule is off);
- a softmax to first order, as LXT's, where theirs passes relevance on as it is;
- stabilisers of 1e-12 in place of 1e-6;
- patches of 4 pixels of 24 in place of 16 of 224, and no clamp, so that values below 0 are kept.
All in float64. Needs PyTorch, NumPy, einops and Zennit.
"""
import functools
import json
import math
import re
import sys
import types

import numpy as np
import torch

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
SEED = 20261124
SIDE, PATCH, WIDTH, HEADS, DEPTH, CLASSES = 24, 4, 16, 2, 3, 5
EPSILON = 1e-12
NAMES = {"patch_embed.proj": "patches", "cls_token": "token", "pos_embed": "places", ".mlp.": "."}


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


def fill(model):
    for name, tensor in model.named_parameters():
        if "v_proj" in name:
            continue  # a view of a part of qkv
        for old, new in NAMES.items():
            name = name.replace(old, new)
        signed = 2 * uniform(name, tensor.numel()) - 1
        fan = np.prod(tensor.shape[1:]) if tensor.dim() >= 2 else 6
        values = (math.sqrt(6 / fan) * signed).astype(np.float32)
        if name.endswith("places") or name.endswith("token"):
            values = signed.astype(np.float32)
        if "norm" in name:
            values = (1 + .3 * signed if name.endswith("weight") else .3 * signed).astype(np.float32)
        tensor.data.copy_(torch.from_numpy(values.reshape(tensor.shape)).to(tensor.dtype))


def theirs(clone):
    sys.path.insert(0, clone)
    for unused in ("cv2", "matplotlib", "matplotlib.pyplot"):
        sys.modules[unused] = types.ModuleType(unused)
    import modules.layers_ours as layers
    stable = layers._stabilize
    layers._stabilize = lambda value, epsilon=1e-6, inplace=False: stable(value, EPSILON, inplace)
    source = open(f"{clone}/models/model.py").read()
    source = source.replace("224 // 16", "24 // 4").replace("16*16", "4*4").replace("224, 224", "24, 24")
    source = re.sub(r"(start_.) = (.) \* 16", r"\1 = \2 * 4", source)
    source = re.sub(r"(start_.):(start_.)\+16", r"\1:\2+4", source)
    source = source.replace(".clamp(min=0)", "")
    model = types.ModuleType("model")
    exec(compile(source, "model.py", "exec"), model.__dict__)
    return layers, model


def main(clone, folder):
    torch.set_default_dtype(torch.float64)
    layers, model = theirs(clone)

    class Softmax(layers.Softmax):
        def relprop(self, R, **rules):
            return self.X * (R - self.Y * R.sum(-1, keepdim=True))

    norm = functools.partial(layers.CustomLRPLayerNorm, eps=1e-6)
    net = model.VisionTransformer(
        img_size=SIDE, patch_size=PATCH, num_classes=CLASSES, embed_dim=WIDTH, depth=DEPTH, num_heads=HEADS, mlp_ratio=2,
        layer_norm=norm, last_norm=norm, activation=layers.GELU(), attn_activation=Softmax(dim=-1))
    # one of each is shared by all blocks, which keeps what the last one read
    for block in net.blocks:
        block.attn.attn_activation, block.mlp.act = Softmax(dim=-1), layers.GELU()
    net.eval()
    fill(net)
    with open(f"{folder}/attention.json") as file:
        known = json.load(file)
    gray = torch.tensor(known["picture"])
    x = ((gray - .5) / .25).reshape(1, 1, SIDE, SIDE).expand(1, 3, SIDE, SIDE).contiguous()
    outputs = net(x)
    logits = outputs.detach().requires_grad_()
    not_cat = torch.logsumexp(logits[:, 1:], 1) - logits[:, 0]
    assert abs(not_cat.item() - known["class"]["logit"][0]) < 1e-9, (not_cat.item(), known["class"]["logit"])
    derivative, = torch.autograd.grad(not_cat.sum(), logits)
    rules = dict(alpha=1, epsilon_rule=True, gamma_rule=False, default_op=False, conv_gamma_rule=0)
    found = {}
    for name, method in (("position", "full_POS_ENC_PE_ONLY"), ("lrp-position", "full_POS_ENC")):
        net(x)  # a pass back changes what layers keep
        relevance = (logits * derivative).detach()
        found[name] = net.relprop(relevance, method=method, conv_prop_rule="gammaConv", **rules)
    found = {name: [float(f"{v:.9g}") for v in values.detach().flatten()] for name, values in found.items()}
    with open(f"{folder}/position.json", "w") as out:
        json.dump({"class": found}, out)


main(sys.argv[1], sys.argv[2])
