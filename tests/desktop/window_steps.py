"""What a user does in the window, as steps of the tests."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QDropEvent,
)


def drop(widget, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    widget.dropEvent(event)
    return event.isAccepted()


def ready(qtbot, window):
    qtbot.waitUntil(lambda: window.document is not None and window.document.searched)


def settled(qtbot, window, timeout=5_000):
    """Waits until what is shown is what is chosen, for so many milliseconds at most."""
    qtbot.waitUntil(
        lambda: (
            window.document.restored is not None
            and window.document.restored.choices == window.document.choices
        ),
        timeout=timeout,
    )
