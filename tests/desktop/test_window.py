from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from desktop_fakes import paint_photo
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDropEvent,
    QGuiApplication,
    QImage,
    QUndoStack,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QComboBox, QMessageBox, QSpinBox

from desktop.face_picker import FacePicker
from desktop.photo_view import Mode
from desktop.picture import pixels_of
from engine import photo as photos

if TYPE_CHECKING:
    from pathlib import Path


def drop(widget, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    widget.dropEvent(event)
    return event.isAccepted()


def ready(qtbot, window):
    qtbot.waitUntil(lambda: window.document is not None and window.document.searched)


def settled(qtbot, window):
    """Waits until what is shown is what is chosen."""
    qtbot.waitUntil(
        lambda: (
            window.document.restored is not None
            and window.document.restored.choices == window.document.choices
        )
    )


def test_the_empty_window_says_what_to_do(window):
    assert window.stack.currentWidget() is window.welcome
    assert not window.panel.button.isEnabled()
    assert not window.actions_["save"].isEnabled()


def test_faces_under_the_floor_are_off_and_say_why(opened):
    assert [tile.switch.isChecked() for tile in opened.area.strip.tiles] == [True, False]
    assert opened.area.strip.tiles[1].words.text() == "It is not certain that this is a face."


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


def test_a_face_is_added_by_five_clicks_and_removed_by_undo(qtbot, opened):
    view, box = opened.area.view, QRectF(300, 100, 60, 70)
    opened.actions_["add_face"].trigger()
    assert view.picker.active
    for share in ((0.7, 0.3), (0.3, 0.3), (0.5, 0.55), (0.35, 0.8), (0.65, 0.8)):
        point = QPointF(box.x() + share[0] * box.width(), box.y() + share[1] * box.height())
        qtbot.mouseClick(
            view, Qt.MouseButton.LeftButton, pos=view.viewport.to_pane(point).toPoint()
        )
    qtbot.waitUntil(lambda: len(opened.area.strip.tiles) == 3)
    assert opened.chosen == 2
    face = opened.document.faces[2]
    assert face.landmarks[0, 0] < face.landmarks[1, 0], "image-left comes first"
    assert QRectF(*map(float, face.box)).contains(box.center())
    opened.actions_["undo"].trigger()
    assert len(opened.area.strip.tiles) == 2


def test_a_face_is_added_by_a_box():
    picker, got = FacePicker(), []
    picker.picked.connect(got.append)
    picker.start()
    picker.press(QPointF(10, 10))
    picker.drag(QPointF(110, 130), 5)
    picker.release(QPointF(110, 130))
    assert got == [QRectF(10, 10, 100, 120)]
    assert not picker.active


def test_a_face_is_added_by_the_keyboard_alone(qtbot, opened, monkeypatch):
    view, said = opened.area.view, []
    for module in ("photo_view", "photo_keys"):
        monkeypatch.setattr(f"desktop.{module}.announce", lambda _view, words: said.append(words))
    opened.panel.button.setFocus()
    QTest.keyClick(opened, Qt.Key.Key_A)
    assert view.hasFocus()
    assert view.accessibleDescription() == said[-1] == view.picker.words()
    QTest.keyClick(view, Qt.Key.Key_Right)
    first = QRectF(view.picker.box)
    assert first.center() == view.photo_area.center()
    assert "Enter adds the face" in view.accessibleDescription()
    assert said[-1].startswith("Frame: 50 % across, 50 % down")
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Plus):
        QTest.keyClick(view, key)
    box, scale = QRectF(view.picker.box), view.viewport.scale
    assert box.center().x() > first.center().x()
    assert box.center().y() < first.center().y()
    assert box.width() == pytest.approx(first.width() * 1.1)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.picker.box.width() == pytest.approx(first.width())
    assert view.viewport.scale == scale, "these keys do not zoom now"
    QTest.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(opened.area.strip.tiles) == 3)
    assert opened.chosen == 2
    assert QRectF(*map(float, opened.document.faces[2].box)).contains(box.center())
    assert not view.picker.active
    assert view.accessibleDescription() == ""
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.viewport.scale > scale


def test_a_frame_stays_in_the_photograph_and_in_sight_and_can_be_left(qtbot, opened):
    view = opened.area.view
    view.actual_size()
    view.zoom_in()
    QTest.keyClick(opened, Qt.Key.Key_A)
    for _ in range(40):
        QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.picker.box.center().x() == 0
    seen = view.viewport.seen()
    assert seen.contains(view.picker.box.intersected(view.photo_area))
    for _ in range(60):
        QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.picker.box.height() <= view.photo_area.height()
    QTest.keyClick(view, Qt.Key.Key_Backspace)
    assert view.picker.active
    assert not view.picker.framed
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not view.picker.active
    assert len(opened.area.strip.tiles) == 2


@pytest.mark.parametrize("mode", list(Mode))
def test_every_way_to_compare_shows_both(qtbot, restored, mode):
    restored.actions_["marks"].setChecked(False)
    restored.actions_[mode.value].trigger()
    view = restored.area.view
    shown = pixels_of(view.grab().toImage())
    view.set_holding(True)
    held = pixels_of(view.grab().toImage())
    assert shown.shape == held.shape
    assert (shown != held).any()


