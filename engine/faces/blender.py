"""Puts a restored crop back into the photograph so that no edge, box or change of tone shows.

Only the part of the photograph under the mask is touched: each face gives a `Patch`, and `apply`
lays patches over a copy. Everything outside the masks stays bit-equal at the file's own depth.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from engine.errors import FaceError
from engine.faces import grain as graininess
from engine.faces.aligner import AlignedFace, footprint, to_unit, warp
from engine.faces.face import CROP_SIZE
from engine.faces.mask import face_mask, smooth_step
from engine.faces.tone import luma, match_tone, measure_tint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from engine.faces.tone import Mode

# Where a face runs over the photograph's edge the mask ends within this many crop pixels of it.
_EDGE_RAMP = 16.0
# Weights that cannot change a 16-bit file visibly are none, so that patches have clear borders.
_LEAST_WEIGHT = 1.0 / 1024.0
# Mean of the channels, red against blue, and green against both.
_OPPONENT = np.array(
    [[1 / 3, 1 / 3, 1 / 3], [0.5**0.5, 0.0, -(0.5**0.5)], [-(6**-0.5), 2 * 6**-0.5, -(6**-0.5)]]
)


@dataclass(frozen=True)
class Patch:
    """New pixels for a rectangle of a photograph.

    Attributes:
        x, y: place of the top left corner in the photograph.
        pixels: (h, w, 3) of the photograph's own type, already mixed by `mask`.
        mask: (h, w) float32 in [0, 1]: share of the restored face; where it is 0 the pixels are
            the photograph's own.
    """

    x: int
    y: int
    pixels: NDArray[Any]
    mask: NDArray[np.float32]

    @property
    def box(self) -> tuple[slice, slice]:
        """Rows and columns of the photograph that the patch covers."""
        height, width = self.mask.shape
        return slice(self.y, self.y + height), slice(self.x, self.x + width)


def blend(
    photo: NDArray[Any],
    aligned: AlignedFace,
    restored: NDArray[Any],
    *,
    mode: Mode = "colour",
    strength: float = 1.0,
    grain: float = 0.5,
    seed: int = 0,
) -> Patch:
    """Blend one restored face; the photograph itself is not changed.

    Args:
        photo: (H, W, 3) uint8 or uint16 RGB.
        aligned: the face as `align` cut it out of this photograph.
        restored: (512, 512, 3) float32 in [0, 1] or uint8 RGB.
        mode: mono gives grey pixels (with the faint cast of the paper, where there is one),
            sepia the print's own tint.
        strength: 0 leaves the photograph as it is, 1 is all of the restored face.
        grain: share of the print's own grain to put back, 0 to 1.
        seed: for the grain; the same seed gives the same pixels.

    Raises:
        FaceError: `restored` holds numbers that are no picture.
    """
    if restored.shape != (CROP_SIZE, CROP_SIZE, 3):
        raise ValueError(f"restored crop must be (512, 512, 3), not {restored.shape}")
    restored = to_unit(restored)
    if not np.isfinite(restored).all():
        raise FaceError("The method's result is not a picture; try another one or the CPU.")
    mask = face_mask(aligned.landmarks)
    x0, y0, x1, y1 = _extent(mask, aligned, photo)
    own = photo[y0:y1, x0:x1]
    if strength <= 0 or own.size == 0:
        return Patch(x0, y0, own.copy(), np.zeros(own.shape[:2], dtype=np.float32))
    to_roi = cv2.invertAffineTransform(aligned.matrix)
    to_roi[:, 2] -= (x0, y0)
    weight = _weight(mask, to_roi, aligned, photo, (x0, y0, x1, y1)) * np.float32(min(strength, 1))

    coloured = mode == "colour"
    before = aligned.crop if coloured else luma(aligned.crop)
    after = np.clip(restored, 0.0, 1.0) if coloured else luma(np.clip(restored, 0.0, 1.0))
    after = match_tone(after, before, mask * _seen(aligned, photo))
    pixels = to_unit(own)
    light = luma(pixels)
    target = pixels if coloured else light
    size = (x1 - x0, y1 - y0)
    new = _with_own_detail(target, warp(before, to_roi, size), warp(after, to_roi, size), aligned)

    rng = np.random.default_rng([seed, x0, y0])
    step = 1.0 / np.iinfo(photo.dtype).max
    if coloured:
        mixed = pixels + weight[..., None] * (new - pixels)
        if grain > 0:
            mixed += _colour_grain(pixels, new, weight, grain, rng, aligned.native_size, step)
    else:
        mixed_light = light + weight * (new - light)
        if grain > 0:
            surface = graininess.find_surface(light, new, weight, aligned.native_size, step)
            found = graininess.measure(light, new, surface)
            mixed_light += graininess.make(found, grain, weight, mixed_light, rng)
        tint = (pixels - light[..., None]) * (1.0 - weight[..., None])
        toning = measure_tint(pixels)
        # A grey face would stand out of a print that is nearly but not quite grey.
        if mode == "sepia" or toning.faint:
            tint += weight[..., None] * toning.chroma(mixed_light)
        mixed = mixed_light[..., None] + tint
    result = _quantise(mixed, own.dtype)
    cv2.copyTo(own, (weight == 0).view(np.uint8), result)
    return Patch(x0, y0, result, weight)


def apply(photo: NDArray[Any], patches: Sequence[Patch]) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Lay patches over a copy of the photograph.

    Where faces overlap, each pixel is the mean of the patches by their masks, so the order of
    the faces does not matter beyond rounding.

    Args:
        photo: (H, W, 3) uint8 or uint16, the one the patches were made from.
        patches: from `blend`.

    Returns:
        The new pixels, and (H, W) bool: where a mask was above 0.
    """
    pixels = photo.copy()
    changed = np.zeros(photo.shape[:2], dtype=np.bool_)
    for number, patch in enumerate(patches):
        area, touched = pixels[patch.box], patch.mask > 0
        before = _weight_before(patch, patches[:number])
        shared = touched & (before > 0)
        fresh = touched & ~shared
        cv2.copyTo(patch.pixels, fresh.view(np.uint8), area)
        if shared.any():
            old, new = before[shared][:, None], patch.mask[shared][:, None]
            mean = (area[shared] * old + patch.pixels[shared] * new) / (old + new)
            area[shared] = np.rint(mean).astype(photo.dtype)
        changed[patch.box] |= touched
    return pixels, changed


