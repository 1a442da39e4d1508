"""The recovery network, asked the same by several parts."""

from __future__ import annotations

import numpy as np
import pytest

from engine.models.remembering import Remembering


class Counting:
    """Doubles a picture, and counts how often."""

    def __init__(self) -> None:
        self.runs = 0

    def run(self, inputs):
        self.runs += 1
        return {"output": inputs["input"] * 2}


@pytest.fixture
def counting() -> Counting:
    return Counting()


def picture(value: float) -> dict[str, np.ndarray]:
    return {"input": np.full((1, 3, 8, 8), value, np.float32)}


def test_the_same_face_is_computed_once(counting: Counting) -> None:
    graph = Remembering(counting)
    for value in (1, 2, 1, 2):
        assert np.all(graph.run(picture(value))["output"] == 2 * value)
    assert counting.runs == 2


def test_a_picture_that_was_changed_in_place_is_another_face(counting: Counting) -> None:
    graph = Remembering(counting)
    asked = picture(1)
    graph.run(asked)
    asked["input"][0, 0, 0, 0] = 5
    assert graph.run(asked)["output"][0, 0, 0, 0] == 10
    assert counting.runs == 2


def test_nobody_can_change_what_is_remembered(counting: Counting) -> None:
    graph = Remembering(counting)
    answer = graph.run(picture(1))
    with pytest.raises(ValueError, match="read-only"):
        answer["output"][:] = 0
    del answer["output"]
    assert np.all(graph.run(picture(1))["output"] == 2)


def test_faces_of_long_ago_are_forgotten(counting: Counting) -> None:
    graph = Remembering(counting)
    for value in range(10):
        graph.run(picture(value))
    graph.run(picture(9))
    assert counting.runs == 10
    graph.run(picture(0))
    assert counting.runs == 11
