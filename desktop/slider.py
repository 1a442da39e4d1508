"""A slider with its name, its value and what its ends mean."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

_STEPS = 100


class Track(QSlider):
    """A slider alone, horizontal, filled from where its low end is in the window's direction."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._turn()

    def changeEvent(self, event: QEvent) -> None:
        """The window is read the other way round from now on."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._turn()

    def _turn(self) -> None:
        # The style sheet cannot ask for the direction, and reads properties when it is applied.
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        if self.property("rtl") is not mirrored:
            self.setProperty("rtl", mirrored)
            self.style().unpolish(self)
            self.style().polish(self)


class Slider(QWidget):
    """A share between 0 and 1.

    Signals:
        moved: the user moved it.
    """

    moved = Signal(float)

    def __init__(self, title: str, low: str, high: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel(title)
        self.title.setObjectName("title")
        self.value_label = QLabel()
        self.value_label.setObjectName("value")
        self.slider = Track()
        self.slider.setRange(0, _STEPS)
        self.slider.setPageStep(10)
        self.slider.setAccessibleName(title)
        self.slider.setAccessibleDescription(f"{low} \N{EN DASH} {high}")
        self.slider.valueChanged.connect(self._changed)
        self.title.setBuddy(self.slider)
        ends = [QLabel(low), QLabel(high)]
        for label in ends:
            label.setObjectName("quiet")
        self.why = QLabel()
        self.why.setObjectName("quiet")
        self.why.setWordWrap(True)
        self.why.hide()
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(2)
        # Each word at its side: a label alone follows its text's direction, not the window's.
        near, far = Qt.AlignmentFlag.AlignLeading, Qt.AlignmentFlag.AlignTrailing
        layout.addWidget(self.title, 0, 0, near)
        layout.addWidget(self.value_label, 0, 1, far)
        layout.addWidget(self.slider, 1, 0, 1, 2)
        layout.addWidget(ends[0], 2, 0, near)
        layout.addWidget(ends[1], 2, 1, far)
        layout.addWidget(self.why, 3, 0, 1, 2)
        layout.setColumnStretch(0, 1)
        self._ends = ends
        self.set_value(0.0)

    @property
    def value(self) -> float:
        """The share."""
        return self.slider.value() / _STEPS

    def set_value(self, value: float) -> None:
        """Shows a value that did not come from this slider."""
        self.slider.blockSignals(True)
        self.slider.setValue(round(value * _STEPS))
        self.slider.blockSignals(False)
        self._show()

    def explain(self, why: str) -> None:
        """Disables the slider and says why; an empty reason enables it."""
        self.slider.setEnabled(not why)
        self.why.setText(why)
        self.why.setVisible(bool(why))
        for label in self._ends:
            label.setVisible(not why)
        self.value_label.setVisible(not why)
        self.slider.setToolTip(why)

    def _changed(self) -> None:
        self._show()
        self.moved.emit(self.value)

    def _show(self) -> None:
        # The locale knows its digits and where the sign stands.
        self.value_label.setText(self.tr("%L1 %").replace("%L1", self._number()))

    def _number(self) -> str:
        return self.locale().toString(self.slider.value())
