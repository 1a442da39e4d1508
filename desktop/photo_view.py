"""The photograph in the middle of the window: zoom, pan, and before beside after."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import photo_painter
from desktop.face_picker import FacePicker
from desktop.theme import LIGHT, Colours
from desktop.viewport import Viewport

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QFocusEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
        QWheelEvent,
    )

    from desktop.picture import Picture

_STEP = 1.25
_DIVIDER_REACH = 14.0
_CLICK_REACH = 5.0
_PAN = 60.0
_ROOM = QSize(640, 420)


class Mode(enum.StrEnum):
    """How before and after are shown."""

    AFTER = "after"
    DIVIDER = "divider"
    SIDE = "side"


class PhotoView(QWidget):
    """Shows a photograph, and its restoration when there is one.

    Signals:
        zoomed: the scale changed (share of the photograph's own size).
        face_clicked: index of a face whose box was clicked, or -1 beside all faces.
    """

    zoomed = Signal(float)
    face_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.before: Picture | None = None
        self.after: Picture | None = None
        self.mode = Mode.DIVIDER
        self.divider = 0.5
        self.holding = False
        self.viewport = Viewport()
        self.faces: list[QRectF] = []
        self.faces_on: list[bool] = []
        self.chosen = -1
        self.show_faces = True
        self.colours: Colours = LIGHT
        self.picker = FacePicker(self)
        self.picker.changed.connect(self._picker_changed)
        self._grip: str = ""
        self._last = QPointF()
        self._pressed = QPointF()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Photograph"))
        self.setMinimumSize(QSize(240, 130))

    def sizeHint(self) -> QSize:
        """Room that other parts leave to it, as long as they have enough themselves."""
        return _ROOM

    # ------------------------------------------------------------------ what is shown
    def set_before(self, picture: Picture | None) -> None:
        """Another photograph."""
        self.before, self.after, self.faces, self.chosen = picture, None, [], -1
        if picture is not None:
            self._set_panes()
            self.viewport.set_photo(picture.width, picture.height)
        self._changed()

    def set_after(self, picture: Picture | None) -> None:
        """A result for the same photograph; the view stays where it is."""
        self.after = picture
        self._set_panes()
        self._changed()

    def set_faces(self, boxes: list[QRectF], on: list[bool], chosen: int) -> None:
        """The faces to be marked."""
        self.faces, self.faces_on, self.chosen = boxes, on, chosen
        self.update()

    def set_mode(self, mode: Mode) -> None:
        """Another way to compare."""
        self.mode = mode
        self._set_panes()
        self._changed()

    def set_marks(self, on: bool) -> None:
        """Whether faces are marked."""
        self.show_faces = on
        self.update()

    def set_holding(self, holding: bool) -> None:
        """Shows the photograph as it was, as long as it is held."""
        self.holding = holding
        self.update()

    @property
    def comparing(self) -> Mode:
        """The mode that can be shown now."""
        return self.mode if self.after is not None else Mode.AFTER

    def panes(self) -> list[QRectF]:
        """Areas of the widget that show the photograph."""
        if self.comparing is Mode.SIDE:
            half = self.width() / 2
            return [
                QRectF(0, 0, half - 1, self.height()),
                QRectF(half + 1, 0, half - 1, self.height()),
            ]
        return [QRectF(0, 0, self.width(), self.height())]

    # ------------------------------------------------------------------ zoom
    def zoom_in(self) -> None:
        """One step closer."""
        self._zoom(_STEP)

    def zoom_out(self) -> None:
        """One step away."""
        self._zoom(1 / _STEP)

    def fit(self) -> None:
        """All of it."""
        self.viewport.fit()
        self._changed()

    def actual_size(self) -> None:
        """One pixel of the photograph is one pixel of the screen."""
        self.viewport.zoom_to(1 / self.devicePixelRatioF())
        self._changed()

    def show_area(self, area: QRectF) -> None:
        """Brings a part of the photograph before the eyes."""
        self.viewport.show(area)
        self._changed()

    def _zoom(self, factor: float, at: QPointF | None = None) -> None:
        if self.before is not None:
            self.viewport.zoom(factor, at)
            self._changed()

    def _set_panes(self) -> None:
        pane = self.panes()[0]
        self.viewport.set_pane(pane.width(), pane.height())

    def _changed(self) -> None:
        self.update()
        self.zoomed.emit(self.viewport.scale * self.devicePixelRatioF())

    def _picker_changed(self) -> None:
        shape = Qt.CursorShape.CrossCursor if self.picker.active else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.update()

    # ------------------------------------------------------------------ events
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints what is seen, and nothing else."""
        del event
        photo_painter.paint(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps a fitted photograph fitted."""
        del event
        self._set_panes()
        self._changed()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zooms to the pointer."""
        steps = event.angleDelta().y() / 120
        if steps:
            self._zoom(_STEP**steps, self._in_pane(event.position()))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Pinching zooms."""
        if (
            event.type() is QEvent.Type.NativeGesture
            and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture
        ):
            self._zoom(1 + event.value(), self._in_pane(event.position()))
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes hold of the divider or of the photograph."""
        self._last = self._pressed = event.position()
        if self.before is None or event.button() is Qt.MouseButton.RightButton:
            return
        if self.picker.active and event.button() is Qt.MouseButton.LeftButton:
            self._grip = "picker"
            self.picker.press(self._photo_point(event.position()))
        elif self._on_divider(event.position()):
            self._grip = "divider"
        else:
            self._grip = "photo"
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Moves what is held."""
        place = event.position()
        if self._grip == "divider":
            self.set_divider(place.x() / max(self.width(), 1))
        elif self._grip == "photo":
            self.viewport.pan(place - self._last)
            self._changed()
        elif self._grip == "picker":
            self.picker.drag(self._photo_point(place), 2 * _CLICK_REACH / self.viewport.scale)
        elif not self.picker.active:
            self.setCursor(
                Qt.CursorShape.SplitHCursor
                if self._on_divider(place)
                else Qt.CursorShape.PointingHandCursor
                if self._face_at(place) >= 0
                else Qt.CursorShape.ArrowCursor
            )
        self._last = place

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets go; without a move it was a click."""
        grip, self._grip = self._grip, ""
        if grip == "picker":
            self.picker.release(self._photo_point(event.position()))
        elif grip == "photo":
            self.unsetCursor()
            if (event.position() - self._pressed).manhattanLength() < _CLICK_REACH:
                self.face_clicked.emit(self._face_at(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Between all of it and its own size."""
        if self.before is None or self.picker.active:
            return
        if self.viewport.fitted:
            self.viewport.zoom_to(1 / self.devicePixelRatioF(), self._in_pane(event.position()))
            self._changed()
        else:
            self.fit()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space was held to compare."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.set_holding(False)
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What is held is let go: the key's release would go elsewhere."""
        self.set_holding(False)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space compares, arrows pan or (Shift) divide; Escape and Backspace guide the picker."""
        moves = {
            Qt.Key.Key_Left: QPointF(_PAN, 0),
            Qt.Key.Key_Right: QPointF(-_PAN, 0),
            Qt.Key.Key_Up: QPointF(0, _PAN),
            Qt.Key.Key_Down: QPointF(0, -_PAN),
        }
        key = Qt.Key(event.key())
        if key is Qt.Key.Key_Space:
            self.set_holding(True)
        elif self.picker.active and key is Qt.Key.Key_Escape:
            self.picker.stop()
        elif self.picker.active and key is Qt.Key.Key_Backspace:
            self.picker.back()
        elif key in moves and self.before is not None:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and moves[key].x():
                self.set_divider(self.divider + (0.02 if key is Qt.Key.Key_Right else -0.02))
            else:
                self.viewport.pan(moves[key])
                self._changed()
        else:
            super().keyPressEvent(event)

    def set_divider(self, share: float) -> None:
        """Moves the divider to a share of the width."""
        self.divider = min(max(share, 0.0), 1.0)
        self.update()

    # ------------------------------------------------------------------ places
    def _in_pane(self, place: QPointF) -> QPointF:
        for pane in self.panes():
            if pane.contains(place):
                return place - pane.topLeft()
        return place

    def _photo_point(self, place: QPointF) -> QPointF:
        return self.viewport.to_photo(self._in_pane(place))

    def _on_divider(self, place: QPointF) -> bool:
        if self.comparing is not Mode.DIVIDER or self.picker.active:
            return False
        return abs(place.x() - self.divider * self.width()) < _DIVIDER_REACH

    def _face_at(self, place: QPointF) -> int:
        point = self._photo_point(place)
        hits = [i for i, box in enumerate(self.faces) if box.contains(point)]
        return min(hits, key=lambda i: self.faces[i].width(), default=-1)
