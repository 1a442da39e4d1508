"""The program around the window: start, language, crashes, and the end."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QLibraryInfo,
    QLocale,
    QLoggingCategory,
    QObject,
    Qt,
    QTranslator,
    Signal,
    Slot,
)
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from desktop import icons, places, problems, siblings
from desktop.crash import CrashLog
from desktop.main_window import MainWindow
from desktop.plugins import undo_opencv
from desktop.session import SessionFile
from desktop.settings import SettingsFile
from desktop.studio import Studio

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType


class Application(QApplication):
    """Qt's application, which also hears when the system opens a file with it (macOS)."""

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(list(arguments))
        self.setApplicationName("Likeness")
        self.setApplicationDisplayName("Likeness")
        self.setDesktopFileName("likeness")
        self.setWindowIcon(icons.application_icon())
        self.window: MainWindow | None = None
        self._waiting: list[Path] = []
        self._translators: list[QTranslator] = []
        # Old files are often a little damaged; the engine says so where it matters.
        QLoggingCategory.setFilterRules("qt.gui.imageio*.warning=false")

    def event(self, event: QEvent) -> bool:
        """Opens what the system asks for."""
        if event.type() is QEvent.Type.FileOpen:
            path = Path(event.file())
            if self.window is None:
                self._waiting.append(path)
            else:
                self.window.open_paths([path])
            return True
        return super().event(event)

    def speak(self, language: str) -> None:
        """Installs the texts of a language; empty follows the system."""
        locale = QLocale(language) if language else QLocale.system()
        QLocale.setDefault(locale)
        for name, folder in (
            ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
            ("likeness", str(places.resources() / "translations")),
        ):
            translator = QTranslator(self)
            if translator.load(locale, name, "_", folder):
                self.installTranslator(translator)
                self._translators.append(translator)
                if name == "likeness":
                    self.setLayoutDirection(locale.textDirection())

    def show(self, window: MainWindow, paths: Sequence[Path]) -> None:
        """Shows the window and what was asked for."""
        self.window = window
        window.show()
        window.open_paths([*paths, *self._waiting])


def run(arguments: Sequence[str]) -> int:
    """Runs the program; returns its exit code.

    Args:
        arguments: photographs or folders to open.
    """
    undo_opencv()
    application = Application([sys.argv[0] if sys.argv else "likeness"])
    file = SettingsFile(places.config() / "settings.json")
    application.speak(file.settings.language)
    lock, suffix = siblings.claim(places.state())
    session = SessionFile(places.state() / f"session{suffix}.json")
    crash = places.logs() / f"crash{suffix}.log"
    siblings.adopt(places.state(), session, crash)
    log = CrashLog(crash)
    log.start()
    studio = Studio(file.settings, session)
    window = MainWindow(studio, file, places.cache())
    _catch(window, log)
    names = [name for name in arguments if not name.startswith("-")]
    application.show(window, [Path(name) for name in names])
    studio.start()
    window.offer_session()
    if log.last:
        problems.show_crash(log.last, window)
    code = application.exec()
    sys.excepthook = sys.__excepthook__
    log.stop()
    lock.unlock()
    return code


def _catch(window: MainWindow, log: CrashLog) -> None:
    """Sends every error that nobody caught to the one dialog."""
    sys.excepthook = _Catcher(window, log).hook


class _Catcher(QObject):
    """Hears errors in any thread; the dialog is built in the window's."""

    _caught = Signal(object)

    def __init__(self, window: MainWindow, log: CrashLog) -> None:
        super().__init__()
        self._window, self._log = window, log
        self._caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Stands in for Python's own."""
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        sys.__excepthook__(kind, error, trace)
        self._log.note(error)
        self._caught.emit(error)

    @Slot(object)
    def _show(self, error: BaseException) -> None:
        problems.show(error, self._window if isValid(self._window) else None)
