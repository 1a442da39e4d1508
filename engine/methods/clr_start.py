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
from engine.methods.ented import EntedMethod

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from engine.backends.base import Backend, Graph
    from engine.methods.base import Reference
    from engine.models.store import ModelStore

    Crop = NDArray[np.float32]

#: Cosine of a sharp portrait to the same person on another photograph: the teacher's, on average.
PORTRAIT = 0.73


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
        recovered = from_network(self._recover.run({"input": picture})["output"])
        expected, sure = self._photograph(crop, recovered)
        share = portrait_share(sure, references)
        if share:
            lent = self._lender().restore(crop, references, 0.5, 0, lambda _share: None)
            recovered = share * lent + (1 - share) * recovered
        return Prepared(
            self._encode.run({"picture": picture})["latent"],
            self._encode.run({"picture": to_network(recovered)})["latent"],
            identity_target(expected, sure, references)[None],
        )

    def _photograph(self, crop: Crop, recovered: Crop) -> tuple[NDArray[np.float32], float]:
        """(256,): the identity that the damaged photograph tells of, and how surely."""
        found, degraded = self._embedder.embed(recovered), self._embedder.embed(crop)
        feeds = {"recovered": found[None], "degraded": degraded[None]}
        expected = only(self._target, feeds, "target")[0]
        return np.asarray(expected), certainty(found, degraded)

    def picture(self, latent: NDArray[np.float32]) -> Crop:
        """Unit latent -> (512, 512, 3) in [0, 1]."""
        return from_network(self._decode.run({"latent": latent})["picture"])


def only(graph: Graph, feeds: dict[str, NDArray[np.float32]], output: str) -> NDArray[np.float32]:
    """One output of a graph, float32."""
    return np.asarray(graph.run(feeds)[output], np.float32)


def certainty(recovered: NDArray[np.float32], degraded: NDArray[np.float32]) -> float:
    """The cosine to the truth that is to be expected of what the photograph tells of the person.

    The more the damage hid, the further apart are the damaged picture and its recovery. Of 60
    training faces the teacher finds the recovered ones at 0.98, 0.78 and 0.37 from the truth at
    mild, standard and severe damage; this says 0.95, 0.78 and 0.42.

    Args:
        recovered: (256,) unit vector of the recovery network's picture.
        degraded: the same of the damaged picture.
    """
    hidden = math.sqrt(max(0.0, 1 - float(recovered @ degraded)))
    return min(max(1 - hidden, 0.05), 0.98)


def identity_target(
    expected: NDArray[np.float32], sure: float, references: Sequence[Reference]
) -> NDArray[np.float32]:
    """The identity that the guidance aims at, where portraits add to what the photograph tells.

    What is to be expected: with the probability `trust` the references show the person. Then they
    and the photograph are independent witnesses, each of whom counts by its precision,
    ``c / (1 - c^2)`` for one whose cosine to the truth is c; otherwise the photograph alone counts.

    Args:
        expected: (256,) unit vector, what the photograph tells.
        sure: its expected cosine to the truth, between 0 and 1.
        references: checked to show the same person.

    Returns:
        (256,) unit vector.
    """
    trust = _trust(references)
    if not trust:
        return expected
    pairs = zip(_precisions(references), references, strict=True)
    same = _unit(_precision(sure) * expected + sum(p * r.embedding for p, r in pairs))
    found = _unit(trust * same + (1 - trust) * expected)
    # Opposite vectors have no middle; then the photograph itself decides.
    return found if found.any() else expected


def portrait_share(sure: float, references: Sequence[Reference]) -> float:
    """How much of what is known of the face comes from the portraits, 0 .. 1.

    Args:
        sure: as for `identity_target`.
        references: as for `identity_target`.
    """
    told = sum(_precisions(references))
    return _trust(references) * told / (told + _precision(sure))


def _trust(references: Sequence[Reference]) -> float:
    return max((r.trust for r in references), default=0.0)


def _precisions(references: Sequence[Reference]) -> list[float]:
    """Of each portrait; less where it is soft, or less trusted than the best of them."""
    best = _trust(references) or 1.0
    return [r.trust / best * min(1.0, 2 * r.sharpness) * _precision(PORTRAIT) for r in references]


def _precision(cosine: float) -> float:
    return cosine / (1 - cosine**2)


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """A vector of length 1; of length 0 where there is no direction."""
    length = float(np.linalg.norm(vector))
    return np.asarray(vector / length if length > 1e-6 else 0 * vector, np.float32)


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
