"""Where work meets the workshop: a function goes in, its value comes back in the main thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop.plugins import undo_opencv
from desktop.worker import Job, Outcome, Worker
from engine.errors import CancelledError

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.workshop import Workshop


def new_workshop() -> Workshop:
    """Imports the engine; called in the worker's thread."""
    from desktop.workshop import Workshop  # noqa: PLC0415  (the window opens first)

    undo_opencv()
    return Workshop()


class Bench(QObject):
    """Owns the worker and, inside its thread, the workshop.

    Signals:
        failed: an exception for the user; a stop by the user is none.
    """

    failed = Signal(object)

    def __init__(
        self, make: Callable[[], Workshop] = new_workshop, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._make = make
        self._workshop: Workshop | None = None
        self.worker = Worker(self)

    def run(
        self,
        lane: str,
        function: Callable[[Workshop, Job], Any],
        done: Callable[[Any], None],
        given_up: Callable[[], None] | None = None,
        told: Callable[[float, str], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Runs a function in the worker's thread.

        Args:
            lane: newer work in it supersedes this.
            function: gets the workshop and the job.
            done: gets the value.
            given_up: called where it failed or was stopped, before `failed`.
            told: gets the progress.
            failed: gets the exception in place of the signal.
        """

        def work(job: Job) -> Any:
            if self._workshop is None:
                self._workshop = self._make()
            return function(self._workshop, job)

        def ended(outcome: Outcome) -> None:
            if outcome.error is None:
                done(outcome.value)
                return
            if given_up is not None:
                given_up()
            if not isinstance(outcome.error, CancelledError):
                (failed or self.failed.emit)(outcome.error)

        self.worker.submit(Job(lane, work, ended, told))
