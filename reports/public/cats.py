"""Makes cat classifiers of gray photos out of public networks, as the question's were made, and compares where their pixels go.

    python3 reports/public/cats.py list                     writes cats.csv: which networks, in which order
    python3 reports/public/cats.py train --photos FOLDER    trains those that are not there yet, and writes accuracies.csv
    python3 reports/public/census.py revise --cells cats.csv --results FOLDER      forecasts; then `gather`, and a commit
    python3 reports/public/census.py observe --cells cats.csv --results FOLDER     searches, as for the other cells; then `gather`

The rule: each public network of BASES gets a head of one logit that reads its last map, pooled or flattened, trained on photos of cats and of other
things while all other layers stay as they are (frozen); the smaller ones are also trained whole (tuned). All frozen ones come first, by the
size of their input, then the tuned ones. What is trained is taken, whatever its accuracy. Time alone decides how far down the list a search comes.
"""
import argparse
import csv
import json
import os
import pathlib
import subprocess

HERE = pathlib.Path(__file__).parent
BASES = {"resnet8-cifar10": 32, "mobilenet-v1-25-96-keras": 96, "mobilenet-v1-25-128-keras": 128, "mobilenet-v1-25-128": 128,
         "mobilenet-v1-50-160": 160, "mobilenet-v2-imagenet": 224, "efficientnet-lite0": 224}
TUNED_SIDE = 128
HEADS = ["pooled", "flattened"]
FROZEN = ["--epochs", "8", "--frozen-epochs", "8"]
TUNED = ["--epochs", "18", "--frozen-epochs", "8", "--release-rate", "0.0002"]
FIELDS = ["order", "model", "network", "head", "tier", "side", "seed"]


def listed():
    rows = [(base, side, head, "frozen") for base, side in BASES.items() for head in HEADS]
    rows += [(base, side, head, "tuned") for base, side in BASES.items() if side <= TUNED_SIDE for head in HEADS]
    for order, (base, side, head, layers) in enumerate(rows, 1):
        yield {"order": order, "model": f"cats-{base}-{head}-{layers}", "network": base, "head": head, "tier": layers, "side": side,
               "seed": 700_000 + 1000 * order}


def write(name, fields, rows):
    with open(HERE / name, "w", newline="") as file:
        table = csv.DictWriter(file, fields, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def train(args):
    models = pathlib.Path(os.environ["WHISKER_HOME"]) / "models"
    index, count = (int(n) for n in args.shard.split("/"))
    for row in listed():
        if row["order"] % count == index - 1 and not (models / row["model"] / "model.json").exists():
            epochs = FROZEN if row["tier"] == "frozen" else TUNED
            subprocess.run([*args.whisker.split(), "train", "--init", row["network"], "--head", row["head"], *epochs, "--seed", "1",
                            "--data", args.photos, "--note", "photos of cats and of other things", "--research-only", "--quiet",
                            "--out", str(models / row["model"])], check=True)
            print(row["model"], flush=True)


def accuracies():
    models = pathlib.Path(os.environ["WHISKER_HOME"]) / "models"
    rows = []
    for row in listed():
        card = models / row["model"] / "model.json"
        if card.exists():
            figures = json.loads(card.read_text())["figures"]
            rows.append({"model": row["model"], "test_accuracy": figures["accuracy"], "p_white": figures["whiteCatProbability"]})
    write("accuracies.csv", ["model", "test_accuracy", "p_white"], rows)


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("kind", choices=["list", "train"])
    asked.add_argument("--photos", help="with train/, val/ and test/, each with cat/ and not_cat/")
    asked.add_argument("--whisker", default=str(HERE.parent.parent / "whisker"))
    asked.add_argument("--shard", default="1/1")
    args = asked.parse_args()
    if args.kind == "list":
        write("cats.csv", FIELDS, listed())
    else:
        train(args)
        accuracies()


if __name__ == "__main__":
    main()
