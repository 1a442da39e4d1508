"""What both presets of CLR-Face start from: latents and the identity aimed at."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from engine.faces.aligner import from_network, to_network
from engine.methods.evidence import identity_target
from engine.methods.expected_identity import ExpectedIdentity
from engine.methods.lender import Lender

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
        self._expected = ExpectedIdentity(store, backend)
        self._lender = Lender(store, backend)
        self._encode = store.graph("clr-autoencoder", "clr-encode", backend)
        self._decode = store.graph("clr-autoencoder", "clr-decode", backend)

    def prepare(self, crop: Crop, references: Sequence[Reference]) -> Prepared:
        """Latents and identity target of a crop (512, 512, 3) in [0, 1]."""
        picture = to_network(crop)
        told = self._expected.of(crop)
        recovered = self._lender.join(crop, told, references)
        return Prepared(
            self._encode.run({"picture": picture})["latent"],
            self._encode.run({"picture": to_network(recovered)})["latent"],
            identity_target(told.vector, told.sure, references)[None],
        )

    def picture(self, latent: NDArray[np.float32]) -> Crop:
        """Unit latent -> (512, 512, 3) in [0, 1]."""
        return from_network(self._decode.run({"latent": latent})["picture"])


def only(graph: Graph, feeds: dict[str, NDArray[np.float32]], output: str) -> NDArray[np.float32]:
    """One output of a graph, float32."""
    return np.asarray(graph.run(feeds)[output], np.float32)


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
