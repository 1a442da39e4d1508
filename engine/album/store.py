"""The album's database: one SQLite file in the user's cache folder, for all albums.

A photograph is known by the hash of its content, so that a moved, renamed or copied file, or a
whole moved album, keeps its faces and the names that the user gave. Paths are stored as the
system's bytes: a name that is no text must not be lost.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from engine.album.places import cache_folder
from engine.errors import AlbumError

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = 1
#: Name of the database in the cache folder.
FILE = "album.sqlite"
_WAIT = 30.0  # seconds for another process to finish its transaction

_SCHEMA = """
CREATE TABLE photos(
  id INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  width INTEGER NOT NULL, height INTEGER NOT NULL,
  taken TEXT,
  models TEXT NOT NULL,
  error_code TEXT NOT NULL DEFAULT '', error TEXT NOT NULL DEFAULT '',
  unmatched TEXT NOT NULL DEFAULT '[]'
);
CREATE TABLE files(
  path BLOB PRIMARY KEY,
  photo INTEGER NOT NULL REFERENCES photos ON DELETE CASCADE,
  size INTEGER NOT NULL, mtime INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX files_photo ON files(photo);
CREATE TABLE persons(
  id INTEGER PRIMARY KEY,
  name TEXT,
  ignored INTEGER NOT NULL DEFAULT 0,
  settings TEXT NOT NULL DEFAULT '{}'
);
CREATE UNIQUE INDEX persons_name ON persons(name) WHERE name IS NOT NULL;
CREATE TABLE faces(
  id INTEGER PRIMARY KEY,
  photo INTEGER NOT NULL REFERENCES photos ON DELETE CASCADE,
  place INTEGER NOT NULL,
  x REAL NOT NULL, y REAL NOT NULL, w REAL NOT NULL, h REAL NOT NULL,
  landmarks BLOB NOT NULL,
  score REAL NOT NULL, sharpness REAL NOT NULL,
  embedding BLOB NOT NULL, thumbnail BLOB NOT NULL,
  person INTEGER REFERENCES persons ON DELETE SET NULL,
  state TEXT NOT NULL DEFAULT 'unknown'
    CHECK (state IN ('unknown', 'suggested', 'confirmed', 'ignored'))
);
CREATE INDEX faces_photo ON faces(photo);
CREATE INDEX faces_person ON faces(person);
CREATE TABLE refusals(
  face INTEGER NOT NULL REFERENCES faces ON DELETE CASCADE,
  person INTEGER NOT NULL REFERENCES persons ON DELETE CASCADE,
  PRIMARY KEY (face, person)
) WITHOUT ROWID;
CREATE INDEX refusals_person ON refusals(person);
CREATE TABLE portraits(
  face INTEGER NOT NULL REFERENCES faces ON DELETE CASCADE,
  portrait INTEGER NOT NULL REFERENCES faces ON DELETE CASCADE,
  accepted INTEGER NOT NULL,
  PRIMARY KEY (face, portrait)
) WITHOUT ROWID;
CREATE INDEX portraits_portrait ON portraits(portrait);
"""


class AlbumStore:
    """An open database; usable from several threads, one transaction at a time.

    Args:
        file: the database; the one of the user's cache folder by default.

    Raises:
        AlbumError: it is damaged, of a newer program, or cannot be opened.
    """

    def __init__(self, file: Path | None = None) -> None:
        self.file = file or cache_folder() / FILE
        self._lock = threading.RLock()
        try:
            self._connection = sqlite3.connect(
                self.file, timeout=_WAIT, isolation_level=None, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise _unusable(self.file, error) from error
        try:
            self._prepare()
        except sqlite3.Error as error:
            self._connection.close()
            raise _unusable(self.file, error) from error
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self) -> None:
        run = self._connection.execute
        run("PRAGMA journal_mode = WAL")
        # Enough under WAL: a power cut may lose the last photographs, never the database.
        run("PRAGMA synchronous = NORMAL")
        run("PRAGMA foreign_keys = ON")
        with self.transaction():
            version = int(run("PRAGMA user_version").fetchone()[0])
            if version == 0:
                for statement in _SCHEMA.split(";\n"):
                    run(statement)
                run(f"PRAGMA user_version = {VERSION}")
        if version > VERSION:
            raise AlbumError(
                f"The album's index {self.file} was made by a newer Likeness; update this one.",
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
                    raise _unusable(self.file, error) from error
                raise

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        try:
            with self._lock:
                return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise _unusable(self.file, error) from error

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
            raise _unusable(self.file, error) from error


def stored_path(path: Path) -> bytes:
    """A path as the database holds it."""
    return os.fsencode(path)


def real_path(stored: bytes) -> Path:
    """A path out of the database."""
    return Path(os.fsdecode(stored))


def below(folder: Path) -> tuple[bytes, bytes]:
    """Lower and upper limit of the stored paths of all files below a folder."""
    prefix = os.fsencode(folder).rstrip(os.sep.encode()) + os.sep.encode()
    return prefix, prefix + b"\xff"


def _unusable(file: Path, error: sqlite3.Error) -> AlbumError:
    if "locked" in str(error):
        return AlbumError(
            "The album's index is in use by another Likeness; wait until that is done.",
            code="album-busy",
        )
    if "full" in str(error):
        return AlbumError(
            f"The disk of the album's index {file} is full; free some space and go on.",
            code="album-disk-full",
        )
    return AlbumError(
        f"The album's index {file} cannot be used ({error}); "
        "if this stays so, delete it and index the album again.",
        code="album-index",
    )
