"""A PyTorch module, in memory, as a model of whisker."""

from __future__ import annotations

import contextlib
import importlib.util
import inspect
import io
import re
import tempfile
from pathlib import Path
from typing import Any, Optional

from ._words import COMMANDS, words_of
from ._process import WhiskerError, find_launcher, run

# of a model, as whisker has it: it becomes the name of a file here
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def export(module: Any, example: Any, name: Optional[str] = None, **options: Any) -> str:
    """Writes the ONNX file of a module and imports it; returns the model's name.

    ``module`` is a torch.nn.Module, ``example`` a batch of one picture such as
    ``torch.zeros(1, 3, 224, 224)``, ``name`` by default that of the module's class; ``options`` are
    those of ``models import`` (``cat=281``, ``mean=[0.485, 0.456, 0.406]``, ``std=...``,
    ``output="logit"``).
    """
    try:
        import torch
    except ImportError:
        raise WhiskerError("found no PyTorch to export with; pip install torch", 1) from None

    _check(torch, module, example)
    find_launcher()  # an export takes seconds, and is of no use without it
    name = name or re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", type(module).__name__).lower()
    if not _NAME.fullmatch(name):
        raise ValueError(f"a name has letters, digits, '.', '_' and '-' only: {name!r}")
    given = {key: ",".join(map(str, v)) if isinstance(v, (list, tuple)) else v for key, v in options.items()}
    words = words_of("models import", {"name": name, **given}, COMMANDS["models import"])
    was_training = [(each, each.training) for each in module.modules()]
    module.eval()
    try:
        ways = _ways(torch.onnx.export)
        for way in ways:
            try:
                _exported(torch, module, example, way, words)
                break
            except WhiskerError:
                if way is ways[-1]:
                    raise
    finally:
        # each by itself: a part that was frozen stays so
        for each, training in was_training:
            each.training = training
    return name


def _exported(torch: Any, module: Any, example: Any, way: dict[str, Any], words: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / (words[2].split("=", 1)[1] + ".onnx")
        try:
            with contextlib.redirect_stdout(io.StringIO()):  # the steps of PyTorch
                torch.onnx.export(module, (example,), str(file), input_names=["x"], output_names=["y"], **way)
        except Exception as error:
            why = next(iter(str(error).strip().splitlines()), type(error).__name__)
            raise WhiskerError(f"PyTorch could not export {type(module).__name__}: {why}", 1) from error
        run([*words, str(file)], progress=False)


def _check(torch: Any, module: Any, example: Any) -> None:
    if isinstance(module, dict):
        raise TypeError("a state_dict has weights and no network: make the module, load_state_dict() into it, give that")
    if not isinstance(module, torch.nn.Module):
        raise TypeError(f"a torch.nn.Module is needed, not {type(module).__name__}")
    if not isinstance(example, torch.Tensor):
        size = ", ".join(map(str, example)) if isinstance(example, (tuple, list)) else "1, 3, 224, 224"
        raise TypeError(f"a batch of one picture is needed, not {type(example).__name__}; give torch.zeros({size})")
    if example.dim() != 4:
        raise ValueError(f"the example has shape {tuple(example.shape)}; a batch of pictures is N x channels x height x width")


def _ways(export: Any) -> list[dict[str, Any]]:
    """PyTorch's exporter of today where it has one, then the older one, which traces."""
    older: dict[str, Any] = {"opset_version": 17}
    try:
        named = inspect.signature(export).parameters
    except (TypeError, ValueError):
        return [older]
    if "dynamo" not in named:
        return [older]
    older["dynamo"] = False
    today = {"dynamo": True, "verbose": False}
    return [today, older] if importlib.util.find_spec("onnxscript") is not None else [older]
