"""Functions of the commands, made of the list that whisker itself writes (commands.json)."""

import inspect
import json
import keyword
import re
import tempfile
from pathlib import Path

from ._process import run
from ._result import Result

COMMANDS = json.loads(Path(__file__).with_name("commands.json").read_text(encoding="utf-8"))

_WRITTEN = re.compile(r"(?:written to|The report \([^)]*\):) (?P<place>.+)$", re.MULTILINE)


def parameter_name(argument):
    """``--max-evaluations`` is ``max_evaluations``; ``FILE...`` is ``file``."""
    name = re.sub(r"\W+", "_", argument["name"].lstrip("-").lower()).strip("_")
    return name + "_" if keyword.iskeyword(name) else name


def words_of(command, given, described):
    """The command line of a call, as a list of words."""
    known = {parameter_name(option): option for option in described["options"]}
    places = {parameter_name(place): place for place in described["arguments"]}
    words = command.split(" ")
    last = []
    for name, value in given.items():
        if value is None or value is False:
            continue
        if name in known:
            words += _option(known[name], value)
        elif name in places:
            last += [str(each) for each in _many(value)]
        else:
            raise TypeError(f"{command} has no option {name!r}; help(whisker.{command.replace(' ', '_')}) lists them")
    return words + last


def _many(value):
    return value if isinstance(value, (list, tuple)) else [value]


def _option(option, value):
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


def function_of(command):
    """The function of a command."""
    described = COMMANDS[command]
    writes = any(option["name"] == "--out" for option in described["options"])

    def call(*places, progress=True, **options):
        given = dict(options)
        if places:
            if not described["arguments"]:
                raise TypeError(f"{command} takes options alone")
            flat = [each for place in places for each in _many(place)]
            given[parameter_name(described["arguments"][0])] = flat
        if writes and "out" not in given and "resume" not in given:
            # beside each other, where the caller can find them again
            given["out"] = Path(tempfile.mkdtemp(prefix="whisker-")) / command.replace(" ", "-")
        out = run(words_of(command, given, described), progress=progress)
        folder = given.get("out") or given.get("resume")
        found = _WRITTEN.search(out)
        if folder is None and found:
            folder = found["place"].strip()
        if folder is not None and Path(folder).is_file():
            folder = Path(folder).parent
        return Result(folder, out) if folder is not None else out

    call.__name__ = command.replace(" ", "_").replace("-", "_")
    call.__qualname__ = call.__name__
    call.__module__ = "whisker"
    call.__doc__ = _text(command, described)
    call.__signature__ = _signature(described)
    return call


def _signature(described):
    parameters = [inspect.Parameter("places", inspect.Parameter.VAR_POSITIONAL)] if described["arguments"] else []
    named = [parameter_name(each) for each in described["arguments"] + described["options"]]
    for name in dict.fromkeys(named):
        parameters.append(inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None))
    if "progress" not in named:
        parameters.append(inspect.Parameter("progress", inspect.Parameter.KEYWORD_ONLY, default=True))
    return inspect.Signature(parameters)


def _text(command, described):
    lines = [described["help"], "", "Parameters", "----------"]
    for each in described["arguments"] + described["options"]:
        kind = each["value"] or "bool"
        lines += [f"{parameter_name(each)} : {kind}{', or a list' if each['many'] else ''}", "    " + each["help"]]
    lines += ["progress : bool", "    Show notes and progress. Default: True."]
    return "\n".join(lines)
