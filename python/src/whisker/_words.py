"""Command lines of calls, by the list of commands that whisker itself writes (commands.json)."""

from __future__ import annotations

import difflib
import json
import keyword
import numbers
import os
import re
from pathlib import Path
from typing import Any

from ._pictures import is_picture

COMMANDS: dict[str, Any] = json.loads(Path(__file__).with_name("commands.json").read_text(encoding="utf-8"))


def function_name(command: str) -> str:
    """``boundary margins`` is ``boundary_margins``."""
    return command.replace(" ", "_").replace("-", "_")


def parameter_name(argument: dict[str, Any]) -> str:
    """``--max-evaluations`` is ``max_evaluations``; ``FILE...`` is ``file``."""
    name = re.sub(r"\W+", "_", argument["name"].lstrip("-").lower()).strip("_")
    return name + "_" if keyword.iskeyword(name) else name


def words_of(command: str, given: dict[str, Any], described: dict[str, Any]) -> list[str]:
    """The command line of a call, as a list of words."""
    known = {parameter_name(option): option for option in described["options"]}
    places = {parameter_name(place): place for place in described["arguments"]}
    words = command.split(" ")
    last: dict[str, list[str]] = {name: [] for name in places}
    for name, value in given.items():
        if value is None or value is False:
            continue
        if name in known:
            words += _option(known[name], value)
        elif name in places:
            last[name] = [place(each) for each in many(value)]
        else:
            close = difflib.get_close_matches(name, [*known, *places], 1)
            meant = f"is it {close[0]}? " if close else ""
            raise TypeError(f"{command} has no option {name!r}; {meant}help(whisker.{function_name(command)}) lists them")
    return words + [word for given_there in last.values() for word in given_there]


def place(value: Any) -> str:
    """An argument by its place, which is never an option, whatever a file is called."""
    if is_picture(value) or not isinstance(value, (str, bytes, os.PathLike, numbers.Number)):
        raise TypeError(f"a path or a name is needed here, not {type(value).__name__}")
    text = os.fsdecode(value) if isinstance(value, (bytes, os.PathLike)) else str(value)
    if "\0" in text:
        raise ValueError(f"{text!r} has a zero character, which no name can have")
    if text.startswith("-"):
        raise ValueError(f"{text!r} would be read as an option; write {'./' + text!r} for a file of that name")
    return text


def many(value: Any) -> Any:
    """A list of values, of which one alone may have been given."""
    return value if isinstance(value, (list, tuple)) else [value]


def _option(option: dict[str, Any], value: Any) -> list[str]:
    name = option["name"]
    if any(map(is_picture, many(value))):
        raise TypeError(f"{name} takes a path or a name, not {type(many(value)[0]).__name__}")
    if option["value"] == "":
        if value is not True:
            raise TypeError(f"{name} is a flag: True or False, not {value!r}")
        return [name]
    if value is True:
        raise TypeError(f"{name} takes a value: {option['value']}")
    if isinstance(value, (list, tuple)) and not option["many"]:
        value = [",".join(str(each) for each in value)]
    return [f"{name}={each}" for each in many(value)]
