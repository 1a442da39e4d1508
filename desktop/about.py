"""About: what this is, that nothing leaves the machine, and whose models work in it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QTextBrowser, QVBoxLayout

from desktop import icons
from engine.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget


class About(QDialog):
    """Shows version, privacy and models.

    Args:
        models: the store's entries, each with title, version, licence and training data.
    """

    def __init__(self, models: Sequence[object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Likeness"))
        logo = QLabel()
        logo.setPixmap(icons.application_icon().pixmap(QSize(72, 72), self.devicePixelRatioF()))
        title = QLabel(self.tr("Likeness %1").replace("%1", __version__))
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.6)
        title.setFont(font)
        text = QLabel(
            self.tr(
                "Everything is computed on this computer. No photograph, no face and no number "
                "leaves it. Restored details are plausible, not evidence."
            )
        )
        text.setWordWrap(True)
        self.models = QTextBrowser()
        self.models.setAccessibleName(self.tr("Models and their licences"))
        self.models.setOpenExternalLinks(True)
        self.models.setHtml("".join(_entry(model) for model in models))
        self.models.setVisible(bool(models))
        close = QPushButton(self.tr("Close"))
        close.setObjectName("primary")
        close.clicked.connect(self.accept)
        words = QVBoxLayout()
        words.addWidget(title)
        words.addWidget(text)
        head = QHBoxLayout()
        head.setSpacing(20)
        head.addWidget(logo)
        head.addLayout(words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 26, 28, 22)
        layout.setSpacing(18)
        layout.addLayout(head)
        layout.addWidget(self.models)
        layout.addWidget(close)
        self.setMinimumWidth(540)


def _entry(model: object) -> str:
    lines = [f"<b>{escape(str(getattr(model, 'title', '')))}</b> {getattr(model, 'version', '')}"]
    lines += [
        escape(str(getattr(model, name)))
        for name in ("licence", "training_data")
        if getattr(model, name, "")
    ]
    return f"<p>{'<br>'.join(lines)}</p>"
