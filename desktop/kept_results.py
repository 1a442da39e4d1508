"""Results kept by their settings, so that moving a slider back is instant."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import PhotoError

if TYPE_CHECKING:
    from desktop.choices import Choices
    from desktop.records import Request, Restored

#: Results are kept until their pixels need more than this.
_BYTES = 600_000_000

#: Path, time of change in nanoseconds, size in bytes.
Stamp = tuple[str, int, int]


class KeptResults:
    """The last results; the longest unused go first."""

    def __init__(self, limit: int = _BYTES) -> None:
        self._limit = limit
        self._kept: OrderedDict[tuple[Any, ...], Restored] = OrderedDict()

    def get(self, key: tuple[Any, ...]) -> Restored | None:
        """A kept result, or None."""
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def keep(self, key: tuple[Any, ...], restored: Restored) -> None:
        """Keeps a result; one is kept however large it is."""
        self._kept[key] = restored
        size = sum(_bytes(kept) for kept in self._kept.values())
        while size > self._limit and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            size -= _bytes(dropped)


def key_of(request: Request) -> tuple[Any, ...]:
    """What a result depends on; a portrait's file that changed is another portrait.

    Raises:
        PhotoError: a portrait is gone.
    """
    choices = _without_idle(request.choices)
    stamps = tuple(stamp(Path(f.portrait)) if f.portrait else None for f in choices.faces)
    return request.opened.key, request.device, choices, stamps


def stamp(path: Path) -> Stamp:
    """What tells one state of a file from another.

    Raises:
        PhotoError: there is no such file.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise PhotoError(
            f"The portrait '{path.name}' is gone; choose it again.", code="photo-missing"
        ) from error
    return str(path), found.st_mtime_ns, found.st_size


def _bytes(restored: Restored) -> int:
    return 2 * int(restored.result.photo.pixels.nbytes)


def _without_idle(choices: Choices) -> Choices:
    """The choices that change pixels: a face that is off needs neither portrait nor fidelity."""
    faces = tuple(f if f.on else replace(f, portrait="", fidelity=None) for f in choices.faces)
    return replace(choices, faces=faces)
