"""ONNX Runtime: the CPU everywhere, DirectML, CUDA and CoreML where the runtime has them."""

from __future__ import annotations

import threading
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.backends import onnx_runtime
from engine.errors import DeviceError, ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from numpy.typing import NDArray

    from engine.backends.base import Arrays, Graph
    from engine.backends.devices import Device

#: One lock a graphics card: several threads in one DirectML device stall (onnxruntime#20713). The
#: processor takes several runs at a time, so that one face is blended while another is computed.
_LOCKS: dict[str, threading.Lock] = {}


class OnnxGraph:
    """An inference session behind the `Graph` contract."""

    def __init__(self, session: Any, device: Device, name: str) -> None:
        self._session, self._device, self._name = session, device, name
        self._outputs = [o.name for o in session.get_outputs()]
        self._lock: AbstractContextManager[object] = nullcontext()
        if device.kind != "cpu":
            self._lock = _LOCKS.setdefault(device.key, threading.Lock())

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> Arrays:
        """See `Graph.run`."""
        feeds = {k: np.ascontiguousarray(v) for k, v in inputs.items()}
        try:
            with self._lock:
                values = self._session.run(self._outputs, feeds)
        except Exception as error:  # the runtime has no common error type
            memory = any(w in str(error).lower() for w in ("alloc", "memory", "887a0005"))
            what = "is out of memory" if memory else "failed"
            raise DeviceError(
                f"{self._device.title} {what} while running '{self._name}'; "
                "choose another device and try again.",
                code="device-memory" if memory else "device-failed",
            ) from error
        return dict(zip(self._outputs, values, strict=True))


class OnnxBackend:
    """Opens sessions on one device.

    Args:
        device: from `engine.backends.devices`.
        threads: processor threads a graph may use; None leaves the device's number.
    """

    def __init__(self, device: Device, threads: int | None = None) -> None:
        self._device = device
        self._threads = threads or device.threads

    @property
    def device(self) -> Device:
        """Where the graphs run."""
        return self._device

    @property
    def warnings(self) -> tuple[str, ...]:
        """None: a single device has nothing to tell."""
        return ()

    def open(self, path: Path, *, exact: bool = False) -> Graph:
        """See `Backend.open`.

        Raises:
            ModelError: the file is no graph that this runtime understands.
        """
        ort = onnx_runtime.load()

        options = ort.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
        options.log_severity_level = 3
        if exact:
            options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
        if self._device.kind == "directml":
            options.enable_mem_pattern = False  # DirectML demands it
        # Threads that spin between runs would take the breath of the interface.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        providers: list[Any] = [self._device.provider]
        if self._device.kind in {"cuda", "directml"}:
            providers = [(self._device.provider, {"device_id": str(self._device.adapter)})]
        if self._device.kind != "cpu":
            providers.append("CPUExecutionProvider")
        try:
            session = ort.InferenceSession(str(path), options, providers=providers)
        except Exception as error:  # the runtime has no common error type
            raise ModelError(
                f"The model '{path.stem}' does not open; install Likeness again "
                "or import the model once more.",
                code="model-unreadable",
            ) from error
        return OnnxGraph(session, self._device, path.stem)
