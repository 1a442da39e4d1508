"""Memory that OpenCV does not get is told as any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

import engine.face_work
from engine import photo as photos
from engine.memory import memory_errors
from engine.restorer import Restorer
from engine.results import FaceStatus, RestoreOptions

if TYPE_CHECKING:
    from pathlib import Path


def too_large(*_: object, **__: object) -> np.ndarray:
    """OpenCV's own failure: no machine has so much memory."""
    return cv2.resize(np.zeros((2, 2), np.uint8), (10**8, 10**8))


def test_opencv_without_memory_raises_a_memory_error() -> None:
    with pytest.raises(MemoryError) as caught, memory_errors():
        too_large()
    assert isinstance(caught.value.__cause__, cv2.error)


def test_opencv_with_another_problem_says_so_itself() -> None:
    with pytest.raises(cv2.error), memory_errors():
        cv2.resize(np.zeros((0, 2), np.uint8), (3, 3))


def test_a_face_too_large_for_the_memory_does_not_stop_the_others(
    samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    restorer, photo = Restorer("cpu", threads=1), photos.read(samples / "worn-2.jpg")
    face = restorer.find_faces(photo)[0]
    real, turn = engine.face_work.blend, iter([too_large])

    def first_too_large(*args: object, **more: object) -> object:
        return next(turn, real)(*args, **more)

    monkeypatch.setattr(engine.face_work, "blend", first_too_large)
    options = RestoreOptions(faces="all", strength=0.5)
    result = restorer.restore(photo, faces=[face, face], options=options)
    assert [f.status for f in result.faces] == [FaceStatus.FAILED, FaceStatus.DONE]
    assert "not enough memory for this face" in result.faces[0].reason


def test_every_step_of_the_restorer_says_it_alike(
    samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    restorer, photo = Restorer("cpu", threads=1), photos.read(samples / "worn-2.jpg")
    face = restorer.find_faces(photo)[0]
    reference = restorer.read_reference(photo)
    monkeypatch.setattr("engine.restorer.align", too_large)
    monkeypatch.setattr("engine.restorer.apply", too_large)
    with pytest.raises(MemoryError):
        restorer.restore(photo, faces=[face])
    with pytest.raises(MemoryError):
        restorer.read_reference(photo)
    with pytest.raises(MemoryError):
        restorer.check_reference(photo, face, reference)
    monkeypatch.setattr(type(restorer.detector), "detect", too_large)
    with pytest.raises(MemoryError):
        restorer.find_faces(photo)


def test_reading_and_writing_say_it_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "deep.png"
    deep = np.random.default_rng(2).integers(0, 65536, (9, 11, 3), dtype=np.uint16)
    path.write_bytes(cv2.imencode(".png", deep)[1].tobytes())
    photo = photos.read(path)
    monkeypatch.setattr(cv2, "imencode", too_large)
    with pytest.raises(MemoryError):
        photos.write(photo, tmp_path / "out.png")
    monkeypatch.setattr(cv2, "imdecode", too_large)
    with pytest.raises(MemoryError):
        photos.read(path)
    assert list(tmp_path.iterdir()) == [path]
