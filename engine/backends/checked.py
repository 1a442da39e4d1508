"""A graphics card is trusted after its numbers agreed with the processor's.

Drivers compute wrong numbers now and then: black faces, coloured noise. So a model's first use on a
device is compared with the processor on a fixed input; the answer is remembered for this device,
driver, runtime and model. When they disagree, or the device cannot run the model at all, everything
goes on on the processor and a sentence says so.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import platformdirs

from engine.backends import nvidia, onnx_runtime
from engine.errors import DeviceError, ModelError
from engine.models import manifest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.backends.base import Arrays, Backend, Graph
    from engine.backends.devices import Device

#: Mean difference to the processor, as a share of the output's mean size, that half precision may
#: cause; a wrong kernel is far beyond it.
TOLERANCE = 0.03


def answers() -> Path:
    """The file that remembers which models agreed on which devices."""
    return Path(platformdirs.user_cache_dir("likeness", appauthor=False)) / "device-checks.json"


class CheckedBackend:
    """Opens graphs on a device whose numbers agree with the processor's, else on the processor.

    Args:
        fast: the device's backend.
        sure: the processor's.
        memory: file of remembered answers.
    """

    def __init__(self, fast: Backend, sure: Backend, memory: Path | None = None) -> None:
        self._fast, self._sure = fast, sure
        self._memory = memory or answers()
        self._sentences: list[str] = []
        self._fallen = False
        self._lock = threading.Lock()

    @property
    def device(self) -> Device:
        """Where the graphs run; the processor once the device failed its check."""
        return self._sure.device if self._fallen else self._fast.device

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the user should know."""
        return tuple(self._sentences)

    def open(self, path: Path, *, exact: bool = False) -> Graph:
        """See `Backend.open`; the first time a model is compared with the processor."""
        with self._lock:
            if self._fallen:
                return self._sure.open(path, exact=exact)
            title = self._fast.device.title
            try:
                graph = self._fast.open(path, exact=exact)
                key = self._key(path)
                known = self._read()
                if key not in known:
                    agreed = self._agrees(graph, path, exact=exact)
                    self._write(known | {key: agreed})
                else:
                    agreed = known[key]
                if agreed:
                    return graph
                sentence = f"{title} computes wrong numbers; Likeness goes on on the processor. "
                sentence += "A newer driver may help."
            except (DeviceError, ModelError) as error:
                sentence = f"{title} cannot run '{path.stem}' ({error.code}); "
                sentence += "Likeness goes on on the processor."
            self._fallen = True
            self._sentences.append(sentence)
            return self._sure.open(path, exact=exact)

    def _agrees(self, graph: Graph, path: Path, *, exact: bool) -> bool:
        inputs = sample(path)
        got = graph.run(inputs)
        wanted = self._sure.open(path, exact=exact).run(inputs)
        return all(difference(got[name], wanted[name]) <= TOLERANCE for name in wanted)

    def _key(self, path: Path) -> str:
        ort = onnx_runtime.load()

        device = self._fast.device
        parts = [device.key, device.title, device.runtime, ort.__version__, nvidia.driver_version()]
        for entry in manifest.read(path.parent).values():
            if path.stem in entry.graphs:
                parts += [entry.files[f]["sha256"][:16] for f in sorted(entry.files)]
        return "|".join([path.stem, *parts])

    def _read(self) -> dict[str, bool]:
        try:
            known = json.loads(self._memory.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {k: bool(v) for k, v in known.items()} if isinstance(known, dict) else {}

    def _write(self, known: dict[str, bool]) -> None:
        with contextlib.suppress(OSError):  # a cache that cannot be kept costs a second next time
            self._memory.parent.mkdir(parents=True, exist_ok=True)
            temporary = self._memory.with_suffix(f".{os.getpid()}")
            temporary.write_text(json.dumps(known, indent=1), encoding="utf-8")
            temporary.replace(self._memory)


def sample(path: Path) -> Arrays:
    """A fixed input of every kind that a graph takes, in the shapes of its manifest entry.

    Raises:
        ModelError: the manifest does not know the graph.
    """
    for entry in manifest.read(path.parent).values():
        if path.stem in entry.graphs:
            shapes = entry.graphs[path.stem]["inputs"]
            break
    else:
        raise ModelError(
            f"The list of models does not name '{path.stem}'; install Likeness again.",
            code="model-unknown",
        )
    rng = np.random.default_rng(7)
    inputs: Arrays = {}
    for name, shape in shapes.items():
        values = rng.uniform(-1, 1, shape).astype(np.float32)
        # Fidelities, noise levels and masks are positive numbers, one a face or portrait.
        inputs[name] = np.abs(values) * 0.5 + 0.5 if len(shape) == 1 or name == "mask" else values
    return inputs


def difference(got: NDArray[Any], wanted: NDArray[Any]) -> float:
    """Mean difference as a share of the mean size of `wanted`; infinite where it makes no sense."""
    if got.shape != wanted.shape or not np.isfinite(got).all():
        return float("inf")
    size = float(np.abs(wanted).mean()) or 1.0
    return float(np.abs(got - wanted).mean()) / size
