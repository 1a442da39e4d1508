"""Thumbnails, made in the background and kept on disk by path, time and size of the file."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRunnable, QSize, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage, QImageReader

from desktop.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Longer side in pixels: sharp at 200 % in the album.
SIDE = 320
_IN_MEMORY = 600
_JPEG = {".jpg", ".jpeg", ".jfif"}


class Thumbnails(QObject):
    """Hands out thumbnails, or promises them.

    Signals:
        made: path of a file whose thumbnail can be asked for now.
    """

    made = Signal(str)
    _finished = Signal(str, QImage)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._memory: OrderedDict[str, QImage] = OrderedDict()
        self._wanted: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()
        self._pool = QThreadPool(self)
        # One thread: the disk and the restoration need the rest.
        self._pool.setMaxThreadCount(1)
        self._pool.setThreadPriority(self._pool.threadPriority().LowPriority)
        self._finished.connect(self._keep)
        folder.mkdir(parents=True, exist_ok=True)

    def get(self, path: str) -> QImage | None:
        """The thumbnail; None when it must be made first. A null image could not be made."""
        image = self._memory.get(path)
        if image is not None:
            self._memory.move_to_end(path)
            return image
        with self._lock:
            new = path not in self._wanted
            # The newest wish is what the user looks at: it is made first.
            self._wanted[path] = None
            self._wanted.move_to_end(path)
        if new:
            self._pool.start(_Task(self))
        return None

    def forget(self, paths: Iterable[str] | None = None) -> None:
        """Drops wishes that nobody waits for any more; None drops all."""
        with self._lock:
            for path in list(self._wanted if paths is None else paths):
                self._wanted.pop(path, None)

    def stop(self) -> None:
        """Ends the background work."""
        self.forget()
        self._pool.clear()
        self._pool.waitForDone()

    def next(self) -> str | None:
        """The newest wish; for the background thread."""
        with self._lock:
            return self._wanted.popitem()[0] if self._wanted else None

    def make(self, path: str) -> None:
        """Makes one; for the background thread."""
        self._finished.emit(path, thumbnail(Path(path), self._folder))

    @Slot(str, QImage)
    def _keep(self, path: str, image: QImage) -> None:
        self._memory[path] = image
        while len(self._memory) > _IN_MEMORY:
            self._memory.popitem(last=False)
        self.made.emit(path)


class _Task(QRunnable):
    """Makes the newest wished thumbnail."""

    def __init__(self, owner: Thumbnails) -> None:
        super().__init__()
        self._owner = owner

    def run(self) -> None:
        """The pool's call."""
        path = self._owner.next()
        if path is not None:
            self._owner.make(path)


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
