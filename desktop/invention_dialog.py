"""Where a restored face is invented rather than recovered, as a heat map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from desktop.picture import Picture
    from desktop.records import Invention

# Side of a picture in logical pixels.
_SIDE = 280
_STEPS = 1000


class InventionDialog(QDialog):
    """Opens at once and shows the map when it is there; closing it stops the work."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What is invented here?"))
        self.waiting = QLabel(
            self.tr("This face is restored a few times more, to see what stays the same.")
        )
        self.waiting.setWordWrap(True)
        self.progress = QProgressBar(maximum=_STEPS, textVisible=False)
        self.progress.setAccessibleName(self.windowTitle())
        self.face, self.map = QLabel(), QLabel()
        pictures = QHBoxLayout()
        pictures.setSpacing(16)
        for picture, words in (
            (self.face, self.tr("The result")),
            (self.map, self.tr("What is invented in it")),
        ):
            picture.setAccessibleName(words)
            picture.setFixedSize(_SIDE, _SIDE)
            label = QLabel(words)
            label.setObjectName("quiet")
            column = QVBoxLayout()
            for widget in (picture, label):
                column.addWidget(widget, 0, Qt.AlignmentFlag.AlignCenter)
            pictures.addLayout(column)
        self.pictures = QWidget()
        self.pictures.setLayout(pictures)
        self.words = QLabel(
            self.tr(
                "Grey: the photograph tells it, every try shows the same. Red to yellow: invented, "
                "another try shows something else there. Do not take that for a likeness."
            )
        )
        self.words.setWordWrap(True)
        close = QPushButton(self.tr("Close"))
        close.setObjectName("primary")
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(26, 24, 26, 20)
        layout.setSpacing(16)
        for widget in (self.waiting, self.progress, self.pictures, self.words):
            layout.addWidget(widget)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        # As large as what it shows: on a low screen `adjustSize` would cut the pictures.
        layout.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        for label in (self.waiting, self.words):
            label.setFixedWidth(2 * _SIDE + pictures.spacing())
        for widget in (self.pictures, self.words):
            widget.hide()

    def set_progress(self, share: float) -> None:
        """So much is done."""
        self.progress.setValue(round(_STEPS * share))

    def show_invention(self, invention: Invention) -> None:
        """Shows the map beside the face."""
        for widget in (self.waiting, self.progress):
            widget.hide()
        for label, picture in ((self.face, invention.face), (self.map, invention.heat)):
            label.setPixmap(self._pixmap(picture))
        for widget in (self.pictures, self.words):
            widget.show()

    def _pixmap(self, picture: Picture) -> QPixmap:
        size = QSize(_SIDE, _SIDE)
        return QPixmap.fromImage(picture.crop(picture.area, size, self.devicePixelRatioF()))
