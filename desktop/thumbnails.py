"""Thumbnails, made in the background and kept on disk by path, time and size of the file."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from desktop.picture import Picture
from desktop.small_pictures import SmallPictures

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

#: Longer side in pixels: sharp at 200 % in the album.
SIDE = 320
_JPEG = {".jpg", ".jpeg", ".jfif"}


class Thumbnails(SmallPictures):
    """Thumbnails of files, by path.

    Args:
        folder: they are kept there.
    """

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(lambda path: thumbnail(Path(path), folder), parent)
        folder.mkdir(parents=True, exist_ok=True)


def thumbnail(path: Path, folder: Path) -> QImage:
    """From the cache or made now; a null image for a file that is no picture."""
    try:
        found = path.stat()
    except OSError:
        return QImage()
    name = hashlib.blake2b(
        f"{path}|{found.st_mtime_ns}|{found.st_size}|{SIDE}".encode("utf-8", "surrogatepass"),
        digest_size=16,
    ).hexdigest()
    kept = folder / f"{name}.jpg"
    if kept.exists():
        image = QImage(str(kept))
        if not image.isNull():
            return image
    image = _made(path)
    if not image.isNull():
        temporary = folder / f"{name}.part"
        # A cache that takes nothing costs time, not the picture.
        with contextlib.suppress(OSError):
            if image.save(str(temporary), "JPG", 88):
                temporary.replace(kept)
    return image


def _made(path: Path) -> QImage:
    if path.suffix.lower() in _JPEG:
        image = _from_jpeg(path)
        if not image.isNull():
            return image
    from engine import photo as photos  # noqa: PLC0415  (not before the window is open)
    from engine.errors import LikenessError  # noqa: PLC0415

    try:
        picture = Picture(photos.read(path).preview8)
    except (LikenessError, MemoryError):
        return QImage()
    size = QSize(picture.width, picture.height).scaled(
        SIDE, SIDE, Qt.AspectRatioMode.KeepAspectRatio
    )
    return picture.crop(picture.area, size.expandedTo(QSize(1, 1)))


def _from_jpeg(path: Path) -> QImage:
    """JPEG can be decoded small at once, which the album's speed rests on."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid():
        return QImage()
    reader.setScaledSize(
        size.scaled(SIDE, SIDE, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
    )
    return reader.read()
