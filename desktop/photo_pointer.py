"""What the pointer does in a `PhotoView`: it drags the divider or the photograph, and points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from desktop.photo_view import PhotoView

_DIVIDER_REACH = 14.0
_CLICK_REACH = 5.0


class PhotoPointer:
    """Reads the mouse for a view."""

    def __init__(self, view: PhotoView) -> None:
        self._view = view
        self._grip = ""
        self._last = QPointF()
        self._pressed = QPointF()

    def press(self, event: QMouseEvent) -> None:
        """Takes hold of the divider or of the photograph."""
        view = self._view
        self._last = self._pressed = event.position()
        if view.before is None or event.button() is Qt.MouseButton.RightButton:
            return
        if view.picker.active and event.button() is Qt.MouseButton.LeftButton:
            self._grip = "picker"
            view.picker.press(view.photo_point(event.position()))
        elif self._on_divider(event.position()):
            self._grip = "divider"
        else:
            self._grip = "photo"
            view.setCursor(Qt.CursorShape.ClosedHandCursor)

    def move(self, event: QMouseEvent) -> None:
        """Moves what is held."""
        view, place = self._view, event.position()
        if self._grip == "divider":
            view.set_divider(place.x() / max(view.width(), 1))
        elif self._grip == "photo":
            view.pan(place - self._last)
        elif self._grip == "picker":
            view.picker.drag(view.photo_point(place), 2 * _CLICK_REACH / view.viewport.scale)
        elif not view.picker.active:
            view.setCursor(
                Qt.CursorShape.SplitHCursor
                if self._on_divider(place)
                else Qt.CursorShape.PointingHandCursor
                if self._face_at(place) >= 0
                else Qt.CursorShape.ArrowCursor
            )
        self._last = place

    def release(self, event: QMouseEvent) -> None:
        """Lets go; without a move it was a click."""
        view, place = self._view, event.position()
        grip, self._grip = self._grip, ""
        if grip == "picker":
            view.picker.release(view.photo_point(place))
        elif grip == "photo":
            view.unsetCursor()
            if (place - self._pressed).manhattanLength() < _CLICK_REACH:
                view.face_clicked.emit(self._face_at(place))

    def _on_divider(self, place: QPointF) -> bool:
        view = self._view
        if view.comparing != "divider" or view.picker.active:
            return False
        return abs(place.x() - view.divider * view.width()) < _DIVIDER_REACH

    def _face_at(self, place: QPointF) -> int:
        """The smallest of the faces under the pointer; -1 for none."""
        point, faces = self._view.photo_point(place), self._view.faces
        hits = [i for i, box in enumerate(faces) if box.contains(point)]
        return min(hits, key=lambda i: faces[i].width(), default=-1)
