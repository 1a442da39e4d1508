"""Groups the faces of a store into persons, around what the user confirmed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.album.groups import FREE, TOGETHER, groups
from engine.faces.detector import FLOOR

if TYPE_CHECKING:
    from engine.album.people_records import Records
    from engine.album.store import AlbumStore

#: Eyes nearer than this in pixels say too little to group a face by.
LEAST_EYES = 12.0


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


def group(store: AlbumStore, records: Records, together: float = TOGETHER) -> GroupReport:
    """Groups all faces of the store anew; what is confirmed or ignored stays as it is."""
    with store.transaction():
        rows = store.rows(
            "SELECT id, photo, person, state, score, landmarks, embedding FROM faces "
            "WHERE state != 'ignored' OR person IS NOT NULL ORDER BY id"
        )
        good = [row for row in rows if _tells(row[4], row[5])]
        report = _group(store, records, good, together) if good else GroupReport(0, 0, 0, 0)
        for row in rows:
            if row[3] == "suggested" and not _tells(row[4], row[5]):
                records.set([row[0]], None, "unknown")
        records.purge()
    return GroupReport(report.persons, report.grouped, report.alone, len(rows) - len(good))


def _group(
    store: AlbumStore, records: Records, rows: list[tuple[Any, ...]], together: float
) -> GroupReport:
    anchors = [
        row[2] if row[3] in {"confirmed", "ignored"} and row[2] is not None else FREE
        for row in rows
    ]
    vectors = np.stack([np.frombuffer(row[6], np.float32) for row in rows])
    labels = groups(
        vectors, [row[1] for row in rows], anchors, _refused(store, rows), together=together
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
            _move(records, rows, free, None, "unknown")
            continue
        person = sure
        if person is None:
            before = Counter(rows[i][2] for i in one if rows[i][2] not in {None, *taken})
            person = before.most_common(1)[0][0] if before else records.new()
            taken.add(person)
        persons += 1
        grouped += len(one)
        _move(records, rows, free, person, "suggested")
    return GroupReport(persons, grouped, alone, 0)


def _move(
    records: Records, rows: list[tuple[Any, ...]], some: list[int], person: int | None, state: str
) -> None:
    for i in some:
        if (rows[i][2], rows[i][3]) != (person, state):
            records.set([rows[i][0]], person, state)


def _refused(store: AlbumStore, rows: list[tuple[Any, ...]]) -> list[tuple[int, int]]:
    """Pairs of rows that the user took apart."""
    place = {row[0]: i for i, row in enumerate(rows)}
    of: dict[int, list[int]] = {}
    for i, row in enumerate(rows):
        of.setdefault(row[2], []).append(i)
    return [
        (place[face], other)
        for face, person in store.rows("SELECT face, person FROM refusals")
        if face in place
        for other in of.get(person, ())
        if other != place[face]
    ]


def _tells(score: float, landmarks: bytes) -> bool:
    """Whether a face is good enough to be grouped."""
    points = np.frombuffer(landmarks, np.float32).reshape(5, 2)
    return score >= FLOOR.confidence and float(np.hypot(*(points[1] - points[0]))) >= LEAST_EYES
