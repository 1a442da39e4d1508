"""Grain in place of the weave that a network draws where it cannot know.

Skin has fine texture whose place nothing tells. A network without a source of noise that is asked
for it draws a regular pattern instead, which distances of features take for texture and eyes for
cloth. In that band of frequencies the pattern's strength is kept and its place left to chance,
except where the face itself has fine detail. Not of any publication.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Picture = NDArray[np.float32]

#: Strength of the grain for a pattern of 1: all of it is a little coarse to look at.
AMOUNT = 0.7
#: Takes out what repeats every four pixels, and most of what is between three and six.
_NOTCH = np.array([0.25, 0, 0.5, 0, 0.25], np.float32)


def grained(detail: Picture, face: Picture, amount: float = AMOUNT) -> Picture:
    """Detail whose fine pattern has become grain of the same local strength.

    Args:
        detail: (H, W, 3), what is to be added to the face.
        face: (H, W, 3) in the same units.
        amount: strength of the grain, of the pattern's.

    Returns:
        (H, W, 3); the same for the same arguments; zero where the detail is.
    """
    pattern, own = _fine(detail), _fine(face)
    strength, structure = _strength(pattern, 4.0), _strength(own, 3.0)
    share = structure / np.maximum(structure + strength, np.float32(1e-9))
    kept = np.minimum(2 * share**2, 1)  # where the face's own detail is the stronger
    made = np.float32(amount) * strength * _noise(*detail.shape[:2])
    return np.asarray(detail - (1 - kept) * (pattern - made), np.float32)


def _fine(picture: Picture) -> Picture:
    """What repeats about every four pixels."""
    smooth = cv2.sepFilter2D(picture, -1, _NOTCH, _NOTCH, borderType=cv2.BORDER_REFLECT_101)
    return np.asarray(picture - smooth, np.float32)


def _strength(fine: Picture, sigma: float) -> Picture:
    """Local root mean square over the colours, (H, W, 1)."""
    power = cv2.GaussianBlur(np.square(fine).mean(axis=2), (0, 0), sigma)
    return np.asarray(np.sqrt(np.maximum(power, 0))[..., None], np.float32)


@lru_cache(maxsize=2)
def _noise(height: int, width: int) -> Picture:
    """Grey grain of one and a half to six pixels, (H, W, 1), deviation 1, always the same."""
    white = np.random.default_rng(5).standard_normal((height, width), np.float32)
    soft = cv2.GaussianBlur(white, (0, 0), 0.8)
    soft -= cv2.GaussianBlur(soft, (0, 0), 3.0)
    return np.asarray(soft / soft.std(), np.float32)[..., None]
