"""Which signal of the window leads where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QActionGroup, QGuiApplication

from desktop.engine_words import translated
from desktop.photo_view import Mode

if TYPE_CHECKING:
    from desktop.main_window import MainWindow

#: Width of a screen in logical pixels under which the album stays folded at the start.
_NARROW = 1150


def connect(window: MainWindow) -> None:
    """Connects everything; called once, when all parts are there."""
    _commands(window)
    _switches(window)
    _parts(window)
    _studio(window)
    QGuiApplication.styleHints().colorSchemeChanged.connect(window.dress)


def _commands(window: MainWindow) -> None:
    files, view, hand = window.files, window.area.view, window.hand
    studio, album, errands = window.studio, window.album, window.errands
    for name, function in {
        "open": files.open_photo,
        "folder": files.open_folder,
        "save": files.save,
        "save_as": files.save_as,
        "reveal": errands.reveal,
        "people": errands.people,
        "repair": errands.repair,
        "preferences": errands.preferences,
        "quit": window.close,
        "undo": lambda: window.document and window.document.undo.undo(),
        "redo": lambda: window.document and window.document.undo.redo(),
        "paste": errands.paste,
        "zoom_in": view.zoom_in,
        "zoom_out": view.zoom_out,
        "fit": view.fit,
        "actual": view.actual_size,
        "next": lambda: album.step(1),
        "previous": lambda: album.step(-1),
        "restore": studio.restore,
        "stop": studio.stop_restoring,
        "next_face": lambda: hand.step(1),
        "previous_face": lambda: hand.step(-1),
        "switch_face": hand.toggle,
        "portrait": lambda: hand.ask_portrait(window.chosen),
        "invention": lambda: hand.show_invention(window.chosen),
        "add_face": view.pick_face,
        "shortcuts": errands.shortcuts,
        "tour": errands.tour,
        "about": errands.about,
    }.items():
        window.actions_[name].triggered.connect(lambda _on=False, function=function: function())


def _switches(window: MainWindow) -> None:
    do, view = window.actions_, window.area.view
    group = QActionGroup(window)
    for mode in Mode:
        group.addAction(do[mode.value])
        do[mode.value].triggered.connect(lambda _on, mode=mode: view.set_mode(mode))
    do[view.mode.value].setChecked(True)
    do["marks"].setChecked(True)
    do["marks"].toggled.connect(view.set_marks)
    # A narrow screen has no room for it; F9 shows it all the same.
    shown = window.settings.album and window.screen().availableSize().width() >= _NARROW
    do["album"].setChecked(shown)
    do["album"].toggled.connect(window.errands.show_album)
    window.album.setVisible(shown)


def _parts(window: MainWindow) -> None:
    files, panel, studio = window.files, window.panel, window.studio
    window.welcome.open_asked.connect(files.open_photo)
    window.welcome.folder_asked.connect(files.open_folder)
    window.welcome.sample_asked.connect(window.errands.open_sample)
    window.album.photo_chosen.connect(files.open)
    window.album.portrait_chosen.connect(window.hand.take_portrait)
    window.album.folder_asked.connect(files.open_folder)
    window.album.folder_chosen.connect(files.open)
    window.album.model.listed.connect(lambda _count: files.mark_album())
    _people(window)
    _repair(window)
    panel.chosen.connect(window.presenter.choose)
    panel.restore_asked.connect(studio.restore)
    panel.stop_asked.connect(studio.stop_restoring)
    panel.advanced.device_changed.connect(window.errands.set_device)
    window.hand.connect_strip(window.area.strip)
    window.area.strip.unfolded.connect(window.presenter.refresh)
    window.area.strip.add_asked.connect(window.actions_["add_face"].trigger)


def _people(window: MainWindow) -> None:
    bar, people, model = window.album.people, window.people, window.album.model
    bar.asked.connect(lambda: people.start(model.folder))
    bar.stop_asked.connect(people.cancel)
    people.running_changed.connect(lambda on: bar.set_running(running=on))
    people.progressed.connect(bar.set_progress)
    # Another folder may be open by now.
    people.found.connect(
        lambda report: bar.set_report(report) if people.folder == model.folder else None
    )
    people.found.connect(lambda _report: window.studio.suggestions.look(window.document))
    people.failed.connect(window.presenter.failed)


def _repair(window: MainWindow) -> None:
    window.repair.ended.connect(window.errands.repair_ended)
    window.repair.failed.connect(window.errands.repair_failed)


def _studio(window: MainWindow) -> None:
    studio, presenter = window.studio, window.presenter
    studio.abilities_known.connect(window.panel.set_abilities)
    studio.opening.connect(presenter.opening)
    studio.opened.connect(presenter.opened)
    studio.portraits.changed.connect(presenter.refresh)
    studio.suggestions.changed.connect(presenter.refresh)
    studio.portraits.refused.connect(presenter.refused)
    studio.running_changed.connect(presenter.running)
    studio.progressed.connect(presenter.progressed)
    studio.saved.connect(presenter.saved)
    studio.not_saved.connect(presenter.not_saved)
    studio.failed.connect(presenter.failed)
    studio.noticed.connect(lambda text: window.tell(translated(text)))
