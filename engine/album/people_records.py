"""Who a face belongs to, as the store keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.album.store import AlbumStore


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


class Records:
    """Faces and persons of a store; the caller holds the transaction."""

    def __init__(self, store: AlbumStore) -> None:
        self._store = store

    def set(self, faces: Sequence[int], person: int | None, state: str) -> list[Change]:
        """Gives faces a person and a state; what that changed."""
        changes = []
        for face, before in self.states(faces).items():
            if before != (person, state):
                self._store.run(
                    "UPDATE faces SET person = ?, state = ? WHERE id = ?", person, state, face
                )
                changes.append(Change(face, before, (person, state)))
        return changes

    def states(self, faces: Sequence[int]) -> dict[int, tuple[int | None, str]]:
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

    def purge(self) -> None:
        """Forgets persons without faces."""
        self._store.run(
            "DELETE FROM persons WHERE id NOT IN (SELECT person FROM faces "
            "WHERE person IS NOT NULL)"
        )


def unknown(person: str) -> UsageError:
    """What to say about a person who is not there."""
    return UsageError(
        f"There is no person '{person}'; `likeness album people` lists them.",
        code="person-unknown",
    )
