"""What the window needs of the restorer: single faces, quick changes, and a card that gives up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from engine import photo as photos
from engine.backends.devices import Device
from engine.errors import DeviceError, FaceError
from engine.faces.by_hand import face_from_points
from engine.faces.reference_check import Verdict
from engine.kept_faces import KeptFace, KeptFaces
from engine.methods import MethodInfo
from engine.methods.expected_identity import ExpectedIdentity
from engine.parts import Parts
from engine.restorer import Restorer
from engine.results import FaceOptions, FaceStatus, RestoreOptions

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return Restorer("cpu", threads=1)


@pytest.fixture(scope="module")
def worn(samples: Path) -> photos.Photo:
    return photos.read(samples / "worn-2.jpg")


class Counted:
    """The real method, which counts its runs and claims to heed everything."""

    info = MethodInfo("identity", "Counted", "Counts.", True, True, True, ())

    def __init__(self, real: Any) -> None:
        self._real = real
        self.runs: list[tuple[tuple[str, ...], float, int]] = []

    def restore(self, crop, references, fidelity, seed, checkpoint):
        self.runs.append((tuple(r.name for r in references), fidelity, seed))
        return self._real.restore(crop, references, fidelity, seed, checkpoint)


@pytest.fixture
def counted(restorer: Restorer):
    real = restorer.method("identity")
    method = Counted(real)
    restorer._parts._methods["identity"] = method
    yield method
    restorer._parts._methods["identity"] = real


def test_blending_again_runs_no_network_and_gives_the_same_pixels(restorer, worn, counted) -> None:
    kept = KeptFaces()
    found = restorer.find_faces(worn)[:1]

    def run(kept=None, **changes):
        options = RestoreOptions(faces="all", **changes)
        return restorer.restore(worn, options=options, faces=found, kept=kept)

    run(kept)
    for changes in ({"strength": 0.4}, {"grain": 0.0}, {"mode": "mono"}):
        quick = run(kept, **changes)
        assert len(counted.runs) == 1, changes
        slow = run(**changes)
        assert np.array_equal(quick.photo.pixels, slow.photo.pixels), changes
        assert quick.faces[0].identity_to_input == pytest.approx(slow.faces[0].identity_to_input)
        counted.runs.pop()
    for changes in ({"mode": "colour"}, {"fidelity": 0.1}, {"seed": 4}):
        run(kept, **changes)
    assert len(counted.runs) == 4, "the network sees other colours, another fidelity, another seed"
    run(kept, fidelity=0.1)
    assert len(counted.runs) == 4


def test_another_photograph_is_not_mixed_up(restorer, worn, counted) -> None:
    kept = KeptFaces()
    found = restorer.find_faces(worn)[:1]
    restorer.restore(worn, options=RestoreOptions(faces="all"), faces=found, kept=kept)
    other = photos.Photo.from_pixels(worn.pixels)
    restorer.restore(other, options=RestoreOptions(faces="all"), faces=found, kept=kept)
    assert len(counted.runs) == 2


def test_kept_faces_have_a_limit() -> None:
    crop = np.zeros((512, 512, 3), np.float32)
    kept = KeptFaces(limit=2 * crop.nbytes)
    for key in "abc":
        kept.keep(key, KeptFace(crop, np.zeros(256, np.float32)))
    assert [kept.get(key) is not None for key in "abc"] == [False, True, True]


def test_every_face_has_its_own_portrait_and_fidelity(restorer, worn, samples, counted) -> None:
    face = restorer.find_faces(worn)[0]
    one = restorer.read_reference(photos.read(samples / "portrait-1.jpg"))
    two = restorer.read_reference(photos.read(samples / "portrait-2.jpg"))
    result = restorer.restore(
        worn,
        [two],
        RestoreOptions(faces="all", fidelity=0.5),
        faces=[face, replace(face), replace(face)],
        each={0: FaceOptions(0.1, one), 1: FaceOptions(0.9)},
    )
    assert counted.runs == [
        (("portrait-1.jpg",), 0.1, 0),
        (("portrait-2.jpg",), 0.9, 0),
        (("portrait-2.jpg",), 0.5, 0),
    ]
    names = [f.reference for f in result.faces]
    assert names == ["portrait-1.jpg", "portrait-2.jpg", "portrait-2.jpg"]
    assert all(f.reference_used for f in result.faces)


def test_with_no_method_named_every_face_gets_the_one_that_fits_it(restorer, worn, samples) -> None:
    own = restorer.read_reference(photos.read(samples / "portrait-2.jpg"))
    face = restorer.find_faces(worn)[0]
    options = RestoreOptions(method="", faces="all")
    result = restorer.restore(
        worn,
        options=options,
        faces=[face, replace(face)],
        each={0: FaceOptions(reference=own)},
    )
    assert [f.method for f in result.faces] == ["ented", "identity"]
    assert result.method == "ented, identity"
    assert [f.report()["method"] for f in result.faces] == ["ented", "identity"]
    assert np.abs(result.faces[0].restored - result.faces[1].restored).max() > 0.02

    stranger = replace(own, embedding=-own.embedding)
    refused = restorer.restore(worn, [stranger], options, faces=[face])
    assert refused.method == "identity"
    assert "another person" in refused.faces[0].reference_note
    assert any("another person" in sentence for sentence in refused.warnings)
    assert restorer.restore(worn, options=options, faces=[face]).method == "identity"


def test_only_a_method_that_invents_nothing_says_that_the_photograph_alone_speaks(
    restorer, worn
) -> None:
    face = restorer.find_faces(worn)[0]
    said = {}
    for method in ("ented", "clr-face"):
        options = RestoreOptions(method=method, faces="all")
        result = restorer.restore(worn, options=options, faces=[face])
        said[method] = any("only what the photograph" in w for w in result.warnings)
    assert said == {"ented": True, "clr-face": False}


def test_unused_portraits_are_mentioned_once(restorer, worn, samples) -> None:
    reference = restorer.read_reference(photos.read(samples / "portrait-2.jpg"))
    face = restorer.find_faces(worn)[0]
    each = {0: FaceOptions(reference=reference), 1: FaceOptions(reference=reference)}
    result = restorer.restore(
        worn, options=RestoreOptions(faces="all"), faces=[face, face], each=each
    )
    assert sum("does not use portraits" in w for w in result.warnings) == 1


class BrokenCard:
    """A graphics card whose every graph fails."""

    device = Device("cuda", "The card", "CUDAExecutionProvider", 1)

    def __init__(self, code: str) -> None:
        self._code = code

    warnings = ()

    def open(self, path, *, exact=False):
        return self

    def run(self, inputs):
        raise DeviceError("It failed.", code=self._code)


@pytest.mark.parametrize(
    ("code", "words"), [("device-memory", "out of memory"), ("device-failed", "failed")]
)
def test_the_processor_goes_on_where_a_card_gives_up(worn, code, words) -> None:
    restorer = Restorer("cpu", threads=1)
    card = Parts(restorer.store, BrokenCard(code))
    restorer._parts = card
    found = restorer.find_faces(worn)
    assert found
    result = restorer.restore(worn, faces=found[:1], options=RestoreOptions(faces="all"))
    assert result.faces[0].status is FaceStatus.DONE
    assert result.device == "cpu"
    assert [w for w in result.warnings if words in w and "processor" in w]
    assert restorer._parts is card, "the next photograph tries the card again"


def test_a_failing_processor_is_a_failure(worn) -> None:
    restorer = Restorer("cpu", threads=1)
    found = restorer.find_faces(worn)[:1]
    broken = BrokenCard("device-memory")
    broken.device = Device("cpu", "Processor", "CPUExecutionProvider", 1)
    restorer._parts = Parts(restorer.store, broken)
    result = restorer.restore(worn, faces=found, options=RestoreOptions(faces="all"))
    assert result.faces[0].status is FaceStatus.FAILED
    assert result.faces[0].reason == "It failed."


def test_a_loose_box_around_a_face_finds_its_points(restorer, worn) -> None:
    truth = restorer.find_faces(worn)[0]
    x, y, w, h = truth.box
    face = restorer.face_in_box(worn, (x - w * 0.2, y - h * 0.1, w * 1.3, h * 1.25))
    assert face.score == 1.0
    off = np.abs(face.landmarks - truth.landmarks).max()
    assert off < 0.1 * truth.eye_distance


def test_a_box_around_no_face_is_taken_at_its_word(restorer) -> None:
    blank = photos.Photo.from_pixels(np.full((200, 300, 3), 128, np.uint8))
    face = restorer.face_in_box(blank, (100, 50, 60, 80))
    assert face.landmarks[0, 0] < face.landmarks[1, 0]
    assert (face.landmarks > (100, 50)).all()
    assert (face.landmarks < (160, 130)).all()


@pytest.mark.parametrize("box", [(10, 10, 3, 40), (-500, 0, 50, 50), (0, 0, float("nan"), 9)])
def test_a_box_that_holds_no_face_says_so(restorer, worn, box) -> None:
    with pytest.raises(FaceError, match=r"box.*\.$"):
        restorer.face_in_box(worn, box)


@pytest.mark.parametrize("turn", [0, 90, 180, 250])
def test_five_points_may_come_in_any_order(turn) -> None:
    angle = np.deg2rad(turn)
    turned = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    upright = np.array([[40, 40], [60, 40], [50, 52], [43, 65], [57, 65]]) - 50
    marks = upright @ turned.T + 200
    swapped = marks[[1, 0, 2, 4, 3]]
    assert np.allclose(face_from_points(swapped).landmarks, marks, atol=1e-4)
    assert np.allclose(face_from_points(marks).landmarks, marks, atol=1e-4)


def test_five_points_in_one_place_are_no_face() -> None:
    with pytest.raises(FaceError, match="zoom in"):
        face_from_points([(5.0, 5.0)] * 5)


@pytest.mark.parametrize(("name", "same"), [("1", True), ("2", False)])
def test_a_portrait_is_judged_before_the_run(restorer, samples, name, same) -> None:
    photo = photos.read(samples / "worn-1.jpg")
    portrait = photos.read(samples / f"portrait-{name}.jpg")
    judged = restorer.check_reference(
        photo,
        restorer.find_faces(photo)[0],
        restorer.read_reference(portrait),
        restorer.find_faces(portrait)[0].landmarks,
    )
    assert (judged.similarity > 0.5) is same
    assert (judged.trust > 0.5) is same
    assert any("person" in sentence for sentence in judged.sentences) is not same


@pytest.mark.parametrize("other", ["1", "2"])
def test_the_run_takes_what_was_judged_before(restorer, samples, other) -> None:
    photo = photos.read(samples / "worn-2.jpg")
    portrait = restorer.read_reference(photos.read(samples / f"portrait-{other}.jpg"))
    judged = restorer.check_reference(photo, restorer.find_faces(photo)[0], portrait)
    result = restorer.restore(photo, [portrait], RestoreOptions(method="ented")).faces[0]
    assert result.reference_used is (judged.verdict is not Verdict.REFUSE) is (other == "2")
    assert all(sentence in result.reference_note for sentence in judged.sentences)
    assert result.reference_before == pytest.approx(judged.similarity, abs=1e-4)


def test_who_a_face_is_is_looked_up_once(restorer, samples, monkeypatch) -> None:
    photo = photos.read(samples / "worn-2.jpg")
    portrait = restorer.read_reference(photos.read(samples / "portrait-2.jpg"))
    looked = []
    whole = ExpectedIdentity.of
    monkeypatch.setattr(
        ExpectedIdentity, "of", lambda self, crop: looked.append(self) or whole(self, crop)
    )
    kept = KeptFaces()
    for fidelity in (0.5, 0.7):
        options = RestoreOptions(method="ented", fidelity=fidelity)
        restorer.restore(photo, [portrait], options, kept=kept)
    by_method = 2  # a method that borrows asks for itself, every time
    assert len(looked) == 1 + by_method
    assert len(set(looked)) == 2
    restorer.restore(photo, [], RestoreOptions(method="ented"))
    assert len(looked) == 1 + by_method, "nobody asks without a portrait"
