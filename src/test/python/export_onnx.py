#!/usr/bin/env python3
"""Exports torchvision's networks with random weights to ONNX, to try "whisker models import".

    export_onnx.py FOLDER             full width, 64 to 299 pixels: one file a network
    export_onnx.py FOLDER --small     a few channels: the fixtures of OnnxParityTest
    export_onnx.py FOLDER --tokens    small transformers by both exporters: fixtures of it, too
    export_onnx.py FOLDER --convert N those of the folder at opset N, by ONNX's version converter

Needs torch, torchvision and onnx (Debian: python3-torch python3-torchvision python3-onnx). The
expected outputs are not stored: the tests ask ONNX Runtime.
"""

import functools
import os
import sys

import onnx
import onnx.version_converter
import torch
import torchvision
from torch import nn
from torchvision import models

CLASSES = 5
# opset and dynamic batch of each small file: old and new exports
STYLES = [(9, False), (11, True), (13, True), (16, False), (17, True), (18, True)]


def randomised(net):
    """Batch norm with statistics of its own, so that a mistake in them shows."""
    generator = torch.Generator().manual_seed(1)
    for module in net.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.2, generator=generator)
            module.running_var.uniform_(0.6, 1.6, generator=generator)
            module.weight.data.uniform_(0.7, 1.3, generator=generator)
            module.bias.data.normal_(0, 0.2, generator=generator)
    return net.eval()


class InceptionResNetBlock(nn.Module):
    """A scaled residual as in timm's Inception-ResNet v2."""

    def __init__(self, channels, scale):
        super().__init__()
        self.scale = scale
        self.branch0 = nn.Conv2d(channels, 4, 1)
        self.branch1 = nn.Sequential(
            nn.Conv2d(channels, 4, 1), nn.ReLU(), nn.Conv2d(4, 4, (1, 7), padding=(0, 3)),
            nn.ReLU(), nn.Conv2d(4, 4, (7, 1), padding=(3, 0)), nn.ReLU())
        self.conv2d = nn.Conv2d(8, channels, 1)

    def forward(self, x):
        joined = torch.cat((self.branch0(x), self.branch1(x)), 1)
        return torch.relu(x + self.conv2d(joined) * self.scale)


def inception_resnet():
    return nn.Sequential(
        nn.Conv2d(3, 8, 3, stride=2, bias=False), nn.BatchNorm2d(8, eps=1e-3), nn.ReLU(),
        nn.MaxPool2d(3, 2), InceptionResNetBlock(8, 0.17), InceptionResNetBlock(8, 0.1),
        nn.AvgPool2d(3, 1, 1, count_include_pad=False), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
        nn.Linear(8, CLASSES))


class Odd(nn.Module):
    """What the published networks leave out."""

    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 6, 3, padding=1, padding_mode="reflect")
        self.slope = nn.PReLU(6)
        self.grouped = nn.Conv2d(6, 8, 3, padding=2, dilation=2, groups=2)
        self.norm = nn.GroupNorm(2, 8)
        self.second = nn.Conv2d(8, 8, 3, stride=2)
        self.instance = nn.InstanceNorm2d(8, affine=True)
        self.head = nn.Linear(8 * 4 * 5, CLASSES)

    def forward(self, x):
        x = (x * 255 - 127.5) / 64
        x = self.slope(self.first(x))
        x = nn.functional.pad(x, (1, 0, 2, 1), mode="replicate")
        x = self.norm(self.grouped(x))
        x = nn.functional.max_pool2d(x, 3, 2, 1, ceil_mode=True)
        x = nn.functional.avg_pool2d(x, 3, 1, 1, count_include_pad=True)
        x = nn.functional.mish(x) + nn.functional.elu(x) * nn.functional.softplus(x)
        x = self.instance(self.second(nn.functional.pad(x, (0, 1, 1, 2))))
        gate = torch.sigmoid(x.mean(1, keepdim=True) + x.amax(1, keepdim=True))
        x = nn.functional.leaky_relu(x * gate, 0.2)
        x = x[:, :, 1:, :] - x[:, :, :-1, :] * 0.5
        x = nn.functional.adaptive_max_pool2d(x, (1, 1)) + nn.functional.interpolate(
            x, size=(4, 5), mode="nearest")
        x = nn.functional.gelu(x, approximate="tanh")
        return torch.softmax(self.head(x.flatten(1)), 1)


def vgg():
    net = models.VGG(models.vgg.make_layers([4, "M", 8, 8, "M", 8, "M"], batch_norm=True), CLASSES)
    net.avgpool = nn.AdaptiveAvgPool2d(2)
    net.classifier = nn.Sequential(
        nn.Linear(32, 16), nn.ReLU(), nn.Dropout(), nn.Linear(16, CLASSES))
    return net


def resnet():
    return narrow_convolutions(models.resnet18(num_classes=8 * CLASSES), 1 / 8)


