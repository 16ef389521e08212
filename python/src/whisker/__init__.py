"""Whisker from Python: every command is a function, every result a folder of tables.

See the README beside this package. Nothing but the standard library is needed.
"""

from ._commands import function_of
from ._export import export
from ._process import WhiskerError, WhiskerInterrupted, find_launcher, home
from ._result import Column, Result
from ._score import Score, Session, score
from ._server import Page, play
from ._words import COMMANDS, function_name

__all__ = [
    "Column",
    "Page",
    "Result",
    "Score",
    "Session",
    "WhiskerError",
    "WhiskerInterrupted",
    "export",
    "find_launcher",
    "home",
    "play",
    "score",
]

for _command in COMMANDS:
    _name = function_name(_command)
    if _name not in globals():
        globals()[_name] = function_of(_command)
        __all__.append(_name)
