"""Calls from several threads are computed together, and each gets its own rows."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from engine.backends.batching import BatchingGraph
from engine.errors import DeviceError


class Doubling:
    """Doubles; the first run takes until `gate` opens. Fails on more than `most` rows."""

    def __init__(self, most=99):
        self.gate, self.begun, self.most = threading.Event(), threading.Event(), most
        self.rows = []

    def run(self, inputs):
        x = inputs["x"]
        self.rows.append(len(x))
        if len(self.rows) == 1:
            self.begun.set()
            assert self.gate.wait(20)
        if len(x) > self.most:
            raise DeviceError("The card is out of memory.", code="device-memory")
        if np.isnan(x).any():
            raise DeviceError("The card failed.", code="device-failed")
        return {"y": x * 2}


def ask(graph, inner, values):
    """Calls with these arrays at a time, all behind a first one."""
    with ThreadPoolExecutor(len(values) + 1) as pool:
        first = pool.submit(graph.run, {"x": np.zeros((1, 3), np.float32)})
        assert inner.begun.wait(20)
        others = [pool.submit(graph.run, {"x": v}) for v in values]
        while len(graph._waiting) < len(values):
            time.sleep(0.01)
        inner.gate.set()
        assert (first.result()["y"] == 0).all()
        return [f.exception() or f.result()["y"] for f in others]


def row(value, width=3):
    return np.full((1, width), value, np.float32)


def test_what_waits_is_computed_in_one_run():
    inner = Doubling()
    got = ask(BatchingGraph(inner, 8), inner, [row(v) for v in (1, 2, 3)])
    assert inner.rows == [1, 3]
    assert [float(y[0, 0]) for y in got] == [2, 4, 6]
    assert all(y.shape == (1, 3) and y.flags.c_contiguous for y in got)


def test_no_more_than_fit_and_only_what_is_alike():
    inner = Doubling()
    got = ask(BatchingGraph(inner, 2), inner, [row(1), row(2), row(3), row(4, width=5)])
    assert sorted(inner.rows) == [1, 1, 1, 2]
    assert [float(y[0, 0]) for y in got] == [2, 4, 6, 8]


def test_a_batch_too_large_for_the_card_is_taken_one_by_one():
    inner = Doubling(most=1)
    got = ask(BatchingGraph(inner, 8), inner, [row(1), row(2)])
    assert inner.rows == [1, 2, 1, 1]
    assert [float(y[0, 0]) for y in got] == [2, 4]


def test_one_failure_is_not_the_others():
    inner = Doubling()
    good, bad = ask(BatchingGraph(inner, 8), inner, [row(1), row(np.nan)])
    assert float(good[0, 0]) == 2
    assert isinstance(bad, DeviceError)


def test_nobody_waits_for_company_and_nothing_is_left():
    inner = Doubling()
    inner.gate.set()
    graph = BatchingGraph(inner, 8)
    assert (graph.run({"x": row(4)})["y"] == 8).all()
    assert not graph._waiting
    with pytest.raises(KeyError):
        graph.run({})


def test_a_program_error_reaches_everybody():
    inner = Doubling()
    graph = BatchingGraph(inner, 8)
    wrong = np.array([["a", "b", "c"]], dtype=object)
    first, second = ask(graph, inner, [wrong, wrong])
    assert isinstance(first, Exception)
    assert isinstance(second, Exception)
