"""Makes NAME.json beside this file: what Captum 0.8, Zennit 1.0 and pytorch-grad-cam 1.5 say of the networks in models/, and of
two that see colours, in float64. Needs PyTorch, torchvision, NumPy, Pillow, scikit-learn, OpenCV and the three on PYTHONPATH.

  make_embedded.py MODELS OUT_DIR [NAME ...]

The picture is a photo of a cat (cat-SIDE.png, see make_pictures.sh); what it is compared with is light noise, from 0.75 to 1. On
a flat picture, such as white, the values in a maximum's window are equal but for their rounding, and rounding then decides which
of them has the gradient. Of a map, every eighth pixel in both directions from the fourth on is kept (every fourth where the map is
at most 100 pixels wide), and the norm of all; of a layer's map all values. The noise of SmoothGrad is whisker's: noise-SIDE.npy in
OUT_DIR, by EmbeddedNoise in org.whisker.saliency.method (two copies, sigma 0.1, seed 1).

vgg16-colour and inception-resnet-v2-colour have formula weights: ColourNets in org.whisker.torch writes them and their
pictures, picture-SIDE.npy, into MODELS. Their maps are summed over the channels. Those two were made with PyTorch 2.6, Captum
faac0877, Zennit 6204e31e and pytorch-grad-cam 084273b3.
"""
import inspect
import json
import pathlib
import sys
import types

import numpy as np
import torch
from PIL import Image

sys.path.insert(0, str(pathlib.Path(__file__).parent))
sys.modules.setdefault("ttach", types.SimpleNamespace(  # of pytorch-grad-cam, for averages over changed pictures alone
    Compose=list, HorizontalFlip=lambda: None, Multiply=lambda factors: None))

import embedded_nets  # noqa: E402
from captum.attr import DeepLift, InputXGradient, IntegratedGradients, LayerAttribution  # noqa: E402
from captum.attr import LayerConductance, LayerGradCam, LayerGradientXActivation, Occlusion, Saliency  # noqa: E402
from captum.attr._core import deep_lift  # noqa: E402
from captum.attr._core.gradient_shap import InputBaselineXGradient  # noqa: E402
from pytorch_grad_cam import EigenCAM, GradCAMPlusPlus, ScoreCAM, grad_cam_plusplus  # noqa: E402
from zennit.attribution import Gradient  # noqa: E402
from zennit.canonizers import SequentialMergeBatchNorm  # noqa: E402
from zennit.composites import EpsilonAlpha2Beta1, EpsilonGammaBox, EpsilonPlus, EpsilonPlusFlat  # noqa: E402
from zennit.composites import LayerMapComposite, layer_map_base  # noqa: E402
from zennit.rules import Epsilon  # noqa: E402
from zennit.types import Convolution  # noqa: E402

STEPS = 20
LAYERS = {  # for class activation maps, and for Score-CAM, which runs the network once a channel
    "vgg16-mini": (lambda net: net.features[42], lambda net: net.features[5]),
    "inception-resnet-v2-mini": (lambda net: net.repeat_1[-1].relu, lambda net: net.conv2d_4a[2]),
    "mobilenet-v2-cats": (lambda net: net.features[18][2], lambda net: net.features[0][2]),
    "vgg16-colour": (lambda net: net.features[29], lambda net: net.features[3]),
    "inception-resnet-v2-colour": (lambda net: net.repeat_1[-1].relu, lambda net: net.conv2d_4a[2]),
}


def pictures(models, side, channels):
    """The photo and the light noise, a multiple of 7919 modulo 1009."""
    if channels == 1:
        photo = np.asarray(Image.open(pathlib.Path(__file__).parent / f"cat-{side}.png"), np.float32) / np.float32(255)
    else:
        photo = np.load(pathlib.Path(models, f"picture-{side}.npy"))
    light = np.float32(1) - (np.arange(photo.size) * 7919 % 1009).astype(np.float32) / np.float32(4036)
    return [torch.from_numpy(values.reshape(1, channels, side, side).astype(np.float64)) for values in (photo, light)]


