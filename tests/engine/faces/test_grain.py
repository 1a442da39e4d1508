from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest
from faces_material import film

from engine.faces.grain import find_surface, make, measure
from engine.faces.octaves import octaves

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.faces.grain import Grain

    Array = NDArray[Any]

SIZE = (420, 400)
STEP = 1 / 255


def shaded() -> Array:
    rows, columns = np.mgrid[: SIZE[0], : SIZE[1]].astype(np.float32)
    return 0.3 + 0.3 * columns / SIZE[1] + 0.1 * np.sin(rows / 60)


def measured(print_: Array, restored: Array, eye_distance: float = 125.0) -> Grain:
    weight = np.ones(SIZE, np.float32)
    surface = find_surface(print_, restored, weight, eye_distance, STEP)
    return measure(print_, restored, surface)


def added(
    print_: Array, restored: Array, amount: float = 1.0, weight: float = 1.0, seed: int = 0
) -> Array:
    grain = measured(print_, restored)
    rng = np.random.default_rng(seed)
    return make(grain, amount, np.full(SIZE, weight, np.float32), restored, rng)


def rounded(picture: Array) -> Array:
    return np.rint(picture * 255).astype(np.float32) / 255


@pytest.mark.parametrize("softness", [0, 0.7, 1.2])
@pytest.mark.parametrize("level", [3, 6, 10])
def test_flat_restored_face_gets_the_prints_grain(level: float, softness: float) -> None:
    noise = film(SIZE, level / 255, softness, 1)
    result = added(rounded(shaded() + noise), shaded())
    assert result.std() == pytest.approx(noise.std(), rel=0.25)
    # The correlation too: each octave is as strong as in the print.
    for ours, theirs in zip(octaves(result), octaves(noise), strict=True):
        assert ours.std() == pytest.approx(theirs.std(), rel=0.25)


def test_amount_scales_and_zero_adds_none() -> None:
    print_ = rounded(shaded() + film(SIZE, 6 / 255, 0.7, 1))
    full = added(print_, shaded()).std()
    assert added(print_, shaded(), amount=0.5).std() == pytest.approx(full / 2, rel=0.05)
    assert not added(print_, shaded(), amount=0.0).any()


def test_print_without_grain_gets_none() -> None:
    assert not measured(rounded(shaded()), shaded()).present
    assert not added(rounded(shaded()), shaded()).any()


def test_jpeg_blocks_are_not_grain() -> None:
    smooth = np.rint(shaded() * 255).astype(np.uint8)
    data = cv2.imencode(".jpg", smooth, [cv2.IMWRITE_JPEG_QUALITY, 15])[1]
    blocky = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE).astype(np.float32) / 255
    assert np.abs(blocky - shaded()).max() > 3 / 255
    assert added(blocky, shaded()).std() < 1 / 255


def test_scratches_are_not_grain() -> None:
    noise = film(SIZE, 4 / 255, 0.7, 1)
    scratched = shaded() + noise
    for column in range(20, 400, 45):
        scratched[:, column : column + 2] = 0.95
    assert added(rounded(scratched), shaded()).std() == pytest.approx(noise.std(), rel=0.3)


def test_what_the_restoration_kept_is_not_added_again() -> None:
    print_ = rounded(shaded() + film(SIZE, 6 / 255, 0.7, 1))
    assert added(print_, print_).std() < 0.5 / 255
    half = shaded() + 0.5 * (print_ - shaded())
    total = half + added(print_, half)
    assert (total - shaded()).std() == pytest.approx(6 / 255, rel=0.15)


@pytest.mark.parametrize("weight", [0.2, 0.5, 0.8])
def test_feather_is_as_grainy_as_both_sides(weight: float) -> None:
    noise = film(SIZE, 6 / 255, 0.7, 1)
    print_ = rounded(shaded() + noise)
    mixture = (1 - weight) * (print_ - shaded()) + added(print_, shaded(), weight=weight)
    assert mixture.std() == pytest.approx(noise.std(), rel=0.15)


def test_grain_follows_brightness() -> None:
    noise = film(SIZE, 1.0, 0.7, 1)
    light = shaded()
    strength = np.where(light > 0.48, 10 / 255, 4 / 255).astype(np.float32)
    result = added(rounded(light + strength * noise), light)
    bright, dark = result[light > 0.55].std(), result[light < 0.4].std()
    assert bright > 1.5 * dark


def test_burnt_out_background_does_not_hide_the_grain() -> None:
    noise = film(SIZE, 6 / 255, 0.7, 1)
    print_ = rounded(np.clip(shaded() + noise, 0, 1))
    print_[:, 250:] = 1.0
    restored = shaded()
    restored[:, 250:] = 1.0
    result = added(print_, restored)
    assert result[:, :200].std() == pytest.approx(noise.std(), rel=0.3)


def test_seed_decides() -> None:
    print_ = rounded(shaded() + film(SIZE, 6 / 255, 0.7, 1))
    np.testing.assert_array_equal(added(print_, shaded(), seed=5), added(print_, shaded(), seed=5))
    assert not np.array_equal(added(print_, shaded(), seed=5), added(print_, shaded(), seed=6))


def test_coarse_octaves_of_a_small_face_are_features_not_grain() -> None:
    print_ = rounded(shaded() + film(SIZE, 6 / 255, 2.5, 1))
    assert measured(print_, shaded(), 125.0).print_[2] > 0
    assert measured(print_, shaded(), 50.0).print_[2] == 0


def test_halftone_screen_is_held_back() -> None:
    rows, columns = np.mgrid[: SIZE[0], : SIZE[1]]
    screen = (0.3 * np.sin(rows * 1.3) * np.sin(columns * 1.3)).astype(np.float32)
    assert added(shaded() + screen, shaded()).std() < 0.08


def test_too_few_pixels_measure_nothing() -> None:
    tiny = np.full((10, 12), 0.5, np.float32)
    surface = find_surface(tiny, tiny, np.ones_like(tiny), 12.0, STEP)
    assert not measure(tiny, tiny, surface).present


def test_large_patch_repeats_the_tile() -> None:
    print_ = rounded(shaded() + film(SIZE, 6 / 255, 0.7, 1))
    grain = measured(print_, shaded())
    big = np.ones((1500, 1100), np.float32)
    result = make(grain, 1.0, big, 0.5 * big, np.random.default_rng(0))
    assert result.shape == big.shape
    assert result[1030:].std() == pytest.approx(result[:400].std(), rel=0.1)
