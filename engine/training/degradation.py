"""What time, small cameras and compression do to a face.

The chain is the literature's: ``y = Up512(JPEG_q(Down_s(x * k) + n))`` (CodeFormer, GFPGAN,
RestoreFormer), widened by what old prints have: fading, tint, halftone,
scratches, dust, film grain. Two kinds of change are kept apart. *Tone* (fading, sepia, contrast)
belongs to the print and is put on target and input alike: restoring a face does not recolour the
photograph. *Damage* is put on the input alone.

Everything is drawn from a `numpy.random.Generator`, so a seed reproduces a sample to the bit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from numpy.random import Generator

Image = NDArray[np.float32]
Range = tuple[float, float]


@dataclass(frozen=True)
class Damage:
    """Ranges that a sample is drawn from; equal ends make it deterministic.

    Attributes:
        blur: Gaussian sigma in pixels at 512, log-uniform.
        down: down-sampling factor, log-uniform.
        noise: Gaussian noise of 255, uniform.
        jpeg: quality, uniform.
        anisotropic: probability that the kernel is anisotropic.
        motion: probability of a motion blur on top.
        grain: probability of correlated film grain (in place of part of the noise).
        print_damage: probability of halftone, scratches and dust.
        tone: probability of a print's tone (fading, sepia, grey, contrast).
    """

    blur: Range = (0.3, 8.0)
    down: Range = (1.0, 20.0)
    noise: Range = (0.0, 18.0)
    jpeg: Range = (35.0, 96.0)
    anisotropic: float = 0.4
    motion: float = 0.05
    grain: float = 0.2
    print_damage: float = 0.1
    tone: float = 0.3


def _exactly(blur: float, down: float, noise: float, jpeg: float) -> Damage:
    return Damage((blur, blur), (down, down), (noise, noise), (jpeg, jpeg), 0, 0, 0, 0, 0)


#: The named presets. The first three are the fixed strengths that every evaluation reports.
PRESETS: dict[str, Damage] = {
    "mild": _exactly(1.5, 4, 4, 80),
    "standard": _exactly(3, 8, 8, 60),
    "severe": _exactly(6, 16, 12, 40),
    "train": Damage(),
    "train-severe": Damage(blur=(1.0, 10.0), down=(3.0, 24.0)),
    "train-mild": Damage(blur=(0.3, 3.0), down=(1.0, 6.0), noise=(0, 10), jpeg=(55.0, 98.0)),
    "codeformer-large": Damage((1, 15), (4, 30), (0, 20), (30, 80), 0.5, 0, 0, 0, 0),
    "codeformer-small": Damage((0.1, 10), (1, 12), (0, 15), (60, 100), 0.5, 0, 0, 0, 0),
}
STRENGTHS = ("mild", "standard", "severe")


def degrade(
    clean: NDArray[np.uint8], damage: Damage, rng: Generator, *, unit: float | None = None
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Damage one face.

    Args:
        clean: (S, S, 3) uint8 RGB, a whole face or a part of one.
        damage: the ranges to draw from.
        rng: the only source of randomness.
        unit: size of a pixel of the 512 template in pixels of `clean`; S/512 for a whole face.

    Returns:
        (target, input), both (S, S, 3) uint8: the clean face with the print's tone, and the
        damaged one at the same size.
    """
    target, small = shrink(clean, damage, rng, unit=unit)
    return target, enlarge(small, clean.shape[0])


