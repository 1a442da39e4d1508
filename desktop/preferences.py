"""Preferences: the few settings that are no part of a photograph."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.settings import THEMES, Settings

LANGUAGES = ("en", "de", "zh_CN")


class Preferences(QDialog):
    """Shows settings; `take` writes back what was chosen."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Preferences"))
        self._settings = settings
        self.theme = QComboBox()
        self.theme.setAccessibleName(self.tr("Appearance"))
        names = (self.tr("Like the system"), self.tr("Light"), self.tr("Dark"))
        for key, name in zip(THEMES, names, strict=True):
            self.theme.addItem(name, key)
        self.theme.setCurrentIndex(THEMES.index(settings.theme))
        self.language = QComboBox()
        self.language.setAccessibleName(self.tr("Language"))
        self.language.addItem(self.tr("Like the system"), "")
        for code in LANGUAGES:
            self.language.addItem(QLocale(code).nativeLanguageName(), code)
        self.language.setCurrentIndex(max(self.language.findData(settings.language), 0))
        self.note = QCheckBox(self.tr("Write into the saved file what was done to it"))
        self.note.setChecked(settings.note)
        hint = QLabel(self.tr("Another language is used from the next start on."))
        hint.setObjectName("quiet")
        close = QPushButton(self.tr("Done"))
        close.setObjectName("primary")
        close.clicked.connect(self.accept)
        form = QFormLayout()
        form.setSpacing(12)
        form.addRow(self.tr("Appearance"), self.theme)
        form.addRow(self.tr("Language"), self.language)
        form.addRow("", hint)
        form.addRow("", self.note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 20)
        layout.setSpacing(20)
        layout.addLayout(form)
        layout.addWidget(close)
        self.setMinimumWidth(420)

    def take(self) -> None:
        """Puts what was chosen into the settings."""
        self._settings.theme = self.theme.currentData()
        self._settings.language = self.language.currentData()
        self._settings.note = self.note.isChecked()
