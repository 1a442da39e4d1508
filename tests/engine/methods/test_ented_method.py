from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from engine.methods.base import Reference
from engine.methods.ented import INFO, KEPT, MOST, EntedMethod


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
        return {"output": inputs["input"] * 2, "agreement": np.ones_like(inputs["mask"])}


class Recovery:
    def __init__(self, calls):
        self.calls = calls

    def run(self, inputs):
        self.calls["recover"].append(inputs)
        return {"output": inputs["input"] * 4}


class Store:
    def __init__(self, calls, **network):
        self.calls, self.network = calls, network

    def find(self, model):
        return None, SimpleNamespace(name=model, network=self.network)

    def graph(self, model, graph, backend):
        del backend
        assert model in INFO.models
        made = {"ented-reference": Encoder, "ented": Renderer, "identity-recovery": Recovery}
        return made[graph](self.calls)


@pytest.fixture
def calls():
    return defaultdict(list)


@pytest.fixture
def method(calls):
    return EntedMethod(Store(calls), None)


def portrait(value):
    return Reference(np.full((16, 16, 3), value, np.float32), np.zeros(256, np.float32), 1.0)


CROP = np.full((16, 16, 3), 0.75, np.float32)


def test_portraits_are_stacked_behind_one_face(method, calls):
    shares = []
    out = method.restore(CROP, [portrait(0.2), portrait(0.4)], 0.3, 0, shares.append)
    (given,) = calls["restore"]
    assert given["input"].shape == (1, 3, 16, 16)
    assert given["mask"].tolist() == [[1, 1]]
    assert given["keys"].shape == (1, 2, 3)
    assert np.allclose(given["keys"][0, :, 0], [-0.6, -0.2])
    assert given["fidelity"].dtype == np.float32
    assert given["fidelity"].tolist() == pytest.approx([0.3])
    assert out.shape == CROP.shape
    assert out.max() <= 1
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[-1] == 1


def test_a_portrait_speaks_as_far_as_it_is_trusted(method, calls):
    doubtful = replace(portrait(0.2), trust=0.3)
    method.restore(CROP, [doubtful], 0.5, 0, lambda _: None)
    assert calls["restore"][0]["mask"].tolist() == [[pytest.approx(0.3)]]
    assert calls["restore"][0]["mask"].dtype == np.float32


def test_without_a_portrait_the_mask_says_so(method, calls):
    method.restore(CROP, [], 0.5, 0, lambda _: None)
    assert calls["restore"][0]["mask"].tolist() == [[0]]
    assert not calls["encode"][0]["reference"].any()


def test_the_faithful_restoration_comes_along_where_the_network_wants_it(method, calls):
    method.restore(CROP, [portrait(0.2)], 0.5, 0, lambda _: None)
    assert calls["recover"] == []
    beside = EntedMethod(Store(calls, recovered=True), None)
    beside.restore(CROP, [portrait(0.2)], 0.5, 0, lambda _: None)
    given = calls["restore"][1]["input"]
    assert given.shape == (1, 6, 16, 16)
    assert np.allclose(given[:, :3], 0.5)
    assert np.allclose(given[:, 3:], 1)  # within the range, as in training


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
