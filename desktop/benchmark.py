"""How the window keeps up: ``python -m desktop.benchmark heartbeat|album|start``.

Each prints one JSON document and ends with 1 where a goal is missed: the numbers are of the machine
at hand, so they belong in no test.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEventLoop, QTimer

from desktop import places
from desktop.application import Application
from desktop.main_window import MainWindow
from desktop.session import SessionFile
from desktop.settings import SettingsFile
from desktop.studio import Studio

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop.choices import Choices

_BEAT = 10
_MOST = 60.0
_PHOTOS = 10_000
_STEPS = 60
_STARTS = 3


def heartbeat(folder: Path) -> tuple[dict[str, float], bool]:
    """Beats of the window while faces are restored again and again."""
    window = _window(folder)
    sample = folder / "photo.jpg"
    shutil.copy(places.resources() / "samples" / "worn-1.jpg", sample)
    window.studio.start()
    window.open_paths([sample])
    _until(lambda: window.document is not None and window.document.searched)
    gaps: list[float] = []
    clock = QElapsedTimer()

    def beat() -> None:
        gaps.append(clock.nsecsElapsed() / 1e6 - _BEAT)
        clock.start()

    timer = QTimer(interval=_BEAT)
    timer.timeout.connect(beat)
    document = window.document
    assert document is not None
    runs = 0
    clock.start()
    timer.start()
    for tone in ("auto", "mono", "colour", "sepia") * 2:
        before = document.restored
        window.panel.chosen.emit(_with(document.choices, tone, runs), "", "")
        window.studio.restore()
        _until(lambda before=before: document.restored is not before)
        runs += 1
    timer.stop()
    # What is asked of the program: how far one run is from being stopped.
    window.panel.chosen.emit(_with(document.choices, "auto", 99), "", "")
    window.studio.restore()
    _until(lambda: window.studio.running)
    clock.start()
    window.studio.stop_restoring()
    _until(lambda: not window.studio.running)
    stopped = clock.elapsed()
    window.shut()
    gaps.sort()
    late = gaps[int(len(gaps) * 0.95)]
    numbers = {
        "runs": runs, "beats": len(gaps), "late_p95_ms": late, "late_most_ms": gaps[-1],
        "stopped_ms": stopped,
    }  # fmt: skip
    return numbers, late <= 50 and gaps[-1] <= 250 and stopped <= 1000


def album(folder: Path) -> tuple[dict[str, float], bool]:
    """A folder of 10,000 photographs: how soon it is there, and how long one step of it takes."""
    photos = folder / "photos"
    photos.mkdir()
    first = photos / "00000.jpg"
    shutil.copy(places.resources() / "samples" / "worn-2.jpg", first)
    for number in range(1, _PHOTOS):
        (photos / f"{number:05d}.jpg").hardlink_to(first)
    window = _window(folder)
    clock = QElapsedTimer()
    clock.start()
    window.open_paths([photos])
    _until(lambda: window.album.model.rowCount() == _PHOTOS)
    listed = clock.elapsed()
    bar = window.album.view.verticalScrollBar()
    _until(lambda: bar.maximum() > 0)
    frames = []
    for step in range(_STEPS):
        clock.start()
        bar.setValue(bar.maximum() * step // _STEPS)
        window.album.view.viewport().repaint()
        QCoreApplication.processEvents()
        frames.append(float(clock.nsecsElapsed() / 1e6))
    window.shut()
    frames.sort()
    numbers = {
        "listed_ms": listed, "frame_p95_ms": frames[int(_STEPS * 0.95)], "frame_most_ms": frames[-1]
    }  # fmt: skip
    return numbers, listed <= 2000 and frames[-1] <= 100


def start(folder: Path) -> tuple[dict[str, float], bool]:
    """From the start of the process to a window that answers; the best of three."""
    del folder
    code = (
        "import sys, time\n"
        "from PySide6.QtCore import QTimer\n"
        "from desktop.application import Application\n"
        "def drive(application):\n"
        "    QTimer.singleShot(0, application.quit)\n"
        "    Application.processEvents()\n"
        "    print(time.time())\n"
        "    application.window.shut()\n"
        "    return 0\n"
        "Application.exec = drive\n"
        "from desktop.launch import main\n"
        "main([])\n"
    )
    seconds = []
    for _ in range(_STARTS):
        before = time.time()
        done = subprocess.run(  # noqa: S603  (this very Python)
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        seconds.append(float(done.stdout.split()[0]) - before)
    return {"usable_s": min(seconds), "slowest_s": max(seconds)}, min(seconds) <= 1.5


def main(arguments: Sequence[str]) -> int:
    """Runs the named measurements, or all."""
    known = {"heartbeat": heartbeat, "album": album, "start": start}
    names = list(arguments) or list(known)
    if not set(names) <= set(known):
        print(f"choose from: {', '.join(known)}", file=sys.stderr)
        return 2
    application = Application(["likeness"])
    results, good = {}, True
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            numbers, reached = known[name](Path(folder))
        results[name] = {key: round(value, 3) for key, value in numbers.items()}
        results[name]["reached"] = reached
        good = good and reached
    print(json.dumps(results, indent=1))
    del application
    return 0 if good else 1


def _window(folder: Path) -> MainWindow:
    file = SettingsFile(folder / "settings.json")
    file.settings.welcomed = True
    studio = Studio(file.settings, SessionFile(folder / "session.json"))
    window = MainWindow(studio, file, folder / "cache")
    window.show()
    return window


def _with(choices: Choices, tone: str, seed: int) -> Choices:
    return replace(choices, tone=tone, seed=seed)


def _until(done: Callable[[], bool]) -> None:
    """Lets the window live until something is so."""
    end = time.monotonic() + _MOST
    while not done():
        assert time.monotonic() < end, "this takes too long"
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.001)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
