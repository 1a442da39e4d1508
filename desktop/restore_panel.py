"""The panel on the right: how to restore, and the one button that does it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.advanced import Advanced
from desktop.choices import TONES, Choices
from desktop.engine_words import translated
from desktop.method_card import MethodCard
from desktop.presets import PresetBar
from desktop.slider import Slider
from desktop.wheel import CalmWheel

if TYPE_CHECKING:
    from desktop.records import Abilities


class RestorePanel(QWidget):
    """Shows the choices and changes them.

    Signals:
        chosen: new choices, words for undo, and which control (for merging steps).
        restore_asked, stop_asked: the big button.
    """

    chosen = Signal(object, str, str)
    restore_asked = Signal()
    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._choices = Choices()
        self._running = self._ready = False
        self._said = self._waiting = ""
        self.cards: list[MethodCard] = []
        self._methods = QVBoxLayout()
        self._methods.setSpacing(6)
        self.fidelity = Slider(self.tr("Fidelity"), self.tr("richer"), self.tr("more faithful"))
        self.strength = Slider(self.tr("Strength"), self.tr("as it was"), self.tr("all restored"))
        self.grain = Slider(self.tr("Grain"), self.tr("smooth"), self.tr("like the print"))
        self.tone = QComboBox()
        names = (
            self.tr("As the photo tells"),
            self.tr("Black and white"),
            self.tr("Sepia"),
            self.tr("Colour"),
        )
        for key, name in zip(TONES, names, strict=True):
            self.tone.addItem(name, key)
        self.tone.setAccessibleName(self.tr("Tone"))
        self._tones = dict(zip(TONES, names, strict=True))
        self.presets = PresetBar()
        self.advanced = Advanced()
        self.button = QPushButton()
        self.button.setObjectName("primary")
        self.button.setMinimumHeight(44)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.words = QLabel()
        self.words.setObjectName("quiet")
        self.words.setWordWrap(True)
        self._lay_out()
        self._connect()
        self._wheel = CalmWheel(self)
        self._wheel.calm(self)
        self.set_choices(self._choices)
        self.set_running(False)
        self.set_ready(False, "")

    # ------------------------------------------------------------------ from outside
    @property
    def choices(self) -> Choices:
        """What is shown."""
        return self._choices

    def set_abilities(self, abilities: Abilities) -> None:
        """Fills in what the engine can do."""
        for info in abilities.methods:
            card = MethodCard(info)
            card.chosen.connect(self._method_chosen)
            self.cards.append(card)
            self._methods.addWidget(card)
        self.advanced.set_devices(abilities.devices)
        self.set_choices(self._choices)

    def set_choices(self, choices: Choices) -> None:
        """Shows choices that did not come from here."""
        self._choices = choices
        key = choices.method_among([card.info for card in self.cards])
        for card in self.cards:
            card.set_chosen(card.info.key == key)
            if card.info.key == key:
                self._explain(card)
        self.fidelity.set_value(choices.fidelity)
        self.strength.set_value(choices.strength)
        self.grain.set_value(choices.grain)
        self.tone.setCurrentIndex(TONES.index(choices.tone))
        self.advanced.set_seed(choices.seed)

    def set_photo_tone(self, mode: str) -> None:
        """Says what the photograph tells of its tone."""
        words = self.tr("As the photo tells (%1)").replace("%1", self._tones[mode])
        self.tone.setItemText(0, words)

    def set_ready(self, ready: bool, words: str) -> None:
        """Whether there is something to restore, and a sentence on why (not)."""
        self.button.setEnabled(ready or self._running)
        self._ready = ready
        if not self._running:
            self._say(words)

    def set_waiting(self, words: str) -> None:
        """What must be read first, said in place of everything else; empty for nothing."""
        self._waiting = words
        self._say(self._said)

    def set_current(self, current: bool) -> None:
        """Whether what is shown is what is chosen: then there is nothing to do."""
        if not self._running:
            self.button.setText(self.tr("Restored") if current else self.tr("Restore faces"))
            self.button.setEnabled(self._ready and not current)

    def set_running(self, running: bool) -> None:
        """Turns the button into the one that stops."""
        self._running = running
        self.button.setText(self.tr("Stop") if running else self.tr("Restore faces"))
        self.bar.setVisible(running)
        if running:
            self.button.setEnabled(True)
            self.bar.setValue(0)
            self._say(self.tr("Restoring…"))
        else:
            self.button.setEnabled(self._ready)

    def set_progress(self, share: float, words: str) -> None:
        """How far it is."""
        self.bar.setValue(round(share * 1000))
        self._say(translated(words))

    # ------------------------------------------------------------------ inside
    def _say(self, words: str) -> None:
        self._said = words
        self.words.setText(self._waiting or words)

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(20, 20, 20, 12)
        column.setSpacing(20)
        title = QLabel(self.tr("How to restore"))
        title.setObjectName("title")
        column.addWidget(title)
        column.addLayout(self._methods)
        for widget in (self.fidelity, self.strength, self.grain):
            column.addWidget(widget)
        tone = QVBoxLayout()
        tone.setSpacing(6)
        label = QLabel(self.tr("Tone"))
        label.setObjectName("title")
        label.setBuddy(self.tone)
        tone.addWidget(label)
        tone.addWidget(self.tone)
        column.addLayout(tone)
        column.addWidget(self.presets)
        column.addWidget(self.advanced)
        column.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        line = QFrame()
        line.setObjectName("line")
        foot = QVBoxLayout()
        foot.setContentsMargins(20, 14, 20, 18)
        foot.setSpacing(10)
        foot.addWidget(self.words)
        foot.addWidget(self.bar)
        foot.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addWidget(line)
        layout.addLayout(foot)
        self.setMinimumWidth(290)

    def _connect(self) -> None:
        for slider, name in (
            (self.fidelity, "fidelity"),
            (self.strength, "strength"),
            (self.grain, "grain"),
        ):
            slider.moved.connect(
                lambda value, name=name, slider=slider: self._choose(
                    slider.title.text(), name, **{name: value}
                )
            )
        self.tone.activated.connect(
            lambda: self._choose(self.tr("Tone"), "", tone=self.tone.currentData())
        )
        self.advanced.seed_changed.connect(
            lambda seed: self._choose(self.tr("Variation"), "seed", seed=seed)
        )
        self.advanced.reset_asked.connect(self._reset)
        self.presets.picked.connect(self._preset)
        self.button.clicked.connect(self._pressed)

    def _choose(self, words: str, kind: str, **changes: object) -> None:
        self.chosen.emit(replace(self._choices, **changes), words, kind)

    def _method_chosen(self, key: str) -> None:
        self._choose(self.tr("Method"), "", method=key)
        # A second click on the chosen one changes nothing, but must not switch it off.
        self.set_choices(self._choices)

    def _preset(self, preset: Choices, name: str) -> None:
        self._choose(name, "", **preset.settings())

    def _reset(self) -> None:
        self._choose(self.tr("Reset"), "", **Choices().settings())

    def _pressed(self) -> None:
        (self.stop_asked if self._running else self.restore_asked).emit()

    def _explain(self, card: MethodCard) -> None:
        name = card.button.text()
        self.fidelity.explain(
            ""
            if card.info.uses_fidelity
            else self.tr("“%1” always stays as faithful as it can.").replace("%1", name)
        )
        self.advanced.explain_seed(
            "" if card.info.uses_seed else self.tr("“%1” has one answer only.").replace("%1", name)
        )
