"""Opening and saving by the user: dialogs, and the question about unsaved work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QMessageBox

from desktop import places
from desktop.restyle import set_kind
from desktop.save_dialog import SaveDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.main_window import MainWindow


class FileChoice(QObject):
    """What the File menu does."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        #: What waits for the file to be written.
        self._then: Callable[[], None] | None = None
        window.studio.saved.connect(lambda _path: self._go_on())
        for signal in (window.studio.failed, window.studio.not_saved):
            signal.connect(lambda _error: self._forget())

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
        if self._homeless:
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
        dialog.rejected.connect(self._forget)
        dialog.open()

    @property
    def unsaved(self) -> bool:
        """Whether there is a result that was not saved."""
        document = self._window.document
        return document is not None and document.unsaved

    def when_safe(self, action: Callable[[], None]) -> None:
        """Does something that leaves the open photograph, after asking about unsaved work."""
        button = QMessageBox.StandardButton
        answer = self._ask() if self.unsaved else button.Discard
        if answer is button.Discard:
            action()
        elif answer is button.Save:
            self._then = action
            self.save()
        else:
            self.mark_album()

    def mark_album(self) -> None:
        """Marks the open photograph in the album."""
        document = self._window.document
        self._window.album.mark(document.path if document else None)

    def _ask(self) -> QMessageBox.StandardButton:
        button = QMessageBox.StandardButton
        assert self._window.document is not None
        name = self._window.document.name
        box = QMessageBox(self._window)
        box.setText(self.tr("The restored faces of %1 are not saved.").replace("%1", name))
        box.setInformativeText(self.tr("The original photograph is untouched in any case."))
        box.setStandardButtons(button.Save | button.Discard | button.Cancel)
        box.button(button.Save).setText(self.tr("Save"))
        set_kind(box.button(button.Save), "primary")
        box.button(button.Discard).setText(self.tr("Do not save"))
        box.button(button.Cancel).setText(self.tr("Cancel"))
        box.setDefaultButton(button.Save)
        return button(box.exec())

    def _go_on(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()

    def _forget(self) -> None:
        """The file was not written: what waited for it must not happen later by surprise."""
        self._then = None
        self.mark_album()

    def _suggestion(self) -> Path:
        from engine.photo import output_path  # noqa: PLC0415  (loaded by now)

        assert self._window.document is not None
        photo = self._window.document.opened.photo
        return output_path(photo, Path(self._folder()) if self._homeless else None)

    @property
    def _homeless(self) -> bool:
        """Whether nothing belongs beside the original: pasted pictures, the program's samples."""
        document = self._window.document
        path = document.path if document else None
        return path is None or path.is_relative_to(places.resources())

    def _folder(self) -> str:
        last = self._window.settings.last_folder
        if last and Path(last).is_dir():
            return last
        return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
