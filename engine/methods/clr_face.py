"""Method ``clr-face``: latent diffusion held to the identity.

After the published description (CLR-Face, arXiv 2402.06106): a score model of clean latents given
the degraded one, steered by the gradient of a recognition network towards the identity of the
recovery network's picture, where a learned latent mask allows. Filled in: all sizes, the
sampler with its levels and its start, the length of a guided step, and what the mask is told of
the place. Beyond the paper: the target is predicted from the
recovered and the damaged picture (`engine.networks.identity_target`); references join it, and
ENTED's picture, which borrows from them, joins the recovery network's, both by what they tell
against what the photograph tells (`evidence`); the coarse part of every estimate is held to the
recovered latent (`diffusion.anchored`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

import cv2
import numpy as np

from engine.errors import UsageError
from engine.methods import diffusion
from engine.methods.base import MethodInfo
from engine.methods.clr_start import Prepared, Shared, blurred, only
from engine.methods.diffusion import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from engine.backends.base import Backend
    from engine.methods.base import Checkpoint, Reference
    from engine.models.store import ModelStore

    Crop = NDArray[np.float32]

INFO = MethodInfo(
    key="clr-face",
    title="Vivid",
    sentence="For bad damage: imagines lost detail and keeps to the person.",
    uses_references=True,
    uses_fidelity=True,
    uses_seed=True,
    models=(
        "identity-recovery", "identity-target", "embedder", "clr-autoencoder", "clr-score",
        "clr-mask", "ented",
    ),
)  # fmt: skip
#: The default preset: eight steps from full noise, the last six guided; in the middle of the slider
#: these are seven and five. A guided step costs as much as four others. Held is what is wider than
#: some 6 px of the picture.
DEFAULT = Settings(steps=8, guided=6, held=1.4)
#: Guidance scale at fidelity 1, in Polyak's steps (see `diffusion.guidance`); what falls with the
#: square root of the fidelity is 0.75 in the middle. Longer steps lead past the nearest face.
STRONGEST = 1.06
#: Deviation between faces, of 1, that the heat map shows as certain invention.
INVENTED = 0.12


class Varying(ABC):
    """What both presets can do with seeds."""

    @staticmethod
    def need(seeds: Sequence[int]) -> None:
        """Refuses an empty list of seeds."""
        if not seeds:
            raise UsageError("Choose at least one seed.", code="seeds-empty")

    @abstractmethod
    def several(
        self,
        crop: Crop,
        references: Sequence[Reference],
        fidelity: float,
        seeds: Sequence[int],
        checkpoint: Checkpoint,
    ) -> list[Crop]:
        """See `Varies.several`."""

    def restore(
        self,
        crop: Crop,
        references: Sequence[Reference],
        fidelity: float,
        seed: int,
        checkpoint: Checkpoint,
    ) -> Crop:
        """See `Method.restore`."""
        return self.several(crop, references, fidelity, [seed], checkpoint)[0]

    def spread(
        self,
        crop: Crop,
        references: Sequence[Reference],
        fidelity: float,
        seeds: Sequence[int],
        checkpoint: Checkpoint,
    ) -> NDArray[np.float32]:
        """Where the face is invented rather than recovered.

        Args:
            crop: as in `restore`.
            references: as in `restore`.
            fidelity: as in `restore`.
            seeds: two or more; four give a usable map.
            checkpoint: as in `restore`.

        Returns:
            (512, 512) float32 heat map: 0 where all seeds agree, 1 where they differ by
            `INVENTED` or more.
        """
        if len(seeds) < 2:
            raise UsageError("Uncertainty needs at least two seeds.", code="seeds-few")
        return heat(self.several(crop, references, fidelity, seeds, checkpoint))


class ClrFaceMethod(Varying):
    """The whole method: sampler, guidance and mask.

    Args:
        store: where the graphs are.
        backend: opens them.
        base: steps and guided steps of a run from full noise.
        strongest: guidance scale at fidelity 1; 0 guides nothing.
        masked: False guides everywhere, for the ablation.
    """

    info = INFO

    def __init__(
        self,
        store: ModelStore,
        backend: Backend,
        base: Settings = DEFAULT,
        strongest: float = STRONGEST,
        *,
        masked: bool = True,
    ) -> None:
        self._shared = Shared(store, backend)
        self._denoise = store.graph("clr-score", "clr-denoise", backend)
        # The only graph that needs its operations in order.
        self._gradient = store.graph("clr-autoencoder", "clr-gradient", backend, exact=True)
        self._mask = store.graph("clr-mask", "clr-mask", backend)
        self._base, self._strongest, self._masked = base, strongest, masked

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
        how = diffusion.settings(fidelity, self._base, self._strongest)
        parts = len(seeds) * (how.steps + 2)
        faces = []
        for number, seed in enumerate(seeds):
            before = number * (how.steps + 2) + 1

            def step_done(steps: int, before: int = before) -> None:
                checkpoint((before + steps) / parts)

            checkpoint(before / parts)
            latent = self._sample(prepared, how, seed, step_done)
            faces.append(self._shared.picture(latent))
        checkpoint(1.0)
        return faces

    def _sample(
        self, prepared: Prepared, how: Settings, seed: int, step_done: diffusion.StepDone
    ) -> NDArray[np.float32]:
        def denoise(noisy: NDArray[np.float32], sigma: float) -> NDArray[np.float32]:
            feeds = {
                "noisy": noisy,
                "sigma": np.array([sigma], np.float32),
                "degraded": prepared.degraded,
                "recovered": prepared.recovered,
            }
            return only(self._denoise, feeds, "latent")

        def gradient(estimate: NDArray[np.float32], /) -> tuple[NDArray[np.float32], float]:
            found = self._gradient.run({"latent": estimate, "target": prepared.target})
            return np.asarray(found["gradient"], np.float32), float(found["distance"][0])

        def mask(estimate: NDArray[np.float32]) -> NDArray[np.float32]:
            feeds = {"degraded": prepared.degraded, "estimate": estimate}
            return only(self._mask, feeds, "mask")

        unit = diffusion.noise(seed, prepared.degraded.shape)
        start = diffusion.diffused(prepared.recovered, how.start, unit())
        guide = diffusion.guidance(gradient, mask if self._masked else None, how.scale)
        hold = None
        if how.held > 0:
            hold = diffusion.anchored(prepared.recovered, lambda z: blurred(z, how.held))
        return diffusion.sample(
            denoise, start, how, unit=unit, guide=guide, hold=hold, step_done=step_done
        )


def heat(faces: Sequence[Crop]) -> NDArray[np.float32]:
    """(512, 512) in [0, 1]: how much several restored faces differ, smoothed over 3 px."""
    spread = np.stack(faces).std(axis=0).mean(axis=2)
    smooth = cv2.GaussianBlur(spread.astype(np.float32), (0, 0), 3.0)
    return np.asarray(np.clip(smooth / INVENTED, 0, 1), np.float32)
