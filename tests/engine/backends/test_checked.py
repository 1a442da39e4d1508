"""A device whose numbers are wrong is not used."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from engine.backends import devices
from engine.backends.checked import CheckedBackend, difference, sample
from engine.backends.onnx import OnnxBackend
from engine.errors import DeviceError, ModelError
from engine.models.store import BUNDLED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from engine.backends.base import Arrays, Graph

GRAPH = BUNDLED / "embedder.onnx"


class Card(OnnxBackend):
    """The processor in the role of a graphics card, with a fault."""

    def __init__(self, fault: str = "") -> None:
        super().__init__(replace(devices.choose("cpu"), key="cuda", title="Old Card"))
        self._device = replace(devices.choose("cpu"), title="Old Card")
        self.fault, self.runs = fault, 0

    def open(self, path: Path, *, exact: bool = False) -> Graph:
        if self.fault == "open":
            raise ModelError("It does not open.", code="model-unreadable")
        return Faulty(super().open(path, exact=exact), self)


class Faulty:
    def __init__(self, graph: Graph, card: Card) -> None:
        self.graph, self.card = graph, card

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> Arrays:
        self.card.runs += 1
        if self.card.fault == "run":
            raise DeviceError("It failed.", code="device-failed")
        out = self.graph.run(inputs)
        if self.card.fault == "black":
            return {k: np.zeros_like(v) for k, v in out.items()}
        if self.card.fault == "nan":
            return {k: v * np.nan for k, v in out.items()}
        if self.card.fault == "rough":
            return {k: v * np.float32(1.005) for k, v in out.items()}
        return out


def checked(card: Card, memory: Path) -> CheckedBackend:
    return CheckedBackend(card, OnnxBackend(devices.choose("cpu")), memory)


@pytest.mark.parametrize("fault", ["black", "nan", "run", "open"])
def test_a_card_with_a_fault_gives_way_to_the_processor(fault: str, tmp_path: Path) -> None:
    card = Card(fault)
    backend = checked(card, tmp_path / "checks.json")
    wanted = OnnxBackend(devices.choose("cpu")).open(GRAPH).run(sample(GRAPH))
    got = backend.open(GRAPH).run(sample(GRAPH))
    assert np.allclose(got["embedding"], wanted["embedding"])
    assert backend.device.title != "Old Card"
    (sentence,) = backend.warnings
    assert "Old Card" in sentence
    assert "goes on on the processor" in sentence
    runs = card.runs
    backend.open(GRAPH).run(sample(GRAPH))
    assert card.runs == runs, "a fallen card is not asked again"
    assert len(backend.warnings) == 1


@pytest.mark.parametrize("fault", ["", "rough"])
def test_a_card_that_agrees_is_used_and_remembered(fault: str, tmp_path: Path) -> None:
    memory = tmp_path / "folder" / "checks.json"
    card = Card(fault)
    backend = checked(card, memory)
    backend.open(GRAPH)
    assert backend.device.title == "Old Card"
    assert backend.warnings == ()
    assert card.runs == 1
    again = Card(fault)
    checked(again, memory).open(GRAPH)
    assert again.runs == 0, "the answer was remembered"
    assert list(json.loads(memory.read_text()).values()) == [True]


def test_a_wrong_answer_is_remembered_too(tmp_path: Path) -> None:
    memory = tmp_path / "checks.json"
    checked(Card("black"), memory).open(GRAPH)
    card = Card("")
    backend = checked(card, memory)
    backend.open(GRAPH)
    assert card.runs == 0
    assert backend.warnings


@pytest.mark.parametrize("content", ["", "[1, 2]", "{", "\x00"])
def test_a_damaged_memory_only_costs_another_check(content: str, tmp_path: Path) -> None:
    memory = tmp_path / "checks.json"
    memory.write_text(content)
    card = Card()
    checked(card, memory).open(GRAPH)
    assert card.runs == 1


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    card = Card()
    assert checked(card, tmp_path / "file" / "checks.json").open(GRAPH)
    assert card.runs == 1


def test_differences() -> None:
    ones = np.ones((2, 3), np.float32)
    assert difference(ones, ones) == 0
    assert difference(ones * 1.5, ones) == pytest.approx(0.5)
    assert difference(ones * np.inf, ones) == float("inf")
    assert difference(ones[:1], ones) == float("inf")
