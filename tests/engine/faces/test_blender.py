from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from faces_material import (
    film,
    grey_of,
    landmarks,
    levels,
    one,
    painted,
    scene,
    sharpened,
    softened,
    tinged,
)

from engine.errors import FaceError
from engine.faces.aligner import align
from engine.faces.blender import Patch, apply, blend
from engine.faces.tone import LUMA, luma, measure_tint, prepare_crop, to_encoded, to_linear

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.faces.tone import Mode

    Array = NDArray[Any]

DEPTHS = pytest.mark.parametrize("dtype", [np.uint8, np.uint16])


@DEPTHS
@pytest.mark.parametrize("eye_distance", [12, 40, 80, 126, 200])
@pytest.mark.parametrize("mode", ["mono", "sepia", "colour"])
def test_round_trip_is_faithful(eye_distance: float, mode: Mode, dtype: type) -> None:
    photo, _, points = scene(eye_distance, dtype=dtype)
    if mode == "mono":
        photo = grey_of(photo)
    aligned = align(photo, points)
    patch = blend(photo, aligned, prepare_crop(aligned.crop, mode), mode=mode, grain=1.0)
    grey_level = np.iinfo(dtype).max / 255
    error = np.abs(patch.pixels.astype(float) - photo[patch.box])
    # The painted face is no toned print: its one colour becomes a curve with small errors.
    assert error.mean() < (1.5 if mode == "sepia" else 0.3) * grey_level


@DEPTHS
@pytest.mark.parametrize("mode", ["mono", "sepia", "colour"])
def test_outside_the_mask_every_bit_stays(dtype: type, mode: Mode) -> None:
    photo, aligned, _ = scene(dtype=dtype)
    photo ^= np.random.default_rng(0).integers(0, 4, photo.shape).astype(dtype)
    before = photo.copy()
    patch = blend(photo, aligned, np.zeros_like(aligned.crop), mode=mode, grain=1.0)
    pixels, changed = apply(photo, [patch])
    np.testing.assert_array_equal(photo, before)
    assert pixels.dtype == dtype
    np.testing.assert_array_equal(pixels[~changed], photo[~changed])
    np.testing.assert_array_equal(changed[patch.box], patch.mask > 0)
    assert 0.05 < changed.mean() < 0.3
    assert (pixels != photo)[changed].any()


@DEPTHS
@pytest.mark.parametrize("mode", ["mono", "sepia", "colour"])
def test_strength_zero_is_the_input(dtype: type, mode: Mode) -> None:
    photo, aligned, _ = scene(dtype=dtype)
    patch = blend(photo, aligned, tinged(aligned.crop), strength=0, mode=mode)
    pixels, changed = apply(photo, [patch])
    np.testing.assert_array_equal(pixels, photo)
    assert not changed.any()


def test_strength_mixes_linearly() -> None:
    photo, aligned, _ = scene(dtype=np.uint16)
    options = {"grain": 0.0, "mode": "colour"}
    full = one(photo, aligned, sharpened(aligned.crop), **options).astype(float)
    half = one(photo, aligned, sharpened(aligned.crop), strength=0.5, **options)
    assert np.abs(half - (photo + full) / 2).max() < 2


@DEPTHS
def test_mono_stays_grey(dtype: type) -> None:
    photo, _, points = scene(dtype=dtype)
    photo = grey_of(photo)
    aligned = align(photo, points)
    pixels = one(photo, aligned, tinged(aligned.crop), mode="mono", grain=1.0)
    np.testing.assert_array_equal(pixels[..., 0], pixels[..., 1])
    np.testing.assert_array_equal(pixels[..., 0], pixels[..., 2])


@DEPTHS
def test_mono_takes_the_colour_out_of_a_colour_photograph(dtype: type) -> None:
    photo, aligned, _ = scene(dtype=dtype)
    patch = blend(photo, aligned, aligned.crop, mode="mono", grain=1.0)
    core = patch.pixels[patch.mask == 1].astype(int)
    assert core.size
    assert np.ptp(core, axis=1).max() <= 1


def test_faint_cast_of_the_paper_stays_in_mono() -> None:
    photo, _, points = scene()
    photo = np.clip(grey_of(photo) + np.array([4, 0, -6]), 0, 255).astype(np.uint8)
    aligned = align(photo, points)
    patch = blend(photo, aligned, prepare_crop(aligned.crop, "mono"), mode="mono", grain=0)
    core = patch.pixels[patch.mask == 1].astype(int)
    assert np.abs(core[:, 0] - core[:, 1] - 4).max() <= 1
    assert np.abs(core[:, 2] - core[:, 1] + 6).max() <= 1


@DEPTHS
def test_sepia_stays_on_the_prints_tint(dtype: type) -> None:
    points = landmarks(100, 300, 300)
    light = luma(painted(points, 600, 600))
    light = np.clip(light + film(light.shape, 4 / 255, 0.7, 3), 0, 1)
    chroma = np.stack([0.35 * light * (1 - light), 0 * light, -0.5 * light * (1 - light)], -1)
    print_ = (light[..., None] + chroma - (chroma @ LUMA)[..., None]).astype(np.float32)
    photo = levels(print_, dtype)
    aligned = align(photo, points)
    restored = sharpened(aligned.crop) * np.float32([0.8, 1.0, 1.2])  # blue: a network's fancy
    patch = blend(photo, aligned, np.clip(restored, 0, 1), mode="sepia", grain=0.5)
    new = patch.pixels.astype(np.float32) / np.iinfo(dtype).max
    new_light = luma(new)
    expected = measure_tint(print_).chroma(new_light)
    off = np.abs(new - new_light[..., None] - expected)[patch.mask > 0.01]
    # Sharpening made brightness that the print does not have; the curve ends level there.
    assert off.max() < 8 / 255
    assert np.percentile(off, 99) < 3 / 255
    assert off.mean() < 0.5 / 255


