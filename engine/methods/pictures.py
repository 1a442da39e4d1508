"""Pictures that explain a restoration: a displacement field, and where a face is invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Displacement in pixels that is drawn in full colour; a quarter of what the network may move.
FULL = 6.0


def drawn_displacement(field: NDArray[np.float32]) -> NDArray[np.float32]:
    """A field as colours: the hue is the direction, the colour's strength the distance.

    Args:
        field: (2, H, W), (x, y) in pixels.

    Returns:
        (H, W, 3) float32 RGB in [0, 1]; white where nothing moves, full at `FULL` pixels.
    """
    x, y = np.asarray(field, np.float32)
    angle = (np.degrees(np.arctan2(y, x)) % 360).astype(np.float32)
    distance = np.clip(np.hypot(x, y) / FULL, 0, 1).astype(np.float32)
    colours = np.stack([angle, distance, np.ones_like(distance)], axis=-1)
    return np.asarray(cv2.cvtColor(colours, cv2.COLOR_HSV2RGB), np.float32)


def drawn_heat(face: NDArray[np.float32], heat: NDArray[np.float32]) -> NDArray[np.float32]:
    """A heat map over the grey face: untouched where it is certain, through red to yellow.

    Args:
        face: (H, W, 3) in [0, 1].
        heat: (H, W) in [0, 1].

    Returns:
        (H, W, 3) float32 RGB in [0, 1].
    """
    h = np.clip(heat, 0, 1)[..., None]
    glow = np.concatenate([np.ones_like(h), h, np.zeros_like(h)], axis=2)
    grey = np.repeat(face.mean(axis=2, keepdims=True), 3, axis=2)
    return np.asarray((1 - 0.75 * h) * grey + 0.75 * h * glow, np.float32)
