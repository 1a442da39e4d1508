"""Portraits for damaged faces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.album import references
from engine.album.people import People
from engine.album.references import chosen, damaged, decide, suggest
from engine.album.store import AlbumStore
from engine.errors import UsageError
from engine.faces.likeness import Likeness
from tests.engine.album.album_fakes import add_photo, person_vectors

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path):
    with AlbumStore(tmp_path / "cache.sqlite") as opened:
        yield opened


def faces(store: AlbumStore, folder: Path, likeness: float = 0.8) -> tuple[int, list[int]]:
    """A damaged face of 1920, and three portraits of the same person."""
    vectors = person_vectors(1, 4, likeness=likeness)
    (worn,) = add_photo(store, folder / "worn.jpg", vectors[:1], sharpness=0.2, taken="1920-05-01")
    options = [
        {"sharpness": 0.9, "taken": "1921-02-01"},
        {"sharpness": 0.9, "taken": "1965-02-01"},
        {"sharpness": 0.45, "taken": "1921-02-01"},
    ]
    portraits = [
        add_photo(store, folder / f"portrait-{i}.jpg", v[None], **o)[0]
        for i, (v, o) in enumerate(zip(vectors[1:], options, strict=True))
    ]
    return worn, portraits


def test_the_sharp_portrait_of_the_same_age_is_first_and_says_why(
    store: AlbumStore, tmp_path: Path
) -> None:
    worn, portraits = faces(store, tmp_path)
    People(store).group()
    assert damaged(store, tmp_path)[0] == worn
    found = suggest(store, worn)
    assert [s.portrait for s in found] == portraits
    best = found[0]
    assert best.path == tmp_path / "portrait-0.jpg"
    assert best.likeness is Likeness.CERTAIN
    assert best.years == pytest.approx(0.76, abs=0.01)
    assert best.reason.startswith("Certainly the same person")
    assert "45 years apart" in found[1].reason
    assert chosen(store, worn) == portraits[0]


def test_a_doubtful_match_asks_until_it_is_accepted_or_confirmed(
    store: AlbumStore, tmp_path: Path
) -> None:
    worn, portraits = faces(store, tmp_path, likeness=0.46)
    people = People(store)
    people.group()
    found = suggest(store, worn)
    assert found
    assert all(s.asks and s.cosine < 0.52 for s in found)
    assert chosen(store, worn) is None
    decide(store, worn, portraits[1], accepted=True)
    assert chosen(store, worn) == portraits[1]
    decide(store, worn, portraits[1], accepted=False)
    assert portraits[1] not in [s.portrait for s in suggest(store, worn)]
    assert chosen(store, worn) is None
    person = store.rows("SELECT person FROM faces WHERE id = ?", worn)[0][0]
    people.name(person, "Anna")
    assert chosen(store, worn) == portraits[0]
    assert "You confirmed" in suggest(store, worn)[0].reason


def test_a_face_that_nobody_grouped_is_only_asked_about(store: AlbumStore, tmp_path: Path) -> None:
    worn, portraits = faces(store, tmp_path, likeness=0.5)
    assert {s.portrait for s in suggest(store, worn)} == set(portraits)
    assert all(s.asks for s in suggest(store, worn))
    assert chosen(store, worn) is None


def test_soft_and_small_portraits_and_other_people_are_not_offered(
    store: AlbumStore, tmp_path: Path
) -> None:
    vectors = person_vectors(1, 4, likeness=0.9)
    (worn,) = add_photo(store, tmp_path / "worn.jpg", vectors[:1], sharpness=0.3)
    add_photo(store, tmp_path / "soft.jpg", vectors[1:2], sharpness=0.35)
    add_photo(store, tmp_path / "small.jpg", vectors[2:3], eyes=20.0)
    add_photo(store, tmp_path / "other.jpg", person_vectors(2, 1))
    People(store).group()
    assert suggest(store, worn) == []
    assert chosen(store, worn) is None


@pytest.mark.parametrize("known", [True, False])
def test_the_best_is_found_among_many_pages(
    store: AlbumStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    """More faces than are looked at closely, which is what keeps a large album quick."""
    monkeypatch.setattr(references, "_PAGE", 7)
    monkeypatch.setattr(references, "_FEW", 5)
    worn, portraits = faces(store, tmp_path)
    for at, vector in enumerate(person_vectors(1, 30, likeness=0.6, seed=3)):
        add_photo(store, tmp_path / f"other-{at}.jpg", vector[None], sharpness=0.5)
    late = person_vectors(1, 4)[1:2]
    (last,) = add_photo(store, tmp_path / "last.jpg", late, sharpness=0.95, taken="1920-05-01")
    if known:
        People(store).group()
    judged: list[int] = []
    real = references.check

    def check(*arguments):
        judged.append(1)
        return real(*arguments)

    monkeypatch.setattr(references, "check", check)
    found = suggest(store, worn, most=3)
    assert found[0].portrait == last
    assert {s.portrait for s in found[1:]} == set(portraits[:2])
    assert len(judged) == 5
    decide(store, worn, portraits[2], accepted=True)
    assert suggest(store, worn)[0].portrait == portraits[2], "the user's word needs no promise"


def test_wrong_use_is_a_sentence(store: AlbumStore, tmp_path: Path) -> None:
    worn, _ = faces(store, tmp_path)
    for call in (
        lambda: suggest(store, 999),
        lambda: decide(store, worn, 999, accepted=True),
        lambda: decide(store, worn, worn, accepted=True),
    ):
        with pytest.raises(UsageError):
            call()
