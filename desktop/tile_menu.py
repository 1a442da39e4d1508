"""The menu of one face: its portrait, its own fidelity, and removal where it was added by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget, QWidgetAction

from desktop.slider import Slider

if TYPE_CHECKING:
    from desktop.choices import FaceChoice


class TileMenu(QMenu):
    """What can be done with one face.

    Signals:
        portrait_asked: choose a portrait file.
        suggestion_accepted: take the suggested portrait.
        portrait_removed: do without the portrait.
        fidelity_moved: its own fidelity.
        fidelity_removed: the photograph's fidelity again.
        invention_asked: show where the result is invented.
        remove_asked: forget a face that was added by hand.
    """

    portrait_asked = Signal()
    suggestion_accepted = Signal()
    portrait_removed = Signal()
    fidelity_moved = Signal(float)
    fidelity_removed = Signal()
    invention_asked = Signal()
    remove_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.choose = self.addAction(self.tr("Choose a portrait…"), self.portrait_asked.emit)
        self.suggested = self.addAction(
            self.tr("Accept the suggested portrait"), self.suggestion_accepted.emit
        )
        self.forget = self.addAction(self.tr("Do without the portrait"), self.portrait_removed.emit)
        self.addSeparator()
        self.slider = Slider(
            self.tr("Fidelity of this face"), self.tr("richer"), self.tr("more faithful")
        )
        self.slider.moved.connect(self.fidelity_moved)
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(20, 6, 20, 6)
        layout.addWidget(self.slider)
        self.own = QWidgetAction(self)
        self.own.setDefaultWidget(holder)
        self.addAction(self.own)
        self.common = self.addAction(
            self.tr("Same fidelity as the photo"), self.fidelity_removed.emit
        )
        self.addSeparator()
        self.invention = self.addAction(
            self.tr("What is invented here?"), self.invention_asked.emit
        )
        self.remove = self.addAction(self.tr("Remove this face"), self.remove_asked.emit)

    def show_choice(self, choice: FaceChoice) -> None:
        """Enables what makes sense."""
        self.forget.setEnabled(bool(choice.portrait))
        self.common.setEnabled(choice.fidelity is not None)
        if choice.fidelity is not None:
            self.slider.set_value(choice.fidelity)

    def show_suggestion(self, *, there: bool) -> None:
        """Offers the suggested portrait where there is one."""
        self.suggested.setVisible(there)

    def set_possible(
        self, *, fidelity: bool, removable: bool, common: float, inventing: bool
    ) -> None:
        """Shows only what the method and the face allow."""
        self.own.setVisible(fidelity)
        self.common.setVisible(fidelity)
        self.remove.setVisible(removable)
        self.invention.setVisible(inventing)
        if not self.common.isEnabled():
            self.slider.set_value(common)
