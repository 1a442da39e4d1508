"""The album's database: one SQLite file in the user's cache folder, for all albums.

A photograph is known by the hash of its content, so that a moved, renamed or copied file, or a
whole moved album, keeps its faces and the names that the user gave. Paths are stored as the
system's bytes: a name that is no text must not be lost.
"""

from __future__ import annotations

import os
from pathlib import Path

from engine.album.database import Database
from engine.album.places import index_folder

VERSION = 1
#: Name of the database in the cache folder.
FILE = "album.sqlite"

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


class AlbumStore(Database):
    """What is known of all albums.

    Args:
        file: the database; the one among the user's data by default.
    """

    def __init__(self, file: Path | None = None) -> None:
        super().__init__(
            file or index_folder() / FILE,
            _SCHEMA,
            version=VERSION,
            what="album's index",
            # WAL: a power cut may lose the last photographs, never the database.
            pragmas=("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"),
        )


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
