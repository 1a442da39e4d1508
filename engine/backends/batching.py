"""Runs that wait for a graphics card are computed together.

A card is far from busy with one face. Whoever restores several photographs at a time calls a graph
from several threads; while one run is computed the others queue up, and the next run takes all
that fit together. Nobody waits for company: a single face is computed at once.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from engine.backends.base import Arrays, Graph


@dataclass(eq=False)
class _Job:
    """One call that waits; ends with `outputs` or `error`."""

    inputs: Mapping[str, NDArray[Any]]
    outputs: Arrays = field(default_factory=dict)
    error: DeviceError | None = None
    ended: bool = False

    @property
    def rows(self) -> int:
        """Faces in it."""
        return len(next(iter(self.inputs.values())))

    @property
    def kind(self) -> tuple[Any, ...]:
        """What must be alike in those that are computed together."""
        return tuple((name, a.shape[1:], a.dtype) for name, a in sorted(self.inputs.items()))


class BatchingGraph:
    """A graph whose inputs and outputs all have one row a face, on the first axis.

    Args:
        inner: computes any number of rows.
        most: rows at a time.
    """

    def __init__(self, inner: Graph, most: int) -> None:
        self._inner, self._most = inner, most
        self._waiting: list[_Job] = []
        self._door, self._turn = threading.Lock(), threading.Lock()

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> Arrays:
        """See `Graph.run`; a batch that the card has no memory for is taken one by one."""
        if not inputs:
            return self._inner.run(inputs)
        job = _Job(inputs)
        with self._door:
            self._waiting.append(job)
        with self._turn:  # whoever comes first computes for those behind
            if not job.ended:
                self._compute(self._together(job))
        if job.error is not None:
            raise job.error
        return job.outputs

    def _together(self, job: _Job) -> list[_Job]:
        """The job and those that fit to it, taken out of the queue."""
        taken, rows = [job], job.rows
        with self._door:
            self._waiting.remove(job)
            for other in list(self._waiting):
                if other.kind == job.kind and rows + other.rows <= self._most:
                    self._waiting.remove(other)
                    taken.append(other)
                    rows += other.rows
        return taken

    def _compute(self, jobs: Sequence[_Job]) -> None:
        try:
            stacked = {
                name: np.concatenate([j.inputs[name] for j in jobs]) for name in jobs[0].inputs
            }
            outputs = self._inner.run(stacked)
        except DeviceError as error:
            if len(jobs) > 1:
                for job in jobs:
                    self._compute([job])
                return
            jobs[0].error = error
            jobs[0].ended = True
            return
        except BaseException:
            for job in jobs:  # nobody behind may wait for a result that never comes
                job.error, job.ended = _lost(), True
            raise
        start = 0
        for job in jobs:
            rows = slice(start, start := start + job.rows)
            job.outputs = {k: np.ascontiguousarray(v[rows]) for k, v in outputs.items()}
            job.ended = True


def _lost() -> DeviceError:
    return DeviceError(
        "The device stopped in the middle of a run; try again.", code="device-failed"
    )
