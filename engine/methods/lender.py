"""What portraits bring to methods that build on the recovery network's picture."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from engine.methods.ented import EntedMethod
from engine.methods.evidence import portrait_share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from engine.backends.base import Backend
    from engine.methods.base import Reference
    from engine.methods.expected_identity import Expected
    from engine.models.store import ModelStore

    Crop = NDArray[np.float32]


#: Fidelity at which ENTED lends all that it has and lets nothing of the photograph go.
MIDDLE = 0.5


class Lender:
    """Lets ENTED's picture, which borrows from portraits, join a faithful restoration."""

    def __init__(self, store: ModelStore, backend: Backend) -> None:
        self._ented = cache(lambda: EntedMethod(store, backend))  # opened for the first portrait

    def join(self, crop: Crop, told: Expected, references: Sequence[Reference]) -> Crop:
        """Both pictures by `portrait_share`, features moved as by ENTED.

        Where nothing can be borrowed it is the faithful picture alone.

        Args:
            crop: (512, 512, 3) in [0, 1], damaged.
            told: what the photograph tells.
            references: checked to show the same person.
        """
        share = portrait_share(told.sure, references)
        if not share:
            return told.recovered
        ented = self._ented()
        lent = ented.lend(crop, told, references, MIDDLE, lambda _share: None)
        joined = np.asarray(share * lent + (1 - share) * told.recovered, np.float32)
        return ented.likened(joined, told, references, MIDDLE)
