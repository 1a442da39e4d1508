"""What the album panel says of a folder, and of the people in it."""

from __future__ import annotations

import os
import threading
from types import SimpleNamespace

import pytest
from desktop_fakes import paint_photo

from desktop.album_work import look_for_people
from desktop.problems import ProblemDialog
from engine.album.index import IndexReport


def shown(qtbot, window, folder):
    with qtbot.waitSignal(window.album.model.listed):
        window.open_paths([folder])
    return window.album


@pytest.fixture
def nested(tmp_path):
    """An album whose photographs all lie in folders below it."""
    folder = tmp_path / "box"
    (folder / "1950").mkdir(parents=True)
    paint_photo(folder / "1950" / "anna.jpg", 120, 90)
    return folder


def test_an_album_of_folders_offers_to_look_for_people(qtbot, window, nested):
    panel = shown(qtbot, window, nested)
    assert panel.count.text().startswith("There is no photograph in this folder itself;")
    assert panel.people.isVisibleTo(panel)


def test_folders_that_no_repair_looks_into_make_no_album(qtbot, window, tmp_path):
    for name in (".hidden", "likeness-report"):
        (tmp_path / "empty" / name).mkdir(parents=True)
    panel = shown(qtbot, window, tmp_path / "empty")
    assert panel.count.text() == "There is no photograph in this folder."
    assert not panel.people.isVisibleTo(panel)


def test_a_folder_that_cannot_be_read_says_so(qtbot, window, tmp_path):
    with qtbot.waitSignal(window.album.model.listed):
        window.album.show_folder(tmp_path / "unplugged")
    assert window.album.count.text().startswith("This folder cannot be read (")
    assert not window.album.people.isVisibleTo(window.album)


@pytest.mark.skipif(os.name == "nt", reason="links need a permission there")
def test_a_broken_link_hides_no_photograph(qtbot, window, nested):
    paint_photo(nested / "berta.jpg", 120, 90)
    (nested / "loop.jpg").symlink_to("loop.jpg")
    panel = shown(qtbot, window, nested)
    assert panel.count.text() == "1 photograph(s)"


def test_what_is_known_of_one_folder_is_not_said_of_the_next(qtbot, window, nested, tmp_path):
    bar = shown(qtbot, window, nested).people
    people = window.people
    people.folder = nested
    people.found.emit(IndexReport(photos=2))
    assert bar.words.text() == "People known in 2 photograph(s)"
    shown(qtbot, window, nested)
    assert bar.words.isVisibleTo(bar), "the same folder, read again"
    paint_photo(tmp_path / "other.jpg", 120, 90)
    shown(qtbot, window, tmp_path)
    assert not bar.words.isVisibleTo(bar)
    people.found.emit(IndexReport(photos=2))
    assert not bar.words.isVisibleTo(bar), "it comes from the folder that was left"


def test_a_search_can_be_stopped_where_the_next_folder_is_empty(qtbot, window, nested, tmp_path):
    bar = shown(qtbot, window, nested).people
    window.people.running_changed.emit(True)
    (tmp_path / "empty").mkdir()
    panel = shown(qtbot, window, tmp_path / "empty")
    assert bar.isVisibleTo(panel)
    assert bar.button.text() == "Stop"
    window.people.running_changed.emit(False)


def test_unreadable_files_are_counted_and_listed(qtbot, window, nested):
    bar = shown(qtbot, window, nested).people
    window.people.folder = nested
    torn = nested / "torn.jpg"
    window.people.found.emit(IndexReport(photos=3, failed=[(torn, "It is damaged.")]))
    assert bar.words.text() == "People known in 2 photograph(s)"
    assert bar.unread.text() == "1 unreadable file(s)…"
    bar.unread.click()
    (dialog,) = bar.findChildren(ProblemDialog)
    assert dialog.details.isVisible()
    assert dialog.details.toPlainText() == f"{torn}: It is damaged."
    dialog.accept()
    window.people.running_changed.emit(True)
    assert not bar.unread.isVisibleTo(bar)
    window.people.running_changed.emit(False)


def test_the_last_word_of_a_search_is_that_the_faces_are_sorted(shop, nested):
    (nested / "torn.jpg").write_bytes(b"\xff\xd8 not a photograph")
    (nested / "1950" / "anna.jpg").unlink()
    told = []
    job = SimpleNamespace(cancel=threading.Event(), tell=lambda *words: told.append(words))
    look_for_people(shop.restorer, nested, job)
    assert told == [(0.0, "torn.jpg"), (1.0, "Sorting the faces by person…")]
