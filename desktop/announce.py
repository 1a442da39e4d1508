"""Words for whoever listens to the screen instead of looking at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, words: str) -> None:
    """Has a screen reader say something now; nothing happens where none is running."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
