"""Restores a whole album with a journal on the disk: it can be stopped at any moment, and goes on.

While one photograph is restored, the next ones are read and the last ones written, each in threads
of its own, so the engine does not wait. Only the thread that calls `Repair.run` writes the journal
and gives finished files their names.
"""

from __future__ import annotations

import os
import threading
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from engine.album import room
from engine.album.begun import is_news, settle
from engine.album.entries import State
from engine.album.journal import LOCK, Journal
from engine.album.places import album_folder, index_folder, key_of, locked
from engine.album.plan import task_for
from engine.album.repair_run import RepairProgress, RepairSummary, in_threads
from engine.album.report import front_page, keep_pictures, write_report
from engine.album.scan import scan
from engine.album.wishes import changed, note, wishes
from engine.errors import AlbumError, CancelledError, LikenessError, UsageError, sentence_of
from engine.photo_files import name_part
from engine.restorer import Restorer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.album.flow import Finished
    from engine.album.repair_run import RepairSettings, Run
    from engine.album.scan import FileSeen
    from engine.album.store import AlbumStore
    from engine.album.tasks import Made, Task

_FULL = {"photo-disk-full", "album-disk-full"}


class Repair:
    """A repair of an album; a context manager that holds the locks of both folders.

    Args:
        album: folder of photographs; only ever read.
        output: restored photographs go to the same places below it.
        settings: None takes those of the journal, or the defaults.
        store: the index.
        restorer: opened already, in place of the settings' device.

    Raises:
        AlbumError: a folder cannot be used, or another repair is at work on it.
        UsageError: the output is the album itself, or holds the repair of another album.
    """

    def __init__(
        self,
        album: Path,
        output: Path,
        settings: RepairSettings | None = None,
        *,
        store: AlbumStore,
        restorer: Restorer | None = None,
    ) -> None:
        self.album = album_folder(album)
        self.output = Path(os.path.abspath(output))  # noqa: PTH100 - links stay
        if self.output == self.album:
            raise UsageError("The restored photographs need a folder of their own; name another.")
        self.store = store
        self.cancelled = threading.Event()
        self._going = threading.Event()
        self._going.set()
        self._restorer = restorer
        self._stopped = ""
        self._paused = 0.0
        with ExitStack() as stack:
            busy = f"Another Likeness is repairing {self.album}; wait for it, or stop it first."
            stack.enter_context(locked(index_folder() / f"repair-{key_of(self.album)}.lock", busy))
            room.make(self.output)
            busy = f"Another Likeness is writing to {self.output}; wait for it, or stop it first."
            stack.enter_context(locked(self.output / LOCK, busy))
            self.journal = Journal(self.output)
            stack.callback(self.journal.close)
            self.settings, self._otherwise = settle(self.journal, self.album, settings)
            self.recovered = self.journal.recover()
            room.clean(self.journal)
            self._stack = stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Frees the locks."""
        self._stack.close()

    # ------------------------------------------------------------------ before
    def queue(self) -> int:
        """Queues the photographs that are new, or changed since; returns how many.

        So is one of whose faces the user has said something else since, see
        `engine.album.wishes`.
        """
        files, now = self._files(), self._wishes()
        with self.journal.transaction():
            added = self.journal.add(files, self.album)
            again = changed(self.journal, now)
            self.journal.redo(again)
            note(self.journal, now)
            if added or again:
                self.journal.set_about("settings", self.settings.to_json())
        return added + len(again)

    def pointless(self) -> bool:
        """Whether nothing would be done: all was finished before, with other settings."""
        if not self._otherwise or changed(self.journal, self._wishes()):
            return False
        return not is_news(self.journal, self.album, self._files())

    def _wishes(self) -> dict[bytes, str]:
        return wishes(self.store, self.album, references=self.settings.references)

    def _files(self) -> list[FileSeen]:
        files = scan(self.album).files
        if self.album not in self.output.parents:
            return files
        return [f for f in files if self.output not in f.path.parents]

    def warnings(self) -> list[str]:
        """Sentences to show before the run."""
        return room.warnings(self.journal)

    # ------------------------------------------------------------------ control
    def pause(self) -> None:
        """Begins nothing new until `resume`; what runs is finished. From any thread."""
        self._going.clear()

    def resume(self) -> None:
        """Goes on after `pause`. From any thread."""
        self._going.set()

    def cancel(self) -> None:
        """Stops soon; what is not finished is queued again. From any thread."""
        self.cancelled.set()
        self._going.set()

    def stop(self, sentence: str) -> None:
        """Stops for a reason that the user must know."""
        self._stopped = self._stopped or sentence
        self.cancel()

    @property
    def restorer(self) -> Restorer:
        """What restores here; opened when first used."""
        if self._restorer is None:
            self._restorer = Restorer(self.settings.device, threads=self.settings.threads)
        return self._restorer

    # ------------------------------------------------------------------ the run
    def run(
        self, progress: Callable[[RepairProgress], None] | None = None, *, how: Run | None = None
    ) -> RepairSummary:
        """Works through the queue.

        Args:
            progress: told after every photograph.
            how: where the work is done; in threads of this process by default.

        Raises:
            ModelError, DeviceError, UsageError: the method cannot be opened: nothing was begun.
        """
        self.cancelled.clear()
        self._stopped = ""
        counts = self.journal.counts()
        kept = sum(counts.values()) - counts[State.QUEUED] if self._otherwise else 0
        how = how or in_threads
        begun, ended = time.monotonic(), 0
        self._paused = 0.0
        results = how(self._tasks(), self)
        asked = False
        try:
            for finished in results:
                self._settle(finished)
                ended += 1
                if progress is not None:
                    spent = time.monotonic() - begun - self._paused
                    progress(self._progress(finished, spent / ended))
                if self.cancelled.is_set():
                    break
        except AlbumError as error:
            if room.free(self.output) is None:
                self.stop(room.gone(self.output))
            elif error.code in _FULL:
                self.stop(error.sentence)
            else:
                raise
        finally:
            asked = self.cancelled.is_set()
            self.cancel()  # whatever ended the run: nothing goes on in the background
            results.close()
            self._release()
        if asked and not self._stopped:
            self._stopped = "Stopped as you asked; what was finished is kept, the rest is queued."
        there = room.free(self.output) is not None
        page = write_report(self.journal, self.album) if there else front_page(self.output)
        return RepairSummary(self.journal.counts(), self._stopped, page, kept)

    def _progress(self, finished: Finished[Task], each: float) -> RepairProgress:
        counts = self.journal.counts()
        left = counts[State.QUEUED] + counts[State.RUNNING]
        name = Path(finished.item.path).name
        return RepairProgress(counts, name, left * each, not self._going.is_set())

    def _tasks(self) -> Iterator[Task]:
        """The queue, marked as running one by one."""
        settings, label = self.settings, self.journal.label
        while True:
            if not self._going.is_set():
                since = time.monotonic()
                self._going.wait()
                self._paused += time.monotonic() - since
            if self.cancelled.is_set():
                return
            free = room.free(self.output)
            if free is None or free < room.RESERVE:
                full = f"The disk of {self.output} is full; make room and go on."
                self.stop(room.gone(self.output) if free is None else full)
                return
            entry = self.journal.next()
            if entry is None:
                return
            self.journal.start(entry.id)
            yield task_for(
                self.store, entry, self.album, self.output, label, settings.options,
                references=settings.references,
            )  # fmt: skip

    def _settle(self, finished: Finished[Task]) -> None:
        """Writes down what became of a photograph, and gives its file the name."""
        number, error, named = finished.item.id, finished.error, False
        if error is None:
            try:
                self._name(number, finished.value)
            except LikenessError as failed:
                error, named = failed, True
            else:
                return
        if isinstance(error, CancelledError):
            self.journal.requeue(number, innocent=True)
            return
        if room.free(self.output) is None:  # no fault of the photograph: it waits
            self.stop(room.gone(self.output))
            return
        code = getattr(error, "code", type(error).__name__)
        sentence = sentence_of(error)
        if code in _FULL:
            if not named:  # else `_release` looks whether the file came to be
                self.journal.requeue(number)  # last in the queue: it may be the only one too large
            self.stop(sentence)
            return
        self.journal.failed(number, str(code), sentence)

    def _name(self, number: int, made: Made) -> None:
        if not made.part:
            if made.failed:
                self.journal.failed(number, "face", made.reason)
            else:
                self.journal.skipped(number, made.reason, made.report)
            return
        part, wanted = Path(made.part), Path(made.name)
        try:
            keep_pictures(self.output, number, made.before, made.after)
            self.journal.writing(
                number, wanted.relative_to(self.output), made.digest, made.seconds, made.report,
                made.reason,
            )  # fmt: skip
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise
        named = name_part(part, wanted, avoid=Path(made.task.path))
        self.journal.done(number, named.relative_to(self.output))

    def _release(self) -> None:
        """Queues again what was begun and not finished, and drops its unnamed files."""
        try:
            self.journal.recover(innocent=True)
        except AlbumError as error:
            if error.code not in _FULL and room.free(self.output) is not None:
                raise  # else the next run sorts it out, as after a power cut
        room.clean(self.journal)
