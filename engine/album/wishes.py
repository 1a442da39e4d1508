"""What the user asks for single faces of an album, and whether a repair knows of it.

A finished photograph is restored anew, beside the first result, once the user has ignored one of
its faces, changed the settings of its person, or decided about its portraits.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from engine.album.entries import State
from engine.album.store import below

if TYPE_CHECKING:
    from pathlib import Path

    from engine.album.journal import Journal
    from engine.album.store import AlbumStore

# Beside the journal's own schema: repairs that were begun before it have no such table.
_TABLE = "CREATE TABLE IF NOT EXISTS wishes(job INTEGER PRIMARY KEY REFERENCES jobs, said TEXT)"
_QUERY = (
    "SELECT path, place, faces.state = 'ignored' OR COALESCE(persons.ignored, 0) AS hidden, "
    "COALESCE(settings, '{}') AS own, "
    "(SELECT json_group_object(portrait, accepted) FROM portraits WHERE face = faces.id) AS said "
    "FROM files JOIN faces ON faces.photo = files.photo LEFT JOIN persons ON persons.id = person "
    "WHERE path >= ? AND path < ? AND (hidden OR own != '{}' OR said != '{}') ORDER BY path, place"
)


def wishes(store: AlbumStore, album: Path, *, references: bool) -> dict[bytes, str]:
    """What was said of the faces in an album's photographs.

    Args:
        store: the index.
        album: its folder.
        references: whether portraits matter.

    Returns:
        JSON of it for each path below the album, as the journal holds it; photographs of whose
        faces nothing was said are left out.
    """
    low, high = below(album)
    said: dict[bytes, list[object]] = {}
    for path, place, hidden, own, portraits in store.rows(_QUERY, low, high):
        face = [place, bool(hidden)]
        if not hidden:
            face += [json.loads(own), json.loads(portraits) if references else {}]
        if hidden or face[2] or face[3]:
            said.setdefault(path[len(low) :], []).append(face)
    return {path: json.dumps(faces, sort_keys=True) for path, faces in said.items()}


def changed(journal: Journal, now: dict[bytes, str]) -> list[int]:
    """Finished photographs of whose faces something else was said when they were done.

    Args:
        journal: of the repair.
        now: see `wishes`.

    Returns:
        Their numbers; none where the repair was begun before wishes were noted.
    """
    if journal.row("SELECT 1 FROM sqlite_master WHERE name = 'wishes'") is None:
        return []
    rows = journal.rows(
        "SELECT id, path, COALESCE(said, '') FROM jobs LEFT JOIN wishes ON job = id "
        "WHERE state IN (?, ?)", State.DONE, State.SKIPPED,
    )  # fmt: skip
    return [int(number) for number, path, said in rows if said != now.get(path, "")]


def note(journal: Journal, now: dict[bytes, str]) -> None:
    """Notes what is said of every photograph now."""
    with journal.transaction():
        journal.run(_TABLE)
        journal.run("DELETE FROM wishes")
        for number, path in journal.rows("SELECT id, path FROM jobs"):
            if path in now:
                journal.run("INSERT INTO wishes VALUES (?, ?)", number, now[path])
