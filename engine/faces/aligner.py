"""Cuts a face out of a photograph onto the FFHQ template, and the small crop the embedder sees.

The crop is fitted by least squares (Umeyama 1991, "Least-squares estimation of transformation
parameters between two point patterns"), which in two dimensions is one complex division. Only the
part of the photograph under the crop is touched, so a face in a 100-megapixel scan costs what a
face costs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from engine.errors import FaceError
from engine.faces.face import CROP_SIZE, TEMPLATE_512

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Window of the 512 crop that becomes the embedder's 112 px: left, top, side in crop pixels.
#: The similarity from our template to the usual recognition template turns by -0.009 degrees
#: only, so an axis-aligned window stands in for it.
EMBEDDER_WINDOW = (64.8, 61.1, 383.4)
EMBEDDER_SIZE = 112

# Crop pixels. Real faces in full profile fit with about 50; mirrored or random points with more.
_WORST_FIT = 65.0
# A fit this bad may be one wrong point; it is dropped only if the other four then fit much better.
_SUSPECT_FIT = 25.0
_OUTLIER_GAIN = 0.3
_SMALLEST_SPREAD = 1.0
_THINNEST = 0.12


@dataclass(frozen=True)
class AlignedFace:
    """A face cut out onto the template.

    Attributes:
        crop: (512, 512, 3) float32 RGB in [0, 1], sRGB-encoded as the photograph.
        matrix: (2, 3) float64 similarity from photograph pixels to crop pixels.
        landmarks: (5, 2) float32 in crop pixels; they differ from the template by the pose.
        outside: share of the crop that lies outside the photograph, in [0, 1].
        native_size: distance between the eyes in pixels of the photograph.
    """

    crop: NDArray[np.float32]
    matrix: NDArray[np.float64]
    landmarks: NDArray[np.float32]
    outside: float
    native_size: float

    @property
    def scale(self) -> float:
        """Crop pixels per photograph pixel; below 1 the crop holds less than the photograph."""
        return float(math.hypot(self.matrix[0, 0], self.matrix[1, 0]))


def align(pixels: NDArray[Any], landmarks: NDArray[Any]) -> AlignedFace:
    """Cut one face out onto the 512 template.

    What lies outside the photograph is filled by reflection, which networks bear better than a
    hard edge.

    Args:
        pixels: (H, W, 3) uint8 or uint16 RGB photograph.
        landmarks: (5, 2) in photograph pixels: eye, eye, nose, mouth corner, mouth corner,
            image-left first.

    Raises:
        FaceError: the points cannot be those of a face, or lie outside the photograph.
    """
    points = _checked(landmarks)
    matrix = similarity(points)
    height, width = pixels.shape[:2]
    x0, y0, x1, y1 = footprint(matrix, (0, 0, CROP_SIZE, CROP_SIZE), (height, width), margin=4)
    if x1 - x0 < 2 or y1 - y0 < 2:
        raise FaceError("The face lies outside the photograph.", code="face-outside")
    shifted = matrix.copy()
    shifted[:, 2] += matrix[:, :2] @ np.array([x0, y0], dtype=np.float64)
    crop = warp(to_unit(pixels[y0:y1, x0:x1]), shifted, (CROP_SIZE, CROP_SIZE))
    moved = points @ matrix[:, :2].T + matrix[:, 2]
    return AlignedFace(
        crop=np.clip(crop, 0.0, 1.0),
        matrix=matrix,
        landmarks=moved.astype(np.float32),
        outside=_outside(matrix, width, height),
        native_size=float(np.hypot(*(points[1] - points[0]))),
    )


def similarity(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """The (2, 3) similarity that brings five points onto the template, without mirroring.

    One grossly wrong point (an eye found on an earring) is left out of the fit.

    Raises:
        FaceError: no similarity makes a face of the points.
    """
    everything = np.ones(5, dtype=bool)
    best, error = _fit(points, everything)
    if error > _SUSPECT_FIT:
        for left_out in range(5):
            chosen = everything.copy()
            chosen[left_out] = False
            candidate, rest = _fit(points, chosen)
            if rest < _OUTLIER_GAIN * error:
                best, error = candidate, rest
    if error > _WORST_FIT:
        raise FaceError(
            "The five points are not arranged like a face; place them on the eyes, the nose tip "
            "and the corners of the mouth.",
            code="face-landmarks",
        )
    return best


def warp(
    pixels: NDArray[np.float32], matrix: NDArray[np.float64], size: tuple[int, int]
) -> NDArray[np.float32]:
    """Warp by a similarity without aliasing; beyond the border the picture is reflected.

    A shrinking warp is averaged first: by whole pixels over areas, then by a Gaussian for what is
    left of the factor, since bicubic sampling alone looks at four pixels however many there are.

    Args:
        pixels: (h, w) or (h, w, 3) float32.
        matrix: (2, 3) from `pixels` to the result.
        size: width and height of the result.

    Returns:
        (height, width) or (height, width, 3) float32; bicubic sampling may overshoot slightly.
    """
    scale = math.hypot(matrix[0, 0], matrix[1, 0])
    reach = min(pixels.shape[:2])
    factor = max(1, min(math.floor(1.0 / scale), reach))
    if factor > 1:
        height, width = pixels.shape[:2]
        pixels = cv2.copyMakeBorder(
            pixels, 0, -height % factor, 0, -width % factor, cv2.BORDER_REPLICATE
        )
        small = (pixels.shape[1] // factor, pixels.shape[0] // factor)
        pixels = cv2.resize(pixels, small, interpolation=cv2.INTER_AREA)
        # Pixel centres: x_large = factor * x_small + (factor - 1) / 2.
        centre = np.full(2, (factor - 1) / 2.0)
        matrix = np.column_stack([matrix[:, :2] * factor, matrix[:, 2] + matrix[:, :2] @ centre])
        scale *= factor
    if scale < 0.95:
        sigma = 0.5 * math.sqrt(1.0 / scale**2 - 1.0)
        pixels = cv2.GaussianBlur(pixels, (0, 0), sigma, borderType=cv2.BORDER_REFLECT)
    warped: NDArray[np.float32] = cv2.warpAffine(
        pixels, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT
    )
    return warped


def footprint(
    matrix: NDArray[np.float64],
    box: tuple[float, float, float, float],
    photo_size: tuple[int, int],
    margin: int = 0,
) -> tuple[int, int, int, int]:
    """The part of the photograph under a rectangle of the crop.

    Args:
        matrix: (2, 3) photograph to crop.
        box: x0, y0, x1, y1 in crop pixels.
        photo_size: height and width of the photograph.
        margin: extra photograph pixels on each side.

    Returns:
        x0, y0, x1, y1 in photograph pixels, clipped to it; empty (x1 <= x0) when outside.
    """
    x0, y0, x1, y1 = box
    corners = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], dtype=np.float64)
    back = cv2.invertAffineTransform(matrix)
    corners = corners @ back[:, :2].T + back[:, 2]
    height, width = photo_size
    low = np.floor(corners.min(axis=0)) - margin
    high = np.ceil(corners.max(axis=0)) + 1 + margin
    return (
        int(np.clip(low[0], 0, width)),
        int(np.clip(low[1], 0, height)),
        int(np.clip(high[0], 0, width)),
        int(np.clip(high[1], 0, height)),
    )


def embedder_crop(crop: NDArray[np.float32]) -> NDArray[np.float32]:
    """The (112, 112, 3) window of a (512, 512, 3) float32 crop that the embedder sees.

    The same weights as in training and in the exported graphs, so that one face gives one
    embedding everywhere; of their products only those that are not zero.
    """
    left, top, _ = EMBEDDER_WINDOW
    across = _weighted(crop, top).transpose(1, 0, 2)
    return np.ascontiguousarray(_weighted(across, left).transpose(1, 0, 2))


def _weighted(lines: NDArray[np.float32], start: float) -> NDArray[np.float32]:
    """(512, W, 3) -> (112, W, 3), anti-aliased."""
    places, weights = _window_taps(start)
    total = np.zeros((EMBEDDER_SIZE, *lines.shape[1:]), np.float32)
    for place, weight in zip(places, weights, strict=True):
        total += weight[:, None, None] * lines[place]
    return total


@lru_cache(maxsize=4)
def _window_taps(start: float) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """(taps, 112) places and triangle weights, which sum to 1 for each of the 112."""
    step = EMBEDDER_WINDOW[2] / EMBEDDER_SIZE
    centres = start + (np.arange(EMBEDDER_SIZE) + 0.5) * step - 0.5
    places = np.ceil(centres - step).astype(int) + np.arange(int(2 * step) + 1)[:, None]
    weights = np.clip(1 - np.abs(places - centres) / step, 0, None)
    return places, (weights / weights.sum(axis=0)).astype(np.float32)


def to_network(crop: NDArray[np.float32]) -> NDArray[np.float32]:
    """(H, W, 3) in [0, 1] -> (1, 3, H, W) float32 in [-1, 1], contiguous."""
    return np.ascontiguousarray((crop * 2.0 - 1.0).transpose(2, 0, 1)[None], dtype=np.float32)


def from_network(array: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
    """(1, 3, H, W) in [-1, 1] -> (H, W, 3) float32, clipped to [0, 1]."""
    crop = array[0].transpose(1, 2, 0).astype(np.float32) * np.float32(0.5) + np.float32(0.5)
    return np.ascontiguousarray(np.clip(crop, 0.0, 1.0))


def to_unit(pixels: NDArray[Any]) -> NDArray[np.float32]:
    """Integer pixels of 8 or 16 bits, or floats in [0, 1] already, as float32 in [0, 1]."""
    if np.issubdtype(pixels.dtype, np.floating):
        floats: NDArray[np.float32] = pixels.astype(np.float32, copy=False)
        return floats
    unit: NDArray[np.float32] = pixels.astype(np.float32)
    unit *= np.float32(1.0 / np.iinfo(pixels.dtype).max)
    return unit


def _checked(landmarks: NDArray[Any]) -> NDArray[np.float64]:
    points = np.asarray(landmarks, dtype=np.float64)
    if points.shape != (5, 2):
        raise ValueError(f"landmarks must be (5, 2), not {points.shape}")
    if not np.isfinite(points).all():
        raise FaceError("The points of the face are not numbers.", code="face-landmarks")
    long, thin = np.linalg.svd(points - points.mean(axis=0), compute_uv=False) / math.sqrt(5.0)
    if long < _SMALLEST_SPREAD:
        raise FaceError("The face is too small: its points lie on one spot.", code="face-small")
    if thin < _THINNEST * long:
        raise FaceError("The points of the face lie on one line.", code="face-landmarks")
    return points


def _fit(
    points: NDArray[np.float64], chosen: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], float]:
    """Least-squares similarity over the chosen points, and its root-mean-square error."""
    source = points[chosen, 0] + 1j * points[chosen, 1]
    template = TEMPLATE_512[chosen].astype(np.float64)
    target = template[:, 0] + 1j * template[:, 1]
    centred = source - source.mean()
    # A similarity is z -> turn * z + shift over the complex numbers; it cannot mirror.
    turn = np.vdot(centred, target - target.mean()) / max(np.vdot(centred, centred).real, 1e-12)
    shift = target.mean() - turn * source.mean()
    error = float(np.sqrt(np.mean(np.abs(turn * source + shift - target) ** 2)))
    matrix = np.array([[turn.real, -turn.imag, shift.real], [turn.imag, turn.real, shift.imag]])
    if abs(turn) < 1e-6:
        return matrix, math.inf
    return matrix, error


def _outside(matrix: NDArray[np.float64], width: int, height: int) -> float:
    """Share of the crop outside the photograph, on a 64 x 64 grid of the crop."""
    back = cv2.invertAffineTransform(matrix)
    steps = (np.arange(64) + 0.5) * (CROP_SIZE / 64)
    x, y = np.meshgrid(steps, steps)
    px = back[0, 0] * x + back[0, 1] * y + back[0, 2]
    py = back[1, 0] * x + back[1, 1] * y + back[1, 2]
    inside = (px >= -0.5) & (px <= width - 0.5) & (py >= -0.5) & (py <= height - 0.5)
    return float(1.0 - inside.mean())
