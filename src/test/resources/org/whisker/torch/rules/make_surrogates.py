"""Makes surrogates.json beside this file: the network and the picture of make_rules.py, whose four squares are explained
by lime 0.2's own fit to all sets of them, and by Captum's exact Shapley values. Needs both, and what make_rules.py needs.

  make_surrogates.py OUT_DIR
"""
import functools
import itertools
import json
import pathlib
import sys

import numpy as np
import torch
from captum.attr import KernelShap, ShapleyValues
from lime.lime_base import LimeBase
from make_rules import SIDE, Gray, Net, fill, uniform
from sklearn.metrics import pairwise_distances

HALF = SIDE // 2


def main(out):
    net = Net().double().eval()
    fill(net)
    model = Gray(net)
    x = torch.from_numpy(uniform("input", SIDE * SIDE).astype(np.float32).reshape(1, 1, SIDE, SIDE)).double()
    square = torch.tensor([[2 * (y // HALF) + c // HALF for c in range(SIDE)] for y in range(SIDE)])

    exact = ShapleyValues(model).attribute(x, baselines=0, feature_mask=square)
    torch.manual_seed(1)
    drawn = KernelShap(model).attribute(x, baselines=0, feature_mask=square, n_samples=4000)
    print("Captum's KernelShap is off by", (drawn - exact).abs().max().item())

    sets = np.array(sorted(itertools.product([0, 1], repeat=4), key=lambda s: -sum(s)), dtype=float)
    with torch.no_grad():
        logits = torch.cat([model(x * torch.tensor(s)[square]) for s in sets]).numpy()
    distances = pairwise_distances(sets, sets[:1], metric="cosine").ravel()
    # as in lime's explainer of images
    kernel = functools.partial(lambda d, width: np.sqrt(np.exp(-(d ** 2) / width ** 2)), width=.25)
    _, fitted, _, _ = LimeBase(kernel).explain_instance_with_data(
        sets, logits, distances, 0, num_features=4, feature_selection="none")
    lime = torch.tensor([value for _, value in sorted(fitted)])[square]

    maps = {"kernel-shap": exact, "lime": lime}
    corners = [0, HALF, SIDE * HALF, SIDE * HALF + HALF]
    (out / "surrogates.json").write_text(json.dumps(
        {name: [float(f"{v:.9g}") for v in each.flatten()[corners].tolist()] for name, each in maps.items()}) + "\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
