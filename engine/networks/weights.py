"""Reading released weights; without the tools of the export, as the program needs it too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safetensors.torch import load_file

from engine.errors import LikenessError

if TYPE_CHECKING:
    from pathlib import Path

    from torch import Tensor, nn


def read_weights(path: Path, base: Path | None = None) -> dict[str, Tensor]:
    """Released fp16 weights by name, as float32.

    Args:
        path: the network's file.
        base: the file of the network that it is a variant of, which holds what both share.
    """
    stored = (load_file(base) if base else {}) | load_file(path)
    return {name: value.float() for name, value in stored.items()}


def load_weights(module: nn.Module, path: Path, base: Path | None = None) -> None:
    """Loads released fp16 weights into a float32 module; every parameter must be there.

    Args:
        module: the network.
        path: its file.
        base: the file of the network that it is a variant of, which holds what both share.

    Raises:
        LikenessError: the weights do not fit the network (code ``export``).
    """
    missing, unexpected = module.load_state_dict(read_weights(path, base), strict=False)
    # Counters of normalisation are no numbers of the network; everything else must be there.
    missing = [k for k in missing if not k.endswith("num_batches_tracked")]
    if missing or unexpected:
        odd = f"missing {missing[:3]}, extra {unexpected[:3]}"
        raise LikenessError(f"{path.name} does not fit the network ({odd}).", code="export")
