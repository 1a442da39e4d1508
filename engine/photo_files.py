"""Files on disk: read whole, write new ones atomically, never replace anything.

A new file is written under a temporary name in its own folder, flushed to the disk, read back, and
only then given its name, in one step that fails where the name is taken.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import PhotoError

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_BYTES = 8 << 30  # larger than any picture that is within the limit of pixels
_NAME_UNITS = 255  # bytes on Linux and macOS, UTF-16 units on Windows
_WINDOWS = os.name == "nt"
_WINDOWS_PATH = 240  # plain Windows paths end at 260 characters
_BINARY = getattr(os, "O_BINARY", 0)
_NO_LINKS = {
    errno.EPERM,
    errno.EACCES,
    errno.ENOSYS,
    errno.EINVAL,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
    errno.EMLINK,
    errno.EXDEV,
}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_NO_FOLDER = {errno.ENOENT, errno.ENOTDIR}


def shown(path: Path) -> str:
    """The name of a file as messages give it: in quotes, printable everywhere."""
    name = path.name or str(path)
    name = name.encode("utf-8", "replace").decode()
    return '"' + re.sub(r"[\x00-\x1f\x7f]", "\N{REPLACEMENT CHARACTER}", name) + '"'


def system_path(path: Path) -> str:
    """The path for system calls: long ones need a prefix on Windows."""
    if not _WINDOWS:
        return str(path)
    return windows_path(str(path.absolute()))


def windows_path(absolute: str) -> str:
    """An absolute Windows path that may be longer than 260 characters."""
    if len(absolute) < _WINDOWS_PATH or absolute.startswith("\\\\?\\"):
        return absolute
    if absolute.startswith("\\\\"):
        return "\\\\?\\UNC" + absolute[1:]
    return "\\\\?\\" + absolute


def read_bytes(path: Path) -> bytes:
    """The whole content of a regular file.

    Raises:
        PhotoError: ``photo-missing``, ``photo-is-folder``, ``photo-not-a-file``,
            ``photo-too-large``, ``photo-no-permission`` or ``photo-unreadable``.
    """
    name = shown(path)
    try:
        # A pipe would block on opening: look before.
        found = os.stat(system_path(path))  # noqa: PTH116 - long paths
        if stat.S_ISDIR(found.st_mode):
            raise PhotoError(
                f"{name} is a folder; choose the pictures inside it.", code="photo-is-folder"
            )
        if not stat.S_ISREG(found.st_mode):
            raise PhotoError(
                f"{name} is a device or a pipe; choose a picture file.", code="photo-not-a-file"
            )
        if found.st_size > _MAX_BYTES:
            raise PhotoError(
                f"{name} is larger than 8 GB; make a smaller copy of it.", code="photo-too-large"
            )
        with open(system_path(path), "rb") as file:  # noqa: PTH123 - long paths
            return file.read()
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:  # ValueError: a null
        raise PhotoError(
            f"{name} is not there; it may have been moved, renamed or be on an unplugged drive.",
            code="photo-missing",
        ) from error
    except PermissionError as error:
        raise PhotoError(
            f"{name} may not be read by you; ask its owner or copy it to your own folder.",
            code="photo-no-permission",
        ) from error
    except OSError as error:
        raise PhotoError(
            f"{name} cannot be read ({error.strerror}); check the drive it is on.",
            code="photo-unreadable",
        ) from error


def next_free_name(path: Path) -> Path:
    """`path` itself where nothing has that name, else the first free of NAME-2.EXT, NAME-3.EXT ...

    A name that is too long for a file system is shortened before its suffix.
    """
    return next(c for c in _candidates(path) if not os.path.lexists(system_path(c)))


def write_new(data: bytes, path: Path, *, avoid: Path | None = None) -> Path:
    """Write a new file; the next free name is used where the wanted one is taken.

    Args:
        data: the content.
        path: wanted name, in an existing folder.
        avoid: a path that counts as taken even while nothing is there (the source).

    Returns:
        The path of the new file.

    Raises:
        PhotoError: ``photo-disk-full``, ``photo-no-permission``, ``photo-no-folder``,
            ``photo-name-too-long`` or ``photo-not-written``; nothing is left behind.
    """
    part = write_part(data, path.parent)
    return name_part(part, path, avoid=avoid)


def write_part(data: bytes, folder: Path, *, label: str = "") -> Path:
    """Write a file that has no name yet; `name_part` gives it one.

    Args:
        data: the content; it is on the disk and was read back when this returns.
        folder: where it will stay.
        label: marks parts of one owner, who may look for those that a power cut left behind.

    Raises:
        PhotoError: as of `write_new`; nothing is left behind.
    """
    # Unguessable, so it is ours: it may be removed without having been created.
    part = folder / f".likeness-{label}{secrets.token_hex(8)}.part"
    try:
        _write_synced(part, data)
    except OSError as error:
        _remove(part)
        raise _explain(error, part) from error
    except BaseException:
        _remove(part)
        raise
    return part


def name_part(part: Path, path: Path, *, avoid: Path | None = None) -> Path:
    """Give a file of `write_part` its name, in one step, or the next free one.

    Args:
        part: in the folder of `path`; gone afterwards.
        path: wanted name.
        avoid: a path that counts as taken even while nothing is there (the source).

    Raises:
        PhotoError: as of `write_new`; the part is removed.
    """
    try:
        return _give_name(part, path, avoid)
    except OSError as error:
        raise _explain(error, path) from error
    finally:
        _remove(part)


def names_after(path: Path) -> Iterator[Path]:
    """All names that `write_new` would try for `path`, in its order; they do not end."""
    return _candidates(path)


def _write_synced(path: Path, data: bytes) -> None:
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY
    descriptor = os.open(system_path(path), flags, 0o666)
    with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    with open(system_path(path), "rb") as file:  # noqa: PTH123 - long paths
        if file.read() != data:
            raise OSError(errno.EIO, "what was written reads back differently")


def _give_name(temporary: Path, path: Path, avoid: Path | None) -> Path:
    for candidate in _candidates(path):
        if avoid is not None and candidate.absolute() == avoid.absolute():
            continue
        try:
            _move_new(system_path(temporary), system_path(candidate))
        except FileExistsError:
            continue
        _sync_folder(candidate.parent)
        return candidate
    raise AssertionError("numbers do not end")


def _move_new(source: str, target: str) -> None:
    """Give a file a name that nothing has.

    Raises:
        FileExistsError: something has it.
    """
    if _WINDOWS:
        os.rename(source, target)  # noqa: PTH104 - refuses to replace on Windows, long paths
        return
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
    else:
        return
    # No hard links here (FAT, some network drives): reserve the name, then take its place.
    reserved = False
    try:
        descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
        reserved = True
        os.close(descriptor)
        os.replace(source, target)  # noqa: PTH105 - long paths
    except BaseException:
        if reserved:
            _remove(Path(target))
        raise


def _candidates(path: Path) -> Iterator[Path]:
    yield _fitting(path, "")
    number = 2
    while True:
        yield _fitting(path, f"-{number}")
        number += 1


def _fitting(path: Path, ending: str) -> Path:
    """`path` with `ending` before its suffix, its stem cut to what file systems take."""
    stem = path.stem
    while stem and _units(f"{stem}{ending}{path.suffix}") > _NAME_UNITS:
        stem = stem[:-1]
    return path.with_name(f"{stem}{ending}{path.suffix}")


def _units(name: str) -> int:
    return len(name.encode("utf-16-le")) // 2 if _WINDOWS else len(os.fsencode(name))


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut; not every system can, none needs to."""
    if _WINDOWS:
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):  # never created, or gone with its drive
        os.unlink(system_path(path))  # noqa: PTH108 - long paths


def _explain(error: OSError, path: Path) -> PhotoError:
    folder = f'"{path.parent}"'.encode("utf-8", "replace").decode()
    if error.errno in _FULL:
        return PhotoError(
            f"The disk is full: {shown(path)} was not written; make room or choose another folder.",
            code="photo-disk-full",
        )
    if error.errno in _FORBIDDEN:
        return PhotoError(
            f"You may not write to the folder {folder}; choose another folder.",
            code="photo-no-permission",
        )
    if error.errno in _NO_FOLDER:
        return PhotoError(
            f"The folder {folder} is not there; make it or choose another folder.",
            code="photo-no-folder",
        )
    if error.errno == errno.ENAMETOOLONG:
        return PhotoError(
            f"The name {shown(path)} is too long here; choose a shorter one.",
            code="photo-name-too-long",
        )
    return PhotoError(
        f"{shown(path)} could not be written ({error.strerror}); try another folder or drive.",
        code="photo-not-written",
    )
