"""Naming, joining and parting the people of an album in the window."""

from __future__ import annotations

import pytest

from desktop.people_window import PeopleWindow
from engine.album.people import People
from engine.album.store import AlbumStore
from tests.engine.album.album_fakes import add_photo, person_vectors


@pytest.fixture
def dialog(qtbot, window, tmp_path):
    """Two persons with three and two faces."""
    with AlbumStore() as store:
        for person, count in ((1, 3), (2, 2)):
            for at, vector in enumerate(person_vectors(person, count)):
                add_photo(store, tmp_path / f"{person}-{at}.jpg", vector[None])
        People(store).group()
    window.actions_["people"].trigger()
    (made,) = window.findChildren(PeopleWindow)
    yield made
    made.reject()


def persons():
    with AlbumStore() as store:
        return [(p.name, len(p.faces), p.confirmed) for p in People(store).persons()]


def test_a_name_confirms_and_can_be_taken_for_two(qtbot, dialog):
    assert dialog.persons.count() == 2
    assert dialog.faces.count() == 3
    dialog.name.setText("Anna")
    dialog.rename.click()
    assert persons() == [("Anna", 3, 3), (None, 2, 0)]
    assert dialog.persons.item(0).text().startswith("Anna")
    dialog.persons.selectAll()
    assert not dialog.rename.isEnabled()
    dialog.merge.click()
    assert persons() == [("Anna", 5, 5)]
    dialog.undo.click()
    assert [count for _, count, _ in persons()] == [3, 2]


def test_faces_are_confirmed_refused_and_parted(dialog):
    dialog.faces.item(0).setSelected(True)
    dialog.confirm.click()
    assert persons()[0] == (None, 3, 1)
    dialog.faces.item(2).setSelected(True)
    dialog.split.click()
    assert sorted(count for _, count, _ in persons()) == [1, 2, 2]
    dialog.faces.item(0).setSelected(True)
    dialog.refuse.click()
    assert sorted(count for _, count, _ in persons()) == [1, 1, 2]


def test_a_person_and_a_face_can_be_ignored(dialog):
    dialog.faces.item(0).setSelected(True)
    dialog.ignore.click()
    assert [count for _, count, _ in persons()] == [2, 2]
    dialog.drop.click()
    assert len(persons()) == 1
    assert dialog.persons.count() == 1


def test_an_empty_album_can_do_nothing(qtbot):
    made = PeopleWindow(None)
    qtbot.addWidget(made)
    assert made.persons.count() == 0
    assert not made.rename.isEnabled()
    assert not made.drop.isEnabled()
    made.reject()
