"""The photographs of a repair, as its journal tells of them."""

from __future__ import annotations

import enum
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

#: Begins a query of the journal whose rows `entry_of` takes.
QUERY = "SELECT id, path, size, state, code, reason, output, seconds, report FROM jobs "


class State(enum.StrEnum):
    """Where a photograph of a repair is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True)
class Entry:
    """One photograph of a repair.

    Attributes:
        id: number in the journal.
        path: of the photograph, below the album.
        size: bytes.
        state: where it is.
        code, reason: why it failed or was skipped, or what is to be said of it.
        output: restored file, below the output folder; None unless done.
        seconds: the restoration took.
        report: of the restoration, as `RestoredPhoto.report` gives it.
    """

    id: int
    path: Path
    size: int
    state: State
    code: str = ""
    reason: str = ""
    output: Path | None = None
    seconds: float = 0.0
    report: dict[str, Any] = field(default_factory=dict)


def entry_of(row: tuple[Any, ...]) -> Entry:
    """The photograph in a row that `QUERY` asked for."""
    number, path, size, state, code, reason, output, seconds, report = row
    return Entry(
        int(number),
        Path(os.fsdecode(path)),
        int(size),
        State(state),
        code,
        reason,
        None if output is None or state != State.DONE else Path(os.fsdecode(output)),
        float(seconds),
        json.loads(report),
    )
