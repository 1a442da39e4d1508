"""The output folder of a repair: whether it is there, and how much room is left in it."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from engine.album.entries import State
from engine.album.journal import FILE, Journal
from engine.errors import AlbumError
from engine.photo_files import system_path

#: A run stops while so many bytes are still free.
RESERVE = 64 << 20
_GROWTH = 1.5  # a restored file next to its original, roughly
_PICTURES = 120_000  # bytes of a photograph's pictures in the report


def make(folder: Path) -> None:
    """Makes the output folder.

    Raises:
        AlbumError: it cannot be made (code ``album-output``).
    """
    try:
        os.makedirs(system_path(folder), exist_ok=True)  # noqa: PTH103 - long paths
    except OSError as error:
        raise AlbumError(
            f"The folder {folder} cannot be made ({error.strerror}); choose another one.",
            code="album-output",
        ) from error


def free(output: Path) -> int | None:
    """Free bytes for an output folder; None where it went away, perhaps with its drive."""
    # An empty folder may be left where the drive was: only the journal tells.
    if not os.path.isfile(output / FILE):  # noqa: PTH113 - bears whatever the system answers
        return None
    try:
        return shutil.disk_usage(output).free
    except OSError:
        return None


def gone(output: Path) -> str:
    """What to say where it went away."""
    return f"The folder {output} is not there any more; plug in its drive and go on."


def warnings(journal: Journal) -> list[str]:
    """Sentences to show before a run."""
    need = journal.queued_bytes() * _GROWTH
    need += journal.counts()[State.QUEUED] * _PICTURES + RESERVE
    left = free(journal.output)
    if left is None or need <= left:
        return []
    sentence = (
        f"The disk of {journal.output} may become full: about {_size(need)} are needed and "
        f"{_size(left)} are free; the run stops cleanly when it is, and can go on later."
    )
    return [sentence]


def clean(journal: Journal) -> None:
    """Removes a journal's unnamed files; only its own, for others write here too."""
    begins = f".likeness-{journal.label}"
    for folder, _, names in os.walk(journal.output):
        for name in names:
            if name.startswith(begins) and name.endswith(".part"):
                with suppress(OSError):
                    (Path(folder) / name).unlink()


def _size(count: float) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{max(count, 1e6) / 1e6:.0f} MB"