def test_the_divider_is_dragged(qtbot, restored):
    view = restored.area.view
    view.set_divider(0.5)
    y = view.height() // 2
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(view.width() // 2, y))
    qtbot.mouseMove(view, QPoint(view.width() // 4, y))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(view.width() // 4, y))
    assert view.divider == pytest.approx(0.25, abs=0.01)


def test_space_is_held_to_compare(qtbot, restored):
    view = restored.area.view
    qtbot.keyPress(view, Qt.Key.Key_Space)
    assert view.holding
    qtbot.keyRelease(view, Qt.Key.Key_Space)
    assert not view.holding


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


def test_every_control_has_a_name(opened):
    kinds = (QAbstractButton, QAbstractSlider, QComboBox, QSpinBox)
    nameless = [
        widget
        for kind in kinds
        for widget in opened.findChildren(kind)
        if widget.isVisible()
        and not (widget.accessibleName() or (hasattr(widget, "text") and widget.text()))
        and type(widget).__name__ != "QScrollBar"
    ]
    assert nameless == []


def test_a_preset_is_saved_and_picked(opened):
    opened.panel.strength.slider.setValue(30)
    opened.panel.presets.save_asked.emit("gentle")
    opened.panel.advanced.reset_asked.emit()
    assert opened.document.choices.strength == 1.0
    opened.panel.presets.picked.emit(opened.settings.preset("gentle"), "gentle")
    assert opened.document.choices.strength == pytest.approx(0.3)


def test_uncertain_faces_are_folded_away_until_asked_for(qtbot, opened):
    strip, view = opened.area.strip, opened.area.view
    assert strip.title.text().startswith("1 face")
    assert [tile.isVisible() for tile in strip.tiles] == [True, False]
    assert view.faces[1].isEmpty()
    opened.actions_["next_face"].trigger()
    opened.actions_["next_face"].trigger()
    assert opened.chosen == 0, "a face that is not shown is not stepped to"
    qtbot.mouseClick(strip.more, Qt.MouseButton.LeftButton)
    assert [tile.isVisible() for tile in strip.tiles] == [True, True]
    assert not view.faces[1].isEmpty()
    opened.actions_["next_face"].trigger()
    assert opened.chosen == 1
    opened.studio.add_face((300, 100, 80, 80))
    qtbot.waitUntil(lambda: len(strip.tiles) == 3)
    qtbot.waitUntil(lambda: all(tile.isVisible() for tile in strip.tiles))


def test_keys_of_a_slider_move_the_slider(qtbot, opened):
    slider = opened.panel.strength.slider
    opened.activateWindow()
    slider.setFocus()
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Left, Qt.Key.Key_Home):
        before = slider.value()
        qtbot.keyClick(slider, key)
        assert slider.value() != before, key
    assert opened.document.name == "grandmother.jpg"


def test_the_space_bar_compares_after_a_click_on_restore(qtbot, opened):
    opened.activateWindow()
    opened.panel.button.setFocus()
    qtbot.mouseClick(opened.panel.button, Qt.MouseButton.LeftButton)
    settled(qtbot, opened)
    qtbot.waitUntil(opened.area.view.hasFocus)


def test_the_device_that_computed_is_named(restored):
    assert restored.panel.words.text().startswith("Done in 0.1 s (Processor).")


def test_the_wheel_moves_no_slider_that_nobody_chose(qtbot, opened):
    def turn(widget):
        place = QPointF(widget.rect().center())
        event = QWheelEvent(
            place, widget.mapToGlobal(place), QPoint(), QPoint(0, -120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QGuiApplication.sendEvent(widget, event)

    opened.activateWindow()
    opened.area.view.setFocus()
    for control in (opened.panel.strength.slider, opened.panel.tone):
        turn(control)
    assert opened.document.choices.strength == 1.0
    assert opened.document.choices.tone == "auto"
    opened.panel.strength.slider.setFocus()
    turn(opened.panel.strength.slider)
    assert opened.document.choices.strength < 1.0


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


def test_long_words_on_a_tile_have_room(qtbot, restored):
    tile, strip = restored.area.strip.tiles[0], restored.area.strip
    restored.document.changed.disconnect(restored.presenter.refresh)
    strip.tiles[0].show_result = lambda *_args: None  # nothing else says something meanwhile
    low = strip._scroll.height()
    tile.words.setText("\n".join(["A sentence about this portrait that is long enough."] * 4))
    assert tile.wanted_height > low - 20
    restored.presenter.refresh()
    qtbot.waitUntil(lambda: strip._scroll.height() > low)
    assert strip._scroll.height() >= tile.wanted_height
    assert not strip._scroll.verticalScrollBar().isVisible()


def test_the_window_fits_a_small_laptop_at_200_percent(qtbot, restored):
    """A screen of 1920 x 1080 pixels has 960 x 540 logical ones at 200 %."""
    restored.actions_["album"].setChecked(False)
    restored.resize(960, 500)
    assert (restored.width(), restored.height()) == (960, 500)
    tile, strip = restored.area.strip.tiles[0], restored.area.strip
    restored.tell("A sentence that takes room as well.")
    restored.tell("Another one, with a button.", "Do without it", restored.close)
    assert restored.minimumSizeHint().height() <= 500
    qtbot.waitUntil(lambda: restored.area.view.height() >= 130)
    assert restored.height() == 500
    restored.resize(924, 500)
    strip.hint.setText("words " * 40)
    strip.hint.grab()
    assert strip.hint.toolTip() == strip.hint.text(), "what has no room is in the tip"
    visible = tile.visibleRegion().boundingRect()
    assert visible.height() >= 100, "the faces are still to be seen"
    assert restored.panel.button.visibleRegion().boundingRect() == restored.panel.button.rect()
    assert strip.add.visibleRegion().boundingRect() == strip.add.rect()


def test_a_screen_reader_hears_what_became_of_a_face(restored):
    words = restored.area.strip.tiles[0].accessibleDescription()
    assert words == "Restored. Clearly the same person (0.72)"
