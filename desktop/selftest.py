"""The window's part of ``likeness selftest``: opens it without a screen and takes its picture.

Qt ends a process in which it cannot start, so the window has a process of its own. Nothing of Qt
is imported here before that process runs.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from desktop import places
from engine.errors import LikenessError

_PATIENCE = 180
_PICTURE, _WORDS = "window.png", "window.txt"


def check(folder: Path, platform: str = "offscreen") -> dict[str, Any]:
    """Opens the window on a bundled photograph.

    Args:
        folder: gets the picture of the window, and what Qt said.
        platform: one of Qt's.

    Returns:
        The picture's name and size, and Qt's version.

    Raises:
        LikenessError: the window did not open, or it stayed empty.
    """
    # Of this process, so that it goes even when the other one is killed.
    with tempfile.TemporaryDirectory(prefix="likeness-window-") as private:
        given = (folder, Path(private), platform)
        process = multiprocessing.get_context("spawn").Process(target=shoot, args=given)
        process.start()
        process.join(_PATIENCE)
        if process.is_alive():
            process.kill()
            process.join()
    words = _said(folder)
    if process.exitcode != 0 or not (folder / _PICTURE).exists():
        said = " ".join(words.split())[:600] or "Nothing more was said."
        raise LikenessError(
            f"The window did not open (code {process.exitcode}): {said}", code="window"
        )
    # The last line is the one that `shoot` wrote; before it is what Qt had to say.
    *warnings, told = words.strip().splitlines()
    width, height, colours, version = told.split()[1:]
    if int(colours) < 1000:
        raise LikenessError("The window stayed empty.", code="window")
    return {
        "picture": _PICTURE,
        "size": [int(width), int(height)],
        "qt": version,
        "warnings": warnings,
    }


def shoot(folder: Path, private: Path, platform: str) -> None:
    """Opens the window, waits until the faces are found, and writes its picture.

    The user's own settings, session, album index and thumbnails stay untouched.
    """
    os.environ["QT_QPA_PLATFORM"] = platform
    stream = (folder / _WORDS).open("w", encoding="utf-8", buffering=1)
    # What Qt's own code writes goes to the same file; window programs of Windows have no stream.
    with contextlib.suppress(OSError):
        os.dup2(stream.fileno(), 2)
    sys.stdout = sys.stderr = stream
    from PySide6.QtCore import QTimer, qVersion  # noqa: PLC0415  (in this process only)

    from desktop.application import Application  # noqa: PLC0415
    from desktop.main_window import MainWindow  # noqa: PLC0415
    from desktop.plugins import undo_opencv  # noqa: PLC0415
    from desktop.session import SessionFile  # noqa: PLC0415
    from desktop.settings import SettingsFile  # noqa: PLC0415
    from desktop.studio import Studio  # noqa: PLC0415

    os.environ["LIKENESS_ALBUMS"] = str(private)
    undo_opencv()
    application = Application(["likeness"])
    application.speak("en")
    file = SettingsFile(private / "settings.json")
    file.settings.welcomed = True
    file.settings.theme = "light"
    studio = Studio(file.settings, SessionFile(private / "session.json"))
    window = MainWindow(studio, file, private)
    problems: list[object] = []
    studio.failed.connect(problems.append)
    window.resize(1360, 860)
    window.show()
    studio.start()
    window.open_paths([places.resources() / "samples" / "worn-1.jpg"])

    def look() -> None:
        document = window.document
        if problems or (document is not None and document.searched):
            application.quit()

    timer = QTimer(interval=100)
    timer.timeout.connect(look)
    timer.start()
    QTimer.singleShot(_PATIENCE * 900, application.quit)
    application.exec()
    timer.stop()
    picture = window.grab().toImage()
    found = window.document is not None and bool(window.document.faces)
    window.shut()
    if problems:
        raise SystemExit(f"{problems[0]}")
    if not found:
        raise SystemExit("The face of the sample was not found.")
    picture.save(str(folder / _PICTURE))
    colours = len({picture.pixel(x, y) for x in range(0, picture.width(), 4)
                   for y in range(0, picture.height(), 4)})  # fmt: skip
    stream.write(f"\nwindow {picture.width()} {picture.height()} {colours} {qVersion()}\n")


def _said(folder: Path) -> str:
    try:
        return (folder / _WORDS).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
