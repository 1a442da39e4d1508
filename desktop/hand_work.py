"""What the user does with single faces: choosing, switching, portraits, adding by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Qt

from desktop.invention_dialog import InventionDialog
from desktop.suggestion_box import SuggestionQuestion

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.face_strip import FaceStrip
    from desktop.main_window import MainWindow


class HandWork(QObject):
    """Turns clicks on faces into choices."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        view = window.area.view
        view.face_clicked.connect(self._clicked_in_photo)
        view.picker.picked.connect(self._add)
        window.studio.face_added.connect(self._window.choose_face)

    def connect_strip(self, strip: FaceStrip) -> None:
        """Listens to the strip."""
        strip.face_clicked.connect(self._clicked)
        strip.switched.connect(self.switch)
        strip.portrait_dropped.connect(self._portrait)
        strip.portrait_asked.connect(self.ask_portrait)
        strip.suggestion_accepted.connect(self.accept_suggestion)
        strip.portrait_removed.connect(self.forget_portrait)
        strip.fidelity_moved.connect(
            lambda index, value: self._change(
                index, self.tr("Fidelity"), "own-fidelity", fidelity=value
            )
        )
        strip.fidelity_removed.connect(
            lambda index: self._change(index, self.tr("Fidelity"), fidelity=None)
        )
        strip.remove_asked.connect(self._remove)
        strip.invention_asked.connect(self.show_invention)

    def step(self, by: int) -> None:
        """Chooses the next or previous face and shows it."""
        strip, index = self._window.area.strip, self._window.chosen
        shown = [tile.index for tile in strip.tiles if tile.index not in strip.hidden]
        if shown:
            at = shown.index(index) if index in shown else -1 if by > 0 else 0
            self._clicked(shown[(at + by) % len(shown)])

    def toggle(self) -> None:
        """Switches the chosen face."""
        document = self._window.document
        if document is not None and self._window.chosen >= 0:
            index = self._window.chosen
            self.switch(index, not document.choices.faces[index].on)

    def switch(self, index: int, on: bool) -> None:
        """Switches a face on or off."""
        self._change(index, self.tr("Face on or off"), on=on)

    def ask_portrait(self, index: int) -> None:
        """Asks for a face's portrait."""
        path = self._window.files.ask_portrait()
        if path is not None:
            self._portrait(index, path)

    def accept_suggestion(self, index: int) -> None:
        """Takes the album's portrait for a face; asks first where the match is doubtful."""
        document, suggestions = self._window.document, self._window.studio.suggestions
        suggested = suggestions.of(index)
        if document is None or suggested is None:
            return
        if not suggested.suggestion.asks:
            suggestions.accept(document, index)
            return
        face = self._window.area.strip.tiles[index].before.pixmap()
        question = SuggestionQuestion(face, suggested, self._window)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.answered.connect(
            lambda yes: (suggestions.accept if yes else suggestions.refuse)(document, index)
        )
        question.open()

    def forget_portrait(self, index: int) -> None:
        """Does without a face's portrait."""
        document = self._window.document
        if document is not None and index < len(document.choices.faces):
            self._change(index, self.tr("Portrait"), portrait="")

    def show_invention(self, index: int) -> None:
        """Shows where a face's restoration is invented."""
        document, inventions = self._window.document, self._window.studio.inventions
        if document is None:
            return
        dialog = InventionDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(lambda _result: inventions.forget())
        dialog.open()
        inventions.ask(
            document,
            index,
            dialog.show_invention,
            dialog.reject,
            lambda share, _words: dialog.set_progress(share),
        )

    def take_portrait(self, path: Path) -> None:
        """Takes a photograph of the album as the chosen face's portrait."""
        if self._window.chosen >= 0:
            self._portrait(self._window.chosen, path)

    def _portrait(self, index: int, path: Path) -> None:
        self._window.studio.read_portrait(path, index)

    def _change(self, index: int, words: str, kind: str = "", **changes: object) -> None:
        document = self._window.document
        if document is not None:
            document.choose(document.choices.with_face(index, **changes), words, kind, index)

    def _clicked(self, index: int) -> None:
        self._window.choose_face(index)
        document = self._window.document
        if document is not None and index >= 0:
            box = document.faces[index].box
            self._window.area.view.show_area(QRectF(*(float(v) for v in box)))

    def _clicked_in_photo(self, index: int) -> None:
        self._window.choose_face(index)

    def _add(self, what: object) -> None:
        box = (
            (what.x(), what.y(), what.width(), what.height()) if isinstance(what, QRectF) else None
        )
        self._window.studio.add_face(box or what)

    def _remove(self, index: int) -> None:
        document = self._window.document
        if document is not None and document.is_added(index):
            self._window.choose_face(-1)
            document.choose(document.choices.without_added(index), self.tr("Face removed"))
