"""Verification figures: how well vectors tell same persons from different ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from engine.faces.aligner import EMBEDDER_SIZE, embedder_crop
from engine.faces.face import CROP_SIZE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from engine.training.faces import Faces


@dataclass(frozen=True)
class Wear:
    """A fixed damage of a check.

    Attributes:
        side: side of the picture that is shrunk: 512 for the aligned face, 112 for the
            recognition crop itself.
        factor: shrinks by this, area-averaged, and is enlarged again (cubic) afterwards.
        noise: sigma of Gaussian noise a channel, of 255, on the small picture.
        jpeg: quality, on the small picture.
    """

    side: int
    factor: float
    noise: float
    jpeg: int


#: The checks. Shrunk 4 times, a 512 px face keeps 128 px, a 112 px crop only 28 px.
DAMAGES: dict[str, Wear] = {
    "shrunk": Wear(CROP_SIZE, 4, 10, 50),
    "shrunk-8": Wear(CROP_SIZE, 8, 8, 60),
    "crop-shrunk": Wear(EMBEDDER_SIZE, 4, 8, 60),
}


def wear(face: NDArray[np.uint8], damage: Wear, rng: np.random.Generator) -> NDArray[np.uint8]:
    """(S, S, 3) -> the same size: shrunk, noised, JPEG-compressed, enlarged again."""
    side = face.shape[0]
    small = round(damage.side / damage.factor)
    x = cv2.resize(face, (small, small), interpolation=cv2.INTER_AREA).astype(np.float32)
    x = np.clip(x + rng.normal(0, damage.noise, x.shape), 0, 255).astype(np.uint8)
    ok, coded = cv2.imencode(".jpg", x, [cv2.IMWRITE_JPEG_QUALITY, damage.jpeg])
    assert ok
    back = cv2.imdecode(coded, cv2.IMREAD_COLOR)
    return np.asarray(cv2.resize(back, (side, side), interpolation=cv2.INTER_CUBIC), np.uint8)


def crop112(face: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """(512, 512, 3) aligned face -> (112, 112, 3) recognition crop."""
    return np.asarray(embedder_crop(face.astype(np.float32)) + 0.5, np.uint8)


def worn_crops(faces: Faces, damage: Wear, seed: int = 3) -> NDArray[np.uint8]:
    """The recognition crops (N, 112, 112, 3) of damaged faces."""
    rng = np.random.default_rng(seed)
    crops = []
    for i in range(len(faces)):
        face = faces.at(i, CROP_SIZE)
        if damage.side == CROP_SIZE:
            crops.append(crop112(wear(face, damage, rng)))
        else:
            crops.append(wear(crop112(face), damage, rng))
    return np.stack(crops)


def pairs(
    vectors: NDArray[np.float32], people: Sequence[str]
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Cosines of all pairs, and whether each is of one person. (N, D) unit vectors."""
    labels = np.array(people)
    i, j = np.triu_indices(len(labels), 1)
    return (vectors @ vectors.T)[i, j], labels[i] == labels[j]


def auc(scores: NDArray[np.float32], same: NDArray[np.bool_]) -> float:
    """Area under the ROC curve: how often a same pair scores above a different one."""
    ranks = np.empty(len(scores))
    ranks[np.argsort(scores, kind="stable")] = np.arange(1, len(scores) + 1)
    hits = int(same.sum())
    return float((ranks[same].sum() - hits * (hits + 1) / 2) / (hits * (len(scores) - hits)))


def threshold_at(
    scores: NDArray[np.float32], same: NDArray[np.bool_], false_accepts: float
) -> float:
    """The cosine above which at most this share of different pairs lies."""
    return float(np.quantile(scores[~same], 1 - false_accepts, method="higher"))


def true_accepts(
    scores: NDArray[np.float32], same: NDArray[np.bool_], false_accepts: float
) -> float:
    """Share of same pairs above `threshold_at`."""
    return float((scores[same] > threshold_at(scores, same, false_accepts)).mean())
