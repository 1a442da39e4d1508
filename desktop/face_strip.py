"""The strip below the photograph: a tile for every face."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.elided import Elided
from desktop.face_tile import FaceTile

if TYPE_CHECKING:
    from desktop.document import Document
    from desktop.portraits import Portraits
    from desktop.suggestions import Suggestions


#: Of the tiles in logical pixels: on a low screen, usually, with much to say.
_HEIGHTS = (150, 232, 330)


class FaceStrip(QWidget):
    """Shows the faces of a document.

    Signals:
        face_clicked: index.
        switched: index and on or off.
        portrait_dropped: index and path.
        portrait_asked, portrait_removed, remove_asked, fidelity_removed, invention_asked: index.
        suggestion_accepted: index.
        fidelity_moved: index and value.
        add_asked: add a face by hand.
        unfolded: the faces that were folded away are shown.

    Attributes:
        hidden: indices of the faces that are folded away.
    """

    face_clicked = Signal(int)
    switched = Signal(int, bool)
    portrait_dropped = Signal(int, object)
    portrait_asked = Signal(int)
    portrait_removed = Signal(int)
    suggestion_accepted = Signal(int)
    fidelity_moved = Signal(int, float)
    fidelity_removed = Signal(int)
    remove_asked = Signal(int)
    invention_asked = Signal(int)
    add_asked = Signal()
    unfolded = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tiles: list[FaceTile] = []
        self.hidden: set[int] = set()
        self._unfolded = False
        self.title = QLabel()
        self.title.setObjectName("title")
        self.hint = Elided(
            self.tr("Drop a good portrait of the same person on a face to bring back what is lost.")
        )
        self.hint.setObjectName("quiet")
        self.add = QPushButton(self.tr("Add a face…"))
        self.add.clicked.connect(self.add_asked)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self.title)
        head.addWidget(self.hint, 1)
        head.addWidget(self.add)
        self.more = QPushButton()
        self.more.clicked.connect(self.unfold)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._row.addWidget(self.more)
        self._row.addStretch()
        inside = QWidget()
        inside.setLayout(self._row)
        self._scroll = _Tiles()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 10, 20, 8)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._scroll)
        self.set_searching()

    def set_searching(self) -> None:
        """Nothing is known yet."""
        self._empty()
        self._unfolded = False
        self.hidden = set()
        self.title.setText(self.tr("Looking for faces…"))
        self.hint.hide()
        self._scroll.hide()
        self.add.setEnabled(False)

    def set_faces(self, document: Document) -> None:
        """Makes the tiles anew."""
        self._empty()
        self.add.setEnabled(True)
        for index, face in enumerate(document.faces):
            tile = FaceTile(index, QRectF(*(float(v) for v in face.box)))
            self._connect(tile, index)
            self._row.insertWidget(index, tile)
            self.tiles.append(tile)
            tile.show_before(document.opened.picture)
        self.hidden = set() if self._unfolded else _doubtful(document)
        for index in self.hidden:
            self.tiles[index].hide()
        self.more.setText(self.tr("Show %n more, small or uncertain", "", len(self.hidden)))
        self.more.setVisible(bool(self.hidden))
        count = len(self.tiles) - len(self.hidden)
        self.title.setText(
            self.tr("%n face(s)", "", count) if count else self.tr("No face was found.")
        )
        self.hint.setText(
            self.tr("Drop a good portrait of the same person on a face to bring back what is lost.")
            if count
            else self.tr("You can point at one yourself.")
        )
        self.hint.show()
        self._scroll.setVisible(bool(count))

    def unfold(self) -> None:
        """Shows the faces that were folded away."""
        first, self.hidden, self._unfolded = min(self.hidden, default=-1), set(), True
        self.more.hide()
        for tile in self.tiles:
            tile.show()
        self.title.setText(self.tr("%n face(s)", "", len(self.tiles)))
        if first >= 0:
            self.tiles[first].setFocus()
        self.unfolded.emit()

    def refresh(
        self,
        document: Document,
        portraits: Portraits,
        suggestions: Suggestions,
        *,
        fidelity: bool,
        inventing: set[int],
    ) -> None:
        """Shows choices and results on the tiles there are.

        Args:
            document: the open one.
            portraits: that were read.
            suggestions: of the album.
            fidelity: the method heeds it.
            inventing: faces that can be asked what is invented in them.
        """
        restored = document.restored
        for tile, choice in zip(self.tiles, document.choices.faces, strict=True):
            index = tile.index
            tile.show_choice(choice)
            tile.menu.set_possible(
                fidelity=fidelity,
                removable=document.is_added(index),
                common=document.choices.fidelity,
                inventing=index in inventing,
            )
            portrait = portraits.read.get(choice.portrait)
            if portrait is None:
                tile.show_portrait(None, QRectF())
            else:
                box = QRectF(*(float(v) for v in portrait.face.box))
                tile.show_portrait(portrait.picture, box)
            tile.show_suggestion(None if choice.portrait else suggestions.of(index))
            check = portraits.check_of(document.faces[index], choice.portrait)
            result = restored.result.faces[index] if restored else None
            picture = restored.picture if restored else None
            tile.show_result(picture, result, document.why_off(index), check)
        shown = (tile.wanted_height for tile in self.tiles if tile.index not in self.hidden)
        bar = self._scroll.horizontalScrollBar().sizeHint().height()
        self._scroll.set_wanted(max(shown, default=0) + bar + 4)

    def set_working(self, index: int) -> None:
        """Shows which face is being restored; -1 for none."""
        for tile in self.tiles:
            tile.set_working(tile.index == index)

    def choose(self, index: int) -> None:
        """Marks one tile and brings it into sight."""
        for tile in self.tiles:
            tile.set_chosen(tile.index == index)
        if 0 <= index < len(self.tiles):
            self._scroll.ensureWidgetVisible(self.tiles[index])

    def _connect(self, tile: FaceTile, index: int) -> None:
        tile.clicked.connect(self.face_clicked)
        tile.switched.connect(self.switched)
        tile.portrait_dropped.connect(self.portrait_dropped)
        menu = tile.menu
        menu.portrait_asked.connect(lambda: self.portrait_asked.emit(index))
        menu.suggestion_accepted.connect(lambda: self.suggestion_accepted.emit(index))
        menu.portrait_removed.connect(lambda: self.portrait_removed.emit(index))
        menu.fidelity_moved.connect(lambda value: self.fidelity_moved.emit(index, value))
        menu.fidelity_removed.connect(lambda: self.fidelity_removed.emit(index))
        menu.remove_asked.connect(lambda: self.remove_asked.emit(index))
        menu.invention_asked.connect(lambda: self.invention_asked.emit(index))

    def _empty(self) -> None:
        for tile in self.tiles:
            self._row.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles = []


class _Tiles(QScrollArea):
    """As high as its tiles want; on a low screen it gives way and scrolls."""

    def __init__(self) -> None:
        super().__init__()
        self._wanted = _HEIGHTS[1]
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def set_wanted(self, height: int) -> None:
        """Height of the highest tile with everything around it."""
        wanted = min(max(height, _HEIGHTS[1]), _HEIGHTS[2])
        if wanted != self._wanted:
            self._wanted = wanted
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """What the tiles want."""
        return QSize(super().sizeHint().width(), self._wanted)

    def minimumSizeHint(self) -> QSize:
        """Enough to see a face and its switch."""
        return QSize(super().minimumSizeHint().width(), _HEIGHTS[0])


def _doubtful(document: Document) -> set[int]:
    """Faces off by default: beside sure ones they only clutter; alone they are all there is."""
    doubtful = {
        index
        for index, choice in enumerate(document.choices.faces)
        if document.why_off(index) and not choice.on
    }
    return doubtful if len(doubtful) < len(document.choices.faces) else set()
