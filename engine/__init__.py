"""Likeness: gives people back the faces in their old photos, and keeps them the same person.

The public face of the engine; the methods are in `engine.methods`. Names are loaded when they are
first used, so that ``import engine`` costs a window nothing.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

from engine.version import __version__

if TYPE_CHECKING:
    from engine.backends.devices import devices
    from engine.faces.detector import why_off
    from engine.kept_faces import KeptFaces
    from engine.photo import Photo
    from engine.restorer import Restorer
    from engine.results import FaceOptions, FaceResult, FaceStatus, RestoredPhoto, RestoreOptions

# Before NumPy is loaded. Its products here are small; OpenBLAS's threads would spin for some 20 ms
# after each of them, and take from the network half of its processor.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

_HOMES = {
    "FaceOptions": ("engine.results", "FaceOptions"),
    "FaceResult": ("engine.results", "FaceResult"),
    "FaceStatus": ("engine.results", "FaceStatus"),
    "KeptFaces": ("engine.kept_faces", "KeptFaces"),
    "Photo": ("engine.photo", "Photo"),
    "RestoreOptions": ("engine.results", "RestoreOptions"),
    "RestoredPhoto": ("engine.results", "RestoredPhoto"),
    "Restorer": ("engine.restorer", "Restorer"),
    "devices": ("engine.backends.devices", "devices"),
    "why_off": ("engine.faces.detector", "why_off"),
}

__all__ = [
    "FaceOptions",
    "FaceResult",
    "FaceStatus",
    "KeptFaces",
    "Photo",
    "RestoreOptions",
    "RestoredPhoto",
    "Restorer",
    "__version__",
    "devices",
    "why_off",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'engine' has no attribute '{name}'")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
