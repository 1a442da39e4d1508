"""The photograph in the middle of the window: zoom, pan, and before beside after."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import photo_painter
from desktop.announce import announce
from desktop.face_picker import FacePicker
from desktop.photo_keys import PhotoKeys
from desktop.photo_pointer import PhotoPointer
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
        self._pointer, self._keys = PhotoPointer(self), PhotoKeys(self)
        self._said = ""
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
        self.picker.stop()
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

    def set_divider(self, share: float) -> None:
        """Moves the divider to a share of the width."""
        self.divider = min(max(share, 0.0), 1.0)
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

    def pick_face(self) -> None:
        """Has a face pointed at, by the pointer or by the keys that come here from now on."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.picker.start()

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

    def pan(self, by: QPointF) -> None:
        """Moves the photograph by pixels of the widget."""
        self.viewport.pan(by)
        self._changed()

    def reveal(self, area: QRectF) -> None:
        """Keeps a part of the photograph in sight."""
        self.viewport.reveal(area)
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
        words = self.picker.words() if self.picker.active else ""
        self.setAccessibleDescription(words)
        if words and words != self._said:
            announce(self, words)
        self._said = words

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
        """Pinching zooms; keys that the picker needs are kept from the commands."""
        if event.type() is QEvent.Type.ShortcutOverride and self._keys.wants(event):
            event.accept()
            return True
        if (
            event.type() is QEvent.Type.NativeGesture
            and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture
        ):
            self._zoom(1 + event.value(), self._in_pane(event.position()))
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes hold of something."""
        self._pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Moves what is held."""
        self._pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets go."""
        self._pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Between all of it and its own size."""
        if self.before is None or self.picker.active:
            return
        if self.viewport.fitted:
            self.viewport.zoom_to(1 / self.devicePixelRatioF(), self._in_pane(event.position()))
            self._changed()
        else:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Compares, moves, or guides the picker."""
        if not self._keys.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space was held to compare."""
        if not self._keys.release(event):
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What is held is let go: the key's release would go elsewhere."""
        self.set_holding(False)
        super().focusOutEvent(event)

    # ------------------------------------------------------------------ places
    @property
    def photo_area(self) -> QRectF:
        """All of the photograph, in its own pixels."""
        return QRectF() if self.before is None else self.before.area

    def photo_point(self, place: QPointF) -> QPointF:
        """Widget -> photograph."""
        return self.viewport.to_photo(self._in_pane(place))

    def _in_pane(self, place: QPointF) -> QPointF:
        for pane in self.panes():
            if pane.contains(place):
                return place - pane.topLeft()
        return place
