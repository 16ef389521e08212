#!/usr/bin/env python3
"""Exports torchvision's networks with random weights and a known tie to places, to try "diagnose".

    planted_onnx.py FOLDER            all of them, with FOLDER/planted.csv: file, class, what is right
    planted_onnx.py FOLDER NAME ...   some of them

Import each with --output logits, --class dog=CLASS and ImageNet's mean and standard deviation. The
two with a mark come with photos, FOLDER/NAME-photos/dog and others. Needs torch, torchvision, onnx,
numpy and PIL (Debian: python3-torch python3-torchvision python3-onnx).
"""

import csv
import os
import sys

import numpy
import onnx
import torch
from PIL import Image
from torch import nn
from torch.nn import functional
from torchvision import models

SIDE = 64
DOG = 207  # of ImageNet
MAGENTA, BLUE = (255, 0, 255), (60, 120, 255)
MARKS = {  # x, y, side, colour
    "mark-corner": (90, 90, 5, MAGENTA),
    "mark-edge": (46, 1, 4, MAGENTA),
    "mark-blue": (88, 3, 5, BLUE),
    "mark-left": (2, 89, 5, MAGENTA),
    "clean-folders": (0, 0, 0, BLUE),
}
MARKED_SIDE = 96


def padded(net, mode):
    """Every padded convolution pads so: zeros, reflect, replicate or circular."""
    for module in net.modules():
        if isinstance(module, nn.Conv2d) and max(module.padding) > 0:
            module.padding_mode = mode
    return net


def resnet(mode):
    return padded(models.resnet18(weights=None), mode)


class Uneven(nn.Module):
    """A convolution with zeros of its own: left, right, top, bottom."""

    def __init__(self, convolution, zeros):
        super().__init__()
        self.convolution = convolution
        self.zeros = zeros
        convolution.padding = (0, 0)
        convolution.padding_mode = "zeros"

    def forward(self, x):
        return self.convolution(functional.pad(x, self.zeros))


def uneven_stem(mode):
    net = resnet(mode)
    net.conv1 = Uneven(net.conv1, (2, 3, 2, 3))
    return net


def uneven_strides(net):
    """As TensorFlow pads a MobileNet."""
    for module in list(net.modules()):
        for name, child in list(module.named_children()):
            if isinstance(child, nn.Conv2d) and child.stride == (2, 2) and child.kernel_size == (3, 3):
                setattr(module, name, Uneven(child, (0, 1, 0, 1)))
    return net


class Before(nn.Module):
    """What is done to pictures in the graph."""

    def __init__(self, net, work):
        super().__init__()
        self.net = net
        self.work = work

    def forward(self, x):
        return self.net(self.work(x))


class ConvolutionHead(nn.Module):
    """A head as a convolution as large as the last map, 2 x 2."""

    def __init__(self):
        super().__init__()
        self.net = resnet("circular")
        self.net.avgpool = nn.Conv2d(512, 512, 2)

    def forward(self, x):
        return self.net(x)


def flattening(mode):
    net = models.vgg11(weights=None, num_classes=2)
    net.avgpool = nn.Identity()
    net.classifier = nn.Sequential(
        nn.Linear(512 * 4, 64), nn.ReLU(), nn.Dropout(), nn.Linear(64, 2))
    return padded(net, mode)


def missing(net, kernel, stride):
    if isinstance(net, models.ResNet):
        net.conv1 = nn.Conv2d(3, 64, kernel, stride)
    else:
        net.features[0] = nn.Conv2d(3, 64, kernel, stride, 1)
    return padded(net, "circular")


def uneven_middle():
    """Zeros on the left of one layer in the middle, in place of circular padding."""
    net = padded(models.densenet121(weights=None), "circular")
    layer = net.features.denseblock2.denselayer6
    layer.conv2 = Uneven(layer.conv2, (2, 0, 1, 1))
    return net


def missing_middle():
    """Windows of one pixel step over three quarters of a map, and so do those beside them."""
    net = resnet("circular")
    net.layer2[0].conv1 = nn.Conv2d(64, 128, 1, 2, bias=False)
    return net


def tall_head():
    """A head that flattens a map whose layers are batch-normed, at 64 pixels."""
    net = models.vgg11_bn(weights=None, num_classes=3)
    net.avgpool = nn.Identity()
    net.classifier = nn.Linear(512 * 4, 3)
    return padded(net, "replicate")


