"""Grouping faces, and what the user says about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from engine.album.entries import Entry, State
from engine.album.groups import FREE, groups
from engine.album.people import People
from engine.album.plan import task_for
from engine.album.store import AlbumStore, real_path
from engine.errors import UsageError
from engine.results import RestoreOptions
from tests.engine.album.album_fakes import add_photo, person_vectors

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path):
    with AlbumStore(tmp_path / "cache.sqlite") as opened:
        yield opened


def states(store: AlbumStore) -> dict[int, tuple[int | None, str]]:
    return {f: (p, s) for f, p, s in store.rows("SELECT id, person, state FROM faces")}


def singles(store: AlbumStore, folder: Path, person: int, count: int, **options) -> list[int]:
    vectors = person_vectors(person, count, **options)
    return [
        add_photo(store, folder / f"{person}-{options.get('seed', 0)}-{i}.jpg", v[None])[0]
        for i, v in enumerate(vectors)
    ]


# ---------------------------------------------------------------------- numbers
def test_groups_are_the_persons() -> None:
    vectors = np.concatenate([person_vectors(p, 6) for p in range(5)])
    labels = groups(vectors, range(30))
    assert len(set(labels)) == 5
    assert all(len(set(labels[6 * p : 6 * p + 6])) == 1 for p in range(5))


def test_two_faces_of_one_photograph_are_never_one_person() -> None:
    vectors = person_vectors(1, 6, likeness=0.95)
    labels = groups(vectors, [0, 0, 1, 1, 2, 2])
    for a in (0, 2, 4):
        assert labels[a] != labels[a + 1]
    assert len(set(labels)) == 2


def test_what_is_certain_stays_together_and_apart() -> None:
    vectors = np.concatenate([person_vectors(1, 4, likeness=0.95), person_vectors(2, 2)])
    labels = groups(vectors, range(6), [7, 8, FREE, FREE, 7, FREE])
    assert labels[0] == labels[4], "one confirmed person, however unlike"
    assert labels[0] != labels[1], "two confirmed persons, however alike"
    assert labels[2] in {labels[0], labels[1]}


def test_refused_pairs_stay_apart() -> None:
    vectors = person_vectors(1, 3, likeness=0.95)
    labels = groups(vectors, range(3), refused=[(0, 1), (0, 2)])
    assert labels[1] == labels[2] != labels[0]


def test_a_piece_that_is_too_large_is_split_and_never_mixed() -> None:
    rng = np.random.default_rng(3)
    people = np.repeat(np.arange(40), 5)
    vectors = np.concatenate([person_vectors(p, 5) for p in range(40)])
    order = rng.permutation(200)
    whole = groups(vectors[order], range(200))
    small = groups(vectors[order], range(200), most=20)
    for labels in (whole, small):
        for label in set(labels):
            assert len(set(people[order][labels == label])) == 1
    assert len(set(whole)) == 40


def test_one_bridge_does_not_join_two_families() -> None:
    a, b = person_vectors(1, 8, likeness=0.9), person_vectors(2, 8, likeness=0.9)
    bridge = a[0] + b[0]
    vectors = np.concatenate([a, b, (bridge / np.linalg.norm(bridge))[None]]).astype(np.float32)
    labels = groups(vectors, range(17))
    assert labels[0] != labels[8]


# ---------------------------------------------------------------------- states
def test_grouping_suggests_and_leaves_the_lonely_and_the_poor(
    store: AlbumStore, tmp_path: Path
) -> None:
    own = singles(store, tmp_path, 1, 4)
    lonely = singles(store, tmp_path, 2, 1)
    poor = add_photo(store, tmp_path / "far.jpg", person_vectors(1, 1, seed=9), eyes=6.0)
    doubtful = add_photo(store, tmp_path / "wall.jpg", person_vectors(1, 1, seed=8), score=0.5)
    report = People(store).group()
    assert (report.persons, report.grouped, report.alone, report.poor) == (1, 4, 1, 2)
    found = states(store)
    assert {found[f][1] for f in own} == {"suggested"}
    assert len({found[f][0] for f in own}) == 1
    assert all(found[f] == (None, "unknown") for f in (*lonely, *poor, *doubtful))


def test_numbers_of_persons_stay_when_new_photographs_come(
    store: AlbumStore, tmp_path: Path
) -> None:
    people = People(store)
    for person in (1, 2, 3):
        singles(store, tmp_path, person, 4)
    people.group()
    before = states(store)
    for person in (3, 1, 4):
        singles(store, tmp_path, person, 6, seed=5)
    people.group()
    after = states(store)
    assert {f: after[f] for f in before} == before
    assert len(people.persons()) == 4


def test_a_confirmed_choice_is_never_undone(store: AlbumStore, tmp_path: Path) -> None:
    people = People(store)
    alike = singles(store, tmp_path, 1, 6, likeness=0.9)
    other = singles(store, tmp_path, 2, 3)
    people.group()
    person = states(store)[alike[0]][0]
    assert person is not None
    people.name(person, "  Anna   B. ")
    new, _ = people.split(alike[:2])
    people.name(new, "Berta")
    people.confirm([other[0]], person)
    people.ignore([alike[5]])
    said = states(store)
    for _ in range(2):
        singles(store, tmp_path, 1, 5, likeness=0.9, seed=7 + _)
        people.group()
        after = states(store)
        for face, (who, state) in said.items():
            if state in {"confirmed", "ignored"}:
                assert after[face] == (who, state)
    assert [p.name for p in people.persons()][:2] == ["Anna B.", "Berta"]


def test_a_refused_face_does_not_come_back(store: AlbumStore, tmp_path: Path) -> None:
    people = People(store)
    alike = singles(store, tmp_path, 1, 5, likeness=0.9)
    people.group()
    people.refuse([alike[0]])
    people.group()
    found = states(store)
    assert found[alike[0]][0] is None
    assert len({found[f][0] for f in alike[1:]}) == 1
    person = found[alike[1]][0]
    assert person is not None
    people.confirm([alike[0]], person)
    people.group()
    assert states(store)[alike[0]] == (person, "confirmed")


def test_merging_and_taking_it_back(store: AlbumStore, tmp_path: Path) -> None:
    people = People(store)
    first, second = singles(store, tmp_path, 1, 3), singles(store, tmp_path, 2, 3)
    people.group()
    before = states(store)
    a, b = before[first[0]][0], before[second[0]][0]
    assert a is not None
    assert b is not None
    people.name(a, "Anna")
    named = states(store)
    changes = people.name(b, "Anna")  # a taken name joins
    people.group()
    assert {states(store)[f] for f in (*first, *second)} == {(a, "confirmed")}
    people.undo(changes)
    assert states(store) == named
    people.merge(a, [b])
    assert {states(store)[f] for f in (*first, *second)} == {(a, "confirmed")}


def test_ignored_persons_take_new_faces_with_them(store: AlbumStore, tmp_path: Path) -> None:
    people = People(store)
    faces = singles(store, tmp_path, 1, 3)
    people.group()
    person = states(store)[faces[0]][0]
    assert person is not None
    people.ignore_person(person)
    new = singles(store, tmp_path, 1, 3, seed=4)
    people.group()
    assert people.persons() == []
    assert {states(store)[f][0] for f in new} == {person}
    (listed,) = people.persons(ignored=True)
    assert listed.ignored

    def left_alone(face: int) -> bool:
        """Whether a repair leaves this face as it is."""
        path = store.row("SELECT path FROM files JOIN faces USING (photo) WHERE id = ?", face)
        assert path is not None
        entry = Entry(1, real_path(path[0]).relative_to(tmp_path), 9, State.QUEUED)
        task = task_for(store, entry, tmp_path, tmp_path / "out", "one", RestoreOptions())
        return all(f.ignored for f in task.faces)

    assert all(map(left_alone, (*faces, *new)))
    people.ignore_person(person, ignored=False)
    assert not any(map(left_alone, (*faces, *new)))
    assert len(people.persons()) == 1


def test_only_one_album_is_listed(store: AlbumStore, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    singles(store, tmp_path / "a", 1, 3)
    singles(store, tmp_path / "b", 2, 3)
    people = People(store)
    people.group()
    assert len(people.persons()) == 2
    (only,) = people.persons(tmp_path / "a")
    assert len(only.faces) == 3


@pytest.mark.parametrize(
    "wrong",
    [
        lambda people: people.find("nobody"),
        lambda people: people.name(99, "Anna"),
        lambda people: people.confirm([99], 1),
        lambda people: people.merge(1, [98]),
        lambda people: people.settings(1, {"colour": 3}),
        lambda people: people.name(1, "  "),
    ],
)
def test_wrong_use_is_a_sentence_and_changes_nothing(
    store: AlbumStore, tmp_path: Path, wrong
) -> None:
    people = People(store)
    singles(store, tmp_path, 1, 3)
    people.group()
    before = states(store)
    with pytest.raises(UsageError) as caught:
        wrong(people)
    assert caught.value.sentence.endswith(".")
    assert states(store) == before


@pytest.mark.shared
def test_real_people_are_grouped_as_the_issue_asks(shared_photos: Path, shared_faces: Path) -> None:
    from engine.restorer import Restorer
    from engine.training.evaluate_people import family, joined, measured, strangers

    restorer = Restorer("cpu", threads=1)
    precision, recall, pairs = measured(
        joined(family(restorer, shared_photos / "family"), strangers(restorer))
    )
    assert pairs > 300
    assert precision >= 0.98
    assert recall >= 0.85
