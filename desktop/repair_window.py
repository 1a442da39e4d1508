"""The window for the repair of a whole album."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import problems
from desktop.engine_words import translated
from desktop.method_form import MethodForm
from desktop.person_settings import PersonSettings
from desktop.repair_run import Order

if TYPE_CHECKING:
    from desktop.choices import Choices
    from desktop.people_search import PeopleSearch
    from desktop.records import Abilities
    from desktop.repair_run import RepairRun
    from engine.album.repair_run import RepairSummary

_STEPS = 1000


class RepairWindow(QDialog):
    """Folders, settings, progress, and what became of it.

    Args:
        run: does the work; it goes on where the window is closed.
        abilities: the methods there are.
        choices: settings to begin with.
        device: where it is computed.
        album: folder to begin with.
        search: looks for people where persons get settings of their own.
    """

    def __init__(
        self,
        run: RepairRun,
        abilities: Abilities,
        choices: Choices,
        device: str,
        album: Path | None,
        search: PeopleSearch,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Repair a whole album"))
        self._run, self._device, self._report = run, device, Path()
        self._abilities, self._search = abilities, search
        self._left = 0
        self.album, self.output = QLineEdit(), QLineEdit()
        self.form = MethodForm(abilities, self)
        self.form.show(choices.method, choices.fidelity, choices.strength)
        self.grain = choices.grain
        self.references = QCheckBox(self.tr("Find portraits of the same person in the album"))
        self.references.setChecked(True)
        self.persons = QPushButton(self.tr("Settings per person…"))
        self.persons.setAutoDefault(False)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.progress = QProgressBar()
        self.progress.setRange(0, _STEPS)
        self.progress.setTextVisible(False)
        self.start = QPushButton(self.tr("Repair"))
        self.start.setObjectName("primary")
        self.pause = QPushButton(self.tr("Pause"))
        self.pause.setCheckable(True)
        self.stop = QPushButton(self.tr("Stop"))
        self.again = QPushButton(self.tr("Try the failed again"))
        self.report = QPushButton(self.tr("Show the report"))
        self._lay_out()
        self.album.textChanged.connect(self._album_changed)
        self.output.textChanged.connect(self._look)
        self.persons.clicked.connect(self._ask_persons)
        self.start.clicked.connect(lambda: self._begin(again=False))
        self.again.clicked.connect(lambda: self._begin(again=True))
        self.pause.toggled.connect(self._paused)
        self.stop.clicked.connect(self._stop)
        self.report.clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._report)))
        )
        run.running_changed.connect(self._running)
        run.progressed.connect(self._progressed)
        run.ended.connect(self._ended)
        run.failed.connect(self._failed)
        for button in (self.again, self.report):
            button.hide()
        self._running(run.running)
        self.album.setText(str(album or ""))
        self._look()

    def _lay_out(self) -> None:
        self._form = QWidget()
        form = QFormLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(12)
        for field, words in (
            (self.album, self.tr("Photographs")),
            (self.output, self.tr("Results go to")),
        ):
            field.setAccessibleName(words)
            choose = QPushButton(self.tr("Choose…"))
            choose.setAutoDefault(False)
            choose.clicked.connect(lambda _on=False, field=field: self._choose(field))
            row = QHBoxLayout()
            row.addWidget(field, 1)
            row.addWidget(choose)
            form.addRow(words, row)
        self.form.add_to(form)
        form.addRow(self.references)
        row = QHBoxLayout()
        row.addWidget(self.persons)
        row.addStretch()
        form.addRow(row)
        buttons = QHBoxLayout()
        for button in (self.report, self.again):
            buttons.addWidget(button)
        buttons.addStretch()
        for button in (self.pause, self.stop, self.start):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(26, 24, 26, 20)
        layout.setSpacing(16)
        layout.addWidget(self._form)
        layout.addWidget(self.words)
        layout.addWidget(self.progress)
        layout.addLayout(buttons)
        self.setMinimumWidth(620)

    # ------------------------------------------------------------------ before
    def _choose(self, field: QLineEdit) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder"), field.text())
        if name:
            field.setText(name)

    def _album_changed(self, text: str) -> None:
        """The results go beside the album where the user says nothing else."""
        album = Path(text)
        if text and album.name:
            self.output.setText(str(album.with_name(f"{album.name} (Likeness)")))

    def _look(self) -> None:
        """Enables what makes sense; a repair that was interrupted is offered."""
        from engine.album.repair import unfinished  # noqa: PLC0415  (loads the engine)

        if self._run.running:
            return
        ready = bool(self.output.text()) and Path(self.album.text()).is_dir()
        self.start.setEnabled(ready and bool(self.album.text()))
        self.persons.setEnabled(self.start.isEnabled())
        try:
            self._left = unfinished(Path(self.output.text())) if self.output.text() else 0
        except problems.LikenessError as error:
            self._left = 0
            self.words.setText(problems.sentence(error))
            return
        self.start.setText(self.tr("Go on") if self._left else self.tr("Repair"))
        self.words.setText(
            self.tr("A repair was interrupted here: %n photograph(s) to do.", "", self._left)
            if self._left
            else self.tr("The originals are only read. You can stop at any time and go on later.")
        )

    def _ask_persons(self) -> None:
        album = Path(self.album.text())
        dialog = PersonSettings(album, self._abilities, self.form.values, self._search, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # ------------------------------------------------------------------ the run
    def _begin(self, *, again: bool) -> None:
        from engine.album.repair_run import RepairSettings  # noqa: PLC0415
        from engine.results import RestoreOptions  # noqa: PLC0415

        options = RestoreOptions(**self.form.values, grain=self.grain)
        settings = RepairSettings(options, self._device, references=self.references.isChecked())
        # What was begun is ended in the same way.
        kept = None if self._left or again else settings
        album, output = Path(self.album.text()), Path(self.output.text())
        self._run.start(Order(album, output, kept, self._device, again))
        self.words.setText(self.tr("Looking for people…"))

    def _paused(self, paused: bool) -> None:
        self._run.pause(paused=paused)
        self.pause.setText(self.tr("Go on") if paused else self.tr("Pause"))

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self._run.cancel()

    def _running(self, running: bool) -> None:
        self._form.setEnabled(not running)
        self.progress.setVisible(running)
        self.progress.setValue(0)
        self.pause.setVisible(running)
        self.pause.setChecked(False)
        self.pause.setEnabled(False)
        self.stop.setVisible(running)
        self.stop.setEnabled(True)
        self.start.setVisible(not running)
        if running:
            self.again.hide()
            self.report.hide()
        else:
            self._look()

    def _progressed(self, share: float, name: str) -> None:
        latest = self._run.latest
        self.progress.setValue(round(share * _STEPS))
        # Before the restoration there is nothing to pause.
        self.pause.setEnabled(latest is not None)
        lines = [translated(sentence) for sentence in self._run.warnings]
        if latest is not None and latest.seconds_left is not None:
            minutes = max(round(latest.seconds_left / 60), 1)
            lines.append(self.tr("%n minute(s) left", "", minutes))
        self.words.setText("\n".join(filter(None, (name, *lines))))

    def _ended(self, summary: RepairSummary) -> None:
        counts = {state.value: number for state, number in summary.counts.items()}
        words = self.tr("%1 restored, %2 with nothing to do, %3 failed.")
        for place, state in (("%1", "done"), ("%2", "skipped"), ("%3", "failed")):
            words = words.replace(place, self.locale().toString(counts[state]))
        self.words.setText("\n".join(filter(None, (words, translated(summary.stopped)))))
        self._report = summary.report
        self.report.setVisible(summary.report.is_file())
        self.again.setVisible(bool(counts["failed"]))
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _failed(self, error: Exception) -> None:
        self.words.setText(problems.sentence(error))
