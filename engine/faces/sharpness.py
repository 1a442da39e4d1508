"""How much detail an aligned face holds, whatever its grain.

Blur takes energy from fine octaves first, so the ratio of fine octaves to a coarse one measures it
apart from the picture's contrast. Grain and blocks put energy there too, but everywhere, while
the detail of a face is sparse: the median of a band tells the grain, its upper tail the edges, and
what the tail has beyond the grain is detail.
"""

from __future__ import annotations

import itertools
from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from engine.faces.face import TEMPLATE_512
from engine.faces.mask import face_mask
from engine.faces.tone import luma

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FINE = (1.0, 2.0, 4.0)
# The 98th percentile of |noise| is 2.33 sigma; the rest of the factor covers its spread.
_TAIL = 2.6
_MAD = 0.6745
_GRAIN_FALL = 0.6
_VISIBLE = 1e-3  # a quarter of a grey level: below, a band holds nothing
# Tails of the octaves 1-2 and 2-4 px over that of 16-32 px that score 0 and 1. Measured on 61
# validation faces: median 0.42 and 0.57 as they are, 0.12 and 0.34 shrunk to 64 px,
# 0.04 and 0.16 at 32 px.
_SPANS = ((0.045, 0.42), (0.15, 0.58))


def sharpness(crop: NDArray[np.float32]) -> float:
    """Detail in an aligned crop.

    Args:
        crop: (512, 512, 3) float32 RGB in [0, 1].

    Returns:
        0 (nothing finer than a 32 px crop shows) .. 1 (crisp); about 0.3 for a crop that was
        64 px wide and 0.65 for 128 px. JPEG blocks do not count, and grain never adds: strong grain
        hides some detail and lowers it.
    """
    light = luma(crop)
    smooth = [cv2.GaussianBlur(light, (0, 0), sigma) for sigma in _FINE]
    inside = _inside()
    contrast = _coarse_contrast(light)
    if contrast < _VISIBLE:
        return 0.0
    score = 0.0
    grain = np.inf
    for (sharper, softer), (low, high) in zip(itertools.pairwise(smooth), _SPANS, strict=True):
        size = np.abs((sharper - softer)[inside])
        middle, tail = np.percentile(size, (50.0, 98.0))
        # Coarser octaves hold shading everywhere, so their median is no grain: that can only have
        # fallen since the finer octave (by half for white noise, less for soft grain).
        grain = min(middle / _MAD, _GRAIN_FALL * grain)
        detail = np.sqrt(max(tail**2 - (_TAIL * grain) ** 2, 0.0)) / contrast
        score += float(np.clip((detail - low) / (high - low), 0.0, 1.0)) / len(_SPANS)
    return score


def _coarse_contrast(light: NDArray[np.float32]) -> float:
    """Tail of the octave of 16 to 32 px, which every face that can be recognised has."""
    small = cv2.resize(light, (128, 128), interpolation=cv2.INTER_AREA)
    band = cv2.GaussianBlur(small, (0, 0), 4.0) - cv2.GaussianBlur(small, (0, 0), 8.0)
    return float(np.percentile(np.abs(band[_inside()[2::4, 2::4]]), 98.0))


@lru_cache(maxsize=1)
def _inside() -> NDArray[np.bool_]:
    mask: NDArray[np.bool_] = face_mask(TEMPLATE_512) > 0.5
    return mask
