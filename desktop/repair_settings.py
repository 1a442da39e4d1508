"""With what an album is repaired: the user's settings, or those a repair was begun with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.method_form import MethodForm

if TYPE_CHECKING:
    from PySide6.QtWidgets import QCheckBox

    from desktop.choices import Choices
    from desktop.records import Abilities
    from engine.album.repair_run import RepairSettings


class WantedSettings(QObject):
    """The settings in the window.

    Args:
        abilities: the methods there are.
        choices: settings to begin with.
        references: whether portraits are looked for in the album.
    """

    def __init__(
        self, abilities: Abilities, choices: Choices, references: QCheckBox, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.form = MethodForm(abilities, self)
        self.form.show(choices.method, choices.fidelity, choices.strength)
        self._references, self._grain = references, choices.grain
        #: The user's, while others are shown.
        self._own: RepairSettings | None = None

    def set_grain(self, grain: float) -> None:
        """Takes the grain, which has no line of its own here."""
        if self._own is None:
            self._grain = grain
        else:
            self._own = replace(self._own, options=replace(self._own.options, grain=grain))

    def settings(self, device: str = "auto") -> RepairSettings:
        """What is shown."""
        from engine.album.repair_run import RepairSettings  # noqa: PLC0415  (loads the engine)
        from engine.results import RestoreOptions  # noqa: PLC0415

        options = RestoreOptions(**self.form.values, grain=self._grain)
        return RepairSettings(options, device, references=self._references.isChecked())

    def lock(self, settings: RepairSettings | None) -> None:
        """Shows settings that cannot be changed; None brings the user's own back."""
        if settings is not None:
            self._own = self._own or self.settings()
            self._show(settings)
        elif self._own is not None:
            self._show(self._own)
            self._own = None
        form = self.form
        for widget in (form.method, form.fidelity, form.strength, self._references):
            widget.setEnabled(settings is None)

    def adopt(self) -> None:
        """Makes what is shown the user's own: it is what the results are made with."""
        self._own = None

    def _show(self, settings: RepairSettings) -> None:
        options = settings.options
        self.form.show(options.method, options.fidelity, options.strength)
        self._grain = options.grain
        self._references.setChecked(settings.references)
