"""Makes the reference maps beside this file: logit 7 of torchvision's VGG-16 on formula weights, in float64, explained by Captum
(faac0877). Needs PyTorch, NumPy and Captum on PYTHONPATH.

  make_captum.py OUT_DIR

Weights and picture are those of FormulaWeights.
"""
import math
import pathlib
import sys

import numpy as np
import torch
from captum.attr import IntegratedGradients, LayerAttribution, LayerGradCam, Saliency
from torch import nn

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "rules"))
from make_rules import uniform  # noqa: E402

SIDE = 96
STEPS = 6
TARGET = 7


class Vgg16(nn.Module):
    """With torchvision's names."""

    def __init__(self):
        super().__init__()
        features, into = [], 3
        for width in (64, 64, "M", 128, 128, "M", 256, 256, 256, "M", 512, 512, 512, "M", 512, 512, 512, "M"):
            if width == "M":
                features.append(nn.MaxPool2d(2, 2))
            else:
                features += [nn.Conv2d(into, width, 3, padding=1), nn.ReLU()]
                into = width
        self.features = nn.Sequential(*features)
        self.classifier = nn.Sequential(nn.Linear(512 * 49, 4096), nn.ReLU(), nn.Dropout(), nn.Linear(4096, 4096), nn.ReLU(),
                                        nn.Dropout(), nn.Linear(4096, 1000))

    def forward(self, x):
        return self.classifier(nn.functional.adaptive_avg_pool2d(self.features(x), 7).flatten(1))


def filled(model):
    for name, tensor in model.state_dict().items():
        half = math.sqrt(6 / np.prod(tensor.shape[1:])) if tensor.dim() >= 2 else .05
        values = (half * (2 * uniform(name, tensor.numel()) - 1)).astype(np.float32)
        tensor.copy_(torch.from_numpy(values.reshape(tensor.shape)))
    return model.double().eval().requires_grad_(False)


def main(out):
    model = filled(Vgg16())
    planes = uniform("input", 3 * SIDE * SIDE).astype(np.float32).reshape(1, 3, SIDE, SIDE)
    x = torch.from_numpy(planes).double()

    def save(name, values):
        np.save(pathlib.Path(out, name + ".npy"), values[0].detach().numpy().astype("<f4"))

    save("saliency-signed", Saliency(model).attribute(x.clone(), target=TARGET, abs=False))
    cam = LayerGradCam(model, model.features[29]).attribute(x.clone().requires_grad_(), target=TARGET, relu_attributions=True)
    save("gradcam-features29", cam)
    save("gradcam-features29-bilinear96", LayerAttribution.interpolate(cam, (SIDE, SIDE), interpolate_mode="bilinear"))
    for baseline in 0, 1:
        save(f"integrated-gradients-gausslegendre{STEPS}-baseline{baseline}", IntegratedGradients(model).attribute(
            x, baselines=baseline, target=TARGET, n_steps=STEPS, internal_batch_size=1))


if __name__ == "__main__":
    main(sys.argv[1])
