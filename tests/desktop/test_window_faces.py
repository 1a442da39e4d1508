from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from desktop.face_picker import FacePicker
from desktop.suggestion_box import SuggestionQuestion
from desktop.theme import LIGHT


def test_faces_under_the_floor_are_off_and_say_why(opened):
    assert [tile.switch.isChecked() for tile in opened.area.strip.tiles] == [True, False]
    assert opened.area.strip.tiles[1].words.text() == "It is not certain that this is a face."


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


def test_a_screen_reader_hears_what_became_of_a_face(restored):
    words = restored.area.strip.tiles[0].accessibleDescription()
    assert words == "Restored. Clearly the same person (0.72)"


def test_each_faces_own_fidelity_is_a_step_of_its_own(opened):
    strip, document = opened.area.strip, opened.document
    for index, value in ((0, 0.2), (0, 0.3), (1, 0.4), (1, 0.6)):
        strip.fidelity_moved.emit(index, value)
    assert document.undo.count() == 2
    opened.actions_["undo"].trigger()
    assert [face.fidelity for face in document.choices.faces] == [0.3, None]
    opened.actions_["undo"].trigger()
    assert [face.fidelity for face in document.choices.faces] == [None, None]


def test_the_tile_that_has_the_focus_is_seen(qtbot, opened):
    tile = opened.area.strip.tiles[0]

    def edge():
        picture = tile.grab().toImage()
        return [picture.pixelColor(x, picture.height() // 2) for x in (0, 1)]

    opened.activateWindow()
    opened.area.view.setFocus()
    qtbot.waitUntil(opened.area.view.hasFocus)
    assert QColor(LIGHT.text) not in edge()
    tile.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(tile.hasFocus)
    assert edge() == [QColor(LIGHT.text)] * 2


def test_a_face_and_its_suggestion_are_asked_about_in_one_size(qtbot, opened, portrait):
    face = QPixmap(160, 194)
    face.fill(Qt.GlobalColor.gray)
    face.setDevicePixelRatio(2)  # as on a screen at 200 %
    one = SimpleNamespace(path=portrait, reason="Certainly the same person (0.80), crisp.")
    suggested = SimpleNamespace(suggestion=one, thumbnail=portrait.read_bytes())
    question = SuggestionQuestion(face, suggested, opened)
    qtbot.addWidget(question)
    shown = [label.pixmap() for label in question.findChildren(QLabel)]
    longer = [max(p.deviceIndependentSize().toTuple()) for p in shown if not p.isNull()]
    assert longer == [150, 150]
