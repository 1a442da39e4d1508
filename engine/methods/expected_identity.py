"""Who a damaged photograph probably shows, by its own vector and that of its recovery.

Badly damaged faces look alike to the embedder. What is to be expected of the undamaged face tells
right portraits from wrong ones better, and is what CLR-Face's guidance aims at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.faces.aligner import from_network, to_network
from engine.faces.identity import Embedder
from engine.methods.evidence import certainty
from engine.methods.recovery import recovery

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.backends.base import Backend
    from engine.models.store import ModelStore

    Crop = NDArray[np.float32]


@dataclass(frozen=True)
class Expected:
    """What a photograph tells of a face.

    Attributes:
        recovered: (512, 512, 3) in [0, 1], the recovery network's picture.
        degraded: (256,) unit identity vector of the damaged face itself.
        vector: (256,) unit identity vector that is to be expected of the undamaged face.
        sure: its expected cosine to the truth, see `certainty`.
    """

    recovered: Crop
    degraded: NDArray[np.float32]
    vector: NDArray[np.float32]
    sure: float


class ExpectedIdentity:
    """Recovery network, embedder and identity target on one device."""

    def __init__(self, store: ModelStore, backend: Backend) -> None:
        self._recover = recovery(store, backend)
        self._embedder = Embedder(store.graph("embedder", "embedder", backend))
        self._target = store.graph("identity-target", "identity-target", backend)

    def of(self, crop: Crop) -> Expected:
        """Looks at a damaged crop (512, 512, 3) in [0, 1]."""
        recovered = from_network(self._recover.run({"input": to_network(crop)})["output"])
        found, degraded = self._embedder.embed_all([recovered, crop])
        feeds = {"recovered": found[None], "degraded": degraded[None]}
        vector = np.asarray(self._target.run(feeds)["target"][0], np.float32)
        return Expected(recovered, degraded, vector, certainty(found, degraded))
