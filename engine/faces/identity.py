"""Who a face is: the identity vector of an aligned crop, and how alike two of them are.

The vector groups the people of an album, checks that a reference portrait shows the right
person, and measures whether a restored face is still the same one. It does not name anybody: it
only compares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from engine.errors import FaceError
from engine.faces.aligner import embedder_crop, to_unit
from engine.faces.face import CROP_SIZE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

#: Vectors are computed for so many faces at a time: enough to be quick, little enough memory.
_BATCH = 16
_MONO = (CROP_SIZE, CROP_SIZE)
_COLOUR = (CROP_SIZE, CROP_SIZE, 3)


class Graph(Protocol):
    """What the embedder needs of a backend's graph."""

    def run(self, inputs: Mapping[str, NDArray[Any]], /) -> Mapping[str, NDArray[Any]]:
        """Named arrays in, named arrays out."""


class Embedder:
    """Computes identity vectors with a graph of the model ``embedder``.

    Args:
        graph: input ``crop`` (N, 3, 112, 112) float32 in [-1, 1], output ``embedding`` (N, 256).
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def embed(self, crop: NDArray[Any], *, mirrored: bool = False) -> NDArray[np.float32]:
        """The vector of one face.

        Args:
            crop: (512, 512, 3), or (512, 512) for a mono picture, on the template of
                `engine.faces.face`; uint8, uint16, or float in [0, 1].
            mirrored: also look at the mirrored face and average, which is a little steadier and
                costs twice as much.

        Returns:
            (256,) float32 of unit length.

        Raises:
            FaceError: the crop has another shape (code ``face-crop``).
        """
        vector: NDArray[np.float32] = self.embed_all([crop], mirrored=mirrored)[0]
        return vector

    def embed_all(
        self, crops: Sequence[NDArray[Any]], *, mirrored: bool = False
    ) -> NDArray[np.float32]:
        """The vectors of several faces: (N, 256) float32, each of unit length; see `embed`."""
        windows = [_window(crop) for crop in crops]
        if not windows:
            return np.empty((0, 256), np.float32)
        vectors = self._run(windows)
        if mirrored:
            vectors = vectors + self._run([window[:, :, ::-1] for window in windows])
        return _unit(vectors)

    def _run(self, windows: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
        parts = []
        for start in range(0, len(windows), _BATCH):
            batch = np.ascontiguousarray(np.stack(windows[start : start + _BATCH]))
            parts.append(np.asarray(self._graph.run({"crop": batch})["embedding"], np.float32))
        return np.concatenate(parts)


def cosine(a: NDArray[Any], b: NDArray[Any]) -> float:
    """Likeness of two vectors in [-1, 1]: 1 for the same direction, about 0 for strangers."""
    x, y = np.asarray(a, np.float64), np.asarray(b, np.float64)
    length = float(np.linalg.norm(x) * np.linalg.norm(y))
    return float(np.clip(x @ y / length, -1.0, 1.0)) if length else 0.0


def _window(crop: NDArray[Any]) -> NDArray[np.float32]:
    """An aligned crop -> (3, 112, 112) float32 in [-1, 1]."""
    if crop.shape == _MONO:
        crop = np.repeat(crop[..., None], 3, axis=2)
    if crop.shape != _COLOUR:
        raise FaceError(
            f"An aligned face has {CROP_SIZE} x {CROP_SIZE} pixels, not {crop.shape}.",
            code="face-crop",
        )
    return np.asarray(embedder_crop(to_unit(crop)).transpose(2, 0, 1) * 2 - 1, np.float32)


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)
