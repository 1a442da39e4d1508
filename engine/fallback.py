"""When a graphics card gives up, the processor goes on, and the user is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from engine.errors import DeviceError
from engine.memory import memory_errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.parts import Parts

T = TypeVar("T")

_WHY = {
    "device-memory": "{device} is out of memory; the processor went on in its place.",
    "device-failed": "{device} failed; the processor went on in its place.",
}


class Fallback:
    """Which parts one call works with: the device's own until it fails, then the processor's.

    The next call tries the device again: its memory may be free by then.

    Args:
        parts: of the wanted device.
        spare: gives the processor's parts.

    Attributes:
        parts: what is used now.
        warnings: sentences for the user; empty as long as nothing failed.
    """

    def __init__(self, parts: Parts, spare: Callable[[], Parts]) -> None:
        self.parts = parts
        self.warnings: tuple[str, ...] = ()
        self._spare = spare

    @memory_errors()
    def run(self, work: Callable[[Parts], T]) -> T:
        """Does the work, a second time on the processor where the device gave up.

        Raises:
            DeviceError: the processor failed as well.
            MemoryError: there is too little of the machine's own.
        """
        try:
            return work(self.parts)
        except DeviceError as error:
            device = self.parts.backend.device
            if device.key == "cpu" or error.code not in _WHY:
                raise
            self.warnings = (_WHY[error.code].format(device=device.title),)
            self.parts = self._spare()
        return work(self.parts)
