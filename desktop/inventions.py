"""Asks the worker where a face's restoration is invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.records import Request

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.bench import Bench
    from desktop.document import Document
    from desktop.records import Invention
    from desktop.settings import Settings

_LANE = "invention"


class Inventions(QObject):
    """One question at a time; a newer one takes its place."""

    def __init__(self, bench: Bench, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench, self._settings = bench, settings

    def ask(
        self,
        document: Document,
        index: int,
        done: Callable[[Invention], None],
        given_up: Callable[[], None],
        told: Callable[[float, str], None],
    ) -> None:
        """Finds out for a face of the document, as it is chosen now; see `Bench.run`."""
        faces = tuple(document.faces)
        request = Request(document.opened, faces, document.choices, self._settings.device)
        self._bench.run(
            _LANE, lambda shop, job: shop.invention(request, index, job), done, given_up, told
        )

    def forget(self) -> None:
        """Nobody waits for the answer any longer."""
        self._bench.worker.supersede(_LANE)
