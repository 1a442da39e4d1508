"""Makes the pictures of the user guide from the public-domain samples.

Where LIKENESS_GUIDE_PICTURES names a folder, they are kept there:
``LIKENESS_GUIDE_PICTURES=docs/pictures pytest tests/desktop/test_guide_pictures.py``
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtGui import QImage
from window_steps import drop, settled

from desktop import places
from desktop.main_window import MainWindow
from desktop.people_window import PeopleWindow
from desktop.picture import pixels_of
from desktop.repair_window import RepairWindow
from desktop.session import SessionFile
from desktop.settings import SettingsFile
from desktop.studio import Studio
from engine.album.people import People
from engine.album.store import AlbumStore, stored_path

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "user-guide.md"


@pytest.fixture
def newcomer(qtbot, qapp, tmp_path):
    """The English window of somebody who opens it for the second time."""
    words = QTranslator()
    assert words.load("likeness_en", str(places.resources() / "translations"))
    qapp.installTranslator(words)
    file = SettingsFile(tmp_path / "settings.json")
    file.settings.theme = "light"
    file.settings.welcomed = True
    studio = Studio(file.settings, SessionFile(tmp_path / "session.json"))
    window = MainWindow(studio, file, tmp_path / "cache")
    qtbot.addWidget(window, before_close_func=lambda w: w.shut())
    window.resize(1180, 760)
    window.actions_["album"].setChecked(True)  # folded away where the test's screen is small
    window.show()
    with qtbot.waitSignal(studio.abilities_known, timeout=240_000):
        studio.start()
    yield window
    qapp.removeTranslator(words)


def keep(qtbot, window, name, tmp_path):
    """Takes the window's picture, under the name that the guide uses."""
    qtbot.wait(400)  # words that changed have their room then
    pages = (GUIDE, ROOT / "README.md")
    assert any(f"pictures/{name}.jpg" in page.read_text(encoding="utf-8") for page in pages)
    picture = window.grab().toImage()
    folder = Path(os.environ.get("LIKENESS_GUIDE_PICTURES", tmp_path))
    assert picture.convertToFormat(QImage.Format.Format_RGB888).save(
        str(folder / f"{name}.jpg"), "JPEG", 88
    )
    return pixels_of(picture)


def test_the_guide_shows_what_the_program_shows(qtbot, newcomer, tmp_path):
    album = tmp_path / "Album"
    album.mkdir()
    for number in (1, 2):
        sample = places.resources() / "samples" / f"worn-{number}.jpg"
        (album / f"{1990 - 40 * number}.jpg").write_bytes(sample.read_bytes())
    newcomer.open_paths([album / "1910.jpg"])
    qtbot.waitUntil(
        lambda: newcomer.document is not None and newcomer.document.searched, timeout=240_000
    )
    opened = keep(qtbot, newcomer, "opened", tmp_path)
    newcomer.actions_["marks"].setChecked(False)
    newcomer.studio.restore()
    qtbot.waitUntil(lambda: newcomer.document.restored is not None, timeout=240_000)
    newcomer.actions_["divider"].trigger()
    restored = keep(qtbot, newcomer, "restored", tmp_path)
    assert opened.shape == restored.shape
    assert (opened != restored).any()


def test_the_readme_shows_a_face_with_its_portrait(qtbot, newcomer, tmp_path):
    samples = tmp_path / "samples"
    shutil.copytree(places.resources() / "samples", samples, ignore=shutil.ignore_patterns("*.md"))
    newcomer.resize(1360, 860)
    newcomer.open_paths([samples / "worn-1.jpg"])
    qtbot.waitUntil(
        lambda: newcomer.document is not None and newcomer.document.searched, timeout=240_000
    )
    before = newcomer.grab().toImage()
    (tile,) = [t for t in newcomer.area.strip.tiles if t.isVisible()]
    assert drop(tile, samples / "portrait-1.jpg")
    qtbot.waitUntil(lambda: bool(newcomer.document.choices.faces), timeout=240_000)
    newcomer.studio.restore()
    settled(qtbot, newcomer, timeout=240_000)
    newcomer.actions_["divider"].trigger()
    newcomer.area.view.set_divider(0.35)  # beside the face
    shown = keep(qtbot, newcomer, "window", tmp_path)
    assert (shown != pixels_of(before)).any()
    (face,) = [f for f in newcomer.document.restored.result.faces if f.reference]
    assert face.method == "ented"


def test_the_guide_shows_the_windows_for_an_album(qtbot, newcomer, tmp_path):
    """A repair with suggested portraits and a person's own settings; then who was found."""
    album = tmp_path / "Album"
    album.mkdir()
    samples = places.resources() / "samples"
    for name in ("portrait-1", "portrait-2", "worn-1", "worn-2"):
        shutil.copy(samples / f"{name}.jpg", album)
    newcomer.open_paths([album / "worn-2.jpg"])
    qtbot.waitUntil(
        lambda: newcomer.document is not None and newcomer.document.searched, timeout=240_000
    )
    newcomer.actions_["repair"].trigger()
    (repair,) = newcomer.findChildren(RepairWindow)
    # A path that looks the same on every machine.
    repair.resize(820, repair.sizeHint().height())
    with qtbot.waitSignal(newcomer.repair.ended, timeout=240_000):
        repair.start.click()
    assert repair.words.text() == "4 restored, 0 with nothing to do, 0 failed."
    with AlbumStore() as store:
        people = People(store)
        assert [len(person.faces) for person in people.persons(album)] == [2, 2]
        path = stored_path(album / "portrait-2.jpg")
        (found,) = store.row(
            "SELECT person FROM faces JOIN files USING (photo) WHERE path = ?", path
        )
        people.name(found, "Grace")
    for field, folder in ((repair.album, "Album"), (repair.output, "Album (Likeness)")):
        field.blockSignals(True)
        field.setText(str(Path("Pictures") / folder))
        field.blockSignals(False)
    keep(qtbot, repair, "repair", tmp_path)
    repair.hide()
    newcomer.actions_["people"].trigger()
    (window,) = newcomer.findChildren(PeopleWindow)
    qtbot.waitUntil(lambda: len(window._pictures._memory) == 3)
    shown = keep(qtbot, window, "people", tmp_path)
    assert shown.std() > 30, "faces, not empty frames"
    window.reject()


def test_the_guide_names_only_pictures_that_are_there():
    text = GUIDE.read_text(encoding="utf-8")
    named = [part.split(")")[0] for part in text.split("](pictures/")[1:]]
    assert named
    for name in named:
        assert QImage(str(GUIDE.parent / "pictures" / name)).width() > 800
