"""What is seen before a photograph is open: where to drop it, and the three steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import icons
from desktop.restyle import set_flag

if TYPE_CHECKING:
    from desktop.theme import Colours


class Welcome(QWidget):
    """The empty window.

    Signals:
        open_asked, folder_asked, sample_asked: the three buttons.
    """

    open_asked = Signal()
    folder_asked = Signal()
    sample_asked = Signal()

    def __init__(self, *, sample: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.zone = QFrame()
        self.zone.setObjectName("dropzone")
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hero = QLabel(self.tr("Drop a photo here"))
        hero.setObjectName("hero")
        hero.setAlignment(Qt.AlignmentFlag.AlignCenter)
        font = hero.font()
        font.setPointSizeF(font.pointSizeF() * 2)
        hero.setFont(font)
        text = QLabel(
            self.tr(
                "Likeness gives people back the faces in old photos, "
                "and keeps them the same person."
            )
        )
        text.setObjectName("quiet")
        text.setWordWrap(True)
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.open = QPushButton(self.tr("Open a photo…"))
        self.open.setObjectName("primary")
        self.open.clicked.connect(self.open_asked)
        self.folder = QPushButton(self.tr("Open a folder…"))
        self.folder.clicked.connect(self.folder_asked)
        self.sample = QPushButton(self.tr("Try a sample photo"))
        self.sample.clicked.connect(self.sample_asked)
        self.sample.setVisible(sample)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch()
        for button in (self.open, self.folder, self.sample):
            button.setMinimumHeight(42)
            buttons.addWidget(button)
        buttons.addStretch()
        inside = QVBoxLayout(self.zone)
        inside.setContentsMargins(48, 44, 48, 44)
        inside.setSpacing(14)
        inside.addWidget(self._picture)
        inside.addWidget(hero)
        inside.addWidget(text)
        inside.addSpacing(10)
        inside.addLayout(buttons)
        steps = QHBoxLayout()
        steps.setSpacing(28)
        for number, title, words in (
            (
                1,
                self.tr("Open"),
                self.tr("Open or drop an old photo. Its faces are found by themselves."),
            ),
            (2, self.tr("Look"), self.tr("Restore the faces and compare before and after.")),
            (3, self.tr("Save"), self.tr("Save a new file. The original is never touched.")),
        ):
            steps.addLayout(_step(self.locale().toString(number), title, words), 1)
        private = QLabel(self.tr("Everything stays on this computer. Nothing is uploaded."))
        private.setObjectName("quiet")
        private.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout()
        column.setSpacing(32)
        column.addStretch(2)
        column.addWidget(self.zone)
        column.addLayout(steps)
        column.addStretch(2)
        column.addWidget(private)
        holder = QWidget()
        holder.setMaximumWidth(760)
        holder.setLayout(column)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(32, 24, 32, 24)
        layout.addStretch(1)
        layout.addWidget(holder, 20)
        layout.addStretch(1)

    def set_colours(self, colours: Colours) -> None:
        """Follows the theme."""
        size = QSize(64, 64)
        pixmap = icons.icon("photo", colours.accent).pixmap(size, self.devicePixelRatioF())
        self._picture.setPixmap(pixmap)

    def set_dropping(self, dropping: bool) -> None:
        """Shows that a drop would be taken."""
        set_flag(self.zone, "dropping", dropping)


def _step(number: str, title: str, words: str) -> QVBoxLayout:
    head = QLabel(f"{number}  {title}")
    head.setObjectName("title")
    text = QLabel(words)
    text.setObjectName("quiet")
    text.setWordWrap(True)
    text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
    layout = QVBoxLayout()
    layout.setSpacing(4)
    layout.addWidget(head)
    layout.addWidget(text)
    layout.addStretch()
    return layout
