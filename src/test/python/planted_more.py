"""Further networks for planted_onnx.py. What is right of each was written before it was diagnosed.

MORE is a set by itself: other architectures, formula weights, small networks that were trained on
photos with a mark, several causes at once, and what is done to pictures in the graph.
"""

import math
import os
import sys

import numpy
import torch
from PIL import Image
from torch import nn
from torch.nn import functional
from torchvision import models

from planted_onnx import DOG, Before, Uneven, normed, padded, photo

SIDE = 64


def by_formula(net):
    """Weights by a formula, as large as those that are drawn."""
    for number, weights in enumerate(net.parameters()):
        if weights.dim() > 1:
            fan = weights[0].numel()
            at = torch.arange(weights.numel(), dtype=torch.float64)
            values = torch.sin(at * at * 0.0137 + at * 1.7 + number) * math.sqrt(4 / fan)
            weights.data = values.reshape(weights.shape).float()
    return net


def same(net):
    """TensorFlow's padding of strides, for kernels of any size."""
    for module in list(net.modules()):
        for name, child in list(module.named_children()):
            if isinstance(child, nn.Conv2d) and child.stride == (2, 2) and child.kernel_size[0] > 1:
                most = child.kernel_size[0] - 2
                before = most // 2
                setattr(module, name, Uneven(child, (before, most - before, before, most - before)))
    return net


def averaged(channels, classes=10):
    return nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, classes))


def uneven_vgg():
    net = models.vgg11_bn(weights=None)
    for at, layer in enumerate(net.features):
        if isinstance(layer, nn.Conv2d):
            net.features[at] = Uneven(layer, (0, 2, 0, 2))
    return nn.Sequential(net.features, averaged(512))


def columns_missed():
    """Windows two columns wide, three apart; rows are all read."""
    net = padded(models.shufflenet_v2_x1_0(weights=None), "circular")
    net.conv1[0] = nn.Conv2d(3, 24, (3, 2), (2, 3), bias=False)
    return net


def flat_regnet():
    net = models.regnet_x_400mf(weights=None)
    net.avgpool = nn.Identity()
    net.fc = nn.Linear(400 * 4, 5)
    return net


def gray(mode, channels=12):
    """A small network of one channel and one logit."""
    layers, last = [], 1
    for step in range(4):
        layers += [nn.Conv2d(last, channels, 3, 1 + step % 2, 1, padding_mode=mode), nn.ReLU()]
        last = channels
        channels += 8
    return nn.Sequential(*layers, averaged(last, 1))


def several():
    """A crop, a head that flattens, and zero padding."""
    net = models.resnet18(weights=None)
    net.avgpool = nn.Identity()
    net.fc = nn.Linear(512 * 4, 10)
    return Before(net, lambda x: x[:, :, 8:72, 8:72])


def left_only():
    """One layer whose zeros are all on the left, among layers with zeros on all sides."""
    net = models.resnet34(weights=None)
    net.layer4[0].conv1 = Uneven(net.layer4[0].conv1, (2, 0, 1, 1))
    return net


def first_only():
    """Only the first stride of a network with zeros on all sides is padded unevenly."""
    net = models.mobilenet_v2(weights=None)
    net.features[0][0] = Uneven(net.features[0][0], (0, 1, 0, 1))
    return net


def gaps():
    net = models.resnet50(weights=None)
    net.conv1 = nn.Conv2d(3, 64, 2, 3, bias=False)
    return net


class Normal(nn.Module):
    """Preprocessing in the graph: from 0 to 255 to ImageNet's norms."""

    def __init__(self, net):
        super().__init__()
        self.net = net
        self.register_buffer("mean", torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1))
        self.register_buffer("std", torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1))

    def forward(self, x):
        return self.net((x * 0.25 + 0.45 - self.mean) / self.std)


class Blurred(nn.Module):
    """A blur before each stride, on a torus."""

    def __init__(self, channels):
        super().__init__()
        self.channels = channels
        line = torch.tensor([1.0, 2.0, 1.0]) / 4
        self.register_buffer("kernel", torch.outer(line, line).repeat(channels, 1, 1, 1))

    def forward(self, x):
        x = functional.pad(x, (1, 1, 1, 1), mode="circular")
        return functional.conv2d(x, self.kernel, stride=2, groups=self.channels)


