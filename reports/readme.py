"""Makes the tables of README.md from the tables of this folder, and holds sentences of three pages to them.

    python3 reports/readme.py            writes the tables after the marks of README.md
    python3 reports/readme.py --check    fails where a table or a sentence says anything else

Only Python itself is needed. Where networks are compared, an interval is of networks and seeds crossed: all networks of a group share the rolled
offsets of a seed, so that runs of one seed are alike, too. The variance of the mean is that of an analysis of variance of two ways, without
replicates and with random effects, with Satterthwaite's degrees of freedom. Runs that miss a level are filled in by the additive model, for which
the residual has one degree of freedom less each (Yates, 1933).
"""
import csv
import math
import pathlib
import re
import statistics
import sys

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent
MINIS = ["vgg16-mini", "inception-resnet-v2-mini"]
MEASURES = ["edge_index_at_target", "edge_index_at_half", "edge_index"]
LEVELS = ["target", "half", "end"]


def rows(path, **cells):
    with open(HERE / path, newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if all(row[name] == cell for name, cell in cells.items())]


def only(path, **cells):
    found = rows(path, **cells)
    assert len(found) == 1, (path, cells, len(found))
    return found[0]


def signed(value, digits=2):
    return f"{float(value):+.{digits}f}".replace("-", "−")


def number(value, digits=2):
    return f"{float(value):.{digits}f}".replace("-", "−")


def interval(low, high, digits=2):
    return f"{number(low, digits)} to {number(high, digits)}"


def t_quantile(freedom, p=0.975):
    """Student's quantile, by bisection of Simpson's rule."""
    scale = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(freedom * math.pi)

    def density(x):
        return scale * (1 + x * x / freedom) ** (-(freedom + 1) / 2)

    def below(x, steps=2000):
        h = x / steps
        inner = sum((4 if i % 2 else 2) * density(i * h) for i in range(1, steps))
        return 0.5 + h / 3 * (density(0) + inner + density(x))

    low, high = 0.0, 100.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) < p else (low, middle)
    return low


def filled(cells, networks, seeds):
    """Cells that are missing, by the additive model of the others."""
    whole = dict(cells)
    missing = [(n, s) for n in networks for s in seeds if (n, s) not in cells]
    for key in missing:
        whole[key] = statistics.fmean(cells.values())
    for _ in range(200 if missing else 0):
        for n, s in missing:
            row = statistics.fmean(whole[n, other] for other in seeds)
            column = statistics.fmean(whole[other, s] for other in networks)
            whole[n, s] = row + column - statistics.fmean(whole.values())
    return whole, len(missing)


def crossed(cells):
    """The mean of cells by network and seed, with its 95 % interval."""
    networks, seeds = sorted({n for n, _ in cells}), sorted({s for _, s in cells})
    whole, missing = filled(cells, networks, seeds)
    n, m = len(networks), len(seeds)
    mean = statistics.fmean(whole.values())
    by_network = {x: statistics.fmean(whole[x, s] for s in seeds) for x in networks}
    by_seed = {s: statistics.fmean(whole[x, s] for x in networks) for s in seeds}
    free = (n - 1) * (m - 1) - missing
    of_networks = m * sum((v - mean) ** 2 for v in by_network.values()) / (n - 1)
    of_seeds = n * sum((v - mean) ** 2 for v in by_seed.values()) / (m - 1)
    residual = sum((whole[x, s] - by_network[x] - by_seed[s] + mean) ** 2 for x in networks for s in seeds) / free
    together = max(of_networks, of_seeds, of_networks + of_seeds - residual)
    freedom = together**2 / (of_networks**2 / (n - 1) + of_seeds**2 / (m - 1) + residual**2 / free)
    half = t_quantile(max(1.0, freedom)) * math.sqrt(together / (n * m))
    return mean, mean - half, mean + half


def taught(architecture, measure, runs):
    """ΔE of each network and seed that reach the level with and without the roll."""
    e = {(row["arm"], row["network"], row["seed"]): float(row[measure])
         for row in rows(runs, architecture=architecture) if row[measure]}
    return {(n, s): value - e["rolled", n, s] for (arm, n, s), value in e.items() if arm == "evolved" and ("rolled", n, s) in e}


def change(estimate):
    return f"{signed(estimate[0])} ({interval(*estimate[1:])})"


def of_group(architecture, runs="taught/runs.csv"):
    return [change(crossed(taught(architecture, measure, runs))) for measure in MEASURES]


def of_network(network):
    row = only("question/networks.csv", network=network)
    return [change([row[f"difference_{level}"], row[f"ci_low_{level}"], row[f"ci_high_{level}"]]) if row[f"difference_{level}"] else "–"
            for level in LEVELS]


def of_networks(architecture):
    """Student's interval over networks alone, of those with at least six pairs of runs: seeds of these can't be crossed."""
    cells = []
    for level in LEVELS:
        means = [float(row[f"difference_{level}"]) for row in rows("question/networks.csv", architecture=architecture) if int(row[f"pairs_{level}"]) > 5]
        half = t_quantile(len(means) - 1) * statistics.stdev(means) / math.sqrt(len(means))
        cells.append(change([statistics.fmean(means), statistics.fmean(means) - half, statistics.fmean(means) + half]))
    return cells


