"""A line above the photograph: something worth knowing, with at most one thing to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from desktop import icons
from desktop.announce import announce

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.theme import Colours


_MOST = 4


@dataclass(frozen=True)
class _Told:
    text: str
    label: str
    action: Callable[[], object] | None
    keep: bool


class Notice(QFrame):
    """Shows the newest sentence until it is closed; then the ones before it come back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._told: list[_Told] = []
        self.text = QLabel()
        self.text.setWordWrap(True)
        # A long path must not make the whole window wide.
        self.text.setMinimumWidth(160)
        self.button = QPushButton()
        self.button.clicked.connect(self._do)
        self.close_button = QToolButton()
        self.close_button.setObjectName("flat")
        self.close_button.setAccessibleName(self.tr("Close this message"))
        self.close_button.clicked.connect(self._close)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(12)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.button)
        layout.addWidget(self.close_button)
        self.hide()

    def tell(
        self,
        text: str,
        label: str = "",
        action: Callable[[], object] | None = None,
        *,
        keep: bool = False,
    ) -> None:
        """Shows a sentence, with a button where there is something to do.

        Args:
            text: the sentence.
            label: the button's words.
            action: what the button does; None shows no button.
            keep: whether it outlives the photograph that is open now.
        """
        self._told = [told for told in self._told if told.text != text][-_MOST:]
        self._told.append(_Told(text, label, action, keep))
        self._show()

    def forget(self) -> None:
        """Drops what was said about another photograph."""
        self._told = [told for told in self._told if told.keep]
        self._show()

    def set_colours(self, colours: Colours) -> None:
        """Follows the theme."""
        self.close_button.setIcon(icons.icon("close", colours.text))

    def _show(self) -> None:
        if self._told:
            told = self._told[-1]
            self.text.setText(told.text)
            self.setAccessibleName(told.text)
            # Whoever listens to the screen hears it without looking for it.
            announce(self, told.text)
            self.button.setText(told.label)
            self.button.setVisible(told.action is not None)
        self.setVisible(bool(self._told))

    def _close(self) -> None:
        self._told.pop()
        self._show()

    def _do(self) -> None:
        action = self._told[-1].action
        self._close()
        if action is not None:
            action()
