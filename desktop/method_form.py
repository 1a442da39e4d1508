"""Method, fidelity and strength as lines of a form, where there is no room for the panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox

from desktop.engine_words import translated
from desktop.slider import Slider

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFormLayout

    from desktop.records import Abilities


class MethodForm(QObject):
    """The lines.

    Args:
        abilities: the methods there are.

    Signals:
        changed: the user changed something.
    """

    changed = Signal()

    def __init__(self, abilities: Abilities, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.method = QComboBox()
        self.method.setAccessibleName(self.tr("Method"))
        self.method.addItem(self.tr("What fits each face"), "")
        for info in abilities.methods:
            self.method.addItem(translated(info.title), info.key)
        self._uses = {info.key: info.uses_fidelity for info in abilities.methods}
        self._uses[""] = any(self._uses.values())
        self.fidelity = Slider(self.tr("Fidelity"), self.tr("richer"), self.tr("more faithful"))
        self.strength = Slider(self.tr("Strength"), self.tr("as it was"), self.tr("all restored"))
        self.method.currentIndexChanged.connect(self._other)
        self.method.activated.connect(self.changed)
        for slider in (self.fidelity, self.strength):
            slider.moved.connect(lambda _value: self.changed.emit())
        self._other()

    def add_to(self, form: QFormLayout) -> None:
        """Puts the lines at the end of a form."""
        form.addRow(self.tr("Method"), self.method)
        form.addRow(self.fidelity)
        form.addRow(self.strength)

    def show(self, method: str, fidelity: float, strength: float) -> None:
        """Shows values that did not come from here; an unknown method shows what fits."""
        self.method.setCurrentIndex(max(self.method.findData(method), 0))
        self.fidelity.set_value(fidelity)
        self.strength.set_value(strength)

    @property
    def values(self) -> dict[str, str | float]:
        """As the engine calls them."""
        return {
            "method": self.method.currentData(),
            "fidelity": self.fidelity.value,
            "strength": self.strength.value,
        }

    def _other(self) -> None:
        uses, name = self._uses.get(self.method.currentData()), self.method.currentText()
        self.fidelity.explain(
            "" if uses else self.tr("“%1” always stays as faithful as it can.").replace("%1", name)
        )
