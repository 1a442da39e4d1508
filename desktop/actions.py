"""Every command of the window, with its words and its key, described once."""
# ruff: noqa: E501  (a table reads best with one command a line)

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_KEY = QKeySequence.StandardKey


@dataclass(frozen=True)
class Command:
    """One command.

    Attributes:
        name: how the program calls it.
        menu: key of the menu it is in.
        text: words in the menu.
        keys: shortcuts, the shown one first.
        checkable: whether it is a switch.
        icon: name of an icon; empty for none.
    """

    name: str
    menu: str
    text: str
    keys: tuple[str | QKeySequence.StandardKey, ...] = ()
    checkable: bool = False
    icon: str = ""


MENUS = {
    "file": QT_TRANSLATE_NOOP("Actions", "&File"),
    "edit": QT_TRANSLATE_NOOP("Actions", "&Edit"),
    "view": QT_TRANSLATE_NOOP("Actions", "&View"),
    "faces": QT_TRANSLATE_NOOP("Actions", "F&aces"),
    "help": QT_TRANSLATE_NOOP("Actions", "&Help"),
}
COMMANDS = (
    Command("open", "file", QT_TRANSLATE_NOOP("Actions", "Open photo…"), (_KEY.Open,), icon="open"),
    Command("folder", "file", QT_TRANSLATE_NOOP("Actions", "Open folder…"), ("Ctrl+Shift+O",)),
    Command("save", "file", QT_TRANSLATE_NOOP("Actions", "Save"), (_KEY.Save,), icon="save"),
    Command("save_as", "file", QT_TRANSLATE_NOOP("Actions", "Save as…"), ("Ctrl+Shift+S",)),
    Command("reveal", "file", QT_TRANSLATE_NOOP("Actions", "Show the saved file in its folder"), ("Ctrl+E",)),
    Command("people", "file", QT_TRANSLATE_NOOP("Actions", "People…"), ("Ctrl+Shift+P",)),
    Command("repair", "file", QT_TRANSLATE_NOOP("Actions", "Repair a whole album…"), ("Ctrl+Shift+R",)),
    Command("preferences", "file", QT_TRANSLATE_NOOP("Actions", "Preferences…"), ("Ctrl+,",)),
    Command("quit", "file", QT_TRANSLATE_NOOP("Actions", "Quit"), ("Ctrl+Q",)),
    Command("undo", "edit", QT_TRANSLATE_NOOP("Actions", "Undo"), (_KEY.Undo,), icon="undo"),
    Command("redo", "edit", QT_TRANSLATE_NOOP("Actions", "Redo"), (_KEY.Redo,), icon="redo"),
    Command("paste", "edit", QT_TRANSLATE_NOOP("Actions", "Paste"), (_KEY.Paste,)),
    Command("zoom_in", "view", QT_TRANSLATE_NOOP("Actions", "Zoom in"), ("Ctrl++", "+", "="), icon="zoom-in"),
    Command("zoom_out", "view", QT_TRANSLATE_NOOP("Actions", "Zoom out"), ("Ctrl+-", "-"), icon="zoom-out"),
    Command("fit", "view", QT_TRANSLATE_NOOP("Actions", "Whole photo"), ("0", "Ctrl+0"), icon="fit"),
    Command("actual", "view", QT_TRANSLATE_NOOP("Actions", "Actual size"), ("1", "Ctrl+1"), icon="actual"),
    Command("after", "view", QT_TRANSLATE_NOOP("Actions", "Show the result"), ("R",), True, "after"),
    Command("divider", "view", QT_TRANSLATE_NOOP("Actions", "Compare with a divider"), ("D",), True, "divider"),
    Command("side", "view", QT_TRANSLATE_NOOP("Actions", "Compare side by side"), ("S",), True, "side"),
    Command("marks", "view", QT_TRANSLATE_NOOP("Actions", "Mark the faces"), ("M",), True, "faces"),
    Command("album", "view", QT_TRANSLATE_NOOP("Actions", "Album"), ("F9",), True),
    Command("next", "view", QT_TRANSLATE_NOOP("Actions", "Next photo"), ("Ctrl+Right", "Ctrl+PgDown")),
    Command("previous", "view", QT_TRANSLATE_NOOP("Actions", "Previous photo"), ("Ctrl+Left", "Ctrl+PgUp")),
    Command("restore", "faces", QT_TRANSLATE_NOOP("Actions", "Restore faces"), ("Ctrl+Return", "Ctrl+R")),
    Command("stop", "faces", QT_TRANSLATE_NOOP("Actions", "Stop"), ("Ctrl+.",)),
    Command("next_face", "faces", QT_TRANSLATE_NOOP("Actions", "Next face"), ("N",)),
    Command("previous_face", "faces", QT_TRANSLATE_NOOP("Actions", "Previous face"), ("Shift+N",)),
    Command("switch_face", "faces", QT_TRANSLATE_NOOP("Actions", "Switch this face on or off"), ("X",)),
    Command("invention", "faces", QT_TRANSLATE_NOOP("Actions", "What is invented here?"), ("I",)),
    Command("portrait", "faces", QT_TRANSLATE_NOOP("Actions", "Choose a portrait for this face…"), ("P",)),
    Command("add_face", "faces", QT_TRANSLATE_NOOP("Actions", "Add a face by hand"), ("A",), icon="add-face"),
    Command("shortcuts", "help", QT_TRANSLATE_NOOP("Actions", "Keyboard shortcuts"), ("F1", "?")),
    Command("tour", "help", QT_TRANSLATE_NOOP("Actions", "Short tour"), ()),
    Command("about", "help", QT_TRANSLATE_NOOP("Actions", "About Likeness"), ()),
)  # fmt: skip


def make(window: QWidget) -> dict[str, QAction]:
    """The commands as Qt's actions; connected by the window."""
    made = {}
    for command in COMMANDS:
        action = QAction(translated(command.text), window)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.setCheckable(command.checkable)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{action.text().rstrip('…')} ({keys})" if keys else action.text())
        window.addAction(action)
        made[command.name] = action
    made["quit"].setMenuRole(QAction.MenuRole.QuitRole)
    made["preferences"].setMenuRole(QAction.MenuRole.PreferencesRole)
    made["about"].setMenuRole(QAction.MenuRole.AboutRole)
    return made


def translated(text: str) -> str:
    """Words of a command or menu in the user's language."""
    return QCoreApplication.translate("Actions", text)
