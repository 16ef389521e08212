"""The server of ``whisker play``: a process that keeps a model loaded, on this machine alone."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import tempfile
import threading
import time
import weakref
from html import escape
from typing import Any, Optional, Sequence
from urllib.parse import parse_qs, urlsplit

from ._words import COMMANDS, words_of
from ._models import with_models
from ._process import WhiskerError, environment, find_launcher, started

# what a notebook on this machine is served from, whatever its port
_NOTEBOOKS = ("http://localhost:*", "http://127.0.0.1:*")
# what a request meets whose server is gone, is stopped, or does not read on
_GONE = (http.client.HTTPException, OSError)
# the answer to a question where another process has asked meanwhile
_OUTDATED = 409
_CLOSED = (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError)


class _Line:
    """A connection, for one question at a time, of one process: after a fork each has its own."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self.lock = threading.Lock()
        self.connection: Optional[http.client.HTTPConnection] = None

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None


class Server:
    """A running ``whisker play``: its address with the key, and questions put to it.

    After a fork both processes may ask; it ends with the one that began it.
    """

    PATIENCE = 120  # seconds that an answer may take

    def __init__(self, words: Sequence[str]) -> None:
        self._told = tempfile.TemporaryFile("a+", encoding="utf-8", errors="replace")
        self._process = started(
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
        self._end = weakref.finalize(self, _end, self._process, os.getpid())
        self._line = _Line()
        try:
            self.url = self._process.stdout.readline().strip()
            if not urlsplit(self.url).fragment:
                self._process.wait(timeout=30)
                raise WhiskerError(self._last_line() or "whisker play did not start", 1)
            self._key = parse_qs(urlsplit(self.url).fragment)["token"][0]
        except BaseException:
            self.close()
            raise

    def _last_line(self, before: str = "") -> str:
        self._told.seek(0)
        lines = [line for line in self._told.read().splitlines() if line.strip()]
        return before + lines[-1] if lines else ""

    def ask(self, path: str, body: Any = None, raw: Optional[bytes] = None) -> Any:
        """The answer to a question, as parsed JSON."""
        data = raw if raw is not None else json.dumps(body).encode("utf-8")
        if self._told.closed:
            raise WhiskerError(f"this {type(self).__name__} is closed; make another", 1)
        line = self._line
        if line.process != os.getpid():
            line = self._line = _Line()
        with line.lock:
            try:
                status, text = self._sent(line, path, data)
                while status == _OUTDATED:
                    time.sleep(0.01)
                    status, text = self._sent(line, path, data)
            except socket.timeout:
                raise WhiskerError(f"whisker has not answered for {self.PATIENCE} s", 1) from None
            except _GONE:
                raise WhiskerError("whisker has ended" + self._last_line("; "), 1) from None
        answer = json.loads(text)
        if status != 200:
            raise WhiskerError(answer.get("error", f"status {status}"), 1)
        return answer

    def _sent(self, line: _Line, path: str, data: bytes) -> tuple[int, bytes]:
        headers = {"Content-Type": "application/octet-stream", "X-Whisker-Token": self._key}
        try:
            idle = line.connection is not None
            try:
                return self._answered(line, path, data, headers)
            except _CLOSED:
                # a connection that was idle for long is closed by the server
                line.close()
                if not idle:
                    raise
                return self._answered(line, path, data, headers)
        except BaseException:
            # what was interrupted, or took too long, must not be the answer to the next question
            line.close()
            raise

    def _answered(self, line: _Line, path: str, data: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        if line.connection is None:
            # straight to this machine, past any proxy
            line.connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=self.PATIENCE)
        line.connection.request("POST", path, body=data, headers=headers)
        answer = line.connection.getresponse()
        return answer.status, answer.read()

    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def __reduce__(self) -> Any:
        raise TypeError(f"a {type(self).__name__} belongs to one process; make another in each")

    def leave(self) -> None:
        """Lets go of the process, which another one has begun and will end."""
        self._end.detach()

    def close(self) -> None:
        """Ends the process, if this one has begun it."""
        if self._line.process == os.getpid():
            self._line.close()
        self._end()
        self._process.stdout.close()
        self._told.close()

    def __enter__(self):
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _end(process: subprocess.Popen[str], begun_by: int) -> None:
    if begun_by == os.getpid() and process.poll() is None:
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
