"""Windows without a screen, private folders, and no thread left behind."""

from __future__ import annotations

import os
import threading

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from desktop_fakes import FakeWorkshop, paint_photo

from desktop.application import Application
from desktop.main_window import MainWindow
from desktop.session import SessionFile
from desktop.settings import SettingsFile
from desktop.studio import Studio


@pytest.fixture(scope="session")
def qapp_cls():
    """The program's own application, which hears what the system opens with it."""
    return Application


@pytest.fixture(autouse=True)
def _no_thread_left():
    before = set(threading.enumerate())
    yield
    left = [t for t in threading.enumerate() if t not in before and not t.daemon]
    assert not left, f"threads left running: {left}"


@pytest.fixture(autouse=True)
def _no_qthread_left(monkeypatch):
    """Counts the worker's threads: Python does not list those that Qt started."""
    from desktop import worker

    started = []
    real = worker.Worker.__init__

    def counted(self, parent=None):
        real(self, parent)
        started.append(self)

    monkeypatch.setattr(worker.Worker, "__init__", counted)
    yield
    left = [w for w in started if w._thread.isRunning()]
    for one in left:
        one.stop()
    assert not left, "a worker was not stopped"


@pytest.fixture(autouse=True)
def _own_album(monkeypatch, tmp_path):
    """The index of the user's album is none of the tests' business."""
    monkeypatch.setenv("LIKENESS_ALBUMS", str(tmp_path / "album-index"))


@pytest.fixture
def photo(tmp_path):
    return paint_photo(tmp_path / "grandmother.jpg")


@pytest.fixture
def portrait(tmp_path):
    return paint_photo(tmp_path / "portrait.png")


@pytest.fixture
def shop():
    return FakeWorkshop()


@pytest.fixture
def window(qtbot, tmp_path, shop):
    file = SettingsFile(tmp_path / "settings.json")
    file.settings.theme = "light"
    file.settings.welcomed = True
    session = SessionFile(tmp_path / "session.json")
    studio = Studio(file.settings, session, make=lambda: shop)
    made = MainWindow(studio, file, tmp_path / "cache")
    qtbot.addWidget(made, before_close_func=lambda w: w.shut())
    made.show()
    with qtbot.waitSignal(studio.abilities_known):
        studio.start()
    return made


@pytest.fixture
def opened(qtbot, window, photo):
    """A window with a photograph whose faces are known."""
    window.open_paths([photo])
    qtbot.waitUntil(lambda: window.document is not None and window.document.searched)
    return window


@pytest.fixture
def restored(qtbot, opened):
    """A window with a result."""
    opened.studio.restore()
    qtbot.waitUntil(lambda: opened.document.restored is not None)
    return opened
