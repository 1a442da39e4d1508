"""A photograph for the screen, however large: the engine's pixels plus smaller copies.

Qt paints nothing wider than 32,767 pixels and refuses to read files over 256 MB. So the engine
decodes, and Qt only ever gets the visible piece of the full picture, or of a reduced copy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Reduced copies have at most this many pixels (three bytes each).
_LARGEST_COPY = 32_000_000
_LARGEST_SIDE = 16_384
_SMALLEST_SIDE = 256
#: From this magnification on single pixels are shown as squares.
_SQUARES = 6.0


class Picture:
    """Pixels ready to be painted at any scale. Made off the main thread.

    Args:
        pixels: (H, W, 3) uint8 RGB; kept, not copied.
    """

    def __init__(self, pixels: NDArray[np.uint8]) -> None:
        self.pixels = pixels
        self.height, self.width = int(pixels.shape[0]), int(pixels.shape[1])
        self._copies: list[tuple[float, QImage]] = []
        self._kept: list[bytes] = []
        self._make_copies()

    @property
    def area(self) -> QRectF:
        """All of it."""
        return QRectF(0, 0, self.width, self.height)

    def draw(self, painter: QPainter, target: QRectF, source: QRectF) -> None:
        """Paints `source` (pixels of the photograph) into `target` (painter's coordinates)."""
        source = source.intersected(self.area)
        if source.isEmpty() or target.isEmpty():
            return
        ratio = painter.device().devicePixelRatioF()
        scale = target.width() * ratio / source.width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < _SQUARES)
        for share, image in self._copies:
            if share >= scale:
                piece = QRectF(
                    source.x() * image.width() / self.width,
                    source.y() * image.height() / self.height,
                    source.width() * image.width() / self.width,
                    source.height() * image.height() / self.height,
                )
                painter.drawImage(target, image, piece)
                return
        whole = source.toAlignedRect().intersected(QRect(0, 0, self.width, self.height))
        painter.drawImage(target, self._view(whole), source.translated(-whole.x(), -whole.y()))

    def crop(self, area: QRectF, size: QSize, ratio: float = 1.0) -> QImage:
        """A small picture of `area`, `size` logical pixels at the screen's `ratio`."""
        image = QImage(size * ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.gray)
        inside = area.intersected(self.area)
        if inside.isEmpty():
            return image
        sx, sy = size.width() / area.width(), size.height() / area.height()
        target = QRectF(
            (inside.x() - area.x()) * sx,
            (inside.y() - area.y()) * sy,
            inside.width() * sx,
            inside.height() * sy,
        )
        painter = QPainter(image)
        self.draw(painter, target, inside)
        painter.end()
        return image

    def _view(self, area: QRect) -> QImage:
        """A piece of the full picture, without copying."""
        stride = self.width * 3
        start = area.y() * stride + area.x() * 3
        flat: Any = self.pixels.reshape(-1)
        data = flat[start : start + (area.height() - 1) * stride + area.width() * 3]
        return QImage(data, area.width(), area.height(), stride, QImage.Format.Format_RGB888)

    def _make_copies(self) -> None:
        """Halves until small; the smallest copy comes first in the list."""
        from PIL import Image  # noqa: PLC0415  (the window opens before Pillow is needed)

        factor = 2
        while (
            self.width * self.height / factor**2 > _LARGEST_COPY
            or max(self.width, self.height) / factor > _LARGEST_SIDE
        ):
            factor *= 2
        image = Image.fromarray(self.pixels)
        while max(self.width, self.height) / factor >= _SMALLEST_SIDE:
            image = image.reduce(2 if self._copies else factor)
            width, height = image.size
            # Qt does not copy: the bytes live as long as the picture does.
            data = image.tobytes()
            copy = QImage(data, width, height, 3 * width, QImage.Format.Format_RGB888)
            self._copies.insert(0, (width / self.width, copy))
            self._kept.append(data)
            factor *= 2


def pixels_of(image: QImage) -> NDArray[np.uint8]:
    """(H, W, 3) uint8 RGB of a Qt image, such as one from the clipboard; over white where clear."""
    import numpy as np  # noqa: PLC0415  (the window opens before numpy is needed)

    plain = QImage(image.size(), QImage.Format.Format_RGB888)
    plain.fill(Qt.GlobalColor.white)
    painter = QPainter(plain)
    image.setDevicePixelRatio(1)
    painter.drawImage(0, 0, image)
    painter.end()
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : plain.width() * 3].reshape(plain.height(), plain.width(), 3).copy()
