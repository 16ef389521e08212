"""The server of ``whisker play``: a process that keeps a model loaded, on this machine alone."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import tempfile
import threading
import weakref
from html import escape
from typing import Any, Optional, Sequence
from urllib.parse import parse_qs, urlsplit

from ._words import COMMANDS, words_of
from ._models import with_models
from ._process import WhiskerError, environment, find_launcher

# what a notebook on this machine is served from, whatever its port
_NOTEBOOKS = ("http://localhost:*", "http://127.0.0.1:*")
_GONE = (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError)


class Server:
    """A running ``whisker play``: its address with the key, and questions put to it."""

    def __init__(self, words: Sequence[str]) -> None:
        self._told = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")
        self._process = subprocess.Popen(
            [str(find_launcher()), *words, "--no-open"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._told,
            text=True,
            encoding="utf-8",
            env=environment(),
            # an interrupt of a notebook's cell does not end it
            start_new_session=os.name != "nt",
        )
        # also when Python ends while something still holds this object
        self._end = weakref.finalize(self, _end, self._process)
        self._connection: Optional[http.client.HTTPConnection] = None
        self._lock = threading.Lock()  # one question at a time
        try:
            self.url = self._process.stdout.readline().strip()
            if not urlsplit(self.url).fragment:
                self._process.wait(timeout=30)
                raise WhiskerError(self._last_line(), 1)
            self._key = parse_qs(urlsplit(self.url).fragment)["token"][0]
        except BaseException:
            self.close()
            raise

    def _last_line(self) -> str:
        self._told.seek(0)
        lines = [line for line in self._told.read().splitlines() if line.strip()]
        return lines[-1] if lines else "whisker play did not start"

    def ask(self, path: str, body: Any = None, raw: Optional[bytes] = None) -> Any:
        """The answer to a question, as parsed JSON."""
        data = raw if raw is not None else json.dumps(body).encode("utf-8")
        with self._lock:
            try:
                status, text = self._sent(path, data)
            except _GONE:
                # a connection that was idle for long is closed by the server
                if not self.alive():
                    raise WhiskerError("whisker has ended; " + self._last_line(), 1) from None
                status, text = self._sent(path, data)
        answer = json.loads(text)
        if status != 200:
            raise WhiskerError(answer.get("error", f"status {status}"), 1)
        return answer

    def _sent(self, path: str, data: bytes) -> tuple[int, bytes]:
        place = urlsplit(self.url).netloc
        if self._connection is None:
            # straight to this machine, past any proxy
            self._connection = http.client.HTTPConnection(place, timeout=120)
        headers = {"Content-Type": "application/octet-stream", "X-Whisker-Token": self._key}
        try:
            self._connection.request("POST", path, body=data, headers=headers)
            answer = self._connection.getresponse()
            return answer.status, answer.read()
        except BaseException:
            # what was interrupted, or took too long, must not be the answer to the next question
            self._connection.close()
            self._connection = None
            raise

    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def leave(self) -> None:
        """Lets go of the process, which another one has begun and will end."""
        self._end.detach()

    def close(self) -> None:
        """Ends the process."""
        if self._connection is not None:
            self._connection.close()
        self._end()
        self._process.stdout.close()
        self._told.close()

    def __enter__(self):
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Page(Server):
    """The page of ``whisker play``, which a notebook shows in a frame. ``close()`` ends it."""

    def __init__(self, words: Sequence[str], height: int) -> None:
        super().__init__(words)
        self._height = height

    def __repr__(self) -> str:
        # the address holds the key
        return "<the page of whisker play; its address is in .url>"

    def _repr_html_(self) -> str:
        return (
            f"<iframe src='{escape(self.url, quote=True)}' allow='clipboard-write' "
            f"style='width:100%;height:{self._height}px;border:1px solid #ccc'></iframe>"
        )


def play(*models: str, height: int = 720, **options: Any) -> Page:
    """Starts a page on which an image is painted and scored live; a notebook shows it in a frame.

    The options are those of the command ``play``. Where the notebook comes from another machine
    (JupyterHub with jupyter-server-proxy), ``origin="https://hub.example.org"`` says from where; the
    path is then that of the proxy. ``embed`` names pages that may hold the frame; by default those of
    this machine.
    """
    options.pop("no_open", None)
    hub = os.environ.get("JUPYTERHUB_SERVICE_PREFIX")
    if options.get("origin") and hub and not options.get("base_path"):
        options["port"] = options.get("port") or _free_port()
        options["base_path"] = f"{hub.rstrip('/')}/proxy/{options['port']}/"
    options.setdefault("embed", [options["origin"]] if options.get("origin") else list(_NOTEBOOKS))
    given = with_models(COMMANDS["play"], {"model": list(models), **options})
    return Page(words_of("play", given, COMMANDS["play"]), height)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]
