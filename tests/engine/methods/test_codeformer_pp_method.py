"""The host code of CodeFormer++ over a small network with random weights, exported for real."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

pytest.importorskip("torch", reason="PyTorch is not installed")

from engine import photo as photos
from engine.backends.devices import choose
from engine.backends.onnx import OnnxBackend
from engine.backends.torch_cuda import TorchBackend
from engine.faces.face import TEMPLATE_512
from engine.methods import codeformer_pp
from engine.methods.base import Reference
from engine.methods.codeformer_pp import FORMS, CodeFormerPlusPlusMethod
from engine.methods.ented import EntedMethod
from engine.methods.evidence import portrait_share
from engine.methods.expected_identity import ExpectedIdentity
from engine.methods.identity import IdentityMethod
from engine.methods.lender import Lender
from engine.models.store import BUNDLED, ModelStore
from engine.restorer import Restorer

if TYPE_CHECKING:
    from pathlib import Path

#: Fidelities that give the fused detail whole, half, and none of it.
SLIDER = (0.5, 0.75, 1.0)


@pytest.fixture(scope="module")
def models(small_codeformer_pp: Path) -> Path:
    return small_codeformer_pp


@pytest.fixture(scope="module")
def method(models: Path) -> CodeFormerPlusPlusMethod:
    return CodeFormerPlusPlusMethod(ModelStore([models]), OnnxBackend(choose("cpu")))


@pytest.fixture(scope="module")
def crop() -> np.ndarray:
    return np.random.default_rng(1).random((512, 512, 3)).astype(np.float32)


@pytest.fixture(scope="module")
def clear(samples: Path) -> np.ndarray:
    """A face that tells whose it is."""
    return Restorer("cpu").read_reference(photos.read(samples / "portrait-1.jpg")).crop


def portrait(value: float, sharpness: float) -> Reference:
    rng = np.random.default_rng(int(value * 100))
    face = (rng.random((512, 512, 3)) * value).astype(np.float32)
    return Reference(face, np.zeros(256, np.float32), sharpness)


def test_fidelity_moves_the_result_and_one_is_the_faithful_end(
    method: CodeFormerPlusPlusMethod, crop: np.ndarray
) -> None:
    shares: list[float] = []
    results = [method.restore(crop, [], w, 0, shares.append) for w in (0.0, 0.5, 1.0)]
    assert all(r.shape == crop.shape and np.isfinite(r).all() for r in results)
    assert np.abs(results[0] - results[1]).max() > 1e-4
    faithful = method.explain(crop)["faithful"]
    assert np.allclose(results[2], faithful, atol=1e-4)
    assert shares[:2] == [0.0, 1.0]


def test_the_sharpest_portrait_counts(method: CodeFormerPlusPlusMethod, crop: np.ndarray) -> None:
    sharp, soft = portrait(0.9, 0.8), portrait(0.4, 0.2)
    alone = method.restore(crop, [], 0.3, 0, lambda _s: None)
    one = method.restore(crop, [sharp], 0.3, 0, lambda _s: None)
    both = method.restore(crop, [soft, sharp], 0.3, 0, lambda _s: None)
    assert np.array_equal(one, both)
    assert np.abs(one - alone).max() > 1e-4


def test_the_faithful_end_is_what_another_method_made(
    small_codeformer_pp_recovered: Path, crop: np.ndarray
) -> None:
    on_top = ModelStore([small_codeformer_pp_recovered, BUNDLED])
    backend = OnnxBackend(choose("cpu"))
    ours = CodeFormerPlusPlusMethod(on_top, backend)
    alone = IdentityMethod(on_top, backend).restore(crop, [], 0.5, 0, lambda _s: None)
    assert np.allclose(ours.explain(crop)["faithful"], alone, atol=1e-5)
    lent = [portrait(0.9, 0.8)]
    told = ExpectedIdentity(on_top, backend).of(crop)
    assert np.allclose(told.recovered, alone, atol=1e-5)
    joined = Lender(on_top, backend).join(crop, told, lent)
    assert np.allclose(ours.explain(crop, lent)["faithful"], joined, atol=1e-5)
    ented = EntedMethod(on_top, backend)
    borrowed = ented.lend(crop, told, lent, 0.5, lambda _s: None)
    share = portrait_share(told.sure, lent)
    assert 0.1 < share < 1
    mixed = np.asarray(alone + share * (borrowed - alone), np.float32)
    # Features may move by another pixel where the recogniser hears the last digit of a float.
    assert np.abs(joined - ented.likened(mixed, told, lent, 0.5)).mean() < 1e-3
    assert np.abs(joined - mixed).max() > 1e-3
    assert np.abs(joined - alone).max() > 1e-3


def test_the_slider_fades_the_fused_detail(
    small_codeformer_pp_recovered: Path, clear: np.ndarray
) -> None:
    store = ModelStore([small_codeformer_pp_recovered, BUNDLED])
    method = CodeFormerPlusPlusMethod(store, OnnxBackend(choose("cpu")))
    faithful = method.explain(clear)["faithful"]
    detail = [np.abs(method.explain(clear, (), s)["output"] - faithful).mean() for s in SLIDER]
    assert detail[1] == pytest.approx(detail[0] / 2, rel=0.1)  # but where it is held to 0 .. 1
    assert detail[0] > 1e-3
    assert detail[2] == 0


def test_full_fidelity_keeps_forms_where_the_photograph_hardly_tells_the_person(
    small_codeformer_pp_recovered: Path, clear: np.ndarray
) -> None:
    store = ModelStore([small_codeformer_pp_recovered, BUNDLED])
    method = CodeFormerPlusPlusMethod(store, OnnxBackend(choose("cpu")))
    tiny = cv2.resize(clear, (14, 14), interpolation=cv2.INTER_AREA)
    worn = np.clip(cv2.resize(tiny, (512, 512), interpolation=cv2.INTER_CUBIC), 0, 1)

    def laid_on(fidelity: float, *references: Reference) -> np.ndarray:
        found = method.explain(worn, references, fidelity)
        return np.asarray(found["output"] - found["faithful"])

    def fine(picture: np.ndarray) -> float:
        return float(np.abs(picture - cv2.GaussianBlur(picture, (0, 0), FORMS)).mean())

    whole, half, end = (laid_on(s) for s in SLIDER)
    assert np.abs(end).mean() > 1e-3
    assert fine(end) < 0.5 * fine(whole)
    assert np.abs(half - (whole + end) / 2).mean() < 0.1 * np.abs(half).mean()
    # A portrait that is trusted tells who it is, so that less is kept.
    assert np.abs(laid_on(1.0, portrait(0.9, 0.8))).mean() < 0.6 * np.abs(end).mean()


def test_eyes_take_half_of_the_detail_and_a_face_is_restored_to_the_same_twice(
    small_codeformer_pp_recovered: Path, crop: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ModelStore([small_codeformer_pp_recovered, BUNDLED])
    method = CodeFormerPlusPlusMethod(store, OnnxBackend(choose("cpu")))
    found = method.explain(crop, (), 0.75)  # half of the detail, which leaves room above and below
    again = CodeFormerPlusPlusMethod(store, OnnxBackend(choose("cpu")))
    assert np.array_equal(again.explain(crop, (), 0.75)["output"], found["output"])
    monkeypatch.setattr(codeformer_pp, "EYES", 1.0)
    whole = method.explain(crop, (), 0.75)
    calm, rich = (p["output"] - p["faithful"] for p in (found, whole))
    x, y = TEMPLATE_512[0].round().astype(int)
    here, there = np.s_[y - 3 : y + 4, x - 3 : x + 4], np.s_[400:500, 100:400]
    free = (whole["output"] > 0) & (whole["output"] < 1)
    assert np.allclose(calm[here][free[here]], rich[here][free[here]] / 2, atol=1e-4)
    assert np.abs(rich[here]).max() > 1e-3
    assert np.allclose(calm[there], rich[there], atol=1e-5)


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_empty_crops_stay_finite(method: CodeFormerPlusPlusMethod, value: float) -> None:
    empty = np.full((512, 512, 3), value, np.float32)
    out = method.restore(empty, [], 0.5, 0, lambda _s: None)
    assert np.isfinite(out).all()
    assert 0 < method.confidence(empty) <= 1


def test_pytorch_gives_the_same(models: Path, crop: np.ndarray) -> None:
    other = CodeFormerPlusPlusMethod(ModelStore([models]), TorchBackend(choose("cpu")))
    ours = CodeFormerPlusPlusMethod(ModelStore([models]), OnnxBackend(choose("cpu")))
    for references in ((), (portrait(0.9, 0.8),)):
        for fidelity in (0.0, 0.5, 1.0):
            a, b = (
                m.restore(crop, references, fidelity, 0, lambda _s: None) for m in (ours, other)
            )
            assert np.abs(a - b).max() < 2e-3
