"""The work behind the window: opens, finds, restores and saves; shows nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.bench import Bench, new_workshop
from desktop.choices import Choices
from desktop.document import Document
from desktop.inventions import Inventions
from desktop.note import note_of
from desktop.portraits import Portraits
from desktop.reading import Reading
from desktop.records import Request
from desktop.session import Session, SessionFile
from desktop.suggestions import Suggestions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from PySide6.QtGui import QImage

    from desktop.records import Abilities, Opened, Restored
    from desktop.settings import Settings
    from desktop.workshop import Workshop

_DEBOUNCE = 180
_AUTOSAVE = 700


class Studio(QObject):
    """Owns the worker and the open document.

    Signals:
        abilities_known: methods and devices.
        opening: name of the photograph that is being read; empty when that ended.
        opened: there is another document (`document`).
        face_added: index of a face that was added by hand.
        running_changed: a restoration began or ended.
        progressed: share and words of the restoration.
        saved: path of the new file.
        not_saved: an exception for the user; another folder may do.
        failed: any other exception for the user.
        noticed: a sentence for the user.

    Attributes:
        prepared: what was chosen before there is a photograph; the first one starts with it.
        reading: opens photographs.
    """

    abilities_known = Signal(object)
    opening = Signal(str)
    opened = Signal()
    face_added = Signal(int)
    running_changed = Signal(bool)
    progressed = Signal(float, str)
    saved = Signal(object)
    not_saved = Signal(object)
    failed = Signal(object)
    noticed = Signal(str)

    def __init__(
        self,
        settings: Settings,
        session: SessionFile,
        make: Callable[[], Workshop] = new_workshop,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.settings = settings
        self.session = session
        self.document: Document | None = None
        self.abilities: Abilities | None = None
        self.running = False
        #: After the first restoration every change of a choice restores again.
        self.live = False
        self.prepared = Choices()
        self._remembered: dict[Path, Choices] = {}
        self._told: set[str] = set()
        self.make = make
        self._bench = Bench(make, self)
        self._bench.failed.connect(self.failed)
        self.worker = self._bench.worker
        self.reading = Reading(self._bench, self)
        self.reading.changed.connect(self.opening)
        self.portraits = Portraits(self._bench, settings, self)
        self.inventions = Inventions(self._bench, settings, self)
        self.suggestions = Suggestions(self._bench, settings, self)
        self.suggestions.accepted.connect(lambda index, path: self.read_portrait(path, index))
        self._soon = QTimer(self, singleShot=True, interval=_DEBOUNCE)
        self._soon.timeout.connect(self.restore)
        self._autosave = QTimer(self, singleShot=True, interval=_AUTOSAVE)
        self._autosave.timeout.connect(self.keep_session)

    def start(self) -> None:
        """Loads the engine, in the background."""
        self._bench.run("abilities", lambda shop, _job: shop.abilities(), self._know)

    def stop(self) -> None:
        """Ends the worker; what is running is given up."""
        self._soon.stop()
        self._autosave.stop()
        self.worker.stop()
        if self.document is not None:
            self.document.close()

    # ------------------------------------------------------------------ opening
    def open(self, path: Path, session: Session | None = None) -> None:
        """Opens a photograph; one from a session with its choices."""
        self.reading.open(path, session)

    def paste(self, image: QImage) -> None:
        """Opens a picture from the clipboard."""
        self.reading.paste(image, self.tr("Pasted picture"), self.session.new_copy())

    def take(self, opened: Opened, session: Session | None, copy: Path | None) -> None:
        """Makes a photograph the open one; see `Document` for the copy."""
        self._leave(copy)
        path = opened.photo.path
        choices = session.choices if session else self._remembered.get(path, self.prepared)
        self.prepared = Choices()
        document = Document(opened, choices, self, copy=copy)
        document.changed.connect(self._changed)
        self.document = document
        self.live = session is not None and session.restored
        if session is not None:
            self._autosave.start()
        self.opened.emit()
        self._tell(opened.photo.warnings)
        self.portraits.restore(document)
        self.find(document)

    def _leave(self, copy: Path | None) -> None:
        """Forgets the document that was open, but for its choices, and its copy but for this."""
        self._soon.stop()
        for lane in ("find", "restore"):
            self.worker.supersede(lane)
        self._set_running(False)
        self._autosave.stop()
        self._told.clear()
        self.portraits.forget()
        self.suggestions.forget()
        self.inventions.forget()
        if self.document is not None:
            # What was not saved is given up knowingly by now.
            self.session.clear()
            if self.document.copy is not None and self.document.copy != copy:
                self.document.copy.unlink(missing_ok=True)
            if self.document.path is not None:
                self._remembered[self.document.path] = self.document.choices
            self.document.close()
            self.document.deleteLater()
            self.document = None

    def give_way(self) -> bool:
        """Stops what runs for the open document; returns whether that was a restoration."""
        restoring = self.running or self._soon.isActive()
        self._soon.stop()
        self.worker.supersede("find")
        # Not superseded: a result that is finished all the same is somebody's work.
        self.worker.cancel("restore")
        self._set_running(False)
        return restoring

    def find(self, document: Document) -> None:
        """Looks for the faces."""
        opened, device = document.opened, self.settings.device
        self._bench.run(
            "find",
            lambda shop, _job: shop.find(opened, device),
            lambda found: self._found(document, found),
            lambda: document.set_found([]),
        )

    def _found(self, document: Document, found: list[Any]) -> None:
        document.set_found(found)
        self.portraits.compare(document)
        self.suggestions.look(document)
        if self.live:
            self.restore()

    # ------------------------------------------------------------------ restoring
    def _changed(self) -> None:
        self._autosave.start()
        if self.document is not None:
            self.portraits.compare(self.document)
        if self.live:
            self._soon.start()

    def restore(self) -> None:
        """Restores what is chosen now; supersedes the run before."""
        document = self.document
        if document is None or not document.searched:
            return
        self._soon.stop()
        self.live = True
        if not any(face.on for face in document.choices.faces):
            self.worker.supersede("restore")
            self._set_running(False)
            document.set_restored(None)
            return
        request = Request(
            document.opened, tuple(document.faces), document.choices, self.settings.device
        )
        self._set_running(True)
        self._bench.run(
            "restore",
            lambda shop, job: shop.restore(request, job),
            lambda restored: self._restored(document, restored),
            lambda: self._set_running(False),
            self.progressed.emit,
        )

    def stop_restoring(self) -> None:
        """Stops the run; changes do not restore again until the user asks."""
        self._soon.stop()
        self.live = False
        self.worker.cancel("restore")

    def _restored(self, document: Document, restored: Restored) -> None:
        self._set_running(False)
        document.set_restored(restored)
        self._autosave.start()
        self._tell(restored.notices)

    def _tell(self, notices: Iterable[str]) -> None:
        """Says each sentence once a photograph, not after every move of a slider."""
        for notice in notices:
            if notice not in self._told:
                self._told.add(notice)
                self.noticed.emit(notice)

    def _set_running(self, running: bool) -> None:
        if running != self.running:
            self.running = running
            self.running_changed.emit(running)

    # ------------------------------------------------------------------ faces
    def add_face(self, what: Any) -> None:
        """Adds a face by hand, undoably: five points, or a box (x, y, width, height)."""
        document, device = self.document, self.settings.device
        if document is None or not document.searched:
            return

        def found(points: Any) -> None:
            if document is self.document:
                document.choose(document.choices.with_added(points), self.tr("Face added"))
                self.face_added.emit(len(document.choices.faces) - 1)

        opened = document.opened
        self._bench.run("point", lambda shop, _job: shop.point_at(opened, what, device), found)

    def read_portrait(self, path: Path, index: int | None = None) -> None:
        """Reads a portrait; with an index it becomes that face's, undoably."""
        self.portraits.choose(self.document, path, index)

    # ------------------------------------------------------------------ saving
    def save(self, path: Path, quality: int) -> None:
        """Writes the result as a new file."""
        document = self.document
        assert document is not None
        restored = document.restored
        assert restored is not None
        photo = restored.result.photo
        note = note_of(restored) if self.settings.note else None

        def written(where: Path) -> None:
            document.mark_saved(restored, where)
            if not document.unsaved:
                self.session.clear()
            self.saved.emit(where)

        self._bench.run(
            "save",
            lambda shop, _job: shop.save(photo, path, quality, note),
            written,
            failed=self.not_saved.emit,
        )

    def keep_session(self) -> None:
        """Writes down what is chosen, in case the program does not end well."""
        document = self.document
        if document is not None:
            restored, pasted = document.restored is not None or self.running, document.path is None
            photo = document.copy if pasted else document.path
            self.session.write(Session(photo, document.choices, restored, pasted))

    # ------------------------------------------------------------------ engine
    def _know(self, abilities: Abilities) -> None:
        self.abilities = abilities
        self.abilities_known.emit(abilities)

    def list_models(self, done: Callable[[Any], None]) -> None:
        """Hands over the models with their licences."""
        self._bench.run("models", lambda shop, _job: shop.models(), done)
