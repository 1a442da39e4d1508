"""One photograph of a repair: read, restored, written under no name yet.

A task is plain data, so that it can be handed to another process or another machine as well; who
keeps the journal gives the finished file its name.
"""

from __future__ import annotations

import errno
import hashlib
import math
import os
import threading
import time
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from engine import photo as photos
from engine.album.tasks import FaceTask, Made, PortraitTask, Task
from engine.errors import LikenessError
from engine.faces.aligner import align
from engine.faces.detector import why_off
from engine.methods.base import Reference
from engine.photo_files import read_bytes, system_path, write_part
from engine.restorer import Restorer
from engine.results import FaceOptions, FaceResult, FaceStatus, RestoreOptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from engine.faces.face import Face
    from engine.photo import Photo
    from engine.results import RestoredPhoto

_PREVIEW = 800  # longer side of the report's pictures, at most
_PORTRAITS = 16  # kept in memory, some 3 MB each


@dataclass(frozen=True)
class Loaded:
    """A photograph in memory, with its portraits."""

    task: Task
    photo: Photo
    faces: list[Face] | None
    references: dict[int, Reference]


def load(task: Task) -> Loaded:
    """Reads a photograph and the portraits for its faces.

    Raises:
        PhotoError: it cannot be read; a portrait that cannot is left out.
    """
    path = Path(task.path)
    data = read_bytes(path)
    photo = photos.read(path, data)
    if task.faces is None or hashlib.sha256(data).hexdigest() != task.digest:
        return Loaded(task, photo, None, {})
    faces = [face.face() for face in task.faces]
    references = {}
    for index, face in enumerate(task.faces):
        if face.portrait is not None and not face.ignored:
            try:
                references[index] = _portrait(face.portrait)
            except LikenessError:
                continue  # it went away since; the face is restored without it
    return Loaded(task, photo, faces, references)


@lru_cache(maxsize=_PORTRAITS)
def _portrait(task: PortraitTask) -> Reference:
    photo = photos.read(Path(task.path))
    crop = align(photo.pixels, np.array(task.landmarks, np.float32).reshape(5, 2)).crop
    embedding = np.frombuffer(task.embedding, np.float32)
    return Reference(crop, embedding, task.sharpness, Path(task.path).name)


@dataclass(frozen=True)
class Restored:
    """A restored photograph in memory."""

    task: Task
    before: Photo
    result: RestoredPhoto


def restore(loaded: Loaded, restorer: Restorer, cancel: threading.Event | None = None) -> Restored:
    """Restores the faces, each with what its person asks for.

    Raises:
        CancelledError: `cancel` was set.
        LikenessError: the photograph cannot be restored.
    """
    task, photo = loaded.task, loaded.photo
    faces = restorer.find_faces(photo) if loaded.faces is None else loaded.faces
    known = task.faces if loaded.faces is not None and task.faces is not None else ()
    each = {i: FaceOptions(reference=r) for i, r in loaded.references.items()}
    groups: dict[RestoreOptions, list[int]] = {}
    for index in range(len(faces)):
        own = known[index] if index < len(known) else None
        if why_off(faces[index]) or (own is not None and own.ignored):
            continue
        wanted = replace(task.options, **dict(own.settings)) if own else task.options
        groups.setdefault(wanted, []).append(index)
    start = time.perf_counter()
    results: dict[int, FaceResult] = {}
    last: RestoredPhoto | None = None
    warnings: list[str] = []
    for options, chosen in (groups or {task.options: []}).items():
        last = restorer.restore(
            photo if last is None else last.photo,
            options=replace(options, faces=tuple(chosen)),
            faces=faces,
            each=each,
            cancel=cancel,
        )
        results |= {i: last.faces[i] for i in chosen}
        warnings += [w for w in last.warnings if w not in warnings]
    assert last is not None
    merged = tuple(results.get(i) or _left(i, face, known) for i, face in enumerate(faces))
    seconds = time.perf_counter() - start
    return Restored(
        task, photo, replace(last, faces=merged, seconds=seconds, warnings=tuple(warnings))
    )


def _left(index: int, face: Face, known: Sequence[FaceTask]) -> FaceResult:
    ignored = index < len(known) and known[index].ignored
    reason = "You ignore this face." if ignored else why_off(face) or "Not chosen."
    return FaceResult(index, face, FaceStatus.SKIPPED, reason)


def write(restored: Restored) -> Made:
    """Writes the restored photograph under no name yet.

    Raises:
        PhotoError: it cannot be written; nothing is left behind.
    """
    task, result = restored.task, restored.result
    done = [f for f in result.faces if f.status is FaceStatus.DONE]
    failed = [f.reason for f in result.faces if f.status is FaceStatus.FAILED]
    if not done:
        reason = " ".join(failed) or _why_not(result)
        return Made(task, "", "", "", result.seconds, result.report(), reason, bool(failed))
    folder = Path(task.folder)
    try:
        os.makedirs(system_path(folder), exist_ok=True)  # noqa: PTH103 - long paths
    except OSError as error:
        raise LikenessError(
            f'The folder "{folder}" cannot be made ({error.strerror}); choose another one.',
            code="photo-disk-full" if error.errno == errno.ENOSPC else "repair-folder",
        ) from error
    wanted = photos.output_path(restored.before, folder)
    name, data = photos.to_file(result.photo, wanted, note=_note(result))
    part = write_part(data, folder, label=task.label)
    return Made(
        task,
        str(part),
        str(name),
        hashlib.sha256(data).hexdigest(),
        result.seconds,
        result.report(),
        " ".join(failed),
        before=_preview(restored.before.preview8),
        after=_preview(result.photo.preview8),
    )


def whole(task: Task, device: str, threads: int | None) -> Made:
    """All of it, in a worker of a cluster, which keeps its networks open between tasks."""
    return write(restore(load(task), _restorer(device, threads)))


_opened: dict[tuple[str, int | None], Restorer] = {}
_opening = threading.Lock()


def _restorer(device: str, threads: int | None) -> Restorer:
    with _opening:
        key = (device, threads)
        if key not in _opened:
            _opened[key] = Restorer(device, threads=threads)
        return _opened[key]


def _why_not(result: RestoredPhoto) -> str:
    if not result.faces:
        return "No face was found."
    return f"No face was restored: {result.faces[0].reason}"


def _note(result: RestoredPhoto) -> str:
    done = [f for f in result.faces if f.status is FaceStatus.DONE]
    used = any(f.reference_used for f in done)
    reference = "a reference portrait was used" if used else "no reference portrait was used"
    numbers = ", ".join(str(f.index) for f in done)
    return (
        f"Faces {numbers} restored with Likeness, method "
        f"{', '.join(sorted({f.method for f in done}))}; {reference}. "
        "Restored details are plausible, not evidence."
    )


def _preview(pixels: NDArray[np.uint8]) -> bytes:
    """A small JPEG."""
    height, width = pixels.shape[:2]
    times = math.ceil(max(height, width) / _PREVIEW)  # whole numbers are averaged much faster
    if times > 1:
        size = (max(1, width // times), max(1, height // times))
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    bgr = cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
    return bytes(cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, 88])[1])