def drawn(name, index):
    """The first number of a stream of whisker's SplitMix64 under seed 1."""
    whole, golden = 2 ** 64 - 1, 0x9E3779B97F4A7C15

    def mix(z):
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & whole
        z = (z ^ z >> 27) * 0x94D049BB133111EB & whole
        return z ^ z >> 31

    h = 0xCBF29CE484222325
    for byte in name.encode():
        h = (h ^ byte) * 0x100000001B3 & whole
    state = mix(mix(h ^ 1) + golden * index & whole)
    return (mix(state + golden & whole) >> 11) * 2.0 ** -53


class Found(dict):
    def map(self, name, values):
        whole = values.detach().double().reshape(-1, *values.shape[-2:]).sum(0)  # over the channels, if there are several
        every = 8 if min(whole.shape) > 100 else 4
        kept = whole[3::every, 3::every] if min(whole.shape) > 64 else whole
        self[name] = {"norm": float(f"{whole.norm():.9g}"), "values": [float(f"{v:.8g}") for v in kept.flatten().tolist()]}


def added(values, indices, kernel, stride, padding, size):
    """Captum unpools by assigning, which loses all but one of the windows that share their largest value."""
    flat = torch.zeros(size, dtype=values.dtype).flatten(2)
    return flat.scatter_add(2, indices.flatten(2), values.flatten(2)).reshape(size)


def deeplift(model, x, light, found):
    deep_lift.SUPPORTED_NON_LINEAR[torch.nn.ReLU6] = deep_lift.nonlinear  # which Captum would pass by
    plain = torch.nn.functional.max_unpool2d
    for name, unpool in ("deeplift-as-published", plain), ("deeplift", added):
        torch.nn.functional.max_unpool2d = unpool
        try:
            values, off = DeepLift(model).attribute(x.clone(), baselines=light, return_convergence_delta=True)
        finally:
            torch.nn.functional.max_unpool2d = plain
        found[name + "-off"] = off.item()
        found.map(name, values)


