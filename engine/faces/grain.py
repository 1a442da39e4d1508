"""The print's grain: measured where it is smooth, made again where the restored face lost it.

A restored face without the grain around it looks like plastic. Grain is described by its strength
in three octaves, which is its spatial correlation too, and by how it varies with brightness. What
the restoration kept counts: only the missing part is added. The new grain is Gaussian, so blocks
of a JPEG or scratches never come back with it.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from engine.faces.octaves import BANDS, SIGMAS, TILE, cut, mix, noise_tile, octaves, white_octaves

if TYPE_CHECKING:
    from numpy.typing import NDArray

_KNOTS = 17  # weights between 0 and 1 at which the missing grain is solved; linear in between
_SMOOTHEST = 0.4  # share of the region that counts as smooth
_FEWEST = 150  # pixels that make a measurement
_MOST = 5000  # pixels that a median needs at most
_MAD = 0.6745
#: Weaker than this is the rounding of 8-bit files, not grain.
_FAINTEST = 0.45 / 255.0
#: Stronger than this is a halftone screen or engraving, which noise cannot stand in for.
_STRONGEST = 0.06
#: Octaves up to this share of the eye distance are grain; coarser ones hold skin and features.
_REACH = 1.0 / 36.0
_TONES = 5


@dataclass(frozen=True)
class Grain:
    """Grain of one channel, and how much of it a restoration kept.

    Attributes:
        print_: (3,) standard deviation of the print's grain per octave, in units of [0, 1].
        kept: (3,) share of the print's own grain that is still in the restored pixels.
        new: (3,) standard deviation of other noise in the restored pixels.
        tone: (256,) float32 factor on the grain at brightness i / 255; about 1.
    """

    print_: NDArray[np.float64]
    kept: NDArray[np.float64]
    new: NDArray[np.float64]
    tone: NDArray[np.float32]

    @property
    def present(self) -> bool:
        """Whether the print has grain at all."""
        return bool((self.print_ > 0).any())


@dataclass(frozen=True)
class Surface:
    """The part of a face that is smooth in both pictures, where grain can be told from detail.

    Attributes:
        places: (n,) flat indices of smooth pixels, a regular sample of all of them.
        light: (n,) float32 brightness of the photograph there.
        eye_distance: in pixels of the photograph.
        step: size of one level of the file (1/255 or 1/65535), whose rounding is no grain.
    """

    places: NDArray[np.intp]
    light: NDArray[np.float32]
    eye_distance: float
    step: float


def find_surface(
    light: NDArray[np.float32],
    restored: NDArray[np.float32],
    weight: NDArray[np.float32],
    eye_distance: float,
    step: float,
) -> Surface:
    """Choose the smooth part of a face.

    By the slope of blurred pictures, not by the high frequencies that are then measured, or the
    choice would favour places with little grain.

    Args:
        light: (h, w) float32 brightness of the photograph around the face, in [0, 1].
        restored: (h, w) float32 brightness of the restored face in its place.
        weight: (h, w) float32 face mask.
        eye_distance: in pixels.
        step: see `Surface`.
    """
    inside = weight > 0.05
    slope = _slope(light) + _slope(restored)
    sample = light[inside]
    low, high = (
        np.percentile(sample[:: 1 + sample.size // _MOST], (3, 97)) if sample.size else (0, 1)
    )
    # Burnt-out whites and blocked shadows have lost their grain and say nothing about a face.
    inside &= (light >= max(low, 0.02)) & (light <= min(high, 0.98))
    places = np.flatnonzero(inside)
    if places.size:
        # A stride that is odd, so that it does not walk along a pattern of the picture.
        slopes = slope.ravel()[places]
        limit = np.quantile(slopes[:: 1 + slopes.size // _MOST], _SMOOTHEST)
        places = places[slopes <= limit]
        places = places[:: 1 + 2 * (places.size // (2 * _MOST))]
    return Surface(places, light.ravel()[places], eye_distance, step)


def measure(channel: NDArray[np.float32], restored: NDArray[np.float32], surface: Surface) -> Grain:
    """Measure the print's grain in one channel and what the restored one kept of it.

    Args:
        channel: (h, w) float32 of the photograph.
        restored: (h, w) float32, same place.
        surface: from `find_surface`.
    """
    none = np.zeros(BANDS)
    flat_tone = np.ones(256, dtype=np.float32)
    if surface.places.size < _FEWEST:
        return Grain(none, none, none, flat_tone)
    old = [band.ravel()[surface.places] for band in octaves(channel)]
    sigma = np.array([_deviation(band) for band in old])
    sigma = np.sqrt(np.maximum(sigma**2 - surface.step**2 / 12.0 * white_octaves()[1], 0.0))
    sigma *= np.clip(2.0 - np.array(SIGMAS) / (_REACH * surface.eye_distance), 0.0, 1.0)
    total = float(np.sqrt((sigma**2).sum()))
    if total < _FAINTEST:
        return Grain(none, none, none, flat_tone)
    sigma *= min(1.0, _STRONGEST / total)
    kept, other = none.copy(), none.copy()
    new = [band.ravel()[surface.places] for band in octaves(restored)]
    for i, (a, b) in enumerate(zip(old, new, strict=True)):
        # Scratches are far outliers; they must not pass for grain that was kept.
        typical = a[np.abs(a) < 4.0 * max(sigma[i], 1e-6)]
        power = float(typical @ typical)
        if power > 0:
            matching = b[np.abs(a) < 4.0 * max(sigma[i], 1e-6)]
            kept[i] = np.clip(float(typical @ matching) / power, 0.0, 1.0)
        other[i] = _deviation(b - np.float32(kept[i]) * a)
    fine = np.abs(old[0]) + np.abs(old[1])
    return Grain(sigma, kept, other, _tone_curve(fine, surface.light))


def make(
    grain: Grain,
    amount: float,
    weight: NDArray[np.float32],
    light: NDArray[np.float32],
    rng: np.random.Generator,
) -> NDArray[np.float32]:
    """Grain to add to `(1 - weight) * photograph + weight * restored`.

    Mixing two independent grains weakens both, and so the feather of a mask shows as a smooth
    ring. Here the variance that the mixture lacks is added, at every weight.

    Args:
        grain: what `measure` found.
        amount: share of the print's grain wanted at weight 1, in [0, 1].
        weight: (h, w) float32 in [0, 1].
        light: (h, w) float32 brightness of the mixture, in [0, 1].
        rng: the only source of chance.

    Returns:
        (h, w) float32, zero where `weight` is.
    """
    height, width = weight.shape
    tables = _recipe(grain, amount)
    if not grain.present or not tables.any():
        return np.zeros((height, width), dtype=np.float32)
    place = (np.clip(weight, 0.0, 1.0) * np.float32(255) + np.float32(0.5)).astype(np.uint8)
    # Where the patch fits the tile it is cut without wrapping, which needs no copy.
    top = int(rng.integers(0, max(TILE - height, 1)))
    left = int(rng.integers(0, max(TILE - width, 1)))
    noise = np.zeros((height, width), dtype=np.float32)
    for tile, table in zip(noise_tile(), tables, strict=True):
        noise += cut(tile, top, left, height, width) * cv2.LUT(place, table)
    shade = (np.clip(light, 0.0, 1.0) * np.float32(255) + np.float32(0.5)).astype(np.uint8)
    noise *= cv2.LUT(shade, grain.tone)
    return noise


def _recipe(grain: Grain, amount: float) -> NDArray[np.float32]:
    """(3, 256) factors on the tile's octaves that supply the missing grain at each weight."""
    w = np.linspace(0.0, 1.0, _KNOTS)[:, None]
    wanted = ((1.0 - w + w * amount) * grain.print_) ** 2
    there = ((1.0 - w + w * grain.kept) * grain.print_) ** 2 + (w * grain.new) ** 2
    factors = mix(np.maximum(wanted - there, 0.0))
    steps = np.linspace(0.0, 1.0, 256)
    return np.stack([np.interp(steps, w[:, 0], f) for f in factors.T]).astype(np.float32)


