"""The face detector as released, run the way users run it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest

from engine.backends.devices import choose
from engine.backends.onnx import OnnxBackend
from engine.faces import detector_looks as module
from engine.faces.detector import FLOOR, LEAST, Detector, default_on, why_off
from engine.faces.detector_looks import joined, looks, plausible, uncovered
from engine.faces.face import TEMPLATE_512, Face
from engine.models.store import BUNDLED, ModelStore

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector(ModelStore().graph("detector", "detector", OnnxBackend(choose("cpu"))))


@pytest.fixture(scope="module")
def portrait(samples: Path) -> NDArray[np.uint8]:
    coded = np.frombuffer((samples / "portrait-1.jpg").read_bytes(), np.uint8)
    return np.ascontiguousarray(cv2.imdecode(coded, cv2.IMREAD_COLOR)[..., ::-1])


def best(detector: Detector, pixels: NDArray[Any]) -> Face:
    found = [f for f in detector.detect(pixels) if default_on(f)]
    assert found, "no face was found"
    return max(found, key=lambda f: f.score)


def off(face: Face, points: NDArray[Any]) -> float:
    """Mean landmark distance in eye distances."""
    eyes = np.hypot(*(points[1] - points[0]))
    return float(np.hypot(*(face.landmarks - points).T).mean() / eyes)


def test_a_portrait_has_one_face_with_landmarks_in_order(
    detector: Detector, portrait: NDArray[np.uint8]
) -> None:
    on = [f for f in detector.detect(portrait) if default_on(f)]
    assert len(on) == 1
    x, y, w, h = on[0].box
    eye, other, nose, mouth, corner = on[0].landmarks
    assert eye[0] < nose[0] < other[0]
    assert max(eye[1], other[1]) < nose[1] < min(mouth[1], corner[1])
    assert mouth[0] < corner[0]
    assert x < eye[0]
    assert other[0] < x + w
    assert y < eye[1]
    assert mouth[1] < y + h
    assert on[0].box.dtype == on[0].landmarks.dtype == np.float32


def test_a_mirrored_portrait_gives_mirrored_landmarks(
    detector: Detector, portrait: NDArray[np.uint8]
) -> None:
    straight = best(detector, portrait)
    other = best(detector, np.ascontiguousarray(portrait[:, ::-1]))
    back = other.landmarks[[1, 0, 2, 4, 3]] * [-1, 1] + [portrait.shape[1], 0]
    assert off(straight, back) < 0.06


@pytest.mark.parametrize("degrees", [-25, 25])
def test_a_tilted_face_is_found_where_it_was_turned_to(
    detector: Detector, portrait: NDArray[np.uint8], degrees: float
) -> None:
    straight = best(detector, portrait)
    h, w = portrait.shape[:2]
    middle = straight.box[:2] + straight.box[2:] / 2
    turn = cv2.getRotationMatrix2D((float(middle[0]), float(middle[1])), degrees, 0.8)
    tilted = cv2.warpAffine(portrait, turn, (w, h), borderMode=cv2.BORDER_REPLICATE)
    face = best(detector, tilted)
    assert off(face, straight.landmarks @ turn[:, :2].T + turn[:, 2]) < 0.1


@pytest.mark.parametrize("longer", [3000, 1400, 300, 120])
def test_size_of_the_scan_does_not_matter(
    detector: Detector, portrait: NDArray[np.uint8], longer: int
) -> None:
    straight = best(detector, portrait)
    scale = longer / max(portrait.shape[:2])
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    face = best(detector, cv2.resize(portrait, None, fx=scale, fy=scale, interpolation=how))
    assert off(face, straight.landmarks * scale) < 0.1


@pytest.mark.parametrize("wear", ["grey", "sepia", "blurred", "noisy", "faded", "halftone"])
def test_worn_prints_keep_their_face(
    detector: Detector, portrait: NDArray[np.uint8], wear: str
) -> None:
    straight = best(detector, portrait)
    picture = portrait.astype(np.float32)
    grey = np.repeat(picture.mean(axis=2, keepdims=True), 3, axis=2)
    unit = float(straight.size)
    rng = np.random.default_rng(3)
    rows, columns = np.mgrid[: picture.shape[0], : picture.shape[1]] * (2 * np.pi * 50 / unit)
    screen = (np.cos(rows + columns) + np.cos(rows - columns))[..., None] * 30
    worn = {
        "grey": grey,
        "sepia": grey * [1.0, 0.85, 0.65],
        "blurred": cv2.GaussianBlur(picture, (0, 0), unit / 25),
        "noisy": picture + rng.normal(0, 25, picture.shape),
        "faded": 110 + grey * 0.35,
        "halftone": grey + screen,
    }[wear]
    face = best(detector, np.clip(worn, 0, 255).astype(np.uint8))
    assert off(face, straight.landmarks) < 0.12


def test_colours_are_read_as_rgb(portrait: NDArray[np.uint8]) -> None:
    canvas, _ = module.letterboxed(portrait, 1.0)
    h, w = portrait.shape[:2]
    back = np.round((canvas[0, :, :h, :w].transpose(1, 2, 0) + 1) * 127.5)
    assert np.array_equal(back.astype(np.uint8), portrait)


def test_small_faces_of_a_group_are_found(detector: Detector, portrait: NDArray[np.uint8]) -> None:
    straight = best(detector, portrait)
    scale = 40 / straight.size
    small = cv2.resize(portrait, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    h, w = small.shape[:2]
    group = np.full((h * 4 + 50, w * 5 + 60, 3), 120, np.uint8)
    for i in range(4):
        for j in range(5):
            group[10 + i * (h + 10) :, 10 + j * (w + 10) :][:h, :w] = small
    found = [f for f in detector.detect(group) if f.score >= FLOOR.confidence]
    assert len(found) == 20
    sizes = [f.box[2] * f.box[3] for f in found]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize(
    "shape", [(1, 1), (1, 2000), (2000, 1), (2, 3), (31, 33), (4000, 9), (33, 640)]
)
def test_odd_sizes_are_no_trouble(detector: Detector, shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(1)
    noise = rng.integers(0, 256, (*shape, 3), dtype=np.uint8)
    assert not [f for f in detector.detect(noise) if default_on(f)]


@pytest.mark.parametrize("picture", ["black", "white", "noise", "waves", "page"])
def test_pictures_without_faces_stay_without(detector: Detector, picture: str) -> None:
    rng = np.random.default_rng(8)
    y, x = np.mgrid[:480, :600].astype(np.float32)
    made: dict[str, NDArray[Any]] = {
        "black": np.zeros((480, 600)),
        "white": np.full((480, 600), 255),
        "noise": rng.normal(128, 50, (480, 600)),
        "waves": 128 + 60 * np.sin(x / 17) * np.cos(y / 23),
        "page": np.where((y % 24 < 10) & (np.sin(x * 0.7 + y // 24) > -0.2), 40, 235),
    }
    pixels = np.repeat(np.clip(made[picture], 0, 255).astype(np.uint8)[..., None], 3, axis=2)
    assert not [f for f in detector.detect(pixels) if default_on(f)]


def test_the_same_photograph_gives_the_same_faces(
    detector: Detector, portrait: NDArray[np.uint8]
) -> None:
    before = portrait.copy()
    once, again = detector.detect(portrait), detector.detect(portrait)
    assert np.array_equal(before, portrait)
    assert [f.score for f in once] == [f.score for f in again]
    assert all(np.array_equal(a.landmarks, b.landmarks) for a, b in zip(once, again, strict=True))


def face(score: float, eyes: float) -> Face:
    points = TEMPLATE_512 * (eyes / 126)
    return Face(np.array([0, 0, 3 * eyes, 4 * eyes], np.float32), points, score)


def test_the_floor_says_why() -> None:
    assert default_on(face(0.9, 30))
    assert "certain" in why_off(face(FLOOR.confidence - 0.01, 30))
    assert "small" in why_off(face(0.9, FLOOR.eyes - 1))
    assert why_off(face(0.9, 30)) == ""


def test_looks_fit_the_photograph() -> None:
    assert looks(480, 640)[0] == 1.0
    assert looks(3000, 4000)[0] * 4000 == module.FINE
    assert max(looks(1, 1)) == module.ENLARGE
    assert max(looks(2000, 4000)) * 4000 <= module.FINE


class Scripted:
    """A graph that answers with given rows."""

    def __init__(self, rows: NDArray[np.float32]) -> None:
        self.rows = rows

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        assert inputs["pixels"].shape[2] % 32 == inputs["pixels"].shape[3] % 32 == 0
        return {"faces": np.repeat(self.rows[None], len(inputs["pixels"]), axis=0)}


def row(score: float, x: float, y: float, size: float) -> NDArray[np.float32]:
    points = (TEMPLATE_512 - 128) / 256 * size + (x, y)
    return np.array([score, x, y, size, size, *points.ravel()], np.float32)


def test_rows_of_one_face_become_one_face() -> None:
    rows = np.stack([row(0.9, 100, 100, 80), row(0.8, 104, 100, 80), row(0.9, 300, 100, 80)])
    assert len(joined([(rows, 1.0)], LEAST)) == 2


def test_no_face_is_seen_between_two_heads() -> None:
    left, right = row(0.9, 100, 100, 80), row(0.85, 170, 90, 80)
    between, beside = row(0.8, 135, 95, 80), row(0.7, 160, 150, 80)
    kept = uncovered(np.stack([beside, between, right, left]))
    assert np.array_equal(kept, np.stack([left, right, beside]))


def test_what_only_one_look_saw_counts_less() -> None:
    rows = row(0.8, 100, 100, 80)[None]
    none = np.zeros((0, 15), np.float32)
    both, one = joined([(rows, 1.0), (rows, 0.5)], LEAST), joined([(rows, 1.0), (none, 0.5)], LEAST)
    assert both[0, 0] == pytest.approx(0.8)
    assert one[0, 0] < 0.75
    blind = joined([(rows, 1.0), (none, 0.01)], LEAST)  # too small for the second look
    assert blind[0, 0] == pytest.approx(0.8)


def test_points_that_make_no_face_are_refused() -> None:
    good = row(0.9, 100, 100, 80)
    box, points = good[1:5], good[5:].reshape(5, 2)
    assert plausible(box, points)
    assert not plausible(box, points + 200)
    assert not plausible(box, np.repeat(points[:1], 5, axis=0))
    assert not plausible(box, np.full((5, 2), np.nan, np.float32))
    swapped = points.copy()
    swapped[2] = points[:2].mean(0) - 2 * (points[3:].mean(0) - points[:2].mean(0))
    assert not plausible(box, swapped)
    bad = good.copy()
    bad[5:] = np.nan
    rows = np.stack([bad, good]) * np.array([1.0] + [0.5] * 14, np.float32)
    picture = np.zeros((640, 640, 3), np.uint8)
    found = Detector(Scripted(np.stack([rows[0]]))).detect(picture)
    assert found == []


def test_released_files_are_small() -> None:
    size = sum((BUNDLED / f).stat().st_size for f in ("detector.onnx", "detector.safetensors"))
    assert size < 2_000_000


@pytest.mark.shared
def test_agrees_with_the_teacher_on_old_photographs(
    detector: Detector, shared_photos: Path, teachers: Any
) -> None:
    from engine.training.evaluate_detector import in_folder, measure

    assert shared_photos.is_dir()
    assert callable(teachers.yunet)
    figures = measure(detector, in_folder("historic")[::4] + in_folder("old"))
    assert figures.found / figures.faces >= 0.97
    assert figures.unseen / figures.faces <= 0.1
    assert np.median(figures.steady) < 0.08
