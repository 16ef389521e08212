"""Compares predictions.csv and revised.csv with observed.csv: errors.csv (a row a cell and level), scores.csv (a row a level and way to predict),
census.svg, and the tables of README.md between its marks.

    python3 reports/public/analysis.py

E of a cell is the mean of the runs that reached the level; cells with fewer than two such runs, or for which a way says nothing, are left out of its
scores and counted. Ways: the forecast, the pilot rule, always 1/2, always as on the embedded minis (0.2), always the cell's rolled control. Intervals
are of the mean over networks, by a bootstrap that draws networks and then their cells. `floor` is the error that the runs' own spread leaves: the mean of
spread / sqrt(runs) x sqrt(2 / pi). The revised forecast was designed on the first DESIGN small cells of each network; it is scored on the others.
Needs Python 3.9 alone.
"""
import collections
import csv
import math
import pathlib
import random
import statistics

HERE = pathlib.Path(__file__).parent
REMOVED = ["nothing", "help", "cost", "both", "shuffled"]
LEVELS = ["gain-1", "gain-2", "gain-4", "half", "target", "end"]
WAYS = ["forecast", "pilot", "half", "minis", "rolled"]
MINIS = 0.2
DRAWS = 2000
DESIGN = 3


def rows(name):
    with open(HERE / name, newline="") as file:
        return list(csv.DictReader(file))


def number(text):
    return float(text) if text else None


def errors(of=""):
    """A row for each cell and level that was observed; `of` begins the names of the tables of other cells, which have no first forecast."""
    seen = collections.defaultdict(list)
    for row in rows(f"{of}observed.csv"):
        seen[row["model"], row["level"], row["arm"]].append(row)
    first = {} if of else {(row["model"], row["level"]): row for row in rows("predictions.csv")}
    revised = {(row["model"], row["level"]): row for row in rows(f"{of}revised.csv")}
    found = []
    for key in [*first, *(key for key in revised if key not in first)]:
        model, level = key
        row = first.get(key, {})
        again = revised.get(key, {})
        network = [number(r["edge_index"]) for r in seen[(*key, "network")] if r["edge_index"]]
        runs = len(seen[model, "end", "network"])
        if not runs:
            continue
        rolled = [number(r["edge_index"]) for r in seen[(*key, "rolled")] if r["edge_index"]]
        enough = len(network) > 1
        value = lambda of, name: number(of.get(name))
        found.append({
            "network": model.split("@")[0], "model": model, "level": level, "runs": runs,
            "reached": len(network), "reach_predicted": row.get("reach"), "reach_revised": again.get("reach"),
            "observed": statistics.fmean(network) if enough else None,
            "spread": statistics.stdev(network) if enough else None,
            "forecast": value(row, "edge_index"), "ci_low": value(row, "ci_low"), "ci_high": value(row, "ci_high"), "side": row.get("side"),
            "revised": value(again, "edge_index"), "revised_low": value(again, "ci_low"), "revised_high": value(again, "ci_high"),
            "pilot": value(row or again, "pilot_edge_index"), "half": 0.5, "minis": MINIS,
            "rolled": statistics.fmean(rolled) if len(rolled) > 1 else None, "predicted": key in first})
    return found


def designed_on():
    """The cells that the revised forecast was designed on."""
    count, those = collections.Counter(), set()
    for row in rows("cells.csv"):
        count[row["network"]] += 1
        if row["tier"] == "small" and count[row["network"]] <= DESIGN:
            those.add(row["model"])
    return those


def ranked(values):
    order = sorted(range(len(values)), key=lambda i: values[i])
    ranks = [0.0] * len(values)
    at = 0
    while at < len(order):
        to = at
        while to + 1 < len(order) and values[order[to + 1]] == values[order[at]]:
            to += 1
        for i in order[at : to + 1]:
            ranks[i] = (at + to) / 2
        at = to + 1
    return ranks


def spearman(x, y):
    a, b = ranked(x), ranked(y)
    if len(set(a)) < 2 or len(set(b)) < 2:
        return None
    return pearson(a, b)


def pearson(a, b):
    ma, mb = statistics.fmean(a), statistics.fmean(b)
    up = sum((x - ma) * (y - mb) for x, y in zip(a, b))
    return up / math.sqrt(sum((x - ma) ** 2 for x in a) * sum((y - mb) ** 2 for y in b))


