"""Makes the reference maps beside this file: a small network on formula weights, in float64, explained by Captum 0.8 and
Zennit 1.0, by pytorch-grad-cam 1.5, and by nothing else. Needs PyTorch, NumPy and the three on PYTHONPATH.

  make_rules.py OUT_DIR

The picture is gray, and goes into three channels as (gray - 0.5) / 0.25. Weights and picture are those of FormulaWeights.
"""
import json
import math
import pathlib
import sys

import numpy as np
import torch

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
SEED = 20261124
SIDE = 24


def fnv1a64(text):
    h = 0xCBF29CE484222325
    for byte in text.encode():
        h = ((h ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return h


def uniform(name, count):
    with np.errstate(over="ignore"):
        z = np.uint64(fnv1a64(name) ^ SEED) + np.arange(1, count + 1, dtype=np.uint64) * GOLDEN
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(40)).astype(np.float64) / float(1 << 24)


def fill(model):
    for name, tensor in model.state_dict().items():
        signed = 2 * uniform(name, tensor.numel()) - 1
        half = math.sqrt(6 / np.prod(tensor.shape[1:])) if tensor.dim() >= 2 else .05
        values = (half * signed).astype(np.float32)
        tensor.copy_(torch.from_numpy(values.reshape(tensor.shape)).to(tensor.dtype))


class Net(torch.nn.Module):
    """Two blocks and a head; what is before them is no layer."""

    def __init__(self):
        super().__init__()
        n = torch.nn
        self.features = n.Sequential(
            n.Conv2d(3, 8, 3, padding=1), n.ReLU(), n.MaxPool2d(2, 2),
            n.Conv2d(8, 12, 3, padding=1), n.ReLU(), n.Conv2d(12, 12, 3, padding=1), n.ReLU(), n.MaxPool2d(2, 2))
        self.classifier = n.Sequential(n.Linear(12 * 36, 16), n.Tanh(), n.Linear(16, 1))

    def forward(self, x):
        for layer in self.features:
            # Captum's hooks of a ReLU and of a maximum right after it sit on one tensor, and the ReLU's then sees the
            # gradient before the maximum's rule: its DeepLIFT does not add up. On two tensors it does, as long as windows
            # of a maximum don't overlap (it unpools by assigning).
            x = layer(x.clone() if isinstance(layer, torch.nn.MaxPool2d) else x)
        return self.classifier(torch.flatten(x, 1))


class Gray(torch.nn.Module):
    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, x):
        return self.net(normalised(x))


def normalised(x):
    return (x.expand(-1, 3, -1, -1) - 0.5) / 0.25


def cams(net, model, x, save):
    """XGradCAM's weights are of the logit; LayerCAM's map is of the negated one, which is that of cat."""
    from pytorch_grad_cam import LayerCAM, XGradCAM

    kept = []
    hook = net.features[6].register_forward_hook(lambda module, _, output: kept.append(output))
    logit = model(x)
    hook.remove()
    gradient, = torch.autograd.grad(logit.sum(), kept[0])
    a, g = kept[0].detach().numpy(), gradient.numpy()
    weights = XGradCAM.get_cam_weights(None, x, None, None, a, g)
    save("xgrad-cam", torch.from_numpy((weights[:, :, None, None] * a).sum(1)))
    save("layer-cam", torch.from_numpy(LayerCAM.get_cam_image(None, x, None, None, a, -g, False)))


