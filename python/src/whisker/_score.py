"""Scores of pictures: at once, or by a process that stays."""

import base64
import csv
import io
import json
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, quote, urlsplit

from ._process import WhiskerError, environment, find_launcher, run


class Score(NamedTuple):
    """What a model says of a picture: the logit is that of not-cat, and p_cat = 1 - sigmoid(logit)."""

    logit: float
    p_cat: float


def score(*files, model, **options):
    """Scores files: a dict from each file to its Score. One start of Java for all of them."""
    from ._commands import COMMANDS, words_of

    flat = [str(each) for file in files for each in (file if isinstance(file, (list, tuple)) else [file])]
    if not flat:
        raise TypeError("score takes at least one file")
    words = words_of("score", {"model": model, **options}, COMMANDS["score"])
    rows = csv.DictReader(io.StringIO(run(words + flat, progress=False)))
    return {row["file"]: Score(float(row["logit"]), float(row["p_cat"])) for row in rows}


def _reason(error):
    try:
        return json.loads(error.read())["error"]
    except (ValueError, KeyError, TypeError):
        return str(error)


class Session:
    """A model that stays loaded, in the server of ``whisker play``: on this machine alone, with its key.

    Close it, or use it in a ``with`` statement.
    """

    def __init__(self, model):
        self.model = model
        self._process = subprocess.Popen(
            [str(find_launcher()), "play", model, "--no-open"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=environment(),
        )
        try:
            link = self._process.stdout.readline().strip()
            parts = urlsplit(link)
            if parts.scheme != "http" or not parts.fragment:
                self._process.wait(timeout=30)
                raise WhiskerError(self._process.stderr.read().strip() or "whisker play did not start", 1)
            self._base = f"http://{parts.netloc}"
            self._key = parse_qs(parts.fragment)["token"][0]
            page = self._ask("/api/page", {})
            offer = next(each for each in page["models"] if each["name"] == model)
            self.width, self.height = offer["width"], offer["height"]
        except BaseException:
            self.close()
            raise

    def _ask(self, path, body, raw=None):
        data = raw if raw is not None else json.dumps(body).encode("utf-8")
        kind = "application/octet-stream" if raw is not None else "application/json"
        headers = {"Content-Type": kind, "X-Whisker-Token": self._key, "Origin": self._base}
        request = urllib.request.Request(self._base + path, data=data, headers=headers, method="POST")
        # never through a proxy: the server is on this machine
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=120) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as e:
            raise WhiskerError(_reason(e), 1) from None

    def _levels(self, width, height, levels):
        state = {
            "width": width,
            "height": height,
            "levels": levels,
            "background": 255,
            "ink": 0,
            "model": {"model": self.model, "padding": None},
            "beside": None,
        }
        first = self._ask("/api/score", state)["first"]
        return Score(first["logit"], first["p_cat"])

    def score(self, file):
        """The score of a photo's file."""
        picture = self._ask("/api/photo?model=" + quote(self.model), None, raw=Path(file).read_bytes())
        return self._levels(picture["width"], picture["height"], picture["levels"])

    def score_pixels(self, black):
        """The score of black pixels on white; each is ``(x, y)`` from the upper left."""
        levels = bytearray(b"\xff" * (self.width * self.height))
        for x, y in black:
            if not (0 <= x < self.width and 0 <= y < self.height):
                raise ValueError(f"({x}, {y}) is outside of {self.width} x {self.height} pixels")
            levels[y * self.width + x] = 0
        return self._levels(self.width, self.height, base64.b64encode(bytes(levels)).decode("ascii"))

    def close(self):
        """Ends the process."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process.stdout.close()
        self._process.stderr.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
