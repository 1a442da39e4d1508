"""The wheel scrolls; it moves a control only where the user went to it first."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QComboBox, QScrollBar, QWidget


class CalmWheel(QObject):
    """Passes the wheel on to what lies behind a control that has no focus."""

    def calm(self, widget: QWidget) -> None:
        """Calms every control inside a widget."""
        for kind in (QAbstractSlider, QComboBox, QAbstractSpinBox):
            for control in widget.findChildren(kind):
                if not isinstance(control, QScrollBar):
                    control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
                    control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stops the wheel where nobody asked for it."""
        if event.type() is QEvent.Type.Wheel:
            assert isinstance(watched, QWidget)
            if not watched.hasFocus():
                event.ignore()
                return True
        return False
