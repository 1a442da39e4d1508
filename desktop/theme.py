"""How the window looks: two calm palettes and one style sheet; nothing else names a colour."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QStyleFactory

from desktop import places

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@dataclass(frozen=True)
class Colours:
    """Colours by what they are for."""

    window: str
    panel: str
    field: str
    canvas: str
    line: str
    text: str
    quiet: str
    accent: str
    accent_hover: str
    on_accent: str
    chosen: str
    hover: str
    good: str
    warning: str
    bad: str


LIGHT = Colours(
    window="#f4f2ee",
    panel="#fbfaf8",
    field="#ffffff",
    canvas="#e8e5df",
    line="#dcd8d0",
    text="#23211e",
    quiet="#6a655d",
    accent="#1f6b5c",
    accent_hover="#185548",
    on_accent="#ffffff",
    chosen="#dcebe6",
    hover="#efece6",
    good="#1f6b5c",
    warning="#8a5a00",
    bad="#a3352c",
)
DARK = Colours(
    window="#191a1b",
    panel="#212325",
    field="#2a2d2f",
    canvas="#101112",
    line="#36393c",
    text="#ece9e4",
    quiet="#a5a29b",
    accent="#6fbfa9",
    accent_hover="#8ad2be",
    on_accent="#0d1f1a",
    chosen="#24403a",
    hover="#2d3032",
    good="#7fcbb6",
    warning="#e0b25c",
    bad="#ef8f83",
)

_SHEET = Template("""
QMainWindow, QDialog { background: $window; }
QToolTip { background: $panel; color: $text; border: 1px solid $line; padding: 6px; }
#panel, #strip, #header { background: $panel; }
#panel { border: none; }
#strip { border-top: 1px solid $line; }
#header { border-bottom: 1px solid $line; }
QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget { background: transparent; }
QLabel#title { font-weight: 600; }
QLabel#hero { font-weight: 600; }
QLabel#quiet, QLabel#value { color: $quiet; }
QLabel#good { color: $good; font-weight: 600; }
QLabel#warning { color: $warning; font-weight: 600; }
QLabel#bad { color: $bad; font-weight: 600; }
QPushButton, QToolButton {
  background: $field; color: $text; border: 1px solid $line; border-radius: 8px;
  padding: 7px 14px;
}
QToolButton { padding: 7px; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:focus, QToolButton:focus, QComboBox:focus, QSpinBox:focus, QLineEdit:focus,
QListView:focus { border: 1px solid $accent; outline: none; }
QPushButton:disabled, QToolButton:disabled { color: $quiet; background: $panel; }
QPushButton#primary {
  background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600;
  padding: 10px 18px;
}
QPushButton#primary:hover { background: $accent_hover; }
QPushButton#primary:focus { border: 2px solid $text; padding: 9px 17px; }
QPushButton#primary:disabled { background: $line; color: $quiet; border-color: $line; }
QPushButton#flat, QToolButton#flat { background: transparent; border: 1px solid transparent; }
QPushButton#flat { padding: 7px 4px; text-align: left; color: $quiet; }
QPushButton#flat:hover, QToolButton#flat:hover { background: $hover; }
QPushButton#flat:focus, QToolButton#flat:focus { border: 1px solid $accent; }
QToolButton#flat:checked { background: $chosen; color: $accent; }
QToolButton::menu-indicator { image: none; }
QFrame#tile { background: $field; border: 1px solid $line; border-radius: 12px; }
QFrame#tile[chosen="true"] { border: 2px solid $accent; }
QFrame#tile:focus { border: 2px solid $text; }
QFrame#tile[dropping="true"] { background: $chosen; border: 2px dashed $accent; }
QFrame#notice { background: $chosen; border-radius: 10px; }
QFrame#tour { background: $panel; border: 2px solid $accent; border-radius: 12px; }
QFrame#card { background: $field; border: 1px solid $line; border-radius: 10px; }
QFrame#card[chosen="true"] { border: 2px solid $accent; }
QFrame#line { background: $line; max-height: 1px; min-height: 1px; border: none; }
QFrame#dropzone { border: 2px dashed $line; border-radius: 20px; background: $panel; }
QFrame#dropzone[dropping="true"] { border-color: $accent; background: $chosen; }
QComboBox, QSpinBox, QLineEdit {
  background: $field; color: $text; border: 1px solid $line; border-radius: 8px;
  padding: 6px 10px; min-height: 20px; selection-background-color: $accent;
  selection-color: $on_accent;
}
QComboBox:disabled, QSpinBox:disabled, QLineEdit:disabled { color: $quiet; background: $panel; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow, QSpinBox::down-arrow { image: url("$arrows-down.svg"); width: 14px;
  height: 14px; }
QSpinBox::up-arrow { image: url("$arrows-up.svg"); width: 14px; height: 14px; }
QSpinBox::up-button, QSpinBox::down-button { border: none; background: transparent; width: 24px; }
QComboBox QAbstractItemView {
  background: $panel; color: $text; border: 1px solid $line; padding: 4px; outline: none;
  selection-background-color: $chosen; selection-color: $text;
}
QListView#album { background: $panel; border: 1px solid transparent; outline: none; }
QMenuBar { background: $panel; color: $text; border-bottom: 1px solid $line; padding: 2px 6px; }
QMenuBar::item { padding: 5px 10px; border-radius: 6px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $panel; color: $text; border: 1px solid $line; padding: 6px; }
QMenu::item { padding: 6px 26px 6px 22px; border-radius: 6px; }
QMenu::item:selected { background: $chosen; }
QMenu::item:disabled { color: $quiet; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
QProgressBar { background: $line; border: none; border-radius: 3px; max-height: 6px;
  min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSlider { min-height: 26px; }
QSlider::groove:horizontal { height: 4px; background: $line; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { width: 16px; height: 16px; margin: -7px 0; border-radius: 9px;
  background: $field; border: 1px solid $accent; }
QSlider::handle:horizontal:focus { border: 3px solid $accent; }
QSlider[rtl="true"]::sub-page:horizontal { background: $line; }
QSlider[rtl="true"]::add-page:horizontal { background: $accent; border-radius: 2px; }
QCheckBox, QRadioButton { spacing: 8px; }
QCheckBox::indicator, QRadioButton::indicator { width: 14px; height: 14px;
  border: 1px solid $quiet; background: $field; }
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent;
  image: url("$check.svg"); }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid $accent; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: $text; }
QSlider[rtl="true"]::add-page:horizontal:disabled,
QSlider::sub-page:horizontal:disabled { background: $line; }
QSlider::handle:horizontal:disabled { border-color: $line; background: $panel; }
QMessageBox, QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { width: 10px; background: transparent; margin: 0; }
QScrollBar:horizontal { height: 10px; background: transparent; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 4px; margin: 1px; min-width: 30px;
  min-height: 30px; }
QScrollBar::handle:hover { background: $quiet; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $line; }
QTextBrowser, QPlainTextEdit, QTableWidget { background: $field; color: $text;
  border: 1px solid $line; border-radius: 8px; padding: 8px; }
QStatusBar { background: $panel; color: $quiet; border-top: 1px solid $line; }
""")


def is_dark(theme: str) -> bool:
    """Whether a theme (``system``, ``light`` or ``dark``) means dark now."""
    if theme == "system":
        return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return theme == "dark"


def colours(theme: str) -> Colours:
    """The colours of a theme, now."""
    return DARK if is_dark(theme) else LIGHT


def apply(application: QApplication, theme: str) -> Colours:
    """Dresses the whole program."""
    chosen = colours(theme)
    kind = "dark" if chosen is DARK else "light"
    icons = (places.resources() / "icons").as_posix()
    files = {"arrows": f"{icons}/arrow-{kind}", "check": f"{icons}/check-{kind}"}
    sheet = _SHEET.substitute(asdict(chosen), **files)
    # Dressing every widget anew takes its time: only when something changed.
    if application.styleSheet() != sheet:
        application.setStyle(QStyleFactory.create("Fusion"))
        application.setPalette(_palette(chosen))
        application.setStyleSheet(sheet)
    return chosen


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for name, colour in (
        (role.Window, c.window),
        (role.WindowText, c.text),
        (role.Base, c.field),
        (role.AlternateBase, c.panel),
        (role.Text, c.text),
        (role.Button, c.field),
        (role.ButtonText, c.text),
        (role.ToolTipBase, c.panel),
        (role.ToolTipText, c.text),
        (role.PlaceholderText, c.quiet),
        (role.Highlight, c.accent),
        (role.HighlightedText, c.on_accent),
        (role.Link, c.accent),
        (role.Mid, c.line),
        (role.Dark, c.canvas),
    ):
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(c.quiet))
    return palette
