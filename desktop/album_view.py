"""The album panel on the left: a folder's photographs as thumbnails."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.album_model import AlbumModel
from desktop.people_bar import PeopleBar

if TYPE_CHECKING:
    from desktop.thumbnails import Thumbnails

_CELL = QSize(98, 110)
_PAD = 7


class AlbumPanel(QWidget):
    """A folder and its photographs.

    Signals:
        photo_chosen: path.
        portrait_chosen: path of a photograph to be the chosen face's portrait.
        folder_asked: choose a folder.
        folder_chosen: one of the recent folders.

    Attributes:
        portraits: whether a photograph can be taken for a portrait now.
    """

    photo_chosen = Signal(object)
    portrait_chosen = Signal(object)
    folder_asked = Signal()
    folder_chosen = Signal(object)

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.portraits = False
        self.model = AlbumModel(thumbnails, self)
        self.title = QLabel(self.tr("Album"))
        self.title.setObjectName("title")
        self.count = QLabel()
        self.count.setObjectName("quiet")
        self.count.setWordWrap(True)
        self.open = QPushButton(self.tr("Open a folder…"))
        self.open.clicked.connect(self.folder_asked)
        self.recent = QToolButton()
        self.recent.setText("▾")
        self.recent.setAccessibleName(self.tr("Recent folders"))
        self.recent.setToolTip(self.recent.accessibleName())
        self.recent.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self.recent.setMenu(self._menu)
        self.view = QListView()
        self.view.setObjectName("album")
        self.view.setAccessibleName(self.tr("Photographs in this folder"))
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Delegate(self.view))
        self.view.setViewMode(QListView.ViewMode.IconMode)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.setMovement(QListView.Movement.Static)
        self.view.setUniformItemSizes(True)
        # With tens of thousands of cells a layout in one go would hold the window up.
        self.view.setLayoutMode(QListView.LayoutMode.Batched)
        self.view.setBatchSize(500)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Photographs can be dragged onto a face, where they become its portrait.
        self.view.setDragEnabled(True)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._ask)
        self.view.activated.connect(self._chosen)
        self.view.clicked.connect(self._chosen)
        self.people = PeopleBar()
        self.people.hide()
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.open, 1)
        row.addWidget(self.recent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 20, 8, 14)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self.count)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.people)
        layout.addLayout(row)
        self.model.listed.connect(self._listed)
        self.setMinimumWidth(150)
        self._set_empty()

    def show_folder(self, folder: Path) -> None:
        """Opens a folder; the same one is read again."""
        self.title.setText(folder.name or str(folder))
        self.title.setToolTip(str(folder))
        if folder != self.model.folder:
            self.people.forget()
        self.count.setText(self.tr("Reading…"))
        self.model.open(folder)

    def mark(self, path: Path | None) -> None:
        """Marks the photograph that is open, where this folder has it."""
        row = -1 if path is None else self.model.row_of(path)
        index = self.model.index(row) if row >= 0 else QModelIndex()
        self.view.setCurrentIndex(index)
        if row >= 0:
            self.view.scrollTo(index)

    def step(self, by: int) -> None:
        """Opens the next or previous photograph."""
        row = self.view.currentIndex().row() + by
        if 0 <= row < self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(row))
            self.photo_chosen.emit(self.model.path(row))

    def set_recent(self, folders: list[str]) -> None:
        """The recent folders, the newest first."""
        self._menu.clear()
        for name in folders:
            self._menu.addAction(
                name.replace("&", "&&"), lambda name=name: self.folder_chosen.emit(Path(name))
            )
        self.recent.setEnabled(bool(folders))

    def menu_of(self, path: Path) -> QMenu:
        """What can be done with a photograph."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Open"), lambda: self.photo_chosen.emit(path))
        portrait = menu.addAction(
            self.tr("Use as the portrait of the chosen face"),
            lambda: self.portrait_chosen.emit(path),
        )
        portrait.setEnabled(self.portraits)
        return menu

    def _ask(self, place: QPoint) -> None:
        index = self.view.indexAt(place)
        if index.isValid():
            menu = self.menu_of(self.model.path(index.row()))
            menu.popup(self.view.viewport().mapToGlobal(place))

    def _set_empty(self) -> None:
        self.count.setText(self.tr("Open a folder to see its photographs here."))

    def _listed(self, count: int) -> None:
        below, problem = self.model.below, self.model.problem
        self.people.setVisible(bool(count) or below or self.people.running)
        if problem:
            words = self.tr("This folder cannot be read (%1).").replace("%1", problem)
        elif count:
            words = self.tr("%n photograph(s)", "", count)
        elif below:
            words = self.tr(
                "There is no photograph in this folder itself; looking for people reaches the "
                "folders below."
            )
        else:
            words = self.tr("There is no photograph in this folder.")
        self.count.setText(words)

    def _chosen(self, index: QModelIndex) -> None:
        self.photo_chosen.emit(self.model.path(index.row()))


class _Delegate(QStyledItemDelegate):
    """Paints a thumbnail with its name."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """All cells are alike."""
        del index
        return QSize(_CELL.width(), _CELL.height() + option.fontMetrics.height() - 14)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paints one cell."""
        palette = option.palette
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        cell = QRectF(option.rect).adjusted(3, 3, -3, -3)
        painter.save()
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            back = QColor(palette.color(QPalette.ColorRole.Highlight))
            back.setAlpha(60 if chosen else 25)
            path = QPainterPath()
            path.addRoundedRect(cell, 8, 8)
            painter.fillPath(path, back)
        line = option.fontMetrics.height()
        room = cell.adjusted(_PAD, _PAD, -_PAD, -line - 6)
        model = index.model()
        assert isinstance(model, AlbumModel)
        self._picture(painter, room, model, index.row(), palette)
        text = QRectF(cell.left() + 4, cell.bottom() - line - 3, cell.width() - 8, line)
        painter.setPen(
            palette.color(QPalette.ColorRole.Text if chosen else QPalette.ColorRole.PlaceholderText)
        )
        name = option.fontMetrics.elidedText(
            str(index.data()), Qt.TextElideMode.ElideMiddle, int(text.width())
        )
        painter.drawText(text, Qt.AlignmentFlag.AlignCenter, name)
        painter.restore()

    @staticmethod
    def _picture(
        painter: QPainter, room: QRectF, model: AlbumModel, row: int, palette: QPalette
    ) -> None:
        image = model.thumbnail(row)
        path = QPainterPath()
        if image is None or image.isNull():
            path.addRoundedRect(room, 6, 6)
            painter.fillPath(path, palette.color(QPalette.ColorRole.Mid))
            if image is not None:
                painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter, "?")
            return
        size = image.size().toSizeF().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        area = QRectF(0, 0, size.width(), size.height())
        area.moveCenter(room.center())
        path.addRoundedRect(area, 5, 5)
        painter.setClipPath(path)
        painter.drawImage(area, image)
        painter.setClipping(False)
