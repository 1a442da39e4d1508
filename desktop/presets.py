"""Presets: settings under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QLabel, QMenu, QPushButton, QWidget

if TYPE_CHECKING:
    from desktop.choices import Choices


class PresetBar(QWidget):
    """A menu of presets, and the way to make one.

    Signals:
        picked: the preset's choices and its name.
        save_asked: a name to save the present settings under.
        removed: the name of a preset to forget.
    """

    picked = Signal(object, str)
    save_asked = Signal(str)
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presets: dict[str, Choices] = {}
        label = QLabel(self.tr("Presets"))
        label.setObjectName("title")
        self.button = QPushButton(self.tr("Choose…"))
        self.button.setAccessibleName(self.tr("Presets"))
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill)
        self.button.setMenu(self.menu)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label)
        layout.addStretch()
        layout.addWidget(self.button)

    def set_presets(self, presets: dict[str, Choices]) -> None:
        """The presets there are."""
        self._presets = presets

    def ask_name(self) -> None:
        """Asks for a name and has the present settings saved under it."""
        name, accepted = QInputDialog.getText(
            self, self.tr("Save preset"), self.tr("Name of the preset:")
        )
        if accepted and name.strip():
            self.save_asked.emit(name.strip())

    def _fill(self) -> None:
        self.menu.clear()
        for name, preset in self._presets.items():
            self.menu.addAction(
                name, lambda preset=preset, name=name: self.picked.emit(preset, name)
            )
        if self._presets:
            self.menu.addSeparator()
            forget = self.menu.addMenu(self.tr("Delete"))
            for name in self._presets:
                forget.addAction(name, lambda name=name: self.removed.emit(name))
        self.menu.addAction(self.tr("Save these settings as a preset…"), self.ask_name)
