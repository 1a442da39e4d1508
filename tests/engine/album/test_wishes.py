"""A finished repair, and faces of which the user has said something else since."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.album import references
from engine.album.begun import begun
from engine.album.entries import State
from engine.album.people import People
from engine.album.repair_run import RepairSettings
from engine.results import RestoreOptions
from tests.engine.album.album_fakes import add_photo, person_vectors
from tests.engine.album.album_material import small_photo

if TYPE_CHECKING:
    from pathlib import Path

    from engine.album.repair import Repair
    from engine.album.store import AlbumStore


@pytest.fixture
def faces(album: Path, store: AlbumStore) -> list[int]:
    """One person in all three photographs."""
    names = ("00.jpg", "01.jpg", "sub/02.jpg")
    vectors = person_vectors(1, 3)
    found = [add_photo(store, album / n, v[None])[0] for n, v in zip(names, vectors, strict=True)]
    People(store).group()
    return found


def finish(repair: Repair) -> list[str]:
    """Looks at all that is queued; returns their names."""
    names = []
    while (entry := repair.journal.next()) is not None:
        names.append(entry.path.name)
        repair.journal.start(entry.id)
        repair.journal.skipped(entry.id, "No face was found.", {})
    return sorted(names)


def test_settings_of_a_person_are_a_reason_to_restore_its_photographs_anew(
    begin, album: Path, store: AlbumStore, faces: list[int], samples: Path
) -> None:
    (album / "nobody.jpg").write_bytes(small_photo(samples, 7))
    people = People(store)
    (person,) = people.persons(album)
    with begin() as repair:
        assert repair.queue() == 4
        finish(repair)
        assert repair.queue() == 0
        people.settings(person.id, {"fidelity": 0.8})
        assert repair.queue() == 3
        assert finish(repair) == ["00.jpg", "01.jpg", "02.jpg"]
        assert repair.queue() == 0
        people.settings(person.id, {})
        assert repair.queue() == 3


def test_so_are_portraits_and_faces_that_are_ignored(
    begin, store: AlbumStore, faces: list[int]
) -> None:
    without = RepairSettings(threads=1, references=False)
    with begin() as repair:
        repair.queue()
        finish(repair)
        references.decide(store, faces[0], faces[1], accepted=True)
        assert repair.queue() == 1
        assert finish(repair) == ["00.jpg"]
        references.decide(store, faces[0], faces[1], accepted=False)
        repair.queue()
        assert finish(repair) == ["00.jpg"]
        change = People(store).ignore([faces[2]])
        repair.queue()
        assert finish(repair) == ["02.jpg"]
        People(store).undo(change)
        repair.queue()
        assert finish(repair) == ["02.jpg"]
    with begin(without) as repair:
        repair.queue()
        finish(repair)
        references.decide(store, faces[1], faces[0], accepted=True)
        assert repair.queue() == 0, "portraits are not used here"


def test_it_is_done_with_the_settings_asked_for_now(
    begin, album: Path, store: AlbumStore, faces: list[int], tmp_path: Path
) -> None:
    other = RepairSettings(RestoreOptions(strength=0.5), threads=1)
    with begin() as repair:
        repair.queue()
        finish(repair)
    references.decide(store, faces[0], faces[1], accepted=True)
    with begin(other) as repair:
        assert not repair.pointless()
        assert repair.queue() == 1
        assert repair.run().kept == 2
    found = begun(tmp_path / "out")
    assert found is not None
    assert found.settings == other


def test_the_first_result_stays_beside_the_new_one(
    begin, album: Path, store: AlbumStore, faces: list[int], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with begin() as repair:
        repair.queue()
        repair.run()
        first = (out / "00_likeness.jpg").read_bytes()
        references.decide(store, faces[0], faces[1], accepted=True)
        assert repair.queue() == 1
        assert repair.run().counts[State.DONE] == 3
    assert (out / "00_likeness.jpg").read_bytes() == first
    assert (out / "00_likeness-2.jpg").is_file()
    page = (out / "likeness-report" / "page-1.html").read_text("utf-8")
    assert "../00_likeness-2.jpg" in page
    assert "../00_likeness.jpg" not in page


def test_a_repair_begun_before_wishes_were_noted_takes_them_as_they_are(
    begin, store: AlbumStore, faces: list[int], album: Path
) -> None:
    people = People(store)
    (person,) = people.persons(album)
    people.settings(person.id, {"fidelity": 0.8})
    with begin() as repair:
        repair.queue()
        finish(repair)
        repair.journal.run("DROP TABLE wishes")
        assert repair.queue() == 0
        people.settings(person.id, {"fidelity": 0.9})
        assert repair.queue() == 3
