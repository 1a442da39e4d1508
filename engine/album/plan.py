"""What the index knows of a photograph, put into a task for the repair."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.album.references import chosen
from engine.album.store import real_path, stored_path
from engine.album.tasks import FaceTask, PortraitTask, Task

if TYPE_CHECKING:
    from pathlib import Path

    from engine.album.entries import Entry
    from engine.album.store import AlbumStore
    from engine.results import RestoreOptions


def task_for(
    store: AlbumStore,
    entry: Entry,
    album: Path,
    output: Path,
    label: str,
    options: RestoreOptions,
    *,
    references: bool = True,
) -> Task:
    """The task of one photograph.

    Args:
        store: the index.
        entry: of the journal.
        album: its folder.
        output: the restored file goes to the same place below it.
        label: of the journal.
        options: of the whole repair; a person's own settings go before them.
        references: whether portraits are looked for in the album.
    """
    path = album / entry.path
    folder = (output / entry.path).parent
    row = store.row(
        "SELECT photos.id, hash FROM photos JOIN files ON files.photo = photos.id WHERE path = ? "
        "AND error = ''",
        stored_path(path),
    )
    if row is None:
        return Task(entry.id, str(path), str(folder), label, options)
    photo, digest = row
    rows = store.rows(
        "SELECT faces.id, x, y, w, h, landmarks, score, state = 'ignored' OR "
        "COALESCE(persons.ignored, 0), settings FROM faces "
        "LEFT JOIN persons ON persons.id = person WHERE photo = ? ORDER BY place",
        photo,
    )
    faces = tuple(_face(store, one, references=references) for one in rows)
    return Task(entry.id, str(path), str(folder), label, options, digest, faces)


def _face(store: AlbumStore, row: tuple[Any, ...], *, references: bool) -> FaceTask:
    number, x, y, w, h, landmarks, score, ignored, settings = row
    best = chosen(store, number) if references and not ignored else None
    return FaceTask(
        (x, y, w, h),
        tuple(float(v) for v in np.frombuffer(landmarks, np.float32)),
        score,
        bool(ignored),
        tuple(sorted(json.loads(settings or "{}").items())),
        None if best is None else _portrait(store, best),
    )


def _portrait(store: AlbumStore, face: int) -> PortraitTask | None:
    row = store.row(
        "SELECT path, landmarks, embedding, sharpness FROM faces JOIN files USING (photo) "
        "WHERE faces.id = ? ORDER BY path", face,
    )  # fmt: skip
    if row is None:
        return None
    path, landmarks, embedding, sharpness = row
    points = tuple(float(v) for v in np.frombuffer(landmarks, np.float32))
    return PortraitTask(str(real_path(path)), points, embedding, float(sharpness))
