"""What both presets of CLR-Face start from: latents and the identity aimed at."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from engine.faces.aligner import from_network, to_network
from engine.faces.identity import Embedder
from engine.faces.sharpness import sharpness
from engine.methods.ented import EntedMethod

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from engine.backends.base import Backend, Graph
    from engine.methods.base import Reference
    from engine.models.store import ModelStore

    Crop = NDArray[np.float32]


@dataclass(frozen=True)
class Prepared:
    """What is computed once a face, whatever the seed.

    Attributes:
        degraded: (1, 4, 128, 128) unit latent of the crop.
        recovered: the same of the picture that keeps the identity.
        target: (1, 256) unit identity vector.
    """

    degraded: NDArray[np.float32]
    recovered: NDArray[np.float32]
    target: NDArray[np.float32]


class Shared:
    """The graphs that both presets use."""

    def __init__(self, store: ModelStore, backend: Backend) -> None:
        self._recover = store.graph("identity-recovery", "identity-recovery", backend)
        self._lender = cache(lambda: EntedMethod(store, backend))  # opened for the first portrait
        self._embedder = Embedder(store.graph("embedder", "embedder", backend))
        self._target = store.graph("identity-target", "identity-target", backend)
        self._encode = store.graph("clr-autoencoder", "clr-encode", backend)
        self._decode = store.graph("clr-autoencoder", "clr-decode", backend)

    def prepare(self, crop: Crop, references: Sequence[Reference]) -> Prepared:
        """Latents and identity target of a crop (512, 512, 3) in [0, 1]."""
        picture = to_network(crop)
        if references:
            recovered = self._lender().restore(crop, references, 0.5, 0, lambda _share: None)
        else:
            recovered = from_network(self._recover.run({"input": picture})["output"])
        return Prepared(
            self._encode.run({"picture": picture})["latent"],
            self._encode.run({"picture": to_network(recovered)})["latent"],
            self._aim(crop, recovered, references)[None],
        )

    def _aim(
        self, crop: Crop, recovered: Crop, references: Sequence[Reference]
    ) -> NDArray[np.float32]:
        """(256,): the identity to aim at. Portraits tell it better than a prediction does."""
        identity = self._embedder.embed(recovered)
        if references:
            return identity_target(identity, sharpness(crop), references)
        feeds = {"recovered": identity[None], "degraded": self._embedder.embed(crop)[None]}
        return np.asarray(only(self._target, feeds, "target")[0])

    def picture(self, latent: NDArray[np.float32]) -> Crop:
        """Unit latent -> (512, 512, 3) in [0, 1]."""
        return from_network(self._decode.run({"latent": latent})["picture"])


def only(graph: Graph, feeds: dict[str, NDArray[np.float32]], output: str) -> NDArray[np.float32]:
    """One output of a graph, float32."""
    return np.asarray(graph.run(feeds)[output], np.float32)


def identity_target(
    recovered: NDArray[np.float32], detail: float, references: Sequence[Reference]
) -> NDArray[np.float32]:
    """The identity that the guidance aims at.

    What is to be expected: with the probability `trust` the references show the person, and then
    they count by how sharp they are against the detail that the damaged crop still holds.

    Args:
        recovered: (256,) unit vector of the recovery network's picture.
        detail: `sharpness` of the damaged crop, 0 .. 1.
        references: checked to show the same person.

    Returns:
        (256,) unit vector.
    """
    sharp = np.array([max(0.05, r.sharpness) for r in references], np.float32)
    trusted = np.array([r.trust for r in references], np.float32)
    weights = sharp * trusted
    if not weights.any():
        return recovered
    mean = np.tensordot(weights, np.stack([r.embedding for r in references]), axes=(0, 0))
    mean = mean / max(float(np.linalg.norm(mean)), 1e-12)
    known = float(1 - np.prod(1 - np.minimum(sharp, 0.95)))  # several poor ones help as well
    share = float(trusted.max()) * known / (known + max(0.1, detail))
    blend = share * mean + (1 - share) * recovered
    length = float(np.linalg.norm(blend))
    # Opposite vectors have no middle; then the photograph itself decides.
    return np.asarray(blend / length, np.float32) if length > 1e-6 else recovered


def blurred(latent: NDArray[np.float32], deviation: float) -> NDArray[np.float32]:
    """(1, C, H, W) through a Gaussian of a deviation in numbers of the latent."""
    maps = np.ascontiguousarray(latent[0].transpose(1, 2, 0))
    kernel = gaussian(deviation)
    soft = cv2.sepFilter2D(maps, -1, kernel, kernel, borderType=cv2.BORDER_REFLECT_101)
    return np.asarray(soft.transpose(2, 0, 1)[None], np.float32)


def gaussian(deviation: float) -> NDArray[np.float32]:
    """A Gaussian to three deviations either way, of sum 1."""
    kernel = cv2.getGaussianKernel(2 * math.ceil(3 * deviation) + 1, deviation, cv2.CV_32F)
    return np.asarray(kernel[:, 0], np.float32)