def shrink(
    clean: NDArray[np.uint8], damage: Damage, rng: Generator, *, unit: float | None = None
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """As `degrade`, but the damaged face stays as small as the camera made it.

    Returns:
        (target, small): (S, S, 3) and (s, s, 3) uint8.
    """
    side = clean.shape[0]
    unit = side / 512.0 if unit is None else unit
    target = clean.astype(np.float32) / 255.0
    if rng.random() < damage.tone:
        target = tone(target, rng)
    marked = rng.random() < damage.print_damage
    worn = print_damage(target, rng) if marked else target
    worn = _blur(worn, damage, unit, rng)
    factor = _log_uniform(damage.down, rng)
    small = max(8, round(side / max(1.0, factor * unit)))
    if small != side:
        worn = _resize(worn, small, rng, fixed=damage.anisotropic == 0)
    worn = _noise(worn, rng.uniform(*damage.noise), damage, rng)
    quality = int(rng.integers(int(damage.jpeg[0]), int(damage.jpeg[1]) + 1))
    return _bytes(target), _jpeg(_bytes(worn), quality)


def enlarge(small: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """Bilinear enlargement to (side, side, 3), the last link of the literature's chain."""
    if small.shape[0] == side:
        return small
    return np.asarray(cv2.resize(small, (side, side), interpolation=cv2.INTER_LINEAR), np.uint8)


def tone(image: Image, rng: Generator) -> Image:
    """A print's look: grey or sepia, fading, contrast, gamma, colour cast. (S, S, 3) in [0, 1]."""
    kind = rng.random()
    if kind < 0.6:
        grey = image @ np.array([0.299, 0.587, 0.114], np.float32)
        image = np.repeat(grey[..., None], 3, axis=2)
        if kind > 0.35:
            blue = rng.uniform(0.55, 0.95)
            tint = np.array([1.0, 0.5 + 0.5 * blue, blue], np.float32)
            image = image ** (1.0 / tint) * (0.6 + 0.4 * tint)
    else:
        image = image * rng.uniform(0.85, 1.1, 3).astype(np.float32)
    low, high = rng.uniform(0, 0.18), rng.uniform(0.8, 1.0)
    image = np.clip(image, 0, 1) ** np.float32(rng.uniform(0.75, 1.3))
    return np.asarray(np.clip(low + image * (high - low), 0, 1), np.float32)


def print_damage(image: Image, rng: Generator) -> Image:
    """A halftone screen, or scratches and dust, on a (S, S, 3) image in [0, 1]."""
    if rng.random() < 0.3:
        return _halftone(image, rng)
    return scratches(image, rng)


def scratches(image: Image, rng: Generator) -> Image:
    """Light or dark scratches, creases and dust on a (S, S, 3) image in [0, 1]."""
    side = image.shape[0]
    mask = np.zeros((side, side), np.uint8)
    for _ in range(int(rng.integers(1, 7))):
        steps = rng.normal(0, side / 12, (int(rng.integers(2, 6)), 2))
        line = np.cumsum(steps, axis=0) + rng.uniform(0, side, 2)
        points = np.round(line).astype(np.int32)[None]
        cv2.polylines(mask, [points], False, 255, int(rng.integers(1, 4)), cv2.LINE_AA)
    for _ in range(int(rng.integers(0, 40))):
        centre = tuple(int(v) for v in rng.integers(0, side, 2))
        cv2.circle(mask, centre, int(rng.integers(1, 4)), 255, -1, cv2.LINE_AA)
    alpha = (mask.astype(np.float32) / 255.0 * np.float32(rng.uniform(0.4, 1.0)))[..., None]
    colour = np.float32(rng.uniform(0.75, 1.0) if rng.random() < 0.7 else rng.uniform(0, 0.25))
    return np.asarray(image * (1 - alpha) + colour * alpha, np.float32)


def _halftone(image: Image, rng: Generator) -> Image:
    side = image.shape[0]
    period = rng.uniform(3.0, 7.0) * side / 512
    angle = rng.uniform(0, np.pi / 2)
    y, x = np.mgrid[0:side, 0:side].astype(np.float32) * np.float32(2 * np.pi / period)
    c, s = np.float32(np.cos(angle)), np.float32(np.sin(angle))
    screen = (np.cos(c * x + s * y) + np.cos(c * y - s * x)) / 4 + 0.5
    grey = image.mean(axis=2)
    hard = np.float32(rng.uniform(3, 8))
    dots = 1 / (1 + np.exp(-hard * (grey - (1 - screen)) * 2))
    mix = np.float32(rng.uniform(0.3, 0.8))
    return np.asarray(image * (1 - mix) + dots[..., None] * mix, np.float32)


def _blur(image: Image, damage: Damage, unit: float, rng: Generator) -> Image:
    sigma = _log_uniform(damage.blur, rng) * unit
    other = _log_uniform(damage.blur, rng) * unit if rng.random() < damage.anisotropic else sigma
    angle = rng.uniform(0, np.pi)
    side = image.shape[0]
    # A wide slanted kernel on a half-size picture gives nearly the same for a quarter of the work.
    half = sigma != other and min(sigma, other) > 3.0
    if half:
        image = np.asarray(
            cv2.resize(image, (side // 2, side // 2), interpolation=cv2.INTER_AREA), np.float32
        )
        sigma, other = sigma / 2, other / 2
    if sigma == other:
        image = np.asarray(
            cv2.GaussianBlur(image, (0, 0), sigma, borderType=cv2.BORDER_REFLECT_101), np.float32
        )
    else:
        image = np.asarray(
            cv2.filter2D(image, -1, _gaussian(sigma, other, angle), borderType=cv2.BORDER_REFLECT),
            np.float32,
        )
    if rng.random() < damage.motion:
        length = int(rng.integers(3, 15))
        kernel = np.zeros((length, length), np.float32)
        end = np.array([np.cos(angle), np.sin(angle)]) * length / 2
        centre = np.full(2, (length - 1) / 2)
        a, b = np.round(centre - end).astype(int), np.round(centre + end).astype(int)
        cv2.line(kernel, (int(a[0]), int(a[1])), (int(b[0]), int(b[1])), 1.0)
        image = np.asarray(cv2.filter2D(image, -1, kernel / max(kernel.sum(), 1)), np.float32)
    if half:
        image = np.asarray(
            cv2.resize(image, (side, side), interpolation=cv2.INTER_LINEAR), np.float32
        )
    return image


def _gaussian(sigma_x: float, sigma_y: float, angle: float) -> NDArray[np.float32]:
    radius = int(min(20, np.ceil(3 * max(sigma_x, sigma_y))))
    y, x = np.mgrid[-radius : radius + 1, -radius : radius + 1].astype(np.float32)
    u = np.cos(angle) * x + np.sin(angle) * y
    v = np.cos(angle) * y - np.sin(angle) * x
    kernel = np.exp(-0.5 * ((u / sigma_x) ** 2 + (v / sigma_y) ** 2))
    return np.asarray(kernel / kernel.sum(), np.float32)


def _resize(image: Image, side: int, rng: Generator, *, fixed: bool) -> Image:
    how = cv2.INTER_LINEAR
    if not fixed:
        how = (cv2.INTER_LINEAR, cv2.INTER_AREA, cv2.INTER_CUBIC)[int(rng.integers(3))]
    return np.asarray(cv2.resize(image, (side, side), interpolation=how), np.float32)


def _noise(image: Image, sigma: float, damage: Damage, rng: Generator) -> Image:
    amount: Image = np.full((1, 1, 1), sigma / 255.0, np.float32)
    if sigma <= 0:
        return image
    grey_image = float(np.abs(image[..., 0] - image[..., 2]).max()) < 1e-3
    channels = 1 if grey_image or rng.random() < damage.grain else 3
    noise = rng.standard_normal((*image.shape[:2], channels), np.float32)
    if rng.random() < damage.grain:
        noise = np.asarray(cv2.GaussianBlur(noise, (0, 0), rng.uniform(0.4, 1.2)), np.float32)
        noise = noise.reshape(*image.shape[:2], -1)
        noise /= noise.std() + 1e-6
    if rng.random() < damage.grain:  # signal-dependent, as photons and film are
        amount = np.asarray(amount * 1.6 * np.sqrt(np.clip(image, 0.02, 1.0)), np.float32)
    return np.asarray(image + noise * amount, np.float32)


def _jpeg(image: NDArray[np.uint8], quality: int) -> NDArray[np.uint8]:
    ok, coded = cv2.imencode(".jpg", image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    decoded = cv2.imdecode(coded, cv2.IMREAD_COLOR)
    assert ok
    assert decoded is not None
    return np.asarray(decoded[..., ::-1], np.uint8)


def _bytes(image: Image) -> NDArray[np.uint8]:
    return np.asarray(np.clip(image, 0, 1) * 255 + 0.5, np.uint8)


def _log_uniform(bounds: Range, rng: Generator) -> float:
    low, high = bounds
    return float(low if low == high else np.exp(rng.uniform(np.log(low), np.log(high))))
