"""The middle of the window: the photograph with its tools above and its faces below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop import actions, icons
from desktop.face_strip import FaceStrip
from desktop.photo_view import PhotoView
from desktop.theme import LIGHT

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from desktop.theme import Colours

_ICON = QSize(20, 20)
_SHAPES = {c.name: c.icon for c in actions.COMMANDS if c.icon}
_SHAPES |= {"compare": "compare"}
_GROUPS = (("after", "divider", "side"), ("zoom_out", "zoom_in", "fit", "actual"), ("marks",))


class PhotoArea(QWidget):
    """The photograph, its tools and its faces.

    Attributes:
        view: the photograph.
        strip: the faces.
        save: the button that saves.
        hold: the button that shows the photograph as it was while it is pressed.
    """

    def __init__(self, made: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = PhotoView()
        self.strip = FaceStrip()
        self._made = made
        self._tools: dict[str, QToolButton] = {}
        header = QWidget()
        header.setObjectName("header")
        header.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(header)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(4)
        for name in ("undo", "redo"):
            row.addWidget(self._tool(name, made[name]))
        row.addSpacing(10)
        for name in _GROUPS[0]:
            row.addWidget(self._tool(name, made[name]))
        self.hold = self._tool("compare", None)
        self.hold.setToolTip(self.tr("Hold to see the photo as it was (Space)"))
        self.hold.setAccessibleName(self.tr("Hold to see the photo as it was"))
        self.hold.pressed.connect(lambda: self.view.set_holding(True))
        self.hold.released.connect(lambda: self.view.set_holding(False))
        row.addWidget(self.hold)
        row.addStretch(1)
        for name in _GROUPS[1][:2]:
            row.addWidget(self._tool(name, made[name]))
        self.zoom = QLabel()
        self.zoom.setObjectName("value")
        self.zoom.setAccessibleName(self.tr("Magnification"))
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.zoom.setMinimumWidth(self.zoom.fontMetrics().horizontalAdvance("1000 %") + 8)
        row.addWidget(self.zoom)
        for name in (*_GROUPS[1][2:], *_GROUPS[2]):
            row.addWidget(self._tool(name, made[name]))
        row.addStretch(1)
        self.save = QPushButton(self.tr("Save"))
        self.save.setToolTip(made["save"].toolTip())
        self.save.clicked.connect(made["save"].trigger)
        row.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(header)
        # Without a stretch: one would take the view's wish for room as none.
        layout.addWidget(self.view)
        layout.addWidget(self.strip)
        self.view.zoomed.connect(self._zoomed)

    def set_colours(self, colours: Colours) -> None:
        """Follows the theme."""
        self.view.colours = colours
        self.view.update()
        for name, tool in self._tools.items():
            icon = icons.icon(_SHAPES[name], colours.text)
            if name in self._made:
                self._made[name].setIcon(icon)
            tool.setIcon(icon)
        for tile in self.strip.tiles:
            tile.more.setIcon(icons.icon("more", colours.text))

    def _tool(self, name: str, action: QAction | None) -> QToolButton:
        button = QToolButton()
        button.setObjectName("flat")
        # With an icon from the start: without one the button asks for room for its words.
        icon = icons.icon(_SHAPES[name], LIGHT.text)
        if action is not None:
            action.setIcon(icon)
            action.setIconVisibleInMenu(False)
        button.setIcon(icon)
        button.setIconSize(_ICON)
        if action is not None:
            button.setDefaultAction(action)
            button.setAccessibleName(action.text())
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._tools[name] = button
        return button

    def _zoomed(self, scale: float) -> None:
        self.zoom.setText(self.tr("%1 %").replace("%1", self.locale().toString(round(scale * 100))))