def mobilenet_v3():
    config = functools.partial(models.mobilenetv3.InvertedResidualConfig, width_mult=0.25)
    settings = [config(16, 3, 16, 16, True, "RE", 2, 1), config(16, 3, 32, 24, False, "RE", 2, 1),
                config(24, 5, 48, 40, True, "HS", 2, 1), config(40, 5, 48, 40, True, "HS", 1, 1)]
    return models.MobileNetV3(settings, 32, num_classes=CLASSES)


def efficientnet():
    config = functools.partial(models.efficientnet.MBConvConfig, width_mult=0.25, depth_mult=1)
    settings = [config(1, 3, 1, 32, 16, 1), config(4, 3, 2, 16, 24, 2), config(4, 5, 2, 24, 40, 1)]
    return models.EfficientNet(settings, 0.2, num_classes=CLASSES, last_channel=32)


def efficientnet_v2():
    fused = models.efficientnet.FusedMBConvConfig
    plain = models.efficientnet.MBConvConfig
    settings = [fused(1, 3, 1, 8, 8, 1), fused(4, 3, 2, 8, 8, 2), plain(4, 3, 2, 8, 16, 1)]
    return models.EfficientNet(settings, 0.2, num_classes=CLASSES, last_channel=32)


def regnet(se):
    params = models.regnet.BlockParams(
        depths=[1, 2], widths=[8, 16], group_widths=[4, 8], bottleneck_multipliers=[1.0, 1.0],
        strides=[2, 2], se_ratio=0.25 if se else None)
    return models.RegNet(params, num_classes=CLASSES, stem_width=8)


def convnext():
    block = models.convnext.CNBlockConfig
    return models.ConvNeXt(
        [block(8, 16, 1), block(16, 24, 2), block(24, None, 1)], layer_scale=0.7,
        num_classes=CLASSES)


def squeezenet():
    fire = models.squeezenet.Fire
    net = models.squeezenet1_1(num_classes=CLASSES)
    net.features = nn.Sequential(
        nn.Conv2d(3, 8, 3, 2), nn.ReLU(True), nn.MaxPool2d(3, 2, ceil_mode=True),
        fire(8, 4, 8, 8), fire(16, 4, 8, 8), nn.MaxPool2d(3, 2, ceil_mode=True),
        fire(16, 4, 12, 12))
    net.classifier = nn.Sequential(
        nn.Dropout(), nn.Conv2d(24, CLASSES, 1), nn.ReLU(True), nn.AdaptiveAvgPool2d(1))
    return net


def narrow_convolutions(net, width):
    """ResNet, GoogLeNet and Inception v3 have no width: every convolution and batch norm gets fewer."""
    slim = lambda n: max(1, round(n * width)) if n > 3 else n
    for module in list(net.modules()):
        for name, child in list(module.named_children()):
            if isinstance(child, nn.Conv2d):
                setattr(module, name, nn.Conv2d(
                    slim(child.in_channels), slim(child.out_channels), child.kernel_size,
                    child.stride, child.padding, bias=child.bias is not None))
            elif isinstance(child, nn.BatchNorm2d):
                setattr(module, name, nn.BatchNorm2d(slim(child.num_features), child.eps))
            elif isinstance(child, nn.Linear):
                setattr(module, name, nn.Linear(slim(child.in_features), CLASSES))
    return net


SMALL = {
    "vgg": (vgg, 32),
    "resnet": (resnet, 32),
    "densenet": (lambda: models.DenseNet(4, (2, 2), 8, num_classes=CLASSES), 32),
    "squeezenet": (squeezenet, 48),
    "mobilenet-v2": (lambda: models.MobileNetV2(
        CLASSES, 0.25, [[1, 16, 1, 1], [6, 24, 2, 2], [6, 32, 2, 2]]), 32),
    "mobilenet-v3": (mobilenet_v3, 48),
    "efficientnet": (efficientnet, 32),
    "efficientnet-v2": (efficientnet_v2, 32),
    "shufflenet": (lambda: models.ShuffleNetV2([2, 2, 2], [8, 8, 16, 24, 32], CLASSES), 64),
    "googlenet": (lambda: narrow_convolutions(models.googlenet(
        num_classes=8 * CLASSES, aux_logits=False, init_weights=False, transform_input=True),
        1 / 8), 64),
    "inception-v3": (lambda: narrow_convolutions(models.inception_v3(
        num_classes=8 * CLASSES, aux_logits=False, init_weights=False, transform_input=True),
        1 / 16), 96),
    "regnet-x": (lambda: regnet(False), 32),
    "regnet-y": (lambda: regnet(True), 32),
    "convnext": (convnext, 32),
    "mnasnet": (lambda: models.MNASNet(0.1, CLASSES), 64),
    "inception-resnet-v2": (inception_resnet, 48),
    "odd": (Odd, (20, 22)),
}

def small_vit(averaged=False):
    net = models.VisionTransformer(16, 4, 2, 2, 16, 24, num_classes=CLASSES)
    return Averaged(net) if averaged else net