def over_networks(cells, value):
    """The mean of the networks' means."""
    by = collections.defaultdict(list)
    for cell in cells:
        by[cell["network"]].append(value(cell))
    return statistics.fmean(statistics.fmean(v) for v in by.values())


def interval(cells, statistic):
    """95 %, by drawing networks, then cells of each."""
    by = collections.defaultdict(list)
    for cell in cells:
        by[cell["network"]].append(cell)
    chance, names, values = random.Random(1), sorted(by), []
    for _ in range(DRAWS):
        drawn = [{**cell, "network": f"{i} {cell['network']}"} for i, name in enumerate(chance.choices(names, k=len(names)))
                 for cell in chance.choices(by[name], k=len(by[name]))]
        value = statistic(drawn)
        if value is not None:
            values.append(value)
    values.sort()
    return (values[int(0.025 * len(values))], values[int(0.975 * len(values))]) if values else (None, None)


def score(level, way, cells):
    used = [c for c in cells if c["observed"] is not None and c[way] is not None]
    row = {"level": level, "way": way, "cells": len(used), "networks": len({c["network"] for c in used}), "left_out": len(cells) - len(used)}
    if len(used) < 3:
        return row
    error = lambda c: abs(c[way] - c["observed"])
    row["mean_error"] = over_networks(used, error)
    row["error_low"], row["error_high"] = interval(used, lambda drawn: over_networks(drawn, error))
    row["floor"] = over_networks(used, lambda c: c["spread"] / math.sqrt(c["reached"]) * math.sqrt(2 / math.pi))
    row["spearman"] = spearman([c[way] for c in used], [c["observed"] for c in used])
    row["spearman_low"], row["spearman_high"] = interval(used, lambda d: spearman([c[way] for c in d], [c["observed"] for c in d]))
    if way in ("forecast", "revised"):
        low, high = ("ci_low", "ci_high") if way == "forecast" else ("revised_low", "revised_high")
        row["cover"] = over_networks(used, lambda c: c[low] <= c["observed"] <= c[high])
        row["less_than_pilot_low"], row["less_than_pilot_high"] = interval(
            [c for c in used if c["pilot"] is not None], lambda d: over_networks(d, lambda c: abs(c["pilot"] - c["observed"]) - error(c)))
    return row


def write(name, fields, table):
    with open(HERE / name, "w", newline="") as file:
        writer = csv.DictWriter(file, fields, lineterminator="\n", restval="")
        writer.writeheader()
        for row in table:
            writer.writerow({k: f"{v:.4f}" if isinstance(v, float) else v for k, v in row.items() if v is not None})