def _slope(light: NDArray[np.float32]) -> NDArray[np.float32]:
    """Steepness of a picture without its fine octaves, computed at a quarter of the size."""
    height, width = light.shape
    small_size = (max(width // 4, 2), max(height // 4, 2))
    small = cv2.resize(light, small_size, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), SIGMAS[-1] / 2.0)
    steep = np.abs(cv2.Sobel(small, cv2.CV_32F, 1, 0)) + np.abs(cv2.Sobel(small, cv2.CV_32F, 0, 1))
    slope: NDArray[np.float32] = cv2.resize(steep, (width, height))
    return slope


def _deviation(values: NDArray[np.float32]) -> float:
    """Standard deviation by the median, which edges and scratches do not move."""
    return float(np.median(np.abs(values))) / _MAD


def _tone_curve(size: NDArray[np.float32], light: NDArray[np.float32]) -> NDArray[np.float32]:
    """Grain at each brightness relative to all of it; held back where there are few samples."""
    overall = float(np.median(size))
    edges = np.quantile(light, np.linspace(0.0, 1.0, _TONES + 1))
    places, factors = [], []
    for low, high in itertools.pairwise(edges):
        chosen = (light >= low) & (light <= high)
        count = int(chosen.sum())
        if count == 0 or overall <= 0:
            continue
        trust = count / (count + 300.0)
        ratio = float(np.median(size[chosen])) / overall
        places.append(float(np.median(light[chosen])))
        factors.append(float(np.clip(1.0 + trust * (ratio - 1.0), 0.4, 2.0)))
    if not places:
        return np.ones(256, dtype=np.float32)
    return np.interp(np.linspace(0, 1, 256), places, factors).astype(np.float32)
