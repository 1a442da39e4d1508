"""Below the album: look for the people in this folder, how far that is, and a way to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop.elided import Elided

if TYPE_CHECKING:
    from engine.album.index import IndexReport

_STEPS = 1000


class PeopleBar(QWidget):
    """Shown once there is a folder with photographs.

    Signals:
        asked: look for people.
        stop_asked: stop that.
    """

    asked = Signal()
    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._running = False
        self.words = Elided("")
        self.words.setObjectName("quiet")
        self.words.hide()
        self.progress = QProgressBar()
        self.progress.setRange(0, _STEPS)
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.button = QPushButton()
        self.button.setToolTip(
            self.tr(
                "Finds the faces in all photographs of this folder, so that portraits can be "
                "suggested. It runs in the background."
            )
        )
        self.button.clicked.connect(self._clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for widget in (self.words, self.progress, self.button):
            layout.addWidget(widget)
        self.set_running(running=False)

    def set_running(self, *, running: bool) -> None:
        """Turns the button into its opposite."""
        self._running = running
        self.progress.setVisible(running)
        self.progress.setValue(0)
        self.words.setVisible(running)
        self.words.setText(self.tr("Looking for people…") if running else "")
        self.button.setEnabled(True)
        self.button.setText(self.tr("Stop") if running else self.tr("Look for people"))

    def set_progress(self, share: float, name: str) -> None:
        """How far it is, and the photograph that is looked at."""
        self.progress.setValue(round(share * _STEPS))
        self.words.setText(name)

    def set_report(self, report: IndexReport) -> None:
        """What was found; files that could not be read are told of in the tooltip."""
        text = self.tr("People known in %n photograph(s)", "", report.photos - len(report.failed))
        self.words.setText(text)
        self.setToolTip("\n".join(f"{path.name}: {why}" for path, why in report.failed))
        self.words.show()

    def _clicked(self) -> None:
        if self._running:
            self.button.setEnabled(False)
            self.stop_asked.emit()
        else:
            self.asked.emit()
