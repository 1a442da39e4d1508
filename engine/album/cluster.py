"""The same repair on an existing Dask cluster: its workers read and write the shared folders.

The journal stays here. A worker that dies loses only what it was doing: Dask gives its tasks to
another one, and since only the journal's keeper gives files their names, nothing is done twice.
"""

from __future__ import annotations

from concurrent import futures
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from engine.album import work
from engine.album.flow import Finished
from engine.errors import LikenessError, UsageError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from engine.album.repair import Repair
    from engine.album.repair_run import Run
    from engine.album.tasks import Made, Task

_WAIT = 30  # seconds for the scheduler to answer
_TICK = 0.5  # seconds between looks at the user's wish to stop
_EACH = 2  # tasks that wait for every thread of the cluster
_LOST = (
    "The cluster went away; nothing is lost: see that it runs and start the repair again with "
    "--resume."
)


def on_cluster(address: str) -> Run:
    """A way for `Repair.run` to work on a cluster.

    Args:
        address: of the scheduler, such as ``tcp://host:8786``.

    Raises:
        UsageError: the extra is not installed (``dask-missing``).
    """
    try:
        import distributed  # noqa: PLC0415  (an optional extra)
    except ImportError as error:
        raise UsageError(
            "A cluster needs Dask; install it with pip install 'likeness[dask]'.",
            code="dask-missing",
        ) from error

    def run(tasks: Iterator[Task], repair: Repair) -> Generator[Finished[Task], None, None]:
        try:
            client = distributed.Client(address, timeout=_WAIT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UsageError(
                f"No Dask scheduler answers at {address}; check the address and that it runs.",
                code="dask-address",
            ) from error
        with client:
            try:
                yield from _results(client, tasks, repair)
            except (OSError, futures.CancelledError):  # the scheduler does not answer any more
                repair.stop(_LOST)

    return run


def _results(
    client: Any, tasks: Iterator[Task], repair: Repair
) -> Generator[Finished[Task], None, None]:
    settings = repair.settings
    running: dict[futures.Future[Made], Task] = {}
    more = True
    with client.get_executor(pure=False) as executor:
        try:
            while more or running:
                while more and len(running) < _window(client):
                    task = next(tasks, None)
                    if task is None:
                        more = False
                        break
                    future = executor.submit(work.whole, task, settings.device, settings.threads)
                    running[future] = task
                ended, _ = futures.wait(running, _TICK, futures.FIRST_COMPLETED)
                for future in ended:
                    finished = _finished(running.pop(future), future)
                    if finished is None:
                        repair.stop(_LOST)
                        return
                    yield finished
                if repair.cancelled.is_set() or client.status == "closed":
                    if client.status == "closed":
                        repair.stop(_LOST)
                    return
        finally:
            for future in running:
                future.cancel()
            with suppress(Exception):  # the cluster may be gone
                executor.shutdown(wait=False)


def _window(client: Any) -> int:
    """How many tasks the cluster has at a time; it may grow and shrink."""
    threads = sum(int(count) for count in client.nthreads().values())
    return _EACH * max(threads, 1)


def _finished(task: Task, future: futures.Future[Made]) -> Finished[Task] | None:
    """What became of a task; None where it was the cluster that failed."""
    try:
        return Finished(task, future.result())
    except futures.CancelledError:
        return None
    except LikenessError as error:
        return Finished(task, error=error)
    except Exception as error:  # noqa: BLE001 - whatever a worker met is written down
        if type(error).__name__ == "KilledWorker":
            sentence = (
                "Several workers died over this photograph; it may need more memory than they have."
            )
            return Finished(task, error=LikenessError(sentence, code="dask-worker-died"))
        if isinstance(error, OSError) and type(error).__module__.startswith("distributed"):
            return None
        return Finished(task, error=error)
