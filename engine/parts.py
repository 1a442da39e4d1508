"""The networks of one device: opened when first used, then kept."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol

from engine import methods
from engine.faces.detector import Detector
from engine.faces.identity import Embedder
from engine.methods.expected_identity import ExpectedIdentity
from engine.models.imports import RETINAFACE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.backends.base import Backend
    from engine.faces.face import Face
    from engine.methods.base import Method
    from engine.models.store import ModelStore


#: Our own detector, and all that can be asked for.
OWN = "own"
FINDERS = (OWN, RETINAFACE)


class Finder(Protocol):
    """What finds faces; see `engine.faces.detector.Detector`."""

    def detect(self, pixels: NDArray[np.uint8]) -> list[Face]:
        """All faces of (H, W, 3) uint8 RGB, the largest first."""
        ...

    def confidence(self, crop: NDArray[np.float32]) -> float:
        """How sure it is that (512, 512, 3) in [0, 1] shows a face: 0..1."""
        ...


class Parts:
    """Detector, embedder and methods on one device.

    Args:
        store: where the models are.
        backend: opens them on the device.
        finder: what finds the faces, of `FINDERS`.
    """

    def __init__(self, store: ModelStore, backend: Backend, finder: str = OWN) -> None:
        self.store, self.backend, self.finder = store, backend, finder
        self._methods: dict[str, Method] = {}
        self._detector: Finder | None = None
        self._embedder: Embedder | None = None
        self._expected: ExpectedIdentity | None = None
        self._lock = threading.Lock()

    @property
    def detector(self) -> Finder:
        """The face detector."""
        with self._lock:
            if self._detector is None:
                own = Detector(self.store.graph("detector", "detector", self.backend))
                self._detector = own if self.finder == OWN else self._retinaface(own)
            return self._detector

    def _retinaface(self, own: Detector) -> Finder:
        from engine.faces.retinaface import RetinaFaceDetector  # noqa: PLC0415  (needs torch)

        device = self.backend.device
        where = device.key if device.runtime == "torch" else "cpu"
        return RetinaFaceDetector(self.store.weights(RETINAFACE), own, where)

    @property
    def embedder(self) -> Embedder:
        """The identity embedder."""
        with self._lock:
            if self._embedder is None:
                self._embedder = Embedder(self.store.graph("embedder", "embedder", self.backend))
            return self._embedder

    @property
    def expected(self) -> ExpectedIdentity:
        """What a damaged face tells of who it is."""
        with self._lock:
            if self._expected is None:
                self._expected = ExpectedIdentity(self.store, self.backend)
            return self._expected

    def method(self, key: str, *, references: bool = False) -> Method:
        """A method, opened once.

        Args:
            key: its key; empty for the one that fits.
            references: whether there is a portrait, which decides what fits.

        Raises:
            UsageError: there is no such method.
        """
        key = methods.fitting(key, references=references)
        with self._lock:
            if key not in self._methods:
                self._methods[key] = methods.create(key, self.store, self.backend)
            return self._methods[key]
