"""The people of the album: names, and what the grouping got wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import problems

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from engine.album.people import Change, Person

_ICON = QSize(72, 72)
_ROLE = Qt.ItemDataRole.UserRole


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
        self.persons, self.faces = _list(), _list()
        self.persons.setAccessibleName(self.tr("People"))
        self.faces.setAccessibleName(self.tr("Faces of this person"))
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
        self.finished.connect(lambda _result: self._store.close())
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
        row = QHBoxLayout()
        row.addWidget(self.name, 1)
        row.addWidget(self.rename)
        right.insertLayout(0, row)
        self.resize(900, 580)

    def refresh(self, person: int | None = None) -> None:
        """Reads the persons anew and chooses one, or the first."""
        found = self._people.persons(self._folder)
        self.persons.blockSignals(True)
        self._persons = {one.id: one for one in found}
        self.persons.clear()
        for one in found:
            name = one.name or self.tr("Without a name")
            count = self.tr("%n face(s)", "", len(one.faces))
            self._add(self.persons, one.id, one.faces[0], f"{name}\n{count}")
        rows = [row for row, one in enumerate(found) if one.id == person] or [0]
        self.persons.setCurrentRow(rows[0])
        self.persons.blockSignals(False)
        self._show_faces()

    def _add(self, where: QListWidget, number: int, face: int, words: str) -> None:
        row = self._store.row("SELECT thumbnail FROM faces WHERE id = ?", face)
        pixmap = QPixmap()
        if row is not None and row[0]:
            pixmap.loadFromData(bytes(row[0]))
        item = QListWidgetItem(QIcon(pixmap), words, where)
        item.setData(_ROLE, number)

    def _show_faces(self) -> None:
        chosen = _chosen(self.persons)
        self.faces.clear()
        if len(chosen) == 1:
            one = self._persons[chosen[0]]
            self.name.setText(one.name or "")
            for face in one.faces:
                row = self._store.row("SELECT state FROM faces WHERE id = ?", face)
                sure = row is not None and row[0] == "confirmed"
                self._add(self.faces, face, face, "✓" if sure else "?")
        self._enable()

    def _enable(self) -> None:
        persons, faces = len(_chosen(self.persons)), bool(_chosen(self.faces))
        for widget, on in (
            (self.name, persons == 1),
            (self.rename, persons == 1),
            (self.merge, persons > 1),
            (self.drop, persons > 0),
            (self.undo, bool(self._undo)),
        ):
            widget.setEnabled(on)
        for button in (self.confirm, self.refuse, self.split, self.ignore):
            button.setEnabled(faces and persons == 1)

    # ------------------------------------------------------------------ what the user says
    def _said(self, act: Callable[[int, list[int]], Any]) -> None:
        """Does something with the first chosen person and the chosen faces."""
        person, faces = _chosen(self.persons)[0], _chosen(self.faces)
        try:
            self._undo = act(person, faces)
        except problems.LikenessError as error:
            problems.show(error, self)
        self.refresh(person)
        self.changed.emit()

    def _name(self) -> None:
        self._said(lambda person, _faces: self._people.name(person, self.name.text()))

    def _merge(self) -> None:
        others = _chosen(self.persons)[1:]
        self._said(lambda person, _faces: self._people.merge(person, others))

    def _ignore_persons(self) -> None:
        some = _chosen(self.persons)
        for person in some:
            self._people.ignore_person(person)
        self._undo = []
        self.refresh()
        self.changed.emit()

    def _confirm(self) -> None:
        self._said(lambda person, faces: self._people.confirm(faces, person))

    def _refuse(self) -> None:
        self._said(lambda _person, faces: self._people.refuse(faces))

    def _split(self) -> None:
        self._said(lambda _person, faces: self._people.split(faces)[1])

    def _ignore(self) -> None:
        self._said(lambda _person, faces: self._people.ignore(faces))

    def _take_back(self) -> None:
        self._people.undo(self._undo)
        self._undo = []
        self.refresh()
        self.changed.emit()


def _list() -> QListWidget:
    made = QListWidget()
    made.setIconSize(_ICON)
    made.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    return made


def _chosen(where: QListWidget) -> list[int]:
    """Ids in the order of the list: a person with a name comes before one without."""
    rows = sorted(index.row() for index in where.selectedIndexes())
    return [int(where.item(row).data(_ROLE)) for row in rows]
