"""Colour profiles made of curves and a matrix, at 16 bit.

The colour engine behind Pillow works on 8 bit per channel. Nearly all profiles of cameras,
scanners and screens are one curve per channel and a 3 x 3 matrix (or one curve, for grey); those
are read here and computed in floating point, so that a 16-bit scan keeps its gradations.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LEVELS = 65536
# sRGB primaries adapted to the D50 of the ICC connection space, as columns: RGB -> XYZ.
_SRGB_TO_XYZ = np.array(
    [
        [0.4360747, 0.3850649, 0.1430804],
        [0.2225045, 0.7168786, 0.0606169],
        [0.0139322, 0.0971045, 0.7141733],
    ]
)


@dataclass(frozen=True)
class CurveProfile:
    """A profile given by curves and, for RGB, a matrix.

    Attributes:
        curves: (C, 65536) linear light in [0, 1] for every 16-bit level; C is 1 (grey) or 3 (RGB).
        to_srgb: (3, 3) from the profile's linear light to linear sRGB, or None for grey.
    """

    curves: NDArray[np.float32]
    to_srgb: NDArray[np.float64] | None

    def decode(self, samples: NDArray[np.uint16]) -> NDArray[np.uint16]:
        """(N, C) samples of the file to (N, 3) sRGB; colours outside sRGB are clipped."""
        channels = [self.curves[c][samples[:, c]] for c in range(len(self.curves))]
        linear = np.stack(channels, axis=1)
        if self.to_srgb is None:
            linear = np.repeat(linear, 3, axis=1)
        else:
            linear = linear @ self.to_srgb.T.astype(np.float32)
        return _to_levels(_srgb_encode(np.clip(linear, 0, 1)))

    def encode(self, pixels: NDArray[np.uint16]) -> NDArray[np.uint16]:
        """(N, 3) sRGB to (N, C) samples of the file; grey takes the mean of linear light."""
        linear = _srgb_decode(pixels.astype(np.float64) / (_LEVELS - 1))
        if self.to_srgb is None:
            linear = linear.mean(axis=1, keepdims=True)
        else:
            linear = linear @ np.linalg.inv(self.to_srgb).T
        levels = np.arange(_LEVELS)
        samples = [np.interp(linear[:, c], self.curves[c], levels) for c in range(len(self.curves))]
        result: NDArray[np.uint16] = np.rint(np.stack(samples, axis=1)).astype(np.uint16)
        return result


def parse(icc: bytes) -> CurveProfile | None:
    """Read a profile; None where it is no curve-and-matrix profile or is damaged."""
    try:
        return _parse(icc)
    except (struct.error, ValueError, IndexError, np.linalg.LinAlgError):
        return None


def _parse(icc: bytes) -> CurveProfile | None:
    (count,) = struct.unpack_from(">I", icc, 128)
    tags = {}
    for entry in range(min(count, 200)):
        name, offset, size = struct.unpack_from(">4sII", icc, 132 + 12 * entry)
        tags[name] = icc[offset : offset + size]
    if b"A2B0" in tags:  # tables win over curves where a profile has both
        return None
    if icc[16:20] == b"GRAY" and b"kTRC" in tags:
        return CurveProfile(_curve(tags[b"kTRC"])[None], None)
    wanted = [b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC"]
    if icc[16:20] != b"RGB " or not all(name in tags for name in wanted):
        return None
    columns = [np.array(struct.unpack_from(">3i", tags[n], 8)) / 65536 for n in wanted[:3]]
    to_srgb = np.linalg.inv(_SRGB_TO_XYZ) @ np.stack(columns, axis=1)
    # Both sides share their white: what is left of the sums is rounding, and would tint grey.
    to_srgb /= to_srgb.sum(axis=1, keepdims=True)
    np.linalg.inv(to_srgb)  # a profile that cannot be undone is of no use
    return CurveProfile(np.stack([_curve(tags[n]) for n in wanted[3:]]), to_srgb)


def _curve(tag: bytes) -> NDArray[np.float32]:
    """(65536,) linear light from a ``curv`` or ``para`` tag, never falling."""
    x = np.linspace(0, 1, _LEVELS)
    if tag[:4] == b"curv":
        (count,) = struct.unpack_from(">I", tag, 8)
        if count == 0:
            y = x
        elif count == 1:
            y = x ** (struct.unpack_from(">H", tag, 12)[0] / 256)
        else:
            table = np.frombuffer(tag, dtype=">u2", count=count, offset=12) / 65535
            y = np.interp(x, np.linspace(0, 1, count), table)
    elif tag[:4] == b"para":
        y = _parametric(x, tag)
    else:
        raise ValueError("unknown curve")
    return np.maximum.accumulate(np.clip(y, 0, 1)).astype(np.float32)


def _parametric(x: NDArray[np.float64], tag: bytes) -> NDArray[np.float64]:
    """The five forms of ICC.1:2010, 10.16: y = (a x + b)^g + e above d, c x + f below."""
    (form,) = struct.unpack_from(">H", tag, 8)
    count = (1, 3, 4, 5, 7)[form]
    p = [value / 65536 for value in struct.unpack_from(f">{count}i", tag, 12)]
    g, a, b, c, d, e, f = p[0], 1.0, 0.0, 0.0, 0.0, 0.0, 0.0
    if form >= 1:
        a, b = p[1], p[2]
        d = -b / a if form <= 2 and a else 0.0
    if form == 2:
        e = f = p[3]
    if form >= 3:
        c, d = p[3], p[4]
    if form == 4:
        e, f = p[5], p[6]
    power = np.maximum(a * x + b, 0) ** g + e
    return np.where(x >= d, power, c * x + f)


def _srgb_encode(linear: NDArray[np.float32]) -> NDArray[np.float32]:
    power = np.float32(1.055) * linear ** np.float32(1 / 2.4) - np.float32(0.055)
    return np.where(linear <= 0.0031308, linear * np.float32(12.92), power)


def _srgb_decode(encoded: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)


def _to_levels(values: NDArray[np.float32]) -> NDArray[np.uint16]:
    return np.rint(values * (_LEVELS - 1)).astype(np.uint16)
