"""Joins what was measured of every network into networks.csv, a row a network, and draws networks.svg.

    python3 reports/networks.py

Reads barrier/networks.csv, barrier/first_pixels.csv, question/networks.csv, taught/networks.csv, taught/again/networks.csv,
taught/again/white_start.csv and start/white_start_effect.csv. Only Python itself is needed.
"""

import csv
import pathlib

HERE = pathlib.Path(__file__).parent
FIELDS = [
    "group", "network", "test_accuracy",
    "barrier", "barrier_low", "barrier_high", "first_centre", "first_edge",
    "helping_middle_half", "helping_outermost_fifth",
    "delta_e_half", "delta_e_half_low", "delta_e_half_high", "delta_e_target", "delta_e_end",
    "white_start", "white_start_low", "white_start_high", "white_start_level", "white_start_pairs",
]
# networks of barrier/networks.csv: the name in first_pixels.csv, the name in question/networks.csv
PROJECT = {
    "vgg-1": ("VGG-16, 1", "vgg16-1"), "vgg-2": ("VGG-16, 2", "vgg16-2"), "vgg-3": ("VGG-16, 3", "vgg16-3"),
    **{f"inception-{i}": (f"Inception-ResNet v2, {i}", f"inception-resnet-v2-{i}") for i in range(1, 6)},
    "mobilenet": ("mobilenet-v2-cats", ""),
}
EMBEDDED = {"vgg-3": ("vgg16-mini", "1", "edge_index_at_target", "0.96"),
            "inception-5": ("inception-resnet-v2-mini", "9", "edge_index_at_half", "0.5")}
TAUGHT = {"vgg16": "taught VGG-16s", "inception-resnet-v2": "taught Inceptions"}


