"""Tone and colour: networks see a neutral face, the print gets its own tint and light back.

Restoring networks shift brightness, contrast and colour a little, and a shift shows as a lighter
box or a purple lip. So the low frequencies of the restored face are brought to those of the
photograph, in linear light, where a shift of exposure or white balance is one factor a channel.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Mode = Literal["mono", "sepia", "colour"]

#: Rec. 709 weights on encoded values: the sum is 1, so a grey pixel keeps its value.
LUMA = np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)

_STEPS = 16384  # finer than 8 bits need, and its tables stay in the processor's cache
_GRID = 64  # low frequencies of a 512 crop live on a 64 grid: one cell is 8 px
_SMOOTH = 4.0  # cells; 32 px of the crop, a quarter of the eye distance
_FLOOR = 0.004  # linear light; keeps ratios in deep shadow tame
_GAIN_LIMIT = 3.0
_TOLERANCE = 0.05  # of encoded brightness; farther off the common line is damage
_CONTRAST = (0.35, 1.25)
_FLAT = 1e-5
_NO_TINT = 0.7 / 255  # less is rounding: grey stays grey to the bit
_FAINT_TINT = 14.0 / 255
_HEADROOM = 0.25  # share of the input's own range that restored detail may exceed it by


def luma(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    """(H, W, 3) encoded RGB -> (H, W) encoded brightness, same range."""
    grey: NDArray[np.float32] = cv2.transform(pixels, LUMA[None])
    return grey


def prepare_crop(crop: NDArray[np.float32], mode: Mode) -> NDArray[np.float32]:
    """The crop that networks should see: as it is in colour, grey for mono and sepia.

    Networks paint colour into tinted prints; without a tint they have nothing to exaggerate.
    """
    if mode == "colour":
        return crop
    return np.repeat(luma(crop)[..., None], 3, axis=2)


def match_tone(
    restored: NDArray[np.float32], original: NDArray[np.float32], weight: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Give a restored crop the light, colour and contrast of the original one.

    First one straight line brings the restored brightness to the original's, as a faded print
    asks for; places that stay far off it are damage. Then, per channel, the low frequencies are
    matched by a smooth gain that is computed without those places (a crack is not light). Detail
    keeps to the original's range with some headroom.

    Args:
        restored: (512, 512) or (512, 512, C) float32 in [0, 1], sRGB-encoded.
        original: the input crop, same shape.
        weight: (512, 512) float32 in [0, 1]: the face mask, 0 outside the photograph.

    Returns:
        Same shape as `restored`, in [0, 1].
    """
    shape = restored.shape
    cells = _shrink(weight)
    if float(cells.sum()) < 1.0:
        return restored
    # Half-size pictures are close enough for low frequencies and cost a quarter.
    half_new, half_old = _shrink(restored, 256), _shrink(original, 256)
    slope, lift, sound = _tone_line(_brightness(half_new), _brightness(half_old), cells)
    half_new = np.clip(half_new * slope + lift, 0.0, 1.0)
    coarse_new, coarse_old = (
        _shrink(to_linear(half)).reshape(_GRID, _GRID, -1) for half in (half_new, half_old)
    )
    # A trace of weight everywhere lets the gain continue smoothly past the mask.
    weights = (cells * (0.01 + 0.99 * sound) + 1e-4).astype(np.float32)
    low_new, low_old = _low_pass(coarse_new, weights), _low_pass(coarse_old, weights)
    gain = np.clip((low_old + _FLOOR) / (low_new + _FLOOR), 1 / _GAIN_LIMIT, _GAIN_LIMIT)
    gain = cv2.resize(gain, shape[1::-1], interpolation=cv2.INTER_LINEAR)
    # Only the rectangle with weight is changed: the rest never reaches the photograph.
    rows, columns = _bounds(weight)
    matched = restored.copy()
    linear = to_linear(restored[rows, columns] * slope + lift)
    linear *= gain[rows, columns]
    low, high = _range(original, weight)
    matched[rows, columns] = _limit(to_encoded(linear), low, high)
    return matched


