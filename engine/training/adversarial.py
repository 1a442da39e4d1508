"""The adversary of a stage: discriminator, its losses, and its measure of restraint.

Hinge loss, R1 (Mescheder et al., arXiv 1801.04406) on every 16th step, differentiable
augmentation, a late start, and VQGAN's adaptive weight capped at 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from engine.networks.discriminator import Discriminator, DiscriminatorConfig
from engine.training.augment import augment
from engine.training.losses import adaptive_weight, hinge_discriminator, hinge_generator

if TYPE_CHECKING:
    from engine.training.plan import Plan

#: R1 is computed on every 16th step and weighs 16 times as much there; the generator's share is
#: balanced anew as often, for that costs two more backward passes.
EVERY = 16


def r1(discriminator: nn.Module, real: Tensor) -> Tensor:
    """Mean squared norm of the judgement's gradient at real pictures, in float32.

    Args:
        discriminator: maps (N, 3, S, S) to judgements of any shape.
        real: (N, 3, S, S) in [-1, 1].
    """
    with torch.autocast(real.device.type, enabled=False):
        x = real.detach().float().requires_grad_()
        judged = discriminator(x).mean((1, 2, 3)).sum()
        (gradient,) = torch.autograd.grad(judged, x, create_graph=True)
        return gradient.square().sum((1, 2, 3)).mean()


class Adversary(nn.Module):
    """What a stage sets as its ``adversary``.

    `generator_loss` inside `Stage.losses`, then `discriminator_loss` inside
    `Stage.adversary_loss`, which judges the pair that the former remembered.

    Args:
        start: samples seen before the generator hears of it.
        lead: samples that the discriminator trains ahead of that.
        r1_weight: of R1; 0 leaves it out.
        config: the discriminator's.
    """

    def __init__(
        self,
        *,
        start: int,
        lead: int = 0,
        r1_weight: float = 10.0,
        config: DiscriminatorConfig | None = None,
    ) -> None:
        super().__init__()
        self.start, self.lead, self.r1_weight = start, lead, r1_weight
        self.net = Discriminator(config)
        self._pair: tuple[Tensor, Tensor] | None = None
        self._balance: Tensor | None = None
        self._heard = 0

    def get_extra_state(self) -> dict[str, int]:
        """When it is heard; a resumed run must not forget that a fresh judge had to wait."""
        return {"start": self.start}

    def set_extra_state(self, state: dict[str, int]) -> None:
        """Takes over the later of the plan's and the run's start."""
        self.start = max(self.start, int(state.get("start", 0)))

    def generator_loss(
        self, fake: Tensor, real: Tensor, anchor: Tensor, last: nn.Parameter, seen: int
    ) -> Tensor | None:
        """The generator's share, already times the adaptive weight; None before `start`.

        Args:
            fake: (N, 3, S, S), with its graph.
            real: (N, 3, S, S), the truth in [-1, 1].
            anchor: scalar, the losses that hold the picture to the truth.
            last: weight of the generator's last layer, where gradients are balanced.
            seen: samples seen so far.
        """
        if seen < self.start - self.lead:
            self._pair = None
            return None
        self._pair = real.detach(), fake.detach()
        if seen < self.start:
            return None
        self.net.requires_grad_(requires_grad=False)
        judged = hinge_generator(self.net(augment(fake)).float())
        self.net.requires_grad_(requires_grad=True)
        if self._balance is None or self._heard % EVERY == 0:
            self._balance = adaptive_weight(anchor, judged, last)
        self._heard += 1
        return judged * self._balance

    def start_after(self, seen: int) -> None:
        """A fresh discriminator joins at so many samples: it gets its lead before it is heard."""
        self.start = max(self.start, seen + self.lead)

    def skip(self) -> None:
        """This step's batch is not for the discriminator."""
        self._pair = None

    def discriminator_loss(self, step: int) -> Tensor | None:
        """Hinge loss on the remembered pair, with R1 on every 16th step; None without a pair."""
        if self._pair is None:
            return None
        real, fake = self._pair
        loss = hinge_discriminator(self.net(augment(real)).float(), self.net(augment(fake)).float())
        if self.r1_weight and step % EVERY == 0:
            loss = loss + self.r1_weight / 2 * EVERY * r1(self.net, real)
        return loss


def from_plan(plan: Plan) -> Adversary:
    """The adversary that a plan's data table describes.

    Keys: ``adversary_start`` and ``adversary_lead`` in samples, ``adversary_spectral``,
    ``adversary_detail``, ``adversary_r1``.
    """
    return Adversary(
        start=int(plan.data.get("adversary_start", 0)),
        lead=int(plan.data.get("adversary_lead", 0)),
        r1_weight=float(plan.data.get("adversary_r1", 10.0)),
        config=DiscriminatorConfig(
            spectral=bool(plan.data.get("adversary_spectral", False)),
            detail=bool(plan.data.get("adversary_detail", False)),
        ),
    )
