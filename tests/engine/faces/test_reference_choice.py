"""Which portraits a face borrows from: all of its person, nobody else's, and why not."""

from __future__ import annotations

import numpy as np
import pytest

from engine.faces.reference_check import Portrait
from engine.faces.reference_choice import choose
from engine.methods.base import Reference

CROP = np.zeros((512, 512, 3), np.float32)


def vector(direction: int, lean: float = 0.1) -> np.ndarray:
    v = np.zeros(256, np.float32)
    v[direction], v[99] = 1.0, lean
    return v / np.linalg.norm(v)


def portrait(direction: int, lean: float, name: str, sharpness: float = 0.8) -> Reference:
    return Reference(CROP, vector(direction, lean), sharpness, name)


FACE = Portrait(vector(1), 0.5)
FIRST, SECOND = portrait(1, 0.1, "a.jpg"), portrait(1, 0.4, "b.jpg")
STRANGER = portrait(2, 0.1, "c.jpg")


def test_all_portraits_of_the_person_go_in_and_nobody_elses() -> None:
    choice = choose(FACE, [STRANGER, SECOND, FIRST])
    assert {r.name for r in choice.used} == {"a.jpg", "b.jpg"}
    assert choice.compared is choice.used[0]
    assert not choice.note


def test_somebody_elses_portrait_is_refused_unless_the_user_insists() -> None:
    choice = choose(FACE, [STRANGER])
    assert choice.used == ()
    assert choice.compared is STRANGER
    assert "another person" in choice.note
    assert choice.note.endswith("The face was restored without it.")
    insisted = choose(FACE, [STRANGER], insist=True)
    assert insisted.used == (STRANGER,)
    assert "another person" in insisted.note


@pytest.mark.parametrize(("sharpness", "used"), [(0.3, True), (0.1, False)])
def test_a_soft_portrait_is_taken_with_a_warning_and_a_blurred_one_is_not(sharpness, used) -> None:
    soft = portrait(1, 0.1, "soft.jpg", sharpness)
    choice = choose(FACE, [soft])
    assert bool(choice.used) is used
    assert ("little soft" if used else "too blurred") in choice.note
    assert [r.name for r in choose(FACE, [soft, SECOND]).used][:1] == ["b.jpg"] or used


def test_without_portraits_there_is_nothing_to_say() -> None:
    assert choose(FACE, []).used == ()
    assert choose(FACE, []).compared is None
    assert not choose(FACE, []).note
