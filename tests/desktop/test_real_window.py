"""The real program in a real window of an X server: the newcomer's journey, and a crash.

Needs Xvfb. ``LIKENESS_SCREENSHOTS`` names a folder to keep the pictures of the screen in.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 300

pytestmark = pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed")


@pytest.fixture(scope="module")
def screen():
    """Name of a display that nobody else uses."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "2880x1800x24", "-nolisten", "tcp"]
    server = subprocess.Popen(
        command, pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(write)
    with os.fdopen(read) as answer:
        number = answer.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait(10)


@pytest.fixture
def walk(screen, tmp_path):
    """Runs one journey in a home of its own; returns the finished process."""
    home = tmp_path / "home"

    def run(journey, folder, *, scale="1", theme="light", language="en", direction="ltr"):
        config = home / "config" / "Likeness"
        config.mkdir(parents=True, exist_ok=True)
        settings = {"version": 2, "theme": theme, "language": language}
        (config / "settings.json").write_text(json.dumps(settings))
        own = {
            "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_CACHE_HOME": str(home / "cache"), "XDG_STATE_HOME": str(home / "state"),
            "DISPLAY": screen, "QT_SCALE_FACTOR": scale, "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        others = {k: v for k, v in os.environ.items() if not k.startswith(("QT_", "XDG_"))}
        script = Path(__file__).with_name("newcomer.py")
        return subprocess.run(
            [sys.executable, "-W", "error", str(script), journey, str(folder), direction],
            env=others | own, capture_output=True, text=True, timeout=LONGEST, check=False,
        )  # fmt: skip

    return run


@pytest.mark.parametrize(
    ("scale", "theme", "language", "direction"),
    [
        ("1", "light", "en", "ltr"),
        ("1", "dark", "de", "ltr"),
        ("1.5", "light", "zh_CN", "ltr"),
        ("1.5", "dark", "en", "ltr"),
        ("2", "light", "de", "ltr"),
        ("2", "dark", "en", "rtl"),
    ],
)
def test_a_newcomer_restores_and_saves_a_face(walk, tmp_path, scale, theme, language, direction):
    kept = os.environ.get("LIKENESS_SCREENSHOTS")
    folder = Path(kept or tmp_path / "screen") / f"{scale}-{theme}-{language}-{direction}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    done = walk("journey", folder, scale=scale, theme=theme, language=language, direction=direction)
    assert done.returncode == 0, done.stderr
    assert len(list(folder.glob("*.png"))) >= 12
    saved = QImage(str(folder / "my first.jpg"))
    assert not saved.isNull()
    assert b"restored with Likeness" in (folder / "my first.jpg").read_bytes()


def test_work_and_report_are_there_after_a_crash(walk, tmp_path):
    assert walk("crash", tmp_path).returncode == -11
    done = walk("recover", tmp_path)
    assert done.returncode == 0, done.stderr
