"""Mono, sepia or colour, on pictures that are made here."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from engine.photo_tone import detect_mode


def grey_scene(seed: int = 0) -> np.ndarray:
    """(96, 128) in [0, 1]: a ramp with discs and noise, all levels in use."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:96, 0:128]
    scene = 0.15 + 0.6 * x / 128 + rng.normal(0, 0.03, (96, 128))
    scene[np.hypot(x - 40, y - 40) < 22] += 0.2
    scene[np.hypot(x - 90, y - 60) < 25] -= 0.25
    return np.clip(scene, 0, 1)


def tinted(colour: tuple[float, float, float], seed: int = 0) -> np.ndarray:
    """A print of one tint: black, the colour, white."""
    grey = grey_scene(seed)[..., None]
    middle = np.array(colour) / 255
    scene = np.where(grey < 0.5, 2 * grey * middle, middle + (2 * grey - 1) * (1 - middle))
    return np.rint(scene * 255).astype(np.uint8)


def jpeg(pixels: np.ndarray, quality: int = 60) -> np.ndarray:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=quality)
    return np.asarray(Image.open(file))


def grey_rgb() -> np.ndarray:
    return np.repeat(np.rint(grey_scene() * 255).astype(np.uint8)[..., None], 3, axis=2)


@pytest.mark.parametrize("quality", [20, 60, 95])
def test_grey_stored_as_colour_is_mono(quality: int) -> None:
    assert detect_mode(jpeg(grey_rgb(), quality)) == "mono"


def test_small_chroma_noise_is_mono() -> None:
    noise = np.random.default_rng(1).integers(-5, 6, (768, 1024, 3))
    scan = np.kron(grey_rgb(), np.ones((8, 8, 1), dtype=int)) + noise
    assert detect_mode(np.clip(scan, 0, 255).astype(np.uint8)) == "mono"


def test_one_channel_is_mono() -> None:
    assert detect_mode(grey_rgb()[..., 0]) == "mono"
    assert detect_mode(np.zeros((1, 1, 3), dtype=np.uint8)) == "mono"


@pytest.mark.parametrize(
    "colour", [(150, 120, 85), (140, 120, 105), (110, 125, 150), (135, 115, 130)]
)
@pytest.mark.parametrize("quality", [60, 95])
def test_one_tint_of_any_hue_is_sepia(colour: tuple[float, float, float], quality: int) -> None:
    assert detect_mode(jpeg(tinted(colour), quality)) == "sepia"


def test_16_bit_is_judged_like_8_bit() -> None:
    assert detect_mode(tinted((150, 120, 85)).astype(np.uint16) * 257) == "sepia"
    assert detect_mode(grey_rgb().astype(np.uint16) * 257) == "mono"


def test_a_warm_colour_picture_is_colour() -> None:
    """Skin, wood and lamp light: all warm, but not one tint."""
    pixels = tinted((150, 120, 85)).astype(int)
    pixels[20:70, 20:60] += [25, -15, -10]
    assert detect_mode(np.clip(pixels, 0, 255).astype(np.uint8)) == "colour"


def test_a_coloured_thing_in_a_grey_picture_makes_it_colour() -> None:
    pixels = grey_rgb()
    pixels[40:60, 40:60] = (200, 40, 40)
    assert detect_mode(pixels) == "colour"


def test_two_tints_are_colour() -> None:
    pixels = tinted((150, 120, 85))
    pixels[:, 64:] = tinted((110, 125, 150))[:, 64:]
    assert detect_mode(pixels) == "colour"
