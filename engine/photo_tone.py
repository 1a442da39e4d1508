"""Is a photograph mono, sepia (one tint) or colour?

Decided once, when the file is read, from a small averaged copy: averaging removes the chroma noise
of JPEG and of scanners. The answer is carried on the `Photo`; the user can override it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: How the picture was toned; `Mode` decides how a restored face is coloured.
Mode = Literal["mono", "sepia", "colour"]

_SIDE = 256  # longer side of the copy that is judged, pixels
_BINS = 16  # levels of luminance at which the tint is measured
_MONO_CHROMA = 3.5  # Lab chroma below which a pixel is grey: JPEG at low quality stays under it
_MONO_SHARE = 0.995  # of the pixels must be grey; a date stamp may not be
_MIN_TINT = 1.0  # mean Lab chroma of a tint that has a hue at all
# Tolerances in Lab units, found on old prints and on warm and faded colour photographs.
_ACROSS = 5.0  # 97th percentile of the distance from the line of one hue
_BOTH = 8.0  # half of that plus the 97th percentile of the difference from the level's usual tint


def detect_mode(pixels: NDArray[np.uint8] | NDArray[np.uint16]) -> Mode:
    """Judge how a picture is toned.

    Args:
        pixels: (H, W) or (H, W, 3) in sRGB, uint8 or uint16.

    Returns:
        ``mono`` where nothing has colour; ``sepia`` where all colour is one tint (of any hue) that
        depends on luminance alone; ``colour`` otherwise.
    """
    if pixels.ndim == 2:
        return "mono"
    chroma, luminance = _lab(pixels)
    strength = np.hypot(chroma[:, 0], chroma[:, 1])
    if np.mean(strength <= _MONO_CHROMA) >= _MONO_SHARE:
        return "mono"
    return "sepia" if _one_tint(chroma, luminance) else "colour"


def _lab(
    pixels: NDArray[np.uint8] | NDArray[np.uint16],
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(N, 2) chroma a, b and (N,) luminance in [0, 100] of a small averaged copy."""
    height, width = pixels.shape[:2]
    times = math.ceil(max(height, width) / _SIDE)  # whole numbers are averaged much faster
    size = (max(1, width // times), max(1, height // times))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(
        small.astype(np.float32) / np.float32(np.iinfo(pixels.dtype).max), cv2.COLOR_RGB2LAB
    )
    flat = np.asarray(lab, dtype=np.float32).reshape(-1, 3)
    return flat[:, 1:], flat[:, 0]


def _one_tint(chroma: NDArray[np.float32], luminance: NDArray[np.float32]) -> bool:
    """Whether chroma (N, 2) lies along one hue and follows from luminance (N,)."""
    mean = chroma.mean(axis=0)
    length = float(np.hypot(*mean))
    if length < _MIN_TINT:
        return False  # colours that cancel out are many colours
    hue = mean / length
    # Sideways of the hue line, and behind its start: a second hue.
    across = np.abs(chroma @ np.array([-hue[1], hue[0]], dtype=np.float32))
    along = chroma @ hue
    across = np.maximum(across, -along)
    levels = np.minimum((luminance / 100 * _BINS).astype(np.intp), _BINS - 1)
    usual = np.zeros_like(along)
    for level in range(_BINS):
        here = levels == level
        if here.any():
            usual[here] = np.median(along[here])
    sideways = float(np.percentile(across, 97))
    uneven = float(np.percentile(np.abs(along - usual), 97))
    return sideways <= _ACROSS and uneven + sideways / 2 <= _BOTH
