"""Networks in folders like those in models/, written in PyTorch from the descriptions of torchvision and timm, with the weights
that are there.

Every activation is a module of its own and every sum a module of Zennit's, as Captum's DeepLIFT and Zennit need it. A residual's
scale is part of its last convolution. Batch norms are as they are; who wants them folded folds them.
"""
import json
import pathlib
import struct

import numpy as np
import torch
from torch import nn
from zennit.layer import Sum


def weights(folder):
    """The tensors of weights.safetensors in float64."""
    with open(pathlib.Path(folder, "weights.safetensors"), "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            values = np.frombuffer(data[begin:end], {"F32": "<f4", "F16": "<f2"}[entry["dtype"]])
            tensors[name] = torch.from_numpy(values.astype(np.float64).reshape(entry["shape"]))
    return tensors


def shape_of(tensors, name):
    return tuple(tensors[name].shape)


class MaxPool(nn.Module):
    """On a tensor of its own: Captum's hooks of an activation and of a maximum right after it sit on one tensor."""

    def __init__(self, kernel, stride):
        super().__init__()
        self.pool = nn.MaxPool2d(kernel, stride)

    def forward(self, x):
        return self.pool(x.clone())


def vgg16(tensors):
    features = []
    for width in (64, 64, "M", 128, 128, "M", 256, 256, 256, "M", 512, 512, 512, "M", 512, 512, 512, "M"):
        if width == "M":
            features.append(MaxPool(2, 2))
        else:
            out, into = shape_of(tensors, f"features.{len(features)}.weight")[:2]
            norm = [nn.BatchNorm2d(out)] if f"features.{len(features) + 1}.weight" in tensors else []
            features += [nn.Conv2d(into, out, 3, padding=1), *norm, nn.ReLU()]
    head, flat = shape_of(tensors, "classifier.0.weight")
    classifier = [nn.Linear(flat, head), nn.ReLU(), nn.Dropout(), nn.Linear(head, head), nn.ReLU(), nn.Dropout(),
                  nn.Linear(head, 1)]
    side = int((flat / out) ** .5)
    net = nn.Sequential()
    net.features = nn.Sequential(*features)
    net.avgpool = nn.AdaptiveAvgPool2d(side)
    net.flatten = nn.Flatten()
    net.classifier = nn.Sequential(*classifier)
    return net


class Join(nn.ModuleList):
    """Branches side by side."""

    def forward(self, x):
        return torch.cat([branch(x) for branch in self], 1)


class Block(nn.Module):
    """x + scale * (1x1 convolution of the joined branches), which has the scale already."""

    def __init__(self, branches, conv2d, last):
        super().__init__()
        self.branches, self.conv2d, self.sum = branches, conv2d, Sum()
        self.relu = nn.Identity() if last else nn.ReLU()

    def forward(self, x):
        return self.relu(self.sum(torch.stack([x, self.conv2d(self.branches(x))], -1)))


def inception_resnet_v2(tensors):
    def conv(name, stride=1, same=True):
        out, into, *kernel = shape_of(tensors, name + ".conv.weight")
        padding = [side // 2 if same else 0 for side in kernel]
        unit = nn.Sequential(nn.Conv2d(into, out, kernel, stride, padding, bias=False), nn.BatchNorm2d(out, eps=1e-3), nn.ReLU())
        load(unit[0], tensors, name + ".conv")
        load(unit[1], tensors, name + ".bn")
        return unit

    def branch(name, shrink=False):
        """Its units; the last one halves the map where the block does."""
        names = [name] if name + ".conv.weight" in tensors else [
            f"{name}.{i}" for i in range(3) if f"{name}.{i}.conv.weight" in tensors]
        return nn.Sequential(*[
            conv(each, 2, False) if shrink and each == names[-1] else conv(each) for each in names])

    def block(name, scale, last=False):
        branches = [branch(f"{name}.branch{i}") for i in range(3)
                    if any(key.startswith(f"{name}.branch{i}.") for key in tensors)]
        out, into = shape_of(tensors, name + ".conv2d.weight")[:2]
        up = nn.Conv2d(into, out, 1)
        load(up, tensors, name + ".conv2d", scale)
        return Block(Join(branches), up, last)

    def repeat(name, scale):
        count = len({key.split(".")[1] for key in tensors if key.startswith(name + ".")})
        return nn.Sequential(*[block(f"{name}.{i}", scale) for i in range(count)])

    net = nn.Sequential()
    for name, module in (
            ("conv2d_1a", conv("conv2d_1a", 2, False)), ("conv2d_2a", conv("conv2d_2a", 1, False)),
            ("conv2d_2b", conv("conv2d_2b")), ("maxpool_3a", MaxPool(3, 2)),
            ("conv2d_3b", conv("conv2d_3b")), ("conv2d_4a", conv("conv2d_4a", 1, False)), ("maxpool_5a", MaxPool(3, 2)),
            ("mixed_5b", Join([branch("mixed_5b.branch0"), branch("mixed_5b.branch1"), branch("mixed_5b.branch2"),
                               nn.Sequential(nn.AvgPool2d(3, 1, 1, count_include_pad=False), conv("mixed_5b.branch3.1"))])),
            ("repeat", repeat("repeat", .17)),
            ("mixed_6a", Join([branch("mixed_6a.branch0", True), branch("mixed_6a.branch1", True), MaxPool(3, 2)])),
            ("repeat_1", repeat("repeat_1", .10)),
            ("mixed_7a", Join([branch(f"mixed_7a.branch{i}", True) for i in range(3)] + [MaxPool(3, 2)])),
            ("repeat_2", repeat("repeat_2", .20)),
            ("block8", block("block8", 1, True)), ("conv2d_7b", conv("conv2d_7b")),
            ("global_pool", nn.AdaptiveAvgPool2d(1)), ("flatten", nn.Flatten()),
            ("classif", nn.Linear(shape_of(tensors, "classif.weight")[1], 1))):
        net.add_module(name, module)
    load(net.classif, tensors, "classif")
    return net


class Same(nn.Module):
    """TensorFlow's SAME padding: the odd position behind."""

    def __init__(self, kernel, stride):
        super().__init__()
        self.kernel, self.stride = kernel, stride

    def forward(self, x):
        rows, columns = [max(0, (-(-size // self.stride) - 1) * self.stride + self.kernel - size) for size in x.shape[2:]]
        return nn.functional.pad(x, (columns // 2, columns - columns // 2, rows // 2, rows - rows // 2))


class Residual(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner, self.sum = inner, Sum()

    def forward(self, x):
        return self.sum(torch.stack([x, self.inner(x)], -1))


def mobilenet_v2(tensors):
    def conv(name, stride, activated):
        out, into, kernel, _ = shape_of(tensors, name + ".weight")
        depthwise = into == 1 and name != "features.0.0"
        layer = nn.Conv2d(out if depthwise else into, out, kernel, stride, groups=out if depthwise else 1)
        load(layer, tensors, name)
        return nn.Sequential(Same(kernel, stride), layer, *([nn.ReLU6()] if activated else []))

    features = [conv("features.0.0", 2, True)]
    for expansion, repeats, first in ((1, 1, 1), (6, 2, 2), (6, 3, 2), (6, 4, 2), (6, 3, 1), (6, 3, 2), (6, 1, 1)):
        for i in range(repeats):
            name, stride = f"features.{len(features)}.conv", first if i == 0 else 1
            parts = [conv(f"{name}.0.0", 1 if expansion > 1 else stride, True)]
            parts += [conv(f"{name}.1.0", stride, True)] if expansion > 1 else []
            narrow = f"{name}.{len(parts)}"
            inner = nn.Sequential(*parts, conv(narrow, 1, False))
            same = parts[0][1].in_channels == shape_of(tensors, narrow + ".weight")[0]
            features.append(Residual(inner) if stride == 1 and same else inner)
    features.append(conv("features.18.0", 1, True))
    net = nn.Sequential()
    net.features = nn.Sequential(*features)
    net.avgpool, net.flatten = nn.AdaptiveAvgPool2d(1), nn.Flatten()
    net.classifier = nn.Linear(shape_of(tensors, "classifier.1.weight")[1], 1)
    load(net.classifier, tensors, "classifier.1")
    return net


def load(module, tensors, name, scale=1.0):
    for key, tensor in module.state_dict().items():
        if key != "num_batches_tracked":
            tensor.copy_(scale * tensors[f"{name}.{key}"])


class Normalised(nn.Module):
    """Takes values of gray or of channels, from 0 to 1."""

    def __init__(self, net, mean, sd):
        super().__init__()
        self.net = net
        self.mean, self.sd = [torch.tensor(values).reshape(1, -1, 1, 1) for values in (mean, sd)]

    def normalised(self, x):
        return (x - self.mean) / self.sd

    def forward(self, x):
        return self.net(self.normalised(x))


def opened(models, name):
    """The network of that folder as a module that takes pictures, and their side and channels."""
    card = json.loads(pathlib.Path(models, name, "model.json").read_text())
    tensors = weights(pathlib.Path(models, name))
    torch.set_default_dtype(torch.float64)
    if card["architecture"]["kind"] == "vgg16":
        net = vgg16(tensors)
        net.load_state_dict({**net.state_dict(), **tensors})
    elif card["architecture"]["kind"] == "inception-resnet-v2":
        net = inception_resnet_v2(tensors)
    else:
        net = mobilenet_v2(tensors)
    net = net.eval()
    for parameter in net.parameters():
        parameter.requires_grad_(False)
    model = Normalised(net, card["preprocessing"]["mean"], card["preprocessing"]["sd"])
    return model, card["input"]["height"], card["input"]["channels"]
