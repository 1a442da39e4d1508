"""The identity recovery network, as every method opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.backends.base import Backend, Graph
    from engine.models.store import ModelStore


def recovery(store: ModelStore, backend: Backend) -> Graph:
    """Crop in, restored crop out; faces that it saw last cost nothing.

    Raises:
        ModelError: see `ModelStore.verify`.
    """
    return store.graph("identity-recovery", "identity-recovery", backend, remembers=True)
