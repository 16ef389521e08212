"""Chooses the cells (a network and a class) of the census, and writes cells.csv. Only p of white is measured here: no single pixel, and no search.

    python3 reports/public/cells.py --onnx public-onnx

The rule, written before any E of a cell was known:
- Networks: all of networks.csv that whisker imported then. (The two vision transformers were refused. When they were read, the same rule drew their
  cells, behind all others and at random, before any E of theirs was known.)
- Classes: all, but of the five kinds of pictures of nsfwjs only Drawing and Neutral, and of open-nsfw only safe. White must not be of the class already:
  its p of white is below 0.5, by softmax.
- A network of at most ten classes: all of these. A larger one: they are sorted by p of white and cut into 16 strata of equal size (to within one),
  and one class is drawn from each.
- Left out, since their E was seen before the rule was written: `cat` (several classes together), and classes 100, 500 and 900 of squeezenet.
- Order: at random within the networks of at most 128 pixels, which come first since they are cheap, and within the others. A prefix of either is an
  unbiased sample of it.
Needs numpy and onnxruntime.
"""
import argparse
import csv
import pathlib
import random

import numpy as np

import networks

SEED = 68
STRATA = 16
SMALL = 128
LATER = {"vit-3-8-cifar10", "vit-2-16-cifar10"}
SEEN = {("squeezenet", 100), ("squeezenet", 500), ("squeezenet", 900)}
FIELDS = ["order", "model", "network", "architecture", "side", "class", "name", "stratum", "p_white", "tier", "seed"]


def allowed(row):
    """The indices of the classes that may be asked for."""
    if row["client"] == "npm":
        return [0, 2]
    return [0] if row["network"] == "open-nsfw" else list(range(int(row["classes"])))


def white(row, folder):
    """p of each class on white."""
    picture = networks.pictures(row)[1:2]
    output = networks.outputs(folder / (row["network"] + ".onnx"), picture)
    return output[0] if row["network"] == "open-nsfw" else np.exp(networks.log_softmax(output))[0]


def drawn(row, p, chance):
    """The classes of a network, each with its stratum, from 1 at the lowest p of white."""
    there = [c for c in allowed(row) if p[c] < 0.5 and (row["network"], c) not in SEEN]
    there.sort(key=lambda c: p[c])
    if int(row["classes"]) <= 10:
        return [(c, "") for c in there]
    bounds = [round(i * len(there) / STRATA) for i in range(STRATA + 1)]
    return [(chance.choice(there[a:b]), i + 1) for i, (a, b) in enumerate(zip(bounds, bounds[1:]))]


def tier(row):
    return "transformer" if row["network"] in LATER else "small" if int(row["side"]) <= SMALL else "large"


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--onnx", type=pathlib.Path, default=pathlib.Path("public-onnx"))
    folder = asked.parse_args().onnx
    cells = []
    with open(networks.HERE / "networks.csv", newline="") as file:
        for row in csv.DictReader(file):
            p = white(row, folder)
            names = row["names"].split("|") if row["names"] else None
            for index, stratum in drawn(row, p, random.Random(f"{SEED} {row['network']}")):
                cells.append({"model": f"{row['network']}@{index}", "network": row["network"], "architecture": row["architecture"],
                              "side": row["side"], "class": index, "name": names[index] if names else "", "stratum": stratum,
                              "p_white": f"{p[index]:.3g}", "tier": tier(row)})
    first = [cell for cell in cells if cell["tier"] != "transformer"]
    later = [cell for cell in cells if cell["tier"] == "transformer"]
    random.Random(SEED).shuffle(first)
    random.Random(SEED).shuffle(later)
    cells = sorted(first, key=lambda cell: cell["tier"] != "small") + later
    for order, cell in enumerate(cells, 1):
        cell |= {"order": order, "seed": 1000 * order}
    with open(networks.HERE / "cells.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(cells)
    print(len(cells), "cells of", len({cell["network"] for cell in cells}), "networks")


if __name__ == "__main__":
    main()
