"""Makes attacks.json beside this file: the smallest changes that Foolbox 3.3 (LInfFMNAttack, DDNAttack) and adversarial-library
0.2 (sigma_zero) find, run as they are published, and the shares of pictures that they turn within a budget.

  PYTHONPATH=foolbox:adversarial-library make_attacks.py OUT_DIR

Needs PyTorch, NumPy and EagerPy. The network is a hidden layer of tanh on formula weights, in float64; its one logit l of
not-cat is given to the attacks as the two logits (0, l), so that their crossentropy is the sigmoid's and their difference of
logits is l.
"""
import json
import pathlib
import sys
import types

import eagerpy as ep
import numpy as np
import torch

sys.modules["visdom"] = types.ModuleType("visdom")  # adversarial-library imports it; no attack uses it
import foolbox  # noqa: E402
from adv_lib.attacks.sigma_zero import sigma_zero  # noqa: E402

SIDE, HIDDEN, PICTURES = 8, 12, 40
PIXELS = SIDE * SIDE


def unit(i):
    """The same digits in every language: a whole number's remainder, -1 to 1."""
    return (i * 7919 % 1009).double() / 504 - 1


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        index = torch.arange(HIDDEN * PIXELS, dtype=torch.int64)
        self.inner = (unit(index + 1) * 0.4).reshape(HIDDEN, PIXELS)
        self.outer = unit(torch.arange(HIDDEN, dtype=torch.int64) * 31 + 5) * 2

    def forward(self, x):
        logit = torch.tanh((x.flatten(1) - 0.5) @ self.inner.T) @ self.outer + 0.1
        return torch.stack([torch.zeros_like(logit), logit], dim=1)


def pictures():
    index = torch.arange(PICTURES * PIXELS, dtype=torch.int64)
    gray = ((index * index * 31 + index * 17) % 251).double() / 250
    two_toned = (gray > 0.5).double()
    gray = gray.reshape(PICTURES, 1, SIDE, SIDE)
    two_toned = two_toned.reshape(PICTURES, 1, SIDE, SIDE)
    # every other one of two tones, as evolved images are
    pick = (torch.arange(PICTURES) % 2 == 0).reshape(-1, 1, 1, 1)
    return torch.where(pick, two_toned, gray).float().double()  # grays as float32 has them


def distances(x, adversarial, norm):
    delta = (adversarial - x).flatten(1)
    return {
        "l0": lambda: (delta.abs() > 1e-12).sum(1).double(),
        "l2": lambda: delta.norm(p=2, dim=1),
        "linf": lambda: delta.abs().max(1).values,
    }[norm]()


def record(name, norm, steps, x, adversarial, logits, budgets):
    own = (logits(x)[:, 1] > 0)
    crossed = (logits(adversarial)[:, 1] > 0) != own
    distance = distances(x, adversarial, norm)
    share = [float((crossed & (distance <= budget)).double().mean()) for budget in budgets]
    return {
        "attack": name,
        "norm": norm,
        "steps": steps,
        "distance": [float(d) if c else None for d, c in zip(distance, crossed)],
        "budgets": budgets,
        "share": share,
    }


def main(out):
    torch.manual_seed(0)
    net = Net().eval()
    x = pictures()
    labels = net(x).argmax(1)
    model = foolbox.PyTorchModel(net, bounds=(0, 1), device="cpu")
    found = []
    for steps in (100, 1000):
        adversarial = sigma_zero(net, x, labels, num_steps=steps)
        found.append(record("sigma-zero", "l0", steps, x, adversarial, net, list(range(1, 21))))
    # of 50 steps, some pictures are left a rounding error before the boundary
    for steps in (100, 200):
        attack = foolbox.attacks.LInfFMNAttack(steps=steps)
        adversarial = attack.run(model, x, foolbox.criteria.Misclassification(labels))
        budgets = [i * 0.005 for i in range(1, 41)]
        found.append(record("fmn-linf", "linf", steps, x, adversarial, net, budgets))
    for steps in (20, 100):
        attack = foolbox.attacks.DDNAttack(steps=steps)
        adversarial = attack.run(model, x, foolbox.criteria.Misclassification(labels))
        budgets = [i * 0.03 for i in range(1, 41)]
        found.append(record("ddn-l2", "l2", steps, x, adversarial, net, budgets))
    result = {"logits": [float(l) for l in net(x)[:, 1]], "attacks": found}
    pathlib.Path(out, "attacks.json").write_text(json.dumps(result, indent=1) + "\n")
    for each in found:
        reached = [d for d in each["distance"] if d is not None]
        print(each["attack"], each["steps"], len(reached), np.median(reached), np.min(reached), np.max(reached), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
