from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest
from faces_material import film, landmarks, levels, painted, shared_faces

from engine.errors import FaceError
from engine.faces.aligner import align, embedder_crop, from_network, similarity, to_network
from engine.faces.face import TEMPLATE_512

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]


@pytest.mark.parametrize("degrees", [0.0, 17.0, -60.0, 180.0])
@pytest.mark.parametrize("eye_distance", [12.0, 60.0, 125.0, 300.0])
def test_landmarks_of_the_template_land_on_the_template(
    eye_distance: float, degrees: float
) -> None:
    points = landmarks(eye_distance, 700, 650, degrees)
    photo = levels(painted(points, 1300, 1400))
    face = align(photo, points)
    np.testing.assert_allclose(face.landmarks, TEMPLATE_512, atol=0.01)
    assert face.native_size == pytest.approx(eye_distance, rel=1e-6)
    assert face.scale == pytest.approx(125.92 / eye_distance, rel=1e-3)
    assert face.crop.shape == (512, 512, 3)
    assert face.crop.dtype == np.float32
    assert face.crop.min() >= 0
    assert face.crop.max() <= 1


@pytest.mark.parametrize(("eye_distance", "degrees"), [(125.92, 0), (40, 20), (290, -35)])
def test_crop_shows_the_face_where_the_matrix_says(eye_distance: float, degrees: float) -> None:
    # Bright dots on the landmarks must come out on the template, to a fraction of a pixel.
    points = landmarks(eye_distance, 900, 900, degrees)
    photo = np.zeros((1800, 1800, 3), np.float32)
    for x, y in points:
        reach = round(eye_distance * 0.2)
        rows, columns = np.mgrid[-reach : reach + 1, -reach : reach + 1]
        rows, columns = rows + round(y), columns + round(x)
        distance = (columns - x) ** 2 + (rows - y) ** 2
        photo[rows, columns] += np.exp(-distance / (2 * (0.05 * eye_distance) ** 2))[..., None]
    crop = align(levels(photo), points).crop[..., 1]
    for x, y in TEMPLATE_512:
        rows, columns = np.mgrid[-25:26, -25:26]
        rows, columns = rows + round(float(y)), columns + round(float(x))
        dot = crop[rows, columns]
        assert (dot * columns).sum() / dot.sum() == pytest.approx(x, abs=0.2)
        assert (dot * rows).sum() / dot.sum() == pytest.approx(y, abs=0.2)


def test_sixteen_bits_are_not_flattened() -> None:
    points = landmarks(80, 300, 300)
    unit = painted(points, 600, 600)
    fine = align(levels(unit, np.uint16), points).crop
    coarse = align(levels(unit), points).crop
    assert np.abs(fine - coarse).max() < 1.5 / 255
    assert len(np.unique(np.rint(fine * 65535))) > 4 * len(np.unique(levels(unit)))


def test_one_bad_landmark_does_not_tilt_the_face() -> None:
    good = landmarks(100, 400, 400, 10)
    for index in range(5):
        bad = good.copy()
        bad[index] += (90, -130)
        np.testing.assert_allclose(similarity(bad), similarity(good), atol=1e-6)


def test_turned_head_keeps_all_five_points() -> None:
    points = landmarks(100, 400, 400)
    points[2, 0] += 35
    points[[1, 4], 0] -= 20
    matrix = similarity(points)
    moved = points @ matrix[:, :2].T + matrix[:, 2]
    # Least squares over all five: the mean of the points is the mean of the template.
    np.testing.assert_allclose(moved.mean(axis=0), TEMPLATE_512.mean(axis=0), atol=1e-6)


def test_large_face_is_averaged_not_sampled() -> None:
    # Stripes finer than the crop's pixels must become grey, not moire.
    points = landmarks(760, 1600, 1700)
    photo = np.zeros((3300, 3300, 3), np.uint8)
    photo[:, ::3] = 255
    crop = align(photo, points).crop
    assert crop.std() < 0.03
    assert crop.mean() == pytest.approx(1 / 3, abs=0.02)


