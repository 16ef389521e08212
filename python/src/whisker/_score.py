"""Scores of pictures: at once, or by a process that stays."""

from __future__ import annotations

import base64
import csv
import io
from pathlib import Path
from typing import Any, Iterable, NamedTuple
from urllib.parse import quote

from ._commands import COMMANDS, place, words_of
from ._process import run
from ._server import Server


class Score(NamedTuple):
    """What a model says of a picture: the logit is that of not-cat, and p_cat = 1 - sigmoid(logit).

    Of a model that is asked for another class than cat, both are of that class.
    """

    logit: float
    p_cat: float


def score(*files: Any, model: str, **options: Any) -> dict[str, Score]:
    """Scores files: a dict from each file to its Score. One start of Java for all of them.

    The options are those of the command ``score``. For one picture after another take a Session.
    """
    flat = [place(each) for file in files for each in (file if isinstance(file, (list, tuple)) else [file])]
    if not flat:
        raise TypeError("score takes at least one file")
    for name in ("json", "top"):
        if options.get(name):
            raise TypeError(f"score returns a Score of each file; for --{name} run whisker itself")
    words = words_of("score", {"model": model, **options}, COMMANDS["score"])
    rows = csv.DictReader(io.StringIO(run(words + flat, progress=False)))
    # one class that is not cat has p_target
    return {row["file"]: Score(float(row["logit"]), float(row.get("p_cat") or row["p_target"])) for row in rows}


class Session(Server):
    """A model that stays loaded, in the server of ``whisker play``: on this machine alone, with its key.

    Close it, or use it in a ``with`` statement.
    """

    def __init__(self, model: str) -> None:
        super().__init__(["play", place(model), "--quiet"])
        # a path is offered by the name on its model's card
        offer = self.ask("/api/page", {})["models"][0]
        self.model = offer["name"]
        self.width, self.height = offer["width"], offer["height"]

    def _levels(self, width: int, height: int, levels: str) -> Score:
        state = {
            "width": width,
            "height": height,
            "levels": levels,
            "background": 255,
            "ink": 0,
            "model": {"model": self.model, "padding": None},
            "beside": None,
        }
        first = self.ask("/api/score", state)["first"]
        return Score(first["logit"], first["p_cat"])

    def score(self, file: Any) -> Score:
        """The score of a photo's file."""
        picture = self.ask("/api/photo?model=" + quote(self.model), raw=Path(file).read_bytes())
        return self._levels(picture["width"], picture["height"], picture["levels"])

    def score_levels(self, rows: Any) -> Score:
        """The score of gray levels, 0 (black) to 255: an array, or a list of rows, of the model's size."""
        levels = bytes(int(level) for row in rows for level in row)
        if len(levels) != self.width * self.height or len(rows) != self.height:
            raise ValueError(f"{self.model} takes {self.height} rows of {self.width} levels")
        return self._levels(self.width, self.height, base64.b64encode(levels).decode("ascii"))

    def score_pixels(self, black: Iterable[tuple[int, int]]) -> Score:
        """The score of black pixels on white; each is ``(x, y)`` from the upper left."""
        levels = bytearray(b"\xff" * (self.width * self.height))
        for x, y in black:
            if not (0 <= x < self.width and 0 <= y < self.height):
                raise ValueError(f"({x}, {y}) is outside of {self.width} x {self.height} pixels")
            levels[y * self.width + x] = 0
        return self._levels(self.width, self.height, base64.b64encode(bytes(levels)).decode("ascii"))
