"""A face that the user points at: five clicks, or a box around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.faces.face import TEMPLATE_512, Face

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF

    from desktop.choices import Points

#: Where a face's box (brow to chin, cheek to cheek) lies on the 512 template: x, y, width, height.
_BOX = np.array([138.0, 120.0, 236.0, 322.0], np.float32)


def points_in_box(box: QRectF) -> Points:
    """Landmarks of a frontal face that fills a box drawn by hand."""
    place = (TEMPLATE_512 - _BOX[:2]) / _BOX[2:]
    return tuple(
        (float(box.x() + x * box.width()), float(box.y() + y * box.height())) for x, y in place
    )


def face_from_points(points: Points) -> Face:
    """The face of five landmarks, given in any left-right order."""
    marks = np.array(points, np.float32)
    for first, second in ((0, 1), (3, 4)):
        if marks[first, 0] > marks[second, 0]:
            marks[[first, second]] = marks[[second, first]]
    low, high = TEMPLATE_512.min(0), TEMPLATE_512.max(0)
    least, span = marks.min(0), np.maximum(np.ptp(marks, axis=0), 1.0)
    # The box lies around the points as it does on the template; turned faces keep a square share.
    scale = np.full(2, np.max(span / (high - low)), np.float32)
    centre = least + span / 2
    corner = centre + (_BOX[:2] - (low + high) / 2) * scale
    box = np.concatenate([corner, _BOX[2:] * scale]).astype(np.float32)
    return Face(box=box, landmarks=marks, score=1.0)
