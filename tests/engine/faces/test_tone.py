from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from faces_material import film, landmarks, painted

from engine.faces.face import TEMPLATE_512
from engine.faces.mask import face_mask
from engine.faces.tone import (
    LUMA,
    luma,
    match_tone,
    measure_tint,
    prepare_crop,
    to_encoded,
    to_linear,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.faces.tone import Mode

    Array = NDArray[Any]

MASK = face_mask(TEMPLATE_512)


@pytest.fixture
def crop() -> Array:
    return painted(landmarks(125.9, 256.6, 314), 512, 512)


def inside_mean(crop: Array) -> Array:
    return (to_linear(crop) * MASK[..., None]).sum(axis=(0, 1)) / MASK.sum()


def test_linear_light_is_srgb() -> None:
    x = np.array([0.0, 0.02, 0.04045, 0.5, 1.0], dtype=np.float32)
    np.testing.assert_allclose(
        to_linear(x), [0.0, 0.02 / 12.92, 0.0031308, 0.2140411, 1.0], atol=2e-4
    )
    ramp = np.linspace(0, 1, 5000, dtype=np.float32)
    np.testing.assert_allclose(to_encoded(to_linear(ramp)), ramp, atol=3e-4)
    np.testing.assert_array_equal(to_encoded(np.float32([-1, 2])), [0, 1])


def test_matching_a_crop_to_itself_changes_nothing(crop: Array) -> None:
    change = np.abs(match_tone(crop, crop, MASK) - crop)
    assert change.mean() < 0.1 / 255
    assert change.max() < 3 / 255  # the darkest thousandth may be bent towards the rest


@pytest.mark.parametrize("cast", [(1.15, 0.95, 0.8), (0.7, 0.7, 0.7), (1.3, 1.2, 1.25)])
def test_colour_cast_and_exposure_are_taken_back(
    crop: Array, cast: tuple[float, float, float]
) -> None:
    shifted = np.clip(to_encoded(to_linear(crop) * np.float32(cast)), 0, 1)
    matched = match_tone(shifted, crop, MASK)
    np.testing.assert_allclose(inside_mean(matched), inside_mean(crop), rtol=0.02)
    assert np.abs(matched - crop)[MASK > 0.5].mean() < 0.01
    assert np.abs(shifted - crop)[MASK > 0.5].mean() > 0.02  # the test has teeth


def test_harder_contrast_is_softened_to_the_print(crop: Array) -> None:
    faded = 0.4 + 0.3 * crop
    matched = match_tone(np.clip(crop * 1.1 - 0.05, 0, 1), faded, MASK)
    chosen = MASK > 0.5
    assert luma(matched)[chosen].std() < 1.35 * luma(faded)[chosen].std()
    assert luma(crop)[chosen].std() > 2 * luma(faded)[chosen].std()


def test_hair_of_a_faded_print_keeps_its_fading(crop: Array) -> None:
    # Dark parts of a faded print differ by a large factor from the restored ones; no damage.
    dark = crop.copy()
    dark[:, 330:] *= 0.15
    faded = 0.35 + 0.4 * dark
    matched = match_tone(dark, faded, MASK)
    assert np.abs(matched - faded)[MASK > 0.02].mean() < 0.02
    assert np.abs(matched - faded)[:, 360:][MASK[:, 360:] > 0.02].mean() < 0.03


def test_result_never_overshoots(crop: Array) -> None:
    faded = 0.3 + 0.4 * crop
    wild = np.clip(crop + film((512, 512), 0.3, 1, 2)[..., None], 0, 1).astype(np.float32)
    matched = match_tone(wild, faded, MASK)
    room = 0.3 * float(np.ptp(faded))
    seen = matched[MASK > 0]
    assert seen.min() > faded.min() - room
    assert seen.max() < faded.max() + room


def test_crack_across_the_face_is_not_taken_for_light(crop: Array) -> None:
    cracked = crop.copy()
    cracked[290:306] = 0.98
    matched = match_tone(crop, cracked, MASK)
    away = (MASK > 0.5).copy()
    assert np.abs(matched - crop)[away].max() < 0.06


def test_detail_survives(crop: Array) -> None:
    detailed = np.clip(crop + film((512, 512), 0.05, 1, 4)[..., None], 0, 1).astype(np.float32)
    matched = match_tone(detailed, crop, MASK)
    fine = (matched - crop)[MASK > 0.5]
    assert 0.7 * 0.05 < fine.std() < 1.2 * 0.05


def test_mono_crop_is_a_single_channel(crop: Array) -> None:
    grey = luma(crop)
    matched = match_tone(np.clip(grey * 0.8, 0, 1), grey, MASK)
    assert matched.shape == (512, 512)
    assert np.abs(matched - grey)[MASK > 0.5].mean() < 0.01


@pytest.mark.parametrize("mode", ["mono", "sepia"])
def test_networks_see_grey_for_prints_without_colour(crop: Array, mode: Mode) -> None:
    grey = prepare_crop(crop, mode)
    assert grey.shape == crop.shape
    np.testing.assert_array_equal(grey[..., 0], grey[..., 1])
    np.testing.assert_array_equal(grey[..., 0], grey[..., 2])
    np.testing.assert_allclose(grey[..., 0], crop @ LUMA, atol=1e-6)


def test_networks_see_colour_as_it_is(crop: Array) -> None:
    assert prepare_crop(crop, "colour") is crop


def test_tint_curve_is_the_prints_own() -> None:
    light = np.linspace(0.15, 0.85, 300, dtype=np.float32)[None].repeat(50, 0)

    def toned(x: Array) -> Array:
        chroma = np.stack([0.12 * x * (1 - x) * 4, 0 * x, -0.2 * x * (1 - x) * 4], axis=-1)
        chroma -= (chroma @ LUMA)[..., None]
        return chroma

    tint = measure_tint((light[..., None] + toned(light)).astype(np.float32))
    asked = np.linspace(0.2, 0.8, 61, dtype=np.float32)[None]
    np.testing.assert_allclose(tint.chroma(asked), toned(asked), atol=0.006)
    everywhere = tint.chroma(np.linspace(0, 1, 256, dtype=np.float32)[None])
    np.testing.assert_allclose(everywhere @ LUMA, 0, atol=1e-6)
    assert np.isfinite(everywhere).all()
    assert np.abs(np.diff(everywhere, axis=1)).max() < 0.02  # no jumps where the print is silent


def test_tint_of_a_grey_print_is_none() -> None:
    grey = np.repeat(np.random.default_rng(0).random((40, 40, 1), dtype=np.float32), 3, 2)
    np.testing.assert_allclose(measure_tint(grey).curve, 0, atol=1e-6)