def rows(path):
    file = HERE / path
    if not file.exists():
        return []
    with open(file, newline="", encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def by(path, column):
    return {row[column]: row for row in rows(path)}


def share(row, zone):
    return round(float(row["helping_" + zone]) / float(row["places_" + zone]), 4) if row.get("places_" + zone) else ""


def helping(row):
    return {"helping_middle_half": share(row, "middle_half"), "helping_outermost_fifth": share(row, "outermost_fifth")}


def of_start(effect, level):
    return {"white_start": effect["difference"], "white_start_low": effect["ci_low"], "white_start_high": effect["ci_high"],
            "white_start_level": level, "white_start_pairs": effect["seeds"]} if effect.get("difference") else {}


def project():
    pixels = by("barrier/first_pixels.csv", "network")
    searches = by("question/networks.csv", "network")
    for row in rows("barrier/networks.csv"):
        name, search = PROJECT[row["network"]]
        found = searches.get(search, {})
        line = {"group": "networks of this project", "network": name, "test_accuracy": row["test_accuracy"],
                "barrier": row["barrier"], "barrier_low": row["ci_low"], "barrier_high": row["ci_high"],
                "first_centre": row["first_centre"], "first_edge": row["first_edge"], **helping(pixels[name]),
                "delta_e_half": found.get("difference_half", ""), "delta_e_half_low": found.get("ci_low_half", ""),
                "delta_e_half_high": found.get("ci_high_half", ""), "delta_e_target": found.get("difference_target", ""),
                "delta_e_end": found.get("difference_end", "")}
        if row["network"] in EMBEDDED:
            model, seed, measure, level = EMBEDDED[row["network"]]
            effect = [e for e in rows("start/white_start_effect.csv") if e["model"] == model and e["seeds_from"] == seed
                      and e["comparison"] == "scattered, less rolled" and e["measure"] == measure]
            line.update(of_start(effect[0], level))
        yield line


def taught(path, names, starts):
    for row in rows(path):
        yield {"group": names[row["architecture"]], "network": row["network"], "test_accuracy": row["test_accuracy"],
               "barrier": row["barrier"], "barrier_low": row["barrier_ci_low"], "barrier_high": row["barrier_ci_high"],
               "first_centre": row["first_centre"], "first_edge": row["first_edge"], **helping(row),
               "delta_e_half": row["delta_e_half"], "delta_e_half_low": row["delta_e_half_ci_low"],
               "delta_e_half_high": row["delta_e_half_ci_high"], "delta_e_target": row["delta_e_target"],
               "delta_e_end": row["delta_e_end"], **of_start(starts.get(row["network"], {}), "0.5")}


# the picture: a line a network, a panel a measure
PANELS = [
    ("Barrier around the middle", "logits that the centre costs above the edge", "barrier", (0, 7), 1, "#1f5f8b"),
    ("Bias of the question's search", "\u0394E at p(cat) \u00bd; below 0: towards the edge", "delta_e_half", (-0.6, 0.6), 0.2, "#b3541e"),
    ("Begun with 40 random pixels", "change of E, beyond rolled images; \u2013: not measured", "white_start", (-0.2, 0.8), 0.2, "#4c7a34"),
]
LEFT, WIDTH, GAP, TOP, LINE = 240, 250, 40, 78, 18


def svg(table):
    panels = [panel for panel in PANELS if sum(row.get(panel[2], "") != "" for row in table) > 2]
    groups = list(dict.fromkeys(row["group"] for row in table))
    height = TOP + LINE * (len(table) + len(groups)) + 40
    width = LEFT + len(panels) * (WIDTH + GAP)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
           'font-family="DejaVu Sans, Arial, sans-serif" font-size="12" fill="#222">',
           f'<title>The barrier, the bias and the effect of the start on {len(table)} networks</title>',
           f'<rect width="{width}" height="{height}" fill="white"/>']
    bottom = height - 34
    for at, (title, unit, _, (low, high), step, colour) in enumerate(panels):
        left = LEFT + at * (WIDTH + GAP)
        out.append(f'<text x="{left}" y="22" font-size="14" font-weight="bold">{title}</text>')
        out.append(f'<text x="{left}" y="40" fill="#555" font-size="11">{unit}</text>')
        for i in range(round((high - low) / step) + 1):
            value = low + i * step
            x = left + WIDTH * (value - low) / (high - low)
            value = 0.0 if abs(value) < 1e-9 else value
            strong = value == 0
            out.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 22}" y2="{bottom}" stroke="{"#555" if strong else "#ddd"}"/>')
            label = f"{value + 0:.1f}" if strong or value > 0 else f"\u2212{-value:.1f}"
            out.append(f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle" font-size="11">{label}</text>')
    y = TOP - LINE
    group = None
    for row in table:
        if row["group"] != group:
            group = row["group"]
            y += LINE
            out.append(f'<text x="8" y="{y}" font-weight="bold">{group}</text>')
        y += LINE
        name = f"network {row['network']}" if row["network"].isdigit() else row["network"]
        accuracy = f"{100 * float(row['test_accuracy']):.0f} %"
        out.append(f'<text x="16" y="{y}">{name}</text><text x="{LEFT - 12}" y="{y}" text-anchor="end" fill="#555">{accuracy}</text>')
        for at, (_, _, key, (low, high), _, colour) in enumerate(panels):
            left = LEFT + at * (WIDTH + GAP)
            if row.get(key, "") == "":
                out.append(f'<text x="{left + 4}" y="{y}" fill="#999" font-size="11">{"no run reaches ½" if key == "delta_e_half" else "–"}</text>')
                continue
            def place(value):
                return left + WIDTH * (min(max(float(value), low), high) - low) / (high - low)
            middle = y - 4
            if row.get(key + "_low", "") != "":
                out.append(f'<line x1="{place(row[key + "_low"]):.1f}" x2="{place(row[key + "_high"]):.1f}" y1="{middle}" y2="{middle}" '
                           f'stroke="{colour}" stroke-width="2"/>')
            out.append(f'<circle cx="{place(row[key]):.1f}" cy="{middle}" r="4" fill="{colour}"/>')
    out.append("</svg>")
    return "\n".join(out) + "\n"


def main():
    starts = {row["network"]: row for row in rows("taught/again/white_start.csv")
              if row["comparison"] == "scattered, less rolled" and row["measure"] == "edge_index_at_half"}
    table = [*project(), *taught("taught/networks.csv", TAUGHT, {}),
             *taught("taught/again/networks.csv", {"vgg16": "VGG-16s taught again"}, starts)]
    with open(HERE / "networks.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(table)
    (HERE / "networks.svg").write_text(svg(table), encoding="utf-8")


if __name__ == "__main__":
    main()
