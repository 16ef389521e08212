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
import re
import sys
import types

import torch

from formula_weights import CLASSES, DEPTH, HEADS, PATCH, SIDE, WIDTH, fill

EPSILON = 1e-12
NAMES = {"patch_embed.proj": "patches", "cls_token": "token", "pos_embed": "places", ".mlp.": "."}


def named(model):
    """Parameters by their names in attention_maps.py; v_proj is a view of a part of qkv."""
    for name, tensor in model.named_parameters():
        for old, new in NAMES.items():
            name = name.replace(old, new)
        if "v_proj" not in name:
            yield name, tensor


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
    fill(named(net))
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
