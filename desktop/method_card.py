"""One method in the restore panel: its name and its plain sentence, chosen by a click anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QRadioButton, QVBoxLayout, QWidget

from desktop.engine_words import translated
from desktop.restyle import set_flag

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from engine.methods import MethodInfo


class MethodCard(QFrame):
    """A method that can be chosen.

    Signals:
        chosen: its key, by the user.
    """

    chosen = Signal(str)

    def __init__(self, info: MethodInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.info = info
        self.setObjectName("card")
        self.button = QRadioButton(translated(info.title))
        self.button.setAccessibleDescription(translated(info.sentence))
        # Each radio button sits in a frame of its own; the panel keeps them exclusive.
        self.button.setAutoExclusive(False)
        self.button.clicked.connect(lambda: self.chosen.emit(info.key))
        sentence = QLabel(translated(info.sentence))
        sentence.setObjectName("quiet")
        sentence.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 9)
        layout.setSpacing(2)
        layout.addWidget(self.button)
        layout.addWidget(sentence)

    def set_chosen(self, chosen: bool) -> None:
        """Shows whether this one is used."""
        self.button.setChecked(chosen)
        set_flag(self, "chosen", chosen)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The whole card is the button."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(self.info.key)
