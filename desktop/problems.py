"""The one place where errors become windows: the message first, the details to be copied."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.crash import details
from desktop.engine_words import translated
from engine.errors import LikenessError


def sentence(error: BaseException) -> str:
    """What happened, for the user."""
    if isinstance(error, LikenessError):
        return translated(error.sentence)
    if isinstance(error, MemoryError):
        return QCoreApplication.translate(
            "Problems", "There is not enough memory; close other programs and try again."
        )
    return QCoreApplication.translate(
        "Problems", "Something went wrong inside Likeness. Your photographs are untouched."
    )


class ProblemDialog(QDialog):
    """One problem.

    Args:
        message: what happened and what to do.
        text: the technical details; empty where there is nothing to tell.
    """

    def __init__(self, message: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Likeness"))
        self.message = QLabel(message)
        self.message.setWordWrap(True)
        self.message.setMinimumWidth(420)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details = QPlainTextEdit(text)
        self.details.setReadOnly(True)
        self.details.setAccessibleName(self.tr("Details"))
        self.details.setMinimumHeight(200)
        self.details.hide()
        self.unfold = QPushButton(self.tr("Show details"))
        self.unfold.setCheckable(True)
        self.unfold.toggled.connect(self.details.setVisible)
        self.unfold.setVisible(bool(text))
        self.copy = QPushButton(self.tr("Copy details"))
        self.copy.setVisible(bool(text))
        self.copy.clicked.connect(self._copy)
        close = QPushButton(self.tr("Close"))
        close.setObjectName("primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(self.unfold)
        buttons.addWidget(self.copy)
        buttons.addStretch()
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(18)
        layout.addWidget(self.message)
        layout.addWidget(self.details)
        layout.addLayout(buttons)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(
            f"{self.message.text()}\n\n{self.details.toPlainText()}"
        )
        self.copy.setText(self.tr("Copied"))


def show(error: BaseException, parent: QWidget | None = None) -> ProblemDialog:
    """Shows an error beside the work, never in front of it."""
    expected = isinstance(error, LikenessError) and error.__cause__ is None
    dialog = ProblemDialog(sentence(error), "" if expected else details(error), parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def show_crash(report: str, parent: QWidget | None = None) -> ProblemDialog:
    """Shows what the run before this one left when it died."""
    message = QCoreApplication.translate(
        "Problems",
        "Likeness stopped unexpectedly last time. Your photographs are untouched. "
        "The report below helps whoever repairs the program; it was sent to nobody.",
    )
    dialog = ProblemDialog(message, report, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
