"""A line above the photograph: something worth knowing, with at most one thing to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from desktop import icons

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.theme import Colours


class Notice(QFrame):
    """Shows one sentence until it is closed or replaced."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.button = QPushButton()
        self.button.clicked.connect(self._do)
        self.close_button = QToolButton()
        self.close_button.setObjectName("flat")
        self.close_button.setAccessibleName(self.tr("Close this message"))
        self.close_button.clicked.connect(self.hide)
        self._action: Callable[[], object] | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(12)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.button)
        layout.addWidget(self.close_button)
        self.hide()

    def tell(self, text: str, label: str = "", action: Callable[[], object] | None = None) -> None:
        """Shows a sentence, with a button where there is something to do."""
        self.text.setText(text)
        self.setAccessibleName(text)
        self.button.setText(label)
        self.button.setVisible(action is not None)
        self._action = action
        self.show()

    def set_colours(self, colours: Colours) -> None:
        """Follows the theme."""
        self.close_button.setIcon(icons.icon("close", colours.text))

    def _do(self) -> None:
        self.hide()
        if self._action is not None:
            self._action()