def _weight_before(patch: Patch, earlier: Sequence[Patch]) -> NDArray[np.float32]:
    """Sum of the masks of earlier patches within this one's rectangle."""
    total = np.zeros_like(patch.mask)
    height, width = total.shape
    for other in earlier:
        dx, dy = other.x - patch.x, other.y - patch.y
        top, left = max(dy, 0), max(dx, 0)
        bottom = min(dy + other.mask.shape[0], height)
        right = min(dx + other.mask.shape[1], width)
        if top < bottom and left < right:
            total[top:bottom, left:right] += other.mask[
                top - dy : bottom - dy, left - dx : right - dx
            ]
    return total


def _extent(
    mask: NDArray[np.float32], aligned: AlignedFace, photo: NDArray[Any]
) -> tuple[int, int, int, int]:
    rows = np.flatnonzero(mask.max(axis=1))
    columns = np.flatnonzero(mask.max(axis=0))
    box = (float(columns[0]), float(rows[0]), float(columns[-1]), float(rows[-1]))
    return footprint(aligned.matrix, box, (photo.shape[0], photo.shape[1]), margin=1)


def _weight(
    mask: NDArray[np.float32],
    to_roi: NDArray[np.float64],
    aligned: AlignedFace,
    photo: NDArray[Any],
    box: tuple[int, int, int, int],
) -> NDArray[np.float32]:
    """The mask in the photograph's pixels, ending before the photograph does."""
    x0, y0, x1, y1 = box
    weight: NDArray[np.float32] = cv2.warpAffine(
        mask, to_roi, (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR
    )
    height, width = photo.shape[:2]
    ramp = max(_EDGE_RAMP / aligned.scale, 1.0)
    for axis, (start, stop, end) in enumerate(((y0, y1, height), (x0, x1, width))):
        if start > 0 and stop < end:
            continue
        place = np.arange(start, stop, dtype=np.float32)
        distance = np.minimum(place, np.float32(end - 1) - place)
        fall = smooth_step(distance / np.float32(ramp))
        weight *= fall[:, None] if axis == 0 else fall[None, :]
    weight[weight < _LEAST_WEIGHT] = 0.0
    return weight


def _seen(aligned: AlignedFace, photo: NDArray[Any]) -> NDArray[np.float32] | np.float32:
    """(512, 512) 1 where the crop comes from the photograph, 0 where it was reflected."""
    if aligned.outside == 0:
        return np.float32(1)
    whole = np.ones((64, 64), dtype=np.float32)
    height, width = photo.shape[:2]
    # A small picture of ones stretched over the photograph's extent.
    stretch = np.array([[width / 64, 0, width / 128 - 0.5], [0, height / 64, height / 128 - 0.5]])
    matrix = aligned.matrix[:, :2] @ stretch
    matrix[:, 2] += aligned.matrix[:, 2]
    seen: NDArray[np.float32] = cv2.warpAffine(
        whole, matrix, (CROP_SIZE, CROP_SIZE), flags=cv2.INTER_NEAREST
    )
    return seen


def _with_own_detail(
    own: NDArray[np.float32],
    before: NDArray[np.float32],
    after: NDArray[np.float32],
    aligned: AlignedFace,
) -> NDArray[np.float32]:
    """The restored face plus what the crop could not carry of the photograph, where it is real.

    A face larger than the crop has detail beyond the crop's resolution, and any crop loses a
    little on the way there and back. That remainder is detail where the finest octave of the
    input agrees with that of the restored face, and grain, scratches or blocks where it does not.
    """
    octave = max(1.0, 1.0 / aligned.scale)
    old, new = ((luma(x) if x.ndim == 3 else x) for x in (before, after))
    old_band, new_band = (_finest(x, octave) for x in (old, new))
    window = 2 * round(4.0 * octave) + 1
    agree = cv2.boxFilter(old_band * new_band, -1, (window, window))
    power = cv2.sqrBoxFilter(old_band, cv2.CV_32F, (window, window))
    trust = np.clip((agree + 1e-9) / (power + 1e-9), 0.0, 1.0)
    if own.ndim == 3:
        trust = trust[..., None]
    result: NDArray[np.float32] = after + trust * (own - before)
    return result


def _finest(light: NDArray[np.float32], octave: float) -> NDArray[np.float32]:
    band: NDArray[np.float32] = cv2.GaussianBlur(light, (0, 0), 0.7 * octave) - cv2.GaussianBlur(
        light, (0, 0), 1.4 * octave
    )
    return band


def _colour_grain(
    pixels: NDArray[np.float32],
    new: NDArray[np.float32],
    weight: NDArray[np.float32],
    amount: float,
    rng: np.random.Generator,
    eye_distance: float,
    step: float,
) -> NDArray[np.float32]:
    """Grain for colour photographs, in brightness and two opponent colours.

    Along these axes neither noise alike in all channels nor noise of each one is correlated, so
    each axis can be made by itself.
    """
    shade = luma(new)
    surface = graininess.find_surface(luma(pixels), shade, weight, eye_distance, step)
    old_axes, new_axes = (cv2.transform(x, _OPPONENT) for x in (pixels, new))
    made = []
    for axis in range(3):
        old_axis, new_axis = (np.ascontiguousarray(x[..., axis]) for x in (old_axes, new_axes))
        found = graininess.measure(old_axis, new_axis, surface)
        made.append(graininess.make(found, amount, weight, shade, rng))
    total: NDArray[np.float32] = cv2.transform(cv2.merge(made), np.linalg.inv(_OPPONENT))
    return total


def _quantise(values: NDArray[np.float32], dtype: np.dtype[Any]) -> NDArray[Any]:
    top = np.float32(np.iinfo(dtype).max)
    levels: NDArray[Any] = np.clip(values * top + np.float32(0.5), 0, top).astype(dtype)
    return levels
