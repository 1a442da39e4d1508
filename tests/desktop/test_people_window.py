"""Naming, joining and parting the people of an album in the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QBuffer, QThread
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QMessageBox

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


def test_an_ignored_person_is_shown_on_wish_and_comes_back(dialog):
    dialog.name.setText("Anna")
    dialog.rename.click()
    dialog.drop.click()
    assert persons() == [(None, 2, 0)]
    assert dialog.persons.count() == 1
    dialog.ignored.click()
    assert dialog.persons.count() == 2
    dialog.persons.setCurrentRow(0)
    assert dialog.persons.item(0).text() == "Anna\n3 face(s)\nIgnored"
    assert dialog.drop.text() == "No longer ignore"
    dialog.faces.item(0).setSelected(True)
    assert not dialog.confirm.isEnabled(), "nothing is said of an ignored person's faces"
    assert not dialog.rename.isEnabled()
    dialog.drop.click()
    assert persons() == [("Anna", 3, 3), (None, 2, 0)]
    assert dialog.persons.item(0).isSelected()
    assert dialog.drop.text() == "Ignore"


def test_pictures_are_decoded_in_the_background_and_only_when_seen(qtbot, dialog, monkeypatch):
    image = QImage(96, 96, QImage.Format.Format_RGB32)
    image.fill(QColor(10, 200, 30))
    data = QBuffer()
    image.save(data, "JPG")
    with AlbumStore() as store:
        store.run("UPDATE faces SET thumbnail = ?", bytes(data.data()))
    pictures = dialog._pictures
    qtbot.waitUntil(lambda: len(pictures._memory) == 4)  # three of the first, one of the second
    made = []
    real = QImage.loadFromData

    def noted(self, *arguments):
        made.append(QThread.isMainThread())
        return real(self, *arguments)

    monkeypatch.setattr(QImage, "loadFromData", noted)
    pictures._memory.clear()
    dialog.faces.clear()
    dialog.faces.hide()
    dialog.persons.viewport().update()
    qtbot.waitUntil(lambda: len(pictures._memory) == 2)
    assert made == [False, False], "one for each person in sight, none for the hidden faces"
    assert dialog.persons.item(0).icon().pixmap(72).toImage().pixelColor(30, 30).green() > 180


def test_an_empty_album_can_do_nothing(qtbot):
    made = PeopleWindow(None)
    qtbot.addWidget(made)
    assert made.persons.count() == 0
    assert not made.rename.isEnabled()
    assert not made.drop.isEnabled()
    made.reject()


@pytest.fixture
def answered(monkeypatch):
    """Answers every question with the button in the list, and keeps what was asked."""
    asked, button = [], [QMessageBox.StandardButton.Cancel]

    def answer(box):
        asked.append(box.text())
        return button[0]

    monkeypatch.setattr(QMessageBox, "exec", answer)
    return asked, button


def test_a_taken_name_is_asked_about_and_undo_brings_both_names_back(dialog, answered):
    asked, button = answered
    for row, name in ((0, "Anna"), (1, "Berta")):
        dialog.persons.setCurrentRow(row)
        dialog.name.setText(name)
        dialog.rename.click()
    assert asked == []
    named = persons()
    assert named == [("Anna", 3, 3), ("Berta", 2, 2)]
    dialog.persons.setCurrentRow(1)
    dialog.name.setText(" Anna ")
    dialog.rename.click()
    assert asked == ["Somebody else is called “Anna” already."]
    assert persons() == named, "not without a yes"
    button[0] = QMessageBox.StandardButton.Yes
    dialog.rename.click()
    assert persons() == [("Anna", 5, 5)]
    dialog.undo.click()
    assert persons() == named


def test_a_name_alone_can_be_undone(dialog):
    for name in ("Anna", "Anne"):
        dialog.name.setText(name)
        dialog.rename.click()
    assert persons()[0] == ("Anne", 3, 3)
    dialog.undo.click()
    assert persons()[0] == ("Anna", 3, 3)


def test_undo_takes_a_refusal_back(dialog):
    before = persons()
    for button in (dialog.refuse, dialog.split):
        dialog.faces.item(0).setSelected(True)
        button.click()
        dialog.undo.click()
        assert persons() == before
        with AlbumStore() as store:
            assert store.rows("SELECT * FROM refusals") == []
            People(store).group()
        assert persons() == before, "nothing keeps the face away any more"


def test_ignoring_makes_no_guess_certain_and_can_be_undone(dialog):
    dialog.faces.item(0).setSelected(True)
    dialog.confirm.click()
    before = persons()
    assert before == [(None, 3, 1), (None, 2, 0)]
    dialog.persons.selectAll()
    dialog.drop.click()
    assert persons() == []
    dialog.undo.click()
    assert persons() == before
    dialog.persons.setCurrentRow(0)
    dialog.drop.click()
    dialog.ignored.click()
    dialog.persons.setCurrentRow(0)
    assert dialog.drop.text() == "No longer ignore"
    dialog.drop.click()
    assert persons() == before
