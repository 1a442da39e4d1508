"""A question with two answers, the careful one of which is the default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def agreed(parent: QWidget, words: str, more: str, yes: str, no: str) -> bool:
    """Asks, and waits for the answer.

    Args:
        parent: the window that it is about.
        words: what is the matter, in one sentence.
        more: what follows from it.
        yes: words of the button that agrees.
        no: words of the other; Escape and Return are as good as it.
    """
    button = QMessageBox.StandardButton
    box = QMessageBox(parent)
    box.setText(words)
    box.setInformativeText(more)
    box.setStandardButtons(button.Yes | button.Cancel)
    box.button(button.Yes).setText(yes)
    box.button(button.Cancel).setText(no)
    box.setDefaultButton(button.Cancel)
    return button(box.exec()) is button.Yes
