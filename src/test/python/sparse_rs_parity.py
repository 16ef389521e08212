"""Sparse-RS by its authors' code beside whisker's, on networks that whisker exported.

    whisker models export NAME --format torchscript --out nets/NAME.pt
    whisker league --model NAME,... --searches sparse-rs --runs 1000 \
        --max-evaluations 1000 --target 0.8 --precision float32 --out league
    python sparse_rs_parity.py CHECKOUT nets league theirs.csv 64

CHECKOUT is one of https://github.com/fra31/sparse-rs, and 64 the side of the networks' images. For each network of the league, as many runs of
theirs go into theirs.csv, with the images that each needed until p(target) reached the league's target; it is
continued where it was stopped. Then the differences are printed: share of runs that got there, and the
ratio of median images, each with a 90 % interval by the bootstrap, for each network and over all. Their
runs of a batch share random numbers, so batches are drawn for theirs, and runs for ours.

Needs PyTorch and numpy. Changed pixels are black: the only colour that whisker has.
"""
import csv
import json
import os
import sys

import numpy as np
import torch

PERCENT = 0.3
FIRST_SHARE = 0.3
BATCH = 25
RESAMPLES = 10_000


def attack_class(checkout):
    sys.path.insert(0, checkout)
    from rs_attacks import RSAttack

    class Black(RSAttack):
        def random_choice(self, shape):
            return -torch.ones(shape)

    return Black


def theirs(black, network, side, runs, images, target, seed):
    """The images that each run of a batch needed, and whether it reached the target."""
    model = torch.jit.load(network).eval()
    level = float(np.log(target / (1 - target)))

    def predict(x):
        z = torch.cat([model(part) for part in x.split(64)]).reshape(-1, 1)
        return torch.cat([torch.zeros_like(z), z + level], dim=1)

    pixels = round(PERCENT / 100 * side * side)
    attack = black(predict, norm="L0", n_queries=images, eps=pixels, p_init=FIRST_SHARE, verbose=False)
    white = torch.ones(runs, 1, side, side)
    attack.init_hyperparam(white)
    torch.manual_seed(seed)
    with torch.no_grad():
        used, best = attack.attack_single_run(white, torch.ones(runs, dtype=torch.long))
        return list(zip(used.int().tolist(), (predict(best)[:, 1] <= 0).tolist()))


def ours(folder):
    """For each network, the images of each run and whether it reached the target."""
    runs = {}
    with open(os.path.join(folder, "league_runs.csv"), encoding="utf-8") as table:
        for row in csv.DictReader(table):
            runs.setdefault(row["model"], []).append((int(row["images"]), row["ended_by"] == "target"))
    return runs


def done(path):
    if not os.path.exists(path):
        return {}
    runs = {}
    with open(path, encoding="utf-8") as table:
        for row in csv.DictReader(table):
            runs.setdefault(row["model"], []).append((int(row["images"]), row["reached"] == "True"))
    return runs


def median(images, reached, images_at_most):
    """Median of images, in which a run that did not get there has used more than all."""
    return np.median(np.where(reached, images, images_at_most + 1), axis=-1)


def drawn(runs, together, random):
    """All runs in the first row, and runs that are drawn with replacement in the others, so many together."""
    batches = np.arange(runs).reshape(-1, together)
    at = random.integers(len(batches), size=(RESAMPLES + 1, len(batches)))
    at[0] = np.arange(len(batches))
    return batches[at].reshape(RESAMPLES + 1, runs)


def compared(name, pairs, most, random):
    """Differences of shares and ratios of medians, averaged over networks, with 90 % intervals."""
    shares, ratios = [], []
    for us, them in pairs:
        draws = []
        for runs in (us, them):
            images, reached = (np.array(column) for column in zip(*runs))
            at = drawn(len(images), 1 if runs is us else BATCH, random)
            draws.append((reached[at].mean(axis=1), median(images[at], reached[at], most)))
        shares.append(draws[0][0] - draws[1][0])
        ratios.append(np.log(draws[0][1] / draws[1][1]))
    share, ratio = np.mean(shares, axis=0), np.exp(np.mean(ratios, axis=0))
    low, high = np.percentile(share[1:], [5, 95])
    below, above = np.percentile(ratio[1:], [5, 95])
    print(
        f"{name}: share of runs {100 * share[0]:+.1f} points ({100 * low:+.1f} to {100 * high:+.1f}), "
        f"median images {ratio[0]:.3f} ({below:.3f} to {above:.3f}) of theirs"
    )


def main(checkout, networks, league, table, side):
    with open(os.path.join(league, "manifest.json"), encoding="utf-8") as file:
        asked = json.load(file)["configuration"]
    images, target = asked["evaluations"], asked["target"]
    runs, have = ours(league), done(table)
    black = attack_class(checkout)
    if not have:
        with open(table, "w", encoding="utf-8") as file:
            file.write("model,run,images,reached\n")
    for seed, name in enumerate(runs):
        network = os.path.join(networks, name + ".pt")
        there = have.setdefault(name, [])
        while len(there) < len(runs[name]):
            found = theirs(black, network, int(side), BATCH, images, target, 1000 * seed + len(there) // BATCH)
            with open(table, "a", encoding="utf-8") as file:
                file.writelines(f"{name},{len(there) + i + 1},{n},{ok}\n" for i, (n, ok) in enumerate(found))
            there += found
    random = np.random.default_rng(1)
    for name in runs:
        compared(name, [(runs[name], have[name])], images, random)
    compared("all", [(runs[name], have[name]) for name in runs], images, random)


if __name__ == "__main__":
    main(*sys.argv[1:])
