"""Method clr-face over graphs that stand in for the trained ones."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from engine.errors import CancelledError, UsageError
from engine.methods import clr_start
from engine.methods.base import Reference
from engine.methods.clr_face import DEFAULT, ClrFaceMethod, heat
from engine.methods.clr_face_fast import FAST, ClrFaceFastMethod
from engine.methods.clr_start import blurred


class Stub:
    """A graph that counts its runs."""

    def __init__(self, name: str, exact: bool) -> None:
        self.name, self.exact, self.runs = name, exact, 0

    def run(self, feeds: dict[str, Any]) -> dict[str, Any]:
        self.runs += 1
        if self.name == "identity-recovery":
            return {"output": feeds["input"] * 0.9}
        if self.name == "ented-reference":
            return {"keys": feeds["reference"][:, 0, :1]}
        if self.name == "ented":
            return {"output": feeds["input"][:, :3] * 0.5}
        if self.name == "embedder":
            v = feeds["crop"].reshape(len(feeds["crop"]), -1)[:, :256] + 0.01
            return {"embedding": (v / np.linalg.norm(v, axis=1, keepdims=True)).astype(np.float32)}
        if self.name == "clr-encode":
            p = feeds["picture"].reshape(1, 3, 128, 4, 128, 4).mean((3, 5))
            return {"latent": np.concatenate([p, p[:, :1]], axis=1).astype(np.float32)}
        if self.name == "clr-decode":
            return {"picture": feeds["latent"][:, :3].repeat(4, 2).repeat(4, 3)}
        if self.name in {"clr-denoise", "clr-fast"}:
            assert feeds["sigma"].shape == (1,)
            return {"latent": 0.7 * feeds["recovered"] + 0.02 * feeds["noisy"]}
        if self.name == "clr-gradient":
            return {"gradient": 1e-8 * feeds["latent"], "distance": np.ones(1, np.float32)}
        if self.name == "identity-target":
            v = feeds["recovered"][:, ::-1]
            return {"target": np.ascontiguousarray(v)}
        assert self.name == "clr-mask"
        return {"mask": np.full_like(feeds["estimate"], 0.5)}


class Store:
    def __init__(self) -> None:
        self.graphs: dict[str, Stub] = {}

    def graph(self, model: str, graph: str, backend: Any, *, exact: bool = False, **_: Any) -> Stub:
        del model, backend
        return self.graphs.setdefault(graph, Stub(graph, exact))

    def find(self, model: str) -> None:
        """No model's own settings are known."""


@pytest.fixture
def crop() -> np.ndarray:
    rng = np.random.default_rng(1)
    return np.repeat(np.repeat(rng.random((32, 32, 3), np.float32), 16, 0), 16, 1)


def quiet(share: float) -> None:
    assert 0 <= share <= 1


def portrait(sharpness: float) -> Reference:
    v = np.zeros(256, np.float32)
    v[3] = 1
    return Reference(np.zeros((512, 512, 3), np.float32), v, sharpness)


def test_restores_in_eight_steps_with_the_last_six_guided(crop: np.ndarray) -> None:
    store: Any = Store()
    method = ClrFaceMethod(store, None)  # type: ignore[arg-type]
    shares: list[float] = []
    out = method.restore(crop, [], 0.02, 1, shares.append)
    assert out.shape == (512, 512, 3)
    assert out.dtype == np.float32
    assert (out >= 0).all()
    assert (out <= 1).all()
    runs = {name: graph.runs for name, graph in store.graphs.items()}
    assert runs["clr-denoise"] == 8
    assert runs["clr-gradient"] == runs["clr-mask"] == 6
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert store.graphs["clr-gradient"].exact
    assert not store.graphs["clr-denoise"].exact


def test_with_a_portrait_the_picture_that_borrows_from_it_joins(crop: np.ndarray) -> None:
    store: Any = Store()
    method = ClrFaceMethod(store, None)  # type: ignore[arg-type]
    alone = method.restore(crop, [], 0.5, 1, quiet)
    assert "ented" not in store.graphs
    lent = method.restore(crop, [portrait(0.8)], 0.5, 1, quiet)
    assert store.graphs["ented"].runs == 1
    method.restore(crop, [replace(portrait(0.8), trust=0.0)], 0.5, 1, quiet)
    assert store.graphs["ented"].runs == 1  # nothing to borrow from one that nobody trusts
    assert np.abs(lent - 0.5).mean() < np.abs(alone - 0.5).mean()


