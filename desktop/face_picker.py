"""Pointing at a face that was not found: five clicks, or a box drawn around it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QPointF, QRectF, Signal

_STEPS = 5
_LEAST_BOX = 8.0


class FacePicker(QObject):
    """Gathers clicks in pixels of the photograph.

    Signals:
        changed: the points or the box changed.
        picked: five points, or a box (QRectF): the user is done.
        ended: pointing stopped, with or without a face.
    """

    changed = Signal()
    picked = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.active = False
        self.points: list[QPointF] = []
        self.box = QRectF()
        self._corner: QPointF | None = None

    def start(self) -> None:
        """Begins."""
        self.active, self.points, self.box, self._corner = True, [], QRectF(), None
        self.changed.emit()

    def stop(self) -> None:
        """Ends without a face."""
        if self.active:
            self.active = False
            self.changed.emit()
            self.ended.emit()

    def words(self) -> str:
        """What to do next."""
        steps = (
            QCoreApplication.translate(
                "FacePicker", "Click one eye, or draw a box around the face."
            ),
            QCoreApplication.translate("FacePicker", "Click the other eye."),
            QCoreApplication.translate("FacePicker", "Click the tip of the nose."),
            QCoreApplication.translate("FacePicker", "Click one corner of the mouth."),
            QCoreApplication.translate("FacePicker", "Click the other corner of the mouth."),
        )
        return steps[min(len(self.points), _STEPS - 1)]

    def press(self, point: QPointF) -> None:
        """The button goes down."""
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

    def back(self) -> None:
        """Takes the last point back; with none left, ends."""
        if self.points:
            self.points.pop()
            self.changed.emit()
        else:
            self.stop()

    def _finish(self, what: object) -> None:
        self.active = False
        self.changed.emit()
        self.picked.emit(what)
        self.ended.emit()