def test_size_of_the_photograph_does_not_matter() -> None:
    points = landmarks(90, 3000, 2000)
    photo = np.zeros((6000, 9000, 3), np.uint8)
    around = np.s_[1500:2500, 2500:3500]
    photo[around] = np.random.default_rng(0).integers(0, 255, (1000, 1000, 3), np.uint8)
    part = photo[around].copy()
    tracemalloc.start()
    crop = align(photo, points).crop
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < photo.nbytes / 8  # 162 MB in all
    offset = np.float32([2500, 1500])
    np.testing.assert_allclose(crop, align(part, points - offset).crop, atol=1e-3)


def test_face_at_the_border_is_reflected_and_told() -> None:
    points = landmarks(100, 60, 260)
    photo = levels(painted(points, 600, 600))
    face = align(photo, points)
    assert 0.2 < face.outside < 0.5
    assert face.crop[:, 0].mean() > 0.1  # reflected, not black
    assert align(photo, landmarks(60, 300, 300)).outside == 0


@pytest.mark.parametrize(
    ("points", "code"),
    [
        (np.full((5, 2), 100.0), "face-small"),
        (np.full((5, 2), np.nan), "face-landmarks"),
        (np.column_stack([np.arange(5) * 30.0, np.arange(5) * 10.0]), "face-landmarks"),
        (landmarks(80, 200, 200) * [-1, 1] + [400, 0], "face-landmarks"),
        (landmarks(80, 200, 200)[[3, 1, 4, 0, 2]], "face-landmarks"),
        (landmarks(80, 5000, 200), "face-outside"),
    ],
    ids=["one spot", "not numbers", "a line", "mirrored", "shuffled", "outside"],
)
def test_impossible_landmarks_are_refused_in_a_sentence(points: Array, code: str) -> None:
    with pytest.raises(FaceError) as caught:
        align(np.zeros((400, 400, 3), np.uint8), points)
    assert caught.value.code == code
    assert caught.value.sentence.endswith(".")


def test_wrong_shape_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="landmarks"):
        align(np.zeros((400, 400, 3), np.uint8), np.zeros((4, 2)))


def test_network_layout_goes_there_and_back() -> None:
    crop = np.random.default_rng(3).random((512, 512, 3), dtype=np.float32)
    array = to_network(crop)
    assert array.shape == (1, 3, 512, 512)
    assert array.dtype == np.float32
    assert array.flags["C_CONTIGUOUS"]
    assert array.min() >= -1
    assert array[0, 2, 5, 7] == pytest.approx(2 * crop[5, 7, 2] - 1)
    np.testing.assert_allclose(from_network(array), crop, atol=1e-6)
    assert from_network(array * 3).max() == 1


def test_embedder_crop_is_the_window_of_the_template() -> None:
    ramp = np.repeat(np.linspace(0, 1, 512, dtype=np.float32)[None, :, None], 512, 0)
    small = embedder_crop(np.repeat(ramp, 3, 2))
    assert small.shape == (112, 112, 3)
    step = 383.4 / 112
    places = 64.8 + (np.arange(112) + 0.5) * step - 0.5
    np.testing.assert_allclose(small[50, :, 1] * 511, places, atol=0.05)
    down = embedder_crop(np.ascontiguousarray(np.repeat(ramp, 3, 2).transpose(1, 0, 2)))
    places = 61.1 + (np.arange(112) + 0.5) * step - 0.5
    np.testing.assert_allclose(down[:, 50, 1] * 511, places, atol=0.05)


def test_embedder_crop_averages_areas() -> None:
    noise = film((512, 512), 0.1, 0, 5)
    small = embedder_crop(np.repeat(noise[..., None] + 0.5, 3, 2))
    assert small.std() < 0.04


@pytest.mark.shared
def test_every_shared_face_aligns_near_the_template() -> None:
    for folder, photo, points in shared_faces():
        face = align(photo, points)
        error = np.hypot(*(face.landmarks - TEMPLATE_512).T)
        assert error.mean() < 60, folder
        # Least squares: no worse than the peers' estimator on the same points.
        peer, _ = cv2.estimateAffinePartial2D(
            points.astype(np.float32), TEMPLATE_512, method=cv2.LMEDS
        )
        other = np.hypot(*(points @ peer[:, :2].T + peer[:, 2] - TEMPLATE_512).T)
        assert np.sqrt((error**2).mean()) <= np.sqrt((other**2).mean()) + 3