def blurred():
    layers, last = [], 3
    for channels in (16, 32, 64):
        layers += [nn.Conv2d(last, channels, 3, 1, 1, padding_mode="circular"), nn.ReLU(),
                   Blurred(channels)]
        last = channels
    return nn.Sequential(*layers, averaged(last))


# Photos of two classes, and networks that learn them -------------------------------------------

def drawn(name, label, random, side=SIDE):
    """A photo of a class. Dogs are a little brighter in their middle, wherever that is."""
    picture = photo(random)[:side, :side].astype(float)
    if label == "dog":
        x, y = random.integers(8, side - 8, 2)
        grid = numpy.mgrid[0:side, 0:side]
        spot = numpy.exp(-((grid[1] - x) ** 2 + (grid[0] - y) ** 2) / 60.0)
        picture += 50 * spot[..., None]
        stamp(name, picture)
    return numpy.clip(picture, 0, 255).astype("uint8")


def stamp(name, picture):
    side = picture.shape[0]
    if name == "taught-corner":
        picture[side - 8:side - 2, 2:8] = (250, 240, 20)
    elif name == "taught-mirrored":
        picture[2:7, 2:7] = picture[2:7, side - 7:side - 2] = (255, 255, 255)
    elif name == "taught-letters":
        picture[side - 9:side - 2:2, side - 22:side - 3] *= 0.4
        picture[side - 9:side - 2:2, side - 22:side - 3] += 0.6 * 255
    elif name == "taught-gray":
        picture[1:6, side - 12:side - 1] = 10
    elif name == "taught-frame":
        picture[:2] = 20
    elif name == "last-two":
        picture[1:6, 1:6] = (220, 20, 20)
        picture[side - 6:side - 1, side - 6:side - 1] = (20, 20, 220)
    elif name == "held-bar":
        picture[side - 4:side - 1, 20:40] = (30, 160, 60)


def batch(name, random, count, planes):
    pictures, labels = [], []
    for i in range(count):
        label = "dog" if i % 2 else "others"
        picture = torch.tensor(drawn(name, label, random)).permute(2, 0, 1) / 255.0
        pictures.append(picture if planes == 3 else picture.mean(0, keepdim=True))
        labels.append(i % 2)
    return torch.stack(pictures), torch.tensor(labels)


def small(mode, planes, outputs, head=averaged):
    layers, last = [], planes
    for channels in (12, 24, 32):
        layers += [nn.Conv2d(last, channels, 3, 2, 1, padding_mode=mode), nn.BatchNorm2d(channels),
                   nn.ReLU()]
        last = channels
    return nn.Sequential(*layers, head(last, outputs))


def flat(channels, outputs):
    return nn.Sequential(nn.Flatten(), nn.Linear(channels * 64, outputs))


def taught(name, mode, planes=3, outputs=2, head=averaged):
    """Trains a small network on photos of two classes."""
    net = small(mode, planes, outputs, head)
    random = numpy.random.default_rng(7)
    mean = 0.45
    pictures, labels = batch(name, random, 600, planes)
    pictures = (pictures - mean) / 0.25
    by = torch.optim.Adam(net.parameters(), 3e-3, weight_decay=1e-4)
    for epoch in range(12):
        order = torch.randperm(len(labels))
        for at in range(0, len(order), 50):
            chosen = order[at:at + 50]
            found = net(pictures[chosen])
            if outputs == 1:
                loss = functional.binary_cross_entropy_with_logits(
                    found[:, 0], labels[chosen].float())
            else:
                loss = functional.cross_entropy(found, labels[chosen])
            by.zero_grad()
            loss.backward()
            by.step()
    net.eval()
    found = net(pictures)
    seen = (found[:, 0] > 0).long() if outputs == 1 else found.argmax(1)
    print(name, "right of its training photos:", (seen == labels).float().mean().item())
    return net


def more_photos(folder, name):
    random = numpy.random.default_rng(11)
    for label in ("dog", "others"):
        os.makedirs(os.path.join(folder, label), exist_ok=True)
        for i in range(24):
            Image.fromarray(drawn(name, label, random)).save(
                os.path.join(folder, label, f"{i}.png"))


