"""Functions of the commands, made of the list that whisker itself writes (commands.json)."""

from __future__ import annotations

import inspect
import json
import keyword
import re
import tempfile
from pathlib import Path
from typing import Any, Callable, Iterator

from ._process import WhiskerError, WhiskerInterrupted, run
from ._result import Result

COMMANDS: dict[str, Any] = json.loads(Path(__file__).with_name("commands.json").read_text(encoding="utf-8"))

_WRITTEN = re.compile(r"(?:written to|The report \([^)]*\):) (?P<place>.+?)(?:; open index\.html)?$", re.MULTILINE)

# names of types as the stub of the package has them: a text may be given as a number or as a list of them
ALIASES = {"Text": "Union[str, float, Sequence[Union[str, float]]]", "File": "Union[str, os.PathLike[str]]"}
_HINTS = {"bool": "bool", "int": "int", "float": "float", "path": "File", "text": "Text"}


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
            last[name] = [place(each) for each in _many(value)]
        else:
            raise TypeError(f"{command} has no option {name!r}; help(whisker.{function_name(command)}) lists them")
    return words + [word for given_there in last.values() for word in given_there]


def place(value: Any) -> str:
    """An argument by its place, which is never an option, whatever a file is called."""
    text = str(value)
    if text.startswith("-"):
        raise ValueError(f"{text!r} would be read as an option; write {'./' + text!r} for a file of that name")
    return text


def _many(value: Any) -> Any:
    return value if isinstance(value, (list, tuple)) else [value]


def _option(option: dict[str, Any], value: Any) -> list[str]:
    name = option["name"]
    if option["value"] == "":
        if value is not True:
            raise TypeError(f"{name} is a flag: True or False, not {value!r}")
        return [name]
    if value is True:
        raise TypeError(f"{name} takes a value: {option['value']}")
    if isinstance(value, (list, tuple)) and not option["many"]:
        value = [",".join(str(each) for each in value)]
    return [f"{name}={each}" for each in _many(value)]


def writes(described: dict[str, Any]) -> bool:
    """Whether a command makes a folder of tables."""
    return any(option["name"] == "--out" and option["value"] == "DIR" for option in described["options"])


def function_of(command: str) -> Callable[..., Any]:
    """The function of a command."""
    described = COMMANDS[command]

    def call(*places: Any, progress: bool = True, **options: Any) -> Any:
        given = dict(options)
        if places:
            if not described["arguments"]:
                raise TypeError(f"{command} takes options alone")
            flat = [each for place in places for each in _many(place)]
            given[parameter_name(described["arguments"][0])] = flat
        if writes(described) and given.get("out") is None and given.get("resume") is None:
            # beside each other, where the caller can find them again
            given["out"] = Path(tempfile.mkdtemp(prefix="whisker-")) / command.replace(" ", "-")
        folder = given.get("out") or given.get("resume")
        try:
            out = run(words_of(command, given, described), progress=progress)
        except WhiskerError as error:
            error.folder = folder
            raise
        except WhiskerInterrupted:
            raise WhiskerInterrupted(folder if "resume" in _names(described) else None) from None
        if any(option["name"] == "--out" and option["value"].startswith("FILE") for option in described["options"]):
            return out  # a file, such as an ONNX file, is no folder of tables
        found = _WRITTEN.search(out)
        if folder is None and found:
            folder = found["place"].strip()
        if folder is not None and Path(folder).is_file():
            folder = Path(folder).parent
        return Result(folder, out) if folder is not None else out

    call.__name__ = call.__qualname__ = function_name(command)
    call.__module__ = "whisker"
    call.__doc__ = text_of(described)
    call.__signature__ = signature_of(described)  # type: ignore[attr-defined]
    return call


def _names(described: dict[str, Any]) -> Iterator[str]:
    return (parameter_name(each) for each in described["options"])


def hint_of(argument: dict[str, Any]) -> str:
    """The type of a parameter, such as ``int | Sequence[int] | None``."""
    one = _HINTS[argument["type"]]
    if argument["many"] and one != "Text":
        one += f" | Sequence[{one}]"
    return one if argument["type"] == "bool" else one + " | None"


def signature_of(described: dict[str, Any]) -> inspect.Signature:
    """The parameters of a command's function: arguments by their place or name, options by name."""
    parameters = []
    if described["arguments"]:
        kind = _HINTS[described["arguments"][0]["type"]]
        parameters.append(inspect.Parameter("places", inspect.Parameter.VAR_POSITIONAL, annotation=kind))
    named = {parameter_name(each): each for each in described["arguments"] + described["options"]}
    for name, each in named.items():
        parameters.append(
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=False if each["type"] == "bool" else None,
                annotation=hint_of(each),
            )
        )
    if "progress" not in named:
        parameters.append(
            inspect.Parameter("progress", inspect.Parameter.KEYWORD_ONLY, default=True, annotation="bool")
        )
    return inspect.Signature(parameters, return_annotation="Result" if writes(described) else "Result | str")


def text_of(described: dict[str, Any]) -> str:
    """The docstring of a command's function."""
    lines = [described["help"], "", "Parameters", "----------"]
    for each in described["arguments"] + described["options"]:
        kind = each["value"] or "bool"
        lines += [f"{parameter_name(each)} : {kind}{', or a list' if each['many'] else ''}", "    " + each["help"]]
    lines += ["progress : bool", "    Show notes and progress. Default: True."]
    return "\n".join(lines)