@dataclass(frozen=True)
class Tint:
    """The colour of a toned print as a function of brightness.

    Attributes:
        curve: (256, 3) float32: RGB minus brightness at brightness i / 255; its luma is 0.
    """

    curve: NDArray[np.float32]

    @property
    def faint(self) -> bool:
        """Whether it is the cast of a paper or scanner, which passes for black and white."""
        return _NO_TINT < float(np.abs(self.curve).max()) < _FAINT_TINT

    def chroma(self, light: NDArray[np.float32]) -> NDArray[np.float32]:
        """(H, W) brightness in [0, 1] -> (H, W, 3) RGB minus brightness."""
        place = np.clip(light, 0.0, 1.0) * np.float32(255.0)
        below = np.minimum(place.astype(np.int32), 254)
        part = (place - below)[..., None]
        low = self.curve[below]
        mixed: NDArray[np.float32] = low + part * (self.curve[below + 1] - low)
        return mixed


def measure_tint(pixels: NDArray[np.float32]) -> Tint:
    """Learn a print's tint from its own pixels.

    Mean chroma per brightness, smoothed over neighbouring brightness so that a rare one borrows
    from the common ones; black and white stay black and white as far as the print shows.

    Args:
        pixels: (H, W, 3) float32 RGB in [0, 1] of the print around the face.
    """
    flat = pixels.reshape(-1, 3)
    light = flat @ LUMA
    bins = np.clip(np.rint(light * 255.0), 0, 255).astype(np.int64)
    counts = np.bincount(bins, minlength=256).astype(np.float32)
    chroma = np.stack(
        [
            np.bincount(bins, weights=flat[:, c] - light, minlength=256).astype(np.float32)
            for c in range(3)
        ],
        axis=1,
    )
    # Normalised convolution; the wide second pass only speaks where the first found nothing.
    curve = np.zeros((256, 3), dtype=np.float32)
    trust = np.zeros((256, 1), dtype=np.float32)
    for sigma, say in ((4.0, 1.0), (24.0, 1e-2), (96.0, 1e-4)):
        spread = cv2.GaussianBlur(
            np.column_stack([chroma, counts]),
            (1, 2 * int(3 * sigma) + 1),
            sigmaX=1.0,
            sigmaY=sigma,
            borderType=cv2.BORDER_CONSTANT,
        )
        curve += np.float32(say) * spread[:, :3]
        trust += np.float32(say) * spread[:, 3:]
    curve /= np.maximum(trust, 1e-12)
    return Tint(curve - (curve @ LUMA)[:, None])


def to_linear(encoded: NDArray[np.float32]) -> NDArray[np.float32]:
    """SRGB-encoded values in [0, 1] to linear light (IEC 61966-2-1), by table."""
    decode, _ = _tables()
    index = (encoded * np.float32(_STEPS - 1) + np.float32(0.5)).astype(np.int32)
    return np.take(decode, index, mode="clip")


def to_encoded(linear: NDArray[np.float32]) -> NDArray[np.float32]:
    """Linear light to sRGB-encoded values in [0, 1]; what lies outside [0, 1] is clipped."""
    _, encode = _tables()
    # Tabulated over the square root, where the curve is nearly straight.
    root = np.sqrt(np.clip(linear, 0.0, 1.0))
    index = (root * np.float32(_STEPS - 1) + np.float32(0.5)).astype(np.int32)
    return np.take(encode, index, mode="clip")


@lru_cache(maxsize=1)
def _tables() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    x = np.linspace(0.0, 1.0, _STEPS)
    decode = np.where(x <= 0.04045, x / 12.92, ((x + 0.055) / 1.055) ** 2.4)
    light = x**2
    encode = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return decode.astype(np.float32), encode.astype(np.float32)


def _shrink(full: NDArray[np.float32], grid: int = _GRID) -> NDArray[np.float32]:
    small: NDArray[np.float32] = cv2.resize(full, (grid, grid), interpolation=cv2.INTER_AREA)
    return small.reshape(grid, grid, *full.shape[2:])


