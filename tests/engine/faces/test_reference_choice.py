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
    assert choice.compared.name == choice.used[0].name
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


def test_a_doubtful_portrait_is_trusted_less_and_an_insisted_one_wholly() -> None:
    (sure,) = choose(FACE, [FIRST]).used
    assert sure.trust == 1
    assert sure.crop is CROP
    more = sure
    for lean in (3.6, 4.5, 6.0):  # cosines of .36, .31 and .26; the limits are .28 and .18 here
        (used,) = choose(FACE, [portrait(1, lean, "d.jpg")]).used
        assert 0 < used.trust < more.trust
        more = used
    assert choose(FACE, [STRANGER], insist=True).used[0].trust == 1


def test_a_portrait_is_trusted_as_far_as_the_most_similar_one_of_its_person() -> None:
    lesser = portrait(1, 3.6, "d.jpg")
    between = portrait(1, 1.0, "e.jpg")
    used = choose(FACE, [lesser, between]).used
    assert [r.trust for r in used] == [1, 1]
    assert choose(FACE, [lesser]).used[0].trust < 1


def test_without_portraits_there_is_nothing_to_say() -> None:
    assert choose(FACE, []).used == ()
    assert choose(FACE, []).compared is None
    assert not choose(FACE, []).note
