"""The people of an album: groups of faces, and what the user said of them.

A face is *unknown*, *suggested* (grouped by the program), *confirmed* (by the user, or by another
program's names) or *ignored*. Grouping again only ever moves faces that are unknown or suggested.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.album.groups import FREE, TOGETHER, groups
from engine.album.places import album_folder
from engine.album.store import below
from engine.errors import UsageError
from engine.faces.detector import FLOOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from engine.album.store import AlbumStore

#: Eyes nearer than this in pixels say too little to group a face by.
LEAST_EYES = 12.0


@dataclass(frozen=True)
class Person:
    """One person.

    Attributes:
        id: number, for commands.
        name: None until somebody gives one.
        ignored: not shown and not restored for its own sake.
        faces: ids of the faces, the sharpest first.
        confirmed: how many of them are certain.
        settings: what a repair does otherwise for this person: ``method``, ``fidelity``,
            ``strength``, ``grain``.
    """

    id: int
    name: str | None
    ignored: bool
    faces: tuple[int, ...]
    confirmed: int
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """What became of one face; `People.undo` takes it back.

    Attributes:
        face: id.
        before, after: person (or None) and state.
    """

    face: int
    before: tuple[int | None, str]
    after: tuple[int | None, str]


@dataclass(frozen=True)
class GroupReport:
    """What grouping found.

    Attributes:
        persons: with at least two faces, or confirmed.
        grouped: faces that belong to one of them.
        alone: faces that are like no other.
        poor: faces that are too small or doubtful to be grouped.
    """

    persons: int
    grouped: int
    alone: int
    poor: int


class People:
    """Persons in a store; every call is one transaction and returns what it changed."""

    def __init__(self, store: AlbumStore) -> None:
        self._store = store

    # ------------------------------------------------------------------ looking
    def persons(self, folder: Path | None = None, *, ignored: bool = False) -> list[Person]:
        """Persons with faces in an album (or anywhere), named ones first, then by faces.

        Args:
            folder: the album; only its faces are listed.
            ignored: also those that the user ignores.
        """
        rows = self._store.rows(
            "SELECT person, id, state FROM faces WHERE person IS NOT NULL AND (?1 IS NULL OR "
            "photo IN (SELECT photo FROM files WHERE path >= ?1 AND path < ?2)) "
            "ORDER BY sharpness DESC, id", *_limits(folder),
        )  # fmt: skip
        faces: dict[int, list[int]] = {}
        sure: Counter[int] = Counter()
        for person, face, state in rows:
            faces.setdefault(person, []).append(face)
            sure[person] += state == "confirmed"
        found = []
        for number, name, off, settings in self._store.rows(
            "SELECT id, name, ignored, settings FROM persons"
        ):
            if number in faces and (ignored or not off):
                own = tuple(faces[number])
                found.append(
                    Person(number, name, bool(off), own, sure[number], json.loads(settings))
                )
        return sorted(found, key=lambda p: (p.name is None, p.name or "", -len(p.faces), p.id))

    def find(self, text: str) -> int:
        """The id of a person by number or name.

        Raises:
            UsageError: there is no such person (code ``person-unknown``).
        """
        row = self._store.row("SELECT id FROM persons WHERE name = ?", text)
        if row is None and text.isdecimal():
            row = self._store.row("SELECT id FROM persons WHERE id = ?", int(text))
        if row is None:
            raise UsageError(
                f"There is no person '{text}'; `likeness album people` lists them.",
                code="person-unknown",
            )
        return int(row[0])

    # ------------------------------------------------------------------ grouping
    def group(self, *, together: float = TOGETHER) -> GroupReport:
        """Groups all faces of the store anew; what is confirmed or ignored stays as it is."""
        with self._store.transaction():
            rows = self._store.rows(
                "SELECT id, photo, person, state, score, landmarks, embedding FROM faces "
                "WHERE state != 'ignored' OR person IS NOT NULL ORDER BY id"
            )
            good = [row for row in rows if _tells(row[4], row[5])]
            report = self._group(good, together) if good else GroupReport(0, 0, 0, 0)
            for row in rows:
                if row[3] == "suggested" and not _tells(row[4], row[5]):
                    self._set([row[0]], None, "unknown")
            self._purge()
        return GroupReport(report.persons, report.grouped, report.alone, len(rows) - len(good))

    def _group(self, rows: list[tuple[Any, ...]], together: float) -> GroupReport:
        anchors = [
            row[2] if row[3] in {"confirmed", "ignored"} and row[2] is not None else FREE
            for row in rows
        ]
        vectors = np.stack([np.frombuffer(row[6], np.float32) for row in rows])
        labels = groups(
            vectors, [row[1] for row in rows], anchors, self._refused(rows), together=together
        )
        members: dict[int, list[int]] = {}
        for i, label in enumerate(labels):
            members.setdefault(int(label), []).append(i)
        taken = {a for a in anchors if a != FREE}
        alone = grouped = persons = 0
        # The largest first: it keeps the number that it shares with the most faces.
        for one in sorted(members.values(), key=len, reverse=True):
            sure = next((anchors[i] for i in one if anchors[i] != FREE), None)
            free = [i for i in one if anchors[i] == FREE]
            if sure is None and len(one) == 1:
                alone += 1
                self._move(rows, free, None, "unknown")
                continue
            person = sure
            if person is None:
                before = Counter(rows[i][2] for i in one if rows[i][2] not in {None, *taken})
                person = before.most_common(1)[0][0] if before else self._new()
                taken.add(person)
            persons += 1
            grouped += len(one)
            self._move(rows, free, person, "suggested")
        return GroupReport(persons, grouped, alone, 0)

    def _move(
        self, rows: list[tuple[Any, ...]], some: list[int], person: int | None, state: str
    ) -> None:
        for i in some:
            if (rows[i][2], rows[i][3]) != (person, state):
                self._set([rows[i][0]], person, state)

    def _refused(self, rows: list[tuple[Any, ...]]) -> list[tuple[int, int]]:
        """Pairs of rows that the user took apart."""
        place = {row[0]: i for i, row in enumerate(rows)}
        of: dict[int, list[int]] = {}
        for i, row in enumerate(rows):
            of.setdefault(row[2], []).append(i)
        return [
            (place[face], other)
            for face, person in self._store.rows("SELECT face, person FROM refusals")
            if face in place
            for other in of.get(person, ())
            if other != place[face]
        ]

    # ------------------------------------------------------------------ saying
    def name(self, person: int, name: str) -> list[Change]:
        """Names a person, which confirms its faces; a name that is taken joins the two.

        Raises:
            UsageError: the name is empty, or there is no such person.
        """
        name = " ".join(name.split())
        if not name:
            raise UsageError("A name must have at least one letter.", code="person-name")
        with self._store.transaction():
            self._check(person)
            row = self._store.row("SELECT id FROM persons WHERE name = ?", name)
            if row is not None and row[0] != person:
                return self.merge(int(row[0]), [person])
            self._store.run("UPDATE persons SET name = ? WHERE id = ?", name, person)
            return self.confirm(self._faces(person), person)

    def confirm(self, faces: Iterable[int], person: int) -> list[Change]:
        """These faces are this person, whatever the program thinks."""
        faces = list(faces)
        with self._store.transaction():
            self._check(person)
            for face in faces:
                self._store.run("DELETE FROM refusals WHERE face = ? AND person = ?", face, person)
            return self._set(faces, person, "confirmed")

    def refuse(self, faces: Iterable[int]) -> list[Change]:
        """These faces are not the person they are grouped with."""
        faces = list(faces)
        with self._store.transaction():
            for face, (person, _) in self._states(faces).items():
                if person is not None:
                    self._store.run("INSERT OR IGNORE INTO refusals VALUES (?, ?)", face, person)
            return self._set(faces, None, "unknown")

    def merge(self, into: int, others: Sequence[int]) -> list[Change]:
        """All these are one person: `into`; its faces and theirs are confirmed."""
        with self._store.transaction():
            for person in (into, *others):
                self._check(person)
            moved = [face for other in others for face in self._faces(other)]
            for other in others:
                if other != into:
                    self._store.run("UPDATE persons SET name = NULL WHERE id = ?", other)
            return self.confirm([*self._faces(into), *moved], into)

    def split(self, faces: Iterable[int]) -> tuple[int, list[Change]]:
        """These faces are one person, but not the one they are grouped with; returns its id."""
        faces = list(faces)
        with self._store.transaction():
            self.refuse(faces)
            person = self._new()
            return person, self.confirm(faces, person)

    def ignore(self, faces: Iterable[int]) -> list[Change]:
        """These are no faces, or nobody's."""
        with self._store.transaction():
            return self._set(list(faces), None, "ignored")

    def ignore_person(self, person: int, *, ignored: bool = True) -> list[Change]:
        """Nobody of interest: not listed; new faces of the same person are ignored with it."""
        with self._store.transaction():
            self._check(person)
            self._store.run("UPDATE persons SET ignored = ? WHERE id = ?", int(ignored), person)
            return self._set(self._faces(person), person, "ignored" if ignored else "confirmed")

    def settings(self, person: int, settings: dict[str, Any]) -> None:
        """What a repair does otherwise for this person; see `Person.settings`.

        Raises:
            UsageError: a setting that there is not (code ``person-setting``).
        """
        unknown = set(settings) - {"method", "fidelity", "strength", "grain"}
        if unknown:
            raise UsageError(
                f"There is no setting '{min(unknown)}' for a person; "
                "choose method, fidelity, strength or grain.",
                code="person-setting",
            )
        with self._store.transaction():
            self._check(person)
            self._store.run(
                "UPDATE persons SET settings = ? WHERE id = ?", json.dumps(settings), person
            )

    def undo(self, changes: Iterable[Change]) -> None:
        """Takes changes back."""
        with self._store.transaction():
            for change in changes:
                person, state = change.before
                if person is not None:
                    self._store.run("INSERT OR IGNORE INTO persons(id) VALUES (?)", person)
                self._set([change.face], person, state)

    # ------------------------------------------------------------------ store
    def _set(self, faces: Sequence[int], person: int | None, state: str) -> list[Change]:
        changes = []
        for face, before in self._states(faces).items():
            if before != (person, state):
                self._store.run(
                    "UPDATE faces SET person = ?, state = ? WHERE id = ?", person, state, face
                )
                changes.append(Change(face, before, (person, state)))
        return changes

    def _states(self, faces: Sequence[int]) -> dict[int, tuple[int | None, str]]:
        states = {}
        for face in faces:
            row = self._store.row("SELECT person, state FROM faces WHERE id = ?", face)
            if row is None:
                raise UsageError(
                    f"There is no face {face}; `likeness album people --json` lists them.",
                    code="face-unknown",
                )
            states[face] = (row[0], row[1])
        return states

    def _faces(self, person: int) -> list[int]:
        rows = self._store.rows("SELECT id FROM faces WHERE person = ? ORDER BY id", person)
        return [int(row[0]) for row in rows]

    def _new(self) -> int:
        return self._store.run("INSERT INTO persons DEFAULT VALUES")

    def _check(self, person: int) -> None:
        self.find(str(int(person)))

    def _purge(self) -> None:
        self._store.run(
            "DELETE FROM persons WHERE id NOT IN (SELECT person FROM faces "
            "WHERE person IS NOT NULL)"
        )


def _tells(score: float, landmarks: bytes) -> bool:
    """Whether a face is good enough to be grouped."""
    points = np.frombuffer(landmarks, np.float32).reshape(5, 2)
    return score >= FLOOR.confidence and float(np.hypot(*(points[1] - points[0]))) >= LEAST_EYES


def _limits(folder: Path | None) -> tuple[bytes | None, bytes | None]:
    return (None, None) if folder is None else below(album_folder(folder))
