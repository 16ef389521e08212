"""What an editor knows of the package: ``__init__.pyi``, made of the commands when a wheel is built."""

from __future__ import annotations

from typing import Any

from ._commands import ALIASES, signature_of, text_of
from ._words import COMMANDS, function_name

_HEAD = '''"""{doc}"""

import os
from collections.abc import Sequence
from typing import Any, Union

{imports}

{aliases}
'''


def text(package: Any) -> str:
    """The stub of the package: what it imports by name, and a function for each command."""
    made = {function_name(words): described for words, described in COMMANDS.items()}
    by_hand = [name for name in package.__all__ if getattr(package, name).__module__ != package.__name__]
    imports = "\n".join(
        f"from {getattr(package, name).__module__.replace('whisker.', '.')} import {name} as {name}"
        for name in by_hand
    )
    aliases = "\n".join(f"{name} = {kind}" for name, kind in ALIASES.items())
    parts = [_HEAD.format(doc=(package.__doc__ or "").strip(), imports=imports, aliases=aliases)]
    parts += [_function(name, described) for name, described in made.items() if name not in by_hand]
    return "\n".join(parts)


def _function(name: str, described: dict[str, Any]) -> str:
    signature = signature_of(described)
    parameters = []
    for each in signature.parameters.values():
        if each.kind is each.VAR_POSITIONAL:
            parameters.append(f"*{each.name}: {each.annotation}")
        else:
            parameters.append(f"{each.name}: {each.annotation} = {each.default}")
    if not parameters[0].startswith("*"):
        parameters.insert(0, "*")
    body = text_of(described).replace("\\", "\\\\").replace('"""', "'''").replace("\n", "\n    ")
    inner = "".join(f"\n    {each}," for each in parameters)
    return f'def {name}({inner}\n) -> {signature.return_annotation}:\n    """{body}\n    """\n    ...\n'
