"""Released networks with a part switched off, for the ablation tables of the model cards.

The part is missing only while the method runs: the rest was trained with it. What a network that
was trained without it would reach is another question, and costs a training each.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine.backends.torch_cuda import TorchGraph
from engine.models import manifest
from engine.networks.catalogue import SYSTEMS
from engine.networks.weights import load_weights

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from engine.backends.base import Backend, Graph
    from engine.backends.devices import Device
    from engine.methods.base import Method
    from engine.models.store import ModelStore


class Ablated:
    """A backend on which one model lacks something; all others are as before.

    Args:
        backend: opens them.
        model: name of the one.
        switches: by name in its network's config, such as ``{"dictionary": False}``.
    """

    def __init__(self, backend: Backend, model: str, switches: dict[str, Any]) -> None:
        self._backend, self._model, self._switches = backend, model, switches
        # A key of its own: the store hands graphs out by model and device.
        key = ":".join([backend.device.key, model, *(f"{k}={v}" for k, v in switches.items())])
        self._device = replace(backend.device, key=key)

    @property
    def device(self) -> Device:
        """See `Backend.device`."""
        return self._device

    @property
    def warnings(self) -> tuple[str, ...]:
        """See `Backend.warnings`."""
        return self._backend.warnings

    def open(self, path: Path, *, exact: bool = False) -> Graph:
        """See `Backend.open`."""
        entry = manifest.read(path.parent).get(self._model)
        if entry is None or path.stem not in entry.graphs:
            return self._backend.open(path, exact=exact)
        network = SYSTEMS[self._model].build({**entry.network, **self._switches})
        load_weights(network, path.with_name(f"{self._model}.safetensors"))
        part = SYSTEMS[self._model].graphs[path.stem]
        module = part.module(network) if part.module else network
        return TorchGraph(module, part, self._backend.device, path.stem)


def without(
    kind: Callable[[ModelStore, Backend], Method], model: str, switch: str
) -> Callable[[ModelStore, Backend], Method]:
    """A method whose network lacks what a switch of its config names."""

    def build(store: ModelStore, backend: Backend) -> Method:
        return kind(store, Ablated(backend, model, {switch: False}))

    return build
