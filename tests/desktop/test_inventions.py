"""What the window says of what was invented: the fakes' map, then the real method's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from test_real_engine import real  # noqa: F401  (a fixture)
from window_steps import settled

from desktop import places
from desktop.invention_dialog import InventionDialog


@pytest.fixture
def vivid(qtbot, opened):
    """Restored by the method that leaves something to chance, with the first face chosen."""
    opened.presenter.choose(replace(opened.document.choices, method="rich"), "Method", "")
    opened.actions_["restore"].trigger()
    settled(qtbot, opened)
    opened.choose_face(0)
    return opened


def only_dialog(window):
    (dialog,) = window.findChildren(InventionDialog)
    return dialog


def test_a_method_that_leaves_nothing_to_chance_is_not_asked(qtbot, opened):
    assert not opened.actions_["invention"].isEnabled()
    opened.actions_["restore"].trigger()
    settled(qtbot, opened)
    opened.choose_face(0)
    assert not opened.actions_["invention"].isEnabled()
    assert not opened.area.strip.tiles[0].menu.invention.isVisible()


def test_the_map_is_shown_beside_the_face(qtbot, vivid):
    first, second = vivid.area.strip.tiles
    assert first.menu.invention.isVisible()
    assert not second.menu.invention.isVisible(), "it was not restored"
    first.menu.invention.trigger()
    dialog = only_dialog(vivid)
    qtbot.waitUntil(dialog.pictures.isVisible)
    assert not dialog.progress.isVisible()
    assert dialog.words.isVisible()
    shown = dialog.map.pixmap().toImage()
    invented, told = (shown.pixelColor(x, shown.height() // 2) for x in (5, shown.width() - 6))
    assert invented.red() > 1.5 * invented.blue()
    assert told.red() == told.blue()


def test_closing_stops_the_work(qtbot, vivid, shop):
    shop.restorer.blocked = True
    vivid.actions_["invention"].trigger()
    qtbot.waitUntil(lambda: shop.restorer.calls[-1][1].uncertainty > 0)
    dialog = only_dialog(vivid)
    assert dialog.progress.isVisible()
    dialog.reject()
    qtbot.waitUntil(lambda: not vivid.studio.worker.busy("invention"))
    shop.restorer.blocked = False
    assert vivid.document.restored is not None


def test_a_failure_is_told_and_closes_the_dialog(qtbot, vivid, shop, monkeypatch):
    broken = "The device stopped in the middle of a run; try again."
    monkeypatch.setattr(shop.restorer, "broken", broken)
    vivid.actions_["invention"].trigger()
    dialog = only_dialog(vivid)
    with qtbot.waitSignal(dialog.finished):
        pass
    qtbot.waitUntil(lambda: vivid.notice.text.text() == broken)


def test_the_real_method_tells_what_it_invented(qtbot, real, tmp_path):  # noqa: F811
    sample = tmp_path / "worn.jpg"
    sample.write_bytes((places.resources() / "samples" / "worn-1.jpg").read_bytes())
    real.open_paths([sample])
    qtbot.waitUntil(lambda: real.document is not None and real.document.searched, timeout=120_000)
    real.presenter.choose(replace(real.document.choices, method="clr-face-fast"), "Method", "")
    qtbot.mouseClick(real.panel.button, Qt.MouseButton.LeftButton)
    settled(qtbot, real, 120_000)
    real.choose_face(0)
    real.actions_["invention"].trigger()
    dialog = only_dialog(real)
    qtbot.waitUntil(dialog.pictures.isVisible, timeout=120_000)
    picture = dialog.map.pixmap().toImage()
    middle = [picture.pixelColor(x, picture.height() // 2) for x in range(0, picture.width(), 4)]
    warm = np.array([c.red() - c.blue() for c in middle])
    assert warm.max() > 20, "somewhere it is invented"
    assert warm.min() < warm.max() / 2, "and elsewhere less"
    dialog.accept()
