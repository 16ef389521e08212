#!/usr/bin/env python3
"""Has "whisker diagnose" name the causes that planted_onnx.py planted, and writes a row for each.

    diagnose_planted.py WHISKER FOLDER TABLE [NAME ...]

WHISKER is the command (./whisker), FOLDER that of planted_onnx.py. Each network is exported if it is
not there, imported, and diagnosed in a process of its own. Networks that TABLE has are passed over, so it
goes on where it was stopped. A clean network is right where no cause is found; any other where the
planted cause is named first, and all planted ones are named. Exit code 1: a row is wrong.
"""

import csv
import json
import os
import resource
import shutil
import subprocess
import sys
import time

from planted_more import MORE
from planted_onnx import PLANTED

COLUMNS = ["network", "planted", "named", "right", "verdict", "seconds", "cpu_seconds", "answer"]
NORMS = ["--mean", "0.485,0.456,0.406", "--std", "0.229,0.224,0.225"]


def told(command, folder):
    """Runs a command within the folder; the last line of what it says is that of a failure."""
    with open(os.path.join(folder, "diagnose.log"), "a", encoding="utf-8") as log:
        log.write(" ".join(command) + "\n")
        log.flush()
        done = subprocess.run(command, cwd=folder, stdout=log, stderr=log, check=False)
    return done.returncode


def exported(folder, name):
    if not os.path.exists(os.path.join(folder, name + ".onnx")):
        script = "planted_more.py" if name in MORE else "planted_onnx.py"
        there = os.path.dirname(os.path.abspath(__file__))
        told([sys.executable, os.path.join(there, script), ".", name], folder)


def imported(whisker, folder, name):
    target, norms = (MORE[name][2], MORE[name][4]) if name in MORE else (PLANTED[name][2], NORMS)
    one = name in MORE and (MORE[name][1][0] == 1)
    form = "logit" if one else "logits"
    if not os.path.exists(os.path.join(folder, "models", name)):
        told([whisker, "models", "import", name + ".onnx", "--name", name, "--output", form,
              "--class", f"dog={target}", *norms, "--quiet"], folder)


def planted(name):
    """The causes, in the order in which they are to be named."""
    return (MORE if name in MORE else PLANTED)[name][3].split()


def cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def diagnosed(whisker, folder, name):
    """The row of a network: what is named, and how long that took."""
    photos = [name + "-photos"] if os.path.exists(os.path.join(folder, name + "-photos")) else []
    out = os.path.join("diagnoses", name)
    shutil.rmtree(os.path.join(folder, out), ignore_errors=True)  # of a try that was stopped
    start, used = time.time(), cpu()
    code = told([whisker, "diagnose", name, *photos, "--quiet", "--out", out], folder)
    seconds, used = time.time() - start, cpu() - used
    try:
        with open(os.path.join(folder, out, "diagnosis.json"), encoding="utf-8") as file:
            answer = json.load(file)
    except OSError:
        answer = {"causes": [f"exit code {code}"], "verdict": "failed", "answer": ""}
    named, wanted = answer["causes"], planted(name)
    right = named[:1] == wanted[:1] and set(wanted) <= set(named)
    return [name, " ".join(wanted) or "clean", " ".join(named) or "none",
            "yes" if right else "no", answer["verdict"],
            round(seconds), round(used), answer["answer"]]


def main():
    whisker, folder, table = os.path.abspath(sys.argv[1]), sys.argv[2], sys.argv[3]
    os.makedirs(os.path.join(folder, "diagnoses"), exist_ok=True)
    if not os.path.exists(table):
        append(table, COLUMNS)
    for name in sys.argv[4:] or [*PLANTED, *MORE]:
        if name not in [row["network"] for row in rows(table)]:
            exported(folder, name)
            imported(whisker, folder, name)
            append(table, diagnosed(whisker, folder, name))
    wrong = [row["network"] for row in rows(table) if row["right"] != "yes"]
    print(f"{len(rows(table)) - len(wrong)} right, wrong: {' '.join(wrong) or 'none'}")
    sys.exit(1 if wrong else 0)


def rows(table):
    with open(table, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def append(table, row):
    with open(table, "a", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerow(row)


if __name__ == "__main__":
    main()
