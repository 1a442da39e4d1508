"""Where the parts of the main window lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop import actions

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMenuBar

    from desktop.notice import Notice

_PANES = [236, 900, 320]


class Centre(QWidget):
    """The middle of the window: a notice, and below it one of several pages.

    Attributes:
        stack: the pages.
    """

    def __init__(self, notice: Notice, *pages: QWidget) -> None:
        super().__init__()
        self.stack = QStackedWidget()
        for page in pages:
            self.stack.addWidget(page)
        top = QHBoxLayout()
        top.setContentsMargins(16, 8, 16, 8)
        top.addWidget(notice)
        # The notice's margins take no room where there is nothing to tell.
        self._top = QWidget()
        self._top.setLayout(top)
        self._top.hide()
        self._notice = notice
        notice.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addWidget(self.stack, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Comes and goes with the notice."""
        kind = event.type()
        if watched is self._notice and kind in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            self._top.setVisible(kind == QEvent.Type.ShowToParent)
        return False


def side_by_side(album: QWidget, centre: QWidget, panel: QWidget) -> QSplitter:
    """The three columns; only the outer ones can be folded away."""
    splitter = QSplitter()
    splitter.setHandleWidth(1)
    for widget in (album, centre, panel):
        splitter.addWidget(widget)
    splitter.setStretchFactor(1, 1)
    splitter.setCollapsible(1, False)
    splitter.setSizes(_PANES)
    return splitter


def fill_menus(bar: QMenuBar, made: dict[str, QAction]) -> None:
    """Puts every command into its menu."""
    menus = {key: bar.addMenu(actions.translated(text)) for key, text in actions.MENUS.items()}
    for command in actions.COMMANDS:
        menus[command.menu].addAction(made[command.name])
