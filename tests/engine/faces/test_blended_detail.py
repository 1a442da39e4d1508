"""Fine detail and grain of the photograph come back in a blended face."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest
from faces_material import film, grey_of, one, scene, softened

from engine.faces.aligner import align
from engine.faces.blender import apply, blend
from engine.faces.tone import luma, prepare_crop

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.faces.tone import Mode

    Array = NDArray[Any]


def test_large_face_keeps_its_own_fine_detail() -> None:
    # Lines finer than the crop can carry, on a face whose restoration agrees with the input.
    photo, _, points = scene(420, size=2000, degrees=0)
    rng = np.random.default_rng(0)
    strands = cv2.GaussianBlur(rng.normal(0, 1, photo.shape[:2]), (0, 0), 1.2)
    photo = np.clip(photo + (30 * strands / strands.std())[..., None], 0, 255).astype(np.uint8)
    aligned = align(photo, points)
    assert aligned.scale < 0.35
    patch = blend(photo, aligned, aligned.crop, grain=0.0)
    assert np.abs(patch.pixels.astype(float) - photo[patch.box]).mean() < 1
    # A restoration that took the texture for noise keeps nearly none of it.
    clean = blend(photo, aligned, cv2.GaussianBlur(aligned.crop, (0, 0), 6), grain=0.0)

    def texture(pixels: Array) -> float:
        light = luma(pixels.astype(np.float32))
        rest: Array = light - cv2.GaussianBlur(light, (0, 0), 5)
        return float(rest[patch.mask == 1].std())

    assert texture(clean.pixels) < 0.4 * texture(photo[patch.box])


@pytest.mark.parametrize("mode", ["mono", "sepia", "colour"])
@pytest.mark.parametrize("eye_distance", [60, 126, 250])
def test_restored_face_gets_the_prints_grain(mode: Mode, eye_distance: float) -> None:
    size = round(eye_distance * 6)
    clean, _, points = scene(eye_distance, size=size)
    if mode == "mono":
        clean = grey_of(clean)
    noise = film(clean.shape[:2], 6, 0.7, 2)[..., None]
    photo = np.clip(np.rint(clean + noise), 0, 255).astype(np.uint8)
    aligned = align(photo, points)
    restored = prepare_crop(align(clean, points).crop, mode)
    kernel = 1 + 2 * round(eye_distance / 8)

    def graininess(pixels: Array) -> float:
        light = luma(pixels.astype(np.float32))
        rest = light - cv2.GaussianBlur(light, (kernel, kernel), 0)
        return rest[whole > 0.9].std()

    whole = np.zeros(photo.shape[:2], np.float32)
    patch = blend(photo, aligned, restored, mode=mode, grain=1.0)
    whole[patch.box] = patch.mask
    full = graininess(apply(photo, [patch])[0])
    none = graininess(one(photo, aligned, restored, mode=mode, grain=0.0))
    half = graininess(one(photo, aligned, restored, mode=mode, grain=0.5))
    assert full == pytest.approx(graininess(photo), rel=0.25)
    assert none < 0.45 * graininess(photo)
    assert none < half < full


def test_colour_noise_comes_back_in_colour() -> None:
    clean, _, points = scene(126, size=760)
    noise = np.stack([film(clean.shape[:2], 6, 0.7, seed) for seed in range(3)], axis=-1)
    photo = np.clip(np.rint(clean + noise), 0, 255).astype(np.uint8)
    patch = blend(photo, align(photo, points), align(clean, points).crop, grain=1.0)
    rest = (patch.pixels.astype(float) - clean[patch.box])[patch.mask > 0.95]
    np.testing.assert_allclose(rest.std(axis=0), 6, rtol=0.3)
    assert np.corrcoef(rest[:, 0], rest[:, 2])[0, 1] < 0.4


def test_seed_decides_the_grain() -> None:
    photo, _, points = scene(126, size=760)
    photo = np.clip(photo + film(photo.shape[:2], 6, 0.7, 1)[..., None], 0, 255).astype(np.uint8)
    aligned = align(photo, points)
    restored = softened(aligned.crop)
    first, again, other = (blend(photo, aligned, restored, grain=1.0, seed=s) for s in (7, 7, 8))
    np.testing.assert_array_equal(first.pixels, again.pixels)
    assert not np.array_equal(first.pixels, other.pixels)
