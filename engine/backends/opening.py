"""From a device to the backend that computes on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.backends.checked import CheckedBackend
from engine.backends.devices import choose
from engine.backends.onnx import OnnxBackend

if TYPE_CHECKING:
    from engine.backends.base import Backend
    from engine.backends.devices import Device


def open_backend(key: str = "auto", threads: int | None = None) -> Backend:
    """The backend of a device; graphics cards are checked against the processor.

    Args:
        key: see `engine.backends.devices.choose`.
        threads: processor threads a graph may use; None for all.

    Raises:
        DeviceError: this machine has no such device.
    """
    device = choose(key)
    if device.kind == "cpu":
        return OnnxBackend(device, threads)
    return CheckedBackend(_on(device, threads), OnnxBackend(choose("cpu"), threads))


def _on(device: Device, threads: int | None) -> Backend:
    if device.runtime == "torch":
        from engine.backends.torch_cuda import TorchBackend  # noqa: PLC0415  (torch is large)

        return TorchBackend(device, threads)
    return OnnxBackend(device, threads)
