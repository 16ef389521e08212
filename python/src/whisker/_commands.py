"""Functions of the commands, made of the list that whisker itself writes."""

from __future__ import annotations

import inspect
import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Any, Callable, Iterator

from ._models import folder_of, import_options, takes_models, with_models
from ._pictures import Folder, as_files, is_picture
from ._process import WhiskerError, WhiskerInterrupted, run
from ._result import Result
from ._words import COMMANDS, function_name, many, parameter_name, words_of

_WRITTEN = re.compile(r"(?:written to|The report \([^)]*\):) (?P<place>.+?)(?:; open index\.html)?$", re.MULTILINE)

# names of types as the stub of the package has them: a text may be given as a number or as a list of them
ALIASES = {"Text": "Union[str, float, Sequence[Union[str, float]]]", "File": "Union[str, os.PathLike[str]]"}
_HINTS = {"bool": "bool", "int": "int", "float": "float", "path": "File", "text": "Text"}


def writes(described: dict[str, Any]) -> bool:
    """Whether a command makes a folder of tables."""
    return any(option["name"] == "--out" and option["value"] == "DIR" for option in described["options"])


# these print where they put a model, which is no table
_MAKE = ("models import", "models fetch")


def tells(described: dict[str, Any]) -> bool:
    """Whether a command makes nothing, and can print what it found as JSON."""
    names = set(_names(described))
    makes = "out" in names or any(described is COMMANDS[each] for each in _MAKE)
    return "json" in names and not makes


def _told(out: str) -> Any:
    """What a command printed as JSON; of one table alone its rows, a dict each."""
    content = json.loads(out)
    values = list(content.values()) if isinstance(content, dict) else []
    return values[0] if len(values) == 1 and isinstance(values[0], list) else content


def function_of(command: str) -> Callable[..., Any]:
    """The function of a command."""
    described = COMMANDS[command]

    def call(*places: Any, progress: bool = True, **options: Any) -> Any:
        given = dict(options)
        if places:
            if not described["arguments"]:
                like = f", such as model={str(places[0])!r}" if "model" in _names(described) else ""
                raise TypeError(f"{command} takes options by their names{like}")
            flat = [each for place in places for each in many(place)]
            _refuse_photos(described, flat)
            given[parameter_name(described["arguments"][0])] = flat
        given, held = _with_pictures(described, given)
        photos = given.get("photos")
        given = _with_image(described, given)
        given = with_models(described, _with_photos(described, given), photos)
        telling = tells(described) and given.get("json", True)
        if telling:
            given["json"] = True
        words = words_of(command, given, described)
        folder = given.get("out") or given.get("resume")
        if writes(described) and folder is None:
            folder = Path(tempfile.mkdtemp(prefix="whisker-")) / command.replace(" ", "-")
            words.insert(len(command.split(" ")), f"--out={folder}")
            if progress:
                # a run whose kernel has died is gone on with there
                sys.stderr.write(f"whisker: writing to {folder}; out= names another folder\n")
        try:
            out = run(words, progress=progress)
            del held
        except WhiskerError as error:
            error.folder = folder
            raise
        except WhiskerInterrupted:
            raise WhiskerInterrupted(folder if "resume" in _names(described) else None) from None
        if telling:
            return _told(out)
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


# where photos are given to a command, in this order; it may have a parameter of that very name
_PHOTOS = ("photos", "images", "data", "image")


def photos_of(described: dict[str, Any]) -> str | None:
    """The parameter by which a command is given photos; None where it takes none."""
    names = {parameter_name(each) for each in described["arguments"] + described["options"]}
    return next((each for each in _PHOTOS if each in names), None)


def _with_pictures(described: dict[str, Any], given: dict[str, Any]) -> tuple[dict[str, Any], Folder | None]:
    """Pictures that Python holds are given as files, or as their folder where one path is taken."""
    name = photos_of(described)
    takes = next((each for each in described["arguments"] + described["options"] if parameter_name(each) == name), None)
    if takes is None or not any(is_picture(each) for key in _PHOTOS for each in many(given.get(key))):
        return given, None
    folder = Folder()
    given = {key: as_files(value, folder) if key in _PHOTOS else value for key, value in given.items()}
    if not takes["many"]:
        for key in _PHOTOS:
            if isinstance(given.get(key), list):
                given[key] = given[key][0] if len(given[key]) == 1 and name == "image" else str(folder.path)
    return given, folder


