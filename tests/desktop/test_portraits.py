"""What the window says of a portrait before it is used."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

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
