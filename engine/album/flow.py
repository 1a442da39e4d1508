"""Work in stages that overlap: while one photograph is restored, the next is read."""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence

T = TypeVar("T")

_TICK = 0.1  # seconds after which a waiting thread looks whether everything has ended
_END = object()


@dataclass(frozen=True)
class Stage:
    """One step of the work.

    Attributes:
        run: takes what the stage before gave (the item itself at first).
        workers: threads that do it at a time.
    """

    run: Callable[[Any], Any]
    workers: int = 1


@dataclass(frozen=True)
class Finished(Generic[T]):
    """An item that left the last stage, or failed in one of them.

    Attributes:
        item: what came in.
        value: what the last stage gave; None where a stage failed.
        error: what the failing stage raised.
    """

    item: T
    value: Any = None
    error: Exception | None = None


def flow(
    items: Iterable[T], stages: Sequence[Stage], *, ahead: int = 2
) -> Generator[Finished[T], None, None]:
    """Sends items through stages, each with its own threads; yields them as they end.

    However many items there are, only about ``ahead`` wait before each stage, so memory stays
    flat. Closing the generator waits for the calls that are running and drops what waits.

    Args:
        items: taken one by one, in a thread.
        stages: at least one.
        ahead: how many items may wait before a stage.
    """
    return _Flow(items, stages, ahead).results()


class _Flow(Generic[T]):
    def __init__(self, items: Iterable[T], stages: Sequence[Stage], ahead: int) -> None:
        self._items, self._stages = items, stages
        self._queues: list[queue.Queue[Any]] = [queue.Queue(ahead) for _ in range(len(stages) + 1)]
        self._alive = [1, *(stage.workers for stage in stages)]
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._broken: BaseException | None = None

    def results(self) -> Generator[Finished[T], None, None]:
        threads = [threading.Thread(target=self._feed, daemon=True)]
        for number, stage in enumerate(self._stages):
            threads += [
                threading.Thread(target=self._work, args=(number,), daemon=True)
                for _ in range(stage.workers)
            ]
        for thread in threads:
            thread.start()
        try:
            while (got := self._get(len(self._stages))) is not _END:
                yield got
            if self._broken is not None:
                raise self._broken
        finally:
            self._closed.set()
            for thread in threads:
                thread.join()

    def _feed(self) -> None:
        try:
            for item in self._items:
                if not self._put(0, (item, item)):
                    return
        except Exception as error:  # noqa: BLE001 - handed to whoever reads the results
            self._broken = error
        finally:
            self._leave(0)

    def _work(self, number: int) -> None:
        last = number + 1 == len(self._stages)
        while (got := self._get(number)) is not _END:
            item, value = got
            try:
                value = self._stages[number].run(value)
            except Exception as error:  # noqa: BLE001 - one bad item never stops the others
                self._put(len(self._stages), Finished(item, error=error))
            else:
                after = Finished(item, value) if last else (item, value)
                self._put(number + 1, after)
            del got, value  # a picture must not stay until the next one comes
        self._leave(number + 1)

    def _leave(self, number: int) -> None:
        """One that fills queue `number` ends; the last one tells those who empty it."""
        with self._lock:
            self._alive[number] -= 1
            if self._alive[number]:
                return
        readers = 1 if number == len(self._stages) else self._stages[number].workers
        for _ in range(readers):
            self._put(number, _END)

    def _put(self, number: int, value: Any) -> bool:
        while not self._closed.is_set():
            try:
                self._queues[number].put(value, timeout=_TICK)
            except queue.Full:
                continue
            return True
        return False

    def _get(self, number: int) -> Any:
        while not self._closed.is_set():
            try:
                return self._queues[number].get(timeout=_TICK)
            except queue.Empty:
                continue
        return _END
