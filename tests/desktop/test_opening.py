"""Opening another photograph: nothing is lost unasked, and nothing waits without a word."""

from __future__ import annotations

import threading

import pytest
from desktop_fakes import paint_photo
from PySide6.QtGui import QColor, QImage
from test_closing import BUTTON, answer  # noqa: F401  (a fixture)
from window_steps import drop, ready, settled

from desktop.choices import Choices
from desktop.session import Session


@pytest.fixture
def held(shop):
    """Makes a call of the engine end late: it has its answer, and waits for a word."""
    words = []

    def hold(name):
        real, begun, go = getattr(shop.restorer, name), threading.Event(), threading.Event()

        def late(*args, **keywords):
            answered = real(*args, **keywords)
            begun.set()
            assert go.wait(60)
            return answered

        setattr(shop.restorer, name, late)
        words.append(go)
        return begun, go

    yield hold
    for go in words:
        go.set()


@pytest.fixture
def other(tmp_path):
    return paint_photo(tmp_path / "other.png")


@pytest.fixture
def wrong(tmp_path):
    path = tmp_path / "wrong.jpg"
    path.write_bytes(b"nothing at all")
    return path


def paste(qtbot, window):
    image = QImage(640, 420, QImage.Format.Format_RGB32)
    image.fill(QColor(90, 120, 60))
    before = window.document
    window.studio.paste(image)
    qtbot.waitUntil(lambda: window.document is not before and window.document.searched)
    assert window.document.path is None


def copies(window):
    return list(window.studio.session.path.parent.glob("session.*.png"))


# ---------------------------------------------------------------- while the faces are looked for
def test_a_slider_moved_before_the_faces_are_known_can_be_undone(qtbot, window, photo, held):
    begun, go = held("find_faces")
    window.open_paths([photo])
    qtbot.waitUntil(begun.is_set)
    window.panel.grain.slider.setValue(80)
    go.set()
    ready(qtbot, window)
    window.hand.switch(1, True)
    document = window.document
    for _ in range(2):
        window.actions_["undo"].trigger()
    assert document.choices.grain == pytest.approx(0.5)
    assert [face.on for face in document.choices.faces] == [True, False]
    for _ in range(2):
        window.actions_["redo"].trigger()
    assert document.choices.grain == pytest.approx(0.8)
    assert [face.on for face in document.choices.faces] == [True, True]


def test_the_faces_are_looked_for_again_where_another_photo_did_not_open(
    qtbot, window, photo, wrong, held
):
    begun, go = held("find_faces")
    window.open_paths([photo])
    qtbot.waitUntil(begun.is_set)
    window.open_paths([wrong])
    go.set()
    ready(qtbot, window)
    assert window.document.path == photo
    assert len(window.area.strip.tiles) == 2


# ---------------------------------------------------------------- while faces are restored
def test_another_photo_does_not_wait_for_the_restoration(qtbot, opened, shop, other):
    shop.restorer.blocked = True
    opened.studio.restore()
    qtbot.waitUntil(lambda: bool(shop.restorer.calls))
    opened.open_paths([other])
    assert opened.panel.words.text() == "Opening other.png…"
    assert not opened.panel.button.isEnabled()
    assert not opened.studio.running
    ready(qtbot, opened)
    qtbot.waitUntil(lambda: opened.document.name == "other.png")


def test_a_restoration_goes_on_where_another_photo_did_not_open(qtbot, opened, shop, wrong):
    shop.restorer.blocked = True
    opened.studio.restore()
    qtbot.waitUntil(lambda: bool(shop.restorer.calls))
    opened.open_paths([wrong])
    shop.restorer.blocked = False
    settled(qtbot, opened)
    assert len(shop.restorer.calls) == 2
    assert "wrong.jpg" in opened.notice.text.text()
    assert opened.panel.words.text().startswith("Done in")


