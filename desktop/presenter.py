"""Shows the document in the window: the one place that decides what is seen and what is enabled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF
from PySide6.QtWidgets import QSizePolicy

from desktop import engine_words, problems
from desktop.engine_words import translated
from desktop.restyle import set_kind

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.document import Document
    from desktop.main_window import MainWindow
    from desktop.records import Restored
    from engine.faces.reference_check import ReferenceCheck


class Presenter(QObject):
    """Keeps the window true to the document.

    Attributes:
        chosen: index of the chosen face; -1 for none.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.chosen = -1

    # ------------------------------------------------------------------ what happened
    def opening(self, _name: str) -> None:
        """A photograph is being read, or that ended."""
        self.refresh()

    def opened(self) -> None:
        """There is another document."""
        window, document = self._window, self._window.document
        assert document is not None
        window.notice.forget()
        self.chosen = -1
        window.actions_["marks"].setChecked(True)
        window.area.view.set_before(document.opened.picture)
        window.area.strip.set_searching()
        window.panel.set_photo_tone(document.opened.photo.mode)
        window.stack.setCurrentWidget(window.area)
        # It is not seen again, but its page would still ask for room.
        window.welcome.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        window.setWindowTitle(f"{document.name}[*] \N{EN DASH} Likeness")
        window.files.mark_album()
        document.changed.connect(self.refresh)
        document.faces_changed.connect(self._faces)
        document.restored_changed.connect(self.refresh)
        document.undo.indexChanged.connect(self.refresh)
        window.area.view.setFocus()
        self.refresh()

    def _faces(self) -> None:
        window, document = self._window, self._window.document
        assert document is not None
        window.area.strip.set_faces(document)
        window.dress_tiles()
        self.chosen = min(self.chosen, len(window.area.strip.tiles) - 1)
        self.refresh()
        window.errands.first_tour()

    def running(self, running: bool) -> None:
        """A restoration began or ended."""
        self._window.panel.set_running(running)
        if not running:
            self._window.area.strip.set_working(-1)
        self.refresh()

    def progressed(self, share: float, words: str) -> None:
        """A restoration is so far, with so many of the wanted faces."""
        window, document = self._window, self._window.document
        if not window.studio.running:
            return  # it gave way, and says one thing more
        window.panel.set_progress(share, words)
        nth = engine_words.nth_face(words)
        if document is not None and nth is not None:
            wanted = [i for i, face in enumerate(document.choices.faces) if face.on]
            window.area.strip.set_working(wanted[nth] if nth < len(wanted) else -1)

    def saved(self, path: Path) -> None:
        """A file was written."""
        window = self._window
        window.settings.visit(path.parent)
        window.album.set_recent(window.settings.recent)
        words = self.tr("Saved as %1").replace("%1", str(path))
        window.tell(words, self.tr("Open in folder"), window.errands.reveal)

    def not_saved(self, error: Exception) -> None:
        """A file could not be written: another folder may do."""
        if isinstance(error, problems.LikenessError):
            words, window = problems.sentence(error), self._window
            window.tell(words, self.tr("Save as…"), window.files.save_as)
        else:
            self.failed(error)

    def refused(self, index: int, check: ReferenceCheck) -> None:
        """A portrait would do more harm than good: the user decides."""
        self._window.tell(
            " ".join(translated(sentence) for sentence in check.sentences),
            self.tr("Do without it"),
            lambda: self._window.hand.forget_portrait(index),
        )

    def failed(self, error: Exception) -> None:
        """Something went wrong."""
        self.refresh()
        if not isinstance(error, problems.LikenessError):
            problems.show(error, self._window)
            return
        if error.__cause__ is None:
            self._window.tell(problems.sentence(error))
        else:
            self._window.tell(
                problems.sentence(error),
                self.tr("Details"),
                lambda: problems.show(error, self._window),
            )

    # ------------------------------------------------------------------ what the user chose
    def choose_face(self, index: int) -> None:
        """Chooses a face in the strip and in the photograph; -1 for none."""
        self.chosen = index
        self.refresh()

    def choose(self, choices: object, words: str, kind: str) -> None:
        """Takes choices from the panel."""
        document = self._window.document
        if document is not None:
            document.choose(choices, words, kind)
        else:
            self._window.studio.prepared = choices
            self._window.panel.set_choices(choices)

    # ------------------------------------------------------------------ showing
    def refresh(self) -> None:
        """Shows the document as it is now."""
        document = self._window.document
        self._enable(document)
        self._window.panel.set_waiting(self._waits())
        if document is None:
            self._window.panel.set_ready(False, self.tr("Open a photo to begin."))
            return
        self._window.setWindowModified(document.unsaved)
        self._window.panel.set_choices(document.choices)
        self._show_faces(document)
        self._show_result(document)
        self._show_panel(document)
        set_kind(self._window.area.save, "primary" if document.unsaved else "")

    def _enable(self, document: Document | None) -> None:
        window, do = self._window, self._window.actions_
        restored = document is not None and document.restored is not None
        searched = document is not None and document.searched
        stays = not window.studio.reading.name
        for names, on in (
            (("zoom_in", "zoom_out", "fit", "actual", "marks"), document is not None),
            (("after", "divider", "side", "save", "save_as"), restored),
            (("undo",), document is not None and document.undo.canUndo()),
            (("redo",), document is not None and document.undo.canRedo()),
            (("reveal",), document is not None and document.saved_path is not None),
            (("stop",), window.studio.running),
            (("add_face",), searched),
            (("next_face", "previous_face"), searched and bool(window.area.strip.tiles)),
            (("switch_face", "portrait"), searched and self.chosen >= 0),
            (("invention",), document is not None and self.chosen in self._inventing(document)),
            (("restore",), searched and stays and any(f.on for f in document.choices.faces)),
        ):
            for name in names:
                do[name].setEnabled(on)
        window.area.hold.setEnabled(restored)
        window.area.save.setEnabled(restored)
        window.album.portraits = searched and self.chosen >= 0

    def _show_faces(self, document: Document) -> None:
        area = self._window.area
        if not document.searched or len(area.strip.tiles) != len(document.choices.faces):
            return
        hidden = area.strip.hidden
        boxes = [
            QRectF() if index in hidden else QRectF(*(float(v) for v in face.box))
            for index, face in enumerate(document.faces)
        ]
        on = [face.on for face in document.choices.faces]
        area.view.set_faces(boxes, on, self.chosen)
        area.strip.refresh(
            document,
            self._window.studio.portraits,
            self._window.studio.suggestions,
            fidelity=self._uses_fidelity(document),
            inventing=self._inventing(document),
        )
        area.strip.choose(self.chosen)

    def _show_result(self, document: Document) -> None:
        view, restored = self._window.area.view, document.restored
        if restored is None:
            if view.after is not None:
                view.set_after(None)
        elif view.after is not restored.picture:
            if view.after is None:
                # The marks hide what is to be looked at; M brings them back.
                self._window.actions_["marks"].setChecked(False)
            view.set_after(restored.picture)

    def _waits(self) -> str:
        """What is being read, or waits for that; empty for nothing."""
        studio = self._window.studio
        if studio.reading.name:
            return self.tr("Opening %1…").replace("%1", studio.reading.name)
        names = list(studio.portraits.waiting.values())
        if not names:
            return ""
        words = (
            self.tr("%1 is read when this restoration has ended.")
            if studio.running
            else self.tr("Reading %1…")
        )
        return words.replace("%1", names[-1])

    def _show_panel(self, document: Document) -> None:
        count = sum(face.on for face in document.choices.faces)
        restored = document.restored
        if not document.searched:
            words = self.tr("Looking for faces…")
        elif restored is not None:
            words = self._done(restored)
        elif count:
            words = self.tr("%n face(s) will be restored.", "", count)
        else:
            words = self.tr("Switch a face on, or add one by hand.")
        stays = not self._window.studio.reading.name
        self._window.panel.set_ready(document.searched and bool(count) and stays, words)
        current = restored is not None and restored.choices == document.choices
        if current and self._window.panel.button.hasFocus():
            # The button goes to rest; the space bar is to compare from here on.
            self._window.area.view.setFocus()
        self._window.panel.set_current(current)

    def _done(self, restored: Restored) -> str:
        """How long it took, and where it was really computed."""
        locale, result = self._window.locale(), restored.result
        abilities = self._window.studio.abilities
        devices = abilities.devices if abilities else ()
        titles = [translated(d.title) for d in devices if d.key == result.device]
        words = self.tr("Done in %1 s (%2). Changes show by themselves.")
        words = words.replace("%1", locale.toString(result.seconds, "f", 1))
        return words.replace("%2", titles[0] if titles else result.device)

    def _inventing(self, document: Document) -> set[int]:
        """Faces whose result, the one that is shown, another seed would make otherwise."""
        restored, abilities = document.restored, self._window.studio.abilities
        if restored is None or restored.choices != document.choices or abilities is None:
            return set()
        seeded = {info.key for info in abilities.methods if info.uses_seed}
        faces = restored.result.faces
        return {f.index for f in faces if f.status == "done" and f.method in seeded}

    def _uses_fidelity(self, document: Document) -> bool:
        abilities = self._window.studio.abilities
        if abilities is None:
            return False
        key = document.choices.method_among(abilities.methods)
        return any(info.uses_fidelity for info in abilities.methods if info.key == key)
