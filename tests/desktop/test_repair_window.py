"""The window for a whole album, with the bundled models and with a repair that waits."""

from __future__ import annotations

import os
import shutil
import sys
import threading

import pytest
from PySide6.QtCore import Qt
from repair_steps import an_album, opened
from test_real_engine import real  # noqa: F401  (a fixture)

from desktop import places
from desktop.person_settings import PersonSettings
from engine import photo as photos
from engine.album.people import People
from engine.album.repair import Repair
from engine.album.repair_run import RepairSettings
from engine.album.store import AlbumStore
from engine.errors import CancelledError
from engine.results import RestoreOptions
from tests.engine.album.album_fakes import add_photo, person_vectors


@pytest.fixture
def album(tmp_path):
    return an_album(tmp_path / "box")


def test_an_album_is_repaired_and_what_failed_is_tried_again(qtbot, real, album):  # noqa: F811
    dialog = opened(real, album)
    output = album.with_name("box (Likeness)")
    assert dialog.output.text() == str(output)
    originals = {path: path.read_bytes() for path in album.iterdir()}
    with qtbot.waitSignal(real.repair.ended, timeout=120_000):
        qtbot.mouseClick(dialog.start, Qt.MouseButton.LeftButton)
        assert not dialog._form.isEnabled()
        assert dialog.stop.isVisible()
    assert dialog.words.text() == "1 restored, 0 with nothing to do, 1 failed."
    assert (output / "worn_likeness.jpg").is_file()
    assert {path: path.read_bytes() for path in album.iterdir()} == originals
    assert dialog.report.isVisible()
    shutil.copy(album / "worn.jpg", album / "torn.jpg")
    with qtbot.waitSignal(real.repair.ended, timeout=120_000):
        qtbot.mouseClick(dialog.again, Qt.MouseButton.LeftButton)
    assert dialog.words.text() == "2 restored, 0 with nothing to do, 0 failed."
    assert dialog.again.isHidden()


def test_an_interrupted_repair_goes_on_as_it_was_begun(qtbot, real, album, tmp_path):  # noqa: F811
    output = tmp_path / "out"
    settings = RepairSettings(RestoreOptions(strength=0.5), references=False)
    with AlbumStore() as store, Repair(album, output, settings, store=store) as repair:
        assert repair.queue() == 2
    dialog = opened(real, album)
    dialog.output.setText(str(output))
    assert "interrupted" in dialog.words.text()
    assert dialog.start.text() == "Go on"
    assert dialog.form.values["strength"] == 0.5
    with qtbot.waitSignal(real.repair.ended, timeout=120_000):
        qtbot.mouseClick(dialog.start, Qt.MouseButton.LeftButton)
    assert dialog.words.text() == "1 restored, 0 with nothing to do, 1 failed."
    with AlbumStore() as store, Repair(album, output, store=store) as repair:
        assert repair.settings == settings
    assert dialog.start.text() == "Repair"
    assert dialog.form.values["strength"] == 0.5, "it shows what the results were made with"
    assert dialog.form.strength.isEnabled()


def test_a_person_has_settings_of_their_own(qtbot, real, album):  # noqa: F811
    (album / "torn.jpg").unlink()
    for name in ("worn-1", "portrait-1"):
        shutil.copy(places.resources() / "samples" / f"{name}.jpg", album)
    (album / "worn.jpg").unlink()
    dialog = opened(real, album)
    dialog.persons.click()
    (own,) = dialog.findChildren(PersonSettings)
    assert own.words.text() == "Nobody is known in this album yet."
    assert not own.own.isEnabled()
    with qtbot.waitSignal(real.people.found, timeout=120_000):
        qtbot.mouseClick(own.look, Qt.MouseButton.LeftButton)
    assert own.persons.count() == 1
    assert own.look.isHidden()
    assert not own.form.strength.isEnabled()
    qtbot.mouseClick(own.own, Qt.MouseButton.LeftButton)
    own.form.strength.slider.setValue(0)
    assert own.persons.item(0).text().endswith("Settings of their own")
    own.close_button.click()
    with AlbumStore() as store:
        (person,) = People(store).persons(album)
    assert person.settings == {"method": "", "fidelity": 0.5, "strength": 0.0}
    with qtbot.waitSignal(real.repair.ended, timeout=120_000):
        qtbot.mouseClick(dialog.start, Qt.MouseButton.LeftButton)
    assert dialog.words.text() == "2 restored, 0 with nothing to do, 0 failed."
    before = photos.read(album / "worn-1.jpg").preview8.astype(int)
    output = album.with_name("box (Likeness)")
    after = photos.read(output / "worn-1_likeness.jpg").preview8.astype(int)
    assert abs(before - after).mean() < 2, "at strength 0 only the coding changes"
    dialog.persons.click()
    own = dialog.findChildren(PersonSettings)[-1]
    own.form.strength.slider.setValue(100)
    own.close_button.click()
    with qtbot.waitSignal(real.repair.ended, timeout=120_000):
        qtbot.mouseClick(dialog.start, Qt.MouseButton.LeftButton)
    again = photos.read(output / "worn-1_likeness-2.jpg").preview8.astype(int)
    assert abs(before - again).mean() > abs(before - after).mean(), "she is asked for otherwise"
    assert photos.read(output / "worn-1_likeness.jpg").preview8.astype(int).sum() == after.sum()