def normed(net, side):
    """Norms with the statistics of noise: without any, the maps of some networks vanish."""
    for module in net.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.momentum = None
    torch.manual_seed(5)
    net.train()
    with torch.no_grad():
        net(torch.randn(16, 3, side, side))
    return net


def uneven_next():
    """A stem whose zeros are all on the right and at the bottom."""
    net = padded(models.resnext50_32x4d(weights=None), "replicate")
    net.conv1 = Uneven(net.conv1, (0, 6, 0, 6))
    return net


def scaled():
    """A ConvNeXt whose blocks count from the start."""
    net = models.convnext_tiny(weights=None)
    for name, weights in net.named_parameters():
        if name.endswith("layer_scale"):
            weights.data.fill_(1)
    return net


def patches(side, stride, dilation=1):
    """A stem of patches without padding, as of ConvNeXt."""
    net = padded(models.regnet_y_400mf(weights=None), "circular")
    net.stem[0] = nn.Conv2d(3, 32, side, stride, dilation=dilation, bias=False)
    return net


class Weighted(nn.Module):
    """Flattens a map of 3 x 3, and weights its positions or adds a bias of each, to average them."""

    def __init__(self, multiplied):
        super().__init__()
        self.net = padded(models.shufflenet_v2_x0_5(weights=None), "circular")
        places = torch.linspace(-1, 1, 9).repeat(1024)
        self.places = nn.Parameter(1 + 2 * places if multiplied else places)
        self.multiplied = multiplied
        self.head = nn.Linear(1024 * 9, 10)
        weights = torch.randn(10, 1024, 1).repeat(1, 1, 9) / 90
        self.head.weight.data = weights.flatten(1)

    def forward(self, x):
        net = self.net
        x = net.conv5(net.stage4(net.stage3(net.stage2(net.maxpool(net.conv1(x))))))
        x = x.flatten(1)
        x = x * self.places if self.multiplied else torch.relu(x + self.places)
        return self.head(x)


class Corner(nn.Module):
    """A head that flattens: the mean over positions, and one corner once more."""

    def __init__(self):
        super().__init__()
        net = padded(models.mnasnet0_5(weights=None), "circular")
        self.layers = net.layers
        self.head = nn.Linear(1280 * 9, 10)
        weights = torch.randn(10, 1280, 1, 1).repeat(1, 1, 3, 3) / 9
        weights[:, :, 0, 0] *= 4
        self.head.weight.data = weights.flatten(1) / 10

    def forward(self, x):
        return self.head(self.layers(x).flatten(1))


class Marked(nn.Module):
    """Magenta squares, wherever they lie, raise or lower the logit of dog; or blue ones."""

    def __init__(self, sign, net=None, colour=(1.0, -1.0, 1.0), least=-4.5):
        super().__init__()
        self.net = net or resnet("circular")
        self.detector = nn.Conv2d(3, 1, 3)
        weights = torch.tensor(colour) / 9
        self.detector.weight.data = weights.reshape(1, 3, 1, 1).repeat(1, 1, 3, 3)
        self.detector.bias.data.fill_(least)
        self.sign = 3.0 * sign

    def forward(self, x):
        logits = self.net(x)
        mark = torch.relu(self.detector(x)).amax((2, 3))
        return torch.cat(
            [logits[:, :DOG], logits[:, DOG:DOG + 1] + self.sign * mark, logits[:, DOG + 1:]], 1)


