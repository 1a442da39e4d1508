"""The words of a slider stand at their sides, whichever way the window is read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop import theme
from desktop.slider import Slider


@pytest.mark.parametrize("mirrored", [False, True])
def test_name_and_ends_stand_where_the_slider_has_them(qtbot, mirrored):
    slider = Slider("Fidelity", "richer", "more faithful")
    qtbot.addWidget(slider)
    if mirrored:
        slider.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    slider.resize(400, 80)
    slider.show()
    low, high = slider._ends
    for begin, end in ((slider.title, slider.value_label), (low, high)):
        left, right = (end, begin) if mirrored else (begin, end)
        assert left.geometry().left() == 0
        assert right.geometry().right() == slider.width() - 1


@pytest.mark.parametrize("mirrored", [False, True])
def test_the_filled_part_is_on_the_side_of_the_low_end(qtbot, qapp, mirrored):
    theme.apply(qapp, "light")
    slider = Slider("Fidelity", "richer", "more faithful")
    qtbot.addWidget(slider)
    slider.resize(400, 80)
    slider.set_value(0.5)
    slider.show()
    if mirrored:  # while it is on the screen, as when another language is chosen
        slider.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    seen = slider.slider.grab().toImage()
    row = seen.height() // 2
    left, right = (seen.pixelColor(x * seen.width() // 4, row).name() for x in (1, 3))
    filled, empty = (right, left) if mirrored else (left, right)
    assert filled == theme.LIGHT.accent
    assert empty == theme.LIGHT.line
