"""Scores of pictures, by a process that stays."""

from __future__ import annotations

import base64
import csv
import io
import numbers
import operator
import os
import threading
from pathlib import Path
from typing import Any, Iterable, Iterator, NamedTuple, Optional
from urllib.parse import quote

from ._models import folder_of, with_models
from ._pictures import Folder, as_files, is_picture, pngs
from ._process import WhiskerError, find_launcher, run
from ._server import Server
from ._words import COMMANDS, many, place, words_of


class Score(NamedTuple):
    """What a model says of a picture: the logit against the class that it is asked for, and p_target = 1 - sigmoid(logit)."""

    logit: float
    p_target: float

    @property
    def p_cat(self) -> float:
        """The name of p_target up to version 0.3."""
        return self.p_target


def score(*files: Any, model: str, **options: Any) -> dict[Any, Score]:
    """Scores files, and pictures in memory: a dict from each file, or each picture's place, to its Score.

    A picture is an array of numpy, a tensor of torch, an image of PIL or a batch of these; places count from 0. Levels
    are rounded to 256, and sizes are brought to the model's, as of a file.

    The options are those of the command ``score``; of a model that is an ONNX file, also those of
    ``models_import``. Where no option is given, the model stays loaded in a process of its own, which ends
    with Python, when another model is scored by, or ten minutes after the last score. The scores are those of the
    command, up to rounding.
    """
    folder = Folder()
    given_files = as_files([each for file in files for each in many(file)], folder)
    flat = [place(each) for each in given_files]
    if not flat:
        raise TypeError("score takes at least one file or picture")
    try:
        scores = _scores(flat, model, options)
    except WhiskerError as error:
        raise WhiskerError(folder.named(str(error)), error.code) from None
    places = {file: place for place, file in enumerate(flat) if file in folder.files}
    return {places.get(file, file): each for file, each in scores.items()}


def _scores(flat: list[str], model: str, options: dict[str, Any]) -> dict[str, Score]:
    for name in ("json", "top"):
        if options.get(name):
            raise TypeError(f"score returns a Score of each file; for --{name} run whisker itself")
    given = with_models(COMMANDS["score"], {"model": model, **options}, flat)
    if list(given) == ["model"] and len(flat) <= _MOST and all(_is_small(file) for file in flat):
        return _kept().scores(flat, str(given["model"]))
    # without notes, the last line says which file could not be read
    words = words_of("score", {**given, "quiet": True}, COMMANDS["score"])
    scores = {}
    for part in _parts(flat):
        for row in csv.DictReader(io.StringIO(run(words + part, progress=False))):
            # a release up to 0.3 names it by the cat
            scores[row["file"]] = Score(float(row["logit"]), float(row.get("p_target") or row["p_cat"]))
    return scores


def _parts(files: list[str]) -> Iterator[list[str]]:
    """The files in their order, as many at once as a command line takes on every system of its kind."""
    part: list[str] = []
    left = _LETTERS
    for file in files:
        size = len(os.fsencode(file)) + 10  # and what points to it
        if part and size > left:
            yield part
            part, left = [], _LETTERS
        part.append(file)
        left -= size
    yield part


