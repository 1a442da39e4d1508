"""A small SQLite file that several threads and processes share."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from engine.errors import AlbumError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_WAIT = 30.0  # seconds for another process to finish its transaction


class Database:
    """An open database; usable from several threads, one transaction at a time.

    Args:
        file: made when it is missing.
        schema: statements that make it, each ended by a semicolon and a line end.
        version: of the schema; a newer file is refused.
        what: its name in messages, such as "album's index".
        pragmas: how it is written.

    Raises:
        AlbumError: it is damaged (``album-index``), of a newer program (``album-newer``), in use
            (``album-busy``), or cannot be opened.
    """

    def __init__(
        self, file: Path, schema: str, *, version: int, what: str, pragmas: tuple[str, ...]
    ) -> None:
        self.file, self._what = file, what
        self._lock = threading.RLock()
        try:
            self._connection = sqlite3.connect(
                self.file, timeout=_WAIT, isolation_level=None, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise self._unusable(error) from error
        try:
            self._prepare(schema, version, pragmas)
        except sqlite3.Error as error:
            self._connection.close()
            raise self._unusable(error) from error
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self, schema: str, newest: int, pragmas: tuple[str, ...]) -> None:
        run = self._connection.execute
        for pragma in pragmas:
            run(f"PRAGMA {pragma}")
        with self.transaction():
            version = int(run("PRAGMA user_version").fetchone()[0])
            if version == 0:
                for statement in schema.split(";\n"):
                    run(statement)
                run(f"PRAGMA user_version = {newest}")
        if version > newest:
            raise AlbumError(
                f"The {self._what} {self.file} was made by a newer Likeness; update this one.",
                code="album-newer",
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the database; the object is of no use afterwards."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; other threads and processes wait.

        Raises:
            AlbumError: the database cannot be written.
        """
        with self._lock:
            nested = self._connection.in_transaction
            try:
                if not nested:
                    self._connection.execute("BEGIN IMMEDIATE")
                yield
                if not nested:
                    self._connection.execute("COMMIT")
            except BaseException as error:
                if not nested and self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                if isinstance(error, sqlite3.Error):
                    raise self._unusable(error) from error
                raise

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        try:
            with self._lock:
                return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    def row(self, statement: str, *values: Any) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        found = self.rows(statement, *values)
        return found[0] if found else None

    def run(self, statement: str, *values: Any) -> int:
        """One statement; returns the id of the last inserted row."""
        try:
            with self._lock:
                return self._connection.execute(statement, values).lastrowid or 0
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    def _unusable(self, error: sqlite3.Error) -> AlbumError:
        if "locked" in str(error):
            return AlbumError(
                f"The {self._what} is in use by another Likeness; wait until that is done.",
                code="album-busy",
            )
        if "full" in str(error):
            return AlbumError(
                f"The disk of the {self._what} {self.file} is full; free some space and go on.",
                code="album-disk-full",
            )
        return AlbumError(
            f"The {self._what} {self.file} cannot be used ({error}); "
            "if this stays so, delete it and begin again.",
            code="album-index",
        )