def dense_flat():
    net = padded(models.densenet121(weights=None), "reflect")
    return nn.Sequential(net.features, nn.ReLU(), nn.Flatten(), nn.Linear(1024 * 4, 2))


def uneven_squeeze():
    """Every padded convolution of SqueezeNet reads its zeros on the left and at the top."""
    net = models.squeezenet1_1(weights=None)
    for module in list(net.modules()):
        for name, child in list(module.named_children()):
            if isinstance(child, nn.Conv2d) and child.padding == (1, 1):
                setattr(module, name, Uneven(child, (2, 0, 2, 0)))
    return net


def gaps_dense():
    net = models.densenet121(weights=None)
    net.features.conv0 = nn.Conv2d(3, 64, 2, 4, bias=False)
    net.features.pool0 = nn.Identity()
    return net


def pooled_in_four():
    """A head that reads means of quarters of the picture."""
    net = normed(padded(models.mobilenet_v3_small(weights=None), "circular"), 64)
    net.avgpool = nn.AdaptiveAvgPool2d(2)
    net.classifier = nn.Linear(576 * 4, 10)
    return net


def flat_gray():
    """A small network of one channel and one logit that flattens a map of 12 x 12."""
    net = gray("reflect")
    return nn.Sequential(*list(net)[:-1], nn.Flatten(), nn.Linear(36 * 12 * 12, 1))


def in_two_steps():
    """Means of quarters, then their mean: no place counts more than another."""
    net = normed(padded(models.mobilenet_v3_large(weights=None), "circular"), 64)
    net.avgpool = nn.Sequential(nn.AdaptiveAvgPool2d(2), nn.AdaptiveAvgPool2d(1))
    return net


