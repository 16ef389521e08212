"""A PyTorch module, in memory, as a model of whisker."""

from __future__ import annotations

import inspect
import re
import tempfile
from pathlib import Path
from typing import Any, Optional

from ._words import COMMANDS, words_of
from ._process import WhiskerError, run

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

    name = name or re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", type(module).__name__).lower()
    if not _NAME.fullmatch(name):
        raise ValueError(f"a name has letters, digits, '.', '_' and '-' only: {name!r}")
    was_training = [(each, each.training) for each in module.modules()]
    module.eval()
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / (name + ".onnx")
            torch.onnx.export(module, (example,), str(file), **_ways(torch.onnx.export))
            given = {key: ",".join(map(str, v)) if isinstance(v, (list, tuple)) else v for key, v in options.items()}
            words = words_of("models import", {"name": name, **given}, COMMANDS["models import"])
            run([*words, str(file)], progress=False)
    finally:
        # each by itself: a part that was frozen stays so
        for each, training in was_training:
            each.training = training
    return name


def _ways(export: Any) -> dict[str, Any]:
    ways: dict[str, Any] = {"input_names": ["x"], "output_names": ["y"], "opset_version": 17}
    try:
        # newer versions of PyTorch need another package unless they are told to trace
        if "dynamo" in inspect.signature(export).parameters:
            ways["dynamo"] = False
    except (TypeError, ValueError):
        pass
    return ways