class Session(Server):
    """A model that stays loaded, in the server of ``whisker play``: on this machine alone, with its key.

    Close it, or use it in a ``with`` statement.
    """

    def __init__(self, model: Any) -> None:
        given = with_models(COMMANDS["score"], {"model": model})
        super().__init__(["play", place(given["model"]), "--quiet"])
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
        return Score(first["logit"], first["p_target"])

    def score(self, file: Any) -> Score:
        """The score of a photo's file, or of one picture in memory."""
        if is_picture(file):
            pictures = pngs(file)
            if len(pictures) != 1:
                raise ValueError(f"a session scores one picture at a time, not {len(pictures)}; see whisker.score")
            return self._photo(pictures[0], "the picture")
        file = place(file)
        if not _is_small(file):
            raise WhiskerError(f"{file} is no file of at most {_BYTES >> 20} MiB", 1)
        return self._photo(Path(file).read_bytes(), file)

    def _photo(self, content: bytes, called: str) -> Score:
        try:
            answer = self.ask("/api/photo-score?model=" + quote(self.model), raw=content)
        except WhiskerError as error:
            # the server does not know what the file is called
            raise WhiskerError(str(error).replace("the file", called, 1), error.code) from None
        return Score(answer["logit"], answer["p_target"])

    def score_levels(self, rows: Any) -> Score:
        """The score of gray levels, 0 (black) to 255: an array, or a list of rows, of the model's size."""
        if not hasattr(rows, "__getitem__") or getattr(rows, "ndim", 2) == 0:
            raise TypeError(f"levels are an array or a list of rows, not {type(rows).__name__}")
        if len(rows) != self.height or any(len(row) != self.width for row in rows):
            raise ValueError(f"{self.model} takes {self.height} rows of {self.width} levels")
        flat = [level for row in rows for level in (row.tolist() if hasattr(row, "tolist") else row)]
        if not all(_is_level(level) for level in flat) or max(flat) == 1:
            raise ValueError("levels are whole numbers, 0 (black) to 255 (white); multiply values of 0 to 1 by 255")
        levels = bytes(int(level) for level in flat)
        return self._levels(self.width, self.height, base64.b64encode(levels).decode("ascii"))

    def score_pixels(self, black: Iterable[tuple[int, int]]) -> Score:
        """The score of black pixels on white; each is ``(x, y)`` from the upper left."""
        levels = bytearray(b"\xff" * (self.width * self.height))
        for pixel in black:
            x, y = map(operator.index, pixel)  # a number of numpy would wrap
            if not (0 <= x < self.width and 0 <= y < self.height):
                raise ValueError(f"({x}, {y}) is outside of {self.width} x {self.height} pixels")
            levels[y * self.width + x] = 0
        return self._levels(self.width, self.height, base64.b64encode(bytes(levels)).decode("ascii"))


# more are scored sooner by the command, in batches
_MOST = 32
# the names of files in one command line: Windows takes 32,767 letters with all else, macOS a megabyte
_LETTERS = 20_000 if os.name == "nt" else 500_000
# what the server takes as a photo
_BYTES = 32 << 20


def _is_small(file: Any) -> bool:
    try:
        return Path(file).is_file() and Path(file).stat().st_size <= _BYTES
    except (OSError, ValueError):  # no name of a file, such as one that is too long
        return False


def _is_level(level: Any) -> bool:
    return isinstance(level, numbers.Real) and 0 <= level <= 255 and level == int(level)


class _Kept:
    """The session by which ``score`` scores: one at a time, made anew when its model has changed."""

    SECONDS = 600

    def __init__(self) -> None:
        self.process = os.getpid()
        self._lock = threading.Lock()
        self._session: Optional[Session] = None
        self._key: Any = None
        self._timer: Optional[threading.Timer] = None

    def scores(self, files: list[str], model: str) -> dict[str, Score]:
        with self._lock:
            session = self._of(model)
            try:
                return {file: session.score(file) for file in files}
            finally:
                self._end_later()

    def _of(self, model: str) -> Session:
        key = (find_launcher(), os.environ.get("WHISKER_HOME"), model, _stamp(model))
        if self._session is not None and (key != self._key or not self._session.alive()):
            self._end()
        if self._session is None:
            self._session = Session(model)
            self._key = key
        return self._session

    def _end_later(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = threading.Timer(self.SECONDS, self.close)
        self._timer.daemon = True
        self._timer.start()

    def close(self) -> None:
        with self._lock:
            self._end()

    def _end(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()


def _stamp(model: str) -> Any:
    """What changes when a model is trained or imported again under its name."""
    folder = folder_of(model)
    if folder is None:
        return None
    return sorted((each.name, each.stat().st_mtime_ns, each.stat().st_size) for each in folder.iterdir())


_KEPT = _Kept()


def _kept() -> _Kept:
    """That of this process: in a forked one, what the other was doing at that time would never end."""
    global _KEPT
    if _KEPT.process != os.getpid():
        _KEPT = _Kept()
    return _KEPT
