"""Method ``clr-face-fast``: CLR-Face distilled into one step, labelled as such.

Not in the published description; see `engine.training.stages.clr_fast` for what it learns from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.methods import diffusion
from engine.methods.base import MethodInfo
from engine.methods.clr_face import DEFAULT, STRONGEST, Varying
from engine.methods.clr_start import Shared, only

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from engine.backends.base import Backend
    from engine.methods.base import Checkpoint, Reference
    from engine.models.store import ModelStore

    Crop = NDArray[np.float32]

FAST = MethodInfo(
    key="clr-face-fast",
    title="Vivid, fast (distilled)",
    sentence="Vivid in one step: several times faster, a little softer.",
    uses_references=True,
    uses_fidelity=True,
    uses_seed=True,
    models=(
        "identity-recovery", "identity-target", "embedder", "clr-autoencoder", "clr-fast", "ented",
    ),
)  # fmt: skip


class ClrFaceFastMethod(Varying):
    """The distilled preset: one run of a network that learned the sampler's results."""

    info = FAST

    def __init__(self, store: ModelStore, backend: Backend) -> None:
        self._shared = Shared(store, backend)
        self._fast = store.graph("clr-fast", "clr-fast", backend)

    def several(
        self,
        crop: Crop,
        references: Sequence[Reference],
        fidelity: float,
        seeds: Sequence[int],
        checkpoint: Checkpoint,
    ) -> list[Crop]:
        """See `Varies.several`."""
        self.need(seeds)
        checkpoint(0.0)
        prepared = self._shared.prepare(crop, references)
        how = diffusion.settings(fidelity, DEFAULT, STRONGEST)
        faces = []
        for number, seed in enumerate(seeds):
            checkpoint(0.6 + 0.4 * number / len(seeds))
            unit = diffusion.noise(seed, prepared.degraded.shape)
            feeds = {
                "noisy": diffusion.diffused(prepared.recovered, how.start, unit()),
                "sigma": np.array([how.start], np.float32),
                "degraded": prepared.degraded,
                "recovered": prepared.recovered,
                "identity": prepared.target,
            }
            latent = only(self._fast, feeds, "latent")
            checkpoint(0.6 + 0.4 * (number + 0.5) / len(seeds))
            faces.append(self._shared.picture(latent))
        checkpoint(1.0)
        return faces
