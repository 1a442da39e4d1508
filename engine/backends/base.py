"""The contracts between the methods and what computes for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from engine.backends.devices import Device

Arrays = dict[str, "NDArray[Any]"]


class Graph(Protocol):
    """One opened network graph."""

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> Arrays:
        """Named arrays in, named arrays out, all C-contiguous; safe to call from any thread.

        Raises:
            DeviceError: the device failed or is out of memory.
        """
        ...


class Backend(Protocol):
    """Opens graphs on one device."""

    @property
    def device(self) -> Device:
        """Where the graphs run."""
        ...

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences for the user, such as that a device failed its check."""
        ...

    def open(self, path: Path, *, exact: bool = False) -> Graph:
        """Opens an ONNX file that the store has verified.

        Args:
            path: the ``.onnx`` file, its weights file beside it.
            exact: keep the order of operations (for gradient graphs).
        """
        ...
