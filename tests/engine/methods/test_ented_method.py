from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from engine.faces.tone import LUMA
from engine.methods.base import Reference
from engine.methods.ented import (
    INFO,
    KEPT,
    MOST,
    THEIRS,
    EntedMethod,
    with_coarse_of,
    with_colours_of,
)
from engine.methods.evidence import portrait_share


class Encoder:
    def __init__(self, calls):
        self.calls = calls

    def run(self, inputs):
        self.calls["encode"].append(inputs)
        n = len(inputs["reference"])
        return {"keys": inputs["reference"].mean((2, 3)), "coarse": np.ones((n, 2, 4), np.float32)}


class Renderer:
    def __init__(self, calls):
        self.calls = calls

    def run(self, inputs):
        self.calls["restore"].append(inputs)
        return {"output": inputs["input"][:, :3] * 2, "agreement": np.ones_like(inputs["mask"])}


class Recovery:
    def __init__(self, calls):
        self.calls = calls

    def run(self, inputs):
        self.calls["recover"].append(inputs)
        return {"output": inputs["input"] * 4}


class Recogniser:
    """Takes every picture for the same person's."""

    def __init__(self, calls):
        self.calls = calls

    def run(self, inputs):
        self.calls["recognise"].append(inputs)
        who = [0, 2] if self.calls["unsure"] else [0, 0]  # the recovered face, the damaged one
        return {"embedding": np.eye(256, dtype=np.float32)[who[: len(inputs["crop"])]]}


class Target:
    """Expects the person whom the recovered picture shows."""

    def __init__(self, calls):
        self.calls = calls

    def run(self, inputs):
        self.calls["expect"].append(inputs)
        return {"target": inputs["recovered"]}


class Slope:
    """Wants everything lighter, which a displacement does not bring."""

    def __init__(self, calls):
        self.calls = calls

    def run(self, inputs):
        self.calls["slope"].append(inputs["target"])
        return {"gradient": np.full_like(inputs["crop"], -1), "distance": np.full(1, 0.5)}


class Store:
    def __init__(self, calls):
        self.calls = calls
        self.entry = SimpleNamespace(network={"recovered": True})

    def find(self, model):
        assert model == "ented"
        return None, self.entry

    def graph(self, model, graph, backend, **_options):
        del backend
        assert model in INFO.models
        made = {"ented-reference": Encoder, "ented": Renderer, "identity-recovery": Recovery}
        made |= {"embedder": Recogniser, "identity-target": Target}
        made |= {"embedder-gradient": Slope}
        return made[graph](self.calls)


@pytest.fixture
def calls():
    return defaultdict(list)


@pytest.fixture
def method(calls):
    return EntedMethod(Store(calls), None)


def portrait(value):
    return Reference(
        np.full((512, 512, 3), value, np.float32), np.eye(256, dtype=np.float32)[0], 1.0
    )


CROP = np.full((512, 512, 3), 0.75, np.float32)


def test_portraits_are_stacked_behind_one_face(method, calls):
    shares = []
    out = method.restore(CROP, [portrait(0.2), portrait(0.4)], 0.3, 0, shares.append)
    (given,) = calls["restore"]
    assert given["mask"].tolist() == [[1, 1]]
    assert given["keys"].shape == (1, 2, 3)
    assert np.allclose(given["keys"][0, :, 0], [-0.6, -0.2])
    assert given["fidelity"].dtype == np.float32
    assert given["fidelity"].tolist() == pytest.approx([0.24])
    assert out.shape == CROP.shape
    assert out.max() <= 1
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[-1] == 1


def test_the_sliders_middle_is_where_the_network_is_nearest_to_the_truth(method, calls):
    for place in (-0.1, 0.0, 0.5, 0.75, 1.0, 1.1):
        method.restore(CROP, [], place, 0, lambda _: None)
    given = [float(inputs["fidelity"][0]) for inputs in calls["restore"]]
    assert given == pytest.approx([0.0, 0.0, 0.4, 0.7, 1.0, 1.0])


def test_a_portrait_speaks_as_far_as_it_is_trusted(method, calls):
    doubtful = replace(portrait(0.2), trust=0.3)
    method.restore(CROP, [doubtful], 0.5, 0, lambda _: None)
    assert calls["restore"][0]["mask"].tolist() == [[pytest.approx(0.3)]]
    assert calls["restore"][0]["mask"].dtype == np.float32


def test_without_a_portrait_the_mask_says_so(method, calls):
    method.restore(CROP, [], 0.5, 0, lambda _: None)
    assert calls["restore"][0]["mask"].tolist() == [[0]]
    assert not calls["encode"][0]["reference"].any()


