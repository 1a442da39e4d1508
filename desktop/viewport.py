"""Which part of a photograph is seen, and how large: plain geometry, no painting."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF

_LARGEST = 32.0
_MARGIN = 0.96


class Viewport:
    """Maps between a pane of the window (logical pixels) and the photograph (its own pixels).

    Attributes:
        scale: logical pixels of the window per pixel of the photograph.
        centre: point of the photograph in the middle of the pane.
        fitted: whether the whole photograph is kept in sight when the pane changes.
    """

    def __init__(self) -> None:
        self.scale = 1.0
        self.centre = QPointF()
        self.fitted = True
        self._photo = QSizeF(1, 1)
        self._pane = QSizeF(1, 1)

    def set_photo(self, width: float, height: float) -> None:
        """Another photograph: all of it."""
        self._photo = QSizeF(width, height)
        self.fit()

    def set_pane(self, width: float, height: float) -> None:
        """The pane changed its size."""
        self._pane = QSizeF(max(width, 1), max(height, 1))
        if self.fitted:
            self.fit()
        else:
            self._hold()

    @property
    def fit_scale(self) -> float:
        """Scale at which all of the photograph is seen; small ones are not blown up much."""
        room = min(
            self._pane.width() / self._photo.width(), self._pane.height() / self._photo.height()
        )
        return min(room * _MARGIN, 3.0)

    def fit(self) -> None:
        """Shows all of the photograph."""
        self.fitted = True
        self.scale = self.fit_scale
        self.centre = QPointF(self._photo.width() / 2, self._photo.height() / 2)

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zooms; the point of the photograph under `at` (pane) stays under it."""
        self.zoom_to(self.scale * factor, at)

    def zoom_to(self, scale: float, at: QPointF | None = None) -> None:
        """Zooms to a scale."""
        at = at or QPointF(self._pane.width() / 2, self._pane.height() / 2)
        held = self.to_photo(at)
        self.scale = min(max(scale, min(self.fit_scale, 1.0) / 2), _LARGEST)
        self.fitted = False
        moved = self.to_photo(at)
        self.centre += held - moved
        self._hold()

    def pan(self, by: QPointF) -> None:
        """Moves the photograph by pane pixels."""
        self.centre -= by / self.scale
        self.fitted = False
        self._hold()

    def show(self, area: QRectF) -> None:
        """Brings an area of the photograph before the eyes, filling half of the pane."""
        self.fitted = False
        self.scale = min(
            self._pane.width() / max(area.width(), 1) / 2,
            self._pane.height() / max(area.height(), 1) / 2,
            _LARGEST,
        )
        self.centre = area.center()
        self._hold()

    def reveal(self, area: QRectF) -> None:
        """Moves the photograph as little as needed for an area to be seen; zooms only out."""
        seen = QRectF(QPointF(), self._pane / self.scale)
        seen.moveCenter(self.centre)
        if seen.contains(area):
            return
        room = min(self._pane.width() / area.width(), self._pane.height() / area.height())
        if room < self.scale:
            self.zoom_to(room * _MARGIN)
            seen.setSize(self._pane / self.scale)
            seen.moveCenter(self.centre)
        seen.moveLeft(min(max(seen.left(), area.right() - seen.width()), area.left()))
        seen.moveTop(min(max(seen.top(), area.bottom() - seen.height()), area.top()))
        self.fitted = False
        self.centre = seen.center()
        self._hold()

    def to_photo(self, point: QPointF) -> QPointF:
        """Pane -> photograph."""
        middle = QPointF(self._pane.width() / 2, self._pane.height() / 2)
        return self.centre + (point - middle) / self.scale

    def to_pane(self, point: QPointF) -> QPointF:
        """Photograph -> pane."""
        middle = QPointF(self._pane.width() / 2, self._pane.height() / 2)
        return (point - self.centre) * self.scale + middle

    def area_in_pane(self, area: QRectF) -> QRectF:
        """Photograph -> pane, for a rectangle."""
        return QRectF(self.to_pane(area.topLeft()), self.to_pane(area.bottomRight()))

    def seen(self) -> QRectF:
        """The part of the photograph in the pane."""
        shown = QRectF(
            self.to_photo(QPointF(0, 0)),
            self.to_photo(QPointF(self._pane.width(), self._pane.height())),
        )
        return shown.intersected(QRectF(QPointF(0, 0), self._photo))

    def _hold(self) -> None:
        """Keeps the photograph from being pushed out of sight."""
        for_x = _held(self.centre.x(), self._photo.width(), self._pane.width() / self.scale)
        for_y = _held(self.centre.y(), self._photo.height(), self._pane.height() / self.scale)
        self.centre = QPointF(for_x, for_y)


def _held(centre: float, photo: float, pane: float) -> float:
    if pane >= photo:
        return photo / 2
    return min(max(centre, pane / 2), photo - pane / 2)
