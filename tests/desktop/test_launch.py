from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent

from desktop import launch

QT_FREE = """
import sys
from desktop.launch import main
try:
    code = main(sys.argv[1:])
except SystemExit as end:
    code = end.code
assert not [name for name in sys.modules if name.startswith("PySide6")], "Qt was loaded"
sys.exit(code)
"""


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["--help"], False),
        (["restore", "a.jpg"], False),
        (["nonsense"], False),
        (["./album"], True),
        (["photo.jpg"], True),
        (["missing.jpg"], False),
        (["album"], False),
        (["-psn_0_1234"], True),
    ],
)
def test_what_opens_the_window(tmp_path, monkeypatch, arguments, window):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "album").mkdir()
    (tmp_path / "photo.jpg").write_bytes(b"x")
    assert launch.wants_window(arguments) is window


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [(["--version"], 0, "likeness "), (["models", "list"], 0, "embedder"), (["nonsense"], 2, "")],
)
def test_commands_run_without_qt(arguments, code, words):
    done = subprocess.run(
        [sys.executable, "-c", QT_FREE, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stderr
    assert words in done.stdout


def test_without_a_screen_a_sentence_is_said_and_nothing_crashes(monkeypatch, capsys):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert launch.main([]) == 1
    assert "no screen" in capsys.readouterr().err
    assert launch.no_screen({"DISPLAY": ":0"}, "linux") == ""
    assert launch.no_screen({}, "win32") == ""


def test_a_photo_that_the_system_opens_with_the_program_is_shown(qtbot, qapp, window, photo):
    qapp.window = window
    try:
        QCoreApplication.postEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(photo))))
        qtbot.waitUntil(lambda: window.document is not None)
        assert window.document.path == photo
    finally:
        qapp.window = None


def test_a_photo_that_comes_before_the_window_waits_for_it(qtbot, qapp, window, photo):
    QCoreApplication.postEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(photo))))
    qtbot.waitUntil(lambda: bool(qapp._waiting))
    assert window.document is None
    try:
        qapp.show(window, [])
        qtbot.waitUntil(lambda: window.document is not None)
    finally:
        qapp.window = None
        qapp._waiting.clear()
    assert window.document.path == photo