def test_the_expected_identity_is_aimed_at_and_a_portrait_joins_it(crop: np.ndarray) -> None:
    store: Any = Store()
    shared = clr_start.Shared(store, None)  # type: ignore[arg-type]
    expected = shared.prepare(crop, []).target
    assert expected.shape == (1, 256)
    assert expected.dtype == np.float32
    joined = shared.prepare(crop, [portrait(0.8)]).target
    assert store.graphs["identity-target"].runs == 2
    assert joined[0, 3] > expected[0, 3]


def test_the_coarse_forms_are_those_of_the_recovered_picture(crop: np.ndarray) -> None:
    """The stand-in's denoiser takes contrast away: the one of wide forms, which is held, stays."""

    def wide(picture: np.ndarray) -> np.ndarray:
        return picture.reshape(8, 64, 8, 64, 3).mean((1, 3))

    store: Any = Store()
    goal = wide((crop - 0.5) * 0.9 + 0.5)
    free, held = (
        wide(ClrFaceMethod(store, None, how, 0.0).restore(crop, [], 0.5, 1, quiet))
        for how in (replace(DEFAULT, held=0.0), DEFAULT)
    )
    assert np.abs(held - goal).mean() < 0.3 * np.abs(free - goal).mean()


def test_the_blur_keeps_what_is_coarse_and_is_linear() -> None:
    rng = np.random.default_rng(2)
    flat, noise = np.full((1, 4, 32, 32), 0.7, np.float32), rng.standard_normal((1, 4, 32, 32))
    assert blurred(flat, 1.4) == pytest.approx(flat, abs=1e-5)
    soft = blurred(noise.astype(np.float32), 1.4)
    assert soft.std() < 0.25  # 1 / (2 deviation sqrt(pi)) = 0.2 of white noise
    both = blurred((2 * noise).astype(np.float32) + flat, 1.4)
    assert both == pytest.approx(2 * soft + flat, abs=1e-5)


def test_a_seed_reproduces_the_face_and_another_gives_another(crop: np.ndarray) -> None:
    method = ClrFaceMethod(Store(), None)  # type: ignore[arg-type]
    a, b, c = (method.restore(crop, [], 0.3, seed, quiet) for seed in (1, 1, 2))
    assert a.tobytes() == b.tobytes()
    assert (a != c).any()


def test_without_fidelity_nothing_is_guided(crop: np.ndarray) -> None:
    store: Any = Store()
    ClrFaceMethod(store, None).restore(crop, [], 0.0, 1, quiet)  # type: ignore[arg-type]
    assert store.graphs["clr-gradient"].runs == 0


def test_the_user_can_stop_between_steps(crop: np.ndarray) -> None:
    def stop(share: float) -> None:
        if share > 0.4:
            raise CancelledError("Stopped.")

    store: Any = Store()
    with pytest.raises(CancelledError):
        ClrFaceMethod(store, None).restore(crop, [], 0.5, 1, stop)  # type: ignore[arg-type]
    assert store.graphs["clr-decode"].runs == 0


def test_spread_is_a_heat_map(crop: np.ndarray) -> None:
    method = ClrFaceMethod(Store(), None)  # type: ignore[arg-type]
    found = method.spread(crop, [], 0.2, [1, 2, 3], quiet)
    assert found.shape == (512, 512)
    assert found.min() >= 0
    assert 0 < found.max() <= 1
    with pytest.raises(UsageError):
        method.spread(crop, [], 0.2, [1], quiet)
    with pytest.raises(UsageError):
        method.several(crop, [], 0.2, [], quiet)


def test_equal_faces_have_no_heat(crop: np.ndarray) -> None:
    assert not heat([crop, crop]).any()


def test_the_fast_preset_runs_once_and_keeps_the_seed(crop: np.ndarray) -> None:
    store: Any = Store()
    method = ClrFaceFastMethod(store, None)  # type: ignore[arg-type]
    a, b = (method.restore(crop, [], 0.5, seed, quiet) for seed in (1, 2))
    assert store.graphs["clr-fast"].runs == 2
    assert (a != b).any()
    assert "distilled" in FAST.title
