"""A repair whose window is closed: the main window tells how it ended, and asks before it quits."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtWidgets import QMessageBox
from repair_steps import an_album, opened

from engine.album.entries import State
from engine.album.repair_run import RepairSummary
from engine.errors import CancelledError

BUTTON = QMessageBox.StandardButton


@pytest.fixture
def album(tmp_path):
    return an_album(tmp_path / "box")


@pytest.fixture
def running(qtbot, window, album, monkeypatch):
    """A repair that looks for people until it is stopped."""
    from desktop import album_work

    begun = threading.Event()

    def slow(_restorer, _folder, job):
        begun.set()
        assert job.cancel.wait(60)
        raise CancelledError

    monkeypatch.setattr(album_work, "look_for_people", slow)
    dialog = opened(window, album)
    dialog.start.click()
    qtbot.waitUntil(begun.is_set, timeout=60_000)
    return dialog


def ended(window, tmp_path, stopped=""):
    window.repair.ended.emit(RepairSummary(dict.fromkeys(State, 0), stopped, tmp_path / "gone"))


def test_the_main_window_tells_the_end_and_shows_it(qtbot, window, running, tmp_path):
    ended(window, tmp_path)
    assert window.notice.isHidden(), "the repair's own window says it"
    running.close()
    ended(window, tmp_path, "The disk is full.")
    assert window.notice.text.text() == "The repair of the album “box” stopped before its end."
    ended(window, tmp_path)
    assert window.notice.text.text() == "The repair of the album “box” is done."
    window.repair.cancel()
    qtbot.waitUntil(lambda: not window.repair.running)
    words, folder = running.words.text(), running.album.text()
    (tmp_path / "chest").mkdir()
    with qtbot.waitSignal(window.album.model.listed):
        window.open_paths([tmp_path / "chest"])
    assert window.notice.text.text() == "The repair of the album “box” is done."
    window.notice.button.click()
    assert running.isVisible()
    assert (running.words.text(), running.album.text()) == (words, folder)
    window.actions_["repair"].trigger()
    assert running.album.text() == str(tmp_path / "chest"), "what came of the other was seen"


def test_the_main_window_tells_that_it_failed(qtbot, window, album):
    dialog = opened(window, album)
    dialog.output.setText(str(album))
    dialog.start.click()
    dialog.close()
    qtbot.waitUntil(lambda: not window.notice.isHidden(), timeout=60_000)
    words = window.notice.text.text()
    assert words.startswith("The repair of the album “box” failed. ")
    assert "folder of their own" in words


def test_quitting_asks_first_and_stops_only_after_a_yes(window, running, monkeypatch):
    asked, answers = [], [BUTTON.Cancel, BUTTON.Yes]

    def answer(box):
        asked.append((box.text(), box.informativeText()))
        return answers.pop(0)

    monkeypatch.setattr(QMessageBox, "exec", answer)
    window.actions_["quit"].trigger()
    assert window.isVisible()
    assert window.repair.running
    assert not window.repair._bench.worker._jobs[1].cancel.is_set()
    words, more = asked[0]
    assert words == "The album “box” is still being repaired."
    assert "it can go on later" in more
    window.close()
    assert not window.isVisible()
    assert len(asked) == 2


def test_unsaved_work_is_asked_about_as_well(qtbot, restored, running, monkeypatch):
    asked, answers = [], [BUTTON.Yes, BUTTON.Cancel]

    def answer(box):
        asked.append(box.text())
        return answers.pop(0)

    monkeypatch.setattr(QMessageBox, "exec", answer)
    restored.close()
    assert asked == [
        "The album “box” is still being repaired.",
        "The restored faces of grandmother.jpg are not saved.",
    ]
    assert restored.isVisible()
    assert restored.repair.running, "whoever stays keeps the repair"
