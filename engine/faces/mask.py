"""Where in the 512 crop the face is: a soft egg from forehead to chin, cheek to cheek.

The template fixes eyes and mouth, so the shape of a face in the crop is nearly fixed too. A turned
head moves the nose off the middle: the far cheek comes nearer to the eyes and the near one gets
wider. Hair and neck stay the photograph's own, behind a wide feather.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.faces.face import CROP_SIZE

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Nothing within this many crop pixels of the border ever gets weight.
BORDER = 8
# All in crop pixels at the template: half widths and reaches where the mask ends.
_HALF_WIDTH = 176.0
_ABOVE_EYES = 150.0
_BELOW_MOUTH = 132.0
# Share of the radius over which the mask falls from 1 to 0: 0.34 of 176 px is a feather of 60 px.
_FEATHER = 0.34
# Between an ellipse (2) and a box: jaws and foreheads are fuller than ellipses.
_ROUNDNESS = 2.3


def face_mask(landmarks: NDArray[np.float32]) -> NDArray[np.float32]:
    """The weight of the restored face in its crop.

    Args:
        landmarks: (5, 2) in crop pixels, image-left first.

    Returns:
        (512, 512) float32 in [0, 1]; exactly 0 near the border of the crop.
    """
    eyes = landmarks[:2].mean(axis=0)
    mouth = landmarks[3:].mean(axis=0)
    span = max(float(np.hypot(*(landmarks[1] - landmarks[0]))), 60.0)
    middle = (eyes[0] + mouth[0]) / 2.0
    turn = float(np.clip((landmarks[2, 0] - middle) / span, -0.6, 0.6))
    left = _HALF_WIDTH * (1.0 + 0.3 * turn)
    right = _HALF_WIDTH * (1.0 - 0.3 * turn)
    # The middle stays near the template's even when landmarks are poor.
    cx = float(np.clip(middle - 0.15 * turn * span, 226.0, 286.0))
    top = float(np.clip(eyes[1], 200.0, 280.0)) - _ABOVE_EYES
    bottom = min(float(np.clip(mouth[1], 330.0, 410.0)) + _BELOW_MOUTH, CROP_SIZE - 1.0 - BORDER)
    cy = top + 0.5 * (bottom - top)
    left, right = min(left, cx - BORDER), min(right, CROP_SIZE - 1.0 - BORDER - cx)
    x = np.arange(CROP_SIZE) - cx
    y = np.arange(CROP_SIZE) - cy
    across = np.where(x < 0, -x / left, x / right) ** _ROUNDNESS
    down = (np.abs(y) / (cy - top)) ** _ROUNDNESS
    radius = (across[None, :] + down[:, None]) ** (1.0 / _ROUNDNESS)
    return smooth_step(((1.0 - radius) / _FEATHER).astype(np.float32))


def smooth_step(t: NDArray[np.float32]) -> NDArray[np.float32]:
    """0 below 0, 1 above 1, and flat at both ends in slope and curvature (Perlin 2002)."""
    s = np.clip(t, 0.0, 1.0)
    # Rounding reaches a little past 1, and a weight above 1 would invert what it leaves over.
    risen = np.minimum(s * s * s * (s * (s * 6.0 - 15.0) + 10.0), 1.0)
    return risen.astype(np.float32, copy=False)
