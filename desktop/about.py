"""About: what this is, that nothing leaves the machine, and whose models work in it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QTextBrowser, QVBoxLayout

from desktop import icons, places
from engine.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

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
        self.models.setOpenLinks(False)
        self.models.anchorClicked.connect(self._follow)
        self._list = "".join(self._entry(model) for model in models)
        self.models.setHtml(self._list)
        self.models.setVisible(bool(models))
        self.back = QPushButton(self.tr("Back to the models"))
        self.back.hide()
        self.back.clicked.connect(self._show_list)
        self.licences = QPushButton(self.tr("Third-party licences"))
        self.licences.setVisible(_notices().is_file())
        self.licences.clicked.connect(self._show_licences)
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
        layout.addWidget(self.models, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.back)
        buttons.addWidget(self.licences)
        buttons.addStretch()
        buttons.addWidget(close)
        layout.addLayout(buttons)
        self.setMinimumWidth(600)
        self.resize(660, 560)

    def _entry(self, model: object) -> str:
        name, title = (str(getattr(model, key, "")) for key in ("name", "title"))
        lines = [f"<b>{escape(title)}</b> {escape(str(getattr(model, 'version', '')))}"]
        lines += [
            escape(str(getattr(model, key)))
            for key in ("licence", "training_data")
            if getattr(model, key, "")
        ]
        if _card(name).is_file():
            words = escape(self.tr("Model card: data, figures, limits"))
            lines.append(f'<a href="card:{escape(name)}">{words}</a>')
        return f"<p>{'<br>'.join(lines)}</p>"

    def _follow(self, link: QUrl) -> None:
        """Shows a card; other links are left to the browser of the system."""
        if link.scheme() != "card":
            QDesktopServices.openUrl(link)
            return
        self.models.setMarkdown(_card(link.path()).read_text(encoding="utf-8"))
        self.back.show()

    def _show_licences(self) -> None:
        """Shows what the packed libraries ask to be shown."""
        self.models.setPlainText(_notices().read_text(encoding="utf-8", errors="replace"))
        self.models.show()
        self.licences.hide()
        self.back.show()

    def _show_list(self) -> None:
        self.models.setHtml(self._list)
        self.back.hide()
        self.licences.setVisible(_notices().is_file())


def _card(name: str) -> Path:
    return places.resources() / "models" / f"{name}.md"


def _notices() -> Path:
    """Only the frozen program has it."""
    return places.resources().parent / "notices" / "third-party-licences.txt"
