"""The portraits in use: read once, and each compared with the face that it was given to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from desktop.bench import Bench
    from desktop.document import Document
    from desktop.records import Portrait
    from desktop.settings import Settings
    from engine.faces.face import Face
    from engine.faces.reference_check import ReferenceCheck


class Portraits(QObject):
    """Reads and checks portraits in the background.

    Signals:
        changed: a portrait waits, was read, or was compared with a face.
        refused: index of a face, and the check that advises against its portrait.

    Attributes:
        read: portraits by path.
        waiting: names of the files that become portraits once they are read, by lane.
    """

    changed = Signal()
    refused = Signal(int, object)

    def __init__(self, bench: Bench, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench, self._settings = bench, settings
        self.read: dict[str, Portrait] = {}
        self.waiting: dict[str, str] = {}
        self._checks: dict[tuple[bytes, str], ReferenceCheck | None] = {}

    def choose(self, document: Document | None, path: Path, index: int | None) -> None:
        """Reads a portrait; with an index it becomes that face's, undoably."""
        device = self._settings.device
        lane = f"portrait-{path if index is None else index}"
        face = None
        if index is not None:
            if document is None or index >= len(document.faces):
                return  # it was taken away meanwhile
            face = document.faces[index]
            self.waiting[lane] = path.name

        def taken(portrait: Portrait) -> None:
            self.waiting.pop(lane, None)
            self.read[str(path)] = portrait
            # Another file may stand under this name by now.
            self._checks = {key: made for key, made in self._checks.items() if key[1] != str(path)}
            place = _place(document, face)
            if document is not None and place >= 0:
                choices = document.choices.with_face(place, portrait=str(path))
                document.choose(choices, self.tr("Portrait"))
            if document is not None:
                self.compare(document)
            self.changed.emit()

        self._bench.run(
            lane,
            lambda shop, _job: shop.portrait(path, device),
            taken,
            lambda: self.waiting.pop(lane, None),
        )
        self.changed.emit()

    def forget(self) -> None:
        """Another photograph is open: nobody waits for these any more."""
        for lane in self.waiting:
            self._bench.worker.supersede(lane)
        self.waiting.clear()

    def restore(self, document: Document) -> None:
        """Reads the portraits of a session."""
        for face in document.choices.faces:
            if face.portrait and face.portrait not in self.read:
                self.choose(document, Path(face.portrait), None)

    def check_of(self, face: Face, portrait: str) -> ReferenceCheck | None:
        """What is known of a portrait for a face."""
        return self._checks.get(_key(face, portrait))

    def compare(self, document: Document) -> None:
        """Compares faces with their portraits, where that was not done before."""
        if not document.searched or document.closed:
            return
        for index, (face, choice) in enumerate(
            zip(document.faces, document.choices.faces, strict=True)
        ):
            portrait, key = self.read.get(choice.portrait), _key(face, choice.portrait)
            if portrait is not None and key not in self._checks:
                self._checks[key] = None
                self._compare(document, index, face, portrait)

    def _compare(self, document: Document, index: int, face: Face, portrait: Portrait) -> None:
        device, opened = self._settings.device, document.opened
        key = _key(face, str(portrait.path))

        def compared(made: ReferenceCheck) -> None:
            self._checks[key] = made
            if document.closed:
                return
            self.changed.emit()
            place = _place(document, face)
            if made.verdict == "refuse" and place >= 0:
                self.refused.emit(place, made)

        self._bench.run(
            f"check-{index}-{portrait.path}",
            lambda shop, _job: shop.check(opened, face, portrait, device),
            compared,
            lambda: self._checks.pop(key, None),
        )


def _place(document: Document | None, face: Face | None) -> int:
    """Index of a face by now: those added by hand come and go; -1 where it is gone."""
    if document is None or document.closed or face is None:
        return -1
    marks = face.landmarks.tobytes()
    places = (i for i, one in enumerate(document.faces) if one.landmarks.tobytes() == marks)
    return next(places, -1)


def _key(face: Face, portrait: str) -> tuple[bytes, str]:
    return face.landmarks.tobytes(), portrait
