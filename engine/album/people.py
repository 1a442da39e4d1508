"""The people of an album: groups of faces, and what the user said of them.

A face is *unknown*, *suggested* (grouped by the program), *confirmed* (by the user, or by another
program's names) or *ignored*. Grouping again only ever moves faces that are unknown or suggested.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.album.grouping import LEAST_EYES, GroupReport, group
from engine.album.groups import TOGETHER
from engine.album.people_records import Change, Records, unknown
from engine.album.places import album_folder
from engine.album.store import below
from engine.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from engine.album.store import AlbumStore


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


class People:
    """Persons in a store; every call is one transaction and returns what it changed."""

    def __init__(self, store: AlbumStore) -> None:
        self._store = store
        self._records = Records(store)

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
            raise unknown(text)
        return int(row[0])

    def group(self, *, together: float = TOGETHER) -> GroupReport:
        """Groups all faces of the store anew; what is confirmed or ignored stays as it is."""
        return group(self._store, self._records, together)

    # ------------------------------------------------------------------ saying
    def namesake(self, person: int, name: str) -> int | None:
        """Who else has this name already; None where it is free."""
        row = self._store.row(
            "SELECT id FROM persons WHERE name = ? AND id != ?", _tidy(name), person
        )
        return None if row is None else int(row[0])

    def name(self, person: int, name: str) -> Change:
        """Names a person, which confirms its faces; a name that is taken joins the two.

        Raises:
            UsageError: the name is empty, or there is no such person.
        """
        name, change = _tidy(name), Change()
        if not name:
            raise UsageError("A name must have at least one letter.", code="person-name")
        with self._store.transaction():
            self._records.require(person)
            other = self.namesake(person, name)
            if other is not None:
                self._merge(other, [person], change)
            else:
                self._records.rename(person, name, change)
                self._confirm(self._records.faces(person), person, change)
        return change

    def confirm(self, faces: Iterable[int], person: int) -> Change:
        """These faces are this person, whatever the program thinks."""
        change = Change()
        with self._store.transaction():
            self._records.require(person)
            self._confirm(list(faces), person, change)
        return change

    def _confirm(self, faces: list[int], person: int, change: Change) -> None:
        self._records.set(faces, person, "confirmed", change)
        for face in faces:
            self._records.allow(face, person, change)

    def refuse(self, faces: Iterable[int]) -> Change:
        """These faces are not the person they are grouped with."""
        change = Change()
        with self._store.transaction():
            self._refuse(list(faces), change)
        return change

    def _refuse(self, faces: list[int], change: Change) -> None:
        for face, (person, _) in self._records.states(faces).items():
            if person is not None:
                self._records.refuse(face, person, change)
        self._records.set(faces, None, "unknown", change)

    def merge(self, into: int, others: Sequence[int]) -> Change:
        """All these are one person: `into`; its faces and theirs are confirmed."""
        change = Change()
        with self._store.transaction():
            self._merge(into, others, change)
        return change

    def _merge(self, into: int, others: Sequence[int], change: Change) -> None:
        for person in (into, *others):
            self._records.require(person)
        moved = [face for other in others for face in self._records.faces(other)]
        for other in others:
            if other != into:
                self._records.rename(other, None, change)
        self._confirm([*self._records.faces(into), *moved], into, change)

    def split(self, faces: Iterable[int]) -> tuple[int, Change]:
        """These faces are one person, but not the one they are grouped with; returns its id.

        Those that they were grouped with do not follow them when people are grouped anew.
        """
        faces, change = list(faces), Change()
        with self._store.transaction():
            before = {who for who, _ in self._records.states(faces).values() if who is not None}
            others = {face for who in before for face in self._records.faces(who)}
            self._refuse(faces, change)
            person = self._records.new()
            self._confirm(faces, person, change)
            for face in sorted(others.difference(faces)):
                self._records.refuse(face, person, change)
        return person, change

    def ignore(self, faces: Iterable[int]) -> Change:
        """These are no faces, or nobody's."""
        change = Change()
        with self._store.transaction():
            self._records.set(list(faces), None, "ignored", change)
        return change

    def ignore_person(self, person: int, *, ignored: bool = True) -> Change:
        """Nobody of interest: not listed; new faces of the same person are ignored with it.

        Taken back, a face is as certain as it was: a guess of the program stays one.
        """
        change = Change()
        with self._store.transaction():
            self._records.require(person)
            (self._records.ignore if ignored else self._records.heed)(person, change)
        return change

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
            self._records.require(person)
            self._store.run(
                "UPDATE persons SET settings = ? WHERE id = ?", json.dumps(settings), person
            )

    def undo(self, change: Change) -> None:
        """Takes a change back: faces, names, refusals, and what was certain."""
        with self._store.transaction():
            self._records.restore(change)


def _tidy(name: str) -> str:
    """A name without needless spaces."""
    return " ".join(name.split())


def _limits(folder: Path | None) -> tuple[bytes | None, bytes | None]:
    return (None, None) if folder is None else below(album_folder(folder))


__all__ = ["LEAST_EYES", "Change", "GroupReport", "People", "Person"]
