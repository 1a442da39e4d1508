"""The networks of one device: opened when first used, then kept."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from engine import methods
from engine.faces.detector import Detector
from engine.faces.identity import Embedder

if TYPE_CHECKING:
    from engine.backends.base import Backend
    from engine.methods.base import Method
    from engine.models.store import ModelStore


class Parts:
    """Detector, embedder and methods on one device.

    Args:
        store: where the models are.
        backend: opens them on the device.
    """

    def __init__(self, store: ModelStore, backend: Backend) -> None:
        self.store, self.backend = store, backend
        self._methods: dict[str, Method] = {}
        self._detector: Detector | None = None
        self._embedder: Embedder | None = None
        self._lock = threading.Lock()

    @property
    def detector(self) -> Detector:
        """The face detector."""
        with self._lock:
            if self._detector is None:
                self._detector = Detector(self.store.graph("detector", "detector", self.backend))
            return self._detector

    @property
    def embedder(self) -> Embedder:
        """The identity embedder."""
        with self._lock:
            if self._embedder is None:
                self._embedder = Embedder(self.store.graph("embedder", "embedder", self.backend))
            return self._embedder

    def method(self, key: str) -> Method:
        """A method by key, opened once.

        Raises:
            UsageError: there is no such method.
        """
        with self._lock:
            if key not in self._methods:
                self._methods[key] = methods.create(key, self.store, self.backend)
            return self._methods[key]
