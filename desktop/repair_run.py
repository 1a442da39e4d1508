"""The repair of a whole album, in a thread of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop.bench import Bench, new_workshop

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.workshop import Workshop
    from engine.album.repair import Repair
    from engine.album.repair_run import RepairProgress, RepairSettings, RepairSummary

_LANE = "repair"


@dataclass(frozen=True)
class Order:
    """What is to be repaired.

    Attributes:
        album, output: folders.
        settings: None goes on as the repair in `output` was begun.
        device: where it is computed.
        again: try the failed ones again.
    """

    album: Path
    output: Path
    settings: RepairSettings | None
    device: str = "auto"
    again: bool = False


class RepairRun(QObject):
    """Runs one repair at a time; use it from the main thread.

    Signals:
        running_changed: it began or ended.
        progressed: share done and name of a photograph; `latest` has the rest.
        ended: the summary.
        failed: an exception for the user.

    Attributes:
        order: what is repaired now, or was last.
        latest: how far the restoration is; None while people are looked for.
        warnings: sentences to show during the run.
    """

    running_changed = Signal(bool)
    progressed = Signal(float, str)
    ended = Signal(object)
    failed = Signal(object)

    def __init__(
        self, make: Callable[[], Workshop] = new_workshop, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._make = make
        self._bench: Bench | None = None
        self._repair: Repair | None = None
        self.running = False
        self.order: Order | None = None
        self.latest: RepairProgress | None = None
        self.warnings: list[str] = []

    def start(self, order: Order) -> None:
        """Looks for people, then works through the queue."""
        if self._bench is None:
            self._bench = Bench(self._make, self)
            self._bench.failed.connect(self.failed)
        self.order, self.latest, self.warnings = order, None, []
        self._set_running(True)
        self._bench.run(
            _LANE,
            lambda shop, job: self._politely(shop, job, order),
            self._ended,
            lambda: self._set_running(False),
            self.progressed.emit,
        )

    def pause(self, *, paused: bool) -> None:
        """Begins nothing new, or goes on."""
        repair = self._repair
        if repair is not None:
            (repair.pause if paused else repair.resume)()

    def cancel(self) -> None:
        """Stops soon; what is finished is kept, and the rest can be done later."""
        if self._bench is not None:
            self._bench.worker.cancel(_LANE)
        repair = self._repair
        if repair is not None:
            repair.cancel()

    def stop(self) -> None:
        """Ends the thread; the journal on the disk lets the next run go on."""
        self.cancel()
        if self._bench is not None:
            self._bench.worker.stop()

    def _politely(self, shop: Workshop, job: Any, order: Order) -> RepairSummary:
        """Others on the machine, and the window itself, come first."""
        from engine.priority import lowered_thread  # noqa: PLC0415  (loads the engine)

        # Around the opening of the engine: its threads take over this one's priority.
        with lowered_thread():
            return self._work(shop, job, order)

    def _work(self, shop: Workshop, job: Any, order: Order) -> RepairSummary:
        from desktop.album_work import look_for_people  # noqa: PLC0415  (loads the engine)
        from engine.album.repair import Repair  # noqa: PLC0415
        from engine.album.store import AlbumStore  # noqa: PLC0415
        from engine.errors import CancelledError  # noqa: PLC0415

        restorer = shop.engine_for(order.device)

        def tell(progress: RepairProgress) -> None:
            self.latest = progress
            if job.cancel.is_set():
                repair.cancel()
            job.tell(progress.share, progress.words)

        with (
            AlbumStore() as store,
            Repair(
                order.album, order.output, order.settings, store=store, restorer=restorer
            ) as repair,
        ):
            self._repair = repair
            try:
                if repair.settings.references and not repair.pointless():
                    look_for_people(restorer, order.album, job)
                repair.queue()
                if order.again:
                    repair.journal.retry_failed()
                self.warnings = repair.warnings()
                job.tell(0.0, "")
                if job.cancel.is_set():
                    raise CancelledError
                return repair.run(tell)
            finally:
                self._repair = None

    def _ended(self, summary: RepairSummary) -> None:
        self._set_running(False)
        self.ended.emit(summary)

    def _set_running(self, running: bool) -> None:
        self.running = running
        self.running_changed.emit(running)
