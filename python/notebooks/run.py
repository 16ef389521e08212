"""Runs the notebooks of this folder, each from its first cell, and holds what they say against what is kept in them.

    PYTHONPATH=../src WHISKER=../.. python3 run.py [--write] [--whole=FOLDER] [NAME.ipynb ...]

Needs nbclient and ipykernel; the figures need pandas and matplotlib. Texts must be as they are kept, numbers within
a thousandth; of cells with the tag "varies", whose numbers differ between processors or with time, the words alone.
With --write the outputs are kept instead, without what is large (whole reports) and without paths of this machine.
What was run goes to the folder of --whole as it is, with its reports.
"""

import copy
import math
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
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
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
    page = data.get("text/html", "")
    if "<iframe" in page or len(page) > LARGEST:
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


def _said(cell):
    """What a cell says, a text an output, without the layout of tables; pictures, whole pages and bars say nothing."""
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        page = data.get("text/html", "")
        text = re.sub(r"<style.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL) or data.get("text/plain", "")
        yield "" if page == NOTE or "<progress" in page else " ".join((output.get("text") or text).split())


def _same(kept, fresh, varies):
    if _NUMBER.sub("#", kept) != _NUMBER.sub("#", fresh):
        return False
    pairs = zip(_NUMBER.findall(kept), _NUMBER.findall(fresh))
    return varies or all(math.isclose(float(a), float(b), rel_tol=1e-3, abs_tol=1e-3) for a, b in pairs)


def _compare(name, kept, fresh):
    for old, new in zip(kept.cells, fresh.cells):
        varies = "varies" in old.metadata.get("tags", [])
        before, now = list(_said(old)), list(_said(new))
        if len(before) != len(now) or not all(_same(a, b, varies) for a, b in zip(before, now)):
            raise SystemExit(
                f"{name}: a cell says something else than what is kept; run.py --write {name} keeps it\n"
                f"{old.source}\nkept: {before}\nnow:  {now}"
            )


def run(path, write, whole=None):
    kept = nbformat.read(path, as_version=4)
    book = copy.deepcopy(kept)
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as work:
        homes = {whisker.home(), (whisker.home() / "models").resolve().parent}
        places = {**{str(home): "whisker" for home in homes}, os.path.realpath(work): "."}
        # a notebook writes into the folder that it is run in
        NotebookClient(book, timeout=1800, kernel_name="python3", resources={"metadata": {"path": work}}).execute()
    if whole:
        nbformat.write(book, Path(whole) / path.name)
    print(f"{path.name}: {len(book.cells)} cells in {time.perf_counter() - begun:.1f} s", flush=True)
    for cell in book.cells:
        tags = cell.metadata.get("tags")
        cell.metadata = {"tags": tags} if tags else {}
        if cell.cell_type == "code":
            cell.outputs = [each for each in cell.outputs if each.get("name") != "stderr"]
            for output in cell.outputs:
                _slim(output, places)
    book.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    _check(path.name, book)
    if write:
        nbformat.write(book, path)
    else:
        _compare(path.name, kept, book)


def main(words):
    # the kernels run in other folders
    for name in ("PYTHONPATH", "WHISKER"):
        if os.environ.get(name):
            os.environ[name] = os.path.abspath(os.environ[name])
    names = [word for word in words if not word.startswith("--")]
    whole = next((word[len("--whole=") :] for word in words if word.startswith("--whole=")), None)
    for path in [HERE / name for name in names] or sorted(HERE.glob("*.ipynb")):
        run(path, "--write" in words, whole)


if __name__ == "__main__":
    main(sys.argv[1:])
