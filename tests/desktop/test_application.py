from __future__ import annotations

import ast
import os
import sys
import xml.etree.ElementTree as ET

import pytest
from PySide6.QtCore import QRunnable, QThread, QThreadPool, QTranslator

from desktop import application, places
from desktop.crash import CrashLog
from desktop.plugins import undo_opencv
from desktop.problems import ProblemDialog, sentence
from engine.errors import PhotoError

TEXTS = places.resources() / "translations"


def test_opencvs_plugins_are_forgotten(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM_PLUGIN_PATH", "/lib/python/site-packages/cv2/qt/plugins")
    monkeypatch.setenv("QT_QPA_FONTDIR", "/home/user/own/fonts")
    undo_opencv()
    assert "QT_QPA_PLATFORM_PLUGIN_PATH" not in os.environ
    assert os.environ["QT_QPA_FONTDIR"] == "/home/user/own/fonts"


@pytest.mark.parametrize("language", ["de", "zh_CN"])
def test_translations_are_complete(language):
    tree = ET.parse(TEXTS / f"likeness_{language}.ts")
    texts = list(tree.iter("message"))
    assert len(texts) > 200
    for message in texts:
        translation = message.find("translation")
        parts = [p.text for p in translation] if len(translation) else [translation.text]
        source = message.find("source").text
        assert all(parts), source
        assert translation.get("type") is None, source
        for place in ("%1", "%2", "%n"):
            assert all((place in part) == (place in source) for part in parts), source


@pytest.mark.parametrize("language", ["de", "zh_CN", "en"])
def test_compiled_translations_load(qapp, language):
    translator = QTranslator()
    assert translator.load(f"likeness_{language}", str(TEXTS))
    if language == "de":
        assert translator.translate("Welcome", "Drop a photo here") == "Ziehen Sie ein Foto hierher"


def test_every_text_of_the_program_is_in_the_translations():
    """Under the name of the class that says it: Qt looks nowhere else."""
    known = {
        (context.find("name").text, message.find("source").text)
        for context in ET.parse(TEXTS / "likeness_de.ts").iter("context")
        for message in context.iter("message")
    }
    for path in (places.resources().parent / "desktop").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for speaker in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
            for call in (node for node in ast.walk(speaker) if isinstance(node, ast.Call)):
                if getattr(call.func, "attr", "") == "tr":
                    said = (speaker.name, ast.literal_eval(call.args[0]))
                    assert said in known, path.name


def test_an_error_is_said_first_and_its_details_can_be_copied(qtbot, qapp):
    dialog = ProblemDialog(sentence(PhotoError("It is torn.")), "Traceback: here")
    qtbot.addWidget(dialog)
    dialog.copy.click()
    assert qapp.clipboard().text() == "It is torn.\n\nTraceback: here"
    assert dialog.details.isHidden()
    dialog.unfold.click()
    assert not dialog.details.isHidden()


def test_an_error_in_another_thread_is_shown_by_the_windows_thread(
    qtbot, window, tmp_path, monkeypatch
):
    class Broken(QRunnable):
        def run(self):
            raise ZeroDivisionError("inside")

    built = []
    real = ProblemDialog.__init__

    def noted(self, *args):
        built.append(QThread.currentThread())
        real(self, *args)

    monkeypatch.setattr(ProblemDialog, "__init__", noted)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    log = CrashLog(tmp_path / "crash.log")
    log.start()
    application._catch(window, log)
    pool, task = QThreadPool(), Broken()
    pool.start(task)
    qtbot.waitUntil(lambda: bool(window.findChildren(ProblemDialog)))
    assert pool.waitForDone()
    assert built == [window.thread()]
    (dialog,) = window.findChildren(ProblemDialog)
    assert "ZeroDivisionError: inside" in dialog.details.toPlainText()
    assert "ZeroDivisionError: inside" in log.path.read_text(encoding="utf-8")
    dialog.accept()
    log.stop()
