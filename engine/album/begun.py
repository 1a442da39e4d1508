"""How a repair was begun: what its journal tells of that, and what is noted there."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.album.entries import State
from engine.album.journal import FILE, Journal
from engine.album.places import key_of
from engine.album.repair_run import RepairSettings
from engine.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from engine.album.scan import FileSeen


@dataclass(frozen=True)
class Begun:
    """A repair that was begun, and perhaps finished.

    Attributes:
        left: photographs that are still to be done.
        settings: of the photographs that were done last; None where none was begun.
        folder: the album, in words.
    """

    left: int
    settings: RepairSettings | None
    folder: str
    _key: str

    def of(self, album: Path) -> bool:
        """Whether it is the repair of this album."""
        return self._key == key_of(album)


def begun(output: Path) -> Begun | None:
    """What was begun in an output folder; None where nothing was.

    Raises:
        AlbumError: the journal is damaged, or of a newer program.
    """
    # Unlike `Path.is_file`, this bears names that are too long, as a user may type them.
    if not os.path.isfile(output / FILE):  # noqa: PTH113
        return None
    with Journal(output) as journal:
        counts = journal.counts()
        key, kept = journal.about("album"), journal.about("settings")
        if not any(counts.values()) or key is None:
            return None
        settings = RepairSettings.from_json(kept) if kept else None
        left = counts[State.QUEUED] + counts[State.RUNNING]
        return Begun(left, settings, journal.about("folder") or "", key)


def settle(
    journal: Journal, album: Path, wanted: RepairSettings | None
) -> tuple[RepairSettings, bool]:
    """Notes in a journal which album is repaired, and how.

    Args:
        journal: of the output folder.
        album: its folder.
        wanted: None takes the settings of the journal, or the defaults.

    Returns:
        The settings, and whether all was finished before with other ones. These stay noted until
        something is done with the new ones.

    Raises:
        UsageError: the journal is that of another album (code ``repair-other-album``).
    """
    counts, key = journal.counts(), key_of(album)
    before = journal.about("album")
    if before not in {None, key} and any(counts.values()):
        raise UsageError(
            f"{journal.output} holds the repair of another album "
            f"({journal.about('folder')}); choose another folder.",
            code="repair-other-album",
        )
    text = journal.about("settings")
    kept = RepairSettings.from_json(text) if text else None
    settings = wanted or kept or RepairSettings()
    finished = any(counts.values()) and not (counts[State.QUEUED] or counts[State.RUNNING])
    otherwise = finished and kept is not None and not kept.alike(settings)
    with journal.transaction():
        journal.set_about("album", key)
        journal.set_about("folder", str(album).encode("utf-8", "replace").decode())
        if not otherwise:
            journal.set_about("settings", settings.to_json())
    return settings, otherwise


def is_news(journal: Journal, album: Path, files: Iterable[FileSeen]) -> bool:
    """Whether there is a photograph that a journal does not know, or knows otherwise."""
    rows = journal.rows("SELECT path, size, mtime FROM jobs")
    known = {path: (size, mtime) for path, size, mtime in rows}
    return any(
        known.get(os.fsencode(file.path.relative_to(album))) != (file.size, file.mtime)
        for file in files
    )
