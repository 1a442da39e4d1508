"""RetinaFace by the real facexlib with its published weights: ``make test-facexlib``."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import pytest

from engine import photo as photos
from engine.errors import DeviceError
from engine.faces import retinaface
from engine.faces.detector_looks import overlap
from engine.models import imports
from engine.models.store import BUNDLED, ModelStore
from engine.restorer import Restorer

# Its package by a part: this very folder looks like a package of that name.
INSTALLED = find_spec("facexlib") is not None and find_spec("facexlib.detection") is not None

needs_facexlib = pytest.mark.skipif(
    not INSTALLED, reason="facexlib is not installed: make test-facexlib"
)


@pytest.fixture(scope="module")
def user_folder(tmp_path_factory):
    from tests.conftest import material_or_skip

    weights = material_or_skip("teachers") / "retinaface_mobilenet025.pth"
    place = tmp_path_factory.mktemp("models")
    imports.import_model(weights, imports.recognise(weights), place)
    return place


@pytest.fixture(scope="module")
def restorers(user_folder):
    store = ModelStore((BUNDLED, user_folder))
    return (Restorer("cpu", store=store, finder=f) for f in ("own", "retinaface"))


@pytest.mark.skipif(INSTALLED, reason="facexlib is installed")
def test_without_facexlib_a_sentence_says_what_is_missing() -> None:
    with pytest.raises(DeviceError) as caught:
        retinaface.network()
    assert caught.value.code == "facexlib-missing"


@needs_facexlib
def test_it_finds_the_faces_that_our_detector_finds(restorers, samples, shared_photos) -> None:
    own, other = restorers
    paths = sorted(samples.glob("portrait-*.jpg")) + sorted(shared_photos.glob("family/*.jpg"))[:6]
    found = same = 0
    apart = []
    for path in paths:
        photo = photos.read(path)
        theirs = other.find_faces(photo)
        scores = [face.score >= 0.65 for face in theirs]
        assert scores == sorted(scores, reverse=True), "doubtful ones come last"
        boxes = np.array([face.box for face in theirs]).reshape(-1, 4)
        for face in own.find_faces(photo):
            if face.score < 0.65:
                continue
            found += 1
            shared = overlap(face.box, boxes)
            if len(shared) and shared.max() > 0.4:
                same += 1
                twin = theirs[int(shared.argmax())]
                away = np.linalg.norm(twin.landmarks - face.landmarks, axis=1).mean()
                apart.append(away / face.eye_distance)
    assert found >= 4
    assert same >= 0.9 * found
    assert np.median(apart) < 0.12
