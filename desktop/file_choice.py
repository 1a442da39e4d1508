"""Opening and saving by the user: dialogs, and the question about unsaved work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QMessageBox

from desktop.save_dialog import SaveDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.main_window import MainWindow


class FileChoice(QObject):
    """What the File menu does."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    # ------------------------------------------------------------------ opening
    def open(self, path: Path) -> None:
        """Opens a photograph or a folder."""
        window = self._window
        if path.is_dir():
            window.settings.visit(path)
            window.file.save()
            window.album.set_recent(window.settings.recent)
            window.album.show_folder(path)
            window.actions_["album"].setChecked(True)
            return
        document = window.document
        if document is not None and document.path == path.absolute():
            return
        self.when_safe(lambda: window.studio.open(path))
        if window.album.model.folder is None and path.parent.is_dir():
            window.album.show_folder(path.absolute().parent)

    def open_photo(self) -> None:
        """Asks for a photograph."""
        from engine.photo import SUPPORTED_SUFFIXES  # noqa: PLC0415  (loads numpy and OpenCV)

        pattern = " ".join(f"*{suffix}" for suffix in sorted(SUPPORTED_SUFFIXES))
        # Texts inside f-strings are not seen by the translators' tool.
        photographs, everything = self.tr("Photographs"), self.tr("All files")
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Open a photo"),
            self._folder(),
            f"{photographs} ({pattern} {pattern.upper()});;{everything} (*)",
        )
        if name:
            self._window.settings.last_folder = str(Path(name).parent)
            self.open(Path(name))

    def open_folder(self) -> None:
        """Asks for a folder."""
        name = QFileDialog.getExistingDirectory(
            self._window, self.tr("Open a folder of photos"), self._folder()
        )
        if name:
            self.open(Path(name))

    def ask_portrait(self) -> Path | None:
        """Asks for a portrait."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Choose a good portrait of the same person"), self._folder()
        )
        return Path(name) if name else None

    # ------------------------------------------------------------------ saving
    def save(self) -> None:
        """Saves beside the original; pictures without a file are asked for a place."""
        document = self._window.document
        if document is None or document.restored is None:
            return
        if document.path is None:
            self.save_as()
            return
        self._window.studio.save(self._suggestion(), self._window.settings.quality)

    def save_as(self) -> None:
        """Asks where and how to save."""
        document = self._window.document
        if document is None or document.restored is None:
            return
        settings = self._window.settings
        deep = document.opened.photo.bit_depth == 16
        dialog = SaveDialog(self._suggestion(), settings.quality, deep=deep, parent=self._window)

        def accepted() -> None:
            settings.quality = dialog.quality.value()
            self._window.studio.save(dialog.path, settings.quality)

        dialog.accepted.connect(accepted)
        dialog.open()

    def ask_unsaved(self) -> QMessageBox.StandardButton:
        """Asks about a result that was not saved; Discard where there is nothing to ask."""
        button = QMessageBox.StandardButton
        document = self._window.document
        if document is None or not document.unsaved:
            return button.Discard
        box = QMessageBox(self._window)
        box.setText(self.tr("The restored faces of %1 are not saved.").replace("%1", document.name))
        box.setInformativeText(self.tr("The original photograph is untouched in any case."))
        box.setStandardButtons(button.Save | button.Discard | button.Cancel)
        box.button(button.Save).setText(self.tr("Save"))
        box.button(button.Discard).setText(self.tr("Do not save"))
        box.button(button.Cancel).setText(self.tr("Cancel"))
        box.setDefaultButton(button.Save)
        return button(box.exec())

    def when_safe(self, action: Callable[[], None]) -> None:
        """Does something that leaves the open photograph, after asking about unsaved work."""
        button = QMessageBox.StandardButton
        answer = self.ask_unsaved()
        if answer is button.Cancel:
            self._window._mark_album()  # noqa: SLF001  (the same window's other half)
            return
        if answer is button.Save:
            # The worker does one thing after the other: the file is written first.
            self.save()
        action()

    def _suggestion(self) -> Path:
        from engine.photo import output_path  # noqa: PLC0415  (loaded by now)

        assert self._window.document is not None
        photo = self._window.document.opened.photo
        return output_path(photo, None if photo.path else Path(self._folder()))

    def _folder(self) -> str:
        last = self._window.settings.last_folder
        if last and Path(last).is_dir():
            return last
        return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
