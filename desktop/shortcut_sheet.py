"""The sheet of keyboard shortcuts, made from the same table as the menus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import actions

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

_COLUMNS = 2


class ShortcutSheet(QDialog):
    """Shows all keys."""

    def __init__(self, made: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        rows = [
            (made[c.name].text().rstrip("…"), _keys(made[c.name]))
            for c in actions.COMMANDS
            if c.keys
        ]
        rows += [
            (self.tr("Hold to see the photo as it was"), self.tr("Space")),
            (self.tr("Move the photo"), self.tr("Arrow keys")),
            (self.tr("Move the divider"), self.tr("Shift + arrow keys")),
            (self.tr("Adding a face: move the frame"), self.tr("Arrow keys")),
            (self.tr("Adding a face: size of the frame"), self.tr("+ and -")),
            (self.tr("Adding a face: done, or leave"), self.tr("Enter, Esc")),
        ]
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(7)
        half = -(-len(rows) // _COLUMNS)
        for number, (words, keys) in enumerate(rows):
            row, column = number % half, number // half * 3
            label = QLabel(keys)
            label.setObjectName("title")
            grid.addWidget(QLabel(words), row, column)
            grid.addWidget(label, row, column + 1)
        grid.setColumnMinimumWidth(2, 28)
        close = QPushButton(self.tr("Close"))
        close.setObjectName("primary")
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 22)
        layout.setSpacing(20)
        layout.addLayout(grid)
        layout.addWidget(close)


def _keys(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
