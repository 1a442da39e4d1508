"""Unsaved work: what is asked, and what follows each answer."""

from __future__ import annotations

import pytest
from desktop_fakes import paint_photo
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop.save_dialog import SaveDialog


@pytest.fixture
def answer(qtbot):
    """Presses a button of the question, as soon as it stands there."""
    asked = []

    def prepare(which):
        from PySide6.QtCore import QTimer

        def press():
            box = QApplication.activeModalWidget()
            if not isinstance(box, QMessageBox):
                QTimer.singleShot(20, press)
                return
            asked.append(box.text())
            QTest.mouseClick(box.button(which), Qt.MouseButton.LeftButton)

        QTimer.singleShot(0, press)
        return asked

    return prepare


BUTTON = QMessageBox.StandardButton


def test_cancel_keeps_the_window(restored, answer):
    asked = answer(BUTTON.Cancel)
    restored.close()
    assert restored.isVisible()
    assert asked == ["The restored faces of grandmother.jpg are not saved."]
    assert restored.document.unsaved


def test_not_saving_closes_and_forgets_the_session(qtbot, restored, answer, photo):
    restored.studio.keep_session()
    answer(BUTTON.Discard)
    restored.close()
    qtbot.waitUntil(lambda: not restored.isVisible())
    assert restored.studio.session.read() is None
    assert not photo.with_name("grandmother_likeness.jpg").exists()


def test_saving_closes_when_the_file_is_written(qtbot, restored, answer, photo):
    answer(BUTTON.Save)
    restored.close()
    qtbot.waitUntil(lambda: not restored.isVisible())
    assert photo.with_name("grandmother_likeness.jpg").exists()


def test_a_disk_that_takes_nothing_keeps_the_window(qtbot, restored, answer, photo, monkeypatch):
    from desktop import workshop
    from engine.errors import PhotoError

    def full(*_args, **_keywords):
        raise PhotoError("The disk is full.", code="photo-disk-full")

    monkeypatch.setattr(workshop.photos, "write", full)
    answer(BUTTON.Save)
    restored.close()
    qtbot.waitUntil(lambda: restored.notice.text.text() == "The disk is full.")
    assert restored.isVisible()
    monkeypatch.undo()
    with qtbot.waitSignal(restored.studio.saved):
        restored.actions_["save"].trigger()
    assert restored.isVisible(), "the old wish to close must not come true later"


def test_nothing_is_asked_where_nothing_is_lost(opened):
    opened.close()
    assert not opened.isVisible()


def test_another_photo_waits_for_the_answer(qtbot, restored, answer, tmp_path):
    other = paint_photo(tmp_path / "other.png")
    answer(BUTTON.Cancel)
    restored.open_paths([other])
    assert restored.document.name == "grandmother.jpg"
    answer(BUTTON.Save)
    restored.open_paths([other])
    qtbot.waitUntil(lambda: restored.document.name == "other.png")
    assert (tmp_path / "grandmother_likeness.jpg").exists()


def test_a_pasted_picture_is_saved_before_another_opens(qtbot, window, answer, photo, tmp_path):
    image = QImage(640, 420, QImage.Format.Format_RGB32)
    image.fill(QColor(90, 120, 60))
    QGuiApplication.clipboard().setImage(image)
    window.actions_["paste"].trigger()
    qtbot.waitUntil(lambda: window.document is not None and window.document.searched)
    window.studio.restore()
    qtbot.waitUntil(lambda: window.document.restored is not None)
    answer(BUTTON.Save)
    window.open_paths([photo])
    dialog = window.findChild(SaveDialog)
    assert dialog is not None
    dialog.reject()
    assert window.document.path is None, "a save that was called off leaves the picture open"
    dialog.deleteLater()
    answer(BUTTON.Save)
    window.open_paths([photo])
    dialog = next(d for d in window.findChildren(SaveDialog) if d.isVisible())
    dialog.folder = tmp_path
    dialog.name.setText("from the clipboard")
    dialog.save.click()
    qtbot.waitUntil(lambda: window.document is not None and window.document.path == photo)
    assert (tmp_path / "from the clipboard.png").exists()


def test_undo_and_redo_reach_every_kind_of_choice(qtbot, opened, portrait):
    document, panel = opened.document, opened.panel
    start = document.choices
    panel.cards[1].chosen.emit("rich")
    panel.fidelity.slider.setValue(20)
    panel.tone.setCurrentIndex(2)
    panel.tone.activated.emit(2)
    panel.advanced.seed.setValue(7)
    opened.hand.switch(1, True)
    opened.studio.read_portrait(portrait, 0)
    qtbot.waitUntil(lambda: bool(document.choices.faces[0].portrait))
    opened.studio.add_face((300, 100, 80, 80))
    qtbot.waitUntil(lambda: len(document.choices.faces) == 3)
    end = document.choices
    assert document.undo.count() == 7
    for _ in range(7):
        QTest.keyClick(opened, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert document.choices == start
    assert not opened.actions_["undo"].isEnabled()
    assert panel.fidelity.value == start.fidelity
    for _ in range(7):
        opened.actions_["redo"].trigger()
    assert document.choices == end
    assert panel.tone.currentData() == "sepia"


def test_a_folder_that_takes_nothing_offers_another(qtbot, restored, monkeypatch, tmp_path):
    from desktop import workshop
    from engine.errors import PhotoError

    def forbidden(*_args, **_keywords):
        raise PhotoError("You may not write here.", code="photo-no-permission")

    monkeypatch.setattr(workshop.photos, "write", forbidden)
    restored.actions_["save"].trigger()
    qtbot.waitUntil(lambda: restored.notice.text.text() == "You may not write here.")
    monkeypatch.undo()
    restored.notice.button.click()
    dialog = restored.findChild(SaveDialog)
    dialog.folder = tmp_path / "elsewhere"
    dialog.folder.mkdir()
    with qtbot.waitSignal(restored.studio.saved) as caught:
        dialog.save.click()
    assert caught.args[0] == tmp_path / "elsewhere" / "grandmother_likeness.jpg"


def test_a_pasted_picture_survives_a_crash(qtbot, window, tmp_path):
    image = QImage(640, 420, QImage.Format.Format_RGB32)
    image.fill(QColor(90, 120, 60))
    QGuiApplication.clipboard().setImage(image)
    window.actions_["paste"].trigger()
    qtbot.waitUntil(lambda: window.document is not None and window.document.searched)
    window.panel.grain.slider.setValue(70)
    window.studio.keep_session()
    kept = window.studio.session.read()
    assert kept.pasted
    window.offer_session()
    assert "a pasted picture" in window.notice.text.text()
    first = window.document
    window.notice.button.click()
    qtbot.waitUntil(lambda: window.document is not first and window.document.searched)
    assert window.document.path is None, "it is saved where the user says, not beside the copy"
    assert window.document.choices.grain == pytest.approx(0.7)
    assert tuple(window.document.opened.photo.pixels[5, 5]) == (90, 120, 60)
    window.close()
    assert not list(tmp_path.glob("session*"))
