"""Put restored working pixels back among the untouched samples of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.photo_colour import ColourSpace

    Samples = NDArray[Any]  # uint8 or uint16

_BAND = 1 << 20  # pixels worked on at a time
_FADE = 16 / 255  # change, as part of the range, over which the file's own rounding fades out


def merge(
    source: Samples, pixels: Samples, changed: NDArray[np.bool_] | None, space: ColourSpace
) -> Samples:
    """The file's samples with the changed pixels converted into its colours.

    A conversion to sRGB and back is not exact (rounding, colours outside sRGB), which would leave
    a seam around a face. So what the round trip does to the *original* pixel is added back, fully
    where the pixel hardly changed and not at all where it changed a lot: a pixel equal to its
    original comes out bit-exact even inside the mask.

    Args:
        source: (H, W) or (H, W, 3) in the file's colours.
        pixels: (H, W, 3) in working sRGB, same dtype.
        changed: (H, W), or None where nothing changed.
        space: what `source` means.

    Returns:
        Like `source`; the very same array where nothing changed.
    """
    if changed is None or not changed.any():
        return source
    result = source.copy()
    if space.is_working and source.ndim == 3:
        cv2.copyTo(pixels, changed.view(np.uint8), result)
        return result
    rows = max(1, _BAND // source.shape[1])
    for top in range(0, len(source), rows):
        band = slice(top, top + rows)
        here = changed[band]
        if here.any():
            result[band][here] = _convert(source[band][here], pixels[band][here], space)
    return result


def _convert(old: Samples, new: Samples, space: ColourSpace) -> Samples:
    """(N,) or (N, 3) samples for (N, 3) new pixels, close to `old` where little changed."""
    if space.is_working:
        return space.from_working(new)
    top = int(np.iinfo(new.dtype).max)
    before = space.to_working(old[None])[0]
    rest = old.astype(np.float32) - space.from_working(before)
    change = np.abs(new.astype(np.float32) - before).max(axis=1) / (top * _FADE)
    weight = np.clip(1 - change, 0, 1)
    if old.ndim == 2:
        weight = weight[:, None]
    result = np.rint(space.from_working(new) + rest * weight)
    merged: Samples = np.clip(result, 0, top).astype(old.dtype)
    return merged


def to_8bit(samples: Samples) -> NDArray[np.uint8]:
    """8 bit per channel, rounded; 8-bit samples as they are."""
    if samples.dtype == np.uint8:
        return samples.view(np.uint8)
    result = np.empty(samples.shape, dtype=np.uint8)
    for row, deep in zip(result, samples, strict=True):  # row by row: no wide copy of a large scan
        row[:] = (deep.astype(np.uint32) + 128) // 257
    return result


def over_white(samples: Samples, alpha: Samples) -> NDArray[np.uint8]:
    """Samples (H, W) or (H, W, 3) over white paper; all uint8."""
    weight = alpha if samples.ndim == 2 else alpha[..., None]
    mixed = samples.astype(np.uint16) * weight + 255 * (255 - weight.astype(np.uint16))
    return ((mixed + 127) // 255).astype(np.uint8)