def _brightness(half: NDArray[np.float32]) -> NDArray[np.float32]:
    """(64, 64) encoded brightness of a crop of either number of channels."""
    return _shrink(luma(half) if half.ndim == 3 else half)


def _tone_line(
    new: NDArray[np.float32], old: NDArray[np.float32], cells: NDArray[np.float32]
) -> tuple[np.float32, np.float32, NDArray[np.bool_]]:
    """The line old = slope * new + lift that most cells follow, and which ones do.

    Tukey's biweight, reweighted a few times: damage pulls at least squares but not at this.

    Args:
        new: (64, 64) brightness of the restored face.
        old: (64, 64) brightness of the original.
        cells: (64, 64) weight of each cell.
    """
    core = cells > 0.3 * float(cells.max())
    weights = cells.copy()
    slope, lift = 1.0, 0.0
    error = old - new
    for _ in range(6):
        total = float(weights.sum())
        if total < 1e-3:
            break
        mean_new = float((weights * new).sum()) / total
        mean_old = float((weights * old).sum()) / total
        spread = float((weights * (new - mean_new) ** 2).sum()) / total
        shared = float((weights * (new - mean_new) * (old - mean_old)).sum()) / total
        # A featureless face has no slope to measure; it then keeps its own.
        slope = (shared + _FLAT) / (spread + _FLAT)
        slope = float(np.clip(slope, *_CONTRAST))
        lift = mean_old - slope * mean_new
        error = old - slope * new - lift
        width = max(float(np.median(np.abs(error[core]))) * 1.5, _TOLERANCE / 2)
        weights = cells * np.square(np.clip(1.0 - np.square(error / (4.5 * width)), 0.0, None))
    typical = float(np.median(np.abs(error[core]))) * 1.5
    damaged = (np.abs(error) > max(3.0 * typical, _TOLERANCE)).astype(np.uint8)
    # A crack ends inside a cell, so its neighbours are doubtful too.
    sound = cv2.dilate(damaged, np.ones((3, 3), np.uint8)) == 0
    return np.float32(slope), np.float32(lift), sound


def _low_pass(cells: NDArray[np.float32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    top = cv2.GaussianBlur(cells * weights[..., None], (0, 0), _SMOOTH).reshape(cells.shape)
    low: NDArray[np.float32] = top / cv2.GaussianBlur(weights, (0, 0), _SMOOTH)[..., None]
    return low


def _bounds(weight: NDArray[np.float32]) -> tuple[slice, slice]:
    rows, columns = np.flatnonzero(weight.max(axis=1)), np.flatnonzero(weight.max(axis=0))
    height, width = weight.shape
    # Bicubic sampling looks a little past the mask.
    return (
        slice(max(int(rows[0]) - 8, 0), min(int(rows[-1]) + 9, height)),
        slice(max(int(columns[0]) - 8, 0), min(int(columns[-1]) + 9, width)),
    )


def _range(original: NDArray[np.float32], weight: NDArray[np.float32]) -> tuple[float, float]:
    """Darkest and brightest value of the original face, without its noise."""
    seen = _shrink(original, 256)[_shrink(weight, 256) > 0.1]
    if seen.size == 0:
        return 0.0, 1.0
    low, high = np.percentile(seen, (0.1, 99.9))
    return float(low), float(high)


def _limit(values: NDArray[np.float32], low: float, high: float) -> NDArray[np.float32]:
    """Bend values that leave the range back towards it: no paper whiter than paper."""
    room = np.float32(max(_HEADROOM * (high - low), 0.02))
    over = np.maximum(values - np.float32(high), 0.0)
    under = np.maximum(np.float32(low) - values, 0.0)
    # x / (1 + x) starts with slope 1, so there is no kink where the bend begins.
    bent = np.clip(values, low, high) + over / (1 + over / room) - under / (1 + under / room)
    result: NDArray[np.float32] = np.clip(bent, 0.0, 1.0)
    return result