class Cat(torch.nn.Module):
    """The logit of cat."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, x):
        return -self.model(x)


def ablation(net, cat, x, save):
    """Scores are kept in float64 here; the reference rounds them to float32, which is most of a small loss."""
    import pytorch_grad_cam.ablation_cam as module

    layer = net.features[6]
    activation = net.features[:7](normalised(x)).detach().numpy()
    real = np.float32
    np.float32 = np.float64
    weights = module.AblationCAM(cat, [layer]).get_cam_weights(x, layer, [lambda output: output[0]], activation, None)
    np.float32 = real
    sign = np.sign(cat(x).item())
    save("ablation-cam", torch.from_numpy((sign * weights[:, :, None, None] * activation).sum(1)))


def guided(net, cat, x, save):
    from captum.attr import GuidedBackprop, GuidedGradCam

    save("guided-backprop", GuidedBackprop(target).attribute(x.clone().requires_grad_(), target=0))
    save("guided-grad-cam", GuidedGradCam(cat, net.features[6]).attribute(x.clone().requires_grad_(), target=0))


def main(out):
    from captum.attr import DeepLift, GradientShap, IntegratedGradients, LayerConductance, LayerGradientXActivation
    from captum.attr import InputXGradient, NoiseTunnel
    from zennit.attribution import Gradient
    from zennit.composites import EpsilonAlpha2Beta1, EpsilonGammaBox, EpsilonPlus, EpsilonPlusFlat, LayerMapComposite
    from zennit.composites import layer_map_base
    from zennit.rules import Epsilon
    from zennit.types import Convolution

    net = Net().double().eval()
    fill(net)
    model = Gray(net)
    x = torch.from_numpy(uniform("input", SIDE * SIDE).astype(np.float32).reshape(1, 1, SIDE, SIDE)).double()
    white = torch.ones_like(x)
    maps = {}

    def save(name, t):
        maps[name] = [float(f"{v:.9g}") for v in t.detach().double().flatten().tolist()]

    save("logits", torch.cat([model(x), model(white)]))
    for name, baseline in ("white", white), ("black", 0 * x):
        found, off = DeepLift(model).attribute(x, baselines=baseline, return_convergence_delta=True)
        print("deeplift", name, "does not add up by", off.item())
        save("deeplift-" + name, found)

    # the positions on the path and the noise that whisker draws, instead of numpy's and torch's
    drawn = json.loads((out / "drawn.json").read_text()) if (out / "drawn.json").exists() else None
    if drawn:
        noise = torch.tensor(drawn["noise"], dtype=torch.float64).reshape(-1, 1, SIDE, SIDE)
        alphas = torch.tensor(drawn["alphas"], dtype=torch.float64).reshape(-1, 1, 1, 1)
        from captum.attr._core.gradient_shap import InputBaselineXGradient
        real = np.random.uniform
        shap = torch.zeros_like(x)
        for n, a in zip(noise, alphas):
            np.random.uniform = lambda low, high, size, a=a: np.full(size, a.item())
            shap += InputBaselineXGradient(model).attribute(x + n, baselines=white)
        np.random.uniform = real
        save("gradient-shap-white", shap / len(noise))
        smooth = torch.zeros_like(x)
        for n in noise:
            smooth += InputXGradient(model).attribute((x + n).requires_grad_())
        save("smooth-gradient-x-input-black", smooth / len(noise))
        save("smooth-integrated-gradients-white",
             sum(IntegratedGradients(model).attribute(x + n, baselines=white, n_steps=20) for n in noise) / len(noise))

    layer = net.features[6]
    save("layer-gradient-x-activation", LayerGradientXActivation(model, layer).attribute(x).sum(1))
    save("conductance-white", LayerConductance(model, layer).attribute(x, baselines=white, n_steps=20).sum(1))

    composites = {
        "lrp-epsilon": LayerMapComposite(
            layer_map=layer_map_base() + [(Convolution, Epsilon()), (torch.nn.Linear, Epsilon())]),
        "lrp-epsilon-plus": EpsilonPlus(),
        "lrp-epsilon-plus-flat": EpsilonPlusFlat(),
        "lrp-epsilon-alpha2-beta1": EpsilonAlpha2Beta1(),
        "lrp-epsilon-gamma-box": EpsilonGammaBox(low=normalised(0 * x), high=normalised(white)),
    }
    for name, composite in composites.items():
        with Gradient(model=net, composite=composite) as attributor:
            _, relevance = attributor(normalised(x).clone(), lambda output: output)
        save(name, relevance.sum(1))

    # pytorch-grad-cam's ScoreCAM.get_cam_weights and get_2d_projection, which take these tensors
    activation = net.features[:7](normalised(x)).detach()
    up = torch.nn.UpsamplingBilinear2d(size=(SIDE, SIDE))(activation)
    flat = up.flatten(2)
    low, high = flat.min(-1)[0][:, :, None, None], flat.max(-1)[0][:, :, None, None]
    mask = (up - low) / (high - low + 1e-8)
    scores = torch.stack([-model(x * mask[:, k:k + 1])[0, 0] for k in range(mask.shape[1])])
    weights = torch.softmax(scores, -1)
    save("score-cam-black-aligned", (weights[:, None, None] * activation[0]).sum(0))
    flat = activation[0].flatten(1).T.numpy()
    flat = flat - flat.mean(axis=0)
    _, _, vt = np.linalg.svd(flat, full_matrices=True)
    save("eigen-cam", torch.from_numpy(flat @ vt[0]))
    cams(net, model, x, save)
    ablation(net, Cat(model), x, save)
    guided(net, Cat(model), x, save)
    (out / "rules.json").write_text(json.dumps(maps, separators=(",", ":")))
    for name, values in maps.items():
        print(name, len(values), np.linalg.norm(values))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
