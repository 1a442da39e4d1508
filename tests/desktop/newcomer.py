"""A newcomer's journey through the real program, by mouse and keyboard.

Run by `test_real_window.py` in a process of its own, on a screen of its own:
``newcomer.py journey|crash|recover FOLDER ltr|rtl``. Pictures of the screen go into FOLDER.
"""

from __future__ import annotations

import faulthandler
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import cv2  # noqa: F401  (before Qt, as it may come in a program that grows)
from PySide6.QtCore import (
    QMimeData,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QtMsgType,
    QUrl,
    qInstallMessageHandler,
)
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from desktop import launch, places
from desktop.about import About
from desktop.application import Application
from desktop.preferences import Preferences
from desktop.problems import ProblemDialog
from desktop.save_dialog import SaveDialog
from desktop.shortcut_sheet import ShortcutSheet
from desktop.tour import Tour

if TYPE_CHECKING:
    from desktop.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
LONG = 90_000


class Newcomer:
    """Somebody before the screen.

    Args:
        application: the running program.
        folder: for pictures of the screen and saved photographs.
    """

    def __init__(self, application: Application, folder: Path) -> None:
        self.application, self.folder = application, folder
        self.window: MainWindow = application.window
        self.shots = 0

    # ------------------------------------------------------------------ hands and eyes
    def wait(self, condition, what: str, timeout: int = 15_000) -> None:
        end = time.monotonic() + timeout / 1000
        while not condition():
            assert time.monotonic() < end, f"waited in vain for: {what}"
            QTest.qWait(20)

    def click(self, widget, place: QPoint | None = None) -> None:
        QTest.mouseClick(
            widget, LEFT, Qt.KeyboardModifier.NoModifier, place or widget.rect().center()
        )

    def look(self, name: str) -> None:
        """Keeps what the screen shows."""
        QTest.qWait(250)
        self.shots += 1
        picture = self.window.screen().grabWindow(0)
        assert picture.save(str(self.folder / f"{self.shots:02d}-{name}.png"))

    def dialog(self, kind):
        def seen():
            return [d for d in self.window.findChildren(kind) if d.isVisible()]

        self.wait(lambda: bool(seen()), kind.__name__)
        return seen()[0]

    def come_back(self) -> None:
        """Makes the window the active one, which a desktop does and a bare screen does not."""
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow, "the window to be active")

    def find_faces(self) -> None:
        document = lambda: self.window.document  # noqa: E731  (another one after every opening)
        self.wait(lambda: document() is not None and document().searched, "the faces", LONG)

    def restore(self) -> None:
        self.click(self.window.panel.button)
        self.wait(lambda: self.window.document.restored is not None, "the result", LONG)

    # ------------------------------------------------------------------ journeys
    def journey(self) -> None:
        window = self.window
        assert self.application.platformName() == "xcb"
        assert window.stack.currentWidget() is window.welcome
        self.look("welcome")
        self.click(window.welcome.sample)
        self.find_faces()
        self.tour()
        self.look("faces")
        self.restore()
        self.look("restored")
        self.compare()
        self.portrait()
        self.change_and_undo()
        self.dialogs()
        self.save()
        self.leave()

    def tour(self) -> None:
        tour = self.dialog(Tour)
        self.look("tour")
        for _ in range(3):
            self.click(tour.next)
        assert not tour.isVisible()

    def compare(self) -> None:
        view = self.window.area.view
        middle = QPoint(round(view.divider * view.width()), view.height() // 2)
        aim = QPoint(view.width() // 3, view.height() // 2)
        QTest.mousePress(view, LEFT, Qt.KeyboardModifier.NoModifier, middle)
        QTest.mouseMove(view, aim)
        QTest.mouseRelease(view, LEFT, Qt.KeyboardModifier.NoModifier, aim)
        assert abs(view.divider - 1 / 3) < 0.02
        QTest.keyClick(self.window, Qt.Key.Key_S)
        self.look("side-by-side")
        QTest.keyClick(self.window, Qt.Key.Key_N)
        assert self.window.chosen == 0
        self.look("near")
        QTest.keyClick(self.window, Qt.Key.Key_D)
        QTest.keyClick(self.window, Qt.Key.Key_0)
        assert view.viewport.fitted

    def portrait(self) -> None:
        tile = self.window.area.strip.tiles[0]
        data = QMimeData()
        path = places.resources() / "samples" / "portrait-1.jpg"
        data.setUrls([QUrl.fromLocalFile(str(path))])
        at, action, keys = QPoint(9, 9), Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(tile, QDragEnterEvent(at, action, data, LEFT, keys))
        QApplication.sendEvent(tile, QDropEvent(QPointF(at), action, data, LEFT, keys))

        def compared():
            restored = self.window.document.restored
            return restored is not None and restored.result.faces[0].reference == path.name

        self.wait(compared, "the comparison with the portrait", LONG)
        self.look("portrait")

    def change_and_undo(self) -> None:
        window = self.window
        document, slider = window.document, window.panel.strength.slider
        first = document.restored
        slider.setFocus()
        QTest.keyClick(slider, Qt.Key.Key_PageDown)
        assert document.choices.strength < 1
        self.wait(lambda: document.restored is not first, "the weaker result", LONG)
        QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
        self.wait(lambda: document.restored is first, "the kept result")

    def dialogs(self) -> None:
        for name, kind in (
            ("shortcuts", ShortcutSheet), ("preferences", Preferences), ("about", About),
        ):  # fmt: skip
            self.window.actions_[name].trigger()
            dialog: QDialog = self.dialog(kind)
            self.look(name)
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
            assert not dialog.isVisible(), name
        self.come_back()

    def save(self) -> None:
        window = self.window
        window.settings.last_folder = str(self.folder)
        QTest.keyClick(window, Qt.Key.Key_S, CONTROL)
        dialog = self.dialog(SaveDialog)
        self.look("save")
        dialog.folder = self.folder
        dialog.name.selectAll()
        QTest.keyClicks(dialog.name, "my first")
        self.click(dialog.save)
        self.wait(lambda: window.document.saved_path is not None, "the file", LONG)
        assert window.document.saved_path == self.folder / "my first.jpg"
        self.come_back()
        self.look("saved")

    def leave(self) -> None:
        window = self.window
        QTest.keyClick(window, Qt.Key.Key_X)
        self.wait(lambda: window.document.restored is None, "the face to be off")
        window.hand.switch(0, True)
        self.wait(lambda: window.document.restored is not None, "the result", LONG)
        window.document.saved = None

        def refuse_then_agree(button):
            box = QApplication.activeModalWidget()
            assert isinstance(box, QMessageBox)
            self.look("unsaved")
            QTest.mouseClick(box.button(button), LEFT)

        QTimer.singleShot(400, lambda: refuse_then_agree(QMessageBox.StandardButton.Cancel))
        window.close()
        assert window.isVisible()
        self.come_back()
        QTimer.singleShot(400, lambda: refuse_then_agree(QMessageBox.StandardButton.Discard))
        QTest.keyClick(window, Qt.Key.Key_Q, CONTROL)
        self.wait(lambda: not window.isVisible(), "the end")

    def crash(self) -> None:
        """Dies as a fault in a library makes a program die."""
        sample = self.folder / "grandmother.jpg"
        sample.write_bytes((places.resources() / "samples" / "worn-1.jpg").read_bytes())
        self.window.open_paths([sample])
        self.find_faces()
        self.restore()
        self.window.panel.grain.slider.setValue(80)
        kept = self.window.studio.session
        self.wait(lambda: (s := kept.read()) is not None and s.choices.grain == 0.8, "the session")
        faulthandler._sigsegv()

    def recover(self) -> None:
        window = self.window
        report = self.dialog(ProblemDialog)
        assert "Segmentation fault" in report.details.toPlainText()
        self.click(report.unfold)
        self.look("crash")
        self.click(report.copy)
        assert "Segmentation fault" in self.application.clipboard().text()
        report.accept()
        assert not window.notice.isHidden()
        self.look("offer")
        self.click(window.notice.button)
        self.find_faces()
        self.wait(lambda: window.document.restored is not None, "the work", LONG)
        assert window.document.restored.choices.grain == 0.8
        QTimer.singleShot(
            300,
            lambda: self.application.activeModalWidget().done(
                QMessageBox.StandardButton.Discard.value
            ),
        )
        window.close()
        self.wait(lambda: not window.isVisible(), "the end")


def main(journey: str, folder: Path, direction: str) -> int:
    """Starts the program as a double click does, and walks through it."""
    said: list[str] = []

    def hear(kind: QtMsgType, _context: object, words: str) -> None:
        if kind is not QtMsgType.QtDebugMsg:
            said.append(words)

    def drive(application: Application) -> int:
        newcomer = Newcomer(application, folder)
        if direction == "rtl":
            application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        QTest.qWaitForWindowExposed(newcomer.window)
        newcomer.window.activateWindow()
        try:
            getattr(newcomer, journey)()
        finally:
            newcomer.window.shut()
        assert not newcomer.window.studio.worker._thread.isRunning()
        return 0

    faulthandler.dump_traceback_later(270, exit=True)
    qInstallMessageHandler(hear)
    Application.exec = drive
    code = launch.main([])
    threads = [t.name for t in threading.enumerate() if t is not threading.main_thread()]
    assert not threads, threads
    assert not said, said
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3]))
