from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QComboBox, QSpinBox
from window_steps import settled

from desktop.photo_view import Mode
from desktop.picture import pixels_of


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
