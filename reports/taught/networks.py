"""Makes networks.csv and runs.csv of this folder from what `train`, `ablate` and `probe` wrote (README.md has the commands).

    python3 networks.py --from DIR [--models DIR] [--out DIR] vgg16=taught-vgg16 inception-resnet-v2=taught-inception

--from has the folders ablated-NAME-1, probed-NAME-1 and so on, --models the networks NAME-1 and so on. Only Python itself is needed.
"""

import argparse
import csv
import json
import pathlib
import re
import statistics

LEVELS = {"half": "edge_index_at_half", "target": "edge_index_at_target", "end": "edge_index"}
RUN = ["arm", "run", "seed", "ending", "success", "evaluations_to_target", "p_target", "black_pixels", "edge_index",
       "edge_index_at_target", "edge_index_at_half", "evaluations", "generations"]
ZONES = 5


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def only(table, **cells):
    """The row with these cells; an empty one where there is none."""
    found = [row for row in table if all(row[name] == cell for name, cell in cells.items())]
    return found[0] if found else {}


def text(value):
    """Four decimals, without zeros at the end; empty for nothing."""
    if value is None or value == "":
        return ""
    short = f"{float(value):.4f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short


def mean(values):
    values = list(values)
    return statistics.fmean(values) if values else None


def of_search(experiment):
    """E of the search and of the one behind the roll at three levels, and how the runs ended."""
    effects = rows(experiment / "effect.csv")
    row = {}
    for level, measure in LEVELS.items():
        effect = only(effects, comparison="evolved", against="rolled", measure=measure)
        row[f"e_{level}"] = effect.get("treated_mean")
        row[f"e_rolled_{level}"] = effect.get("control_mean")
        row[f"delta_e_{level}"] = effect.get("difference")
        row[f"delta_e_{level}_ci_low"] = effect.get("ci_low")
        row[f"delta_e_{level}_ci_high"] = effect.get("ci_high")
        row[f"pairs_{level}"] = effect.get("seeds")
    runs = [run for run in rows(experiment / "arms.csv") if run["arm"] == "evolved"]
    row["success"] = mean(float(run["success"]) for run in runs)
    row["p_target_end"] = mean(float(run["p_target"]) for run in runs)
    row["pixels_end"] = mean(float(run["black_pixels"]) for run in runs)
    # a run that did not reach the target counts with all its images
    row["evaluations_to_target"] = mean(float(run["evaluations_to_target"] or run["evaluations"]) for run in runs)
    return row


def of_barrier(experiment):
    table = rows(experiment / "barrier.csv")
    white = only(table, base="white")
    row = {name: white.get(name) for name in
           ["barrier", "barrier_ci_low", "barrier_ci_high", "first_centre", "first_edge", "height_pixels"]}
    row["barrier_half"] = only(table, base="evolved images at p 0.5").get("barrier")
    row["barrier_end"] = only(table, base="evolved images at the end").get("barrier")
    return row


def of_parts(experiment):
    row = {}
    for part in ["padding", "head", "neither"]:
        share = only(rows(experiment / "part_shares.csv"), part=part)
        row[f"share_{part}"] = share.get("share")
        row[f"share_{part}_equal_gain"] = share.get("equal_gain_share")
    return row


def zone(x, y, width, height):
    """0 in the outermost fifth of the area, by whole rings, as EdgeBins has it."""
    distance = min(x, y, width - 1 - x, height - 1 - y)

    def inside(depth):
        return max(0, width - 2 * depth) * max(0, height - 2 * depth)

    outside = width * height - inside(distance)
    rank = (outside + (inside(distance) - inside(distance + 1)) / 2) / (width * height)
    return min(ZONES - 1, int(rank * ZONES))


def of_probe(folder):
    """How many single black pixels help by more than rounding, in the middle half and in the outermost fifth."""
    table = rows(folder / "probe.csv")
    places = [(int(row["x"]), int(row["y"]), float(row["delta_logit"])) for row in table]
    width = 1 + max(x for x, _, _ in places)
    height = 1 + max(y for _, y, _ in places)
    base = float(only(rows(folder / "summary.csv"), mode="add")["baseline_logit"])
    largest = max(abs(base), max(abs(base + delta) for _, _, delta in places))
    resolution = max(1e-6 * largest, 1e-3 * mean(abs(delta) for _, _, delta in places))
    across, down = int(width / 2 + 0.5), int(height / 2 + 0.5)
    left, top = (width - across) // 2, (height - down) // 2
    middle = [delta for x, y, delta in places if left <= x < left + across and top <= y < top + down]
    outer = [delta for x, y, delta in places if zone(x, y, width, height) == 0]
    row = {}
    for name, deltas in {"middle_half": middle, "outermost_fifth": outer}.items():
        row[f"places_{name}"] = len(deltas)
        row[f"helping_{name}"] = sum(delta < -resolution for delta in deltas)
        row[f"best_{name}"] = min(deltas)
    return row


def of_card(card):
    figures = json.loads(card.read_text(encoding="utf-8"))["figures"]
    return {"test_accuracy": figures["accuracy"], "p_target_of_white": figures["whiteCatProbability"]}


def numbers(folder, name):
    found = [re.fullmatch(re.escape(f"ablated-{name}-") + r"(\d+)", each.name) for each in folder.iterdir()]
    return sorted(int(match.group(1)) for match in found if match)


def network(asked, name, number):
    model = f"{name}-{number}"
    experiments = asked.folder / f"ablated-{model}" / model
    return {
        **of_card(asked.models / model / "model.json"),
        **of_search(experiments / "geometry"),
        **of_barrier(experiments / "barrier"),
        **of_parts(experiments / "place-parts"),
        **of_probe(asked.folder / f"probed-{model}"),
    }


def write(path, table):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="folder", type=pathlib.Path, default=pathlib.Path("."))
    parser.add_argument("--models", type=pathlib.Path, default=pathlib.Path("models"))
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parent)
    parser.add_argument("recipes", nargs="+", metavar="ARCHITECTURE=NAME")
    asked = parser.parse_args(arguments)
    networks, runs = [], []
    for recipe in asked.recipes:
        architecture, name = recipe.split("=", 1)
        for number in numbers(asked.folder, name):
            who = {"architecture": architecture, "network": number}
            cells = network(asked, name, number)
            networks.append({**who, **{column: text(value) for column, value in cells.items()}})
            arms = rows(asked.folder / f"ablated-{name}-{number}" / f"{name}-{number}" / "geometry" / "arms.csv")
            runs.extend({**who, **{column: run[column] for column in RUN}} for run in arms)
    if not networks:
        parser.error(f"there is no folder ablated-NAME-1 in {asked.folder}")
    write(asked.out / "networks.csv", networks)
    write(asked.out / "runs.csv", runs)


if __name__ == "__main__":
    main()
