"""Where the album keeps its own files, and locks that die with their process."""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import AlbumError

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Names another folder for the index: for tests, and for several users of one account.
ENVIRONMENT = "LIKENESS_ALBUMS"


def index_folder() -> Path:
    """The folder for the index, made when it is missing.

    It holds what the user said of people, so it is among the user's data: caches are emptied by
    systems and cleaning programs.

    Raises:
        AlbumError: it cannot be made (code ``album-index``).
    """
    named = os.environ.get(ENVIRONMENT)
    if named:
        folder = Path(named)
    else:
        from platformdirs import user_data_dir  # noqa: PLC0415  (only the album needs it)

        folder = Path(user_data_dir("likeness", appauthor=False)) / "albums"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AlbumError(
            f"The folder {folder} for the album's index cannot be made ({error.strerror}); "
            f"name another one in the variable {ENVIRONMENT}.",
            code="album-index",
        ) from error
    return folder


def album_folder(path: Path) -> Path:
    """The album's folder as an absolute path.

    Raises:
        AlbumError: it is not there (``album-missing``) or no folder (``album-not-a-folder``).
    """
    folder = Path(os.path.abspath(path))  # noqa: PTH100 - links inside stay as the user wrote them
    if not folder.exists():
        raise AlbumError(
            f"The folder {path} is not there; it may have been moved or be on an unplugged drive.",
            code="album-missing",
        )
    if not folder.is_dir():
        raise AlbumError(
            f"{path} is a file; name the folder of the album.", code="album-not-a-folder"
        )
    return folder


def key_of(folder: Path) -> str:
    """A short name of a folder for file names."""
    return hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:20]


@contextmanager
def locked(file: Path, sentence: str) -> Iterator[None]:
    """Holds a lock that the system frees when the process ends, however it ends.

    Args:
        file: lock file; made when missing and left where it is.
        sentence: what the error says when another process (or thread) holds it.

    Raises:
        AlbumError: somebody else holds it (code ``album-busy``), or no lock can be had here
            (``album-lock``).
    """
    try:
        descriptor = os.open(file, os.O_CREAT | os.O_RDWR, 0o666)
    except OSError as error:
        raise AlbumError(
            f"{file.parent} cannot be written to ({error.strerror}); choose another folder.",
            code="album-lock",
        ) from error
    try:
        if not _lock(descriptor):
            raise AlbumError(sentence, code="album-busy")
        try:
            yield
        finally:
            _unlock(descriptor)
    finally:
        os.close(descriptor)


if os.name == "nt":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        with suppress(OSError):
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined,unused-ignore]

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_UN)
