"""The folded part of the restore panel: device, variation, back to the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QPushButton, QSpinBox, QVBoxLayout, QWidget

from desktop import icons
from desktop.engine_words import translated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.backends.devices import Device

_LARGEST_SEED = 9999


class Advanced(QWidget):
    """Options that most people never need.

    Signals:
        device_changed: key of the device, by the user.
        seed_changed: by the user.
        reset_asked: back to the defaults.
    """

    device_changed = Signal(str)
    seed_changed = Signal(int)
    reset_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.unfold = QPushButton(self.tr("More options"))
        self.unfold.setObjectName("flat")
        self.unfold.setCheckable(True)
        self.unfold.setIconSize(QSize(14, 14))
        self.device = QComboBox()
        self.device.setAccessibleName(self.tr("Compute on"))
        self.device.addItem(self.tr("Automatic"), "auto")
        self.device.activated.connect(lambda: self.device_changed.emit(self.device.currentData()))
        self.seed = QSpinBox()
        self.seed.setRange(0, _LARGEST_SEED)
        self.seed.setAccessibleName(self.tr("Variation"))
        self.seed.valueChanged.connect(self.seed_changed)
        self.reset = QPushButton(self.tr("Back to the defaults"))
        self.reset.clicked.connect(self.reset_asked)
        self.box = QWidget()
        form = QFormLayout(self.box)
        form.setContentsMargins(0, 4, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setSpacing(8)
        form.addRow(self.tr("Compute on"), self.device)
        form.addRow(self.tr("Variation"), self.seed)
        form.addRow(self.reset)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.unfold)
        layout.addWidget(self.box)
        self.unfold.toggled.connect(self._toggled)
        self._toggled(False)

    def set_devices(self, devices: Sequence[Device]) -> None:
        """Fills in what this computer has."""
        wanted = self.device.currentData()
        while self.device.count() > 1:
            self.device.removeItem(1)
        for device in devices:
            self.device.addItem(translated(device.title), device.key)
        self.set_device(wanted)

    def set_device(self, key: str) -> None:
        """Shows the device from the settings; one that is gone becomes automatic."""
        self.device.setCurrentIndex(max(self.device.findData(key), 0))

    def set_seed(self, seed: int) -> None:
        """Shows a seed that did not come from here."""
        self.seed.blockSignals(True)
        self.seed.setValue(seed)
        self.seed.blockSignals(False)

    def explain_seed(self, why: str) -> None:
        """Disables the variation and says why; an empty reason enables it."""
        self.seed.setEnabled(not why)
        self.seed.setToolTip(why)

    def changeEvent(self, event: QEvent) -> None:
        """The arrow follows the theme."""
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}:
            self._arrow()
        super().changeEvent(event)

    def _toggled(self, unfolded: bool) -> None:
        self.box.setVisible(unfolded)
        self._arrow()

    def _arrow(self) -> None:
        name = "unfolded" if self.unfold.isChecked() else "folded"
        self.unfold.setIcon(icons.icon(name, self.palette().placeholderText().color().name()))
