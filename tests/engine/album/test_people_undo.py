"""What the user said of people, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.album.people import People
from tests.engine.album.test_people import singles, states

if TYPE_CHECKING:
    from pathlib import Path

    from engine.album.store import AlbumStore


def kept(store: AlbumStore) -> tuple[object, ...]:
    """All that the user can have said."""
    named = "SELECT id, name, ignored, settings FROM persons WHERE name IS NOT NULL ORDER BY id"
    return states(store), store.rows(named), store.rows("SELECT * FROM refusals ORDER BY face")


@pytest.mark.parametrize(
    "act",
    [
        lambda people, anna, _berta, _faces: people.name(anna, "Anne"),
        lambda people, anna, _berta, _faces: people.name(anna, "Berta"),
        lambda people, anna, berta, _faces: people.merge(anna, [berta]),
        lambda people, _anna, _berta, faces: people.refuse(faces),
        lambda people, _anna, _berta, faces: people.split(faces)[1],
        lambda people, anna, _berta, faces: people.confirm(faces, anna),
        lambda people, _anna, _berta, faces: people.ignore(faces),
        lambda people, anna, _berta, _faces: people.ignore_person(anna),
    ],
    ids=["new name", "taken name", "merge", "refuse", "split", "confirm", "ignore", "person"],
)
def test_undo_brings_back_names_refusals_and_what_was_certain(
    store: AlbumStore, tmp_path: Path, act
) -> None:
    people = People(store)
    own = singles(store, tmp_path, 1, 4, likeness=0.9)
    other = singles(store, tmp_path, 2, 2)
    people.group()
    anna, berta = states(store)[own[0]][0], states(store)[other[0]][0]
    assert anna is not None
    assert berta is not None
    people.name(anna, "Anna")
    people.settings(anna, {"strength": 0.5})
    people.name(berta, "Berta")
    people.settings(berta, {"grain": 0.2})
    people.refuse(own[2:3])
    singles(store, tmp_path, 1, 2, likeness=0.9, seed=3)
    people.group()
    before = kept(store)
    change = act(people, anna, berta, [own[0], own[2]])
    assert change
    assert kept(store) != before
    people.undo(change)
    assert kept(store) == before
    # Whoever lost all faces is forgotten by the next grouping; Undo knows them still.
    change = act(people, anna, berta, [own[0], own[2]])
    people.group()
    people.undo(change)
    assert kept(store)[1:] == before[1:]


def test_a_name_that_somebody_else_got_meanwhile_stays_theirs(
    store: AlbumStore, tmp_path: Path
) -> None:
    people = People(store)
    own, other = singles(store, tmp_path, 1, 3), singles(store, tmp_path, 2, 3)
    people.group()
    anna, berta = (states(store)[faces[0]][0] for faces in (own, other))
    assert anna is not None
    assert berta is not None
    people.name(anna, "Anna")
    change = people.name(anna, "Anne")
    assert people.namesake(berta, " Anna ") is None
    people.name(berta, "Anna")
    assert people.namesake(anna, " Anna ") == berta
    people.undo(change)
    assert {p.id: p.name for p in people.persons()} == {anna: None, berta: "Anna"}


def test_whoever_is_no_longer_ignored_is_as_certain_as_before(
    store: AlbumStore, tmp_path: Path
) -> None:
    people = People(store)
    faces = singles(store, tmp_path, 1, 3)
    people.group()
    person = states(store)[faces[0]][0]
    assert person is not None
    people.confirm(faces[:1], person)
    before = states(store)
    for _ in range(2):
        for _ in range(2):
            people.ignore_person(person)
        assert {state for _, state in states(store).values()} == {"ignored"}
        people.ignore_person(person, ignored=False)
        assert states(store) == before


def test_what_is_said_twice_changes_nothing_the_second_time(
    store: AlbumStore, tmp_path: Path
) -> None:
    people = People(store)
    faces = singles(store, tmp_path, 1, 3)
    people.group()
    person = states(store)[faces[0]][0]
    assert person is not None
    for act in (people.name(person, "Anna"), people.ignore(faces[:1]), people.refuse(faces[1:2])):
        assert act
    for act in (people.name(person, "Anna"), people.ignore(faces[:1]), people.refuse(faces[1:2])):
        assert not act
