"""Makes cat classifiers of gray photos out of public networks, as the question's were made, and compares where their pixels go.

    python3 reports/public/cats.py list                     writes cats.csv: which networks, in which order
    python3 reports/public/cats.py train --photos FOLDER    trains those that are not there yet, and writes accuracies.csv
    python3 reports/public/census.py revise --cells cats.csv --results FOLDER      forecasts; then `gather`, and a commit
    python3 reports/public/census.py observe --cells cats.csv --results FOLDER     searches, as for the other cells; then `gather`
    python3 reports/public/cats.py tables                   writes what was found into README.md

The rule: each public network of BASES gets a head of one logit that reads its last map, pooled or flattened, trained on photos of cats and of other
things while all other layers stay as they are (frozen); the smaller ones are also trained whole (tuned). All frozen ones come first, by the
size of their input, then the tuned ones. What is trained is taken, whatever its accuracy. Time alone decides how far down the list a search comes.
"""
import argparse
import csv
import json
import os
import pathlib
import statistics
import subprocess
import sys

import analysis

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from readme import t_quantile  # noqa: E402

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


def observed():
    """The rows of errors, each with what it is a row of."""
    about = {row["model"]: row for row in analysis.rows("cats.csv")}
    return [{**row, **{name: about[row["model"]][name] for name in ("network", "head", "tier", "side")}} for row in analysis.errors("cats-")]


def by_classifier(found):
    """A line a classifier: what it is, and E at p ½ and at the end."""
    lines = ["| public network | pixels | head | other layers | right on test photos | p(cat) of white | pixels that help on white | runs that reach p ½ | "
             "E at p ½: predicted, observed, rolled | E at the end: predicted, observed, rolled |", "|---|---|---|---|---|---|---|---|---|---|"]
    right = {row["model"]: row for row in analysis.rows("accuracies.csv")}
    helping = {row["model"]: float(row["helping"]) for row in analysis.rows("cats-revised.csv")}
    text = lambda v: "–" if v is None else f"{v:.2f}"
    for model in dict.fromkeys(row["model"] for row in found):
        half, end = (next(row for row in found if row["model"] == model and row["level"] == level) for level in ("half", "end"))
        e = lambda row: ", ".join(text(row[name]) for name in ("revised", "observed", "rolled"))
        lines.append(f"| {half['network']} | {half['side']} | {half['head']} | {half['tier']} | {100 * float(right[model]['test_accuracy']):.0f} % | "
                     f"{float(right[model]['p_white']):.2f} | {100 * helping[model]:.0f} % | {half['reached']} of {half['runs']} | {e(half)} | {e(end)} |")
    return lines


def by_level(found):
    """A line a level: the forecast against the other ways, with the public network as the unit of intervals."""
    lines = ["| level | classifiers (public networks) | E observed | mean error of the forecast | floor | rank correlation | in the interval | pilot rule | "
             "always ½ | as the minis | rolled |", "|---|---|---|---|---|---|---|---|---|---|---|"]
    for level in analysis.LEVELS:
        own = [row for row in found if row["level"] == level]
        f = analysis.score(level, "revised", own)
        if "mean_error" not in f:
            continue
        others = [analysis.score(level, way, own).get("mean_error") for way in analysis.WAYS[1:]]
        seen = statistics.fmean(row["observed"] for row in own if row["observed"] is not None)
        lines.append(f"| {analysis.NAMES[level]} | {f['cells']} ({f['networks']}) | {seen:.2f} | **{f['mean_error']:.3f}** ({analysis.span(f, 'error')}) | "
                     f"{f['floor']:.3f} | {f['spearman']:.2f} | {100 * f['cover']:.0f} % | {' | '.join('–' if e is None else f'{e:.3f}' for e in others)} |")
    return lines


def line(name, measure, level, by):
    """A line of the means of networks, with the interval of Student's t over these."""
    means = [statistics.fmean(each) for each in by.values()]
    mean, half = statistics.fmean(means), t_quantile(len(means) - 1) * statistics.stdev(means) / len(means) ** 0.5
    text = f"{mean:+.2f} ({mean - half:+.2f} to {mean + half:+.2f})".replace("-", "−")
    return f"| {name} | {measure} | {analysis.NAMES[level]} | {len(means)} | {f'**{text}**' if abs(mean) > half else text} |"


def compared(found):
    """A line a comparison and level: the mean over public networks, and its interval of Student's t over them."""
    lines = ["| compared | of | level | public networks | mean difference (95 %) |", "|---|---|---|---|---|"]
    off = lambda row: None if row["rolled"] is None else abs(row["observed"] - row["rolled"])
    measures = {"E": lambda row: row["observed"], "how far E is off the rolled control": off}
    for level in ("gain-1", "half", "end"):
        by = {}
        for row in found:
            if row["level"] == level and None not in (row["observed"], row["rolled"]):
                by.setdefault(row["network"], []).append(row["observed"] - row["rolled"])
        lines.append(line("search less rolled control", "E", level, by))
    for name, key, high, low in [("flattened less pooled head", "head", "flattened", "pooled"), ("tuned less frozen", "tier", "tuned", "frozen")]:
        for measure, value in measures.items():
            for level in ("gain-1", "half", "end"):
                there = {(row["network"], row["head"], row["tier"]): value(row) for row in found if row["level"] == level and row["observed"] is not None}
                by = {}
                for (network, head, tier), at in there.items():
                    other = (network, low, tier) if key == "head" else (network, head, low)
                    if (head if key == "head" else tier) == high and None not in (at, there.get(other)):
                        by.setdefault(network, []).append(at - there[other])
                lines.append(line(name, measure, level, by))
    return lines


def tables():
    found = observed()
    analysis.into_readme("cats", by_classifier(found))
    analysis.into_readme("cats by level", by_level(found))
    analysis.into_readme("cats compared", compared(found))


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("kind", choices=["list", "train", "tables"])
    asked.add_argument("--photos", help="with train/, val/ and test/, each with cat/ and not_cat/")
    asked.add_argument("--whisker", default=str(HERE.parent.parent / "whisker"))
    asked.add_argument("--shard", default="1/1")
    args = asked.parse_args()
    if args.kind == "list":
        write("cats.csv", FIELDS, listed())
    elif args.kind == "train":
        train(args)
        accuracies()
    else:
        tables()


if __name__ == "__main__":
    main()
