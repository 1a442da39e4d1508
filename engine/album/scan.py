"""Which photographs lie in an album's folder."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from engine import photo as photos
from engine.errors import AlbumError

#: Folder that a repair puts into its output; its pictures are no photographs of the album.
REPORT_FOLDER = "likeness-report"


@dataclass(frozen=True)
class FileSeen:
    """A photograph's file.

    Attributes:
        path: absolute.
        size: bytes.
        mtime: last change in nanoseconds.
    """

    path: Path
    size: int
    mtime: int


@dataclass
class Seen:
    """What a walk through an album found.

    Attributes:
        files: photographs by path.
        unreadable: folders and files that could not be looked at, with a sentence each.
        hidden: links that lead nowhere now; what they led to may lie on an unplugged drive.
    """

    files: list[FileSeen] = field(default_factory=list)
    unreadable: list[tuple[Path, str]] = field(default_factory=list)
    hidden: list[Path] = field(default_factory=list)


def scan(folder: Path) -> Seen:
    """All photographs in a folder and below it, sorted; the files themselves are not opened.

    Hidden folders, linked folders, reports and restored copies are left out: a restored face is
    no witness for another restoration.

    Raises:
        AlbumError: the folder itself cannot be read (code ``album-unreadable``).
    """
    seen = Seen()
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    _look(entry, seen, waiting)
        except OSError as error:
            sentence = f"The folder {here} cannot be read ({error.strerror})."
            if here == folder:
                raise AlbumError(
                    f"{sentence[:-1]}; choose another one.", code="album-unreadable"
                ) from error
            seen.unreadable.append((here, sentence))
    seen.files.sort(key=lambda file: os.fsencode(file.path))
    return seen


def _look(entry: os.DirEntry[str], seen: Seen, waiting: list[Path]) -> None:
    path = Path(entry.path)
    try:
        if entry.is_dir(follow_symlinks=False):
            if not entry.name.startswith(".") and entry.name != REPORT_FOLDER:
                waiting.append(path)
            return
        if not photos.is_photo(path) or photos.is_restored(path):
            return
        if not entry.is_file():
            if entry.is_symlink() and not path.exists():
                seen.hidden.append(path)
            return
        found = entry.stat()
    except FileNotFoundError:  # it went away just now
        return
    except OSError as error:
        sentence = f"The file {path} cannot be looked at ({error.strerror}); check its drive."
        seen.unreadable.append((path, sentence))
        return
    seen.files.append(FileSeen(path, found.st_size, found.st_mtime_ns))
