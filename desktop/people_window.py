"""The people of the album: names, and what the grouping got wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import problems
from desktop.face_list import FaceList, face_pictures
from desktop.questions import agreed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from engine.album.people import Change, Person


class PeopleWindow(QDialog):
    """Persons on the left, the faces of the chosen one on the right.

    Args:
        folder: only people with faces in it; None for all.

    Signals:
        changed: the user said something about a face.
    """

    changed = Signal()

    def __init__(self, folder: Path | None, parent: QWidget | None = None) -> None:
        from engine.album.people import People  # noqa: PLC0415  (loads the engine)
        from engine.album.store import AlbumStore  # noqa: PLC0415

        super().__init__(parent)
        self.setWindowTitle(self.tr("People"))
        self._folder = folder
        self._store = AlbumStore()
        self._people = People(self._store)
        self._persons: dict[int, Person] = {}
        self._undo: list[Change] = []
        self._pictures = face_pictures(self._store, self)
        self.persons = FaceList(self._pictures, self.tr("People"))
        self.faces = FaceList(self._pictures, self.tr("Faces of this person"))
        self.ignored = QCheckBox(self.tr("Show ignored people"))
        self.faces.setViewMode(QListView.ViewMode.IconMode)
        self.faces.setResizeMode(QListView.ResizeMode.Adjust)
        self.faces.setMovement(QListView.Movement.Static)
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Name of this person"))
        self.name.setAccessibleName(self.name.placeholderText())
        self.rename = self._button(self.tr("Name"), self._name)
        self.merge = self._button(self.tr("All the same person"), self._merge)
        self.drop = self._button(self.tr("Ignore"), self._ignore_persons)
        self.confirm = self._button(self.tr("Confirm"), self._confirm)
        self.refuse = self._button(self.tr("Not this person"), self._refuse)
        self.split = self._button(self.tr("Another person"), self._split)
        self.ignore = self._button(self.tr("Ignore"), self._ignore)
        self.undo = self._button(self.tr("Undo"), self._take_back)
        self.name.returnPressed.connect(self._name)
        self.persons.itemSelectionChanged.connect(self._show_faces)
        self.faces.itemSelectionChanged.connect(self._enable)
        self.ignored.toggled.connect(lambda _on: self.refresh(self._person))
        self.finished.connect(lambda _result: self._close())
        self._lay_out()
        self.refresh()

    def _button(self, words: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _on=False: act())
        return button

    def _lay_out(self) -> None:
        left, right, columns = QVBoxLayout(), QVBoxLayout(), QHBoxLayout(self)
        columns.setContentsMargins(20, 20, 20, 18)
        columns.setSpacing(18)
        columns.addLayout(left, 2)
        columns.addLayout(right, 3)
        for column, first, some in (
            (left, self.persons, (self.merge, self.drop, self.undo)),
            (right, self.faces, (self.confirm, self.refuse, self.split, self.ignore)),
        ):
            row = QHBoxLayout()
            for button in some:
                row.addWidget(button)
            column.addWidget(first, 1)
            column.addLayout(row)
        left.insertWidget(1, self.ignored)
        row = QHBoxLayout()
        row.addWidget(self.name, 1)
        row.addWidget(self.rename)
        right.insertLayout(0, row)
        self.resize(900, 580)

    def refresh(self, person: int | None = None) -> None:
        """Reads the persons anew and chooses one, or the first."""
        found = self._people.persons(self._folder, ignored=self.ignored.isChecked())
        self.persons.blockSignals(True)
        self._persons = {one.id: one for one in found}
        self.persons.clear()
        for one in found:
            lines = [
                one.name or self.tr("Without a name"),
                self.tr("%n face(s)", "", len(one.faces)),
                self.tr("Ignored") if one.ignored else "",
            ]
            self.persons.add(one.id, one.faces[0], "\n".join(filter(None, lines)))
        rows = [row for row, one in enumerate(found) if one.id == person] or [0]
        self.persons.setCurrentRow(rows[0])
        self.persons.blockSignals(False)
        self._show_faces()

    @property
    def _person(self) -> int | None:
        """The first chosen person."""
        return next(iter(self.persons.chosen()), None)

    def _show_faces(self) -> None:
        chosen = self.persons.chosen()
        self._pictures.forget()
        self.faces.clear()
        if len(chosen) == 1:
            one = self._persons[chosen[0]]
            self.name.setText(one.name or "")
            states = dict(self._store.rows("SELECT id, state FROM faces WHERE person = ?", one.id))
            for face in one.faces:
                sure = states.get(face) == "confirmed"
                tip = self.tr("Certain") if sure else self.tr("The program thinks so")
                self.faces.add(face, face, "✓" if sure else "?", tip)
        self._enable()

    def _enable(self) -> None:
        chosen, faces = self.persons.chosen(), bool(self.faces.chosen())
        known = not any(self._persons[one].ignored for one in chosen)
        one = len(chosen) == 1 and known
        for widget, on in (
            (self.name, one),
            (self.rename, one),
            (self.merge, len(chosen) > 1 and known),
            (self.drop, bool(chosen)),
            (self.undo, bool(self._undo)),
        ):
            widget.setEnabled(on)
        for button in (self.confirm, self.refuse, self.split, self.ignore):
            button.setEnabled(faces and one)
        self.drop.setText(self.tr("Ignore") if known else self.tr("No longer ignore"))

    def _close(self) -> None:
        self._pictures.stop()
        self._store.close()

    # ------------------------------------------------------------------ what the user says
    def _said(self, act: Callable[[int, list[int]], list[Change]]) -> None:
        """Does something with the first chosen person and the chosen faces."""
        person, faces = self.persons.chosen()[0], self.faces.chosen()
        try:
            changes = act(person, faces)
        except problems.LikenessError as error:
            problems.show(error, self)
        else:
            self._undo = [change for change in changes if change] or self._undo
        self.refresh(person)
        self.changed.emit()

    def _name(self) -> None:
        person, name = self.persons.chosen()[0], self.name.text()
        if self._people.namesake(person, name) is None or self._is_the_same(name):
            self._said(lambda person, _faces: [self._people.name(person, name)])

    def _is_the_same(self, name: str) -> bool:
        """Asks whether somebody else of that name is the same person."""
        return agreed(
            self,
            self.tr("Somebody else is called “%1” already.").replace("%1", name.strip()),
            self.tr("If that is the same person, the faces of both are put together."),
            self.tr("The same person"),
            self.tr("Cancel"),
        )

    def _merge(self) -> None:
        others = self.persons.chosen()[1:]
        self._said(lambda person, _faces: [self._people.merge(person, others)])

    def _ignore_persons(self) -> None:
        """Ignores the chosen persons, or takes that back where some of them are ignored."""
        some = self.persons.chosen()
        back = [one for one in some if self._persons[one].ignored]
        ignore = self._people.ignore_person
        self._said(lambda _person, _faces: [ignore(one, ignored=not back) for one in back or some])

    def _confirm(self) -> None:
        self._said(lambda person, faces: [self._people.confirm(faces, person)])

    def _refuse(self) -> None:
        self._said(lambda _person, faces: [self._people.refuse(faces)])

    def _split(self) -> None:
        self._said(lambda _person, faces: [self._people.split(faces)[1]])

    def _ignore(self) -> None:
        self._said(lambda _person, faces: [self._people.ignore(faces)])

    def _take_back(self) -> None:
        try:
            for change in reversed(self._undo):
                self._people.undo(change)
        except problems.LikenessError as error:
            problems.show(error, self)
        self._undo = []
        self.refresh(self._person)
        self.changed.emit()
