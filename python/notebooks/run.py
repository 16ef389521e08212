"""Runs the notebooks of this folder, each from its first cell, and says how long each took.

    PYTHONPATH=../src WHISKER=../.. python3 run.py [--write] [NAME.ipynb ...]

Needs nbclient and ipykernel; the figures need pandas and matplotlib. With --write the outputs are kept in the
notebooks, without what is large (whole reports) and without paths of this machine.
"""

import os
import re
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import whisker
from nbclient import NotebookClient

HERE = Path(__file__).resolve().parent
LARGEST = 100_000
NOTE = "<p><em>Here the notebook shows the page in a frame; run the cell to see it.</em></p>"


def _texts(output):
    yield from (str(output[key]) for key in ("text", "evalue") if key in output)
    yield from (str(data) for data in output.get("data", {}).values())


def _slim(output, places):
    data = output.get("data", {})
    for path, word in places.items():
        for key in [key for key in data if key.startswith("text/")]:
            data[key] = data[key].replace(path, word)
        if "text" in output:
            output["text"] = output["text"].replace(path, word)
    if "text/html" in data and len(data["text/html"]) > LARGEST:
        data["text/html"] = NOTE
    # an output that was written over in place has an id of its own in each run
    output.pop("transient", None)


def _check(name, book):
    for cell in book.cells:
        for output in cell.get("outputs", []):
            for text in _texts(output):
                found = re.search(r"/(tmp|root|home|work|usr|builds?)/", text)
                if found:
                    raise SystemExit(f"{name}: an output has a path of this machine: {text[found.start():][:80]}")
    size = len(nbformat.writes(book))
    if size > 300_000:
        raise SystemExit(f"{name}: {size} bytes are too many for a page of outputs")


def run(path, write):
    book = nbformat.read(path, as_version=4)
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as work:
        homes = {whisker.home(), (whisker.home() / "models").resolve().parent}
        places = {**{str(home): "whisker" for home in homes}, os.path.realpath(work): "."}
        # a notebook writes into the folder that it is run in
        NotebookClient(book, timeout=300, kernel_name="python3", resources={"metadata": {"path": work}}).execute()
    print(f"{path.name}: {len(book.cells)} cells in {time.perf_counter() - begun:.1f} s", flush=True)
    for cell in book.cells:
        cell.metadata = {}
        if cell.cell_type == "code":
            cell.outputs = [each for each in cell.outputs if each.get("name") != "stderr"]
            for output in cell.outputs:
                _slim(output, places)
    book.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    _check(path.name, book)
    if write:
        nbformat.write(book, path)


def main(words):
    # the kernels run in other folders
    for name in ("PYTHONPATH", "WHISKER"):
        if os.environ.get(name):
            os.environ[name] = os.path.abspath(os.environ[name])
    names = [word for word in words if not word.startswith("--")]
    for path in [HERE / name for name in names] or sorted(HERE.glob("*.ipynb")):
        run(path, "--write" in words)


if __name__ == "__main__":
    main(sys.argv[1:])
