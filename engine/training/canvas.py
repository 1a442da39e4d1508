"""Square pictures with labelled faces, and what moves both together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.training.detector_labels import Labels

if TYPE_CHECKING:
    from numpy.random import Generator

Picture = NDArray[np.uint8]
Floats = NDArray[np.float32]

FACE, IGNORED = 1, 2
#: Below this side in pixels a face is ignored.
SMALLEST = 10.0


@dataclass
class Canvas:
    """One training picture.

    Attributes:
        pixels: (S, S, 3) uint8 RGB.
        boxes: (M, 4) float32 x, y, width, height in pixels.
        landmarks: (M, 5, 2) float32 in pixels.
        kinds: (M,) int, `FACE` or `IGNORED`.
    """

    pixels: Picture
    boxes: Floats
    landmarks: Floats
    kinds: NDArray[np.int64]


@dataclass(frozen=True)
class Sources:
    """What canvases are made of.

    Attributes:
        photos: photographs with labels.
        empty: photographs without any face.
        faces: (N, 256, 256, 3) aligned faces.
        labels: their labels, one face each.
    """

    photos: list[tuple[Picture, Labels]]
    empty: list[Picture]
    faces: NDArray[np.uint8]
    labels: Labels

    def label(self, index: int) -> Labels:
        """The label of one aligned face."""
        some = self.labels
        return Labels(*(a[index : index + 1] for a in (some.boxes, some.landmarks, some.scores)))


def tilt(rng: Generator) -> float:
    """Degrees: mostly near upright, a fifth anywhere up to 50."""
    return float(rng.uniform(-50, 50) if rng.random() < 0.2 else rng.normal(0, 12))


def similarity(
    scale: float, degrees: float, source: NDArray[Any], goal: NDArray[Any]
) -> NDArray[np.float64]:
    """(2, 3) matrix that turns and scales around `source` and puts it at `goal`."""
    a = np.deg2rad(degrees)
    turn = scale * np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    return np.concatenate([turn, (goal - turn @ source)[:, None]], axis=1)


def moved(labels: Labels, matrix: NDArray[np.float64]) -> tuple[Floats, Floats]:
    """Boxes (M, 4) and landmarks (M, 5, 2) under a similarity.

    A turned box is the frame of the turned ellipse that the box held, as a face is round.
    """
    turn, shift = matrix[:, :2], matrix[:, 2]
    points = labels.landmarks @ turn.T + shift
    middle = (labels.boxes[:, :2] + labels.boxes[:, 2:] / 2) @ turn.T + shift
    half = np.sqrt((labels.boxes[:, 2:] / 2) ** 2 @ (turn**2).T)
    boxes = np.concatenate([middle - half, 2 * half], axis=1)
    return boxes.astype(np.float32), points.astype(np.float32)


def warp(
    picture: Picture, matrix: NDArray[np.float64], size: tuple[int, int], edge: int, fill: float
) -> Picture:
    """Warps without aliasing: a strong reduction is made by area first."""
    scale = float(np.hypot(*matrix[:, 0]))
    if scale < 0.7:
        h, w = picture.shape[:2]
        small = max(2, round(w * scale)), max(2, round(h * scale))
        picture = np.asarray(cv2.resize(picture, small, interpolation=cv2.INTER_AREA), np.uint8)
        matrix = matrix.copy()
        matrix[:, 0] *= w / small[0]
        matrix[:, 1] *= h / small[1]
    out = cv2.warpAffine(
        picture, matrix, size, flags=cv2.INTER_LINEAR, borderMode=edge, borderValue=(fill,) * 3
    )
    return np.asarray(out, np.uint8)


def border(rng: Generator) -> tuple[int, float]:
    """OpenCV's border mode and colour for what lies outside a picture."""
    kind = rng.random()
    if kind < 0.5:
        fill = float(rng.choice([0.0, 127.0, 255.0, rng.uniform(0, 255)]))
        return cv2.BORDER_CONSTANT, fill
    return cv2.BORDER_REPLICATE, 0.0  # never mirrored: that would show an unlabelled face


def face_size(side: int, rng: Generator) -> float:
    """Longer side of a face in pixels, log-uniform from 11 to the whole canvas."""
    return float(np.exp(rng.uniform(np.log(11.0), np.log(0.97 * side))))


def visible(canvas: Canvas) -> Canvas:
    """Drops faces outside; those half outside or too small are ignored."""
    side = canvas.pixels.shape[0]
    low = np.clip(canvas.boxes[:, :2], 0, side)
    high = np.clip(canvas.boxes[:, :2] + canvas.boxes[:, 2:], 0, side)
    seen = np.prod(high - low, axis=1) / np.maximum(np.prod(canvas.boxes[:, 2:], axis=1), 1e-6)
    sizes = canvas.boxes[:, 2:].max(axis=1, initial=0)
    canvas.kinds[(seen < 0.55) | (sizes < SMALLEST)] = IGNORED
    keep = seen > 0.15
    return Canvas(canvas.pixels, canvas.boxes[keep], canvas.landmarks[keep], canvas.kinds[keep])
