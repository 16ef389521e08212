"""Whisker from Python: every command is a function, every result a folder of tables.

See the README beside this package. Nothing but the standard library is needed.
"""

from ._commands import COMMANDS, function_of
from ._export import export
from ._process import WhiskerError, WhiskerInterrupted, find_launcher
from ._result import Result
from ._score import Score, Session, score

__all__ = [
    "Result",
    "Score",
    "Session",
    "WhiskerError",
    "WhiskerInterrupted",
    "export",
    "find_launcher",
    "score",
]

for _words in COMMANDS:
    _name = _words.replace(" ", "_").replace("-", "_")
    if _name not in globals():
        globals()[_name] = function_of(_words)
        __all__.append(_name)
