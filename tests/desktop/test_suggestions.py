"""The album's people in the window: looking for them, and portraits that it suggests."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

from PySide6.QtCore import Qt
from test_real_engine import real  # noqa: F401  (a fixture)

from desktop import places
from desktop.suggestion_box import SuggestionQuestion
from engine import photo as photos
from engine.album.references import suggest
from engine.album.store import AlbumStore
from engine.errors import CancelledError
from tests.engine.album.album_fakes import add_photo, person_vectors


def known_to_the_album(photo, portrait, likeness, place=0):
    """The index knows both pictures: the same person on the left of each."""
    worn, crisp = person_vectors(1, 2, likeness=likeness)
    stranger = person_vectors(2, 1)[0]
    with AlbumStore() as store:
        (face,) = add_photo(store, photo, worn[None], sharpness=0.2)
        others = add_photo(store, portrait, [stranger, crisp] if place else [crisp])
        for number, at in [(face, 0), *zip(others, (1, 0) if place else (0,), strict=True)]:
            x = (0.3, 0.7)[at] * 640 - 84
            store.run("UPDATE faces SET x = ?, y = 105, w = 168, h = 168 WHERE id = ?", x, number)
        return face, others[-1]


def open_known(qtbot, window, photo):
    window.open_paths([photo])
    qtbot.waitUntil(lambda: window.studio.suggestions.of(0) is not None, timeout=30_000)
    return window.area.strip.tiles[0]


def test_a_certain_portrait_is_taken_with_one_click(qtbot, window, photo, portrait):
    known_to_the_album(photo, portrait, 0.8)
    tile = open_known(qtbot, window, photo)
    assert tile.suggestion.isVisible()
    assert tile.reason.isVisible()
    assert tile.reason.text().startswith("Certainly the same person (0.80), crisp")
    assert not window.area.strip.tiles[1].suggestion.isVisible()
    qtbot.mouseClick(tile.suggestion, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.document.choices.faces[0].portrait == str(portrait))
    assert not tile.suggestion.isVisible()
    assert not tile.reason.isVisible()
    window.actions_["undo"].trigger()
    assert window.document.choices.faces[0].portrait == ""


def test_a_doubtful_portrait_is_asked_about_and_a_no_is_remembered(qtbot, window, photo, portrait):
    face, _ = known_to_the_album(photo, portrait, 0.46)
    tile = open_known(qtbot, window, photo)
    tile.menu.suggested.trigger()
    (question,) = window.findChildren(SuggestionQuestion)
    assert not window.document.choices.faces[0].portrait, "it asks first"
    assert "same person" in question.reason.text()
    qtbot.mouseClick(question.no, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.studio.suggestions.of(0) is None)
    assert not tile.suggestion.isVisible()
    with AlbumStore() as store:
        assert suggest(store, face) == []


def test_a_doubtful_portrait_is_taken_after_a_yes(qtbot, window, photo, portrait):
    face, other = known_to_the_album(photo, portrait, 0.46)
    tile = open_known(qtbot, window, photo)
    qtbot.mouseClick(tile.suggestion, Qt.MouseButton.LeftButton)
    (question,) = window.findChildren(SuggestionQuestion)
    qtbot.mouseClick(question.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.document.choices.faces[0].portrait == str(portrait))
    with AlbumStore() as store:
        assert suggest(store, face)[0].portrait == other
        assert suggest(store, face)[0].accepted


def test_a_face_that_is_not_the_largest_is_cut_out(qtbot, window, shop, photo, portrait):
    known_to_the_album(photo, portrait, 0.8)
    with AlbumStore() as store:  # the person stands where the finder's second face is
        store.run("UPDATE faces SET x = 364 WHERE sharpness > 0.5")
    whole = shop.restorer.find_faces

    def find(photo):
        faces = whole(photo)
        # In a cut-out there is one face, in its middle.
        if photo.path is None and faces:
            return [type(faces[0])(faces[0].box * 0 + middle(photo), faces[0].landmarks, 0.9)]
        return faces

    shop.restorer.find_faces = find
    tile = open_known(qtbot, window, photo)
    qtbot.mouseClick(tile.suggestion, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.document.choices.faces[0].portrait != "")
    taken = window.document.choices.faces[0].portrait
    assert taken != str(portrait)
    assert "album-index" in taken
    cut, original = photos.read(Path(taken)), photos.read(portrait)
    left, top = int(364 - 0.6 * 168), int(105 - 0.6 * 168)
    piece = original.pixels[top : top + cut.height, left : left + cut.width]
    assert (cut.pixels == piece).all()


def middle(photo):
    return (100, 100, 168, 168)


def test_looking_for_people_can_be_stopped(qtbot, window, photo, monkeypatch):
    from desktop import album_work

    begun = threading.Event()

    def slow(_restorer, _folder, job):
        job.tell(0.5, "grandmother.jpg")
        begun.set()
        assert job.cancel.wait(10)
        raise CancelledError

    monkeypatch.setattr(album_work, "look_for_people", slow)
    window.open_paths([photo.parent])
    bar = window.album.people
    qtbot.waitUntil(bar.isVisible)
    qtbot.mouseClick(bar.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bar.words.text() == "grandmother.jpg")
    assert bar.progress.value() == 500
    # The photograph goes on meanwhile.
    window.open_paths([photo])
    qtbot.waitUntil(lambda: window.document is not None and window.document.searched)
    assert window.people.running
    qtbot.mouseClick(bar.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.people.running)
    assert bar.button.text() == "Look for people"
    assert bar.progress.isHidden()


def test_the_real_album_suggests_and_lends_a_portrait(qtbot, real, tmp_path):  # noqa: F811
    album = tmp_path / "album"
    album.mkdir()
    samples = places.resources() / "samples"
    for name in ("worn-1.jpg", "portrait-1.jpg"):
        shutil.copy(samples / name, album / name)
    real.open_paths([album])
    qtbot.waitUntil(real.album.people.isVisible)
    real.open_paths([album / "worn-1.jpg"])
    qtbot.waitUntil(lambda: real.document is not None and real.document.searched, timeout=60_000)
    with qtbot.waitSignal(real.people.found, timeout=120_000):
        real.album.people.button.click()
    qtbot.waitUntil(lambda: real.studio.suggestions.of(0) is not None, timeout=30_000)
    suggested = real.studio.suggestions.of(0)
    assert suggested.suggestion.path == album / "portrait-1.jpg"
    assert suggested.thumbnail[:2] == b"\xff\xd8"
    real.hand.accept_suggestion(0)
    for question in real.findChildren(SuggestionQuestion):
        question.yes.click()
    wanted = str(album / "portrait-1.jpg")
    qtbot.waitUntil(lambda: real.document.choices.faces[0].portrait == wanted, timeout=30_000)
