"""One thread that does the slow things, one after the other, and hands back a result *or* an error.

A job has a lane: a new job in the same lane supersedes the one before it, running or waiting, whose
result is then never delivered. The functions run in the worker's thread; what they return arrives
in the main thread as a value.
"""

from __future__ import annotations

import itertools
import threading
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QThread, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Outcome:
    """What became of a job: a value, or the exception that ended it."""

    value: Any = None
    error: Exception | None = None


@dataclass(eq=False)
class Job:
    """One piece of work.

    Attributes:
        lane: jobs of one lane supersede each other.
        function: runs in the worker's thread and gets the job.
        done: runs in the main thread with the outcome.
        told: runs in the main thread with the share done and words.
        cancel: set from any thread to stop.
    """

    lane: str
    function: Callable[[Job], Any]
    done: Callable[[Outcome], None]
    told: Callable[[float, str], None] | None = None
    cancel: threading.Event = field(default_factory=threading.Event)
    number: int = 0
    dropped: bool = False
    tell: Callable[[float, str], None] = field(default=lambda _share, _words: None)


class Worker(QObject):
    """Runs jobs in one thread. Use it from the main thread only.

    Signals:
        busy_changed: the lanes that have work changed.
    """

    busy_changed = Signal()
    _progressed = Signal(int, float, str)
    _ended = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: dict[int, Job] = {}
        self._numbers = itertools.count(1)
        self._queue: deque[Job | None] = deque()
        self._ready = threading.Semaphore(0)
        self._progressed.connect(self._deliver_progress)
        self._ended.connect(self._deliver)
        self._thread = _Thread(self)
        self._thread.setObjectName("likeness-worker")
        self._thread.start()

    def submit(self, job: Job) -> Job:
        """Queues a job and supersedes its lane."""
        self.supersede(job.lane)
        job.number = next(self._numbers)
        number = job.number
        job.tell = lambda share, words: self._progressed.emit(number, share, words)
        self._jobs[number] = job
        self._put(job)
        self.busy_changed.emit()
        return job

    def cancel(self, lane: str) -> None:
        """Asks a lane's jobs to stop; they still report, as cancelled."""
        for job in self._jobs.values():
            if job.lane == lane:
                job.cancel.set()

    def supersede(self, lane: str) -> None:
        """Stops a lane's jobs; they report to nobody."""
        for job in self._jobs.values():
            if job.lane == lane:
                job.dropped = True
                job.cancel.set()

    def busy(self, lane: str) -> bool:
        """Whether a lane has work whose result is still wanted."""
        return any(job.lane == lane and not job.dropped for job in self._jobs.values())

    def stop(self) -> None:
        """Stops everything and ends the thread."""
        for job in self._jobs.values():
            job.dropped = True
            job.cancel.set()
        self._put(None)
        self._thread.wait()

    def _put(self, job: Job | None) -> None:
        self._queue.append(job)
        self._ready.release()

    def work(self) -> None:
        """The loop of the worker's thread."""
        while True:
            self._ready.acquire()
            job = self._queue.popleft()
            if job is None:
                return
            if job.dropped:
                self._ended.emit(job.number, Outcome())
                continue
            try:
                outcome = Outcome(value=job.function(job))
            except Exception as error:  # noqa: BLE001  (travels to the main thread as a value)
                outcome = Outcome(error=error)
            self._ended.emit(job.number, outcome)

    @Slot(int, float, str)
    def _deliver_progress(self, number: int, share: float, words: str) -> None:
        job = self._jobs.get(number)
        if job is not None and job.told is not None and not job.dropped:
            job.told(share, words)

    @Slot(int, object)
    def _deliver(self, number: int, outcome: Outcome) -> None:
        job = self._jobs.pop(number, None)
        if job is not None and not job.dropped:
            job.done(outcome)
        self.busy_changed.emit()


class _Thread(QThread):
    """Runs the worker's loop."""

    def __init__(self, worker: Worker) -> None:
        super().__init__(worker)
        self._worker = worker

    def run(self) -> None:
        """The thread's body."""
        self._worker.work()
