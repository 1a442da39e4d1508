"""Flags that the style sheet looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def set_flag(widget: QWidget, name: str, value: bool) -> None:
    """Sets a property of the style sheet; Qt looks at it again only when told."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def set_kind(widget: QWidget, kind: str) -> None:
    """Gives a widget another object name in the style sheet."""
    if widget.objectName() != kind:
        widget.setObjectName(kind)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
