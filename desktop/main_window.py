"""The main window: makes the parts, takes drops, and ends in good order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from desktop import actions, drops, layout, theme, wiring
from desktop.album_view import AlbumPanel
from desktop.errands import Errands, sample
from desktop.file_choice import FileChoice
from desktop.hand_work import HandWork
from desktop.notice import Notice
from desktop.people_search import PeopleSearch
from desktop.photo_area import PhotoArea
from desktop.presenter import Presenter
from desktop.repair_run import RepairRun
from desktop.restore_panel import RestorePanel
from desktop.thumbnails import Thumbnails
from desktop.welcome import Welcome

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent

    from desktop.document import Document
    from desktop.session import Session
    from desktop.settings import SettingsFile
    from desktop.studio import Studio


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
        self._ended = False
        self.actions_ = actions.make(self)
        self.thumbnails = Thumbnails(cache / "thumbnails", self)
        self.album = AlbumPanel(self.thumbnails)
        self.welcome = Welcome(sample=sample() is not None)
        self.area = PhotoArea(self.actions_)
        self.panel = RestorePanel()
        self.notice = Notice()
        centre = layout.Centre(self.notice, self.welcome, self.area)
        self.stack = centre.stack
        self.splitter = layout.side_by_side(self.album, centre, self.panel)
        self.setCentralWidget(self.splitter)
        self.setWindowTitle("Likeness")
        self.people = PeopleSearch(self.settings, studio.make, self)
        self.repair = RepairRun(studio.make, self)
        self.files = FileChoice(self)
        studio.reading.when_safe = self.files.when_safe
        self.presenter = Presenter(self)
        self.hand = HandWork(self)
        self.errands = Errands(self)
        wiring.connect(self)
        layout.fill_menus(self.menuBar(), self.actions_)
        self.album.set_recent(self.settings.recent)
        self.panel.advanced.set_device(self.settings.device)
        self.dress()
        self.presenter.refresh()
        self.setAcceptDrops(True)
        self.resize(1360, 860)
        self.restoreGeometry(QByteArray.fromHex(self.settings.geometry.encode()))

    @property
    def document(self) -> Document | None:
        """The open photograph."""
        return self.studio.document

    @property
    def chosen(self) -> int:
        """Index of the chosen face; -1 for none."""
        return self.presenter.chosen

    def choose_face(self, index: int) -> None:
        """Chooses a face; -1 for none."""
        self.presenter.choose_face(index)

    def dress(self) -> None:
        """Puts the theme on."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        chosen = theme.apply(application, self.settings.theme)
        self.welcome.set_colours(chosen)
        self.notice.set_colours(chosen)
        self.area.set_colours(chosen)

    def dress_tiles(self) -> None:
        """Puts the theme on faces that have just come."""
        self.area.set_colours(theme.colours(self.settings.theme))

    def tell(
        self,
        text: str,
        label: str = "",
        action: Callable[[], object] | None = None,
        *,
        keep: bool = False,
    ) -> None:
        """Shows a notice above the photograph; see `Notice.tell`."""
        self.notice.tell(text, label, action, keep=keep)

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Opens what the command line, a drop or the system names: a photograph or a folder."""
        if paths:
            path = drops.first(paths)
            self.files.open(path)
            if len(paths) > 1 and path.is_file():
                self.album.show_folder(path.absolute().parent)

    def offer_session(self) -> None:
        """Offers the work of a run that ended badly."""
        session = self.studio.session.read()
        if session is not None:
            self._offer(session)

    def _offer(self, session: Session, *, keep: bool = True) -> None:
        name = self.tr("a pasted picture") if session.pasted else session.photo.name
        words = self.tr("Likeness did not end well last time. Your work on %1 was kept.")
        self.tell(
            words.replace("%1", name),
            self.tr("Bring it back"),
            lambda: self._bring_back(session),
            keep=keep,
        )

    def _bring_back(self, session: Session) -> None:
        if self.files.unsaved:
            # Whoever calls the question off can still bring it back later.
            self._offer(session)

        def go() -> None:
            # Said again, it goes with the photograph that is left.
            self._offer(session, keep=False)
            self.studio.open(session.photo, session)

        self.files.when_safe(go)

    # ------------------------------------------------------------------ events
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files, folders and pictures are welcome."""
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
        """Asks about a repair and unsaved work, then ends everything that runs."""
        if not self._ended and not self.errands.may_quit():
            event.ignore()
            return
        if not self._ended and self.files.unsaved:
            event.ignore()
            self.files.when_safe(self._end)
            return
        self.shut()
        event.accept()

    def _end(self) -> None:
        self.shut()
        # Qt ignores a close inside a close.
        QTimer.singleShot(0, self.close)

    def shut(self) -> None:
        """Ends threads and forgets the session: the run ended well."""
        if self._ended:
            return
        self._ended = True
        self.settings.geometry = bytes(self.saveGeometry().toHex()).decode()
        self.file.save()
        self.people.stop()
        self.repair.stop()
        self.studio.stop()
        self.album.model.stop()
        self.thumbnails.stop()
        self.studio.session.end()
