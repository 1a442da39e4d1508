"""The photographs of a folder, as a model that holds names only; thumbnails come when seen."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRunnable,
    Qt,
    QThreadPool,
    QUrl,
    Signal,
    Slot,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage

    from desktop.thumbnails import Thumbnails

_NOWHERE = QModelIndex()


class AlbumModel(QAbstractListModel):
    """A folder's photographs by name.

    Signals:
        listed: the folder was read; how many photographs it has.

    Attributes:
        folder: the open one.
        below: it has folders in it, which an album's people and repair look into as well.
        problem: why it cannot be read; empty where it can.
    """

    listed = Signal(int)
    _read = Signal(object, object)

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder: Path | None = None
        self.below, self.problem = False, ""
        self._paths: list[str] = []
        self._rows: dict[str, int] = {}
        self._thumbnails = thumbnails
        thumbnails.made.connect(self._made)
        self._read.connect(self._take)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    def open(self, folder: Path) -> None:
        """Reads a folder in the background."""
        self.folder = folder
        self._thumbnails.forget()
        self._put([])
        self._pool.start(_Listing(folder, self._read))

    def stop(self) -> None:
        """Ends the background work."""
        self._pool.clear()
        self._pool.waitForDone()

    def row_of(self, path: Path) -> int:
        """Where a photograph is; -1 where it is not."""
        return self._rows.get(str(path), -1)

    def path(self, row: int) -> Path:
        """The photograph of a row."""
        return Path(self._paths[row])

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """How many photographs."""
        return 0 if parent.isValid() else len(self._paths)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        """Name for the screen and for screen readers; the path as a tip."""
        if not index.isValid():
            return None
        path = self._paths[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return os.path.basename(path)  # noqa: PTH119  (asked for thousands of times)
        if role == Qt.ItemDataRole.ToolTipRole:
            return path
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Photographs can be dragged elsewhere."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Photographs as files."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(self._paths[index.row()]) for index in indexes])
        return data

    def thumbnail(self, row: int) -> QImage | None:
        """What is there to be painted; None while it is being made."""
        return self._thumbnails.get(self._paths[row])

    def _put(self, paths: list[str]) -> None:
        self.beginResetModel()
        self._paths = paths
        self._rows = {path: row for row, path in enumerate(paths)}
        self.endResetModel()

    @Slot(object, object)
    def _take(self, folder: Path, found: _Found) -> None:
        if folder == self.folder:
            self.below, self.problem = found.below, found.problem
            self._put(found.paths)
            self.listed.emit(len(found.paths))

    @Slot(object)
    def _made(self, path: str) -> None:
        row = self._rows.get(path)
        if row is not None:
            index = self.index(row)
            self.dataChanged.emit(index, index, [Qt.ItemDataRole.DecorationRole])


class _Found(NamedTuple):
    """What lies in a folder; see `AlbumModel`."""

    paths: list[str]
    below: bool
    problem: str


class _Listing(QRunnable):
    """Reads the names in a folder; a network drive may take its time."""

    def __init__(self, folder: Path, done: Any) -> None:
        super().__init__()
        self._folder, self._done = folder, done

    def run(self) -> None:
        """The pool's call."""
        from engine.album.scan import REPORT_FOLDER  # noqa: PLC0415  (not before the window is open)
        from engine.photo import is_photo  # noqa: PLC0415

        names, below, problem = [], False, ""
        try:
            with os.scandir(self._folder) as entries:
                for entry in entries:
                    with suppress(OSError):  # one broken link hides no other photograph
                        if entry.is_dir(follow_symlinks=False):
                            below |= not entry.name.startswith(".") and entry.name != REPORT_FOLDER
                        elif is_photo(Path(entry.name)) and entry.is_file():
                            names.append(entry.name)
        except OSError as error:
            problem = error.strerror or type(error).__name__
        names.sort(key=str.casefold)
        paths = [str(self._folder / name) for name in names]
        self._done.emit(self._folder, _Found(paths, below, problem))
