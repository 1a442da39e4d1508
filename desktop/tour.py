"""A short tour of three steps: a bubble that points at one part of the window after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_WIDTH = 330
_GAP = 12


class Tour(QFrame):
    """The bubble.

    Args:
        window: lies below it.
        faces, restore, save: the three parts that it points at.
    """

    def __init__(self, window: QWidget, faces: QWidget, restore: QWidget, save: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("tour")
        self._window = window
        self._steps = (
            (
                faces,
                self.tr("These are the faces"),
                self.tr(
                    "Switch off whom you do not want to change. A good portrait of the same "
                    "person, dropped on a face, lends it what the photograph lost."
                ),
            ),
            (
                restore,
                self.tr("Restore them"),
                self.tr("One click. Then move the sliders: the photo follows by itself."),
            ),
            (
                save,
                self.tr("Compare and save"),
                self.tr(
                    "Hold the space bar to see the photo as it was. Saving makes a new file; "
                    "the original is never touched."
                ),
            ),
        )
        self.step = -1
        self.title = QLabel()
        self.title.setObjectName("title")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.count = QLabel()
        self.count.setObjectName("quiet")
        self.skip = QPushButton(self.tr("Skip"))
        self.skip.clicked.connect(self.end)
        self.next = QPushButton()
        self.next.setObjectName("primary")
        self.next.clicked.connect(self.forward)
        buttons = QHBoxLayout()
        buttons.addWidget(self.count, 1)
        buttons.addWidget(self.skip)
        buttons.addWidget(self.next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self.words)
        layout.addLayout(buttons)
        self.setFixedWidth(_WIDTH)
        window.installEventFilter(self)

    def start(self) -> None:
        """Shows the first step."""
        self.forward()
        self.show()
        self.raise_()
        self.next.setFocus()

    def forward(self) -> None:
        """Shows the next step; after the last one it ends."""
        self.step += 1
        if self.step == len(self._steps):
            self.end()
            return
        _, title, words = self._steps[self.step]
        self.title.setText(title)
        self.words.setText(words)
        self.setAccessibleName(f"{title}. {words}")
        of = self.tr("%1 of %2").replace("%1", self.locale().toString(self.step + 1))
        self.count.setText(of.replace("%2", self.locale().toString(len(self._steps))))
        last = self.step == len(self._steps) - 1
        self.skip.setVisible(not last)
        self.next.setText(self.tr("Done") if last else self.tr("Next"))
        self._place()

    def end(self) -> None:
        """Goes away."""
        self._window.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stays at its part when the window changes."""
        if watched is self._window and event.type() in {
            QEvent.Type.Resize,
            QEvent.Type.LayoutRequest,
        }:
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends it."""
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        else:
            super().keyPressEvent(event)

    def _place(self) -> None:
        """Above or below its part, inside the window."""
        if not 0 <= self.step < len(self._steps):
            return
        part = self._steps[self.step][0]
        self.resize(_WIDTH, self.layout().totalHeightForWidth(_WIDTH))
        corner = part.mapTo(self._window, QPoint(0, 0))
        above = corner.y() - self.height() - _GAP
        y = above if above > 0 else corner.y() + part.height() + _GAP
        x = corner.x() + (part.width() - _WIDTH) // 2
        room = self._window.width() - _WIDTH - _GAP
        self.move(max(min(x, room), _GAP), max(y, _GAP))
