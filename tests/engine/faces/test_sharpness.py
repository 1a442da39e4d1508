from __future__ import annotations

import tarfile
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest
from faces_material import SHARED, film, landmarks, levels, painted

from engine.faces.aligner import align
from engine.faces.sharpness import sharpness

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Array = NDArray[Any]


@pytest.fixture(scope="module")
def crops() -> list[Array]:
    path = SHARED / "faces" / "val-512-00.tar"
    if not path.exists():
        pytest.skip("the shared validation faces are not here")
    found = []
    with tarfile.open(path) as archive:
        for member in archive.getmembers()[::8]:
            data = np.frombuffer(archive.extractfile(member).read(), np.uint8)
            pixels = cv2.imdecode(data, cv2.IMREAD_COLOR)
            if pixels is not None and pixels.shape[0] == 512:
                found.append(pixels[..., ::-1].astype(np.float32) / 255)
    assert len(found) > 15
    return found


def shrunk(crop: Array, factor: float) -> Array:
    small = cv2.resize(crop, None, fx=1 / factor, fy=1 / factor, interpolation=cv2.INTER_AREA)
    return cv2.resize(small, (512, 512), interpolation=cv2.INTER_CUBIC)


def mean(crops: list[Array], change: Callable[[Array], Array] = lambda crop: crop) -> float:
    return float(np.mean([sharpness(np.clip(change(crop), 0, 1)) for crop in crops]))


@pytest.mark.shared
def test_scale_runs_from_crisp_to_nothing(crops: list[Array]) -> None:
    scores = [mean(crops, lambda c, f=f: shrunk(c, f)) for f in (1, 4, 8, 16)]
    assert scores[0] > 0.75
    assert scores == sorted(scores, reverse=True)
    assert 0.5 < scores[1] < 0.8
    assert 0.2 < scores[2] < 0.45
    assert scores[3] < 0.05


@pytest.mark.shared
def test_every_face_loses_by_blur(crops: list[Array]) -> None:
    for crop in crops:
        assert sharpness(cv2.GaussianBlur(crop, (0, 0), 4)) < sharpness(crop) - 0.2


@pytest.mark.shared
@pytest.mark.parametrize("factor", [1, 4, 8])
def test_grain_never_passes_for_detail(crops: list[Array], factor: float) -> None:
    grain = film((512, 512), 12 / 255, 0, 1)[..., None]
    clean = mean(crops, lambda c: shrunk(c, factor))
    grainy = mean(crops, lambda c: shrunk(c, factor) + grain)
    assert clean - 0.2 < grainy < clean + 0.03


@pytest.mark.shared
@pytest.mark.parametrize("factor", [2, 4, 8])
def test_blocks_never_pass_for_detail(crops: list[Array], factor: float) -> None:
    def compressed(crop: Array) -> Array:
        side = 512 // factor
        small = levels(cv2.resize(crop, (side, side), interpolation=cv2.INTER_AREA))
        data = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 40])[1]
        small = cv2.imdecode(data, cv2.IMREAD_COLOR).astype(np.float32) / 255
        return cv2.resize(small, (512, 512), interpolation=cv2.INTER_CUBIC)

    assert mean(crops, compressed) == pytest.approx(
        mean(crops, lambda c: shrunk(c, factor)), abs=0.1
    )


@pytest.mark.shared
def test_contrast_is_not_sharpness(crops: list[Array]) -> None:
    assert mean(crops, lambda c: 0.3 + 0.4 * c) == pytest.approx(mean(crops), abs=0.02)


def test_flat_crop_has_no_detail() -> None:
    assert sharpness(np.full((512, 512, 3), 0.5, np.float32)) == 0


def test_tiny_face_scores_low() -> None:
    points = landmarks(12, 100, 100)
    face = align(levels(painted(points, 200, 200)), points)
    assert sharpness(face.crop) < 0.1
