"""Made-up faces and the shared photographs, for the tests of this folder."""

from __future__ import annotations

import functools
import importlib.util
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest

from engine.faces.aligner import align
from engine.faces.blender import apply, blend
from engine.faces.face import TEMPLATE_512

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.faces.aligner import AlignedFace

    Array = NDArray[Any]

SHARED = Path(os.environ.get("LIKENESS_SHARED", Path(__file__).resolve().parents[4] / "shared"))
PHOTOS = ("family", "historic", "old")


def landmarks(eye_distance: float, x: float, y: float, degrees: float = 0.0) -> NDArray[np.float64]:
    """The template, `eye_distance` wide, turned, with its nose at (x, y)."""
    points = (TEMPLATE_512 - TEMPLATE_512[2]).astype(np.float64)
    points *= eye_distance / np.hypot(*(points[1] - points[0]))
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return points @ np.array([[c, s], [-s, c]]) + (x, y)


def painted(points: NDArray[np.float64], height: int, width: int) -> NDArray[np.float32]:
    """(height, width, 3) in [0, 1]: a face of shaded blobs on a shaded ground."""
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    size = float(np.hypot(*(points[1] - points[0])))

    def blob(x: float, y: float, radius: float) -> NDArray[np.float32]:
        return np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * (radius * size) ** 2))

    ground = 0.35 + 0.2 * columns / width + 0.1 * rows / height
    grey = ground + 0.3 * blob(points[2, 0], points[2, 1], 0.9)
    for (x, y), radius, depth in zip(
        points, (0.12, 0.12, 0.1, 0.12, 0.12), (0.4, 0.4, 0.1, 0.25, 0.25), strict=True
    ):
        grey = grey - depth * blob(x, y, radius)
    colour = np.array([1.0, 0.85, 0.75], dtype=np.float32)
    return np.clip(grey[..., None] * colour, 0.02, 0.98).astype(np.float32)


def levels(unit: NDArray[Any], dtype: type = np.uint8) -> NDArray[Any]:
    top = np.iinfo(dtype).max
    return np.clip(np.rint(unit * top), 0, top).astype(dtype)


def grey_of(photo: NDArray[Any]) -> NDArray[Any]:
    return np.repeat(photo[..., 1:2], 3, axis=2)


def film(shape: tuple[int, int], sigma: float, softness: float, seed: int) -> NDArray[np.float32]:
    """(h, w) noise of a standard deviation and a spatial correlation."""
    noise = np.random.default_rng(seed).standard_normal(shape).astype(np.float32)
    if softness:
        noise = cv2.GaussianBlur(noise, (0, 0), softness)
    return noise * (sigma / noise.std())


@functools.lru_cache(maxsize=1)
def shared_faces() -> list[tuple[str, NDArray[np.uint8], NDArray[np.float32]]]:
    """(folder, photograph, landmarks) of every face the teacher's detector finds."""
    loader = SHARED / "teachers" / "load.py"
    folders = [SHARED / "photos" / name for name in PHOTOS]
    if not loader.exists() or not all(folder.is_dir() for folder in folders):
        pytest.skip("the shared photographs and the teacher's detector are not here")
    spec = importlib.util.spec_from_file_location("likeness_teachers", loader)
    assert spec is not None
    assert spec.loader is not None
    teachers = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(teachers)
    found = []
    for folder in folders:
        for path in sorted(folder.iterdir()):
            pixels = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR)
            rgb = np.ascontiguousarray(pixels[..., ::-1])
            found += [(folder.name, rgb, points) for _, points, _ in teachers.yunet(rgb)]
    return found


def sharpened(crop: Array) -> Array:
    return np.clip(crop + 0.8 * (crop - cv2.GaussianBlur(crop, (0, 0), 4)), 0, 1)


def softened(crop: Array) -> Array:
    return cv2.bilateralFilter(cv2.GaussianBlur(crop, (0, 0), 1.5), 9, 0.12, 6)


def tinged(crop: Array) -> Array:
    return np.clip(softened(crop) * np.float32([1.12, 0.95, 0.85]) + 0.04, 0, 1)


def identity(crop: Array) -> Array:
    return crop


def scene(
    eye_distance: float = 80.0,
    size: int = 600,
    degrees: float = 12.0,
    dtype: type = np.uint8,
    place: tuple[float, float] | None = None,
) -> tuple[Array, AlignedFace, Array]:
    x, y = place or (size / 2, size / 2)
    points = landmarks(eye_distance, x, y, degrees)
    photo = levels(painted(points, size, size), dtype)
    return photo, align(photo, points), points


def one(photo: Array, aligned: AlignedFace, restored: Array, **options: Any) -> Array:
    return apply(photo, [blend(photo, aligned, restored, **options)])[0]
