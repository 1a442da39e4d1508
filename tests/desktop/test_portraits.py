"""What the window says of a portrait before it is used."""

from __future__ import annotations

import threading

import pytest
from desktop_fakes import paint_photo
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication
from window_steps import drop, settled

from desktop import places
from desktop.engine_words import translated
from engine.faces.reference_check import ReferenceCheck, Verdict

STRANGER = "'portrait.png' seems to show another person."


def given(qtbot, window, portrait, index=0):
    window.studio.read_portrait(portrait, index)
    qtbot.waitUntil(lambda: window.document.choices.faces[index].portrait == str(portrait))


def words(window):
    return window.area.strip.tiles[0].words.text()


def test_the_likeness_is_told_before_the_first_run(qtbot, opened, portrait):
    given(qtbot, opened, portrait)
    qtbot.waitUntil(lambda: "Likeness to the portrait: 0.55" in words(opened))
    assert opened.notice.isHidden(), "a good portrait needs no words"


def test_a_stranger_is_named_and_can_be_taken_back(qtbot, opened, portrait, shop):
    shop.restorer.judged = ReferenceCheck(Verdict.REFUSE, (STRANGER,), 0.02, 0.1)
    given(qtbot, opened, portrait)
    qtbot.waitUntil(lambda: opened.notice.text.text() == STRANGER)
    assert STRANGER in words(opened)
    opened.notice.button.click()
    assert opened.document.choices.faces[0].portrait == ""
    assert STRANGER not in words(opened)
    opened.actions_["undo"].trigger()
    assert STRANGER in words(opened), "who insists is still told"


def test_a_doubt_stays_on_the_tile_after_the_run(qtbot, restored, portrait, shop):
    doubt = "'portrait.png' is a little soft and lends little detail."
    shop.restorer.judged = ReferenceCheck(Verdict.WARN, (doubt,), 0.5, 0.4)
    given(qtbot, restored, portrait)
    qtbot.waitUntil(lambda: "0.30 → 0.50" in words(restored))
    assert doubt in words(restored)
    assert "Likeness to the portrait: 0.50" not in words(restored)


def test_each_pair_is_compared_once_and_a_changed_file_again(qtbot, opened, portrait, shop):
    given(qtbot, opened, portrait)
    qtbot.waitUntil(lambda: "0.55" in words(opened))
    opened.hand.switch(1, True)
    opened.panel.grain.slider.setValue(10)
    given(qtbot, opened, portrait, 1)
    qtbot.waitUntil(lambda: shop.restorer.checks == 3)


@pytest.mark.parametrize(
    ("text", "german"),
    [
        (STRANGER, "'portrait.png' zeigt anscheinend eine andere Person."),
        ("Face 2 of 5", "Gesicht 2 von 5"),
        ("Processor is out of memory; the processor went on in its place.", None),
        ("A sentence that nobody knows.", "A sentence that nobody knows."),
    ],
)
def test_sentences_with_names_in_them_are_translated(qapp, text, german):
    translator = QTranslator()
    assert translator.load("likeness_de", str(places.resources() / "translations"))
    QApplication.installTranslator(translator)
    try:
        said = translated(text)
        assert said == german if german else said.startswith("Prozessor: ")
    finally:
        QApplication.removeTranslator(translator)


def test_a_dropped_portrait_says_what_it_waits_for(qtbot, opened, portrait, shop):
    shop.restorer.blocked = True
    opened.studio.restore()
    qtbot.waitUntil(lambda: bool(shop.restorer.calls))
    drop(opened.area.strip.tiles[0], portrait)
    said = opened.panel.words.text()
    assert said == "portrait.png is read when this restoration has ended."
    shop.restorer.blocked = False
    qtbot.waitUntil(lambda: bool(opened.document.choices.faces[0].portrait))
    settled(qtbot, opened)
    assert opened.panel.words.text().startswith("Done in")


def test_a_portrait_that_cannot_be_used_is_waited_for_no_longer(qtbot, opened, tmp_path):
    drop(opened.area.strip.tiles[0], paint_photo(tmp_path / "small.png", 60, 60))
    assert opened.panel.words.text() == "Reading small.png…"
    qtbot.waitUntil(lambda: opened.panel.words.text() == "1 face(s) will be restored.")


@pytest.fixture
def slow_portraits(shop):
    """Portraits are read when the event is set."""
    real, go = shop.restorer.read_reference, threading.Event()

    def late(photo):
        assert go.wait(60)
        return real(photo)

    shop.restorer.read_reference = late
    yield go
    go.set()


def add_faces(qtbot, window, *places):
    for count, (x, y) in enumerate(places, 3):
        window.studio.add_face((x, y, 80, 80))
        qtbot.waitUntil(lambda count=count: len(window.document.choices.faces) == count)


def test_a_portrait_of_a_face_that_is_gone_is_nobodys(qtbot, opened, portrait, slow_portraits):
    add_faces(qtbot, opened, (300, 100))
    opened.studio.read_portrait(portrait, 2)
    opened.actions_["undo"].trigger()
    slow_portraits.set()
    qtbot.waitUntil(lambda: str(portrait) in opened.studio.portraits.read)
    assert [face.portrait for face in opened.document.choices.faces] == ["", ""]


def test_a_portrait_follows_its_face_to_another_place(qtbot, opened, portrait, slow_portraits):
    add_faces(qtbot, opened, (300, 100), (300, 250))
    opened.studio.read_portrait(portrait, 3)
    opened.area.strip.remove_asked.emit(2)
    slow_portraits.set()
    qtbot.waitUntil(lambda: str(portrait) in opened.studio.portraits.read)
    given = [face.portrait for face in opened.document.choices.faces]
    assert given == ["", "", str(portrait)]
