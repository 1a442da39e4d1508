"""The words of a slider stand at their sides, whichever way the window is read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

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