def _with_image(described: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Takes ``image`` for ``images``, since the command line has both."""
    names = set(_names(described))
    if "image" in names or "images" not in names or "image" not in given:
        return given
    if given.get("images") is not None:
        raise TypeError("image and images are one thing here; give one")
    return {"images" if name == "image" else name: value for name, value in given.items()}


def _with_photos(described: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    name = photos_of(described)
    photos = given.get("photos")
    if name is None or name == "photos" or photos is None:
        return given
    left = {key: value for key, value in given.items() if key != "photos"}
    if given.get(name) is not None:
        raise TypeError(f"photos and {name} are one thing here; give one")
    for each in many(photos):
        if _is_to_train_on(described) and not Path(each).exists():
            raise WhiskerError(f"there is no folder {each}", 1)
    if _is_to_train_on(described) and not (Path(many(photos)[0]) / "train").is_dir():
        sys.stderr.write(_UNUSED)
        return left
    return {**left, name: photos}


# of explain, which needs no photos but to train networks of its own
_UNUSED = (
    "whisker: explain uses photos to train networks on, which takes a folder train/; these have none and are left out. "
    "whisker.diagnose tests the network on them\n"
)


def _is_to_train_on(described: dict[str, Any]) -> bool:
    return any(option["name"] == "--train-from" for option in described["options"])


def _refuse_photos(described: dict[str, Any], places: list[Any]) -> None:
    """Of a command whose places are models alone, such as explain, photos are given by name."""
    if [takes_models(each) for each in described["arguments"]] == [True] and photos_of(described) is not None:
        for each in places[1:]:
            if Path(each).is_dir() and folder_of(str(each)) is None:
                raise TypeError(f"{str(each)!r} is no model; photos are given by their name: photos={str(each)!r}")


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
    named = {parameter_name(each): each for each in described["arguments"] + described["options"]}
    if described["arguments"]:
        kind = _HINTS[described["arguments"][0]["type"]]
        several = "given" if "places" in named else "places"  # an option may be called so
        parameters.append(inspect.Parameter(several, inspect.Parameter.VAR_POSITIONAL, annotation=kind))
    if photos_of(described) not in (None, "photos"):
        named["photos"] = {"type": "path", "many": True}
    named.update(import_options(described))
    for name, each in named.items():
        parameters.append(
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=(name == "json" and tells(described)) if each["type"] == "bool" else None,
                annotation=hint_of(each),
            )
        )
    if "progress" not in named:
        parameters.append(
            inspect.Parameter("progress", inspect.Parameter.KEYWORD_ONLY, default=True, annotation="bool")
        )
    return inspect.Signature(parameters, return_annotation="Result" if writes(described) else "Any")


def text_of(described: dict[str, Any]) -> str:
    """The docstring of a command's function."""
    lines = [described["help"], "", "Parameters", "----------"]
    for each in described["arguments"] + described["options"]:
        kind = each["value"] or "bool"
        told = each["help"]
        if each["name"] == "--json" and tells(described):
            told = "Return rows as dicts; with False, the text that is printed. Default: True."
        if each["name"] == "--out" and writes(described):
            told = told.split(" Default:")[0] + " Default: a new one among this machine's temporary files."
        lines += [f"{parameter_name(each)} : {kind}{', or a list' if each['many'] else ''}", "    " + told]
    photos = photos_of(described)
    if photos not in (None, "photos"):
        most = "; of explain, photos that have a folder train/" if _is_to_train_on(described) else ""
        lines += ["photos : PHOTOS", f"    The same as {photos}{most}."]
    imports = import_options(described)
    if imports:
        lines += [", ".join(imports), "    Of a model that is an ONNX file, as of models_import: it is imported once."]
    lines += ["progress : bool", "    Show notes and progress. Default: True."]
    return "\n".join(lines)
