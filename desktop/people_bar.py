"""Below the album: look for the people in this folder, how far that is, and a way to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop.elided import Elided
from desktop.engine_words import translated
from desktop.problems import ProblemDialog

if TYPE_CHECKING:
    from engine.album.index import IndexReport

_STEPS = 1000


class PeopleBar(QWidget):
    """Shown once there is a folder with photographs.

    Signals:
        asked: look for people.
        stop_asked: stop that.

    Attributes:
        running: people are being looked for.
    """

    asked = Signal()
    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.running = False
        self._failed: list[str] = []
        self.words = Elided("")
        self.words.setObjectName("quiet")
        self.words.hide()
        self.progress = QProgressBar()
        self.progress.setRange(0, _STEPS)
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.unread = QPushButton()
        self.unread.setObjectName("flat")
        self.unread.clicked.connect(self._list_unread)
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
        for widget in (self.words, self.unread, self.progress, self.button):
            layout.addWidget(widget)
        self.set_running(running=False)

    def set_running(self, *, running: bool) -> None:
        """Turns the button into its opposite."""
        self.running = running
        self.unread.hide()
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

    def forget(self) -> None:
        """Says nothing more of a folder that was left; looking for people goes on."""
        self.unread.hide()
        if not self.running:
            self.words.hide()

    def set_report(self, report: IndexReport) -> None:
        """What was found, and how many files could not be read; a click lists them."""
        text = self.tr("People known in %n photograph(s)", "", report.photos - len(report.failed))
        self.words.setText(text)
        self.words.show()
        self._failed = [f"{path}: {translated(why)}" for path, why in report.failed]
        self.unread.setText(self.tr("%n unreadable file(s)…", "", len(self._failed)))
        self.unread.setVisible(bool(self._failed))

    def _list_unread(self) -> None:
        words = self.tr("These files could not be read; all the others were looked at.")
        dialog = ProblemDialog(words, "\n".join(self._failed), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.unfold.setChecked(True)
        dialog.open()

    def _clicked(self) -> None:
        if self.running:
            self.button.setEnabled(False)
            self.stop_asked.emit()
        else:
            self.asked.emit()
