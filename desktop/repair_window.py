"""The window for the repair of a whole album."""

from __future__ import annotations

import itertools
import os
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
from desktop.person_settings import PersonSettings
from desktop.repair_run import Order
from desktop.repair_settings import WantedSettings

if TYPE_CHECKING:
    from desktop.choices import Choices
    from desktop.people_search import PeopleSearch
    from desktop.records import Abilities
    from desktop.repair_run import RepairRun
    from engine.album.begun import Begun
    from engine.album.repair_run import RepairSummary

_STEPS = 1000


class RepairWindow(QDialog):
    """Folders, settings, progress, and what became of it.

    Args:
        run: does the work; it goes on where the window is closed.
        abilities: the methods there are.
        choices: settings to begin with.
        search: looks for people where persons get settings of their own.
    """

    def __init__(
        self,
        run: RepairRun,
        abilities: Abilities,
        choices: Choices,
        search: PeopleSearch,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Repair a whole album"))
        self._run, self._device, self._report = run, "auto", Path()
        self._abilities, self._search = abilities, search
        self._begun: Begun | None = None
        self._goes_on = False
        self._offered: Path | None = None
        self._suggested = ""
        self.album, self.output = QLineEdit(), QLineEdit()
        self.references = QCheckBox(self.tr("Find portraits of the same person in the album"))
        self.references.setChecked(True)
        self._wanted = WantedSettings(abilities, choices, self.references, self)
        self.form = self._wanted.form
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
        self.elsewhere = QPushButton(self.tr("Take a new folder"))
        self._lay_out()
        self.album.textChanged.connect(self._album_changed)
        self.output.textChanged.connect(self._look)
        self.persons.clicked.connect(self._ask_persons)
        self.start.clicked.connect(lambda: self._begin(again=False))
        self.again.clicked.connect(lambda: self._begin(again=True))
        self.pause.toggled.connect(self._paused)
        self.stop.clicked.connect(self._stop)
        self.elsewhere.clicked.connect(self._take_new_folder)
        self.report.clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._report)))
        )
        run.running_changed.connect(self._running)
        run.progressed.connect(self._progressed)
        run.ended.connect(self._ended)
        run.failed.connect(self._failed)
        self._running(run.running)

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
        for button in (self.report, self.again, self.elsewhere):
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

    def take(self, grain: float, device: str, album: Path | None) -> None:
        """Follows the main window; a folder only where that has opened another one since."""
        self._wanted.set_grain(grain)
        self._device = device
        if album is not None and album != self._offered and not self._run.running:
            self._offered = album
            self.album.setText(str(album))

    # ------------------------------------------------------------------ before
    def _choose(self, field: QLineEdit) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder"), field.text())
        if name:
            field.setText(name)

    def _album_changed(self, text: str) -> None:
        """The results go beside the album where the user says nothing else."""
        if self.output.text() in {"", self._suggested}:
            album = Path(text)
            beside = album.with_name(f"{album.name} (Likeness)") if album.name else ""
            self._suggest(str(beside))
        self._look()

    def _suggest(self, output: str) -> None:
        self._suggested = output
        self.output.setText(output)

    def _take_new_folder(self) -> None:
        output = Path(self.output.text())
        names = (str(output.with_name(f"{output.name} {n}")) for n in itertools.count(2))
        self._suggest(next(name for name in names if not os.path.exists(name)))  # noqa: PTH110

    def _look(self) -> None:
        """Enables what makes sense; a repair that was interrupted is offered as it was begun."""
        from engine.album.begun import begun  # noqa: PLC0415  (loads the engine)

        if self._run.running:
            return
        self._hide_ends()
        album, output = self.album.text(), self.output.text()
        # `Path.is_dir` takes no name for the present folder, and fails where a name is too long.
        there, words = os.path.isdir(album), ""  # noqa: PTH112
        self._begun = None
        try:
            self._begun = begun(Path(output)) if there and output else None
        except problems.LikenessError as error:
            words = problems.sentence(error)
        found = self._begun
        other = found is not None and not found.of(Path(album))
        self._goes_on = found is not None and found.left > 0 and not other
        self._wanted.lock(found.settings if found is not None and self._goes_on else None)
        self.start.setEnabled(there and bool(output) and not other)
        self.start.setText(self.tr("Go on") if self._goes_on else self.tr("Repair"))
        self.persons.setEnabled(self.start.isEnabled())
        self.words.setText(words or self._words(found, other=other))

    def _words(self, found: Begun | None, *, other: bool) -> str:
        if found is not None and other:
            words = self.tr("The repair of another album lies here: %1. Choose another folder.")
            return words.replace("%1", found.folder)
        if found is not None and found.left:
            left = self.tr("A repair was interrupted here: %n photograph(s) to do.", "", found.left)
            how = self.tr("It goes on with the settings that it was begun with.")
            return f"{left} {how}"
        return self.tr("The originals are only read. You can stop at any time and go on later.")

    def _ask_persons(self) -> None:
        album = Path(self.album.text())
        dialog = PersonSettings(album, self._abilities, self.form.values, self._search, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # ------------------------------------------------------------------ the run
    def _begin(self, *, again: bool) -> None:
        settings = self._wanted.settings(self._device)
        if (self._goes_on or again) and self._begun is not None:
            # What was begun is ended in the same way, and shown so.
            settings = None
            self._wanted.lock(self._begun.settings)
            self._wanted.adopt()
        album, output = Path(self.album.text()), Path(self.output.text())
        self._run.start(Order(album, output, settings, self._device, again))
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
        self._hide_ends()
        self._look()

    def _hide_ends(self) -> None:
        """What came of a run belongs to its two folders."""
        for button in (self.again, self.report, self.elsewhere):
            button.hide()

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
        kept = self.tr(
            "%n photograph(s) were finished before with other settings and stay as they are; "
            "a new folder takes all of them.",
            "",
            summary.kept,
        )
        lines = (
            words if summary.kept < sum(counts.values()) else "",
            kept if summary.kept else "",
            translated(summary.stopped),
        )
        self.words.setText("\n".join(filter(None, lines)))
        self.elsewhere.setVisible(bool(summary.kept))
        self._report = summary.report
        self.report.setVisible(summary.report.is_file())
        self.again.setVisible(bool(counts["failed"]))
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _failed(self, error: Exception) -> None:
        self.words.setText(problems.sentence(error))
