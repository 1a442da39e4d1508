"""For a damaged face, the best portraits of the same person in the album, with the reason.

Nothing is taken over across a doubtful match: a portrait is used without asking only where the
user confirmed both faces as one person, or where the cosine alone is beyond doubt.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.album.places import album_folder
from engine.album.store import below, real_path
from engine.errors import UsageError
from engine.faces.detector import FLOOR
from engine.faces.likeness import Likeness, least_of, likeness
from engine.faces.reference_check import Limits, Portrait, Verdict, check, usefulness, yaw

if TYPE_CHECKING:
    from pathlib import Path

    from engine.album.store import AlbumStore

#: Below this sharpness a face is called damaged: it lacks detail that a portrait could lend.
DAMAGED = 0.5
#: What a portrait must have more of than the face it helps.
_GAIN = 0.1
_EYES = 40.0  # pixels between the eyes of a portrait that still lends detail
_LONG = 40.0  # years after which a face has become another
_AGE = 0.1  # share of the score that so many years cost
_POSSIBLE = least_of(Likeness.POSSIBLE)
_CERTAIN = least_of(Likeness.CERTAIN)
_FEW = 100  # candidates that are looked at closely
_PAGE = 1000  # faces in memory at a time


@dataclass(frozen=True)
class Suggestion:
    """A portrait for a face.

    Attributes:
        face, portrait: ids of the faces.
        path: file that the portrait is in.
        likeness: step of the cosine.
        cosine: between the two, -1 .. 1.
        sharpness: of the portrait, 0 .. 1.
        turned: difference of yaw in degrees.
        years: between the two photographs; None where a file does not say.
        score: 0 .. 1, for ranking.
        asks: True until the user accepts it: the match is doubtful.
        accepted: the user's word, or None.
    """

    face: int
    portrait: int
    path: Path
    likeness: Likeness
    cosine: float
    sharpness: float
    turned: float
    years: float | None
    score: float
    asks: bool
    accepted: bool | None

    @property
    def reason(self) -> str:
        """Why this portrait, in one sentence."""
        if self.accepted:
            who = "You chose it"
        elif not self.asks and self.likeness is not Likeness.CERTAIN:
            who = "You confirmed that it is the same person"
        else:
            who = {
                Likeness.CERTAIN: "Certainly the same person",
                Likeness.PROBABLE: "Probably the same person",
                Likeness.POSSIBLE: "Possibly the same person",
                Likeness.UNLIKELY: "Grouped with this person, but not very alike",
            }[self.likeness]
        words = [f"{who} ({self.cosine:.2f})"]
        words.append("crisp" if self.sharpness >= 0.65 else "fairly sharp")
        words.append("the same pose" if self.turned < 15 else f"turned by {self.turned:.0f}° more")
        if self.years is not None:
            words.append(
                "taken in the same year"
                if self.years < 1
                else f"taken {self.years:.0f} years apart"
            )
        return ", ".join(words) + "."


@dataclass(frozen=True)
class _Known:
    """A stored face."""

    id: int
    photo: int
    person: int | None
    state: str
    portrait: Portrait
    eyes: float
    taken: str | None


def damaged(store: AlbumStore, folder: Path) -> list[int]:
    """Faces of an album that could use a portrait, the worst first."""
    low, high = below(album_folder(folder))
    rows = store.rows(
        "SELECT id FROM faces WHERE sharpness < ? AND score >= ? AND state != 'ignored' AND photo "
        "IN (SELECT photo FROM files WHERE path >= ? AND path < ?) ORDER BY sharpness, id",
        DAMAGED, FLOOR.confidence, low, high,
    )  # fmt: skip
    return [int(row[0]) for row in rows]


def suggest(store: AlbumStore, face: int, *, most: int = 5) -> list[Suggestion]:
    """Portraits for a face, the best first; those that the user refused are left out.

    Raises:
        UsageError: there is no such face (code ``face-unknown``).
    """
    own = _face(store, face)
    said = {
        int(portrait): bool(accepted)
        for portrait, accepted in store.rows(
            "SELECT portrait, accepted FROM portraits WHERE face = ?", face
        )
    }
    found = []
    for other in _candidates(store, own, {p for p, yes in said.items() if yes}):
        if said.get(other.id) is False:
            continue
        one = _judged(store, own, other, said.get(other.id))
        if one is not None:
            found.append(one)
    found.sort(key=lambda s: (not s.accepted, s.asks, -s.score, s.portrait))
    return found[:most]


def chosen(store: AlbumStore, face: int) -> int | None:
    """The portrait that may be used for a face without asking; None where there is none."""
    best = next(iter(suggest(store, face, most=1)), None)
    return None if best is None or best.asks else best.portrait


def decide(store: AlbumStore, face: int, portrait: int, *, accepted: bool) -> None:
    """The user's word on a suggestion; it is never changed by the program.

    Raises:
        UsageError: there is no such face, or it is its own portrait.
    """
    _face(store, face)
    _face(store, portrait)
    if face == portrait:
        raise UsageError("A face cannot be its own portrait; choose another.", code="face-own")
    store.run(
        "INSERT INTO portraits VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET accepted = "
        "excluded.accepted", face, portrait, int(accepted),
    )  # fmt: skip


def _judged(
    store: AlbumStore, own: _Known, other: _Known, accepted: bool | None
) -> Suggestion | None:
    """A candidate as a suggestion; None where it would not help."""
    answer = check(own.portrait, other.portrait)
    helps = (
        answer.verdict is not Verdict.REFUSE
        and other.portrait.sharpness >= own.portrait.sharpness + _GAIN
        and other.eyes >= _EYES
    )
    if not helps and not accepted:
        return None
    step = likeness(answer.similarity)
    sure = own.person is not None and own.state == other.state == "confirmed"
    years = _years(own.taken, other.taken)
    row = store.row("SELECT path FROM files WHERE photo = ? ORDER BY path", other.photo)
    if row is None or own.portrait.landmarks is None or other.portrait.landmarks is None:
        return None
    return Suggestion(
        own.id,
        other.id,
        real_path(row[0]),
        step,
        answer.similarity,
        other.portrait.sharpness,
        abs(yaw(own.portrait.landmarks) - yaw(other.portrait.landmarks)),
        years,
        answer.score - _AGE * min((years or 0.0) / _LONG, 1.0),
        not (accepted or sure or step is Likeness.CERTAIN),
        accepted,
    )


_COLUMNS = (
    "SELECT faces.id, photo, person, state, embedding, sharpness, landmarks, taken "
    "FROM faces JOIN photos ON photos.id = faces.photo "
)


def _face(store: AlbumStore, face: int) -> _Known:
    row = store.row(_COLUMNS + "WHERE faces.id = ?", face)
    if row is None:
        raise UsageError(
            f"There is no face {face}; `likeness album references` lists them.",
            code="face-unknown",
        )
    return _known(row)


def _known(row: tuple[Any, ...]) -> _Known:
    points = np.frombuffer(row[6], np.float32).reshape(5, 2)
    portrait = Portrait(np.frombuffer(row[4], np.float32), float(row[5]), points)
    eyes = float(np.hypot(*(points[1] - points[0])))
    return _Known(int(row[0]), int(row[1]), row[2], row[3], portrait, eyes, row[7])


_OF_PERSON = (
    "SELECT id, state, sharpness, embedding, landmarks FROM faces WHERE person = ? AND photo != ? "
    "AND sharpness >= ? AND state != 'ignored' AND id > ? ORDER BY id LIMIT ?"
)
_OF_ANYBODY = (
    "SELECT id, state, sharpness, embedding, landmarks FROM faces WHERE score >= ? AND photo != ? "
    "AND sharpness >= ? AND state != 'ignored' AND id > ? ORDER BY id LIMIT ?"
)


def _candidates(store: AlbumStore, own: _Known, accepted: set[int]) -> list[_Known]:
    """Sharper faces of the same person, or of anybody alike where the face has no person.

    In a large album these are thousands for each of thousands of faces: they are read page by page
    and only the most promising ones are kept to be judged.
    """
    statement, of, least = _OF_ANYBODY, FLOOR.confidence, _POSSIBLE
    if own.person is not None:
        statement, of, least = _OF_PERSON, own.person, -1.0
    best: list[tuple[bool, float, int]] = []
    last = 0
    while True:
        sharper = own.portrait.sharpness + _GAIN
        rows = store.rows(statement, of, own.photo, sharper, last, _PAGE)
        if not rows:
            break
        last = int(rows[-1][0])
        best = sorted(best + _promising(own, rows, least))[:_FEW]
    found = accepted | {face for _, _, face in best}
    return [_face(store, face) for face in sorted(found)]


def _promising(
    own: _Known, rows: list[tuple[Any, ...]], least: float
) -> list[tuple[bool, float, int]]:
    """Whether each would have to be asked about, how little it promises, and its id."""
    vectors = np.frombuffer(b"".join(row[3] for row in rows), np.float32).reshape(len(rows), -1)
    points = np.frombuffer(b"".join(row[4] for row in rows), np.float32).reshape(-1, 5, 2)
    eyes = np.hypot(*(points[:, 1] - points[:, 0]).T)
    like = vectors @ own.portrait.embedding
    states, sharp = [row[1] for row in rows], np.array([row[2] for row in rows])
    sure = own.person is not None and own.state == "confirmed"
    asks = (like < _CERTAIN) & ~(sure & (np.array(states) == "confirmed"))
    promise = usefulness(like, sharp, 0.0, Limits())
    return [
        (bool(asks[i]), -float(promise[i]), int(rows[i][0]))
        for i in np.flatnonzero((eyes >= _EYES) & (like >= least))
    ]


def _years(first: str | None, second: str | None) -> float | None:
    if first is None or second is None:
        return None
    try:
        days = date.fromisoformat(first) - date.fromisoformat(second)
    except ValueError:  # the 31st of February, as scanners write it
        return abs(int(first[:4]) - int(second[:4]))
    return abs(days.days) / 365.25