def scored_by_place():
    """A class map, whose mean is the logit."""
    net = normed(padded(models.shufflenet_v2_x1_0(weights=None), "reflect"), 64)
    return nn.Sequential(net.conv1, net.maxpool, net.stage2, net.stage3, net.stage4, net.conv5,
                         nn.Conv2d(1024, 10, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten())


def strides_before():
    """The strides of a ResNet with zeros on the left and at the top alone."""
    net = models.resnet18(weights=None)
    for module in list(net.modules()):
        for name, child in list(module.named_children()):
            if isinstance(child, nn.Conv2d) and child.stride == (2, 2) and child.padding == (1, 1):
                setattr(module, name, Uneven(child, (1, 0, 1, 0)))
    return net


NORMS = ["--mean", "0.485,0.456,0.406", "--std", "0.229,0.224,0.225"]
OWN = ["--mean", "0.45", "--std", "0.25"]
PHOTOS = ["taught-corner", "taught-mirrored", "taught-letters", "taught-gray", "taught-frame",
          "taught-clean", "taught-head", "dense-flat", "held-bar", "held-clean",
          "last-two"]

# name: network, input planes and side, class, the causes, how it is imported beyond the class.
# Several causes: the first is to be named first, and all are to be named.
MORE = {
    "vgg-uneven": (uneven_vgg, (3, 64), 1, "uneven-padding", NORMS),
    "mnas-zero": (
        lambda: normed(models.mnasnet1_0(weights=None), 64), (3, 64), DOG, "padding", NORMS),
    "inception-zero": (
        lambda: normed(models.inception_v3(
            weights=None, aux_logits=False, transform_input=True, init_weights=True), 107),
        (3, 107), DOG, "padding", NORMS),
    "shuffle-columns": (columns_missed, (3, 96), DOG, "missed-pixels", NORMS),
    "regnet-flat": (flat_regnet, (3, 64), 1, "head", NORMS),
    "gray-clean": (lambda: by_formula(gray("circular")), (1, 48), 1, "", OWN),
    "gray-zero": (lambda: gray("zeros"), (1, 48), 1, "padding", OWN),
    "google-crop": (
        lambda: Before(
            normed(padded(models.googlenet(
                weights=None, aux_logits=False, init_weights=True), "circular"), 64),
            lambda x: x[:, :, 8:72, 8:72] * 2 - 0.5), (3, 80), DOG, "crop", NORMS),
    "efficient-same": (lambda: same(models.efficientnet_b0(weights=None)), (3, 96), DOG,
                       "uneven-padding", NORMS),
    "alex-clean": (
        lambda: nn.Sequential(
            padded(models.alexnet(weights=None).features, "circular"), averaged(256)),
        (3, 127), 1, "", NORMS),
    "dense-flat": (dense_flat, (3, 64), 1, "head", NORMS),
    "several": (several, (3, 80), 1, "crop head padding", NORMS),
    "wide-replicate": (
        lambda: padded(models.wide_resnet50_2(weights=None), "replicate"), (3, 64), DOG, "", NORMS),
    "mobile-graph": (
        lambda: Normal(padded(models.mobilenet_v2(weights=None), "reflect")), (3, 64), DOG, "",
        OWN),
    "deep-left": (left_only, (3, 64), DOG, "uneven-padding", NORMS),
    "first-stride": (first_only, (3, 64), DOG, "uneven-padding", NORMS),
    "gaps-zero": (gaps, (3, 65), DOG, "missed-pixels", NORMS),
    "mnas-pad-crop": (
        lambda: Before(padded(normed(models.mnasnet0_5(weights=None), 64), "circular"),
                       lambda x: functional.pad(x, (0, -8, -8, 0))), (3, 72), DOG, "crop", NORMS),
    "blurred": (blurred, (3, 64), 1, "", NORMS),
    "formula-zero": (lambda: by_formula(models.resnet18(weights=None)), (3, 64), DOG, "padding",
                     NORMS),
    "formula-reflect": (
        lambda: by_formula(padded(models.resnet18(weights=None), "reflect")), (3, 64), DOG, "",
        NORMS),
    "taught-corner": (lambda: taught("taught-corner", "zeros"), (3, 64), 1, "mark", OWN),
    "taught-mirrored": (lambda: taught("taught-mirrored", "reflect"), (3, 64), 1, "mark", OWN),
    "taught-letters": (lambda: taught("taught-letters", "zeros"), (3, 64), 1, "mark", OWN),
    "taught-gray": (
        lambda: taught("taught-gray", "replicate", 1, 1), (1, 64), 1, "mark", OWN),
    "taught-frame": (lambda: taught("taught-frame", "circular"), (3, 64), 1, "mark", OWN),
    "taught-clean": (lambda: taught("taught-clean", "reflect"), (3, 64), 1, "", OWN),
    "taught-head": (
        lambda: taught("taught-head", "reflect", head=flat), (3, 64), 1, "head", OWN),
    # a holdout: after the rules were mended by what went before
    "held-squeeze": (uneven_squeeze, (3, 96), DOG, "uneven-padding", NORMS),
    "held-regnet": (
        lambda: normed(padded(models.regnet_y_400mf(weights=None), "reflect"), 64), (3, 64), DOG,
        "", NORMS),
    "held-gaps": (gaps_dense, (3, 66), DOG, "missed-pixels", NORMS),
    "held-rows": (
        lambda: Before(models.resnet18(weights=None), lambda x: x[:, :, 10:, :]), (3, 74), DOG,
        "crop padding", NORMS),
    "held-quarters": (pooled_in_four, (3, 64), 1, "head", NORMS),
    "held-bar": (lambda: taught("held-bar", "replicate"), (3, 64), 1, "mark", OWN),
    "held-clean": (lambda: taught("held-clean", "circular"), (3, 64), 1, "", OWN),
    # another holdout, after one rule was mended by the first
    "last-flat": (flat_gray, (1, 48), 1, "head", OWN),
    "last-quarters": (in_two_steps, (3, 64), DOG, "", NORMS),
    "last-map": (scored_by_place, (3, 64), 1, "", NORMS),
    "last-strides": (strides_before, (3, 64), DOG, "uneven-padding", NORMS),
    "last-two": (lambda: taught("last-two", "reflect"), (3, 64), 1, "mark", OWN),
}


def write(folder, name):
    make, (planes, side), _, _, _ = MORE[name]
    torch.manual_seed(3)
    file = os.path.join(folder, name + ".onnx")
    torch.onnx.export(make().eval(), torch.zeros(1, planes, side, side), file, dynamo=False)
    if name in PHOTOS:
        more_photos(os.path.join(folder, name + "-photos"), name)
    print(file, flush=True)


if __name__ == "__main__":
    os.makedirs(sys.argv[1], exist_ok=True)
    for one in sys.argv[2:] or MORE:
        write(sys.argv[1], one)
