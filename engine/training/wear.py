"""Wears a whole photograph: how the sample prints of ``resources/samples`` were made.

``python -m engine.training wear PHOTO OUTPUT --seed N --down F --sepia`` blurs, shrinks, adds
grain and JPEG as `engine.training.degradation` does to faces, so that before and after can be
compared with the truth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from engine import photo as photos
from engine.errors import LikenessError
from engine.training.degradation import scratches

if TYPE_CHECKING:
    from pathlib import Path


def wear(
    source: Path,
    target: Path,
    *,
    seed: int,
    down: float,
    blur: float = 1.0,
    noise: float = 6.0,
    quality: int = 70,
    sepia: bool = False,
) -> Path:
    """Writes a worn copy; an existing file is never replaced.

    Args:
        source: a good photograph.
        target: the JPEG to write.
        seed: of scratches and grain.
        down: shrinking factor; the result is enlarged back to the source's size.
        blur: Gaussian sigma in pixels of the small picture.
        noise: grain of 255, in the small picture.
        quality: JPEG quality of the small picture.
        sepia: tone it as an old print, with dust and scratches.

    Returns:
        The path that was written.
    """
    rng = np.random.default_rng(seed)
    picture = photos.read(source).preview8.astype(np.float32) / 255
    height, width = picture.shape[:2]
    if sepia:
        grey = picture @ np.array([0.299, 0.587, 0.114], np.float32)
        picture = (0.1 + 0.8 * grey[..., None]) ** np.array([0.95, 1.1, 1.4], np.float32)
    small = (max(1, round(width / down)), max(1, round(height / down)))
    picture = cv2.resize(picture, small, interpolation=cv2.INTER_AREA)
    picture = cv2.GaussianBlur(picture, (0, 0), blur)
    grain = rng.standard_normal((*picture.shape[:2], 1 if sepia else 3), np.float32)
    picture = np.clip(picture + grain * (noise / 255), 0, 1)
    rounded = (picture[..., ::-1] * 255 + 0.5).astype(np.uint8)
    ok, coded = cv2.imencode(".jpg", rounded, [cv2.IMWRITE_JPEG_QUALITY, quality])
    decoded = cv2.imdecode(coded, cv2.IMREAD_COLOR) if ok else None
    if decoded is None:
        raise LikenessError("The worn photograph cannot be encoded.", code="wear")
    worn = cv2.resize(decoded[..., ::-1], (width, height), interpolation=cv2.INTER_LINEAR)
    if sepia:
        side = max(height, width)
        canvas = np.zeros((side, side, 3), np.float32)
        canvas[:height, :width] = worn.astype(np.float32) / 255
        scratched = scratches(canvas, np.random.default_rng(seed))[:height, :width]
        worn = np.clip(scratched * 255 + 0.5, 0, 255)
    return photos.write(
        photos.Photo.from_pixels(np.ascontiguousarray(worn, np.uint8)), target, quality=90
    )
