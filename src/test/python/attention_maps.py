#!/usr/bin/env python3
"""Two small vision transformers on formula weights as ONNX files, and maps of a picture by other code.

    attention_maps.py FOLDER     writes FOLDER/class.onnx, FOLDER/averaged.onnx and FOLDER/attention.json

AttnLRP is that of LXT 2.1 (arXiv 2402.05602): its own functions for norms, activations and attention. Attention rollout and
generic attention explainability are written out from their equations (arXiv 2005.00928; 2103.15679, equations 5 and 6), and do
as hila-chefer/Transformer-Explainability and Transformer-MM-Explainability do. Grad-CAM is written out, too: that of
pytorch-grad-cam before its ReLU, with a reshape_transform that drops the class token. All in float64. Needs PyTorch, NumPy, LXT
(which imports transformers 4.56) and onnx.
"""
import json
import sys

import torch
from torch import nn
from lxt.efficient.patches import layer_norm_forward, non_linear_forward, patch_method, wrap_attention_forward

from formula_weights import CLASSES, DEPTH, HEADS, PATCH, SIDE, WIDTH, fill, uniform


def eager(module, query, key, value, scaling):
    module.attention = torch.softmax(query @ key.transpose(-1, -2) * scaling, -1)
    if module.attention.requires_grad:
        module.attention.retain_grad()
    return module.attention @ value


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv, self.proj = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.how = eager

    def forward(self, x):
        n, t, _ = x.shape
        q, k, v = self.qkv(x).reshape(n, t, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        x = self.how(self, q, k, v, scaling=(WIDTH // HEADS) ** -.5)
        return self.proj(x.transpose(1, 2).reshape(n, t, WIDTH))


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.attn, self.norm2 = nn.LayerNorm(WIDTH, 1e-6), Attention(), nn.LayerNorm(WIDTH, 1e-6)
        self.fc1, self.act, self.fc2 = nn.Linear(WIDTH, 2 * WIDTH), nn.GELU(), nn.Linear(2 * WIDTH, WIDTH)

    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        return x + self.fc2(self.act(self.fc1(self.norm2(x))))


class Vit(nn.Module):
    def __init__(self, with_class):
        super().__init__()
        tokens = (SIDE // PATCH) ** 2 + with_class
        self.patches = nn.Conv2d(3, WIDTH, PATCH, PATCH)
        self.token = nn.Parameter(torch.zeros(1, 1, WIDTH)) if with_class else None
        self.places = nn.Parameter(torch.zeros(1, tokens, WIDTH))
        self.blocks = nn.ModuleList(Block() for _ in range(DEPTH))
        self.norm, self.head = nn.LayerNorm(WIDTH, 1e-6), nn.Linear(WIDTH, CLASSES)

    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2)
        if self.token is not None:
            x = torch.cat([self.token.expand(x.shape[0], -1, -1), x], 1)
        x = x + self.places
        for block in self.blocks:
            x = block(x)
        x = self.norm(x)
        return self.head(x[:, 0] if self.token is not None else x.mean(1))


def not_cat(logits):
    """Class 0 is cat."""
    return torch.logsumexp(logits[:, 1:], 1) - logits[:, 0]


def followed(steps):
    """What reaches the last tokens from the first, over steps from one layer to the next: a row a token."""
    reached = torch.eye(steps[0].shape[-1])
    for step in steps:
        reached = step @ reached
    return reached


def readout(matrix, with_class):
    return matrix[0, 1:] if with_class else matrix.mean(0)


def maps(net, x, with_class):
    found = {}
    x = x.clone().requires_grad_()
    kept = []
    hook = net.blocks[-1].norm1.register_forward_hook(lambda m, i, o: kept.append(o) or o.retain_grad())
    logit = not_cat(net(x)).sum()
    logit.backward()
    hook.remove()
    found["logit"] = logit.detach().reshape(1)
    attention = [b.attn.attention for b in net.blocks]
    same = torch.eye(attention[0].shape[-1])
    rollout = followed([(a.detach()[0].mean(0) + same) / 2 for a in attention])
    found["attention-rollout"] = readout(rollout, with_class)
    for_cat = [(-a.grad * a.detach())[0].relu().mean(0) for a in attention]  # minus the gradient of not-cat
    found["attention-relevance"] = readout(followed([same + step for step in for_cat]), with_class)
    keys = sum((a.detach() * a.grad).sum((0, 1, 2)) for a in attention)
    found["attention-x-gradient"] = keys[1:] if with_class else keys
    side = SIDE // PATCH
    reshape_transform = lambda t: t[:, 1 if with_class else 0:].reshape(1, side, side, WIDTH).permute(0, 3, 1, 2)
    activations, grads = reshape_transform(kept[0].detach()), reshape_transform(kept[0].grad)
    found["grad-cam"] = (grads.mean((2, 3), keepdim=True) * activations).sum(1).flatten()
    for block in net.blocks:
        block.attn.how = wrap_attention_forward(eager)
        block.act.original_forward = block.act.forward
    lxt(net)
    x = x.detach().clone().requires_grad_()
    not_cat(net(x)).sum().backward()
    found["lrp-attention"] = (x * x.grad).sum(1).flatten()
    return {name: [float(v) for v in values.detach().flatten()] for name, values in found.items()}


def lxt(net):
    for module in net.modules():
        if isinstance(module, nn.LayerNorm):
            module.forward = layer_norm_forward.__get__(module)
        if isinstance(module, nn.GELU):
            module.forward = non_linear_forward.__get__(module)


def main(folder):
    torch.set_default_dtype(torch.float64)
    gray = torch.from_numpy(uniform("picture", SIDE * SIDE).astype(np.float32)).to(torch.float64)
    x = ((gray - .5) / .25).reshape(1, 1, SIDE, SIDE).expand(1, 3, SIDE, SIDE).contiguous()
    found = {"picture": [float(v) for v in gray]}
    for name, with_class in (("class", True), ("averaged", False)):
        net = Vit(with_class).eval()
        fill(net.named_parameters())
        small = Vit(with_class).eval().float()
        small.load_state_dict(net.state_dict())
        small.eval()
        with torch.no_grad():
            torch.onnx.export(small, (x.float(),), f"{folder}/{name}.onnx", input_names=["image"], output_names=["logits"],
                              opset_version=17, dynamo=False)
        found[name] = maps(net, x, with_class)
    with open(f"{folder}/attention.json", "w") as out:
        json.dump(found, out)


main(sys.argv[1])
