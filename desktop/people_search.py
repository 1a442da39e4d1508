"""Looking for the people of a folder, in a thread of its own: the photograph goes on meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop.bench import Bench, new_workshop

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.settings import Settings
    from desktop.workshop import Workshop

_LANE = "people"


class PeopleSearch(QObject):
    """Brings the album's index up to date with a folder.

    Signals:
        running_changed: it began or ended.
        progressed: share done and name of the photograph.
        found: the report, when it came to its end.
        failed: an exception for the user.

    Attributes:
        folder: where it looks, or looked last.
    """

    running_changed = Signal(bool)
    progressed = Signal(float, str)
    found = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        settings: Settings,
        make: Callable[[], Workshop] = new_workshop,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings, self._make = settings, make
        self._bench: Bench | None = None
        self.running = False
        self.folder: Path | None = None

    def start(self, folder: Path) -> None:
        """Looks at the photographs in a folder and below; known ones take no time."""
        if self._bench is None:
            # Most sessions never need this thread.
            self._bench = Bench(self._make, self)
            self._bench.failed.connect(self.failed)
        self.folder, device = folder, self._settings.device

        def work(shop: Workshop, job: Any) -> Any:
            from desktop.album_work import look_for_people  # noqa: PLC0415  (loads the engine)

            return look_for_people(shop.engine_for(device), folder, job)

        self._set_running(True)
        self._bench.run(
            _LANE, work, self._found, lambda: self._set_running(False), self.progressed.emit
        )

    def cancel(self) -> None:
        """Stops soon; what was read is kept."""
        if self._bench is not None:
            self._bench.worker.cancel(_LANE)

    def stop(self) -> None:
        """Ends the thread."""
        if self._bench is not None:
            self._bench.worker.stop()

    def _found(self, report: Any) -> None:
        self._set_running(False)
        self.found.emit(report)

    def _set_running(self, running: bool) -> None:
        self.running = running
        self.running_changed.emit(running)
