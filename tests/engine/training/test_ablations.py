"""Released networks with a part switched off."""

from __future__ import annotations

import numpy as np
import pytest

from engine import photo as photos
from engine.backends.devices import choose
from engine.backends.onnx import OnnxBackend
from engine.faces.aligner import align
from engine.methods.base import Reference
from engine.methods.ented import EntedMethod
from engine.models.store import BUNDLED, ModelStore
from engine.restorer import Restorer
from engine.training import measuring
from engine.training.ablations import Ablated, without

ON = {"dictionary": True, "refinement": True, "residual": True}


@pytest.fixture(scope="module")
def worn() -> np.ndarray:
    photo = photos.read(BUNDLED.parent / "samples" / "worn-1.jpg")
    (face, *_) = Restorer("cpu").find_faces(photo)
    return align(photo.pixels, face.landmarks).crop


@pytest.fixture(scope="module")
def store() -> ModelStore:
    return ModelStore()


@pytest.fixture(scope="module")
def backend() -> OnnxBackend:
    return OnnxBackend(choose("cpu"), threads=2)


@pytest.fixture(scope="module")
def whole(store, backend, worn) -> np.ndarray:
    return restored(EntedMethod(store, backend), worn)


def restored(method, worn) -> np.ndarray:
    """With a portrait, where the photograph counts for half: there every part tells something."""
    portrait = Reference(worn[:, ::-1], np.eye(256, dtype=np.float32)[0], 1.0)
    return method.restore(worn, [portrait], 0.25, 0, lambda _share: None)


@pytest.fixture(scope="module")
def same(store, backend, worn) -> np.ndarray:
    return restored(EntedMethod(store, Ablated(backend, "ented", ON)), worn)


def test_with_everything_on_it_is_the_method_itself(whole, same) -> None:
    assert np.abs(same - whole).max() < 1e-3


@pytest.mark.parametrize("switch", ["dictionary", "refinement", "residual"])
def test_without_a_part_the_face_is_another(store, backend, worn, whole, same, switch) -> None:
    less = restored(without(EntedMethod, "ented", switch)(store, backend), worn)
    # The same runtime without a switch gives the same bits, so any difference is the part's.
    assert np.array_equal(same, restored(EntedMethod(store, Ablated(backend, "ented", ON)), worn))
    assert np.abs(less - same).max() > 1e-5
    again = restored(EntedMethod(store, backend), worn)
    assert np.array_equal(again, whole), "the store keeps the two apart"


def test_a_switch_that_the_network_lacks_is_refused(store, backend) -> None:
    with pytest.raises(TypeError, match="has no wheels"):
        without(EntedMethod, "ented", "wheels")(store, backend)


def test_the_evaluations_know_the_ablations(store, backend, worn) -> None:
    method = measuring.method("codeformer++-unregistered", store, backend)
    explained = method.explain(worn)
    assert np.array_equal(explained["prior"], explained["registered"])
