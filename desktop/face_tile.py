"""One face in the strip: before and after, on or off, its portrait, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QPixmap
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout

from desktop import drops
from desktop.engine_words import likeness_words, reason_words, translated
from desktop.restyle import set_flag, set_kind
from desktop.suggestion_box import SuggestionBox
from desktop.tile_menu import TileMenu

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QMouseEvent

    from desktop.album_work import Suggested
    from desktop.choices import FaceChoice
    from desktop.picture import Picture
    from engine.faces.reference_check import ReferenceCheck
    from engine.results import FaceResult

_CROP = QSize(80, 97)
_WIDTH = 244
_AROUND = 0.12


class FaceTile(QFrame):
    """A face.

    Signals:
        clicked: the user chose this face.
        switched: on or off, by the user.
        portrait_dropped: a file for a portrait.
    """

    clicked = Signal(int)
    switched = Signal(int, bool)
    portrait_dropped = Signal(int, object)

    def __init__(self, index: int, box: QRectF, parent: QFrame | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tile")
        self.index = index
        x, y = box.width() * _AROUND, box.height() * _AROUND
        self.area = _filled(box.adjusted(-x, -y, x, y))
        name = self.tr("Face %1").replace("%1", self.locale().toString(index + 1))
        self.before, self.after = QLabel(), QLabel()
        self.before.setAccessibleName(self.tr("Before"))
        self.after.setAccessibleName(self.tr("After"))
        self.portrait = QLabel()
        self.portrait.setAccessibleName(self.tr("Portrait"))
        self.switch = QCheckBox(name)
        self.switch.setToolTip(self.tr("Restore this face"))
        self.switch.toggled.connect(lambda on: self.switched.emit(index, on))
        self.status = QLabel()
        self.working = QLabel(self.tr("Restoring…"))
        self.working.hide()
        self.words = QLabel()
        self.words.setObjectName("quiet")
        self.words.setWordWrap(True)
        self.suggestion = SuggestionBox()
        self.reason = QLabel()
        self.reason.setObjectName("quiet")
        self.reason.setWordWrap(True)
        self.reason.hide()
        self.menu = TileMenu(self)
        self.suggestion.clicked.connect(self.menu.suggestion_accepted)
        self.menu.show_suggestion(there=False)
        self.more = QToolButton()
        self.more.setObjectName("flat")
        self.more.setAccessibleName(self.tr("Options of this face"))
        self.more.setToolTip(self.more.accessibleName())
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(self.menu)
        self._lay_out()
        self.setFixedWidth(_WIDTH)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.setToolTip(self.tr("Drop a good portrait of the same person here"))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.switch, 1)
        head.addWidget(self.more)
        crops = QHBoxLayout()
        crops.setSpacing(6)
        for label in (self.before, self.after):
            label.setFixedSize(_CROP)
            crops.addWidget(label)
        self.portrait.setFixedSize(QSize(40, 48))
        crops.addWidget(self.portrait, 0, Qt.AlignmentFlag.AlignBottom)
        crops.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 10)
        layout.setSpacing(5)
        layout.addLayout(head)
        layout.addLayout(crops)
        layout.addWidget(self.working)
        layout.addWidget(self.status)
        layout.addWidget(self.words)
        layout.addWidget(self.suggestion)
        layout.addWidget(self.reason)
        layout.addStretch()

    # ------------------------------------------------------------------ what is shown
    def show_choice(self, choice: FaceChoice) -> None:
        """Shows what is wanted of this face."""
        self.switch.blockSignals(True)
        self.switch.setChecked(choice.on)
        self.switch.blockSignals(False)
        self.menu.show_choice(choice)

    def show_before(self, picture: Picture) -> None:
        """Shows the face as it is in the photograph."""
        self.before.setPixmap(self._crop(picture, self.area, _CROP))

    def show_portrait(self, picture: Picture | None, area: QRectF) -> None:
        """Shows the portrait's face, or none."""
        self.portrait.setVisible(picture is not None)
        if picture is not None:
            self.portrait.setPixmap(self._crop(picture, _filled(area), self.portrait.size()))

    def show_suggestion(self, suggested: Suggested | None) -> None:
        """Shows the album's portrait for this face, or none."""
        self.suggestion.show_suggestion(suggested)
        self.reason.setVisible(suggested is not None)
        self.reason.setText(reason_words(suggested.suggestion.reason) if suggested else "")
        self.menu.show_suggestion(there=suggested is not None)

    def show_result(
        self,
        picture: Picture | None,
        result: FaceResult | None,
        why: str,
        check: ReferenceCheck | None = None,
    ) -> None:
        """Shows what became of the face.

        Args:
            picture: the restored photograph.
            result: of this face; None before the first run.
            why: it is off by default; said where nothing was done yet.
            check: whether its portrait can serve.
        """
        done = result is not None and result.status == "done" and picture is not None
        self.after.setVisible(done)
        if done:
            self.after.setPixmap(self._crop(picture, self.area, _CROP))
        kind, status, words = self._story(result, why)
        if check is not None:
            words = "\n".join(filter(None, (words, *self._advice(check, compared=done))))
        set_kind(self.status, kind)
        self.status.setText(status)
        self.status.setVisible(bool(status))
        self.words.setText(words)
        self.setAccessibleDescription(". ".join(filter(None, (status, words.replace("\n", ". ")))))

    @property
    def wanted_height(self) -> int:
        """Logical pixels that everything on the tile needs."""
        return self.layout().totalHeightForWidth(_WIDTH)

    def set_working(self, working: bool) -> None:
        """Shows that this face is being restored now."""
        self.working.setVisible(working)
        self.words.setVisible(not working)
        self.status.setVisible(not working and bool(self.status.text()))

    def set_chosen(self, chosen: bool) -> None:
        """Marks the tile."""
        set_flag(self, "chosen", chosen)

    def _story(self, result: FaceResult | None, why: str) -> tuple[str, str, str]:
        """How it is meant, the status, and more words."""
        if result is None or result.status == "skipped":
            if self.switch.isChecked():
                return "quiet", "", self.tr("Ready")
            reason = translated(why) if why else self.tr("Stays as it is.")
            return "quiet", self.tr("Off"), reason
        if result.status == "failed":
            return "bad", self.tr("Not restored"), translated(result.reason)
        words = []
        if result.identity_to_input is not None:
            alike = likeness_words(result.identity_to_input)
            words.append(
                f"{alike[:1].upper()}{alike[1:]} ({self._number(result.identity_to_input)})"
            )
        if result.reference_before is not None and result.reference_after is not None:
            line = self.tr("Likeness to the portrait: %1 → %2")
            line = line.replace("%1", self._number(result.reference_before))
            words.append(line.replace("%2", self._number(result.reference_after)))
        return "good", self.tr("Restored"), "\n".join(words)

    def _advice(self, check: ReferenceCheck, *, compared: bool) -> list[str]:
        """What there is to say of the portrait; its likeness only before a run tells better."""
        number = self._number(check.similarity)
        alike = self.tr("Likeness to the portrait: %1").replace("%1", number)
        sentences = [translated(sentence) for sentence in check.sentences]
        return sentences if compared else [alike, *sentences]

    def _number(self, value: float) -> str:
        return self.locale().toString(value, "f", 2)

    def _crop(self, picture: Picture, area: QRectF, size: QSize) -> QPixmap:
        return QPixmap.fromImage(picture.crop(area, size, self.devicePixelRatioF()))

    # ------------------------------------------------------------------ events
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Chooses this face."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit(self.index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The right button or the menu key opens what the three dots open."""
        at = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            at = self.more.mapToGlobal(self.more.rect().bottomLeft())
        self.menu.popup(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return chooses, Space switches."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.clicked.emit(self.index)
        elif event.key() == Qt.Key.Key_Space:
            self.switch.toggle()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be a portrait."""
        if drops.files(event.mimeData()):
            event.acceptProposedAction()
            set_flag(self, "dropping", True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went elsewhere."""
        del event
        set_flag(self, "dropping", False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Takes the portrait."""
        set_flag(self, "dropping", False)
        found: list[Path] = drops.files(event.mimeData())
        if found:
            event.acceptProposedAction()
            self.portrait_dropped.emit(self.index, drops.first(found))


def _filled(area: QRectF) -> QRectF:
    """The smallest area of the crop's shape around `area`."""
    shape = _CROP.width() / _CROP.height()
    width = max(area.width(), area.height() * shape)
    height = width / shape
    centre = area.center()
    return QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
