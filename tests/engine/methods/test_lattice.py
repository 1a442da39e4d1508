from __future__ import annotations

import cv2
import numpy as np
import pytest

from engine import photo as photos
from engine.methods.lattice import without_lattice
from engine.models.store import BUNDLED


@pytest.fixture(scope="module")
def photograph() -> np.ndarray:
    photo = photos.read(BUNDLED.parent / "samples" / "portrait-1.jpg")
    size = tuple(4 * (n // 4) for n in photo.preview8.shape[:2])
    return photo.preview8[: size[0], : size[1]].astype(np.float32) / 255


@pytest.mark.parametrize("waves", [(1, 1), (0, 1), (2, 1), (2, 2)])
def test_what_repeats_every_four_pixels_goes(photograph: np.ndarray, waves) -> None:
    rows, columns = np.indices(photograph.shape[:2])
    down, across = (np.pi / 2 * w * p for w, p in zip(waves, (rows, columns), strict=True))
    weave = (0.02 * np.cos(down) * np.cos(across))[..., None].astype(np.float32)
    plain, woven = (without_lattice(p) for p in (photograph, photograph + weave))
    inside = (slice(32, -32), slice(32, -32))
    assert np.abs(woven - plain)[inside].max() < 0.1 * np.abs(weave).max()


def test_a_photograph_has_next_to_none(photograph: np.ndarray) -> None:
    fine = photograph - cv2.GaussianBlur(photograph, (0, 0), 1.5)
    taken = photograph - without_lattice(photograph)
    assert np.square(taken).mean() < 0.02 * np.square(fine).mean()


def test_slopes_stay_slopes() -> None:
    ramp = np.linspace(0, 1, 128, dtype=np.float32)
    slope = ramp[None, :, None] * np.ones((128, 1, 3), np.float32)
    inside = (slice(40, -40), slice(40, -40))  # its end is an edge, which is fine
    assert np.abs(without_lattice(slope) - slope)[inside].max() < 1e-5
