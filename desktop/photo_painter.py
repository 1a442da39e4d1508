"""Paints a `PhotoView`: the photograph, the divider, the marks around faces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

if TYPE_CHECKING:
    from desktop.photo_view import PhotoView
    from desktop.picture import Picture

_SHADE = QColor(0, 0, 0, 150)
_LIGHT = QColor(255, 255, 255, 235)
_FAINT = QColor(255, 255, 255, 130)
_KNOB = 17.0


def paint(view: PhotoView) -> None:
    """Paints the whole widget."""
    painter = QPainter(view)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(view.rect(), QColor(view.colours.canvas))
    if view.before is None:
        return
    after = view.after
    if after is None or view.holding:
        for pane in view.panes():
            _photo(painter, view, view.before, pane)
        if view.holding:
            _label(painter, view, _before(), QPointF(16, 16), left=True)
    elif view.comparing == "side":
        left, right = _ordered(view)
        _photo(painter, view, view.before, left)
        _photo(painter, view, after, right)
        painter.fillRect(QRectF(view.width() / 2 - 1, 0, 2, view.height()), _FAINT)
        _label(painter, view, _before(), left.topLeft() + QPointF(16, 16), left=True)
        _label(painter, view, _after(), right.topLeft() + QPointF(16, 16), left=True)
    elif view.comparing == "divider":
        _divided(painter, view, view.before, after)
    else:
        _photo(painter, view, after, view.panes()[0])
    if not view.holding:
        for pane in view.panes():
            _faces(painter, view, pane)
    if view.picker.active:
        _picker(painter, view)


def _ordered(view: PhotoView) -> tuple[QRectF, QRectF]:
    """Before and after in reading direction."""
    first, second = view.panes()
    return (second, first) if _mirrored(view) else (first, second)


def _mirrored(view: PhotoView) -> bool:
    return view.layoutDirection() is Qt.LayoutDirection.RightToLeft


def _photo(painter: QPainter, view: PhotoView, picture: Picture, pane: QRectF) -> None:
    seen = view.viewport.seen()
    painter.save()
    painter.setClipRect(pane, Qt.ClipOperation.IntersectClip)
    target = view.viewport.area_in_pane(seen).translated(pane.topLeft())
    picture.draw(painter, target, seen)
    painter.restore()


def _divided(painter: QPainter, view: PhotoView, before: Picture, after: Picture) -> None:
    pane = view.panes()[0]
    x = view.divider * view.width()
    sides, names = (before, after), (_before(), _after())
    if _mirrored(view):
        sides, names = sides[::-1], names[::-1]
    areas = QRectF(0, 0, x, view.height()), QRectF(x, 0, view.width() - x, view.height())
    for picture, area in zip(sides, areas, strict=True):
        painter.save()
        painter.setClipRect(area)
        _photo(painter, view, picture, pane)
        painter.restore()
    painter.fillRect(QRectF(x - 1, 0, 2, view.height()), _LIGHT)
    knob = QPointF(x, view.height() / 2)
    painter.setPen(QPen(QColor(0, 0, 0, 60), 1))
    painter.setBrush(_LIGHT)
    painter.drawEllipse(knob, _KNOB, _KNOB)
    painter.setPen(QPen(QColor(40, 40, 40), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for side in (-1, 1):
        tip = knob + QPointF(side * 9, 0)
        painter.drawLine(tip, tip + QPointF(-side * 4, -4))
        painter.drawLine(tip, tip + QPointF(-side * 4, 4))
    _label(painter, view, names[0], QPointF(min(x, view.width()) - 16, 16), left=False)
    _label(painter, view, names[1], QPointF(x + 16, 16), left=True)


def _faces(painter: QPainter, view: PhotoView, pane: QRectF) -> None:
    painter.save()
    painter.setClipRect(pane)
    for index, box in enumerate(view.faces):
        chosen = index == view.chosen
        if box.isEmpty() or not (view.show_faces or chosen):
            continue
        area = view.viewport.area_in_pane(box).translated(pane.topLeft())
        on = view.faces_on[index]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        style = Qt.PenStyle.SolidLine if on else Qt.PenStyle.DashLine
        painter.setPen(QPen(_SHADE, 4 if chosen else 3))
        painter.drawRoundedRect(area, 8, 8)
        painter.setPen(QPen(_LIGHT if on else _FAINT, 2.4 if chosen else 1.4, style))
        painter.drawRoundedRect(area, 8, 8)
        _badge(painter, view, str(index + 1), area.topLeft(), chosen=chosen)
    painter.restore()


def _badge(painter: QPainter, view: PhotoView, text: str, at: QPointF, *, chosen: bool) -> None:
    size = painter.fontMetrics().height() + 4
    width = max(size, painter.fontMetrics().horizontalAdvance(text) + 10)
    area = QRectF(at.x() - 6, at.y() - size / 2, width, size)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(view.colours.accent) if chosen else QColor(20, 20, 20, 190))
    painter.drawRoundedRect(area, size / 2, size / 2)
    painter.setPen(QColor(view.colours.on_accent) if chosen else _LIGHT)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


def _label(painter: QPainter, view: PhotoView, text: str, at: QPointF, *, left: bool) -> None:
    """A small caption that stays inside the widget and never covers the other side's."""
    metrics = painter.fontMetrics()
    width, height = metrics.horizontalAdvance(text) + 20, metrics.height() + 8
    x = at.x() if left else at.x() - width
    if x < 0 or x + width > view.width():
        return
    area = QRectF(x, at.y(), width, height)
    path = QPainterPath()
    path.addRoundedRect(area, height / 2, height / 2)
    painter.fillPath(path, QColor(20, 20, 20, 170))
    painter.setPen(_LIGHT)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


def _picker(painter: QPainter, view: PhotoView) -> None:
    accent = QColor(view.colours.accent)
    for number, point in enumerate(view.picker.points, 1):
        place = view.viewport.to_pane(point)
        painter.setPen(QPen(_LIGHT, 2))
        painter.setBrush(accent)
        painter.drawEllipse(place, 6, 6)
        painter.drawText(place + QPointF(10, 5), str(number))
    if not view.picker.box.isEmpty():
        frame = view.viewport.area_in_pane(view.picker.box)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(_SHADE, 5))
        painter.drawRect(frame)
        style = Qt.PenStyle.SolidLine if view.picker.framed else Qt.PenStyle.DashLine
        painter.setPen(QPen(_LIGHT, 2, style))
        painter.drawRect(frame)
    words = view.picker.words()
    room = QRectF(0, 0, view.width() - 56, view.height())
    text = painter.boundingRect(room, Qt.TextFlag.TextWordWrap, words)
    area = QRectF(0, 0, text.width() + 32, text.height() + 16)
    area.moveTo((view.width() - area.width()) / 2, 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(20, 20, 20, 215))
    painter.drawRoundedRect(area, 12, 12)
    painter.setPen(_LIGHT)
    centred = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(area.adjusted(14, 0, -14, 0), centred, words)


def _before() -> str:
    return QCoreApplication.translate("PhotoView", "Before")


def _after() -> str:
    return QCoreApplication.translate("PhotoView", "After")
