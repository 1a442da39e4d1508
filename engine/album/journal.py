"""What a repair has done, is doing and has still to do: on the disk, so that it can go on.

A photograph is *queued*, then *running*, then *done*, *skipped* or *failed* with a reason. Before a
finished file gets its name, the name and the content's hash are written down: after a power cut the
journal sees by itself whether that file came to be, and nothing is done twice.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.album.database import Database
from engine.album.entries import QUERY, State, entry_of
from engine.photo_files import names_after

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.album.entries import Entry
    from engine.album.scan import FileSeen

#: Names in the output folder.
FILE, LOCK = ".likeness-repair.sqlite", ".likeness-repair.lock"
_PAGE = 200

_SCHEMA = """
CREATE TABLE about(key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE jobs(
  id INTEGER PRIMARY KEY,
  path BLOB NOT NULL UNIQUE,
  size INTEGER NOT NULL, mtime INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'queued'
    CHECK (state IN ('queued', 'running', 'done', 'skipped', 'failed')),
  code TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '',
  output BLOB, digest TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  seconds REAL NOT NULL DEFAULT 0,
  report TEXT NOT NULL DEFAULT '{}'
);
CREATE INDEX jobs_state ON jobs(state, attempts, id);
"""


class Journal(Database):
    """The journal of one output folder; hold its lock while writing.

    Args:
        output: the folder that restored photographs go to; it must exist.
    """

    def __init__(self, output: Path) -> None:
        self.output = output
        self._counts: dict[State, int] | None = None
        super().__init__(
            output / FILE,
            _SCHEMA,
            version=1,
            what="journal",
            # No WAL: the folder may lie on a network drive. FULL: it must survive a power cut.
            pragmas=("journal_mode = TRUNCATE", "synchronous = FULL"),
        )
        if self.about("label") is None:
            self.set_about("label", secrets.token_hex(4))

    # ------------------------------------------------------------------ about
    def about(self, key: str) -> str | None:
        """What was noted under a key."""
        row = self.row("SELECT value FROM about WHERE key = ?", key)
        return None if row is None else str(row[0])

    def set_about(self, key: str, value: str) -> None:
        """Notes something about the whole repair."""
        self.run("INSERT OR REPLACE INTO about VALUES (?, ?)", key, value)

    @property
    def label(self) -> str:
        """Marks this journal's unnamed files."""
        return f"repair-{self.about('label')}-"

    # ------------------------------------------------------------------ looking
    def counts(self) -> dict[State, int]:
        """How many photographs are in each state."""
        with self._lock:
            if self._counts is None:
                self._counts = dict.fromkeys(State, 0)
                for state, number in self.rows("SELECT state, COUNT(*) FROM jobs GROUP BY state"):
                    self._counts[State(state)] = int(number)
            return dict(self._counts)

    def _moved(self, before: State, after: State) -> None:
        """Keeps the counts: counting a million rows for every photograph would be slow."""
        with self._lock:
            if self._counts is not None:
                self._counts[before] -= 1
                self._counts[after] += 1

    def entries(self, *states: State) -> Iterator[Entry]:
        """The photographs in some states (or all), a few in memory at a time."""
        wanted = json.dumps([*(states or State)])
        last = 0
        while True:
            found = self._entries(
                "WHERE id > ? AND state IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT ?",
                last, wanted, _PAGE,
            )  # fmt: skip
            if not found:
                return
            yield from found
            last = found[-1].id

    def next(self) -> Entry | None:
        """The next queued one; those that a run did not outlive come last."""
        found = self._entries("WHERE state = 'queued' ORDER BY attempts, id LIMIT 1")
        return found[0] if found else None

    def _entries(self, which: str, *values: Any) -> list[Entry]:
        return [entry_of(row) for row in self.rows(QUERY + which, *values)]

    def queued_bytes(self) -> int:
        """Size of all that is still to be done."""
        row = self.row("SELECT TOTAL(size) FROM jobs WHERE state IN ('queued', 'running')")
        return int(row[0]) if row else 0

    # ------------------------------------------------------------------ planning
    def add(self, files: Iterable[FileSeen], album: Path) -> int:
        """Queues photographs that are new, or whose file changed; returns how many."""
        added = 0
        self._counts = None
        with self.transaction():
            for file in files:
                path = os.fsencode(file.path.relative_to(album))
                row = self.row("SELECT size, mtime FROM jobs WHERE path = ?", path)
                if row == (file.size, file.mtime):
                    continue
                added += 1
                self.run(
                    "INSERT INTO jobs(path, size, mtime) VALUES (?, ?, ?) ON CONFLICT(path) DO "
                    "UPDATE SET size = excluded.size, mtime = excluded.mtime, state = 'queued', "
                    "code = '', reason = '', output = NULL, digest = NULL, attempts = 0",
                    path, file.size, file.mtime,
                )  # fmt: skip
        return added

    def redo(self, numbers: Iterable[int]) -> None:
        """Queues finished photographs again; what was made of them stays on the disk."""
        self._counts = None
        with self.transaction():
            for number in numbers:
                self.run(
                    "UPDATE jobs SET state = 'queued', code = '', reason = '', output = NULL, "
                    "digest = NULL, attempts = 0 WHERE id = ?", number,
                )  # fmt: skip

    def retry_failed(self) -> int:
        """Queues the failed ones again; returns how many."""
        count = self.counts()[State.FAILED]
        self.run("UPDATE jobs SET state = 'queued', code = '', reason = '' WHERE state = 'failed'")
        self._counts = None
        return count

    def recover(self, *, innocent: bool = False) -> int:
        """Sorts out what was running when a run ended, with or without a word.

        Args:
            innocent: the run was stopped on purpose.

        Returns:
            How many were running.
        """
        rows = self.rows("SELECT id, output, digest FROM jobs WHERE state = 'running'")
        for number, output, digest in rows:
            found = None
            if output is not None and digest:
                found = self._written(Path(os.fsdecode(output)), digest)
            if found is None:
                self.requeue(number, innocent=innocent)
            else:
                self.done(number, found)
        return len(rows)

    def _written(self, wanted: Path, digest: str) -> Path | None:
        """The file with this content under one of the names that it may have got."""
        for name in names_after(self.output / wanted):
            try:
                same = hashlib.sha256(name.read_bytes()).hexdigest() == digest
            except OSError:
                return None  # no such name: it did not come to be
            below = name.relative_to(self.output)
            taken = self.row("SELECT 1 FROM jobs WHERE state = 'done' AND output = ?",
                             os.fsencode(below))  # fmt: skip
            if same and taken is None:
                return below
        raise AssertionError("names do not end")

    # ------------------------------------------------------------------ going on
    def start(self, number: int) -> None:
        """A photograph is being worked on."""
        self.run(
            "UPDATE jobs SET state = 'running', attempts = attempts + 1, output = NULL, "
            "digest = NULL WHERE id = ?", number,
        )  # fmt: skip
        self._moved(State.QUEUED, State.RUNNING)

    def writing(
        self, number: int, output: Path, digest: str, seconds: float, report: dict[str, Any],
        reason: str,
    ) -> None:  # fmt: skip
        """Its file is on the disk and is about to get its name.

        Args:
            number: of the photograph.
            output: wanted name, below the output folder.
            digest: SHA-256 of the file.
            seconds: the restoration took.
            report: of the restoration.
            reason: sentences about faces that could not be restored.
        """
        self.run(
            "UPDATE jobs SET output = ?, digest = ?, seconds = ?, report = ?, reason = ? "
            "WHERE id = ?",
            os.fsencode(output), digest, seconds, json.dumps(report), reason, number,
        )  # fmt: skip

    def done(self, number: int, output: Path) -> None:
        """Its file has its name, `output` below the output folder."""
        self.run(
            "UPDATE jobs SET state = 'done', output = ? WHERE id = ?",
            os.fsencode(output), number,
        )  # fmt: skip
        self._moved(State.RUNNING, State.DONE)

    def skipped(self, number: int, reason: str, report: dict[str, Any]) -> None:
        """There was nothing to do."""
        self.run(
            "UPDATE jobs SET state = 'skipped', reason = ?, report = ? WHERE id = ?",
            reason, json.dumps(report), number,
        )  # fmt: skip
        self._moved(State.RUNNING, State.SKIPPED)

    def failed(self, number: int, code: str, reason: str) -> None:
        """It cannot be restored."""
        self.run(
            "UPDATE jobs SET state = 'failed', code = ?, reason = ? WHERE id = ?",
            code, reason, number,
        )  # fmt: skip
        self._moved(State.RUNNING, State.FAILED)

    def requeue(self, number: int, *, innocent: bool = False) -> None:
        """It has to be done again; `innocent` when the run was stopped on purpose."""
        self.run(
            "UPDATE jobs SET state = 'queued', output = NULL, digest = NULL, "
            "attempts = attempts - ? WHERE id = ?", int(innocent), number,
        )  # fmt: skip
        self._moved(State.RUNNING, State.QUEUED)
