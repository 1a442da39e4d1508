"""Every dialog, opened the way a user opens it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QLabel, QLineEdit

from desktop import problems
from desktop.about import About
from desktop.actions import COMMANDS
from desktop.preferences import Preferences
from desktop.save_dialog import SaveDialog
from desktop.shortcut_sheet import ShortcutSheet
from desktop.tour import Tour
from engine import photo as photos


def shown(window, kind):
    found = [d for d in window.findChildren(kind) if d.isVisible()]
    assert len(found) == 1
    return found[0]


def in_modal(kind, act):
    """Acts in the next modal dialog of a kind, as soon as it stands there."""

    def look():
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            act(dialog)
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(0, look)


def texts(dialog):
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def test_save_as_writes_the_chosen_format(qtbot, restored, tmp_path):
    restored.actions_["save_as"].trigger()
    dialog = shown(restored, SaveDialog)
    assert dialog.name.text() == "grandmother_likeness"
    assert dialog.quality.isEnabled()
    dialog.format.setCurrentIndex(dialog.format.findData(".png"))
    assert not dialog.quality.isEnabled(), "PNG loses nothing"
    dialog.name.clear()
    assert not dialog.save.isEnabled()
    QTest.keyClicks(dialog.name, "a:b")
    assert not dialog.save.isEnabled(), "Windows knows no such name"
    dialog.name.clear()
    QTest.keyClicks(dialog.name, "mother")
    with qtbot.waitSignal(restored.studio.saved) as caught:
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert caught.args[0] == tmp_path / "mother.png"
    assert photos.read(caught.args[0]).format == "PNG"


def test_save_as_says_when_a_name_is_taken(restored, photo):
    dialog = SaveDialog(photo, 90, deep=True)
    assert "gets a number" in texts(dialog)
    assert "16 bit" in dialog.format.itemText(1)
    dialog.name.setText("a" * 300)
    assert "never touched" in texts(dialog), "too long a name is taken by nobody"
    dialog.deleteLater()


def test_preferences_are_taken_at_once(qtbot, window, qapp):
    before = qapp.styleSheet()
    window.actions_["preferences"].trigger()
    dialog = shown(window, Preferences)
    dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
    dialog.note.setChecked(False)
    dialog.language.setCurrentIndex(dialog.language.findData("de"))
    assert "next start" in texts(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert (window.settings.theme, window.settings.note, window.settings.language) == (
        "dark", False, "de",
    )  # fmt: skip
    assert qapp.styleSheet() != before
    assert '"theme": "dark"' in window.file.path.read_text(encoding="utf-8")


def test_about_shows_models_licences_and_cards(qtbot, window):
    from engine.models.store import ModelStore

    window.studio._bench._workshop.models = ModelStore().entries
    window.actions_["about"].trigger()
    qtbot.waitUntil(lambda: bool([d for d in window.findChildren(About) if d.isVisible()]))
    dialog = shown(window, About)
    assert "leaves it" in texts(dialog)
    listed = dialog.models.toPlainText()
    for entry in ModelStore().entries():
        assert entry.title in listed
        assert entry.licence in listed
        dialog.models.anchorClicked.emit(QUrl(f"card:{entry.name}"))
        assert "Limits" in dialog.models.toPlainText()
        assert dialog.back.isVisible()
        dialog.back.click()
        assert dialog.models.toPlainText() == listed
    dialog.accept()


def test_the_shortcut_sheet_has_every_key(window):
    window.actions_["shortcuts"].trigger()
    sheet = shown(window, ShortcutSheet)
    words = texts(sheet)
    for command in COMMANDS:
        if command.keys:
            assert window.actions_[command.name].text().rstrip("…") in words
    sheet.accept()


def test_no_two_commands_share_a_key(window):
    keys = [k.toString() for a in window.actions_.values() for k in a.shortcuts()]
    assert len(keys) == len(set(keys))


def test_a_preset_gets_its_name_in_a_dialog(window):
    window.panel.strength.slider.setValue(30)

    def name(dialog):
        QTest.keyClicks(dialog.findChild(QLineEdit), "gentle")
        dialog.accept()

    in_modal(QInputDialog, name)
    window.panel.presets.ask_name()
    assert window.settings.preset("gentle").strength == pytest.approx(0.3)
    window.panel.presets._fill()
    assert next(a.text() for a in window.panel.presets.menu.actions()) == "gentle"


@pytest.mark.parametrize("command", ["open", "folder"])
def test_files_and_folders_are_chosen_in_a_dialog(qtbot, window, photo, monkeypatch, command):
    # The system's own dialog cannot be driven from here; Qt's stands in for it.
    option = QFileDialog.Option.DontUseNativeDialog

    def ask_file(parent, title, folder, pattern):
        assert "*.jpg" in pattern
        return QFileDialog.getOpenFileName(
            parent, title, str(photo.parent), pattern, options=option
        )

    def ask_folder(parent, title, folder):
        return QFileDialog.getExistingDirectory(parent, title, folder, option)

    fake = SimpleNamespace(getOpenFileName=ask_file, getExistingDirectory=ask_folder)
    monkeypatch.setattr("desktop.file_choice.QFileDialog", fake)
    wanted = photo if command == "open" else photo.parent

    def choose(dialog):
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        line.setText(str(wanted))
        dialog.accept()

    in_modal(QFileDialog, choose)
    window.actions_[command].trigger()
    if command == "open":
        qtbot.waitUntil(lambda: window.document is not None)
        assert window.document.path == photo
    qtbot.waitUntil(lambda: window.album.model.row_of(photo) == 0)
    assert Path(window.settings.last_folder) == photo.parent


def test_an_inner_error_says_that_the_photographs_are_untouched(qtbot, opened, shop, qapp):
    def broken(*_args, **_keywords):
        raise ZeroDivisionError("inside")

    shop.restorer.restore = broken
    opened.studio.restore()
    kind = problems.ProblemDialog
    qtbot.waitUntil(lambda: bool([d for d in opened.findChildren(kind) if d.isVisible()]))
    dialog = shown(opened, kind)
    assert "untouched" in dialog.message.text()
    QTest.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert "ZeroDivisionError: inside" in qapp.clipboard().text()
    assert "Likeness" in qapp.clipboard().text()
    assert not opened.studio.running
    dialog.accept()


def test_the_tour_has_three_steps_and_can_be_dismissed(qtbot, opened):
    opened.settings.welcomed = False
    opened.errands.first_tour()
    tour = shown(opened, Tour)
    seen = []
    for _ in range(3):
        seen.append(tour.title.text())
        inside = opened.rect().contains(tour.geometry())
        assert inside, tour.geometry()
        QTest.mouseClick(tour.next, Qt.MouseButton.LeftButton)
    assert len(set(seen)) == 3
    assert tour.isHidden()
    assert opened.settings.welcomed
    opened.errands.first_tour()
    assert not [t for t in opened.findChildren(Tour) if t.isVisible()]
    opened.actions_["tour"].trigger()
    again = shown(opened, Tour)
    QTest.keyClick(again, Qt.Key.Key_Escape)
    assert again.isHidden()


def test_notices_come_back_one_after_the_other(window):
    window.tell("kept", keep=True)
    window.tell("first")
    window.tell("second")
    window.tell("first")
    assert window.notice.text.text() == "first"
    window.notice.close_button.click()
    assert window.notice.text.text() == "second"
    window.notice.forget()
    assert window.notice.text.text() == "kept"
    window.notice.close_button.click()
    assert window.notice.isHidden()


def test_about_shows_the_licences_of_a_frozen_program(qtbot, tmp_path, monkeypatch):
    dialog = About([])
    qtbot.addWidget(dialog)
    assert dialog.licences.isHidden(), "a checkout packs no libraries"
    notices = tmp_path / "notices"
    notices.mkdir()
    (notices / "third-party-licences.txt").write_text("Qt: LGPL, (c) <The Qt Company>", "utf-8")
    monkeypatch.setattr("desktop.places.resources", lambda: tmp_path / "resources")
    dialog = About([])
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.licences.click()
    assert dialog.models.isVisible()
    assert dialog.models.toPlainText() == "Qt: LGPL, (c) <The Qt Company>"
    dialog.back.click()
    assert dialog.licences.isVisible()
