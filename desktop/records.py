"""What travels between the worker's thread and the window: plain records, nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.choices import Choices
    from desktop.picture import Picture
    from engine.backends.devices import Device
    from engine.faces.face import Face
    from engine.methods import MethodInfo
    from engine.photo import Photo
    from engine.results import RestoredPhoto


@dataclass(frozen=True)
class Abilities:
    """What the engine can do on this machine."""

    methods: tuple[MethodInfo, ...]
    devices: tuple[Device, ...]


@dataclass(frozen=True)
class Opened:
    """A photograph that was read.

    Attributes:
        key: of its content; results are kept by it.
    """

    photo: Photo
    picture: Picture
    key: str


@dataclass(frozen=True)
class Found:
    """A face and, where it is off by default, why."""

    face: Face
    why_off: str = ""


@dataclass(frozen=True)
class Portrait:
    """A reference portrait that was read, for the tile.

    Attributes:
        picture: its face and a little around it, small: every portrait that was tried is kept.
        face: where it is on `picture`.
    """

    path: Path
    picture: Picture
    face: Face


@dataclass(frozen=True)
class Request:
    """One restoration."""

    opened: Opened
    faces: tuple[Face, ...]
    choices: Choices
    device: str = "auto"


@dataclass(frozen=True)
class Invention:
    """Where a restored face is invented.

    Attributes:
        face: the result.
        heat: it in grey, red to yellow where other seeds show something else.
    """

    face: Picture
    heat: Picture


@dataclass(frozen=True)
class Restored:
    """A restoration's result, ready for the screen."""

    result: RestoredPhoto
    picture: Picture
    choices: Choices
    notices: tuple[str, ...] = ()
