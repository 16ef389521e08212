"""Models that are named by a file: an ONNX file is imported the first time that it is named."""

from __future__ import annotations

import hashlib
import os
import re
import sys
import time
from pathlib import Path
from typing import Any

from ._process import WhiskerError, home, run
from ._words import COMMANDS, parameter_name, words_of

_IMPORT = "models import"
# where an exporter may put the weights of a large network
_BESIDE = (".data", "_data")


def folders() -> list[Path]:
    """Where models may lie, as the launcher has it."""
    own = os.environ.get("WHISKER_HOME")
    if own:
        return [Path(own) / "models"]
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return [home() / "models", data / "whisker" / "models"]


def folder_of(model: str) -> Path | None:
    """The folder of a model, by its name or path; None where there is none."""
    name = model.split("@")[0]
    return next((each for each in [Path(name), *(f / name for f in folders())] if (each / "model.json").is_file()), None)


def takes_models(argument: dict[str, Any]) -> bool:
    """Whether an argument or option names models."""
    return argument["type"] == "text" and argument["name"] in ("MODEL", "--model")


def import_options(described: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The options of an import that a command itself does not have, by parameter."""
    own = {parameter_name(each) for each in described["arguments"] + described["options"]}
    return {
        parameter_name(each): each
        for each in COMMANDS[_IMPORT]["options"]
        if parameter_name(each) not in own and any(takes_models(a) for a in described["arguments"] + described["options"])
    }


def with_models(described: dict[str, Any], given: dict[str, Any], photos: Any = None) -> dict[str, Any]:
    """What was given, with the names of models in the place of ONNX files, which are imported."""
    models = {parameter_name(each) for each in described["arguments"] + described["options"] if takes_models(each)}
    imports = {name: given[name] for name in import_options(described) if given.get(name) is not None}
    left = {name: value for name, value in given.items() if name not in import_options(described)}
    found = False
    for name in models & set(left):
        many = isinstance(left[name], (list, tuple))
        values = list(left[name]) if many else [left[name]]
        for i, value in enumerate(values):
            if _is_file(value):
                found = True
                values[i] = imported(value, imports, photos)
        left[name] = values if many else values[0]
    if imports and not found:
        raise TypeError(f"{', '.join(imports)} is for an ONNX file as the model; this one is imported already")
    return left


def _is_file(value: Any) -> bool:
    return isinstance(value, (str, os.PathLike)) and str(value).lower().endswith(".onnx")


def imported(file: Any, options: dict[str, Any], photos: Any = None) -> str:
    """The name of the model that an ONNX file was imported as; imports it where it was not yet.

    The name has the hash of the file and of the options, so that another file gets another model.
    """
    path = Path(file)
    if not path.is_file():
        raise WhiskerError(f"there is no file {path}", 1)
    name = str(options.get("name") or "")
    if not name:
        stem = re.sub(r"[^A-Za-z0-9._-]+", "-", path.stem).strip("-.") or "model"
        name = f"{stem}-{_hash(path, options)}"
        if folder_of(name) is not None:
            return name
    given: dict[str, Any] = {**options, "name": name}
    photo = given.get("photo") or _first_photo(photos)
    words = words_of(_IMPORT, {**given, "photo": photo}, COMMANDS[_IMPORT])
    print(f"whisker: importing {path} as {name}", file=sys.stderr)
    while True:
        try:
            run([*words, str(path)], progress=False)
            return name
        except WhiskerError:
            # another process, such as a second notebook, may be importing the same file
            importing = any((folder / f".{name}.making").is_dir() for folder in folders())
            if not options.get("name") and folder_of(name) is not None:
                return name
            if options.get("name") or not importing:
                raise
            time.sleep(0.5)


def _hash(path: Path, options: dict[str, Any]) -> str:
    digest = hashlib.sha256(repr(sorted((key, str(value)) for key, value in options.items())).encode("utf-8"))
    for each in [path, *(path.with_name(path.name + end) for end in _BESIDE)]:
        if each.is_file():
            with open(each, "rb") as file:
                for block in iter(lambda: file.read(1 << 20), b""):
                    digest.update(block)
    return digest.hexdigest()[:8]


def _first_photo(photos: Any) -> Path | None:
    """A photo to test an import on."""
    if photos is None:
        return None
    first = Path(photos[0] if isinstance(photos, (list, tuple)) else photos)
    if first.is_file():
        return first
    ends = (".png", ".jpg", ".jpeg")
    return next((each for each in sorted(first.rglob("*")) if each.suffix.lower() in ends), None)
