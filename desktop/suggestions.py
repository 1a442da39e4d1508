"""Portraits that the album suggests for the faces of the open photograph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.album_work import Suggested
    from desktop.bench import Bench
    from desktop.document import Document
    from desktop.settings import Settings
    from desktop.workshop import Workshop


class Suggestions(QObject):
    """Asks the album's index in the background, and tells it what the user says.

    Signals:
        changed: there are other suggestions.
        accepted: index of a face, and the file that becomes its portrait.
    """

    changed = Signal()
    accepted = Signal(int, object)

    def __init__(self, bench: Bench, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench, self._settings = bench, settings
        self._found: list[Suggested | None] = []

    def of(self, index: int) -> Suggested | None:
        """What is suggested for a face; faces added by hand have nothing."""
        return self._found[index] if 0 <= index < len(self._found) else None

    def forget(self) -> None:
        """Another photograph is open."""
        self._bench.worker.supersede("suggest")
        self._found = []

    def look(self, document: Document | None) -> None:
        """Asks the index about the faces of a photograph."""
        if document is None or document.path is None or not document.searched:
            return
        path, faces = document.path, tuple(document.faces)

        def work(_shop: Workshop, _job: Any) -> list[Suggested | None]:
            from desktop.album_work import suggestions  # noqa: PLC0415  (loads the engine)

            return suggestions(path, faces)

        def found(some: list[Suggested | None]) -> None:
            if not document.closed:
                self._found = some
                self.changed.emit()

        self._bench.run("suggest", work, found)

    def accept(self, document: Document, index: int) -> None:
        """The suggested portrait becomes the face's."""
        one = self.of(index)
        if one is None:
            return
        device = self._settings.device

        def work(shop: Workshop, _job: Any) -> Path:
            from desktop.album_work import accept  # noqa: PLC0415

            return accept(shop.engine_for(device), one.suggestion)

        def taken(path: Path) -> None:
            if not document.closed:
                self.accepted.emit(index, path)

        self._bench.run(f"accept-{index}", work, taken)

    def refuse(self, document: Document, index: int) -> None:
        """It shows somebody else: it is not suggested again."""
        one = self.of(index)
        if one is None:
            return

        def work(_shop: Workshop, _job: Any) -> None:
            from desktop.album_work import refuse  # noqa: PLC0415

            refuse(one.suggestion)

        self._bench.run(f"accept-{index}", work, lambda _none: self.look(document))
