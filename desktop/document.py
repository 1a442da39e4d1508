"""The open photograph: its faces, what is chosen for it, what came out, and undo."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from desktop.choices import Choices, FaceChoice

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.records import Found, Opened, Restored
    from engine.faces.face import Face

#: Steps of one number are one. A face's own slider adds the face's index, so it comes last.
_MERGE = {"fidelity": 1, "strength": 2, "grain": 3, "seed": 4, "own-fidelity": 5}


class Document(QObject):
    """One photograph and the work on it.

    Args:
        opened: what was read.
        choices: what is chosen for it from the start.
        copy: of a picture from the clipboard, which is nowhere else; None for a file.

    Signals:
        changed: the choices changed, by the user, by undo or by redo.
        faces_changed: other faces, or another number of them.
        restored_changed: there is a result, another one, or none any more.
    """

    changed = Signal()
    faces_changed = Signal()
    restored_changed = Signal()

    def __init__(
        self,
        opened: Opened,
        choices: Choices,
        parent: QObject | None = None,
        *,
        copy: Path | None = None,
    ) -> None:
        super().__init__(parent)
        self.opened = opened
        self.choices = choices
        self.copy = copy
        self.found: list[Found] = []
        self.searched = False
        self.restored: Restored | None = None
        self.saved: Restored | None = None
        self.saved_path: Path | None = None
        self.undo = QUndoStack(self)
        self.closed = False

    @property
    def path(self) -> Path | None:
        """The photograph's file; None for one from the clipboard."""
        return self.opened.photo.path

    @property
    def name(self) -> str:
        """Its name for the user."""
        return self.path.name if self.path else self.tr("Pasted picture")

    @property
    def faces(self) -> list[Face]:
        """The found faces, then those added by hand."""
        from engine.faces.by_hand import face_from_points  # noqa: PLC0415  (needs numpy)

        return [f.face for f in self.found] + [face_from_points(p) for p in self.choices.added]

    @property
    def unsaved(self) -> bool:
        """Whether there is a result that was not saved."""
        return self.restored is not None and self.restored is not self.saved

    def is_added(self, index: int) -> bool:
        """Whether a face was added by hand."""
        return index >= len(self.found)

    def why_off(self, index: int) -> str:
        """Why a found face is off by default; empty where it is on."""
        return self.found[index].why_off if index < len(self.found) else ""

    def close(self) -> None:
        """Says nothing any more: an undo stack speaks even while it is being deleted."""
        self.closed = True
        self.blockSignals(True)
        self.undo.blockSignals(True)

    def set_found(self, found: list[Found]) -> None:
        """Takes the detector's answer; choices from a session stay where they fit."""
        self.found = found
        self.searched = True
        wanted = len(found) + len(self.choices.added)
        if len(self.choices.faces) != wanted:
            faces = tuple(FaceChoice(on=not f.why_off) for f in found)
            faces += tuple(FaceChoice() for _ in self.choices.added)
            self.choices = replace(self.choices, faces=faces)
        self.faces_changed.emit()

    def set_restored(self, restored: Restored | None) -> None:
        """Takes a result."""
        self.restored = restored
        self.restored_changed.emit()

    def mark_saved(self, restored: Restored, path: Path) -> None:
        """Remembers what was saved; work done meanwhile stays unsaved."""
        self.saved, self.saved_path = restored, path
        self.restored_changed.emit()

    def choose(self, choices: Choices, words: str, kind: str = "", face: int = 0) -> None:
        """Changes the choices, undoably; changes of one slider in a row are one step.

        Args:
            choices: all of them, as they become.
            words: for undo.
            kind: which slider; empty for anything else.
            face: whose slider, where every face has one.
        """
        if choices != self.choices:
            step = _MERGE[kind] + face if kind else -1
            self.undo.push(_Change(self, choices, words, step))

    def put(self, choices: Choices) -> None:
        """Sets the choices without a step of undo."""
        if self.searched and len(choices.faces) != len(self.found) + len(choices.added):
            # A step from before the faces were found knows nothing of them.
            choices = replace(choices, faces=self.choices.faces)
        other_faces = choices.added != self.choices.added or len(choices.faces) != len(
            self.choices.faces
        )
        self.choices = choices
        if other_faces:
            # Results speak of faces by number: they no longer fit.
            self.set_restored(None)
            self.faces_changed.emit()
        self.changed.emit()


class _Change(QUndoCommand):
    """One step: all choices before and after."""

    def __init__(self, document: Document, after: Choices, words: str, kind: int) -> None:
        super().__init__(words)
        self._document, self._kind = document, kind
        self._before, self._after = document.choices, after

    def id(self) -> int:
        """Which steps may be merged."""
        return self._kind

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Takes the next step of the same slider into this one."""
        assert isinstance(other, _Change)
        self._after = other._after  # noqa: SLF001  (of the same class)
        return True

    def undo(self) -> None:
        """Back."""
        self._document.put(self._before)

    def redo(self) -> None:
        """Forward."""
        self._document.put(self._after)
