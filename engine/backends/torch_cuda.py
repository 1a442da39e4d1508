"""PyTorch: the networks themselves on an NVIDIA card, from the same weights as the graphs.

``open`` takes the ``.onnx`` file like every backend, but only for its name: the network, its sizes
and its weights are what the manifest beside it says. Everything here runs on the processor too,
where the tests hold it to ONNX Runtime's numbers.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn

from engine.backends.batching import BatchingGraph
from engine.errors import DeviceError, LikenessError, ModelError
from engine.models import manifest
from engine.networks.catalogue import SYSTEMS, Part
from engine.networks.identity_distance import IdentityDistance, SmoothDecode, gradient
from engine.networks.weights import load_weights

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from engine.backends.base import Arrays, Graph
    from engine.backends.devices import Device
    from engine.models.manifest import ModelEntry

#: The guidance graph, which two models compute together.
GRADIENT, AUTOENCODER, EMBEDDER = "clr-gradient", "clr-autoencoder", "embedder"
#: Faces computed together on a card.
BATCH = 8


class TorchGraph:
    """A network's part behind the `Graph` contract."""

    def __init__(self, module: nn.Module, part: Part, device: Device, name: str) -> None:
        self._part, self._name, self._title = part, name, device.title
        kind = "cuda" if device.kind == "cuda" else "cpu"
        self._device = torch.device(kind, device.adapter) if kind == "cuda" else torch.device(kind)
        self._module = module.eval().requires_grad_(requires_grad=False)
        self._module.to(self._device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._half: torch.dtype | None = None
        if kind == "cuda" and part.half:
            bf16 = torch.cuda.is_bf16_supported()
            self._half = torch.bfloat16 if bf16 else torch.float16
        self._lock = threading.Lock()

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> Arrays:
        """See `Graph.run`."""
        try:
            with self._lock, torch.no_grad(), self._precision():
                outputs = self._module(*(self._tensor(inputs[name]) for name in self._part.inputs))
                if isinstance(outputs, Tensor):
                    outputs = (outputs,)
                arrays = [np.ascontiguousarray(o.float().cpu().numpy()) for o in outputs]
        except (RuntimeError, KeyError, ValueError) as error:
            raise _gave_up(self._title, f"running '{self._name}'", error) from error
        return dict(zip(self._part.outputs, arrays, strict=True))

    def _precision(self) -> torch.autocast:
        return torch.autocast(
            self._device.type, dtype=self._half or torch.bfloat16, enabled=self._half is not None
        )

    def _tensor(self, array: NDArray[Any]) -> Tensor:
        tensor = torch.from_numpy(np.ascontiguousarray(array))
        if self._device.type == "cuda":
            # From pinned memory the copy runs beside the card's work.
            tensor = tensor.pin_memory().to(self._device, non_blocking=True)
        if tensor.ndim == 4:
            tensor = tensor.contiguous(memory_format=torch.channels_last)
        return tensor


class _Gradient(nn.Module):
    """What the graph ``clr-gradient`` computes: gradient and distance."""

    def __init__(self, distance: IdentityDistance) -> None:
        super().__init__()
        self.distance = distance

    def forward(self, latent: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
        """(1, 4, 128, 128) and (1, 256) -> gradient of the same shape, (1,) distance."""
        return gradient(self.distance, latent, target)


class TorchBackend:
    """Opens networks on one device.

    Args:
        device: a CUDA device, or the processor.
        threads: processor threads that PyTorch may use; None leaves the device's number.
        batch: faces that are computed together when several threads ask; None takes `BATCH` on a
            card and 1 on the processor, which gains nothing by it.
    """

    def __init__(
        self, device: Device, threads: int | None = None, batch: int | None = None
    ) -> None:
        self._device = device
        self._batch = batch or (BATCH if device.kind == "cuda" else 1)
        if device.kind == "cpu":
            torch.set_num_threads(threads or device.threads)

    @property
    def device(self) -> Device:
        """Where the networks run."""
        return self._device

    @property
    def warnings(self) -> tuple[str, ...]:
        """None: a single device has nothing to tell."""
        return ()

    def open(self, path: Path, *, exact: bool = False) -> Graph:
        """See `Backend.open`.

        Raises:
            ModelError: the manifest beside the file knows no such graph, or the weights do not
                fit the network.
            DeviceError: the card does not take the network (``device-memory``,
                ``device-failed``).
        """
        del exact  # PyTorch keeps the order of operations in any case
        try:
            module, part = _part(path)
        except (LikenessError, KeyError, TypeError, RuntimeError, OSError) as error:
            raise ModelError(
                f"The model '{path.stem}' does not open; install Likeness again "
                "or import the model once more.",
                code="model-unreadable",
            ) from error
        try:
            graph = TorchGraph(module, part, self._device, path.stem)
        except (RuntimeError, AssertionError) as error:  # without CUDA, torch only asserts
            raise _gave_up(self._device.title, f"opening '{path.stem}'", error) from error
        if self._batch > 1 and part.by_row:
            return BatchingGraph(graph, self._batch)
        return graph


def _gave_up(title: str, doing: str, error: Exception) -> DeviceError:
    """What a device's failure says to the user."""
    memory = isinstance(error, torch.OutOfMemoryError)
    if memory:
        torch.cuda.empty_cache()
    what = "is out of memory" if memory else "failed"
    return DeviceError(
        f"{title} {what} while {doing}; choose another device and try again.",
        code="device-memory" if memory else "device-failed",
    )


def _part(path: Path) -> tuple[nn.Module, Part]:
    """The module and the part that a graph file stands for."""
    entries = manifest.read(path.parent)
    if path.stem == GRADIENT:
        decode = SmoothDecode(_network(path.parent, entries[AUTOENCODER]))  # type: ignore[arg-type]
        distance = IdentityDistance(decode, _network(path.parent, entries[EMBEDDER]))
        part = Part(("latent", "target"), ("gradient", "distance"), half=False, by_row=False)
        return _Gradient(distance), part
    owner = next((e for e in entries.values() if path.stem in e.graphs), None)
    if owner is None:
        raise KeyError(path.stem)
    part = SYSTEMS[owner.name].graphs[path.stem]
    network = _network(path.parent, owner)
    return (part.module(network) if part.module else network), part


def _network(folder: Path, entry: ModelEntry) -> nn.Module:
    """A released network with its weights, float32."""
    network = SYSTEMS[entry.name].build(entry.network)
    base = folder / entry.base if entry.base else None
    load_weights(network, folder / f"{entry.name}.safetensors", base)
    return network
