"""The main window: puts the parts together and lets them talk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, QRectF, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QActionGroup, QDesktopServices, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QMessageBox,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import actions, drops, places, problems, theme
from desktop.about import About
from desktop.album_view import AlbumPanel
from desktop.file_choice import FileChoice
from desktop.hand_work import HandWork
from desktop.notice import Notice
from desktop.photo_area import PhotoArea
from desktop.photo_view import Mode
from desktop.preferences import Preferences
from desktop.restore_panel import RestorePanel
from desktop.restyle import set_kind
from desktop.shortcut_sheet import ShortcutSheet
from desktop.thumbnails import Thumbnails
from desktop.welcome import Welcome

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent

    from desktop.document import Document
    from desktop.settings import SettingsFile
    from desktop.studio import Studio

_PANES = [236, 900, 320]


class MainWindow(QMainWindow):
    """The window of the program.

    Args:
        studio: does the work.
        file: the settings.
        cache: folder for thumbnails.
    """

    def __init__(self, studio: Studio, file: SettingsFile, cache: Path) -> None:
        super().__init__()
        self.studio, self.file = studio, file
        self.settings = file.settings
        self.chosen = -1
        self.actions_ = actions.make(self)
        self._add_undo()
        self.thumbnails = Thumbnails(cache / "thumbnails", self)
        self.album = AlbumPanel(self.thumbnails)
        self.welcome = Welcome(sample=self._sample() is not None)
        self.area = PhotoArea(self.actions_)
        self.panel = RestorePanel()
        self.notice = Notice()
        self.files = FileChoice(self)
        self.hand = HandWork(self)
        self._lay_out()
        self._connect()
        self._fill_menus()
        self.album.set_recent(self.settings.recent)
        self._refresh_presets()
        self.panel.advanced.set_device(self.settings.device)
        self.dress()
        self._refresh()
        self.setAcceptDrops(True)
        self.resize(1360, 860)
        self.restoreGeometry(QByteArray.fromHex(self.settings.geometry.encode()))

    # ------------------------------------------------------------------ making
    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        self.stack.addWidget(self.welcome)
        self.stack.addWidget(self.area)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(16, 8, 16, 8)
        top.addWidget(self.notice)
        self._top = QWidget()
        self._top.setLayout(top)
        self._top.hide()
        column.addWidget(self._top)
        column.addWidget(self.stack, 1)
        self.splitter = QSplitter()
        self.splitter.setHandleWidth(1)
        for widget in (self.album, centre, self.panel):
            self.splitter.addWidget(widget)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setCollapsible(1, False)
        self.splitter.setSizes(_PANES)
        self.setCentralWidget(self.splitter)
        self.setWindowTitle("Likeness")

    def _add_undo(self) -> None:
        for name, key, words in (
            ("undo", QKeySequence.StandardKey.Undo, self.tr("Undo")),
            ("redo", QKeySequence.StandardKey.Redo, self.tr("Redo")),
        ):
            action = QAction(words, self)
            action.setShortcut(QKeySequence(key))
            self.actions_[name] = action
            self.addAction(action)

    def _fill_menus(self) -> None:
        bar = self.menuBar()
        menus = {key: bar.addMenu(actions.translated(text)) for key, text in actions.MENUS.items()}
        for name in ("undo", "redo"):
            menus["edit"].addAction(self.actions_[name])
        for command in actions.COMMANDS:
            menus[command.menu].addAction(self.actions_[command.name])

    def _connect(self) -> None:
        do, studio, strip = self.actions_, self.studio, self.area.strip
        for name, function in {
            "open": self.files.open_photo,
            "folder": self.files.open_folder,
            "save": self.files.save,
            "save_as": self.files.save_as,
            "reveal": self._reveal,
            "preferences": self._preferences,
            "quit": self.close,
            "paste": self._paste,
            "undo": lambda: self.document and self.document.undo.undo(),
            "redo": lambda: self.document and self.document.undo.redo(),
            "zoom_in": self.area.view.zoom_in,
            "zoom_out": self.area.view.zoom_out,
            "fit": self.area.view.fit,
            "actual": self.area.view.actual_size,
            "next": lambda: self.album.step(1),
            "previous": lambda: self.album.step(-1),
            "restore": studio.restore,
            "stop": studio.stop_restoring,
            "next_face": lambda: self.hand.step(1),
            "previous_face": lambda: self.hand.step(-1),
            "switch_face": self.hand.toggle,
            "portrait": lambda: self.hand.ask_portrait(self.chosen),
            "add_face": self.area.view.picker.start,
            "shortcuts": lambda: ShortcutSheet(self.actions_, self).open(),
            "about": lambda: studio.list_models(lambda models: About(models, self).open()),
        }.items():
            do[name].triggered.connect(lambda _checked=False, function=function: function())
        group = QActionGroup(self)
        for mode in Mode:
            group.addAction(do[mode.value])
            do[mode.value].triggered.connect(lambda _on, mode=mode: self.area.view.set_mode(mode))
        do[self.area.view.mode.value].setChecked(True)
        do["marks"].setChecked(True)
        do["marks"].toggled.connect(self._mark)
        do["album"].setChecked(self.settings.album)
        do["album"].toggled.connect(self._show_album)
        self.album.setVisible(self.settings.album)
        self.welcome.open_asked.connect(self.files.open_photo)
        self.welcome.folder_asked.connect(self.files.open_folder)
        self.welcome.sample_asked.connect(self._open_sample)
        self.album.photo_chosen.connect(self.files.open)
        self.album.folder_asked.connect(self.files.open_folder)
        self.album.folder_chosen.connect(self.files.open)
        self.album.model.listed.connect(self._mark_album)
        self.panel.chosen.connect(self._choose)
        self.panel.restore_asked.connect(studio.restore)
        self.panel.stop_asked.connect(studio.stop_restoring)
        self.panel.advanced.device_changed.connect(self._set_device)
        self.panel.presets.save_asked.connect(self._save_preset)
        self.panel.presets.removed.connect(self._remove_preset)
        self.hand.connect_strip(strip)
        strip.add_asked.connect(do["add_face"].trigger)
        studio.abilities_known.connect(self.panel.set_abilities)
        studio.opening.connect(self._opening)
        studio.opened.connect(self._opened)
        studio.portraits_changed.connect(self._refresh)
        studio.running_changed.connect(self._running)
        studio.progressed.connect(self.panel.set_progress)
        studio.saved.connect(self._saved)
        studio.failed.connect(self._failed)
        studio.noticed.connect(self.tell)
        self.notice.installEventFilter(self)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.dress)
        self.area.view.installEventFilter(self)

    # ------------------------------------------------------------------ showing
    @property
    def document(self) -> Document | None:
        """The open photograph."""
        return self.studio.document

    def dress(self) -> None:
        """Puts the theme on."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        chosen = theme.apply(application, self.settings.theme)
        self.welcome.set_colours(chosen)
        self.notice.set_colours(chosen)
        self.area.set_colours(chosen)

    def tell(self, text: str, label: str = "", action: object = None) -> None:
        """Shows a notice above the photograph."""
        self.notice.tell(text, label, action)

    def _opening(self, name: str) -> None:
        self.panel.set_ready(False, self.tr("Opening %1…").replace("%1", name))

    def _opened(self) -> None:
        document = self.document
        assert document is not None
        self.notice.hide()
        self.chosen = -1
        self.actions_["marks"].setChecked(True)
        self.area.view.set_before(document.opened.picture)
        self.area.strip.set_searching()
        self.stack.setCurrentWidget(self.area)
        self.setWindowTitle(f"{document.name}[*] \N{EN DASH} Likeness")
        self._mark_album()
        document.changed.connect(self._refresh)
        document.faces_changed.connect(self._faces)
        document.restored_changed.connect(self._refresh)
        document.undo.indexChanged.connect(self._refresh)
        self.area.view.setFocus()
        self._refresh()

    def _faces(self) -> None:
        assert self.document is not None
        self.area.strip.set_faces(self.document)
        self.area.set_colours(theme.colours(self.settings.theme))
        self.chosen = min(self.chosen, len(self.area.strip.tiles) - 1)
        self._refresh()

    def _refresh(self) -> None:
        """Shows the document as it is now; the one place that decides what is enabled."""
        document, do = self.document, self.actions_
        restored = document.restored if document else None
        for name in ("zoom_in", "zoom_out", "fit", "actual", "marks"):
            do[name].setEnabled(document is not None)
        for name in ("after", "divider", "side", "save", "save_as"):
            do[name].setEnabled(restored is not None)
        self.area.hold.setEnabled(restored is not None)
        self.area.save.setEnabled(restored is not None)
        do["undo"].setEnabled(document is not None and document.undo.canUndo())
        do["redo"].setEnabled(document is not None and document.undo.canRedo())
        do["reveal"].setEnabled(document is not None and document.saved_path is not None)
        do["stop"].setEnabled(self.studio.running)
        searched = document is not None and document.searched
        do["add_face"].setEnabled(searched)
        for name in ("next_face", "previous_face"):
            do[name].setEnabled(searched and bool(self.area.strip.tiles))
        for name in ("switch_face", "portrait"):
            do[name].setEnabled(searched and self.chosen >= 0)
        if document is None:
            do["restore"].setEnabled(False)
            self.panel.set_ready(False, self.tr("Open a photo to begin."))
            return
        self.setWindowModified(document.unsaved)
        self.panel.set_choices(document.choices)
        self._show_faces(document)
        view = self.area.view
        if restored is None and view.after is not None:
            view.set_after(None)
        elif restored is not None and view.after is not restored.picture:
            if view.after is None:
                # The marks hide what is to be looked at; M brings them back.
                do["marks"].setChecked(False)
            view.set_after(restored.picture)
        count = sum(face.on for face in document.choices.faces)
        words = (
            self.tr("Looking for faces…")
            if not searched
            else self.tr("%n face(s) will be restored.", "", count)
            if count
            else self.tr("Switch a face on, or add one by hand.")
        )
        if restored is not None:
            words = self.tr("Changes show by themselves.")
        current = restored is not None and restored.choices == document.choices
        do["restore"].setEnabled(searched and bool(count))
        self.panel.set_ready(searched and bool(count), words)
        self.panel.set_current(current)
        set_kind(self.area.save, "primary" if document.unsaved else "")

    def _show_faces(self, document: Document) -> None:
        if not document.searched or len(self.area.strip.tiles) != len(document.choices.faces):
            return
        boxes = [QRectF(*(float(v) for v in face.box)) for face in document.faces]
        on = [face.on for face in document.choices.faces]
        self.area.view.set_faces(boxes, on, self.chosen)
        self.area.strip.refresh(document, self.studio.portraits, fidelity=self._uses_fidelity())
        self.area.strip.choose(self.chosen)

    def _uses_fidelity(self) -> bool:
        document, abilities = self.document, self.studio.abilities
        if document is None or abilities is None:
            return False
        key = document.choices.method or abilities.methods[0].key
        return any(info.uses_fidelity for info in abilities.methods if info.key == key)

    def _running(self, running: bool) -> None:
        self.panel.set_running(running)
        self._refresh()

    def _saved(self, path: Path) -> None:
        self.settings.visit(path.parent)
        self.tell(
            self.tr("Saved as %1").replace("%1", str(path)),
            self.tr("Open in folder"),
            self._reveal,
        )
        if self._closing:
            self._closing = False
            self.close()

    def _failed(self, error: Exception) -> None:
        self._closing = False
        self._refresh()
        if isinstance(error, problems.LikenessError):
            details = error.__cause__ is not None
            self.tell(
                problems.sentence(error),
                self.tr("Details") if details else "",
                (lambda: problems.show(error, self)) if details else None,
            )
        else:
            problems.show(error, self)

    # ------------------------------------------------------------------ doing
    def choose_face(self, index: int) -> None:
        """Chooses a face in the strip and in the photograph; -1 for none."""
        self.chosen = index
        self._refresh()

    def _choose(self, choices: object, words: str, kind: str) -> None:
        if self.document is not None:
            self.document.choose(choices, words, kind)
        else:
            self.panel.set_choices(choices)

    def _set_device(self, key: str) -> None:
        self.settings.device = key
        self.file.save()
        if self.studio.live:
            self.studio.restore()

    def _save_preset(self, name: str) -> None:
        if self.document is not None:
            self.settings.presets[name] = self.document.choices.settings()
            self._refresh_presets()

    def _remove_preset(self, name: str) -> None:
        self.settings.presets.pop(name, None)
        self._refresh_presets()

    def _refresh_presets(self) -> None:
        self.file.save()
        names = sorted(self.settings.presets, key=str.casefold)
        self.panel.presets.set_presets({name: self.settings.preset(name) for name in names})

    def _mark(self, on: bool) -> None:
        self.area.view.show_faces = on
        self.area.view.update()

    def _mark_album(self) -> None:
        self.album.mark(self.document.path if self.document else None)

    def _show_album(self, on: bool) -> None:
        self.album.setVisible(on)
        self.settings.album = on

    def _preferences(self) -> None:
        dialog = Preferences(self.settings, self)

        def taken() -> None:
            dialog.take()
            self.file.save()
            self.dress()

        dialog.accepted.connect(taken)
        dialog.open()

    def _paste(self) -> None:
        data = QGuiApplication.clipboard().mimeData()
        found = drops.paths(data)
        if found:
            self.files.open(found[0])
        elif data.hasImage():
            image = QGuiApplication.clipboard().image()
            self.files.when_safe(lambda: self.studio.paste(image))
        else:
            self.tell(self.tr("There is no picture in the clipboard."))

    def _reveal(self) -> None:
        path = self.document.saved_path if self.document else None
        if path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    @staticmethod
    def _sample() -> Path | None:
        folder = places.resources() / "samples"
        return next(iter(sorted(folder.glob("worn-*.jpg"))), None)

    def _open_sample(self) -> None:
        sample = self._sample()
        if sample is not None:
            self.files.open(sample)

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Opens what the command line, a drop or the system names: a photograph or a folder."""
        if paths:
            self.files.open(paths[0])
            if len(paths) > 1 and paths[0].is_file():
                self.album.show_folder(paths[0].parent)

    def offer_session(self) -> None:
        """Offers the work of a run that ended badly."""
        session = self.studio.session.read()
        if session is not None:
            self.tell(
                self.tr("Likeness did not end well last time. Your work on %1 was kept.").replace(
                    "%1", session.photo.name
                ),
                self.tr("Bring it back"),
                lambda: self.studio.open(session.photo, session),
            )

    # ------------------------------------------------------------------ events
    _closing = False
    _ended = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space is held to compare, wherever no text or button wants it."""
        kind = event.type()
        if watched is self.notice and kind in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            self._top.setVisible(kind == QEvent.Type.ShowToParent)
        if (
            watched is self.area.view
            and kind in {QEvent.Type.KeyPress, QEvent.Type.KeyRelease}
            and event.key() == Qt.Key.Key_Space
            and not event.isAutoRepeat()
        ):
            self.area.view.set_holding(kind == QEvent.Type.KeyPress)
            return True
        return False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders are welcome."""
        if drops.paths(event.mimeData()) or event.mimeData().hasImage():
            event.acceptProposedAction()
            self.welcome.set_dropping(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went elsewhere."""
        del event
        self.welcome.set_dropping(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Opens what was dropped."""
        self.welcome.set_dropping(False)
        found = drops.paths(event.mimeData())
        if found:
            event.acceptProposedAction()
            self.open_paths(found)
        elif event.mimeData().hasImage():
            event.acceptProposedAction()
            image = event.mimeData().imageData()
            self.files.when_safe(lambda: self.studio.paste(image))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Asks about unsaved work, then ends everything that runs."""
        if self._ended:
            event.accept()
            return
        answer = self.files.ask_unsaved()
        if answer is QMessageBox.StandardButton.Cancel:
            event.ignore()
            return
        if answer is QMessageBox.StandardButton.Save:
            self._closing = True
            event.ignore()
            QTimer.singleShot(0, self.files.save)
            return
        self.settings.geometry = bytes(self.saveGeometry().toHex()).decode()
        self.file.save()
        self.shut()
        event.accept()

    def shut(self) -> None:
        """Ends threads and forgets the session: the run ended well."""
        self._ended = True
        self.studio.stop()
        self.album.model.stop()
        self.thumbnails.stop()
        self.studio.session.clear()
