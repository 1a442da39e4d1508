"""The suggested portrait on a face's tile, and the question about a doubtful one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.engine_words import reason_words

if TYPE_CHECKING:
    from desktop.album_work import Suggested

_PICTURE = QSize(36, 36)
_LARGE = 150


class SuggestionBox(QPushButton):
    """One click takes the portrait; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("suggestion")
        self.setIconSize(_PICTURE)
        self.hide()

    def show_suggestion(self, suggested: Suggested | None) -> None:
        """Shows a suggestion, or none."""
        self.setVisible(suggested is not None)
        if suggested is None:
            return
        one = suggested.suggestion
        self.setIcon(QIcon(_pixmap(suggested)))
        self.setText(self.tr("Same person? Look…") if one.asks else self.tr("Use this portrait"))
        reason = reason_words(one.reason)
        self.setToolTip(f"{one.path.name}\n{reason}")
        self.setAccessibleDescription(f"{one.path.name}. {reason}")


class SuggestionQuestion(QDialog):
    """Asks whether a face and a portrait of the album show the same person.

    Signals:
        answered: yes or no; nothing where the user does not know.
    """

    answered = Signal(bool)

    def __init__(self, face: QPixmap, suggested: Suggested, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("The same person?"))
        pictures = QHBoxLayout()
        pictures.setSpacing(16)
        ratio = self.devicePixelRatioF()
        size = QSize(_LARGE, _LARGE) * ratio
        for pixmap, words in (
            (face, self.tr("In this photograph")),
            (_pixmap(suggested), suggested.suggestion.path.name),
        ):
            picture, label = QLabel(), QLabel(words)
            shape = Qt.AspectRatioMode.KeepAspectRatio
            smooth = Qt.TransformationMode.SmoothTransformation
            if not pixmap.isNull():
                scaled = pixmap.scaled(size, shape, smooth)
                # The tile's picture brings the screen's ratio along, the album's does not.
                scaled.setDevicePixelRatio(ratio)
                picture.setPixmap(scaled)
            picture.setAccessibleName(words)
            label.setObjectName("quiet")
            column = QVBoxLayout()
            for widget in (picture, label):
                column.addWidget(widget, 0, Qt.AlignmentFlag.AlignCenter)
            pictures.addLayout(column, 1)
        self.reason = QLabel(reason_words(suggested.suggestion.reason))
        self.reason.setWordWrap(True)
        advice = QLabel(
            self.tr("A portrait of somebody else would give this face foreign features.")
        )
        advice.setWordWrap(True)
        self.yes = QPushButton(self.tr("Yes, use this portrait"))
        self.yes.setObjectName("primary")
        self.no = QPushButton(self.tr("No, somebody else"))
        unsure = QPushButton(self.tr("I do not know"))
        self.yes.clicked.connect(lambda: self._answer(yes=True))
        self.no.clicked.connect(lambda: self._answer(yes=False))
        unsure.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(unsure)
        buttons.addStretch()
        buttons.addWidget(self.no)
        buttons.addWidget(self.yes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(26, 24, 26, 20)
        layout.setSpacing(16)
        layout.addLayout(pictures)
        layout.addWidget(self.reason)
        layout.addWidget(advice)
        layout.addLayout(buttons)
        # Return must not say yes to a doubtful match.
        for button in (self.yes, self.no):
            button.setAutoDefault(False)
        unsure.setDefault(True)
        self.setMinimumWidth(460)

    def _answer(self, *, yes: bool) -> None:
        self.answered.emit(yes)
        self.accept()


def _pixmap(suggested: Suggested) -> QPixmap:
    pixmap = QPixmap()
    pixmap.loadFromData(suggested.thumbnail)
    return pixmap
