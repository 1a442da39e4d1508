"""What the adversaries of all stages have in common: when they train, and when they are heard."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, NamedTuple

from torch import nn

if TYPE_CHECKING:
    from torch import Tensor

    from engine.training.losses import Seen


class Exhibit(NamedTuple):
    """What is judged.

    Attributes:
        made: (N, 3, S, S), with its graph.
        true: (N, 3, S, S), the truth in [-1, 1].
        seen: features of both, as the perceptual loss found them.
        anchor: scalar, the losses that hold the picture to the truth.
        last: weight of the generator's last layer.
        weight: (N,) in [0, 1], how far each sample is judged, not 0 for all; None judges all.
    """

    made: Tensor
    true: Tensor
    seen: list[Seen]
    anchor: Tensor
    last: nn.Parameter
    weight: Tensor | None = None


class Opponent(nn.Module, ABC):
    """What a stage sets as its ``adversary``.

    `generator_loss` inside `Stage.losses`, then `discriminator_loss` inside
    `Stage.adversary_loss`, which judges what the former remembered.

    Args:
        start: samples seen before the generator hears of it.
        lead: samples that it trains ahead of that.
    """

    def __init__(self, start: int, lead: int) -> None:
        super().__init__()
        self.start, self.lead = start, lead

    def get_extra_state(self) -> dict[str, int]:
        """When it is heard; a resumed run must not forget that a fresh judge had to wait."""
        return {"start": self.start}

    def set_extra_state(self, state: dict[str, int]) -> None:
        """Takes over the later of the plan's and the run's start."""
        self.start = max(self.start, int(state.get("start", 0)))

    def start_after(self, seen: int) -> None:
        """A fresh judge joins at so many samples: it gets its lead before it is heard."""
        self.start = max(self.start, seen + self.lead)

    def generator_loss(self, shown: Exhibit, seen: int) -> Tensor | None:
        """The generator's share, already balanced; None before `start`.

        Args:
            shown: of this step.
            seen: samples seen so far.
        """
        self.skip()
        if seen < self.start - self.lead:
            return None
        self.remember(shown)
        return None if seen < self.start else self.heard(shown)

    @abstractmethod
    def heard(self, shown: Exhibit) -> Tensor:
        """The generator's loss, balanced against the anchor."""

    @abstractmethod
    def remember(self, shown: Exhibit) -> None:
        """Keeps what `discriminator_loss` needs, without its graph."""

    @abstractmethod
    def skip(self) -> None:
        """This step's batch is not for the judge."""

    @abstractmethod
    def discriminator_loss(self, step: int) -> Tensor | None:
        """The judge's own loss on what is remembered; None without any."""