def test_settings_of_a_person_are_taken_back_and_others_stay(window, album, tmp_path):
    with AlbumStore() as store:
        vectors = person_vectors(1, 2)
        for name, vector in zip(("worn.jpg", "torn.jpg"), vectors, strict=True):
            add_photo(store, album / name, vector[None])
        people = People(store)
        people.group()
        (person,) = people.persons(album)
        people.settings(person.id, {"grain": 0.9, "strength": 0.3})
    dialog = opened(window, album)
    dialog.form.show("rich", 0.2, 0.8)
    dialog.persons.click()
    (own,) = dialog.findChildren(PersonSettings)
    assert own.own.isChecked()
    assert own.form.values == {"method": "rich", "fidelity": 0.2, "strength": 0.3}
    own.form.fidelity.slider.setValue(70)

    def kept():
        with AlbumStore() as store:
            return People(store).persons(album)[0].settings

    assert kept() == {"method": "rich", "fidelity": 0.7, "strength": 0.3, "grain": 0.9}
    own.form.method.setCurrentIndex(own.form.method.findData("plain"))
    assert not own.form.fidelity.slider.isEnabled()
    own.own.click()
    assert kept() == {}
    assert own.form.values["strength"] == 0.8
    own.accept()


def test_it_can_be_stopped_while_people_are_looked_for(qtbot, window, album, monkeypatch):
    from desktop import album_work

    begun, levels = threading.Event(), []

    def slow(_restorer, _folder, job):
        if sys.platform == "linux":
            levels.extend(os.getpriority(os.PRIO_PROCESS, n) for n in (os.getpid(), 0))
        begun.set()
        assert job.cancel.wait(30)
        raise CancelledError

    monkeypatch.setattr(album_work, "look_for_people", slow)
    dialog = opened(window, album)
    qtbot.mouseClick(dialog.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(begun.is_set, timeout=30_000)
    if levels:
        own, worker = levels
        assert worker == min(own + 5, 19), "the window and other programs come first"
    assert not dialog.pause.isEnabled(), "nothing is being restored yet"
    qtbot.mouseClick(dialog.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.repair.running)
    assert dialog.start.isVisible()
    assert dialog.start.isEnabled()
    assert dialog._form.isEnabled()


def test_without_a_folder_nothing_can_be_begun(window, tmp_path):
    dialog = opened(window, tmp_path / "nowhere")
    assert not dialog.start.isEnabled()
    dialog.album.setText(str(tmp_path))
    assert dialog.start.isEnabled()
    dialog.output.setText(str(tmp_path / "mine"))
    dialog.album.clear()
    assert not dialog.start.isEnabled(), "no name is not the present folder"
    dialog.album.setText(str(tmp_path))
    dialog.output.clear()
    assert not dialog.start.isEnabled()


def test_only_a_suggested_output_follows_the_album(window, album, tmp_path):
    dialog = opened(window, album)
    other = tmp_path / "chest"
    other.mkdir()
    dialog.album.setText(str(other))
    assert dialog.output.text() == str(tmp_path / "chest (Likeness)")
    dialog.output.setText(str(tmp_path / "mine"))
    dialog.album.setText(str(album))
    assert dialog.output.text() == str(tmp_path / "mine")
    dialog.output.clear()
    dialog.album.setText(str(other))
    assert dialog.output.text() == str(tmp_path / "chest (Likeness)")


def test_a_name_that_is_too_long_is_only_no_folder(window, album, tmp_path):
    dialog = opened(window, album)
    dialog.album.setText(str(tmp_path / ("a" * 300)))
    assert not dialog.start.isEnabled()
    dialog.album.setText(str(album))
    dialog.output.setText(str(tmp_path / ("a" * 300)))
    assert dialog.words.text().startswith("The originals are only read.")


def test_a_problem_is_said_in_the_window(qtbot, window, album):
    dialog = opened(window, album)
    dialog.output.setText(str(album))
    qtbot.mouseClick(dialog.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "folder of their own" in dialog.words.text(), timeout=30_000)
    assert dialog.start.isVisible()
