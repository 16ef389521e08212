"""A PyTorch module, in memory, as a model of whisker."""

import tempfile
from pathlib import Path

from ._process import run


def export(module, example, name, **options):
    """Writes the ONNX file of a module and imports it.

    ``module`` is a torch.nn.Module, ``example`` a batch of one picture such as
    ``torch.zeros(1, 3, 224, 224)``; ``options`` are those of ``models import`` (``cat=281``,
    ``mean=[0.485, 0.456, 0.406]``, ``std=...``, ``output="logit"``). Returns the name.
    """
    import torch

    from ._commands import COMMANDS, words_of

    was_training = module.training
    module.eval()
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / (name + ".onnx")
            torch.onnx.export(module, (example,), str(file), input_names=["x"], output_names=["y"], opset_version=17)
            given = {key: ",".join(map(str, v)) if isinstance(v, (list, tuple)) else v for key, v in options.items()}
            words = words_of("models import", {"name": name, **given}, COMMANDS["models import"])
            run([*words, str(file)], progress=False)
    finally:
        module.train(was_training)
    return name
