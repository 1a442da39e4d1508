"""Features that move towards a person: by the released embedder, on a real face."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from engine import photo as photos
from engine.backends.devices import choose
from engine.backends.onnx import OnnxBackend
from engine.faces.aligner import embedder_crop
from engine.faces.identity import Embedder
from engine.methods import identity_registration as registration
from engine.models.store import BUNDLED, ModelStore
from engine.restorer import Restorer

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def backend() -> OnnxBackend:
    return OnnxBackend(choose("cpu"))


@pytest.fixture(scope="module")
def slope(backend: OnnxBackend) -> registration.Slope:
    return ModelStore([BUNDLED]).graph("embedder", "embedder-gradient", backend)


@pytest.fixture(scope="module")
def embedder(backend: OnnxBackend) -> Embedder:
    return Embedder(ModelStore([BUNDLED]).graph("embedder", "embedder", backend))


@pytest.fixture(scope="module")
def face(samples: Path) -> np.ndarray:
    return Restorer("cpu").read_reference(photos.read(samples / "portrait-1.jpg")).crop


def bent(face: np.ndarray) -> np.ndarray:
    """Eyes and mouth elsewhere, by up to six pixels."""
    rows, columns = np.indices((512, 512), np.float32)
    x = columns + 6 * np.sin(rows / 40)
    y = rows + 6 * np.cos(columns / 50)
    return cv2.remap(face, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def test_features_move_to_where_they_were(face, slope, embedder) -> None:
    aim, start = embedder.embed(face), bent(face)
    before = float(embedder.embed(start) @ aim)
    moved = registration.towards(start, aim, lambda: slope, 1.0)
    half = registration.towards(start, aim, lambda: slope, 0.5)
    after, between = (float(embedder.embed(p) @ aim) for p in (moved, half))
    assert before < between < after
    assert (1 - after) < 0.6 * (1 - before)
    assert moved.shape == start.shape
    assert moved.dtype == np.float32
    assert 0 <= moved.min() <= moved.max() <= 1
    # What the recogniser does not look at stays.
    assert np.array_equal(moved[:55], start[:55])
    assert np.array_equal(moved[:, 460:], start[:, 460:])
    window = embedder_crop(start) * 2 - 1
    field = registration.displacement(window, aim, slope)
    assert 0.1 < np.abs(field).max() * registration.SCALE < 20
    # Smooth: no fold, where a neighbour would come from beyond.
    assert max(np.abs(np.diff(field, axis=a)).max() for a in (0, 1)) < 0.5


def test_whoever_is_there_already_stays_as_he_is(face, slope, embedder) -> None:
    same = registration.towards(face, embedder.embed(face), lambda: slope, 1.0)
    assert np.abs(same - face).max() < 1e-6


def test_nothing_is_asked_where_nothing_shall_move(face) -> None:
    def nobody() -> registration.Slope:
        raise AssertionError

    assert registration.towards(face, np.eye(256, dtype=np.float32)[0], nobody, 0.0) is face


@pytest.mark.parametrize("mirrored", [False, True])
def test_the_pull_is_the_slope_along_a_displacement(face, slope, embedder, mirrored: bool) -> None:
    aim = embedder.embed(face)
    window = embedder_crop(bent(face)) * 2 - 1
    pull, own = registration._pull(window, aim, slope, mirrored=mirrored)

    def seen(window: np.ndarray) -> float:
        view = window[:, ::-1] if mirrored else window
        crop = np.ascontiguousarray(view.transpose(2, 0, 1)[None])
        return float(slope.run({"crop": crop, "target": aim[None]})["distance"][0])

    assert own == pytest.approx(seen(window), abs=1e-6)
    way = registration._smoothed(pull)
    way *= np.float32(0.25) / np.abs(way).max()
    there, back = (seen(registration._moved(window, f, cv2.INTER_LINEAR)) for f in (way, -way))
    assert (there - back) / 2 == pytest.approx(float((pull * way).sum()), rel=0.05)


def test_a_slope_that_tells_nothing_moves_nothing(face) -> None:
    class Broken:
        def __init__(self, value: float) -> None:
            self.value = value

        def run(self, inputs, /):
            crop = inputs["crop"]
            return {"gradient": np.full_like(crop, self.value), "distance": np.full(2, 0.5)}

    window = embedder_crop(face) * 2 - 1
    for value in (0.0, np.nan):
        aim = np.eye(256, dtype=np.float32)[0]
        assert not registration.displacement(window, aim, Broken(value)).any()
