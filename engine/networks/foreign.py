"""Weights that other projects published, read without trusting them.

A checkpoint of theirs is a pickle; it is opened with ``weights_only``, which runs no code, reduced
to tensors, checked against the layout of the network it is for, and kept as safetensors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from safetensors.torch import save_file

from engine.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from torch import Tensor

#: Where projects keep the tensors within a checkpoint, best first.
NESTS = ("params_ema", "params", "state_dict")


def read_checkpoint(path: Path) -> dict[str, Tensor]:
    """The tensors of a checkpoint by name, float32, without the ``module.`` of parallel training.

    Raises:
        ModelError: it does not read, or holds more than tensors (code ``import-unreadable``).
    """
    try:
        found = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # torch raises whatever the pickle led to
        raise _unreadable(path) from error
    for nest in NESTS:
        if isinstance(found, dict) and isinstance(found.get(nest), dict):
            found = found[nest]
    if not isinstance(found, dict) or not all(map(torch.is_tensor, found.values())):
        raise _unreadable(path)
    return {
        str(name).removeprefix("module."): value.float() if value.is_floating_point() else value
        for name, value in found.items()
    }


def _unreadable(path: Path) -> ModelError:
    return ModelError(
        f"'{path.name}' is no file of weights that Likeness can read; download it again.",
        code="import-unreadable",
    )


def checked(
    tensors: Mapping[str, Tensor], shapes: Mapping[str, tuple[int, ...]]
) -> dict[str, Tensor]:
    """The tensors of a layout, and nothing else.

    Args:
        tensors: from `read_checkpoint`.
        shapes: what must be there; batch counters (``num_batches_tracked``) may be left out.

    Raises:
        ModelError: a tensor is missing, too many, of another shape, or not finite
            (code ``import-layout``).
    """
    own = {k: v for k, v in tensors.items() if not k.endswith("num_batches_tracked")}
    wanted = {k: s for k, s in shapes.items() if not k.endswith("num_batches_tracked")}
    if {k: tuple(v.shape) for k, v in own.items()} != wanted or not all(
        bool(v.isfinite().all()) for v in own.values()
    ):
        raise ModelError(
            "These weights do not fit the network they are said to be for; "
            "take the file that its project published.",
            code="import-layout",
        )
    return own


def convert(
    tensors: Mapping[str, Tensor], shapes: Mapping[str, tuple[int, ...]], target: Path
) -> None:
    """Writes the tensors of a layout as safetensors into a new file.

    Raises:
        ModelError: see `checked`.
    """
    save_file({k: v.contiguous() for k, v in checked(tensors, shapes).items()}, target)


def layout(build: Callable[[], torch.nn.Module]) -> dict[str, tuple[int, ...]]:
    """Names and shapes of a network's tensors, without making them."""
    with torch.device("meta"):
        return {k: tuple(v.shape) for k, v in build().state_dict().items()}
