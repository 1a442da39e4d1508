from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from desktop_fakes import paint_photo
from PIL import Image
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QUndoStack,
)
from PySide6.QtWidgets import QMessageBox
from window_steps import drop, ready, settled

from engine import photo as photos

if TYPE_CHECKING:
    from pathlib import Path


def test_the_empty_window_says_what_to_do(window):
    assert window.stack.currentWidget() is window.welcome
    assert not window.panel.button.isEnabled()
    assert not window.actions_["save"].isEnabled()


def test_a_click_restores_and_the_faces_tell(qtbot, opened):
    qtbot.mouseClick(opened.panel.button, Qt.MouseButton.LeftButton)
    settled(qtbot, opened)
    first, second = opened.area.strip.tiles
    assert first.status.text() == "Restored"
    assert first.words.text() == "Clearly the same person (0.72)"
    assert second.status.text() == "Off"
    assert opened.isWindowModified()
    assert opened.area.view.after is opened.document.restored.picture


def test_moving_a_slider_back_is_instant(qtbot, restored, shop):
    first = restored.document.restored
    restored.panel.strength.slider.setValue(40)
    settled(qtbot, restored)
    calls = len(shop.restorer.calls)
    restored.panel.strength.slider.setValue(100)
    settled(qtbot, restored)
    assert restored.document.restored is first
    assert len(shop.restorer.calls) == calls


def test_stop_ends_a_run_and_changes_nothing(qtbot, opened, shop):
    shop.restorer.blocked = True
    opened.studio.restore()
    qtbot.waitUntil(lambda: bool(shop.restorer.calls))
    assert opened.panel.button.text() == "Stop"
    qtbot.mouseClick(opened.panel.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not opened.studio.running, timeout=2000)
    assert opened.document.restored is None
    assert opened.panel.button.text() == "Restore faces"


def test_a_newer_setting_supersedes_the_run(qtbot, opened, shop):
    shop.restorer.blocked = True
    opened.studio.restore()
    qtbot.waitUntil(lambda: bool(shop.restorer.calls))
    shop.restorer.blocked = False
    opened.panel.grain.slider.setValue(10)
    opened.studio.restore()
    settled(qtbot, opened)
    assert opened.document.restored.choices.grain == pytest.approx(0.1)


def test_undo_and_redo_of_choices(qtbot, opened):
    opened.panel.fidelity.slider.setValue(10)
    opened.panel.grain.slider.setValue(80)
    opened.panel.grain.slider.setValue(90)
    opened.hand.switch(1, True)
    stack: QUndoStack = opened.document.undo
    assert stack.count() == 3
    opened.actions_["undo"].trigger()
    assert not opened.document.choices.faces[1].on
    opened.actions_["undo"].trigger()
    assert opened.document.choices.grain == pytest.approx(0.5)
    assert opened.panel.grain.value == pytest.approx(0.5)
    opened.actions_["redo"].trigger()
    assert opened.panel.grain.value == pytest.approx(0.9)


def test_a_method_without_fidelity_explains_itself(opened):
    assert not opened.panel.fidelity.slider.isEnabled()
    assert "Faithful" in opened.panel.fidelity.why.text()
    opened.panel.cards[1].chosen.emit("rich")
    assert opened.document.choices.method == "rich"
    assert opened.panel.fidelity.slider.isEnabled()


def test_a_portrait_dropped_on_a_face_is_used_for_it_alone(qtbot, restored, portrait, shop):
    restored.hand.switch(1, True)
    tile = restored.area.strip.tiles[0]
    assert drop(tile, portrait)
    qtbot.waitUntil(lambda: bool(restored.document.choices.faces[0].portrait))
    settled(qtbot, restored)
    first, second = restored.document.restored.result.faces
    assert (first.reference, second.reference) == ("portrait.png", None)
    assert "0.30 → 0.50" in tile.words.text()


def test_a_portrait_without_a_face_is_refused_with_a_sentence(qtbot, opened, tmp_path):
    drop(opened.area.strip.tiles[0], paint_photo(tmp_path / "small.png", 60, 60))
    qtbot.waitUntil(lambda: not opened.notice.isHidden())
    assert "No face was found" in opened.notice.text.text()
    assert opened.document.choices.faces[0].portrait == ""


def test_a_dropped_photo_opens_and_a_folder_fills_the_album(qtbot, window, photo, tmp_path):
    assert drop(window, photo)
    ready(qtbot, window)
    assert window.document.name == "grandmother.jpg"
    folder = tmp_path / "album"
    folder.mkdir()
    for number in range(3):
        paint_photo(folder / f"{number}.jpg", 120, 90)
    with qtbot.waitSignal(window.album.model.listed):
        drop(window, folder)
    qtbot.waitUntil(lambda: window.album.model.rowCount() == 3)
    assert window.settings.recent[0] == str(folder)


def test_a_file_that_is_no_photo_says_so(qtbot, window, tmp_path):
    wrong = tmp_path / "wrong.jpg"
    wrong.write_bytes(b"nothing at all")
    window.open_paths([wrong])
    qtbot.waitUntil(lambda: not window.notice.isHidden())
    assert "wrong.jpg" in window.notice.text.text()
    assert window.document is None


