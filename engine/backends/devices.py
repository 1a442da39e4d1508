"""The devices of this machine, by name."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from engine.backends import nvidia, onnx_runtime
from engine.errors import DeviceError

#: kind of a device -> execution provider of ONNX Runtime, in order of preference for ``auto``
PROVIDERS = {
    "cuda": "CUDAExecutionProvider",
    "directml": "DmlExecutionProvider",
    "coreml": "CoreMLExecutionProvider",
    "cpu": "CPUExecutionProvider",
}
_TITLES = {
    "cuda": "NVIDIA graphics card (CUDA)",
    "directml": "Graphics card (DirectML)",
    "coreml": "Apple graphics and neural engine (CoreML)",
    "cpu": "Processor",
}


@dataclass(frozen=True)
class Device:
    """One device that can restore.

    Attributes:
        key: what ``--device`` takes: ``cpu``, ``cuda``, ``directml`` or ``coreml``; a second
            graphics card is ``cuda:1`` or ``directml:1``.
        title: words for the user.
        provider: execution provider of ONNX Runtime; ``torch`` for PyTorch.
        threads: processor threads it may use (meaningful for the CPU).
        runtime: what computes.
        adapter: number of the graphics card.
    """

    key: str
    title: str
    provider: str
    threads: int
    runtime: Literal["onnx", "torch"] = "onnx"
    adapter: int = 0

    @property
    def kind(self) -> str:
        """``cpu``, ``cuda``, ``directml`` or ``coreml``."""
        return self.key.partition(":")[0]


@lru_cache(maxsize=1)
def devices() -> tuple[Device, ...]:
    """The devices that the installed runtimes can use, the preferred one first.

    Raises:
        DeviceError: two distributions of ONNX Runtime overwrote each other, or none works.
    """
    _one_runtime()
    try:
        ort = onnx_runtime.load()
    except ImportError as error:
        raise DeviceError(
            "ONNX Runtime does not load; install Likeness again.", code="runtime-missing"
        ) from error
    available = set(ort.get_available_providers())
    threads = usable_cores()
    found = []
    if nvidia.torch_for_cuda():
        for number, name in enumerate(nvidia.adapters()):
            found.append(_device("cuda", "torch", threads, number, name, "torch"))
    for kind, provider in PROVIDERS.items():
        if provider not in available or (kind == "cuda" and found):
            continue
        for number, name in enumerate(_adapters(ort, kind, provider)):
            found.append(_device(kind, provider, threads, number, name))
    return tuple(found)


def _device(
    kind: str,
    provider: str,
    threads: int,
    number: int,
    name: str,
    runtime: Literal["onnx", "torch"] = "onnx",
) -> Device:
    key = f"{kind}:{number}" if number else kind
    title = f"{name} ({_TITLES[kind]})" if name else _TITLES[kind]
    return Device(key, title, provider, threads, runtime, number)


def _adapters(ort: Any, kind: str, provider: str) -> list[str]:
    """Names of the cards that a provider can use; one empty name where they are not told."""
    if kind == "cuda":
        return nvidia.adapters() or [""]
    if kind != "directml" or not hasattr(ort, "get_ep_devices"):
        return [""]
    names: dict[int, str] = {}
    for entry in ort.get_ep_devices():
        if entry.ep_name != provider:
            continue
        told = {**dict(entry.device.metadata), **dict(entry.ep_metadata)}
        number = int(told.get("DxgiAdapterNumber", len(names)))
        names[number] = str(told.get("Description") or entry.device.vendor)
    return [names[number] for number in sorted(names)] or [""]


def choose(key: str = "auto") -> Device:
    """The device called `key`; ``auto`` takes the preferred one.

    Raises:
        DeviceError: this machine has no such device (code ``device-absent``).
    """
    found = devices()
    if key == "auto":
        return found[0]
    for device in found:
        if device.key == key:
            return device
    have = ", ".join(d.key for d in found)
    raise DeviceError(
        f"This computer has no device '{key}' that Likeness can use; choose one of: {have}.",
        code="device-absent",
    )


def usable_cores() -> int:
    """Processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _one_runtime() -> None:
    """The distributions of ONNX Runtime overwrite each other's files: allow exactly one."""
    from importlib.metadata import distributions  # noqa: PLC0415  (slow to import; used once)

    names = {
        (d.metadata["Name"] or "").lower()
        for d in distributions()
        if (d.metadata["Name"] or "").lower().startswith("onnxruntime")
    } & {"onnxruntime", "onnxruntime-directml", "onnxruntime-gpu"}
    if len(names) > 1:
        raise DeviceError(
            f"Two ONNX Runtimes are installed ({', '.join(sorted(names))}) and overwrite each "
            "other; uninstall both and install Likeness again.",
            code="runtime-twice",
        )
