"""What a repair hands to a worker and gets back: plain data, for other processes and machines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.faces.face import Face

if TYPE_CHECKING:
    from engine.results import RestoreOptions


@dataclass(frozen=True)
class PortraitTask:
    """A portrait out of the album.

    Attributes:
        path: its file.
        landmarks: five points of the face in it, flat.
        embedding: float32 bytes of its identity vector.
        sharpness: 0 .. 1.
    """

    path: str
    landmarks: tuple[float, ...]
    embedding: bytes
    sharpness: float


@dataclass(frozen=True)
class FaceTask:
    """A face as the index knows it.

    Attributes:
        box, landmarks, score: see `Face`, flat.
        ignored: the user says that it is nobody's.
        settings: what its person asks for: ``method``, ``fidelity``, ``strength``, ``grain``.
        portrait: of the same person, or None.
    """

    box: tuple[float, ...]
    landmarks: tuple[float, ...]
    score: float
    ignored: bool = False
    settings: tuple[tuple[str, Any], ...] = ()
    portrait: PortraitTask | None = None

    def face(self) -> Face:
        """The face in the engine's terms."""
        points = np.array(self.landmarks, np.float32).reshape(5, 2)
        return Face(np.array(self.box, np.float32), points, self.score)


@dataclass(frozen=True)
class Task:
    """A photograph to be restored.

    Attributes:
        id: number in the journal.
        path: its file.
        folder: the restored one goes there.
        label: marks unnamed files.
        options: settings.
        digest: SHA-256 that the file had when its faces were found.
        faces: what was found then; None when it is not known.
    """

    id: int
    path: str
    folder: str
    label: str
    options: RestoreOptions
    digest: str = ""
    faces: tuple[FaceTask, ...] | None = None


@dataclass(frozen=True)
class Made:
    """A finished photograph that waits for its name.

    Attributes:
        task: what was asked for.
        part: the unnamed file; empty where nothing was to be done.
        name: wanted path.
        digest: SHA-256 of the file.
        seconds: the restoration took.
        report: as `RestoredPhoto.report` gives it.
        reason: sentences about faces that were not restored.
        failed: nothing could be done, although it was asked for.
        before, after: small JPEGs for the report.
    """

    task: Task
    part: str
    name: str
    digest: str
    seconds: float
    report: dict[str, Any]
    reason: str
    failed: bool = False
    before: bytes = b""
    after: bytes = b""
