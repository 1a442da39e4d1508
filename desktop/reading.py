"""Reading the photograph that is opened next; what runs for the open one gives way to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QImage

    from desktop.bench import Bench
    from desktop.records import Opened
    from desktop.session import Session
    from desktop.studio import Studio
    from desktop.workshop import Workshop


class Reading(QObject):
    """Reads one photograph at a time; a newer one supersedes it.

    Signals:
        changed: `name` is another one.

    Attributes:
        name: of the photograph that is being read; empty for none.
        when_safe: asks about unsaved work before it calls; the window puts its question here.
    """

    changed = Signal(str)

    def __init__(self, bench: Bench, studio: Studio) -> None:
        super().__init__(studio)
        self._bench, self._studio = bench, studio
        self._restoring = False
        self.name = ""
        self.when_safe: Callable[[Callable[[], None]], None] = lambda go: go()

    def open(self, path: Path, session: Session | None) -> None:
        """Reads a file; that of a session may be the copy of a picture from the clipboard."""
        # Samples and dropped files come with relative names too: results are kept by the full one.
        full = path.absolute()
        copy = full if session is not None and session.pasted else None
        self._read(
            path.name,
            lambda shop, _job: shop.open(full, pasted=copy is not None),
            lambda made: self._studio.take(made, session, copy),
        )

    def paste(self, image: QImage, name: str, copy: Path) -> None:
        """Takes over a picture from the clipboard and keeps a copy."""
        self._read(
            name,
            lambda shop, _job: shop.take(image, copy),
            lambda made: self._studio.take(made, None, copy),
        )

    def _read(
        self, name: str, work: Callable[[Workshop, Any], Opened], take: Callable[[Opened], None]
    ) -> None:
        document = self._studio.document
        # Whoever leaves an unsaved result was asked before; one that comes from here on is news.
        asked = document is not None and document.unsaved
        self._restoring |= self._studio.give_way()
        self._set(name)

        def made(opened: Opened) -> None:
            self._restoring = False
            self._set("")
            left = self._studio.document
            if left is not None and left.unsaved and not asked:
                self.when_safe(lambda: take(opened))
            else:
                take(opened)

        self._bench.run("open", work, made, self._failed)

    def _failed(self) -> None:
        """The open photograph stays, and what gave way goes on."""
        restoring, self._restoring = self._restoring, False
        self._set("")
        document = self._studio.document
        if document is not None and not document.searched:
            self._studio.find(document)
        elif restoring:
            self._studio.restore()

    def _set(self, name: str) -> None:
        self.name = name
        self.changed.emit(name)
