"""Moves the features of a restored face by a few pixels towards the person who is aimed at.

A recogniser tells where pixels should become lighter or darker for a face to be more of a person.
Taken at its word it paints patterns that please nobody else; asked only for a smooth displacement
of what is there, it moves eyes, nose and mouth to where they belong, and another recogniser that
was never asked agrees. Guidance by a recogniser is CLR-Face's (`engine.methods.diffusion`), a
displacement in its place is ours.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

import cv2
import numpy as np

from engine.faces.aligner import EMBEDDER_SIZE, EMBEDDER_WINDOW, embedder_crop
from engine.faces.face import CROP_SIZE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    Crop = NDArray[np.float32]

#: Pixels of the face to one of the recogniser's window.
SCALE = EMBEDDER_WINDOW[2] / EMBEDDER_SIZE
#: Deviation of the Gaussian that keeps displacements smooth, in pixels of the face.
SMOOTH = 7.0
#: Steps, and the share of a full step to the target that each one takes.
STEPS, SHARE = 6, 0.25
#: A distance that two pictures of hardly any difference have: no nearer is aimed at.
NEAR = 0.01
#: Pixels of the window over which displacements fade at its edge.
FADE = 12


class Slope(Protocol):
    """The graph ``embedder-gradient``."""

    def run(self, inputs: Mapping[str, Crop], /) -> Mapping[str, Crop]:
        """``crop`` (1, 3, 112, 112), ``target`` (1, 256) -> ``gradient``, ``distance``."""


def towards(picture: Crop, aim: Crop, slope: Callable[[], Slope], strength: float) -> Crop:
    """The picture with its features moved.

    Args:
        picture: (512, 512, 3) in [0, 1].
        aim: (256,) unit identity vector.
        slope: gives the slope of the identity distance, and is not asked where nothing moves.
        strength: 0 .. 1, share of the displacement that is applied.

    Returns:
        The same shape and range.
    """
    if strength <= 0:
        return picture
    found = strength * SCALE * displacement(embedder_crop(picture) * 2 - 1, aim, slope())
    left, top, _ = EMBEDDER_WINDOW
    # Centre of pixel i of the window: left + (i + 0.5) SCALE - 0.5.
    place = np.array([[SCALE, 0, left + SCALE / 2 - 0.5], [0, SCALE, top + SCALE / 2 - 0.5]])
    wide = cv2.warpAffine(found, place, (CROP_SIZE, CROP_SIZE), flags=cv2.INTER_LINEAR)
    return np.clip(_moved(picture, wide, cv2.INTER_CUBIC), 0, 1)


def displacement(window: Crop, aim: Crop, slope: Slope) -> Crop:
    """Where each pixel of the recogniser's window takes its value from.

    Preconditioned descent with Polyak's step: ``d - SHARE (distance - NEAR) / <g, S g> S g``, where
    g is the gradient by the displacement, and S smooths and fades. Every other step looks at the
    face's mirror image, so that what moves is the face and not a pattern of pixels. The nearest of
    all whose face itself was looked at is taken: where little is to be gained, a step leads past.

    Args:
        window: (112, 112, 3) in [-1, 1].
        aim: see `towards`.
        slope: of the identity distance.

    Returns:
        (112, 112, 2), x and y in pixels of the window, relative.
    """
    field = best = np.zeros((*window.shape[:2], 2), np.float32)
    least = np.inf
    for step in range(STEPS + 1):  # the last one only looks at where the steps have led
        mirrored = step % 2 == 1
        moved = _moved(window, field, cv2.INTER_LINEAR)
        pull, distance = _pull(moved, aim, slope, mirrored=mirrored)
        if not mirrored and distance < least:
            least, best = distance, field
        smooth = _smoothed(pull)
        size = float((pull * smooth).sum())
        # Near enough, not a number, or nothing that a displacement would change.
        if not (distance > NEAR and size > 1e-12):
            break
        field = field - np.float32(SHARE * (distance - NEAR) / size) * smooth
    return best


def _pull(window: Crop, aim: Crop, slope: Slope, *, mirrored: bool) -> tuple[Crop, float]:
    """Gradient of the distance by the displacement, (112, 112, 2), and the distance."""
    way = slice(None, None, -1 if mirrored else 1)
    seen = np.ascontiguousarray(window[:, way].transpose(2, 0, 1)[None])
    found = slope.run({"crop": seen, "target": aim[None]})
    by_pixel = np.asarray(found["gradient"][0], np.float32).transpose(1, 2, 0)[:, way]
    down, across = np.gradient(window, axis=(0, 1))
    pull = np.stack([(by_pixel * across).sum(2), (by_pixel * down).sum(2)], axis=2)
    return pull, float(found["distance"][0])


def _moved(picture: Crop, field: Crop, how: int) -> Crop:
    rows, columns = np.indices(field.shape[:2], np.float32)
    x, y = columns + field[..., 0], rows + field[..., 1]
    return np.asarray(cv2.remap(picture, x, y, how, borderMode=cv2.BORDER_REPLICATE), np.float32)


def _smoothed(field: Crop) -> Crop:
    fade = _fade()
    blurred = cv2.GaussianBlur(fade * field, (0, 0), SMOOTH / SCALE, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(fade * blurred, np.float32)


@lru_cache(maxsize=1)
def _fade() -> Crop:
    """(112, 112, 1): 1 within the window, 0 at its edge."""
    near = np.minimum(np.arange(EMBEDDER_SIZE), np.arange(EMBEDDER_SIZE)[::-1]) / FADE
    one = np.sin(np.clip(near, 0, 1) * np.pi / 2) ** 2
    return np.asarray(np.outer(one, one)[..., None], np.float32)
