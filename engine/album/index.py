"""Reads an album's photographs into the store: faces, who they may be, how sharp they are.

Only new and changed files are read. Every photograph is one transaction, so an interrupted run
loses nothing; originals are only ever opened for reading.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from engine import photo as photos
from engine.album.exif import orientation_of
from engine.album.flow import Stage, flow
from engine.album.places import album_folder
from engine.album.record import Look, Source, look_at, put_photo
from engine.album.scan import FileSeen, Seen, scan
from engine.album.store import below, real_path, stored_path
from engine.errors import (
    AlbumError,
    CancelledError,
    DeviceError,
    FaceError,
    LikenessError,
    PhotoError,
    sentence_of,
)
from engine.photo_files import read_bytes

if TYPE_CHECKING:
    import threading
    from pathlib import Path

    from engine.album.store import AlbumStore
    from engine.restorer import Restorer

_READERS = 2


class IndexProgress(Protocol):
    """Told how far the reading is."""

    def __call__(self, done: int, total: int, words: str, /) -> None:
        """`done` of `total` files that had to be read, and which one it is."""


@dataclass
class IndexReport:
    """What a run over an album changed.

    Attributes:
        photos: photographs that are in the album now.
        read: new and changed files that were read.
        moved: files that were known under another name.
        forgotten: files that are gone.
        failed: path and sentence of every file or folder that could not be used.
    """

    photos: int = 0
    read: int = 0
    moved: int = 0
    forgotten: int = 0
    failed: list[tuple[Path, str]] = field(default_factory=list)


def index(
    folder: Path,
    store: AlbumStore,
    restorer: Restorer,
    *,
    progress: IndexProgress | None = None,
    cancel: threading.Event | None = None,
) -> IndexReport:
    """Brings the store up to date with a folder and all below it.

    Args:
        folder: the album.
        store: where the knowledge is kept.
        restorer: finds and compares faces.
        progress: told about every file that is read.
        cancel: set it from any thread to stop; what was read so far is kept.

    Raises:
        AlbumError: the folder is missing or cannot be read, all that was known in it is gone
            (``album-empty``), or the store fails.
        ModelError, DeviceError: faces cannot be looked for; what was read so far is kept.
        CancelledError: `cancel` was set.
    """
    folder = album_folder(folder)
    seen = scan(folder)
    gone = _gone(store, folder, seen)
    if gone and not seen.files:
        raise AlbumError(
            f"There is no photograph in {folder} now, but {len(gone)} were there before; "
            "plug in its drive, or choose another folder.",
            code="album-empty",
        )
    report = IndexReport(photos=len(seen.files), failed=list(seen.unreadable))
    models = _models(restorer)
    fresh = _fresh(store, folder, seen.files, models)

    def read(file: FileSeen) -> Source:
        data = read_bytes(file.path)
        digest = hashlib.sha256(data).hexdigest()
        if _known(store, digest, models) is not None:
            return Source(digest)
        try:
            photo = photos.read(file.path, data)
        except PhotoError as error:
            if isinstance(error.__cause__, MemoryError):  # not the file's fault: next time
                raise
            return Source(digest, error=error)
        return Source(digest, photo, orientation_of(data))

    results = flow(fresh, [Stage(read, _READERS)])
    try:
        for done, got in enumerate(results):
            if cancel is not None and cancel.is_set():
                raise CancelledError("Stopped as you asked; what was read so far is kept.")
            if progress is not None:
                progress(done, len(fresh), got.item.path.name)
            if got.error is not None:
                if not isinstance(got.error, (LikenessError, OSError, MemoryError)):
                    raise got.error
                report.failed.append((got.item.path, sentence_of(got.error)))
            else:
                _take(store, restorer, got.item, got.value, models, report)
    finally:
        results.close()
    _forget(store, gone)
    report.forgotten = len(gone)
    if progress is not None:
        progress(len(fresh), len(fresh), "Done")
    return report


def _models(restorer: Restorer) -> str:
    """What the stored numbers depend on."""
    names = {"detector", "embedder"}
    entries = [e for e in restorer.store.entries() if e.name in names]
    sums = [f["sha256"] for e in entries for f in e.files.values()]
    return hashlib.sha256("".join(sums).encode()).hexdigest()[:16]


def _fresh(store: AlbumStore, folder: Path, files: list[FileSeen], models: str) -> list[FileSeen]:
    """The files that have to be read."""
    low, high = below(folder)
    known = {
        path: (size, mtime)
        for path, size, mtime in store.rows(
            "SELECT path, size, mtime FROM files JOIN photos ON photos.id = files.photo "
            "WHERE path >= ? AND path < ? AND models = ?",
            low, high, models,
        )
    }  # fmt: skip
    return [f for f in files if known.get(stored_path(f.path)) != (f.size, f.mtime)]


def _known(store: AlbumStore, digest: str, models: str) -> int | None:
    row = store.row("SELECT id FROM photos WHERE hash = ? AND models = ?", digest, models)
    return None if row is None else int(row[0])


def _take(
    store: AlbumStore,
    restorer: Restorer,
    file: FileSeen,
    got: Source,
    models: str,
    report: IndexReport,
) -> None:
    """One file into the store; only what is wrong with the file itself is remembered.

    Raises:
        ModelError, DeviceError: no file can be looked at now.
    """
    found: list[Look] = []
    new = _known(store, got.digest, models) is None
    if new and got.photo is None and got.error is None:
        return  # known while it was read, then forgotten by another program: next time
    if new and got.photo is not None:
        try:
            found = look_at(restorer, got.photo, restorer.find_faces(got.photo))
        except (DeviceError, FaceError, MemoryError) as error:
            if isinstance(error, DeviceError) and error.code != "device-memory":
                raise
            report.failed.append((file.path, sentence_of(error)))
            return  # another photograph may be smaller, and this one has its turn next time
    with store.transaction():
        photo = _known(store, got.digest, models)
        if photo is None:
            photo = put_photo(store, file, got, found, models)
            report.read += 1
        else:
            report.moved += 1
        store.run(
            "INSERT INTO files VALUES (?, ?, ?, ?) ON CONFLICT(path) DO UPDATE SET "
            "photo = excluded.photo, size = excluded.size, mtime = excluded.mtime",
            stored_path(file.path), photo, file.size, file.mtime,
        )  # fmt: skip
        row = store.row("SELECT error FROM photos WHERE id = ?", photo)
    if row is not None and row[0]:
        report.failed.append((file.path, row[0]))


def _gone(store: AlbumStore, folder: Path, seen: Seen) -> list[bytes]:
    """Stored paths of the files that are not there any more."""
    kept = {stored_path(file.path) for file in seen.files}
    kept |= {stored_path(path) for path in seen.hidden}
    kept |= {stored_path(path) for path, _ in seen.unreadable}
    closed = [below(path) for path, _ in seen.unreadable]
    low, high = below(folder)
    rows = store.rows("SELECT path FROM files WHERE path >= ? AND path < ?", low, high)
    return [
        path
        for (path,) in rows
        if path not in kept and not any(first <= path < end for first, end in closed)
    ]


# What the user said is kept even where no file shows it: the drive may be plugged in again.
_FORGET = """
DELETE FROM photos WHERE id NOT IN (SELECT photo FROM files) AND id NOT IN (
  SELECT photo FROM faces WHERE state IN ('confirmed', 'ignored')
  OR person IN (SELECT id FROM persons WHERE name IS NOT NULL OR ignored OR settings != '{}')
  OR id IN (SELECT face FROM refusals)
  OR id IN (SELECT face FROM portraits UNION SELECT portrait FROM portraits)
)
"""


def _forget(store: AlbumStore, gone: list[bytes]) -> None:
    """Drops files that are gone, and photographs that no file and no word of the user keeps."""
    with store.transaction():
        for path in gone:
            store.run("DELETE FROM files WHERE path = ?", path)
        store.run(_FORGET)


def files_of(store: AlbumStore, folder: Path) -> list[tuple[Path, int]]:
    """The indexed files of an album with the ids of their photographs."""
    low, high = below(album_folder(folder))
    rows = store.rows(
        "SELECT path, photo FROM files WHERE path >= ? AND path < ? ORDER BY path", low, high
    )
    return [(real_path(path), int(photo)) for path, photo in rows]