def gradients(model, x, light, found):
    found.map("gradient", Saliency(model).attribute(x, abs=False))
    found.map("absolute-gradient", Saliency(model).attribute(x))
    found.map("gradient-x-input", InputXGradient(model).attribute(x))
    found.map("integrated-gradients", IntegratedGradients(model).attribute(
        x, baselines=light, n_steps=STEPS, internal_batch_size=STEPS))
    channels, side = x.shape[1], x.shape[-1]
    found.map("occlusion", Occlusion(model).attribute(
        x, sliding_window_shapes=(channels, side // 4, side // 4), strides=(channels, side // 8, side // 8), baselines=1)[:, 0])


def noisy(model, x, light, noise, found):
    copies = [torch.from_numpy((x.numpy().astype(np.float32) + n.reshape(x.shape)).astype(np.float64)) for n in noise]
    each = torch.cat([Saliency(model).attribute(copy, abs=False) for copy in copies])
    found.map("smoothgrad", each.mean(0))
    found.map("vargrad", (each ** 2).mean(0) - each.mean(0) ** 2)
    found.map("smooth-gradient-x-input", sum(InputXGradient(model).attribute(copy) for copy in copies) / len(copies))
    found.map("smooth-integrated-gradients", sum(IntegratedGradients(model).attribute(
        copy, baselines=light, n_steps=STEPS, internal_batch_size=STEPS) for copy in copies) / len(copies))
    real, shap = np.random.uniform, torch.zeros_like(x)
    for sample, copy in enumerate(copies):
        place = drawn("gradient shap", sample)
        np.random.uniform = lambda low, high, size, place=place: np.full(size, place)
        shap += InputBaselineXGradient(model).attribute(copy, baselines=light)
    np.random.uniform = real
    found.map("gradient-shap", shap / len(copies))


def layers(name, model, x, light, found):
    layer, many = (of(model.net) for of in LAYERS[name])
    cam = LayerGradCam(model, layer).attribute(x)
    found.map("grad-cam-grid", cam)
    found.map("grad-cam-nearest", LayerAttribution.interpolate(cam, x.shape[-2:]))
    found.map("grad-cam-bilinear", torch.nn.functional.interpolate(cam, x.shape[-2:], mode="bilinear", align_corners=False))
    found.map("layer-gradient-x-activation", LayerGradientXActivation(model, layer).attribute(x))
    found.map("layer-conductance", LayerConductance(model, layer).attribute(
        x, baselines=light, n_steps=STEPS, internal_batch_size=STEPS))

    def cat(output):
        return -output[0]

    def of(kind, layer, gradient):
        cam = kind(model, [layer])
        logits = cam.activations_and_grads(x.clone().requires_grad_())
        if gradient:
            cat(logits[0]).backward()
        activations = cam.activations_and_grads.activations[0].numpy()
        grads = cam.activations_and_grads.gradients[0].numpy() if gradient else None
        with torch.no_grad():
            values = cam.get_cam_image(x, layer, [cat], activations, grads, False)
        cam.activations_and_grads.release()
        return torch.from_numpy(np.asarray(values, np.float64))[0]

    found.map("grad-cam++-as-published", of(GradCAMPlusPlus, layer, True))
    source = inspect.getsource(grad_cam_plusplus).replace("eps = 0.000001", "eps = 1e-300")
    exact = {}
    exec(source, exact)
    found.map("grad-cam++", of(exact["GradCAMPlusPlus"], layer, True))
    found.map("score-cam", of(ScoreCAM, many, False))
    found.map("eigen-cam", of(EigenCAM, layer, False))


def relevances(model, x, found):
    dark, bright = model.normalised(0 * x), model.normalised(torch.ones_like(x))
    first = next(iter(model.net.children()))
    if isinstance(first[0], torch.nn.Sequential) and isinstance(first[0][0], embedded_nets.Same):
        dark, bright = first[0][0](dark), first[0][0](bright)  # what the first convolution reads: with its border of zeros
    merge = [SequentialMergeBatchNorm()]

    def epsilon(of_sums):
        rules = [(Convolution, Epsilon()), (torch.nn.Linear, Epsilon())]
        return LayerMapComposite(layer_map=layer_map_base(stabilizer=of_sums) + rules, canonizers=merge)

    composites = {
        "lrp-epsilon-as-published": epsilon(1e-6),
        "lrp-epsilon": epsilon(1e-12),  # whisker adds nothing to sums and averages
        "lrp-epsilon-plus": EpsilonPlus(canonizers=merge),
        "lrp-epsilon-plus-flat": EpsilonPlusFlat(canonizers=merge),
        "lrp-epsilon-alpha2-beta1": EpsilonAlpha2Beta1(canonizers=merge),
        "lrp-epsilon-gamma-box": EpsilonGammaBox(
            low=dark, high=bright, canonizers=merge),
    }
    for name, composite in composites.items():
        with Gradient(model=model.net, composite=composite) as attributor:
            _, relevance = attributor(model.normalised(x).clone(), lambda output: output)
        found.map(name, relevance)


def main(models, out, *names):
    for name in names or LAYERS:
        model, side, channels = embedded_nets.opened(models, name)
        x, light = pictures(models, side, channels)
        found = Found()
        found["logits"] = [model(x).item(), model(light).item()]
        gradients(model, x, light, found)
        deeplift(model, x, light, found)
        noisy(model, x, light, np.load(pathlib.Path(out, f"noise-{side}.npy")), found)
        layers(name, model, x, light, found)
        relevances(model, x, found)
        for method, entry in found.items():
            print(name, method, entry["norm"] if isinstance(entry, dict) else entry, flush=True)
        pathlib.Path(out, name + ".json").write_text(json.dumps(found, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