def test_the_faithful_restoration_comes_along(method, calls):
    method.restore(CROP, [portrait(0.2)], 0.5, 0, lambda _: None)
    (given,) = (call["input"] for call in calls["restore"])
    assert given.shape == (1, 6, 512, 512)
    assert np.allclose(given[:, :3], 0.5)
    assert np.allclose(given[:, 3:], 1)  # within the range, as in training


def test_noise_comes_along_where_the_network_takes_it(calls):
    store = Store(calls)
    store.entry.network["noise"] = True
    for _ in range(2):
        EntedMethod(store, None).restore(CROP, [portrait(0.2)], 0.5, 0, lambda _: None)
    first, second = (call["input"] for call in calls["restore"])
    assert first.shape == (1, 7, 512, 512)
    assert first[:, 6:].std() == pytest.approx(1, abs=0.01)
    assert np.array_equal(first, second)  # a face is restored to the same twice


def test_features_move_towards_the_person_of_photograph_and_portrait(method, calls):
    other = replace(portrait(0.2), embedding=np.eye(256, dtype=np.float32)[1])
    method.restore(CROP, [other], 0.5, 0, lambda _: None)
    assert not calls["slope"]  # the stand-ins' photograph is sure of itself
    calls["unsure"].append(True)
    method.restore(CROP, [other], 0.5, 0, lambda _: None)
    ((aim,), *others) = calls["slope"]
    assert all(again.tolist() == [aim.tolist()] for again in others)
    assert 0 < aim[0] < aim[1]
    asked = len(calls["slope"])
    method.restore(CROP, [other], 1.0, 0, lambda _: None)  # its texture is given up
    method.restore(CROP, [], 0.5, 0, lambda _: None)
    assert len(calls["slope"]) == asked


def test_its_coarse_part_stays_as_far_as_the_photograph_tells(method, calls):
    """The stand-ins: the network gives twice the face, the recovery four times as much."""
    dim = np.full((512, 512, 3), 0.55, np.float32)
    lent, faithful = 0.6, 0.7
    alone = method.restore(dim, [], 0.5, 0, lambda _: None)
    assert np.allclose(alone, faithful, atol=1e-6)
    assert not calls["recognise"]
    found = method.restore(dim, [portrait(0.2)], 0.5, 0, lambda _: None)
    share = portrait_share(0.98, [portrait(0.2)])  # the embedder sees no difference
    assert np.allclose(found, faithful + share / THEIRS * (lent - faithful), atol=1e-5)
    assert lent < found.mean() < faithful


def test_blotches_of_colour_go_and_light_stays():
    rng = np.random.default_rng(2)
    grey = np.repeat(rng.random((256, 256, 1), np.float32) * 0.4 + 0.3, 3, axis=2)
    blotch = np.zeros_like(grey)
    blotch[64:192, 64:192] = np.array([0.1, -0.1 * LUMA[0] / LUMA[1], 0], np.float32)
    found = with_colours_of(grey, grey + blotch)
    assert np.abs(found - grey)[96:160, 96:160].max() < 0.01
    assert np.allclose(found @ LUMA, grey @ LUMA, atol=1e-5)
    darker = grey - 0.1  # of the same colours
    assert np.allclose(with_colours_of(grey, darker), darker, atol=1e-5)


def test_fine_detail_is_the_networks_own():
    rng = np.random.default_rng(1)
    fine = (rng.random((64, 64, 3)) < 0.5).astype(np.float32) * 0.2 + 0.4
    found = with_coarse_of(np.full_like(fine, 0.7), fine, 1.0)
    assert abs(found.mean() - 0.7) < 0.01
    assert found.std() > 0.9 * fine.std()
    assert np.array_equal(with_coarse_of(np.full_like(fine, 0.7), fine, 0.0), fine)


def test_a_portrait_is_encoded_once(method, calls):
    for _ in range(3):
        method.restore(CROP, [portrait(0.2)], 0.5, 0, lambda _: None)
    assert len(calls["encode"]) == 1
    for value in np.linspace(0.3, 0.9, KEPT):
        method.restore(CROP, [portrait(value)], 0.5, 0, lambda _: None)
    method.restore(CROP, [portrait(0.2)], 0.5, 0, lambda _: None)
    assert len(calls["encode"]) == KEPT + 2


def test_more_than_four_portraits_and_odd_fidelity(method, calls):
    method.restore(CROP, [portrait(v / 10) for v in range(7)], 1.7, 0, lambda _: None)
    assert calls["restore"][0]["mask"].shape == (1, MOST)
    assert calls["restore"][0]["fidelity"].tolist() == [1]


def test_cancel_stops_between_the_graphs(method, calls):
    def stop(share):
        if share > 0:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        method.restore(CROP, [portrait(0.2)], 0.5, 0, stop)
    assert calls["restore"] == []