def test_saving_makes_a_new_file_and_keeps_the_original(qtbot, restored, photo):
    before = photo.read_bytes()
    with qtbot.waitSignal(restored.studio.saved) as caught:
        restored.actions_["save"].trigger()
    saved: Path = caught.args[0]
    assert saved.name == "grandmother_likeness.jpg"
    assert photo.read_bytes() == before
    assert b"restored with Likeness" in saved.read_bytes()
    assert photos.read(saved).width == 640
    assert not restored.isWindowModified()
    with qtbot.waitSignal(restored.studio.saved) as caught:
        restored.actions_["save"].trigger()
    assert caught.args[0] != saved


def test_the_note_can_be_switched_off(qtbot, restored):
    restored.settings.note = False
    with qtbot.waitSignal(restored.studio.saved) as caught:
        restored.actions_["save"].trigger()
    assert b"restored with Likeness" not in caught.args[0].read_bytes()


def test_a_picture_is_pasted(qtbot, window):
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor(90, 120, 60))
    QGuiApplication.clipboard().setImage(image)
    window.actions_["paste"].trigger()
    ready(qtbot, window)
    assert window.document.path is None
    assert tuple(window.document.opened.photo.pixels[5, 5]) == (90, 120, 60)


def test_unsaved_work_is_asked_about(qtbot, restored, monkeypatch):
    asked = []

    def answer(box):
        asked.append(box.text())
        return QMessageBox.StandardButton.Cancel

    monkeypatch.setattr(QMessageBox, "exec", answer)
    restored.close()
    assert restored.isVisible()
    assert asked == ["The restored faces of grandmother.jpg are not saved."]


def test_work_comes_back_after_a_crash(qtbot, restored):
    restored.panel.grain.slider.setValue(20)
    settled(qtbot, restored)
    restored.studio.keep_session()
    session = restored.studio.session.read()
    assert session.choices.grain == pytest.approx(0.2)
    restored.studio.open(session.photo, session)
    qtbot.waitSignal(restored.studio.opened).wait()
    settled(qtbot, restored)
    assert restored.panel.grain.value == pytest.approx(0.2)


def test_a_preset_is_saved_and_picked(opened):
    opened.panel.strength.slider.setValue(30)
    opened.panel.presets.save_asked.emit("gentle")
    opened.panel.advanced.reset_asked.emit()
    assert opened.document.choices.strength == 1.0
    opened.panel.presets.picked.emit(opened.settings.preset("gentle"), "gentle")
    assert opened.document.choices.strength == pytest.approx(0.3)


def test_the_device_that_computed_is_named(restored):
    assert restored.panel.words.text().startswith("Done in 0.1 s (Processor).")


def test_a_scan_beyond_the_limits_of_qt_is_opened_and_restored(qtbot, window, tmp_path):
    """Wider than 32,767 pixels, more than 256 MB decoded."""
    width, height = 36_000, 2_600
    scan = Image.new("RGB", (width, height), (120, 110, 100))
    scan.paste((30, 200, 60), (width - 600, 0, width, height))
    scan.save(tmp_path / "scan.jpg", quality=40)
    window.open_paths([tmp_path / "scan.jpg"])
    slow = 60_000
    qtbot.waitUntil(lambda: window.document is not None and window.document.searched, timeout=slow)
    view = window.area.view
    assert (view.before.width, view.before.height) == (width, height)
    view.show_area(QRectF(width - 300, 1000, 200, 200))
    seen = view.grab().toImage().pixelColor(view.width() // 2, view.height() // 2)
    assert abs(seen.green() - 200) < 12
    window.studio.restore()
    qtbot.waitUntil(lambda: window.document.restored is not None, timeout=slow)
    assert (view.after.width, view.after.height) == (width, height)


def test_progress_is_told_face_by_face(qtbot, opened, shop):
    opened.hand.switch(1, True)
    seen = []

    def note(_share, words):
        tiles = [tile.working.isVisibleTo(tile) for tile in opened.area.strip.tiles]
        seen.append((words, opened.panel.words.text(), tiles))

    opened.studio.progressed.connect(note)
    opened.studio.restore()
    assert opened.panel.words.text() == "Restoring…"
    settled(qtbot, opened)
    assert seen == [
        ("Face 1 of 2", "Face 1 of 2", [True, False]),
        ("Face 2 of 2", "Face 2 of 2", [False, True]),
    ]
    assert not any(tile.working.isVisibleTo(tile) for tile in opened.area.strip.tiles)


def test_the_tone_that_the_photograph_tells_is_named(qtbot, opened, tmp_path):
    assert opened.panel.tone.itemText(0) == "As the photo tells (Sepia)"
    grey = tmp_path / "grey.png"
    Image.new("L", (300, 200), 120).save(grey)
    opened.open_paths([grey])
    qtbot.waitUntil(lambda: opened.document.path == grey)
    assert opened.panel.tone.itemText(0) == "As the photo tells (Black and white)"
