from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from engine import cli
from engine import photo as photos
from engine.errors import CancelledError, DeviceError, PortraitError, UsageError
from engine.faces.face import Face
from engine.restorer import Restorer
from engine.results import FaceStatus, RestoreOptions

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return Restorer("cpu")


@pytest.fixture(scope="module")
def worn(samples: Path) -> photos.Photo:
    return photos.read(samples / "worn-1.jpg")


def test_a_worn_face_comes_nearer_to_its_portrait_even_where_that_is_not_used(
    restorer: Restorer, worn: photos.Photo, samples: Path
) -> None:
    truth = photos.read(samples / "portrait-1.jpg")
    reference = restorer.read_reference(truth)
    result = restorer.restore(worn, [reference], RestoreOptions(faces="largest"))
    assert {f.status for f in result.faces[1:]} <= {FaceStatus.SKIPPED}
    face = result.faces[0]
    assert face.status is FaceStatus.DONE
    assert face.identity_to_input is not None
    assert face.identity_to_input > 0.5
    assert face.reference == "portrait-1.jpg"
    assert face.reference_after is not None
    assert face.reference_before is not None
    assert face.reference_after > face.reference_before
    assert not face.reference_used
    assert any("does not use portraits" in w for w in result.warnings)
    assert result.device == "cpu"


def test_only_the_face_changes(restorer: Restorer, worn: photos.Photo) -> None:
    result = restorer.restore(worn, options=RestoreOptions(faces="largest"))
    changed = (result.photo.pixels != worn.pixels).any(axis=2)
    assert 0.005 < changed.mean() < 0.2
    x, y, w, h = result.faces[0].face.box
    outside = changed.copy()
    top, left = max(0, int(y - h)), max(0, int(x - w))
    outside[top : int(y + 2 * h), left : int(x + 2 * w)] = False
    assert not outside.any()
    assert result.photo.changed is not None
    assert not (changed & ~result.photo.changed).any()


def test_the_same_seed_gives_the_same_pixels(restorer: Restorer, worn: photos.Photo) -> None:
    first = restorer.restore(worn, options=RestoreOptions(seed=3))
    again = restorer.restore(worn, options=RestoreOptions(seed=3))
    assert np.array_equal(first.photo.pixels, again.photo.pixels)


def test_a_negative_seed_is_refused_before_any_work(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError, match="from 0 on") as caught:
        RestoreOptions(seed=-1)
    assert caught.value.code == "seed-negative"
    for wrong in ("-1", "1.5", "x"):
        with pytest.raises(SystemExit) as stopped:
            cli.main(["restore", "photo.jpg", "--seed", wrong])
        assert stopped.value.code == 2
        assert f"{wrong} is not a whole number from 0 on" in capsys.readouterr().err


def test_strength_zero_leaves_the_photograph_alone(restorer: Restorer, worn: photos.Photo) -> None:
    result = restorer.restore(worn, options=RestoreOptions(strength=0))
    assert np.array_equal(result.photo.pixels, worn.pixels)


def test_sepia_stays_sepia_and_mono_stays_mono(restorer: Restorer, samples: Path) -> None:
    sepia = photos.read(samples / "worn-2.jpg")
    assert sepia.mode == "sepia"
    result = restorer.restore(sepia)
    assert result.faces[0].status is FaceStatus.DONE
    pixels = result.photo.pixels[result.photo.changed].astype(int)
    assert (pixels[:, 0] - pixels[:, 2]).mean() > 5
    grey = np.repeat(sepia.preview8.mean(axis=2, keepdims=True), 3, axis=2).astype(np.uint8)
    mono = restorer.restore(photos.Photo.from_pixels(grey))
    assert mono.photo.mode == "mono"
    assert np.array_equal(mono.photo.pixels[..., 0], mono.photo.pixels[..., 2])


def test_choosing_faces(restorer: Restorer, worn: photos.Photo) -> None:
    face = restorer.find_faces(worn)[0]
    tiny = replace(face, landmarks=face.landmarks / 40, box=face.box / 40, score=0.99)
    found = [face, tiny]
    by_default = restorer.restore(worn, faces=found)
    assert [f.status for f in by_default.faces] == [FaceStatus.DONE, FaceStatus.SKIPPED]
    assert by_default.faces[1].reason
    largest = restorer.restore(worn, faces=found, options=RestoreOptions(faces="largest"))
    assert [f.status for f in largest.faces] == [FaceStatus.DONE, FaceStatus.SKIPPED]
    second = restorer.restore(worn, faces=found, options=RestoreOptions(faces=(1,)))
    assert second.faces[0].status is FaceStatus.SKIPPED
    with pytest.raises(UsageError, match="no face 2"):
        restorer.restore(worn, faces=found, options=RestoreOptions(faces=(2,)))


def test_one_failing_face_does_not_stop_the_others(restorer: Restorer, worn: photos.Photo) -> None:
    face = restorer.find_faces(worn)[0]
    broken = Face(face.box, np.zeros((5, 2), np.float32), 1.0)
    result = restorer.restore(worn, faces=[broken, face], options=RestoreOptions(faces="all"))
    assert [f.status for f in result.faces] == [FaceStatus.FAILED, FaceStatus.DONE]
    assert result.failed
    assert result.faces[0].reason.endswith(".")


def test_cancel_acts_between_graph_runs(restorer: Restorer, worn: photos.Photo) -> None:
    cancel = threading.Event()
    seen: list[float] = []

    def progress(share: float, words: str) -> None:
        seen.append(share)
        assert words
        if share > 0:
            cancel.set()

    with pytest.raises(CancelledError):
        restorer.restore(worn, progress=progress, cancel=cancel)
    assert seen == sorted(seen)
    assert seen[-1] < 1


def test_progress_reaches_the_end(restorer: Restorer, worn: photos.Photo) -> None:
    seen: list[float] = []
    restorer.restore(worn, progress=lambda share, _words: seen.append(share))
    assert seen == sorted(seen)
    assert seen[-1] == 1


def test_a_portrait_without_a_face_is_refused(restorer: Restorer) -> None:
    blank = photos.Photo.from_pixels(np.full((200, 200, 3), 128, np.uint8))
    with pytest.raises(PortraitError, match="choose another portrait"):
        restorer.read_reference(blank)
    assert restorer.restore(blank).faces == ()


def test_unknown_method_and_device_name_the_known() -> None:
    restorer = Restorer("cpu")
    with pytest.raises(UsageError, match="identity"):
        restorer.method("magic")
    with pytest.raises(DeviceError):
        Restorer("quantum")


def test_the_report_is_plain_data(restorer: Restorer, worn: photos.Photo) -> None:
    import json

    report = json.loads(json.dumps(restorer.restore(worn).report()))
    assert report["faces"][0]["status"] == "done"
    assert len(report["faces"][0]["box"]) == 4
    assert report["seconds"] > 0
