"""Predicts, or observes, the cells of cells.csv with whisker. It goes on where it was stopped: a cell that has a result, in FOLDER or in the table beside this file, is left alone.

    python3 reports/public/census.py predict --results FOLDER [--tier small] [--first N]
    python3 reports/public/census.py revise --results FOLDER [--tier small] [--first N]
    python3 reports/public/census.py observe --results FOLDER [--tier small] [--shard I/N] [--for HOURS]
    python3 reports/public/census.py attract --results FOLDER --tier small --first 1
    python3 reports/public/census.py alike --results FOLDER --tier transformer
    python3 reports/public/census.py gather --results FOLDER      writes predictions.csv, revised.csv, observed.csv, attraction.csv and alike.csv beside this file

With --cells cats.csv it takes the networks of cats.py, and `gather` writes cats-revised.csv and cats-observed.csv.

The models are those of WHISKER_HOME, imported by the lines that networks.py prints; --whisker is the launcher. Each cell has a seed of its own, so that
rolled offsets are the cell's and the run's own. `predict` makes twelve runs on fits; `revise` does the same with the forecast as it became since; `observe` makes four on the network and four rolled ones, of
3,000 generations, a cell a time in the order of cells.csv. `attract` tells attraction from repulsion, by twelve runs on fits and six on the network. `alike` observes the networks of alike.py. Shard I of N takes every N-th cell. A command that fails leaves failed.txt, with what it
said, and the cell counts as failed; delete the file to try again. Predictions are committed before any search of their cells runs.
"""
import argparse
import collections
import csv
import itertools
import os
import pathlib
import shutil
import subprocess
import time

HERE = pathlib.Path(__file__).parent
TABLES = {"predict": ("forecast.csv", "predictions.csv"), "revise": ("forecast.csv", "revised.csv"), "observe": ("levels.csv", "observed.csv"),
          "attract": ("attraction.csv", "attraction.csv"), "alike": ("levels.csv", "alike.csv")}
TOGETHER = 8
MINIS = ["vgg16-mini", "inception-resnet-v2-mini"]  # `predict NAME --runs 12 --observe 6 --attraction --places 1024`, to FOLDER/attract/NAME


def cells(args):
    rows = [row for row in read(HERE / args.cells) if args.tier in ("all", row["tier"])]
    seen = collections.Counter()
    first = []
    for row in rows:
        seen[row["network"]] += 1
        if seen[row["network"]] <= args.first:
            first.append(row)
    index, count = (int(n) for n in args.shard.split("/"))
    return [row for i, row in enumerate(first) if i % count == index - 1]


def read(file):
    with open(file, newline="") as opened:
        return list(csv.DictReader(opened))


def folder(args, cell, kind):
    return args.results / kind / cell["model"]


def named(kind, model):
    """The name by which whisker gets the cell, and its table has it."""
    return model.replace("@", "-alike@") if kind == "alike" else model


def missing(args, cell, there):
    own = folder(args, cell, args.kind)
    return named(args.kind, cell["model"]) not in there and not (own / TABLES[args.kind][0]).exists() and not (own / "failed.txt").exists()


def models(table):
    """The cells that a table has rows of."""
    return {row["model"] for row in read(table)} if table.exists() else set()


def run(args, group):
    """Runs whisker on cells that share a seed, and splits its table by cell."""
    names = {cell["model"]: named(args.kind, cell["model"]) for cell in group}
    partial = args.results / "partial" / f"{args.kind}-{group[0]['model']}-{os.getpid()}"
    shutil.rmtree(partial, ignore_errors=True)
    observed = ["--runs", "2", "--observe", str(args.runs)]
    own = {"observe": observed, "alike": observed, "attract": ["--runs", "12", "--observe", "6", "--attraction"]}.get(args.kind, ["--runs", "12"])
    command = [*args.whisker.split(), "predict", *names.values(), *own, "--places", str(args.places),
               "--seed", group[0]["seed"], "--quiet", "--out", str(partial)]
    begun = time.time()
    done = subprocess.run(command, capture_output=True, text=True)
    for cell in group:
        there = folder(args, cell, args.kind)
        there.mkdir(parents=True, exist_ok=True)
        if done.returncode:
            (there / "failed.txt").write_text(done.stdout + done.stderr)
            continue
        table = TABLES[args.kind][0]
        with open(partial / table, newline="") as file:
            rows = list(csv.reader(file))
        kept = [row for row in rows[1:] if row[0] == names[cell["model"]]]
        with open(there / (table + ".partial"), "w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([rows[0], *kept])
        (there / (table + ".partial")).replace(there / table)
    print(f"{', '.join(cell['model'] for cell in group)}: {'failed' if done.returncode else 'done'} in {time.time() - begun:.0f} s", flush=True)


def gathered(args, table):
    """The file of all cells' rows of a table."""
    return HERE / (table if args.cells == "cells.csv" else f"{pathlib.Path(args.cells).stem}-{table}")


def gather(args):
    order = read(HERE / args.cells)
    for kind, (table, target) in TABLES.items():
        rows, header = [], None
        kept = collections.defaultdict(list)  # of cells whose results are in no folder here
        if gathered(args, target).exists():
            with open(gathered(args, target), newline="") as file:
                header, *old = csv.reader(file)
            for row in old:
                kept[row[0]].append(row)
        for cell in order + [{"model": name} for name in MINIS if kind == "attract" and args.cells == "cells.csv"]:
            file = folder(args, cell, kind) / table
            if file.exists():
                with open(file, newline="") as opened:
                    table_rows = list(csv.reader(opened))
                header, rows = table_rows[0], rows + table_rows[1:]
            elif named(kind, cell["model"]) in kept:
                rows += kept[named(kind, cell["model"])]
            elif (folder(args, cell, kind) / "failed.txt").exists():
                print(f"failed: {kind} {cell['model']}")
        if header:
            with open(gathered(args, target), "w", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows([header, *rows])
            print(gathered(args, target).name, "has", len({row[0] for row in rows}), "of", len(order), "cells")


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("kind", choices=[*TABLES, "gather"])
    asked.add_argument("--results", type=pathlib.Path, required=True)
    asked.add_argument("--cells", default="cells.csv")
    asked.add_argument("--whisker", default=str(HERE.parent.parent / "whisker"))
    asked.add_argument("--tier", choices=["small", "large", "transformer", "frozen", "tuned", "all"], default="all")
    asked.add_argument("--shard", default="1/1")
    asked.add_argument("--first", type=int, default=10**6, help="only so many cells of each network, in the order of cells.csv")
    asked.add_argument("--runs", type=int, default=4)
    asked.add_argument("--places", type=int, default=1024)
    asked.add_argument("--for", dest="hours", type=float, default=1e9)
    args = asked.parse_args()
    if args.kind == "gather":
        gather(args)
        return
    until = time.time() + 3600 * args.hours
    there = models(gathered(args, TABLES[args.kind][1]))
    left = [cell for cell in cells(args) if missing(args, cell, there)]
    if args.kind in ("observe", "alike"):
        predicted = set().union(*(models(gathered(args, TABLES[kind][1])) for kind in ("predict", "revise")))
        groups = [[cell] for cell in left if cell["model"] in predicted]
    else:
        left.sort(key=lambda cell: (int(cell["side"]), cell["network"]))
        groups = [list(some)[i : i + TOGETHER] for _, all_ in itertools.groupby(left, lambda cell: cell["network"])
                  for some in [list(all_)] for i in range(0, len(some), TOGETHER)]
    for group in groups:
        if time.time() < until:
            run(args, group)


if __name__ == "__main__":
    main()