class Averaged(nn.Module):
    """Averaged tokens on a grid, no class token: as DeiT III and many of timm's have it."""

    def __init__(self, net):
        super().__init__()
        self.patches, self.blocks, self.head = net.conv_proj, net.encoder.layers, net.heads
        self.places = nn.Parameter(torch.randn(1, 16, 16) * 0.3)

    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2) + self.places
        return self.head(self.blocks(x).mean(1))


def swin():
    return models.SwinTransformer(
        [2, 2], 8, [2, 1], [2, 2], [4, 4], mlp_ratio=2, num_classes=CLASSES)


TOKENS = {
    "vit": (small_vit, 16),
    "vit-averaged-opset20": (lambda: small_vit(True), 16),
    "swin": (swin, 16),
    "swin-opset20": (swin, 16),
}


def shorten(graph):
    """Names of values are most of a file of small shapes: a number each, but for weights."""
    del graph.value_info[:], graph.metadata_props[:]
    names = {"": "", "image": "image", "logits": "logits"}
    names.update({tensor.name: tensor.name for tensor in graph.initializer})
    for node in graph.node:
        node.doc_string, node.name = "", ""
        del node.metadata_props[:]
        node.input[:] = [names[i] for i in node.input]
        for output in node.output:
            names.setdefault(output, f"v{len(names)}")
        node.output[:] = [names[o] for o in node.output]


def export_tokens(folder):
    """By the exporter of TorchScript at opset 17, and by the present one at its opset, 20."""
    batch = torch.export.Dim("batch", max=64)
    old = dict(dynamo=False, opset_version=17,
               dynamic_axes={"image": {0: "batch"}, "logits": {0: "batch"}})
    new = dict(dynamo=True, opset_version=20, external_data=False, dynamic_shapes=({0: batch},))
    for name, (make, size) in TOKENS.items():
        torch.manual_seed(1)
        net = make().eval()
        for parameter in net.parameters():  # initial zeros and ones would hide mistakes
            if parameter.dim() < 2 or parameter.std() < 1e-2:
                parameter.data += torch.randn(parameter.shape) * 0.2
        path = f"{folder}/{name}.onnx"
        torch.onnx.export(net, (torch.rand(2, 3, size, size),), path, input_names=["image"],
                          output_names=["logits"], **(new if "opset20" in name else old))
        model = onnx.load(path)
        shorten(model.graph)
        del model.metadata_props[:]
        onnx.save(model, path)
        print(name, len(model.graph.node), os.path.getsize(path), flush=True)


FULL = {
    "vgg16": 224, "resnet18": 224, "resnet50": 224, "resnext50_32x4d": 224, "densenet121": 224,
    "squeezenet1_0": 224, "squeezenet1_1": 224, "mobilenet_v2": 224, "mobilenet_v3_small": 224,
    "mobilenet_v3_large": 224, "efficientnet_b0": 224, "efficientnet_v2_s": 384,
    "shufflenet_v2_x1_0": 224, "googlenet": 224, "inception_v3": 299, "regnet_x_400mf": 224,
    "regnet_y_400mf": 224, "convnext_tiny": 224, "mnasnet1_0": 224, "alexnet": 224,
}


def export(net, size, path, opset, dynamic):
    rows, columns = size if isinstance(size, tuple) else (size, size)
    axes = {"image": {0: "batch"}, "logits": {0: "batch"}} if dynamic else None
    torch.onnx.export(
        randomised(net), torch.rand(1, 3, rows, columns), path, opset_version=opset,
        input_names=["image"], output_names=["logits"], dynamic_axes=axes)
    model = onnx.load(path)
    for node in model.graph.node:
        node.doc_string = ""
    onnx.save(model, path)


def convert(folder, opset):
    """What the converter has no adapter for is left out."""
    for name in sorted(os.listdir(folder)):
        stem, ending = os.path.splitext(name)
        if ending != ".onnx" or "-opset" in stem:
            continue
        model = onnx.load(f"{folder}/{name}")
        try:
            converted = onnx.version_converter.convert_version(model, opset)
        except RuntimeError as error:
            print(name, "can't be converted:", str(error).split(";")[0][:100])
            continue
        onnx.save(converted, f"{folder}/{stem}-opset{opset}.onnx")
        print(name, opset, flush=True)


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    if "--convert" in sys.argv:
        convert(folder, int(sys.argv[sys.argv.index("--convert") + 1]))
        return
    if "--tokens" in sys.argv:
        export_tokens(folder)
        return
    torch.manual_seed(1)
    if "--small" in sys.argv:
        for i, (name, (make, size)) in enumerate(SMALL.items()):
            opset, dynamic = STYLES[i % len(STYLES)]
            export(make(), size, f"{folder}/{name}.onnx", opset, dynamic and name != "odd")
            print(name, opset, os.path.getsize(f"{folder}/{name}.onnx"), flush=True)
        return
    for name, size in FULL.items():
        extra = {"init_weights": False, "aux_logits": False} if name in (
            "googlenet", "inception_v3") else {}
        net = getattr(torchvision.models, name)(weights=None, **extra)
        export(net, size, f"{folder}/{name}.onnx", 17, True)
        print(name, flush=True)


if __name__ == "__main__":
    main()
