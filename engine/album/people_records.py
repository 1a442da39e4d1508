"""Who a face belongs to, as the store keeps it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from engine.album.store import AlbumStore

# Beside the store's own schema: albums that were made before it have no such table.
_CERTAIN = (
    "CREATE TABLE IF NOT EXISTS certain("
    "face INTEGER PRIMARY KEY REFERENCES faces ON DELETE CASCADE)"
)


@dataclass
class Change:
    """What something that the user said has changed; `People.undo` takes it back.

    Attributes:
        faces: person (or None) and state before, of every face that changed.
        persons: name, whether ignored, and settings before, of every person that had one of these
            faces, was named or was ignored.
        refusals: whether a (face, person) was refused before, for what changed and for these
            persons.
    """

    faces: dict[int, tuple[int | None, str]] = field(default_factory=dict)
    persons: dict[int, tuple[str | None, int, str]] = field(default_factory=dict)
    refusals: dict[tuple[int, int], bool] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self.faces or self.persons or self.refusals)


class Records:
    """Faces and persons of a store; the caller holds the transaction.

    What changes is noted in a `Change` where one is given: the first word on anything stays.
    """

    def __init__(self, store: AlbumStore) -> None:
        self._store = store
        store.run(_CERTAIN)

    # ------------------------------------------------------------------ faces
    def set(
        self, faces: Sequence[int], person: int | None, state: str, change: Change | None = None
    ) -> None:
        """Gives faces a person and a state."""
        for face, before in self.states(faces).items():
            if before == (person, state):
                continue
            if change is not None:
                change.faces.setdefault(face, before)
                if before[0] is not None:
                    self._note(before[0], change)
            self._store.run(
                "UPDATE faces SET person = ?, state = ? WHERE id = ?", person, state, face
            )

    def states(self, faces: Iterable[int]) -> dict[int, tuple[int | None, str]]:
        """Person and state of faces.

        Raises:
            UsageError: there is no such face (code ``face-unknown``).
        """
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

    def faces(self, person: int) -> list[int]:
        """Ids of a person's faces."""
        rows = self._store.rows("SELECT id FROM faces WHERE person = ? ORDER BY id", person)
        return [int(row[0]) for row in rows]

    def refuse(self, face: int, person: int, change: Change) -> None:
        """This face is not this person."""
        if not self._refused(face, person):
            change.refusals.setdefault((face, person), False)
            self._store.run("INSERT INTO refusals VALUES (?, ?)", face, person)

    def allow(self, face: int, person: int, change: Change) -> None:
        """This face may be this person."""
        if self._refused(face, person):
            change.refusals.setdefault((face, person), True)
            self._store.run("DELETE FROM refusals WHERE face = ? AND person = ?", face, person)

    def _refused(self, face: int, person: int) -> bool:
        query = "SELECT 1 FROM refusals WHERE face = ? AND person = ?"
        return self._store.row(query, face, person) is not None

    # ------------------------------------------------------------------ persons
    def new(self) -> int:
        """A new person."""
        return self._store.run("INSERT INTO persons DEFAULT VALUES")

    def require(self, person: int) -> None:
        """Makes sure that there is such a person.

        Raises:
            UsageError: there is not (code ``person-unknown``).
        """
        if self._store.row("SELECT 1 FROM persons WHERE id = ?", int(person)) is None:
            raise unknown(str(person))

    def rename(self, person: int, name: str | None, change: Change) -> None:
        """Names a person, or takes its name away."""
        row = self._store.row("SELECT name FROM persons WHERE id = ?", person)
        if row is not None and row[0] != name:
            self._note(person, change)
            self._store.run("UPDATE persons SET name = ? WHERE id = ?", name, person)

    def ignore(self, person: int, change: Change) -> None:
        """Ignores a person with its faces; which of them were certain is written down."""
        self._note(person, change)
        self._store.run("UPDATE persons SET ignored = 1 WHERE id = ?", person)
        # Whoever is ignored twice keeps what was written down the first time.
        self._store.run(
            "DELETE FROM certain WHERE face IN "
            "(SELECT id FROM faces WHERE person = ? AND state != 'ignored')", person,
        )  # fmt: skip
        self._store.run(
            "INSERT INTO certain SELECT id FROM faces WHERE person = ? AND state = 'confirmed'",
            person,
        )
        self.set(self.faces(person), person, "ignored", change)

    def heed(self, person: int, change: Change) -> None:
        """Ignores a person no longer: what was certain is so again, and nothing else is."""
        self._note(person, change)
        self._store.run("UPDATE persons SET ignored = 0 WHERE id = ?", person)
        rows = self._store.rows(
            "SELECT id, id IN (SELECT face FROM certain) FROM faces "
            "WHERE person = ? AND state = 'ignored'",
            person,
        )
        for face, sure in rows:
            self.set([int(face)], person, "confirmed" if sure else "suggested", change)

    def _note(self, person: int, change: Change) -> None:
        row = self._store.row("SELECT name, ignored, settings FROM persons WHERE id = ?", person)
        if row is not None and person not in change.persons:
            change.persons[person] = (row[0], int(row[1]), str(row[2]))
            # They are forgotten with the person.
            for (face,) in self._store.rows("SELECT face FROM refusals WHERE person = ?", person):
                change.refusals.setdefault((int(face), person), True)

    def purge(self) -> None:
        """Forgets persons without faces.

        Not named ones that a face was refused for: the name in its file would bring them back.
        """
        self._store.run(
            "DELETE FROM persons WHERE id NOT IN (SELECT person FROM faces "
            "WHERE person IS NOT NULL) "
            "AND (name IS NULL OR id NOT IN (SELECT person FROM refusals))"
        )

    # ------------------------------------------------------------------ back
    def restore(self, change: Change) -> None:
        """Takes a change back; what is gone since, with its photograph, stays away."""
        run = self._store.run
        for person, (_, ignored, settings) in change.persons.items():
            # Grouping forgets persons without faces.
            run("INSERT OR IGNORE INTO persons(id, settings) VALUES (?, ?)", person, settings)
            # Two persons may have to give each other their names back.
            run("UPDATE persons SET name = NULL, ignored = ? WHERE id = ?", ignored, person)
        for person, (name, _, _) in change.persons.items():
            # Somebody else may have got the name meanwhile.
            run("UPDATE OR IGNORE persons SET name = ? WHERE id = ?", name, person)
        for face, before in change.faces.items():
            run("UPDATE faces SET person = ?, state = ? WHERE id = ?", *before, face)
        for (face, person), was in change.refusals.items():
            if was:
                run(
                    "INSERT OR IGNORE INTO refusals SELECT faces.id, persons.id FROM faces, "
                    "persons WHERE faces.id = ? AND persons.id = ?", face, person,
                )  # fmt: skip
            else:
                run("DELETE FROM refusals WHERE face = ? AND person = ?", face, person)


def unknown(person: str) -> UsageError:
    """What to say about a person who is not there."""
    return UsageError(
        f"There is no person '{person}'; `likeness album people` lists them.",
        code="person-unknown",
    )
