"""What a worker does with the album's index: looks for people, suggests portraits, takes them.

Imported in the worker's thread only: the engine behind it is heavy.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from engine import photo as photos
from engine.album.index import IndexReport, index
from engine.album.people import People
from engine.album.places import index_folder
from engine.album.references import Suggestion, decide, suggest
from engine.album.store import FILE, AlbumStore, stored_path
from engine.errors import PortraitError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.worker import Job
    from engine.faces.face import Face
    from engine.photo import Photo

_OVERLAP = 0.5  # of two boxes that are one face
_AROUND = (0.6, 0.3, 0.12)  # of a face's size, taken with it out of a group


@dataclass(frozen=True)
class Suggested:
    """A suggestion with a small picture (JPEG) of the portrait's face."""

    suggestion: Suggestion
    thumbnail: bytes


def look_for_people(restorer: Any, folder: Path, job: Job) -> IndexReport:
    """Reads what is new in a folder and groups the faces by person."""

    def tell(done: int, total: int, words: str) -> None:
        if done >= total:  # the index has its own word for that; the grouping is still to come
            words = QCoreApplication.translate("Album", "Sorting the faces by person…")
        job.tell(done / total if total else 1.0, words)

    with AlbumStore() as store:
        report = index(folder, store, restorer, progress=tell, cancel=job.cancel)
        People(store).group()
    return report


def suggestions(path: Path, faces: Sequence[Face]) -> list[Suggested | None]:
    """The best portrait of the album for each face of a photograph that was looked at."""
    if not (index_folder() / FILE).is_file():
        return [None] * len(faces)
    with AlbumStore() as store:
        rows = store.rows(
            "SELECT faces.id, x, y, w, h FROM faces JOIN files ON files.photo = faces.photo "
            "WHERE path = ?", stored_path(path),
        )  # fmt: skip
        return [_suggested(store, face, rows) for face in faces]


def _suggested(store: AlbumStore, face: Face, rows: list[tuple[Any, ...]]) -> Suggested | None:
    known = max(rows, key=lambda row: _overlap(face.box, row[1:]), default=None)
    if known is None or _overlap(face.box, known[1:]) < _OVERLAP:
        return None
    best = next(iter(suggest(store, known[0], most=1)), None)
    if best is None:
        return None
    row = store.row("SELECT thumbnail FROM faces WHERE id = ?", best.portrait)
    return Suggested(best, bytes(row[0]) if row else b"")


def refuse(suggestion: Suggestion) -> None:
    """The user says that this portrait is not to be suggested for this face again."""
    with AlbumStore() as store:
        decide(store, suggestion.face, suggestion.portrait, accepted=False)


def accept(restorer: Any, suggestion: Suggestion) -> Path:
    """Notes the user's word; returns the file to use as the portrait.

    The engine takes the largest face of a portrait. Where the suggested one is not that, it is cut
    out into a picture of its own beside the index.

    Raises:
        PortraitError: the face cannot be cut out clearly.
        PhotoError: the photograph cannot be read any more.
    """
    with AlbumStore() as store:
        row = store.row("SELECT x, y, w, h FROM faces WHERE id = ?", suggestion.portrait)
        path = suggestion.path
        if row is not None:
            photo = photos.read(path)
            if not _is_first(restorer, photo, row):
                path = _cut_out(restorer, photo, row, path)
        decide(store, suggestion.face, suggestion.portrait, accepted=True)
    return path


def _is_first(restorer: Any, photo: Photo, box: Sequence[float]) -> bool:
    found = restorer.find_faces(photo)
    return bool(found) and _overlap(found[0].box, box) >= _OVERLAP


def _cut_out(restorer: Any, photo: Photo, box: Sequence[float], path: Path) -> Path:
    digest = hashlib.sha256(photo.pixels.tobytes() + repr(tuple(box)).encode()).hexdigest()[:12]
    folder = index_folder() / "portraits" / digest
    kept = folder / f"{path.stem}.png"
    if kept.is_file():
        return kept
    x, y, w, h = box
    for around in _AROUND:
        left, top = max(int(x - around * w), 0), max(int(y - around * h), 0)
        right, bottom = int(x + w + around * w), int(y + h + around * h)
        pixels = photo.pixels[top:bottom, left:right].copy()
        crop = photos.Photo.from_pixels(pixels)
        if _is_first(restorer, crop, (x - left, y - top, w, h)):
            folder.mkdir(parents=True, exist_ok=True)
            return photos.write(replace(crop, path=None), kept)
    raise PortraitError(
        f"The suggested face in {path.name} stands too close to others to be cut out; "
        "choose another portrait.",
        code="reference-crowded",
    )


def _overlap(first: Sequence[float], second: Sequence[float]) -> float:
    """Intersection over union of two boxes (x, y, width, height)."""
    (ax, ay, aw, ah), (bx, by, bw, bh) = first, second
    wide = max(min(ax + aw, bx + bw) - max(ax, bx), 0.0)
    high = max(min(ay + ah, by + bh) - max(ay, by), 0.0)
    shared = float(wide * high)
    return shared / max(float(aw * ah + bw * bh) - shared, 1e-9)
