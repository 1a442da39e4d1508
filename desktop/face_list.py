"""A list of faces out of the album's index; their pictures come when they are seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from desktop.small_pictures import SmallPictures

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from engine.album.store import AlbumStore

_ICON = QSize(72, 72)
_EMPTY = QColor(128, 128, 128, 60)
_ROLE = Qt.ItemDataRole.UserRole


def face_pictures(store: AlbumStore, parent: QObject | None = None) -> SmallPictures:
    """The faces' pictures by the faces' ids; stop them before the store is closed."""

    def make(face: int) -> QImage:
        from engine.errors import LikenessError  # noqa: PLC0415  (not before the window is open)

        try:
            row = store.row("SELECT thumbnail FROM faces WHERE id = ?", face)
        except LikenessError:  # the list itself says so
            return QImage()
        image = QImage()
        if row is not None and row[0]:
            image.loadFromData(bytes(row[0]))
        return image

    return SmallPictures(make, parent)


class FaceList(QListWidget):
    """Faces, or persons with one face each.

    Args:
        pictures: of the faces.
        name: for screen readers.
    """

    def __init__(self, pictures: SmallPictures, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        # In front of a picture that is still being made the words must not jump.
        empty = QPixmap(_ICON)
        empty.fill(_EMPTY)
        self._empty = _icon(empty)
        self.setAccessibleName(name)
        self.setIconSize(_ICON)
        self.setSpacing(2)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        pictures.made.connect(lambda _face: self.viewport().update())

    def add(self, number: int, face: int, words: str, tip: str = "") -> None:
        """One more line.

        Args:
            number: what `chosen` gives for it.
            face: whose picture is shown.
            words: beside or below it.
            tip: says it in full, also to screen readers, where the words are a sign.
        """
        item = _Item(self, face, words)
        item.setData(_ROLE, number)
        if tip:
            item.setToolTip(tip)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, tip)

    def chosen(self) -> list[int]:
        """Numbers in the order of the list: a person with a name comes before one without."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [int(self.item(row).data(_ROLE)) for row in rows]

    def icon(self, face: int) -> QIcon:
        """What is there to be painted."""
        image = self._pictures.get(face)
        if image is None or image.isNull():
            return self._empty
        return _icon(QPixmap.fromImage(image))


def _icon(pixmap: QPixmap) -> QIcon:
    """Looks the same where it is chosen: a tinted face is hard to know."""
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon


class _Item(QListWidgetItem):
    """Asks for its picture only when it is painted."""

    def __init__(self, where: FaceList, face: int, words: str) -> None:
        super().__init__(words, where)
        self._where, self._face = where, face

    def data(self, role: int) -> Any:
        """What Qt asks for."""
        if role == Qt.ItemDataRole.DecorationRole:
            return self._where.icon(self._face)
        return super().data(role)