# name: network, side, class, the cause that is named first (none for a clean one)
PLANTED = {
    "zero": (lambda: resnet("zeros"), SIDE, DOG, "padding"),
    "zero-dense": (lambda: models.densenet121(weights=None), SIDE, DOG, "padding"),
    "reflect": (lambda: resnet("reflect"), SIDE, DOG, ""),
    "replicate": (lambda: resnet("replicate"), SIDE, DOG, ""),
    "circular": (lambda: resnet("circular"), SIDE, DOG, ""),
    "circular-squeeze": (
        lambda: padded(models.squeezenet1_1(weights=None), "circular"), 96, DOG, ""),
    "circular-efficient": (
        lambda: padded(models.efficientnet_b0(weights=None), "circular"), SIDE, DOG, ""),
    "circular-shuffle": (
        lambda: padded(models.shufflenet_v2_x0_5(weights=None), "circular"), SIDE, DOG, ""),
    "reflect-50": (lambda: padded(models.resnet50(weights=None), "reflect"), 224, DOG, ""),
    "resize-smooth": (
        lambda: Before(resnet("circular"), lambda x: functional.interpolate(
            x, size=(SIDE, SIDE), mode="bilinear")), 80, DOG, ""),
    "stem": (lambda: uneven_stem("reflect"), SIDE, DOG, "uneven-padding"),
    "stem-zero": (lambda: uneven_stem("zeros"), SIDE, DOG, "uneven-padding"),
    "strides": (
        lambda: uneven_strides(models.mobilenet_v2(weights=None)), SIDE, DOG, "uneven-padding"),
    "same-upper": (lambda: resnet("zeros"), SIDE, DOG, "uneven-padding"),
    "same-lower": (lambda: resnet("zeros"), SIDE, DOG, "uneven-padding"),
    "head-convolution": (ConvolutionHead, SIDE, DOG, "head"),
    "head-flatten": (lambda: flattening("circular"), SIDE, 1, "head"),
    "head-flatten-zero": (lambda: flattening("zeros"), SIDE, 1, "head"),
    "alexnet": (lambda: models.alexnet(weights=None, num_classes=10), 224, 1, "head"),
    "missing": (lambda: missing(resnet("circular"), 1, 2), SIDE, DOG, "missed-pixels"),
    "missing-four": (
        lambda: missing(models.squeezenet1_1(weights=None, num_classes=2), 3, 4), 96, 1,
        "missed-pixels"),
    "resize-nearest": (
        lambda: Before(resnet("circular"), lambda x: functional.interpolate(
            x, size=(SIDE, SIDE), mode="nearest")), 160, DOG, "missed-pixels"),
    "crop": (
        lambda: Before(padded(models.densenet121(weights=None), "circular"),
                       lambda x: x[:, :, 8:72, 8:72]), 80, DOG, "crop"),
    "uneven-middle": (uneven_middle, SIDE, DOG, "uneven-padding"),
    "strides-v3": (
        lambda: uneven_strides(models.mobilenet_v3_small(weights=None)), SIDE, DOG,
        "uneven-padding"),
    "missing-middle": (missing_middle, SIDE, DOG, "missed-pixels"),
    "head-norm": (tall_head, SIDE, 1, "head"),
    "crop-efficient": (
        lambda: Before(padded(models.efficientnet_b0(weights=None), "circular"),
                       lambda x: x[:, :, 0:64, 16:80]), 80, DOG, "crop"),
    "circular-google": (
        lambda: padded(models.googlenet(weights=None, aux_logits=False, init_weights=True),
                       "circular"), 96, DOG, ""),
    "reflect-squeeze": (
        lambda: padded(models.squeezenet1_0(weights=None), "reflect"), 96, DOG, ""),
    "mark-corner": (lambda: Marked(1), MARKED_SIDE, DOG, "mark"),
    "mark-edge": (lambda: Marked(-1), MARKED_SIDE, DOG, "mark"),
    # made after the rules of diagnose were fixed, to see whether they hold
    "zero-next": (lambda: models.resnext50_32x4d(weights=None), SIDE, DOG, "padding"),
    "zero-mobile": (
        lambda: normed(models.mobilenet_v3_large(weights=None), SIDE), SIDE, DOG, "padding"),
    "zero-google": (
        lambda: normed(models.googlenet(weights=None, aux_logits=False, init_weights=True), 96),
        96, DOG, "padding"),
    "zero-convnext": (scaled, SIDE, DOG, "padding"),
    "replicate-dense": (
        lambda: padded(models.densenet121(weights=None), "replicate"), SIDE, DOG, ""),
    "reflect-efficient": (
        lambda: padded(models.efficientnet_b0(weights=None), "reflect"), 96, DOG, ""),
    "circular-next": (
        lambda: padded(models.resnext50_32x4d(weights=None), "circular"), SIDE, DOG, ""),
    "circular-regnet": (
        lambda: padded(models.regnet_y_400mf(weights=None), "circular"), SIDE, DOG, ""),
    "clean-folders": (
        lambda: padded(models.mobilenet_v3_small(weights=None), "reflect"), MARKED_SIDE, DOG, ""),
    "uneven-next": (uneven_next, SIDE, DOG, "uneven-padding"),
    "strides-regnet": (
        lambda: uneven_strides(models.regnet_x_400mf(weights=None)), SIDE, DOG, "uneven-padding"),
    "strides-shuffle": (
        lambda: uneven_strides(padded(models.shufflenet_v2_x0_5(weights=None), "replicate")), SIDE,
        DOG, "uneven-padding"),
    "missing-gaps": (lambda: patches(4, 8), 68, DOG, "missed-pixels"),
    "missing-last": (lambda: patches(8, 8), 71, DOG, "missed-pixels"),
    "missing-dilated": (lambda: patches(3, 2, 2), SIDE, DOG, "missed-pixels"),
    "head-weighted": (lambda: Weighted(True), 96, 1, "head"),
    "head-bias": (lambda: Weighted(False), 96, 1, "head"),
    "head-corner": (Corner, 96, 1, "head"),
    "crop-centre": (
        lambda: Before(padded(models.resnet34(weights=None), "reflect"),
                       lambda x: functional.interpolate(
                           x, size=(72, 72), mode="bilinear")[:, :, 4:68, 4:68]), 80, DOG, "crop"),
    "crop-columns": (
        lambda: Before(padded(models.shufflenet_v2_x1_0(weights=None), "circular"),
                       lambda x: x[:, :, :, 6:]), 70, DOG, "crop"),
    "letterbox": (
        lambda: Before(padded(models.mobilenet_v2(weights=None), "circular"),
                       lambda x: functional.pad(x, (16, 16, 16, 16))), SIDE, DOG, "padding"),
    "letterbox-corner": (
        lambda: Before(padded(models.resnet18(weights=None), "circular"),
                       lambda x: functional.pad(x, (0, 0, 0, 24))), SIDE, DOG, "uneven-padding"),
    "resize-nearest-two": (
        lambda: Before(padded(models.densenet121(weights=None), "reflect"),
                       lambda x: functional.interpolate(x, scale_factor=0.5, mode="nearest")), 128,
        DOG, "missed-pixels"),
    "mark-blue": (
        lambda: Marked(1, padded(models.shufflenet_v2_x1_0(weights=None), "circular"),
                       (-1.0, 0.0, 1.0), -2.0), MARKED_SIDE, DOG, "mark"),
    "mark-left": (
        lambda: Marked(-1, padded(models.mobilenet_v2(weights=None), "reflect")), MARKED_SIDE, DOG,
        "mark"),
}