@pytest.mark.parametrize("place", [(40, 300), (590, 300), (300, 30), (300, 585), (20, 20)])
def test_face_at_the_edge_of_the_photograph(place: tuple[float, float] | None) -> None:
    photo, aligned, _ = scene(90, place=place)
    assert aligned.outside > 0.1
    patch = blend(photo, aligned, tinged(aligned.crop), grain=0.5)
    whole = np.zeros(photo.shape[:2], np.float32)
    whole[patch.box] = patch.mask
    for edge in (whole[0], whole[-1], whole[:, 0], whole[:, -1]):
        assert not edge.any()
    assert whole.max() > 0.9
    # The reflected half must not spoil the tone of the real one.
    unchanged = one(photo, aligned, aligned.crop, grain=0.5)
    assert np.abs(unchanged.astype(float) - photo)[whole > 0].mean() < 0.5


@pytest.mark.parametrize("nose", [-40, 40])
def test_turned_face_blends(nose: float) -> None:
    points = landmarks(100, 300, 300)
    points[2, 0] += nose
    photo = levels(painted(points, 600, 600))
    aligned = align(photo, points)
    patch = blend(photo, aligned, sharpened(aligned.crop))
    assert patch.mask.max() == 1
    assert not patch.mask[[0, -1]].any()
    assert not patch.mask[:, [0, -1]].any()


def test_tiny_face_is_averaged_not_sampled() -> None:
    photo, aligned, _ = scene(12, size=120)
    rng = np.random.default_rng(0)
    restored = np.clip(aligned.crop + rng.normal(0, 0.2, (512, 512, 1)), 0, 1).astype(np.float32)
    patch = blend(photo, aligned, restored, grain=0.0)
    # Ten crop pixels make one of the photograph: noise of 51 levels must fall to about 5.
    difference = (patch.pixels.astype(float) - photo[patch.box])[patch.mask > 0.9]
    assert difference.std() < 8


def test_overlapping_faces_share_their_pixels_in_any_order() -> None:
    photo = np.full((600, 700, 3), 128, np.uint8)
    faces = [align(photo, landmarks(90, x, 300)) for x in (270, 400)]
    values = (0.3, 0.7)
    patches = []
    for face, value in zip(faces, values, strict=True):
        patch = blend(photo, face, face.crop, grain=0)
        pixels = (128 + patch.mask[..., None] * (value * 255 - 128)).astype(np.uint8)
        patches.append(Patch(patch.x, patch.y, np.repeat(pixels, 3, 2)[..., :3], patch.mask))
    one_way, changed = apply(photo, patches)
    other_way, same = apply(photo, patches[::-1])
    assert np.abs(one_way.astype(int) - other_way).max() <= 1
    np.testing.assert_array_equal(changed, same)
    slope = np.abs(np.diff(one_way[300, :, 0].astype(int)))
    assert slope.max() < 8  # no edge where one face's rectangle or mask ends


def test_results_that_are_no_picture_are_refused() -> None:
    photo, aligned, _ = scene()
    broken = aligned.crop.copy()
    broken[100, 100] = np.nan
    with pytest.raises(FaceError, match="not a picture"):
        blend(photo, aligned, broken)
    with pytest.raises(ValueError, match="512"):
        blend(photo, aligned, broken[:256, :256])


def test_results_beyond_the_range_are_clipped_not_wrapped() -> None:
    photo, aligned, _ = scene()
    patch = blend(photo, aligned, aligned.crop * 1.2 - 0.1, grain=0)
    assert np.abs(patch.pixels.astype(int) - photo[patch.box]).max() < 60


def test_bytes_and_floats_give_the_same_patch() -> None:
    photo, aligned, _ = scene()
    as_bytes = levels(softened(aligned.crop))
    floats = as_bytes.astype(np.float32) / 255
    a, b = (blend(photo, aligned, crop) for crop in (as_bytes, floats))
    np.testing.assert_array_equal(a.pixels, b.pixels)


def test_colour_cast_of_a_network_does_not_reach_the_photograph() -> None:
    photo, aligned, _ = scene(126, size=760)
    cast = np.clip(to_encoded(to_linear(aligned.crop) * np.float32([1.3, 0.9, 0.7])), 0, 1)
    patch = blend(photo, aligned, cast, grain=0)
    core = patch.mask > 0.9
    difference = patch.pixels[core].astype(float) - photo[patch.box][core]
    assert np.abs(difference.mean(axis=0)).max() < 2
    assert np.abs(levels(cast).astype(float) - levels(aligned.crop)).mean() > 8


def test_only_what_lies_around_the_face_is_worked_on() -> None:
    photo = np.zeros((9000, 12000, 3), np.uint8)
    points = landmarks(126, 2000, 1500)
    face = painted(landmarks(126, 500, 500), 1000, 1000)
    photo[1000:2000, 1500:2500] = levels(face + film((1000, 1000), 0.02, 0.7, 0)[..., None])
    aligned = align(photo, points)
    restored = softened(aligned.crop)
    tracemalloc.start()
    blend(photo, aligned, restored)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < photo.nbytes / 4  # 324 MB in all
    part = photo[1000:2000, 1500:2500].copy()
    offset = np.float32([1500, 1000])
    near = blend(part, align(part, points - offset), restored, grain=0)
    far = blend(photo, aligned, restored, grain=0)  # its grain lies otherwise in the other place
    assert np.abs(near.pixels.astype(int) - far.pixels).max() <= 1
