"""Times the saliency maps of other libraries, beside those of `./whisker-campaign maps`.

    python3 maps_speed.py export FOLDER                   writes the ONNX files of four networks of torchvision, of random weights
    python3 maps_speed.py time NETWORK [METHOD...]        seconds of each method, the median of three

Needs PyTorch, torchvision, Captum, grad-cam (pytorch-grad-cam) and Zennit. Then, for each network and with as many threads,

    ./whisker models import FOLDER/resnet50.onnx --name resnet50 --cat 281
    ./whisker-campaign maps 3 resnet50

One picture of noise, class 281, in float32; batches of 16, 50 steps or samples, 200 masks, windows of 16 pixels side by side.
"""
import pathlib
import statistics
import sys
import time

import numpy as np
import torch
import torchvision

BATCH, SAMPLES, MASKS, WINDOW, TARGET = 16, 50, 200, 16, 281
SIDES = {"resnet50": 224, "vgg16": 224, "inception_v3": 299, "vit_b_16": 224}
# the layer that whisker takes unless one is named
LAYERS = {"resnet50": "layer4", "vgg16": "features.30", "inception_v3": "Mixed_7c"}


def network(name):
    torch.manual_seed(1)
    return getattr(torchvision.models, name)(weights=None, **({"init_weights": True} if name == "inception_v3" else {})).eval()


def export(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name, side in SIDES.items():
        torch.onnx.export(network(name), (torch.zeros(1, 3, side, side),), str(folder / f"{name}.onnx"), input_names=["x"], output_names=["y"],
                          opset_version=17, dynamo=False, dynamic_axes={"x": {0: "n"}})


def peers(model, name, x):
    """Label of each method, as whisker has it: the library, and its map."""
    import captum.attr as captum
    from pytorch_grad_cam import EigenCAM, GradCAM, GradCAMPlusPlus, LayerCAM, ScoreCAM
    from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget

    white = torch.ones_like(x)
    known = dict(target=TARGET)
    methods = {
        "gradient": ("Captum", lambda: captum.Saliency(model).attribute(x, abs=False, **known)),
        "gradient-x-input": ("Captum", lambda: captum.InputXGradient(model).attribute(x, **known)),
        "integrated-gradients": ("Captum", lambda: captum.IntegratedGradients(model).attribute(
            x, white, n_steps=SAMPLES, internal_batch_size=BATCH, return_convergence_delta=True, **known)),
        "smoothgrad": ("Captum", lambda: captum.NoiseTunnel(captum.Saliency(model)).attribute(
            x, nt_samples=SAMPLES, nt_samples_batch_size=BATCH, stdevs=0.15, abs=False, **known)),
        "gradient-shap": ("Captum", lambda: captum.GradientShap(model).attribute(x, white, n_samples=SAMPLES, stdevs=0.15, **known)),
        "deeplift": ("Captum", lambda: captum.DeepLift(model).attribute(x, white, **known)),
        "guided-backprop": ("Captum", lambda: captum.GuidedBackprop(model).attribute(x, **known)),
        "lrp-epsilon-plus-flat": ("Zennit", lambda: relevance(model, x)),
        "occlusion": ("Captum", lambda: captum.Occlusion(model).attribute(
            x, (3, WINDOW, WINDOW), (3, WINDOW, WINDOW), 1.0, perturbations_per_eval=BATCH, **known)),
        "rise": ("a plain loop", lambda: rise(model, x)),
    }
    if name in LAYERS:
        layer = model.get_submodule(LAYERS[name])
        targets = [ClassifierOutputTarget(TARGET)]
        for label, kind in {"grad-cam": GradCAM, "grad-cam++": GradCAMPlusPlus, "layer-cam": LayerCAM, "eigen-cam": EigenCAM, "score-cam": ScoreCAM}.items():
            methods[label] = ("grad-cam", lambda kind=kind: kind(model, [layer])(x, targets))
        methods["layer-conductance"] = ("Captum", lambda: captum.LayerConductance(model, layer).attribute(
            x, white, n_steps=SAMPLES, internal_batch_size=BATCH, **known))
    return methods


def relevance(model, x):
    from zennit.composites import EpsilonPlusFlat
    from zennit.attribution import Gradient
    from zennit.canonizers import SequentialMergeBatchNorm
    from zennit.torchvision import ResNetCanonizer

    canonizer = ResNetCanonizer() if isinstance(model, torchvision.models.ResNet) else SequentialMergeBatchNorm()
    with Gradient(model=model, composite=EpsilonPlusFlat(canonizers=[canonizer])) as by:
        return by(x, torch.eye(1000)[[TARGET]])


def rise(model, x):
    side = x.shape[-1]
    random = np.random.default_rng(1)
    total = np.zeros((side, side))
    with torch.no_grad():
        for first in range(0, MASKS, BATCH):
            masks = []
            for _ in range(min(BATCH, MASKS - first)):
                cells = torch.from_numpy((random.random((1, 1, 8, 8)) < 0.5).astype("float32"))
                large = torch.nn.functional.interpolate(cells, scale_factor=side // 7 + 1, mode="bilinear", align_corners=False)
                dy, dx = random.integers(0, side // 7 + 1, 2)
                masks.append(large[0, 0, dy : dy + side, dx : dx + side])
            batch = torch.stack(masks)[:, None]
            scores = model(x * batch + 1 - batch)[:, TARGET]
            total += (scores[:, None, None] * batch[:, 0]).sum(0).numpy()
    return total


def main():
    if sys.argv[1:2] == ["export"] and len(sys.argv) == 3:
        export(pathlib.Path(sys.argv[2]))
    elif sys.argv[1:2] == ["time"] and len(sys.argv) > 2 and sys.argv[2] in SIDES:
        name = sys.argv[2]
        torch.manual_seed(1)
        x = torch.rand(1, 3, SIDES[name], SIDES[name])
        model = network(name)
        # as whisker holds weights: what is differentiated is the picture
        for parameter in model.parameters():
            parameter.requires_grad_(False)
        for label, (library, made) in peers(model, name, x.requires_grad_()).items():
            if sys.argv[3:] and label not in sys.argv[3:]:
                continue
            try:
                first = timed(made)
                seconds = [first] if first > 10 else [timed(made) for _ in range(3)]
                print(f"| {label} | {library} | {statistics.median(seconds):.2f} |", flush=True)
            except Exception as error:
                print(f"| {label} | {library} | {type(error).__name__}: {str(error).splitlines()[0][:80]} |", flush=True)
    else:
        sys.exit(__doc__)


def timed(made):
    begun = time.perf_counter()
    made()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