def dose():
    lines = ["| what black pixels on white do to the logit of a cat, by their number | 1 | 3 | 10 | 40 |", "|---|---|---|---|---|"]
    for model in MINIS:
        path = f"example/{model}/barrier/dose.csv"
        for zone, inner, again in [("5", "innermost fifth of the area", "innermost fifth"), ("1", "outermost fifth", "outermost fifth")]:
            name = again if model == MINIS[1] else inner
            shown = f"[{name}](reports/{path})" if zone == "5" else name
            cells = [signed(-float(only(path, base="white", zone=zone, pixels=pixels)["mean_delta_logit"])) for pixels in ("1", "3", "10", "40")]
            lines.append(f"| `{model}`: {shown} | {' | '.join(cells)} |")
    return lines


def edge():
    lines = ["| networks | right on test photos | ΔE at p(cat) 0.96 | ΔE at the first image with p(cat) ½ | ΔE of the final image |", "|---|---|---|---|---|"]
    groups = [
        ("`vgg16-mini`", "92 %", of_network("vgg16-3")),
        ("`inception-resnet-v2-mini`", "93 %", of_network("inception-resnet-v2-5")),
        ("[eight VGG-16s](reports/taught/README.md) of one recipe", "82 to 83 %", of_group("vgg16")),
        ("[eight more](reports/taught/README.md#eight-more-vgg-16s) of that recipe", "82 to 83 %", of_group("vgg16", "taught/again/runs.csv")),
        ("[five Inceptions](reports/question/README.md) of several recipes", "86 to 93 %", of_networks("inception-resnet-v2")),
        ("[eight Inceptions](reports/taught/README.md) of one recipe", "77 to 80 %", of_group("inception-resnet-v2")),
    ]
    return lines + [f"| {name} | {right} | {' | '.join(cells)} |" for name, right, cells in groups]


def score(level, way):
    return only("public/scores.csv", of="all", level=level, way=way)


def observed(model, what):
    return only(f"example/{model}/barrier/observations.csv", observed=what)["effect"]


def sentences():
    """What pages say in words, with the numbers of the tables."""
    half = score("half", "forecast")
    heights = [number(observed(model, "barrier height"), 1) for model in MINIS]
    helping = [round(100 * float(only(f"example/{model}/landscape/observations.csv", observed=f"single pixels that help in the {where}")["effect"]))
               for model in MINIS for where in ("middle half", "outermost fifth")]
    error = re.search(r"\| p = ½ \|[^*]*\*\*([0-9.]+)\*\* \(([^)]*)\)", (HERE / "public/README.md").read_text(encoding="utf-8"))
    page = (HERE / "public/README.md").read_text(encoding="utf-8").split("<!-- transformers -->")[1]
    half_of = re.search(r"\| p = ½ \|[^|]*\|[^|]*\| ([0-9.]+) \| \*\*([0-9.]+)\*\* \(([^)]*)\)", page)
    cats = (HERE / "public/README.md").read_text(encoding="utf-8").split("<!-- cats by level -->")[1]
    cats_error = re.search(r"\| p = ½ \|[^*]*\*\*([0-9.]+)\*\*", cats)
    lean = re.search(r"search less rolled control \| E \| p = ½ \| (\d) \| \*\*−([0-9.]+) \(−([0-9.]+) to −([0-9.]+)\)", cats)
    assert helping[0] == helping[2] == 0 and all(40 <= share < 50 for share in helping[1::2]), helping
    first, second, inceptions = of_group("vgg16"), of_group("vgg16", "taught/again/runs.csv"), of_group("inception-resnet-v2")
    taught_page = [f"| {level} | {first[i]} | {others[i]}" for others in (inceptions, second)
                   for i, level in [(1, "ΔE at p(cat) ½"), (0, "ΔE at p(cat) 0.96"), (2, "ΔE at the end")]]
    return {
        "reports/taught/README.md": taught_page,
        "reports/README.md": [f"at ½ is {first[1]}, at 0.96 {first[0]} and at the end {first[2]}."],
        "README.md": [
            f"It is {heights[0]} logits high on the VGG, and {heights[1]} on the Inception.",
            f"At p ½ their mean error is {error[1]} ({error[2]}), against {number(score('half', 'half')['mean_error'], 3)} for always ½ and {number(half['floor'], 3)} by chance",
            f"in the rolled control by {lean[2]} in E ({lean[4]} to {lean[3]}), over {['six', 'seven'][int(lean[1]) - 6]} networks. The forecast's mean error is {cats_error[1]}.",
            f"the mean error is {half_of[2]} ({half_of[3]}) at p ½. Their pixels keep to no edge: mean E is {half_of[1]} at p ½.",
            f"At the end of a search it is {number(score('end', 'forecast')['mean_error'], 3)},",
        ],
    }


def replaced(text, mark, lines):
    """The text with another table after a mark."""
    before, rest = text.split(f"<!-- {mark} -->\n")
    after = rest.split("\n")
    while after[0].startswith("|"):
        after.pop(0)
    return before + f"<!-- {mark} -->\n" + "\n".join(lines + after)


def main():
    file = TOP / "README.md"
    text = file.read_text(encoding="utf-8")
    made = replaced(replaced(text, "doses", dose()), "changes", edge())
    wrong = [(page, sentence) for page, said in sentences().items() for sentence in said
             if sentence not in " ".join((TOP / page).read_text(encoding="utf-8").split())]
    for page, sentence in wrong:
        print(f"{page} does not say: {sentence}", file=sys.stderr)
    if "--check" in sys.argv[1:]:
        if made != text:
            print("README.md: tables differ; python3 reports/readme.py writes them", file=sys.stderr)
        sys.exit(bool(wrong) or made != text)
    file.write_text(made, encoding="utf-8")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
