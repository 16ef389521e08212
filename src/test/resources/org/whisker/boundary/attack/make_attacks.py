"""Makes attacks.json beside this file: the smallest changes that Foolbox 3.3 (LInfFMNAttack, DDNAttack) and adversarial-library
0.2 (sigma_zero) find, run as they are published, and the shares of pictures that they turn within a budget.

  PYTHONPATH=foolbox:adversarial-library make_attacks.py OUT_DIR

Needs PyTorch, NumPy and EagerPy. The network (tanh_net.py) is in float64.
"""
import json
import pathlib
import sys
import types

import numpy as np
import torch

sys.modules["visdom"] = types.ModuleType("visdom")  # adversarial-library imports it; no attack uses it
import foolbox  # noqa: E402
from adv_lib.attacks.sigma_zero import sigma_zero  # noqa: E402

from tanh_net import Net, pictures  # noqa: E402


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
