"""Makes quantus.json beside this file: what Quantus 0.6 says of gradients of a small network (boundary/attack/tanh_net.py).

  PYTHONPATH=quantus:../../boundary/attack make_quantus.py OUT_DIR

Needs PyTorch and what Quantus imports. Quantus draws its own noise; here it gets that of whisker's MaxSensitivity.
"""
import json
import pathlib
import sys
import time

import numpy as np
import quantus
import torch
from quantus.functions.complexity_func import discrete_entropy
from quantus.functions.similarity_func import correlation_spearman

from tanh_net import Net, PIXELS, SIDE, pictures

COUNT, FILL, SEED, SAMPLES, RADIUS = 8, 0.5, 3, 10, 0.02
MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15
CAT, NOT_CAT = 0, 1


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def stream(name, index):
    """SplitMix64.stream(SEED, name, index).nextDouble()."""
    h = 0xCBF29CE484222325
    for byte in name.encode():
        h = ((h ^ byte) * 0x100000001B3) & MASK
    state = mix((mix(h ^ SEED) + GOLDEN * index) & MASK)
    while True:
        state = (state + GOLDEN) & MASK
        yield (mix(state) >> 11) * 2.0**-53


def noises():
    """Each call of Quantus gets the next sample's; the same for every picture."""
    for sample in range(SAMPLES):
        draw = stream("max-sensitivity", sample)
        yield np.array([np.float32(RADIUS * (2 * next(draw) - 1)) for _ in range(PIXELS)], dtype=np.float32)


def gradients(model, inputs, targets=None, **_):
    x = torch.tensor(np.asarray(inputs), dtype=torch.float32, requires_grad=True)
    logit = model(x.reshape(-1, 1, SIDE, SIDE))[:, NOT_CAT]
    return torch.autograd.grad(logit.sum(), x)[0].numpy()


def main(out):
    net = Net(torch.float32).eval()
    x = pictures()[:COUNT].float().numpy()
    maps = gradients(net, x)
    towards_cat = -maps * (x - np.float32(FILL))  # what a pixel adds, against the fill
    common = dict(model=net, x_batch=x, channel_first=True, device="cpu", batch_size=COUNT)
    quiet = dict(disable_warnings=True, display_progressbar=False)

    def flipped(order, target, softmax, **more):
        metric = quantus.PixelFlipping(features_in_step=1, perturb_baseline=FILL, abs=False, normalise=False, **quiet, **more)
        y = np.full(COUNT, target)
        return np.asarray(metric(y_batch=y, a_batch=order, softmax=softmax, **common)).tolist()

    start = time.time()
    result = {
        "fill": FILL,
        "strongest_logit": flipped(np.abs(maps), NOT_CAT, False),
        "strongest_auc": flipped(np.abs(maps), NOT_CAT, False, return_auc_per_sample=True),
        "towards_cat_p": flipped(towards_cat, CAT, True),
        "towards_not_cat_p": flipped(-towards_cat, CAT, True),
    }

    def infidelity(side):
        metric = quantus.Infidelity(
            perturb_baseline=FILL, perturb_patch_sizes=[side], n_perturb_samples=1, abs=False, normalise=False, **quiet)
        return np.asarray(metric(y_batch=np.full(COUNT, NOT_CAT), a_batch=maps, softmax=False, **common)).tolist()

    def alone(side):
        """Yeh's formula on the same blocks, each in the picture as it was."""
        logit = net(torch.tensor(x))[:, NOT_CAT].numpy()
        errors = []
        for top in range(0, SIDE, side):
            for left in range(0, SIDE, side):
                changed = x.copy()
                changed[:, :, top:top + side, left:left + side] = FILL
                actual = logit - net(torch.tensor(changed))[:, NOT_CAT].numpy()
                errors.append((np.sum(maps * (x - changed), axis=(1, 2, 3)) - actual) ** 2)
        return np.mean(errors, axis=0).tolist()

    result["infidelity_8"] = infidelity(8)
    result["infidelity_4"] = infidelity(4)
    result["infidelity_4_alone"] = alone(4)

    draws = noises()
    metric = quantus.MaxSensitivity(
        nr_samples=SAMPLES, abs=False, normalise=False, **quiet,
        perturb_func=lambda arr, indices, **_: arr + next(draws)[None, :])
    result["max_sensitivity"] = np.asarray(metric(
        y_batch=np.full(COUNT, NOT_CAT), a_batch=maps, explain_func=gradients, softmax=False, **common)).tolist()
    print("seconds:", time.time() - start)

    wide = maps.astype(np.float64).reshape(COUNT, -1)
    result["entropy"] = [float(discrete_entropy(a, None)) for a in wide]
    result["spearman"] = [
        float(correlation_spearman(np.abs(wide[i]), np.abs(wide[i + 1]))) for i in range(COUNT - 1)]
    for key, value in result.items():
        if isinstance(value, list):
            assert np.all(np.isfinite(value)), key
            result[key] = np.round(np.asarray(value, dtype=np.float64), 9).tolist()
    text = json.dumps(result).replace('], "', '],\n "').replace("], [", "],\n  [")
    pathlib.Path(out, "quantus.json").write_text(text + "\n")
    for key in ("infidelity_8", "infidelity_4", "infidelity_4_alone", "max_sensitivity", "entropy", "spearman"):
        print(key, [round(v, 5) for v in result[key]])


if __name__ == "__main__":
    main(sys.argv[1])
