"""What a repair does otherwise for single persons of the album."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import problems
from desktop.face_list import FaceList, face_pictures
from desktop.method_form import MethodForm

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.people_search import PeopleSearch
    from desktop.records import Abilities
    from engine.album.people import Person


class PersonSettings(QDialog):
    """The album's persons on the left, the settings of the chosen one on the right.

    What is changed is stored at once: the next photograph of a repair is restored with it.

    Args:
        album: its folder.
        abilities: the methods there are.
        common: settings of everybody else, for a start.
        search: looks for people where nobody is known yet.
    """

    def __init__(
        self,
        album: Path,
        abilities: Abilities,
        common: dict[str, str | float],
        search: PeopleSearch,
        parent: QWidget | None = None,
    ) -> None:
        from engine.album.people import People  # noqa: PLC0415  (loads the engine)
        from engine.album.store import AlbumStore  # noqa: PLC0415

        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings per person"))
        self._album, self._common, self._search = album, common, search
        self._store = AlbumStore()
        self._people = People(self._store)
        self._persons: dict[int, Person] = {}
        self._pictures = face_pictures(self._store, self)
        self.persons = FaceList(self._pictures, self.tr("People"))
        self.persons.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.own = QCheckBox(self.tr("Settings of their own"))
        self.form = MethodForm(abilities, self)
        self.words = QLabel()
        self.words.setObjectName("quiet")
        self.words.setWordWrap(True)
        self.look = QPushButton(self.tr("Look for people"))
        self.close_button = QPushButton(self.tr("Done"))
        self.close_button.setObjectName("primary")
        self._lay_out()
        self.persons.itemSelectionChanged.connect(self._show)
        self.own.clicked.connect(self._switched)
        self.form.changed.connect(self._changed)
        self.look.clicked.connect(lambda: search.start(album))
        self.close_button.clicked.connect(self.accept)
        search.running_changed.connect(self._searching)
        search.progressed.connect(self._progressed)
        search.found.connect(self._found)
        self.finished.connect(lambda _result: self._close())
        self.refresh()
        self._searching(search.running)

    def _lay_out(self) -> None:
        self._fields = QWidget()
        fields = QFormLayout(self._fields)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(14)
        self.form.add_to(fields)
        right = QVBoxLayout()
        right.setSpacing(14)
        right.addWidget(self.own)
        right.addWidget(self._fields)
        right.addStretch()
        columns = QHBoxLayout()
        columns.setSpacing(20)
        columns.addWidget(self.persons, 1)
        columns.addLayout(right, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.look)
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 20)
        layout.setSpacing(16)
        layout.addLayout(columns, 1)
        layout.addWidget(self.words)
        layout.addLayout(buttons)
        self.resize(680, 460)

    def refresh(self) -> None:
        """Reads the persons anew; the chosen one stays chosen."""
        chosen = next(iter(self.persons.chosen()), None)
        found = self._people.persons(self._album)
        self._persons = {one.id: one for one in found}
        self.persons.blockSignals(True)
        self.persons.clear()
        for one in found:
            self.persons.add(one.id, one.faces[0], self._line(one))
        rows = [row for row, one in enumerate(found) if one.id == chosen]
        self.persons.setCurrentRow(rows[0] if rows else 0)
        self.persons.blockSignals(False)
        self.look.setVisible(not found)
        self.words.setText(
            self.tr("Everybody else is restored with the settings of the repair.")
            if found
            else self.tr("Nobody is known in this album yet.")
        )
        self._show()

    def _line(self, one: Person) -> str:
        lines = [
            one.name or self.tr("Without a name"),
            self.tr("%n face(s)", "", len(one.faces)),
            self.tr("Settings of their own") if one.settings else "",
        ]
        return "\n".join(filter(None, lines))

    @property
    def _person(self) -> Person | None:
        chosen = self.persons.chosen()
        return self._persons[chosen[0]] if chosen else None

    def _show(self) -> None:
        one = self._person
        settings: dict[str, Any] = {**self._common, **(one.settings if one else {})}
        self.form.show(settings["method"], settings["fidelity"], settings["strength"])
        self.own.setEnabled(one is not None)
        self.own.setChecked(bool(one and one.settings))
        self._fields.setEnabled(self.own.isChecked())

    # ------------------------------------------------------------------ what the user says
    def _switched(self, on: bool) -> None:
        self._store_settings(dict(self.form.values) if on else {})

    def _changed(self) -> None:
        one = self._person
        # What the command line set besides stays as it is.
        self._store_settings({**(one.settings if one else {}), **self.form.values})

    def _store_settings(self, settings: dict[str, Any]) -> None:
        one = self._person
        if one is None:
            return
        try:
            self._people.settings(one.id, settings)
        except problems.LikenessError as error:
            problems.show(error, self)
        self._persons = {p.id: p for p in self._people.persons(self._album)}
        if one.id not in self._persons:  # grouped anew meanwhile
            self.refresh()
            return
        self.persons.currentItem().setText(self._line(self._persons[one.id]))
        self._show()

    # ------------------------------------------------------------------ looking for people
    def _searching(self, running: bool) -> None:
        self.look.setEnabled(not running)

    def _progressed(self, share: float, name: str) -> None:
        del share
        self.words.setText(name)

    def _found(self, _report: object) -> None:
        self.refresh()

    def _close(self) -> None:
        for signal, slot in (
            (self._search.running_changed, self._searching),
            (self._search.progressed, self._progressed),
            (self._search.found, self._found),
        ):
            signal.disconnect(slot)
        self._pictures.stop()
        self._store.close()
