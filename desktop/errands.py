"""The small commands of the window: paste, preferences, about, and their like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop import drops, places, problems
from desktop.about import About
from desktop.people_window import PeopleWindow
from desktop.preferences import Preferences
from desktop.questions import agreed
from desktop.repair_window import RepairWindow
from desktop.shortcut_sheet import ShortcutSheet
from desktop.tour import Tour

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.main_window import MainWindow
    from engine.album.repair_run import RepairSummary


class Errands(QObject):
    """Does what needs little more than a dialog."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._repair: RepairWindow | None = None
        #: What came of a repair and was not looked at yet.
        self._news = False
        presets = window.panel.presets
        presets.save_asked.connect(self.save_preset)
        presets.removed.connect(self.remove_preset)
        self._show_presets()

    # ------------------------------------------------------------------ settings
    def preferences(self) -> None:
        """Shows the preferences."""
        dialog = Preferences(self._window.settings, self._window)

        def taken() -> None:
            dialog.take()
            self._window.file.save()
            self._window.dress()

        dialog.finished.connect(taken)
        dialog.open()

    def set_device(self, key: str) -> None:
        """Computes on another device from now on."""
        self._window.settings.device = key
        self._window.file.save()
        if self._window.studio.live:
            self._window.studio.restore()

    def show_album(self, on: bool) -> None:
        """Shows or hides the album."""
        self._window.album.setVisible(on)
        self._window.settings.album = on

    def save_preset(self, name: str) -> None:
        """Saves the present settings under a name."""
        self._window.settings.presets[name] = self._window.panel.choices.settings()
        self._show_presets()

    def remove_preset(self, name: str) -> None:
        """Forgets a preset."""
        self._window.settings.presets.pop(name, None)
        self._show_presets()

    def _show_presets(self) -> None:
        settings = self._window.settings
        self._window.file.save()
        names = sorted(settings.presets, key=str.casefold)
        self._window.panel.presets.set_presets({name: settings.preset(name) for name in names})

    # ------------------------------------------------------------------ pictures and folders
    def paste(self) -> None:
        """Opens what the clipboard holds: a file, a folder, or a picture."""
        window, data = self._window, QGuiApplication.clipboard().mimeData()
        found = drops.paths(data)
        if found:
            window.files.open(drops.first(found))
        elif data.hasImage():
            image = QGuiApplication.clipboard().image()
            window.files.when_safe(lambda: window.studio.paste(image))
        else:
            window.tell(self.tr("There is no picture in the clipboard."))

    def reveal(self) -> None:
        """Opens the folder of the saved file."""
        document = self._window.document
        path = document.saved_path if document else None
        if path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    def open_sample(self) -> None:
        """Opens the photograph to try."""
        path = sample()
        if path is not None:
            self._window.files.open(path)

    def people(self) -> None:
        """Shows the people of the open folder."""
        window = self._window
        dialog = PeopleWindow(window.album.model.folder, window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.changed.connect(lambda: window.studio.suggestions.look(window.document))
        dialog.open()

    def repair(self) -> None:
        """Shows the window for a whole album; there is one."""
        window = self._window
        abilities = window.studio.abilities
        if abilities is None:
            return
        if self._repair is None:
            self._repair = RepairWindow(
                window.repair, abilities, window.panel.choices, window.people, window
            )
        # With another folder in it, the window would no longer show what came of the last one.
        folder = None if self._news else window.album.model.folder
        self._news = False
        self._repair.take(window.panel.choices.grain, window.settings.device, folder)
        self._repair.show()
        self._repair.raise_()

    def repair_ended(self, summary: RepairSummary) -> None:
        """Tells that a repair came to its end, where its own window is closed."""
        if summary.stopped:
            self._tell_repair(self.tr("The repair of the album “%1” stopped before its end."))
        else:
            self._tell_repair(self.tr("The repair of the album “%1” is done."))

    def repair_failed(self, error: Exception) -> None:
        """Tells that a repair failed, where its own window is closed."""
        words = self.tr("The repair of the album “%1” failed.")
        self._tell_repair(f"{words} {problems.sentence(error)}")

    def _tell_repair(self, words: str) -> None:
        if self._repair is not None and self._repair.isVisible():
            return
        self._news = True
        name = self._album_in_repair()
        self._window.tell(words.replace("%1", name), self.tr("Show"), self.repair, keep=True)
        # A repair takes hours: whoever does something else meanwhile sees it in the task bar.
        QApplication.alert(self._window)

    def may_quit(self) -> bool:
        """Asks where a repair is running; True where quitting is fine."""
        if not self._window.repair.running:
            return True
        words = self.tr("The album “%1” is still being repaired.")
        return agreed(
            self._window,
            words.replace("%1", self._album_in_repair()),
            self.tr("Quitting stops the repair. What is finished is kept, and it can go on later."),
            self.tr("Stop and quit"),
            self.tr("Go on repairing"),
        )

    def _album_in_repair(self) -> str:
        order = self._window.repair.order
        return order.album.name if order is not None else ""

    # ------------------------------------------------------------------ help
    def shortcuts(self) -> None:
        """Shows the keys."""
        ShortcutSheet(self._window.actions_, self._window).open()

    def about(self) -> None:
        """Shows what this is, with the models."""
        self._window.studio.list_models(lambda models: About(models, self._window).open())

    def first_tour(self) -> None:
        """Shows the tour to somebody who has not seen it."""
        if not self._window.settings.welcomed:
            self.tour()

    def tour(self) -> None:
        """Shows the tour; whoever has seen it is not shown it again."""
        window = self._window
        window.settings.welcomed = True
        window.file.save()
        for old in window.findChildren(Tour):
            old.end()
        if window.document is None:
            window.tell(self.tr("Open a photo first: the tour shows what to do with it."))
            return
        Tour(window, window.area.strip, window.panel.button, window.area.save).start()


def sample() -> Path | None:
    """The sample photograph, where this installation has one."""
    return next(iter(sorted((places.resources() / "samples").glob("worn-*.jpg"))), None)
