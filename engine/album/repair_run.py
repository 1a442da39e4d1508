"""How an album is repaired, how far that is, and where the work is done."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Protocol

from engine.album import work
from engine.album.entries import State
from engine.album.flow import Finished, Stage, flow
from engine.results import RestoreOptions

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from engine.album.repair import Repair
    from engine.album.tasks import Task
    from engine.restorer import Restorer

_READERS = 2


@dataclass(frozen=True)
class RepairSettings:
    """How an album is repaired.

    Attributes:
        options: of every face; persons may have settings of their own.
        device, threads: see `Restorer`.
        jobs: photographs that are restored at a time; None takes two on the processor, where the
            network computes one face while another is cut out or blended, and eight on a graphics
            card, which computes them together.
        references: look for portraits in the album.
    """

    options: RestoreOptions = field(default_factory=RestoreOptions)
    device: str = "auto"
    threads: int | None = None
    jobs: int | None = None
    references: bool = True

    def to_json(self) -> str:
        """As the journal keeps them."""
        return json.dumps(asdict(self))

    def alike(self, other: RepairSettings) -> bool:
        """Whether the same pictures come of them, whatever computes these."""
        return (self.options, self.references) == (other.options, other.references)

    @classmethod
    def from_json(cls, text: str) -> RepairSettings:
        """What `to_json` wrote."""
        values = json.loads(text)
        options = values.pop("options")
        if isinstance(options["faces"], list):
            options["faces"] = tuple(options["faces"])
        return cls(RestoreOptions(**options), **values)


@dataclass(frozen=True)
class RepairProgress:
    """How far a repair is.

    Attributes:
        counts: photographs in each state.
        words: the photograph that ended last.
        seconds_left: estimate; None until one is known.
        paused: nothing new is begun.
    """

    counts: dict[State, int]
    words: str
    seconds_left: float | None
    paused: bool

    @property
    def share(self) -> float:
        """What is done of the whole, 0 .. 1."""
        ended = sum(self.counts[s] for s in (State.DONE, State.SKIPPED, State.FAILED))
        return ended / max(sum(self.counts.values()), 1)


@dataclass(frozen=True)
class RepairSummary:
    """How a run ended.

    Attributes:
        counts: photographs in each state.
        stopped: why it ended early, in one sentence; empty when everything was looked at.
        report: the first page of the report.
        kept: photographs that were finished before with other settings, and stay as they are.
    """

    counts: dict[State, int]
    stopped: str
    report: Path
    kept: int = 0


class Run(Protocol):
    """Works on tasks somewhere: in threads here, or on other machines."""

    def __call__(
        self, tasks: Iterator[Task], repair: Repair, /
    ) -> Generator[Finished[Task], None, None]:
        """Yields every task with the `Made` it became, in any order."""


def in_threads(tasks: Iterator[Task], repair: Repair) -> Generator[Finished[Task], None, None]:
    """Reads, restores and writes in threads of this process."""
    restorer = repair.restorer
    restorer.method(repair.settings.options.method)  # says now that it cannot be opened

    def restore(loaded: work.Loaded) -> work.Restored:
        return work.restore(loaded, restorer, repair.cancelled)

    stages = [
        Stage(work.load, _READERS),
        Stage(restore, repair.settings.jobs or _jobs(restorer)),
        Stage(work.write, 1),
    ]
    return flow(tasks, stages, ahead=1)


def _jobs(restorer: Restorer) -> int:
    return 2 if restorer.backend.device.kind == "cpu" else 8
