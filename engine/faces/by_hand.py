"""A face that somebody points at: five points, or a box around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from engine.errors import FaceError
from engine.faces.detector_looks import overlap
from engine.faces.face import TEMPLATE_512, Face

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from engine.parts import Finder

#: Where a face's box (brow to chin, cheek to cheek) lies on the 512 template: x, y, width, height.
_BOX = np.array([138.0, 120.0, 236.0, 322.0], np.float32)
#: Least side in pixels: less than this holds no face.
_LEAST = 6.0
#: The detector looks at the box with this much around it, in sides of the box.
_AROUND = 0.75
#: How much a found face and the box must share to be taken for the same.
_SAME = 0.25


def face_from_points(points: Sequence[Sequence[float]]) -> Face:
    """The face of five points: eyes, nose, mouth corners.

    Args:
        points: (5, 2) pixels; the two eyes in any order, the two corners of the mouth as well.

    Raises:
        FaceError: the points lie too close together to be a face.
    """
    marks = np.array(points, np.float32)
    if marks.shape != TEMPLATE_512.shape or not np.isfinite(marks).all():
        raise FaceError("A face needs five points: the eyes, the nose and the mouth's corners.")
    down = marks[3:].mean(0) - marks[:2].mean(0)
    if max(float(np.ptp(marks[:, 0])), float(np.ptp(marks[:, 1]))) < _LEAST or not down.any():
        raise FaceError("These points lie too close together; zoom in and set them again.")
    # Seen with the mouth below the eyes, the first of a pair is the left one in the picture.
    across = np.array([down[1], -down[0]], np.float32)
    for first, second in ((0, 1), (3, 4)):
        if float(marks[first] @ across) > float(marks[second] @ across):
            marks[[first, second]] = marks[[second, first]]
    low, high = TEMPLATE_512.min(0), TEMPLATE_512.max(0)
    least, span = marks.min(0), np.maximum(np.ptp(marks, axis=0), 1.0)
    # The box lies around the points as it does on the template; turned faces keep a square share.
    scale = np.full(2, np.max(span / (high - low)), np.float32)
    centre = least + span / 2
    corner = centre + (_BOX[:2] - (low + high) / 2) * scale
    box = np.concatenate([corner, _BOX[2:] * scale]).astype(np.float32)
    return Face(box=box, landmarks=marks, score=1.0)


def face_in_box(pixels: NDArray[np.uint8], box: Sequence[float], detector: Finder) -> Face:
    """The face in a box drawn by hand: as the detector sees it, else one that looks straight ahead.

    Args:
        pixels: (H, W, 3) uint8 RGB, upright.
        box: x, y, width, height in pixels.
        detector: looks once more, with the box filling its sight.

    Raises:
        FaceError: the box is too small, or beside the photograph.
    """
    drawn = np.array(box, np.float32)
    if not np.isfinite(drawn).all() or float(drawn[2:].min()) < _LEAST:
        raise FaceError("This box is too small for a face; zoom in and draw it again.")
    height, width = pixels.shape[:2]
    around = float(drawn[2:].max()) * _AROUND
    x0, y0 = (max(int(v - around), 0) for v in drawn[:2])
    x1 = min(int(drawn[0] + drawn[2] + around), width)
    y1 = min(int(drawn[1] + drawn[3] + around), height)
    middle = drawn[:2] + drawn[2:] / 2
    if not (0 <= middle[0] < width and 0 <= middle[1] < height):
        raise FaceError("This box lies beside the photograph; draw it around a face.")
    found = [_moved(face, x0, y0) for face in detector.detect(pixels[y0:y1, x0:x1])]
    if found:
        shares = overlap(drawn, np.stack([face.box for face in found]))
        best = int(shares.argmax())
        if shares[best] > _SAME:
            return found[best]
    place = (TEMPLATE_512 - _BOX[:2]) / _BOX[2:]
    marks = (drawn[:2] + place * drawn[2:]).astype(np.float32)
    return Face(box=drawn, landmarks=marks, score=1.0)


def _moved(face: Face, x: int, y: int) -> Face:
    """A face of a cut-out, in pixels of the whole; one that is pointed at is certain."""
    by: NDArray[Any] = np.array([x, y], np.float32)
    box = np.concatenate([face.box[:2] + by, face.box[2:]]).astype(np.float32)
    return Face(box=box, landmarks=(face.landmarks + by).astype(np.float32), score=1.0)