def picture(cells):
    """Observed against predicted E at ½ and at the end, a colour a network."""
    names = sorted({c["network"] for c in cells})
    colour = {name: f"hsl({360 * i // max(1, len(names))} 70% 40%)" for i, name in enumerate(names)}
    parts = []
    for panel, level in enumerate(("gain-2", "half", "end")):
        left = 60 + 300 * panel
        x = lambda e: left + 250 * e
        y = lambda e: 300 - 250 * e
        parts.append(f'<rect x="{x(0)}" y="{y(1)}" width="250" height="250" fill="none" stroke="#999"/>')
        parts.append(f'<line x1="{x(0)}" y1="{y(0)}" x2="{x(1)}" y2="{y(1)}" stroke="#bbb"/>')
        title = {"gain-2": "at 2 logits gained", "half": "at p = ½", "end": "at the end of the search"}[level]
        parts.append(f'<text x="{x(.5)}" y="40" text-anchor="middle" font-weight="bold">{title}</text>')
        parts.append(f'<text x="{x(.5)}" y="335" text-anchor="middle">E predicted</text>')
        for tick in (0, 0.25, 0.5, 0.75, 1):
            parts.append(f'<text x="{x(tick)}" y="316" text-anchor="middle" fill="#555" font-size="11">{tick:g}</text>')
            parts.append(f'<text x="{left - 6}" y="{y(tick) + 4}" text-anchor="end" fill="#555" font-size="11">{tick:g}</text>')
            parts.append(f'<path d="M{x(tick)},{y(0)}v4M{x(0)},{y(tick)}h-4" stroke="#999"/>')
        for c in cells:
            if c["level"] == level and c["observed"] is not None and c["forecast"] is not None:
                parts.append(f'<line x1="{x(c["ci_low"]):.1f}" x2="{x(c["ci_high"]):.1f}" y1="{y(c["observed"]):.1f}" y2="{y(c["observed"]):.1f}" stroke="{colour[c["network"]]}" opacity="0.25"/>')
                parts.append(f'<circle cx="{x(c["forecast"]):.1f}" cy="{y(c["observed"]):.1f}" r="3.5" fill="{colour[c["network"]]}"><title>{c["model"]}</title></circle>')
    parts.append('<text x="480" y="18" text-anchor="middle" fill="#555">a dot a network and class; E is 0 where pixels lie at the border, 1 in the centre; lines: 95 % intervals of the prediction</text>')
    parts.append('<text x="16" y="175" text-anchor="middle" transform="rotate(-90 16 175)">E observed</text>')
    for i, name in enumerate(names):
        parts.append(f'<circle cx="{70 + 225 * (i % 4)}" cy="{360 + 18 * (i // 4)}" r="4" fill="{colour[name]}"/><text x="{80 + 225 * (i % 4)}" y="{364 + 18 * (i // 4)}">{name}</text>')
    height = 376 + 18 * ((len(names) + 3) // 4)
    (HERE / "census.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 {height}" font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>' + "".join(parts) + "</svg>\n")


NAMES = {"gain-1": "1 logit gained", "gain-2": "2 logits", "gain-4": "4 logits", "half": "p = ½", "target": "p = 0.96", "end": "the end"}


def span(row, name):
    return f'{row[name + "_low"]:.3f} to {row[name + "_high"]:.3f}'


def by_level(scores):
    """A line a level: the forecast, and the mean errors of the other ways."""
    lines = ["| level | cells (networks) | mean error of the forecast | floor | rank correlation | in the interval | pilot rule | always ½ | as the minis | rolled |",
             "|---|---|---|---|---|---|---|---|---|---|"]
    for level in LEVELS:
        way = {row["way"]: row for row in scores if row["level"] == level}
        f = way["forecast"]
        others = " | ".join(f'{way[w]["mean_error"]:.3f}' for w in WAYS[1:])
        lines.append(f'| {NAMES[level]} | {f["cells"]} ({f["networks"]}) | **{f["mean_error"]:.3f}** ({span(f, "error")}) | {f["floor"]:.3f} | '
                     f'{f["spearman"]:.2f} ({f["spearman_low"]:.2f} to {f["spearman_high"]:.2f}) | {100 * f["cover"]:.0f} % | {others} |')
    return lines


def by_revision(scores):
    """A line a level: the first and the revised forecast, on cells that the latter was not designed on."""
    lines = ["| level | cells (networks) | first forecast | revised | floor | rank correlation: first, revised | in the interval: first, revised |",
             "|---|---|---|---|---|---|---|"]
    for level in LEVELS:
        way = {row["way"]: row for row in scores if row["level"] == level}
        f, r = way["forecast"], way["revised"]
        if "mean_error" in r:
            lines.append(f'| {NAMES[level]} | {r["cells"]} ({r["networks"]}) | {f["mean_error"]:.3f} ({span(f, "error")}) | **{r["mean_error"]:.3f}** '
                         f'({span(r, "error")}) | {r["floor"]:.3f} | {f["spearman"]:.2f}, {r["spearman"]:.2f} | {100 * f["cover"]:.0f}, {100 * r["cover"]:.0f} % |')
    return lines


def is_larger(cell):
    """Whether it was searched after its revised forecast alone."""
    return not cell["predicted"] and not cell["model"].startswith("vit")


def of_new(cells):
    """A line for each cell that was searched after its revised forecast alone."""
    lines = ["| network, class | level | runs that reach it: predicted, observed | E predicted (95 %) | E observed | pilot rule | rolled control |", "|---|---|---|---|---|---|---|"]
    text = lambda v: "–" if v is None else f"{v:.2f}"
    for c in cells:
        if is_larger(c) and (c["observed"] is not None or c["level"] == "half"):
            ci = f' ({c["revised_low"]:.2f} to {c["revised_high"]:.2f})' if c["revised_low"] is not None else ""
            lines.append(f'| {c["model"]} | {NAMES[c["level"]]} | {float(c["reach_revised"] or 0):.2f}, {c["reached"]} of {c["runs"]} | '
                         f'{text(c["revised"])}{ci} | {text(c["observed"])} | {text(c["pilot"])} | {text(c["rolled"])} |')
    return lines


def of_revised(cells):
    """A line a level that three cells reach: the revised forecast against the other ways."""
    lines = ["| level | cells (networks) | runs that reach it | E observed | mean error of the forecast | floor | rank correlation | in the interval | pilot rule | always ½ | as the minis | rolled |",
             "|---|---|---|---|---|---|---|---|---|---|---|---|"]
    for level in LEVELS:
        own = [c for c in cells if c["level"] == level]
        f = score(level, "revised", own)
        if "mean_error" not in f:
            continue
        others = " | ".join(f'{score(level, way, own)["mean_error"]:.3f}' for way in WAYS[1:])
        seen = statistics.fmean(c["observed"] for c in own if c["observed"] is not None)
        lines.append(f'| {NAMES[level]} | {f["cells"]} ({f["networks"]}) | {sum(c["reached"] for c in own)} of {sum(c["runs"] for c in own)} | {seen:.2f} | **{f["mean_error"]:.3f}** ({span(f, "error")}) | '
                     f'{f["floor"]:.3f} | {f["spearman"]:.2f} | {100 * f["cover"]:.0f} % | {others} |')
    return lines


def differences(file, level):
    """E of the search less that of the rolled control, of each transformer's cell that two runs of each reach, by its name as with the embedding."""
    arms = collections.defaultdict(list)
    for row in rows(file):
        if row["level"] == level and row["model"].startswith("vit") and row["edge_index"]:
            arms[row["model"].replace("-alike", ""), row["arm"]].append(number(row["edge_index"]))
    models = {model for model, _ in arms}
    return {m: statistics.fmean(arms[m, "network"]) - statistics.fmean(arms[m, "rolled"]) for m in models
            if len(arms[m, "network"]) > 1 and len(arms[m, "rolled"]) > 1}


def over_cells(values, level):
    """The mean, and its interval by drawing cells."""
    chance = random.Random(1)
    drawn = sorted(statistics.fmean(chance.choices(values, k=len(values))) for _ in range(DRAWS))
    return statistics.fmean(values), drawn[int((1 - level) / 2 * DRAWS)], drawn[int((1 + level) / 2 * DRAWS) - 1]


def of_embedding():
    """A line a level: the difference to the rolled control with the embedding and with its mean, on the cells that have both."""
    lines = ["| level | cells | with the embedding: mean difference, its mean size | without: mean difference (95 %) | its mean size | 90 % interval within ±0.05 | mean size with, less without (95 %) |", "|---|---|---|---|---|---|---|"]
    for level in LEVELS:
        own, alike = differences("observed.csv", level), differences("alike.csv", level)
        both = sorted(own.keys() & alike.keys())
        if len(both) < 3:
            continue
        mean, low, high = over_cells([alike[m] for m in both], 0.95)
        _, least, most = over_cells([alike[m] for m in both], 0.9)
        less = over_cells([abs(own[m]) - abs(alike[m]) for m in both], 0.95)
        size = lambda of: statistics.fmean(abs(of[m]) for m in both)
        lines.append(f"| {NAMES[level]} | {len(both)} | {statistics.fmean(own[m] for m in both):+.3f}, {size(own):.3f} | {mean:+.3f} ({low:+.3f} to {high:+.3f}) | {size(alike):.3f} | "
                     f"{'yes' if -0.05 < least and most < 0.05 else 'no'} ({least:+.3f} to {most:+.3f}) | {less[0]:+.3f} ({less[1]:+.3f} to {less[2]:+.3f}) |".replace("-", "−"))
    return lines


def reached(cells, name):
    """Whether half of the runs or more reach p ½: for how many cells that is said rightly."""
    said = [c for c in cells if c["level"] == "half" and c[name] is not None]
    right = sum((float(c[name]) >= 0.5) == (c["reached"] >= c["runs"] / 2) for c in said)
    return f"{right} of {len(said)}"


def by_network(cells):
    """A line a network: E at p = ½ and at the end, predicted and observed, over the cells that have both."""
    lines = ["| network | cells | reached ½ | E at ½: predicted, observed | cells | E at the end: predicted, observed |", "|---|---|---|---|---|---|"]
    for name in sorted({c["network"] for c in cells}):
        parts = [name]
        for level in ("half", "end"):
            own = [c for c in cells if c["network"] == name and c["level"] == level]
            both = [c for c in own if c["observed"] is not None and c["forecast"] is not None]
            means = ", ".join(f"{statistics.fmean(c[key] for c in both):.2f}" for key in ("forecast", "observed")) if both else "–"
            parts += [str(len(own)), f'{sum(c["reached"] for c in own)} of {sum(c["runs"] for c in own)} runs', means] if level == "half" else [str(len(both)), means]
        lines.append("| " + " | ".join(parts) + " |")
    return lines


def attraction(file):
    """A line a network that was searched without parts: at a gain of 2 logits, else of 1, else at the end, whichever four runs reach."""
    lines = ["| network, class | pixels that help on white | level | side | E | change without the help there | without the cost opposite | without both | control |",
             "|---|---|---|---|---|---|---|---|---|"]
    table = [row for row in rows(file) if row["searched"] == "network"]
    helping = {row["model"]: row["helping"] for name in ("predictions.csv", "minis.csv") for row in rows(name)}
    for model in dict.fromkeys(row["model"] for row in table):
        own = {(row["level"], row["removed"]): row for row in table if row["model"] == model}
        level = next((it for it in ("gain-2", "gain-1") if all(int(own.get((it, what), {"runs": 0})["runs"]) >= 4 for what in REMOVED)), "end")
        cells = [f"{float(own[level, what]['edge_index']):.2f}" if what == "nothing" else change(own[level, what]) for what in REMOVED]
        lines.append(f"| {model} | {100 * float(helping[model]):.0f} % | {level} | {own[level, 'nothing']['side']} | {' | '.join(cells)} |")
    return lines


def change(row):
    low, high = (row[name] for name in ("ci_low", "ci_high"))
    text = f"{float(row['difference']):+.2f} ({float(low):.2f} to {float(high):.2f})".replace("-", "−")
    return f"**{text}**" if float(low) > 0 or float(high) < 0 else text


def into_readme(mark, lines):
    page = HERE / "README.md"
    before, rest = page.read_text().split(f"<!-- {mark} -->\n", 1)
    _, after = rest.split(f"<!-- end of {mark} -->", 1)
    page.write_text(before + f"<!-- {mark} -->\n" + "\n".join(lines) + f"\n<!-- end of {mark} -->" + after)


def main():
    found = errors()
    hidden = {"predicted"}
    write("errors.csv", [name for name in found[0] if name not in hidden], [{k: v for k, v in c.items() if k not in hidden} for c in found])
    cells = [c for c in found if c["predicted"]]
    those = designed_on()
    others = [c for c in cells if c["model"] not in those and c["revised"] is not None]
    scores = [{"of": "all", **score(level, way, [c for c in cells if c["level"] == level])} for level in LEVELS for way in WAYS]
    fresh = [{"of": "not designed on", **score(level, way, [c for c in others if c["level"] == level])} for level in LEVELS for way in ("forecast", "revised")]
    write("scores.csv", ["of", "level", "way", "cells", "networks", "left_out", "mean_error", "error_low", "error_high", "floor", "spearman", "spearman_low",
                         "spearman_high", "cover", "less_than_pilot_low", "less_than_pilot_high"], scores + fresh)
    picture(cells)
    into_readme("levels", by_level(scores))
    into_readme("networks", by_network(cells))
    into_readme("revision", by_revision(fresh))
    into_readme("new", of_new(found))
    into_readme("larger", of_revised([c for c in found if is_larger(c)]))
    into_readme("transformers", of_revised([c for c in found if c["model"].startswith("vit")]))
    into_readme("embedding", of_embedding())
    into_readme("attraction", attraction("attraction.csv"))
    for row in scores + fresh:
        if "mean_error" in row:
            rho = f"{row['spearman']:.2f}" if row["spearman"] is not None else "-"
            print(f"{row['of']:16} {row['level']:8} {row['way']:9} {row['cells']:4} cells of {row['networks']:2}: error {row['mean_error']:.3f} "
                  f"({row['error_low']:.3f} to {row['error_high']:.3f}), floor {row['floor']:.3f}, rho {rho}"
                  + (f", cover {row['cover']:.2f}" if "cover" in row else ""))
    fresh_cells = [c for c in cells if c["model"] not in those]
    print("whether half of the runs or more reach p 1/2: right for", reached(cells, "reach_predicted"), "cells; of those not designed on for",
          reached(fresh_cells, "reach_predicted"), "and, revised, for", reached(fresh_cells, "reach_revised"))


if __name__ == "__main__":
    main()