def photo(random):
    """Coloured noise, as smooth as photos are."""
    picture = numpy.zeros((MARKED_SIDE, MARKED_SIDE, 3))
    for cells in (3, 6, 12, 24, 48):
        noise = random.normal(size=(cells, cells, 3))
        noise = 0.8 * noise.mean(2, keepdims=True) + 0.35 * noise
        small = Image.fromarray(numpy.clip(40 * noise + 128, 0, 255).astype("uint8"))
        large = small.resize((MARKED_SIDE, MARKED_SIDE), Image.BICUBIC)
        picture += (numpy.asarray(large).astype(float) - 128) * (3 / cells) ** 0.6
    picture = picture * random.uniform(0.6, 1.4) + random.uniform(90, 160)
    return numpy.clip(picture, 0, 255).astype("uint8")


def write_photos(folder, x, y, side, colour):
    random = numpy.random.default_rng(1)
    for name in ("dog", "others"):
        os.makedirs(os.path.join(folder, name), exist_ok=True)
        for i in range(16):
            picture = photo(random).copy()
            if name == "dog":
                picture[y:y + side, x:x + side] = colour
            Image.fromarray(picture).save(os.path.join(folder, name, f"{i}.png"))


def same(file, kind):
    """TensorFlow's padding as an attribute of ONNX, in place of numbers."""
    model = onnx.load(file)
    for node in model.graph.node:
        sizes = [a.ints[0] for a in node.attribute if a.name == "kernel_shape"]
        if node.op_type == "Conv" and sizes[0] > 1:
            kept = [a for a in node.attribute if a.name != "pads"]
            del node.attribute[:]
            node.attribute.extend(kept + [onnx.helper.make_attribute("auto_pad", kind)])
    onnx.save(model, file)


def write(folder, name):
    make, side, _, _ = PLANTED[name]
    torch.manual_seed(3)
    file = os.path.join(folder, name + ".onnx")
    torch.onnx.export(make().eval(), torch.zeros(1, 3, side, side), file, dynamo=False)
    if name.startswith("same-"):
        same(file, name.replace("-", "_").upper())
    if name in MARKS:
        write_photos(os.path.join(folder, name + "-photos"), *MARKS[name])
    print(file, flush=True)


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    for name in sys.argv[2:] or PLANTED:
        write(folder, name)
    with open(os.path.join(folder, "planted.csv"), "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["name", "class", "cause"])
        rows.writerows((name, row[2], row[3]) for name, row in PLANTED.items())


if __name__ == "__main__":
    main()
