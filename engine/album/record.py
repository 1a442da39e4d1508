"""What the index writes down of a photograph: its faces, and the names in it.

A face that was stored before keeps its number, and so all that the user said of it, even where the
file was edited or the networks were renewed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from engine.album.exif import taken_on
from engine.album.regions import Region, read_regions, turned
from engine.album.store import stored_path
from engine.errors import FaceError
from engine.faces.aligner import align
from engine.faces.identity import cosine
from engine.faces.likeness import Likeness, least_of
from engine.faces.sharpness import sharpness
from engine.faces.tone import prepare_crop

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.album.scan import FileSeen
    from engine.album.store import AlbumStore
    from engine.errors import PhotoError
    from engine.faces.face import Face
    from engine.photo import Photo
    from engine.restorer import Restorer

_TOGETHER = 16  # aligned crops in memory at a time
_THUMBNAIL = 128
_OVERLAP = 0.3  # of two boxes that are called one face
_STRANGER = least_of(Likeness.POSSIBLE)  # below it, a face in an edited file is another one


@dataclass(frozen=True)
class Source:
    """A file's content.

    Attributes:
        digest: SHA-256 of the file.
        photo: None where it is known already, or cannot be read.
        orientation: of EXIF, as the file is stored.
        error: what is wrong with the file itself, or None.
    """

    digest: str
    photo: Photo | None = None
    orientation: int = 1
    error: PhotoError | None = None


@dataclass(frozen=True)
class Look:
    """A face with what a close look tells."""

    face: Face
    embedding: NDArray[np.float32]
    sharpness: float
    thumbnail: bytes


def look_at(restorer: Restorer, photo: Photo, faces: list[Face]) -> list[Look]:
    """Looks at the faces of a photograph closely, a few at a time."""
    out: list[Look] = []
    for first in range(0, len(faces), _TOGETHER):
        some, crops = [], []
        for face in faces[first : first + _TOGETHER]:
            try:
                crop = align(photo.pixels, face.landmarks).crop
            except FaceError:
                continue  # a doubtful one whose points lie on one spot
            some.append(face)
            crops.append(prepare_crop(crop, photo.mode))
        vectors = restorer.embed(crops)
        out += [
            Look(face, vector, sharpness(crop), _thumbnail(crop))
            for face, vector, crop in zip(some, vectors, crops, strict=True)
        ]
    return out


def put_photo(
    store: AlbumStore,
    file: FileSeen,
    source: Source,
    found: list[Look],
    models: str,
) -> int:
    """Stores a photograph that was read just now; returns its id.

    Args:
        store: inside a transaction.
        file: where it was read.
        source: what was read.
        found: its faces.
        models: name of the networks that looked.
    """
    photo, error = source.photo, source.error
    width, height = (photo.width, photo.height) if photo else (0, 0)
    values = (source.digest, width, height, taken_on(photo) if photo else None, models,
              error.code if error else "", error.sentence if error else "")  # fmt: skip
    number, earlier = _before(store, file, source.digest, models, (width, height))
    if number is None:
        number = store.run(
            "INSERT INTO photos(hash, width, height, taken, models, error_code, error) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)", *values,
        )  # fmt: skip
    else:
        store.run(
            "UPDATE photos SET hash = ?, width = ?, height = ?, taken = ?, models = ?, "
            "error_code = ?, error = ? WHERE id = ?", *values, number,
        )  # fmt: skip
    ids = _put_faces(store, number, found, earlier)
    if photo is not None and photo.metadata.xmp:
        named = read_regions(photo.metadata.xmp)
        _put_names(store, number, _upright(named, photo, source.orientation), found, ids)
    return number


@dataclass(frozen=True)
class _Earlier:
    """A face that was stored before."""

    number: int
    box: NDArray[np.float32]
    embedding: NDArray[np.float32] | None

    def match(self, seen: Look) -> float:
        """How far this is the face seen now, 0 .. 1."""
        other = self.embedding is not None and cosine(self.embedding, seen.embedding) < _STRANGER
        return 0.0 if other else overlap(self.box, seen.face.box)


def _before(
    store: AlbumStore, file: FileSeen, digest: str, models: str, size: tuple[int, int]
) -> tuple[int | None, list[_Earlier]]:
    """What is known of a photograph from other models, or from before its file was edited."""
    row = store.row("SELECT id, width, height, models FROM photos WHERE hash = ?", digest)
    if row is None:
        row = store.row(
            "SELECT id, width, height, models FROM photos WHERE id = "
            "(SELECT photo FROM files WHERE path = ?1) AND NOT EXISTS "
            "(SELECT 1 FROM files WHERE photo = photos.id AND path != ?1)",
            stored_path(file.path),
        )
    if row is None:
        return None, []
    number, width, height, of = row
    scale = np.array([size[0] / max(width, 1), size[1] / max(height, 1)] * 2, np.float32)
    return int(number), [
        _Earlier(
            int(face),
            np.array(box, np.float32) * scale,
            np.frombuffer(vector, np.float32) if of == models else None,
        )
        for face, *box, vector in store.rows(
            "SELECT id, x, y, w, h, embedding FROM faces WHERE photo = ?", number
        )
    ]


def _put_faces(
    store: AlbumStore, photo: int, found: list[Look], earlier: list[_Earlier]
) -> list[int]:
    """Stores faces; one that was there before keeps its id, and so what was said of it."""
    ids: list[int] = []
    left = list(earlier)
    for place, seen in enumerate(found):
        face = seen.face
        values = (
            photo, place, *(float(v) for v in face.box),
            np.asarray(face.landmarks, np.float32).tobytes(), face.score, seen.sharpness,
            np.asarray(seen.embedding, np.float32).tobytes(), seen.thumbnail,
        )  # fmt: skip
        same = max(left, key=lambda e: e.match(seen), default=None)
        if same is not None and same.match(seen) >= _OVERLAP:
            left = [e for e in left if e is not same]
            store.run(
                "UPDATE faces SET photo = ?, place = ?, x = ?, y = ?, w = ?, h = ?, landmarks = ?, "
                "score = ?, sharpness = ?, embedding = ?, thumbnail = ? WHERE id = ?",
                *values, same.number,
            )  # fmt: skip
            ids.append(same.number)
        else:
            ids.append(store.run(
                "INSERT INTO faces(photo, place, x, y, w, h, landmarks, score, sharpness, "
                "embedding, thumbnail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", *values,
            ))  # fmt: skip
    for gone in left:
        store.run("DELETE FROM faces WHERE id = ?", gone.number)
    return ids


def _upright(
    named: list[Region], photo: Photo, orientation: int
) -> list[tuple[str, NDArray[np.float32]]]:
    """Names with boxes in pixels of the upright photograph."""
    boxes = []
    for region in named:
        box: tuple[float, ...] = region.box
        applied = region.applied
        # Drawn on the upright picture already, as some programs do against the standard; where
        # both pictures are square nobody can tell, and the standard counts.
        upright = (
            orientation >= 5
            and applied is not None
            and applied[0] != applied[1]
            and photo.width != photo.height
            and (applied[0] < applied[1]) == (photo.width < photo.height)
        )
        if orientation != 1 and not upright:
            box = turned(region.box, orientation)
        scale = np.array([photo.width, photo.height] * 2, np.float32)
        boxes.append((region.name, np.asarray(box, np.float32) * scale))
    return boxes


def _put_names(
    store: AlbumStore,
    photo: int,
    named: list[tuple[str, NDArray[np.float32]]],
    found: list[Look],
    ids: list[int],
) -> None:
    """Other programs' names become confirmed persons; what the user said here stays."""
    unmatched, free = [], dict(zip(ids, found, strict=True))
    for name, box in named:
        best = max(free, key=lambda i: overlap(free[i].face.box, box), default=None)
        if best is None or not _shows(box, free[best].face):
            unmatched.append({"name": name, "box": [round(float(v), 1) for v in box]})
            continue
        del free[best]
        store.run("INSERT OR IGNORE INTO persons(name) VALUES (?)", name)
        store.run(
            "UPDATE faces SET state = 'confirmed', person = named.id "
            "FROM (SELECT id FROM persons WHERE name = ?) AS named "
            "WHERE faces.id = ? AND state IN ('unknown', 'suggested') AND NOT EXISTS "
            "(SELECT 1 FROM refusals WHERE face = faces.id AND refusals.person = named.id)",
            name, best,
        )  # fmt: skip
    store.run(
        "UPDATE photos SET unmatched = ? WHERE id = ?",
        json.dumps(unmatched, ensure_ascii=False), photo,
    )  # fmt: skip


def _shows(box: NDArray[np.float32], face: Face) -> bool:
    """Whether a drawn box is meant for a face: programs draw them tight or wide."""
    x, y = np.asarray(face.landmarks, np.float32).mean(0)
    inside = box[0] <= x <= box[0] + box[2] and box[1] <= y <= box[1] + box[3]
    return bool(inside and overlap(box, face.box) > 0.1)


def overlap(a: NDArray[np.float32], b: NDArray[np.float32]) -> float:
    """Shared area of two boxes (x, y, w, h) over the area of both together, 0 .. 1."""
    width = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    height = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    shared = float(width * height)
    return shared / max(float(a[2] * a[3] + b[2] * b[3]) - shared, 1e-6)


def _thumbnail(crop: NDArray[np.float32]) -> bytes:
    """A small JPEG of an aligned crop."""
    small = cv2.resize(crop, (_THUMBNAIL, _THUMBNAIL), interpolation=cv2.INTER_AREA)
    bgr = np.ascontiguousarray((np.clip(small, 0, 1) * 255 + 0.5).astype(np.uint8)[..., ::-1])
    return bytes(cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, 85])[1])
