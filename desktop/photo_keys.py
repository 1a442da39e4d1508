"""What keys do in a `PhotoView`: compare, pan, divide, and frame a face by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, Qt

from desktop.announce import announce

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from desktop.photo_view import PhotoView

_PAN = 60.0
_DIVIDE = 0.02
_MOVE, _NUDGE = 0.1, 0.02  # of the frame's height; the second with Shift
_GROW = 1.1
_ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}
# The key of + gives = without Shift on some keyboards, and that of - gives _ with it.
_LARGER = {Qt.Key.Key_Plus, Qt.Key.Key_Equal}
_SMALLER = {Qt.Key.Key_Minus, Qt.Key.Key_Underscore}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_NO_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class PhotoKeys:
    """Reads the keys for a view."""

    def __init__(self, view: PhotoView) -> None:
        self._view = view

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key is the picker's now, although it is also a command's (+ and - zoom)."""
        return (
            self._view.picker.active
            and not event.modifiers() & _NO_KEYS
            and Qt.Key(event.key()) in {*_LARGER, *_SMALLER}
        )

    def press(self, event: QKeyEvent) -> bool:
        """A key goes down; False where it means nothing here."""
        view, key = self._view, Qt.Key(event.key())
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key is Qt.Key.Key_Space:
            view.set_holding(True)
        elif view.picker.active and not event.modifiers() & _NO_KEYS and self._pick(key, fine):
            pass
        elif key in _ARROWS and view.before is not None:
            arrow = _ARROWS[key]
            if fine and arrow.x():
                view.set_divider(view.divider + arrow.x() * _DIVIDE)
            else:
                view.pan(-arrow * _PAN)
        else:
            return False
        return True

    def release(self, event: QKeyEvent) -> bool:
        """A key goes up; False where it means nothing here."""
        if event.key() != Qt.Key.Key_Space or event.isAutoRepeat():
            return False
        self._view.set_holding(False)
        return True

    def _pick(self, key: Qt.Key, fine: bool) -> bool:
        view, picker = self._view, self._view.picker
        photo = view.photo_area
        if key is Qt.Key.Key_Escape:
            picker.stop()
        elif key is Qt.Key.Key_Backspace:
            picker.back()
        elif picker.points or key not in {*_ARROWS, *_LARGER, *_SMALLER, *_ENTER}:
            return False
        elif not picker.framed:
            # The first key only shows where the frame is.
            picker.frame(view.viewport.seen())
            self._tell()
        elif key in _ENTER:
            picker.accept()
        else:
            if key in _ARROWS:
                picker.move(_ARROWS[key] * (_NUDGE if fine else _MOVE), photo)
            else:
                picker.resize(_GROW if key in _LARGER else 1 / _GROW, photo)
            view.reveal(picker.box)
            self._tell()
        return True

    def _tell(self) -> None:
        """Says where the frame is."""
        view = self._view
        box, photo = view.picker.box, view.photo_area
        words = QCoreApplication.translate(
            "PhotoView", "Frame: %1 % across, %2 % down, %3 pixels wide"
        )
        values = (
            box.center().x() / max(photo.width(), 1) * 100,
            box.center().y() / max(photo.height(), 1) * 100,
            box.width(),
        )
        for place, value in zip(("%1", "%2", "%3"), values, strict=True):
            words = words.replace(place, view.locale().toString(round(value)))
        announce(view, words)
