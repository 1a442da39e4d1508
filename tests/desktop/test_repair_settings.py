"""With what the window repairs an album, and what it says of settings that come too late."""

from __future__ import annotations

import shutil
from types import SimpleNamespace

import pytest
from repair_steps import an_album, begun_with, opened, ordered

from engine.album.begun import begun
from engine.album.entries import State
from engine.album.repair_run import RepairSettings, RepairSummary
from engine.backends.devices import Device
from engine.results import RestoreOptions


@pytest.fixture
def album(tmp_path):
    return an_album(tmp_path / "box")


def test_what_an_interrupted_repair_is_done_with_is_shown_and_cannot_be_changed(
    window, album, tmp_path
):
    options = RestoreOptions(method="rich", strength=0.5, grain=0.9)
    begun_with(RepairSettings(options, references=False), album, tmp_path / "begun")
    dialog = opened(window, album)
    dialog.form.show("plain", 0.3, 0.8)
    dialog.output.setText(str(tmp_path / "begun"))
    assert dialog.words.text().endswith("It goes on with the settings that it was begun with.")
    locked = (dialog.form.method, dialog.form.fidelity, dialog.form.strength, dialog.references)
    assert not any(widget.isEnabled() for widget in locked)
    assert dialog.form.values == {"method": "rich", "fidelity": 0.5, "strength": 0.5}
    assert not dialog.references.isChecked()
    dialog.output.setText(str(tmp_path / "new"))
    assert all(widget.isEnabled() for widget in locked)
    assert dialog.form.values == {"method": "plain", "fidelity": 0.3, "strength": 0.8}
    assert dialog.references.isChecked()
    orders = ordered(window)
    dialog.start.click()
    assert orders[0].settings.options.grain == 0.5, "that of the panel, as before"


def test_the_repair_of_another_album_is_left_alone(window, album, tmp_path):
    other = tmp_path / "chest"
    shutil.copytree(album, other)
    begun_with(RepairSettings(), other, tmp_path / "begun")
    dialog = opened(window, album)
    dialog.output.setText(str(tmp_path / "begun"))
    assert not dialog.start.isEnabled()
    assert f"another album lies here: {other}." in dialog.words.text()
    assert dialog.form.strength.isEnabled()


def test_settings_that_come_too_late_are_told_and_a_new_folder_is_offered(
    qtbot, window, shop, album, tmp_path
):
    output = tmp_path / "box (Likeness)"
    settings = RepairSettings(RestoreOptions(method=""), references=False)
    begun_with(settings, album, output, finished=True)
    # Nothing is restored, but the engine opens the method all the same.
    shop.restorer.method = lambda _key: None
    shop.restorer.backend = SimpleNamespace(device=Device("cpu", "Processor", "", 2))
    dialog = opened(window, album)
    dialog.form.strength.slider.setValue(30)
    with qtbot.waitSignal(window.repair.ended, timeout=60_000):
        dialog.start.click()
    assert dialog.words.text() == (
        "2 photograph(s) were finished before with other settings and stay as they are; "
        "a new folder takes all of them."
    )
    assert begun(output).settings.options.strength == 1.0
    (tmp_path / "box (Likeness) 2").mkdir()
    dialog.elsewhere.click()
    assert dialog.output.text() == str(tmp_path / "box (Likeness) 3")
    assert not dialog.elsewhere.isVisible()
    assert dialog.form.values["strength"] == 0.3
    dialog.output.setText(str(output))
    dialog.form.strength.slider.setValue(100)
    dialog.references.setChecked(False)
    with qtbot.waitSignal(window.repair.ended, timeout=60_000):
        dialog.start.click()
    assert dialog.words.text() == "0 restored, 2 with nothing to do, 0 failed."
    assert not dialog.elsewhere.isVisible()


def test_what_came_of_a_run_belongs_to_its_folders(window, album, tmp_path):
    dialog = opened(window, album)
    counts = dict.fromkeys(State, 0) | {State.FAILED: 1}
    window.repair.ended.emit(RepairSummary(counts, "", tmp_path / "gone"))
    assert dialog.again.isVisible()
    dialog.output.setText(str(tmp_path / "other"))
    assert not dialog.again.isVisible(), "it would begin a repair there, with no settings"


def test_the_failed_are_tried_again_with_the_settings_that_are_shown(window, album, tmp_path):
    output = tmp_path / "box (Likeness)"
    begun_with(RepairSettings(RestoreOptions(strength=0.5)), album, output, finished=True)
    dialog = opened(window, album)
    counts = dict.fromkeys(State, 0) | {State.FAILED: 1}
    window.repair.ended.emit(RepairSummary(counts, "", tmp_path / "gone"))
    assert dialog.form.values["strength"] == 1.0
    orders = ordered(window)
    dialog.again.click()
    assert orders[0].settings is None
    assert orders[0].again
    assert dialog.form.values["strength"] == 0.5


def test_the_window_follows_device_grain_and_folder(qtbot, window, album, tmp_path):
    dialog = opened(window, album)
    dialog.close()
    window.settings.device = "cpu"
    window.panel.grain.slider.setValue(20)
    other = tmp_path / "chest"
    other.mkdir()
    with qtbot.waitSignal(window.album.model.listed):
        window.open_paths([other])
    window.actions_["repair"].trigger()
    assert dialog.album.text() == str(other)
    orders = ordered(window)
    dialog.start.click()
    assert orders[0].album == other
    assert orders[0].device == orders[0].settings.device == "cpu"
    assert orders[0].settings.options.grain == 0.2
    dialog.album.setText(str(album))
    window.actions_["repair"].trigger()
    assert dialog.album.text() == str(album), "what is typed here stays until a folder is opened"
