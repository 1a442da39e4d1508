"""Octaves of a picture and an endless tile of noise that is ready in octaves.

Splitting a picture is two or three small blurs. The noise is split once and then only cut, scaled
and added, so grain for a face costs a few multiplications a pixel.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Blurs that part the octaves, in pixels of the photograph, finest first.
SIGMAS = (0.8, 1.6, 3.2)
BANDS = len(SIGMAS)
TILE = 1024


def octaves(channel: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """Split off the three finest octaves of a (h, w) channel, finest first."""
    bands, previous = [], channel
    for sigma in SIGMAS:
        soft = cv2.GaussianBlur(channel, _kernel(sigma), sigma, borderType=cv2.BORDER_REFLECT)
        bands.append(previous - soft)
        previous = soft
    return bands


def mix(variances: NDArray[np.float64]) -> NDArray[np.float64]:
    """Factors f, (n, 3), so that the octaves of sum(f_i * tile_i) have these (n, 3) variances.

    Octaves overlap, so they cannot be set one by one; a few multiplicative steps converge.
    """
    forms, plain = white_octaves()
    factors = np.sqrt(variances / plain)
    for _ in range(12):
        got = np.einsum("ni,kij,nj->nk", factors, forms, factors)
        ratio = np.divide(variances, got, out=np.zeros_like(got), where=got > 0)
        factors *= np.sqrt(ratio).clip(0.3, 3.0)
    return factors


@lru_cache(maxsize=1)
def noise_tile() -> tuple[NDArray[np.float32], ...]:
    """The octaves of one tile of white noise that repeats without a seam."""
    rng = np.random.default_rng(20240229)
    white = rng.standard_normal((TILE, TILE), dtype=np.float32)
    return tuple(_wrapped_octaves(white))


@lru_cache(maxsize=1)
def white_octaves() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How the octaves of white noise overlap.

    Returns:
        forms (3, 3, 3): octave k of sum(f_i * tile_i) has the variance f' forms[k] f.
        plain (3,): variance of each octave of unit white noise.
    """
    tiles = noise_tile()
    corner = slice(0, TILE // 2)
    again = [[band[corner, corner].ravel() for band in octaves(tile)] for tile in tiles]
    forms = np.array(
        [
            [
                [float(np.mean(again[i][k] * again[j][k])) for j in range(BANDS)]
                for i in range(BANDS)
            ]
            for k in range(BANDS)
        ]
    )
    return forms, np.array([float(np.var(tile)) for tile in tiles])


def _wrapped_octaves(tile: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    edge = 16
    wide = cv2.copyMakeBorder(tile, edge, edge, edge, edge, cv2.BORDER_WRAP)
    return [np.ascontiguousarray(b[edge:-edge, edge:-edge]) for b in octaves(wide)]


def cut(
    tile: NDArray[np.float32], top: int, left: int, height: int, width: int
) -> NDArray[np.float32]:
    """A window of the endlessly repeated tile."""
    if top + height <= TILE and left + width <= TILE:
        return tile[top : top + height, left : left + width]
    rows = (top + np.arange(height)) % TILE
    columns = (left + np.arange(width)) % TILE
    return tile[rows][:, columns]


def _kernel(sigma: float) -> tuple[int, int]:
    side = 2 * int(np.ceil(3.0 * sigma)) + 1
    return side, side
