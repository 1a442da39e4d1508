"""Pointing at a face that was not found: five clicks, a box drawn around it, or a frame by keys."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QPointF, QRectF, Signal

_STEPS = 5
_LEAST_BOX = 8.0
_SHAPE = 0.75  # width of a face's frame for its height
_FIRST = 0.35  # height of the first frame for the shorter side of what is seen


class FacePicker(QObject):
    """Gathers clicks, or a frame, in pixels of the photograph.

    Signals:
        changed: the points or the box changed.
        picked: five points, or a box (QRectF): the user is done.
        ended: pointing stopped, with or without a face.

    Attributes:
        framed: whether `box` is a frame that keys move.
    """

    changed = Signal()
    picked = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.active = False
        self.framed = False
        self.points: list[QPointF] = []
        self.box = QRectF()
        self._corner: QPointF | None = None

    def start(self) -> None:
        """Begins."""
        self.active, self.points = True, []
        self._clear()
        self.changed.emit()

    def stop(self) -> None:
        """Ends without a face."""
        if self.active:
            self.active = False
            self.changed.emit()
            self.ended.emit()

    def words(self) -> str:
        """What to do next."""
        if self.framed:
            return QCoreApplication.translate(
                "FacePicker",
                "Arrow keys move the frame, + and - change its size. Enter adds the face.",
            )
        steps = (
            QCoreApplication.translate(
                "FacePicker",
                "Click one eye, draw a box around the face, or press an arrow key for a frame.",
            ),
            QCoreApplication.translate("FacePicker", "Click the other eye."),
            QCoreApplication.translate("FacePicker", "Click the tip of the nose."),
            QCoreApplication.translate("FacePicker", "Click one corner of the mouth."),
            QCoreApplication.translate("FacePicker", "Click the other corner of the mouth."),
        )
        return steps[min(len(self.points), _STEPS - 1)]

    # ------------------------------------------------------------------ with the pointer
    def press(self, point: QPointF) -> None:
        """The button goes down."""
        self._clear()
        self._corner = point

    def drag(self, point: QPointF, least: float) -> None:
        """The pointer moves with the button down; a box begins at `least` pixels."""
        if self._corner is None or self.points:
            return
        box = QRectF(self._corner, point).normalized()
        if max(box.width(), box.height()) >= least:
            self.box = box
            self.changed.emit()

    def release(self, point: QPointF) -> None:
        """The button goes up: a click, or the end of a box."""
        if self._corner is None:
            return
        self._corner = None
        if not self.box.isEmpty():
            box, self.box = self.box, QRectF()
            if min(box.width(), box.height()) >= _LEAST_BOX:
                self._finish(box)
            else:
                self.changed.emit()
            return
        self.points.append(point)
        if len(self.points) == _STEPS:
            self._finish(tuple((p.x(), p.y()) for p in self.points))
        else:
            self.changed.emit()

    # ------------------------------------------------------------------ with the keyboard
    def frame(self, seen: QRectF) -> None:
        """Puts a frame in the middle of the part of the photograph that is seen."""
        height = max(min(seen.width(), seen.height()) * _FIRST, _LEAST_BOX / _SHAPE)
        self.points, self.framed = [], True
        self.box = QRectF(0, 0, height * _SHAPE, height)
        self.box.moveCenter(seen.center())
        self.changed.emit()

    def move(self, by: QPointF, photo: QRectF) -> None:
        """Moves the frame by shares of its height; its middle stays in the photograph."""
        middle = self.box.center() + by * self.box.height()
        self.box.moveCenter(_within(middle, photo))
        self.changed.emit()

    def resize(self, factor: float, photo: QRectF) -> None:
        """Changes the frame's size about its middle; it stays between a face and the photograph."""
        least = _LEAST_BOX / _SHAPE
        most = max(min(photo.height(), photo.width() / _SHAPE), least)
        height = min(max(self.box.height() * factor, least), most)
        middle = self.box.center()
        self.box.setSize(QRectF(0, 0, height * _SHAPE, height).size())
        self.box.moveCenter(middle)
        self.changed.emit()

    def accept(self) -> None:
        """The frame is around the face."""
        box = QRectF(self.box)
        self._clear()
        self._finish(box)

    def back(self) -> None:
        """Takes the frame or the last point back; with none left, ends."""
        if self.framed:
            self._clear()
            self.changed.emit()
        elif self.points:
            self.points.pop()
            self.changed.emit()
        else:
            self.stop()

    def _clear(self) -> None:
        self.framed, self.box, self._corner = False, QRectF(), None

    def _finish(self, what: object) -> None:
        self.active = False
        self.changed.emit()
        self.picked.emit(what)
        self.ended.emit()


def _within(point: QPointF, area: QRectF) -> QPointF:
    return QPointF(
        min(max(point.x(), area.left()), area.right()),
        min(max(point.y(), area.top()), area.bottom()),
    )
