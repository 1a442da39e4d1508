"""Save As: name, folder, format and quality in one place."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.slider import Track

_LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"
_LOSSY = {".jpg", ".webp"}
_FORBIDDEN = set('/\\:*?"<>|')


class SaveDialog(QDialog):
    """Asks where and how to save.

    Args:
        suggestion: where it would go.
        quality: of JPEG, 1 .. 100.
        deep: whether the photograph has 16 bits, which TIFF and PNG keep.
    """

    def __init__(
        self, suggestion: Path, quality: int, *, deep: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Save as"))
        self.folder = suggestion.parent
        self.name = QLineEdit(suggestion.stem)
        self.name.setAccessibleName(self.tr("Name"))
        self.place = QPushButton()
        self.place.setAccessibleName(self.tr("Folder"))
        self.place.clicked.connect(self._choose)
        self.format = QComboBox()
        self.format.setAccessibleName(self.tr("Format"))
        depth = self.tr("16 bit") if deep else self.tr("nothing lost")
        for text, suffix in (
            (self.tr("JPEG: small, for sharing"), ".jpg"),
            (f"PNG \N{EN DASH} {depth}", ".png"),
            (f"TIFF \N{EN DASH} {depth}", ".tif"),
            (self.tr("WebP: small"), ".webp"),
        ):
            self.format.addItem(text, suffix)
        suffix = {".jpeg": ".jpg", ".tiff": ".tif"}.get(
            suggestion.suffix.lower(), suggestion.suffix.lower()
        )
        self.format.setCurrentIndex(max(self.format.findData(suffix), 0))
        self.quality = Track()
        self.quality.setRange(50, 100)
        self.quality.setValue(quality)
        self.quality.setAccessibleName(self.tr("Quality"))
        self._quality_text = QLabel()
        self._result = QLabel()
        self._result.setObjectName("quiet")
        self._result.setWordWrap(True)
        self.save = QPushButton(self.tr("Save"))
        self.save.setObjectName("primary")
        self.save.setDefault(True)
        self._lay_out()
        self.save.clicked.connect(self.accept)
        self.name.textChanged.connect(self._refresh)
        self.format.currentIndexChanged.connect(self._refresh)
        self.quality.valueChanged.connect(self._refresh)
        self._refresh()

    @property
    def path(self) -> Path:
        """The wanted file."""
        return self.folder / f"{self.name.text().strip()}{self.format.currentData()}"

    def _lay_out(self) -> None:
        cancel = QPushButton(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        quality = QHBoxLayout()
        quality.addWidget(self.quality, 1)
        quality.addWidget(self._quality_text)
        form = QFormLayout()
        form.setSpacing(12)
        form.addRow(self.tr("Name"), self.name)
        form.addRow(self.tr("Folder"), self.place)
        form.addRow(self.tr("Format"), self.format)
        form.addRow(self.tr("Quality"), quality)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 20)
        layout.setSpacing(16)
        layout.addLayout(form)
        layout.addWidget(self._result)
        layout.addLayout(buttons)
        self.setMinimumWidth(480)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Folder to save in"), str(self.folder)
        )
        if chosen:
            self.folder = Path(chosen)
            self._refresh()

    def _refresh(self) -> None:
        lossy = self.format.currentData() in _LOSSY
        self.quality.setEnabled(lossy)
        shown = self.locale().toString(self.quality.value()) if lossy else "\N{EN DASH}"
        self._quality_text.setText(shown)
        metrics = self.place.fontMetrics()
        shown = metrics.elidedText(str(self.folder), Qt.TextElideMode.ElideMiddle, 320)
        self.place.setText(f"{_LEFT_TO_RIGHT}{shown}")  # a path, whichever way the window is read
        self.place.setToolTip(str(self.folder))
        name = self.name.text().strip()
        usable = bool(name) and not set(name) & _FORBIDDEN
        self.save.setEnabled(usable)
        if not usable:
            self._result.setText(self.tr("Choose a name without special characters."))
        elif os.path.exists(self.path):  # noqa: PTH110  (`Path.exists` fails on too long a name)
            self._result.setText(
                self.tr("A file of that name exists. It is kept; the new one gets a number.")
            )
        else:
            self._result.setText(self.tr("The original is never touched."))
