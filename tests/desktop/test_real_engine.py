"""A newcomer's journey with the bundled models and a sample photograph."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop import places
from desktop.main_window import MainWindow
from desktop.session import SessionFile
from desktop.settings import SettingsFile
from desktop.studio import Studio


@pytest.fixture
def real(qtbot, tmp_path):
    file = SettingsFile(tmp_path / "settings.json")
    studio = Studio(file.settings, SessionFile(tmp_path / "session.json"))
    window = MainWindow(studio, file, tmp_path / "cache")
    qtbot.addWidget(window, before_close_func=lambda w: w.shut())
    window.show()
    with qtbot.waitSignal(studio.abilities_known, timeout=120_000):
        studio.start()
    return window


def test_a_sample_is_opened_restored_compared_and_saved(qtbot, real, tmp_path):
    sample = tmp_path / "worn.jpg"
    sample.write_bytes((places.resources() / "samples" / "worn-1.jpg").read_bytes())
    real.open_paths([sample])
    qtbot.waitUntil(lambda: real.document is not None and real.document.searched, timeout=120_000)
    assert real.area.strip.tiles, real.area.strip.title.text()
    qtbot.mouseClick(real.panel.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: real.document.restored is not None, timeout=120_000)
    face = real.document.restored.result.faces[0]
    assert face.status == "done"
    assert face.identity_to_input > 0.5
    portrait = places.resources() / "samples" / "portrait-1.jpg"
    real.studio.read_portrait(portrait, 0)
    qtbot.waitUntil(
        lambda: real.document.restored.result.faces[0].reference == "portrait-1.jpg",
        timeout=120_000,
    )
    before = sample.read_bytes()
    with qtbot.waitSignal(real.studio.saved, timeout=60_000) as caught:
        real.actions_["save"].trigger()
    assert caught.args[0].name == "worn_likeness.jpg"
    assert sample.read_bytes() == before