def test_a_result_that_comes_in_between_is_asked_about(qtbot, opened, other, held, answer):  # noqa: F811
    begun, go = held("restore")
    opened.studio.restore()
    qtbot.waitUntil(begun.is_set)
    asked = answer(BUTTON.Cancel)
    opened.open_paths([other])
    go.set()
    qtbot.waitUntil(lambda: bool(asked))
    qtbot.waitUntil(lambda: opened.panel.words.text().startswith("Done in"))
    assert opened.document.name == "grandmother.jpg"
    assert opened.document.unsaved
    answer(BUTTON.Discard)
    opened.open_paths([other])
    qtbot.waitUntil(lambda: opened.document.name == "other.png")
    assert len(asked) == 2, "what was asked about is given up"


# ---------------------------------------------------------------- what the photograph starts with
def test_what_is_chosen_before_there_is_a_photo_is_kept(qtbot, window, photo, other):
    window.panel.grain.slider.setValue(80)
    window.panel.cards[1].chosen.emit("rich")
    window.open_paths([photo])
    ready(qtbot, window)
    assert window.document.choices.method == "rich"
    assert window.document.choices.grain == pytest.approx(0.8)
    assert window.panel.grain.value == pytest.approx(0.8)
    window.open_paths([other])
    qtbot.waitUntil(lambda: window.document.path == other)
    fresh = Choices().settings()
    assert window.document.choices.settings() == fresh, "every other photograph starts afresh"


def test_of_several_dropped_files_the_first_photo_is_opened(qtbot, window, photo, portrait):
    notes = photo.with_name("notes.txt")
    notes.write_text("not a photograph")
    assert drop(window, notes, photo)
    ready(qtbot, window)
    assert window.document.path == photo
    assert drop(window.area.strip.tiles[0], notes, portrait)
    qtbot.waitUntil(lambda: window.document.choices.faces[0].portrait == str(portrait))


# ---------------------------------------------------------------- work that is brought back
def test_bringing_work_back_asks_about_what_is_unsaved(qtbot, restored, other, answer):  # noqa: F811
    restored.studio.session.write(Session(other, Choices(grain=0.2)))
    restored.offer_session()
    asked = answer(BUTTON.Cancel)
    restored.notice.button.click()
    qtbot.waitUntil(lambda: len(asked) == 1)
    assert restored.document.name == "grandmother.jpg"
    assert "Your work on other.png was kept." in restored.notice.text.text(), "still offered"
    answer(BUTTON.Discard)
    restored.notice.button.click()
    qtbot.waitUntil(lambda: restored.document.name == "other.png")
    assert restored.document.choices.grain == pytest.approx(0.2)
    assert restored.notice.isHidden()


def test_a_picture_pasted_over_a_photo_survives_a_crash(qtbot, opened):
    paste(qtbot, opened)
    opened.studio.keep_session()
    kept = opened.studio.session.read()
    assert kept is not None
    assert kept.pasted
    assert QImage(str(kept.photo)).pixelColor(5, 5) == QColor(90, 120, 60)


def test_a_pasted_picture_is_kept_after_its_result_was_saved(qtbot, window, tmp_path):
    paste(qtbot, window)
    window.studio.restore()
    qtbot.waitUntil(lambda: window.document.restored is not None)
    with qtbot.waitSignal(window.studio.saved):
        window.studio.save(tmp_path / "saved.png", 95)
    window.panel.grain.slider.setValue(70)
    window.studio.keep_session()
    kept = window.studio.session.read()
    assert kept is not None
    assert kept.choices.grain == pytest.approx(0.7)


def test_the_copy_of_a_pasted_picture_goes_with_the_picture(qtbot, window, photo):
    paste(qtbot, window)
    first = copies(window)
    assert len(first) == 1
    paste(qtbot, window)
    assert len(copies(window)) == 1
    assert copies(window) != first
    window.open_paths([photo])
    qtbot.waitUntil(lambda: window.document.path == photo)
    assert copies(window) == []
