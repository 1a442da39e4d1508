"""Where the training material lies: faces, whole photographs, teachers.

The material is not part of the project. It is looked for in the folder that the environment
variable ``LIKENESS_SHARED`` names, else in a folder ``shared`` beside the checkout. Everything
that needs it calls `folder` and lets its `LikenessError` speak, tests skip with its sentence.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import warnings
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import LikenessError

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHECKOUT = Path(__file__).resolve().parents[2]


def folder(name: str) -> Path:
    """The folder of the material called `name` (``faces``, ``photos`` or ``teachers``).

    Raises:
        LikenessError: the material is not on this machine (code ``material-missing``).
    """
    named = os.environ.get("LIKENESS_SHARED")
    root = Path(named) if named else _CHECKOUT.parent / "shared"
    if not (root / name).is_dir():
        raise LikenessError(
            f"The training material '{name}' is not here; "
            "set LIKENESS_SHARED to the folder that holds it.",
            code="material-missing",
        )
    return root / name


@lru_cache(maxsize=1)
def teachers() -> Any:
    """The module of teacher, metric and peer loaders (``teachers/load.py``)."""
    source = folder("teachers") / "load.py"
    spec = importlib.util.spec_from_file_location("likeness_teachers", source)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["likeness_teachers"] = module
    spec.loader.exec_module(module)
    return module


@contextmanager
def quiet_loading() -> Iterator[None]:
    """The teachers' loaders leave files to the garbage collector, which Python warns about."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield
