"""The adversary of a stage: a discriminator of pixels, its losses, and its measure of restraint.

Hinge loss, R1 (Mescheder et al., arXiv 1801.04406) on every 16th step, differentiable
augmentation, a late start, and VQGAN's adaptive weight capped at 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from engine.networks.discriminator import Discriminator, DiscriminatorConfig
from engine.training.augment import augment
from engine.training.feature_adversary import FeatureAdversary
from engine.training.losses import adaptive_weight, hinge_discriminator, hinge_generator
from engine.training.opponent import Opponent

if TYPE_CHECKING:
    from engine.training.opponent import Exhibit
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


class Adversary(Opponent):
    """A judge of pixels.

    Args:
        start: see `Opponent`.
        lead: see `Opponent`.
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
        super().__init__(start, lead)
        self.r1_weight = r1_weight
        self.net = Discriminator(config)
        self._pair: tuple[Tensor, Tensor] | None = None
        self._weight: Tensor | None = None
        self._balance: Tensor | None = None
        self._heard = 0

    def heard(self, shown: Exhibit) -> Tensor:
        """See `Opponent.heard`; balanced at the last layer."""
        self.net.requires_grad_(requires_grad=False)
        judged = hinge_generator(self.net(augment(shown.made)).float(), shown.weight)
        self.net.requires_grad_(requires_grad=True)
        if self._balance is None or self._heard % EVERY == 0:
            self._balance = adaptive_weight(shown.anchor, judged, shown.last)
        self._heard += 1
        return judged * self._balance

    def remember(self, shown: Exhibit) -> None:
        """See `Opponent.remember`."""
        self._pair = shown.true.detach(), shown.made.detach()
        self._weight = shown.weight

    def skip(self) -> None:
        """See `Opponent.skip`."""
        self._pair = None

    def discriminator_loss(self, step: int) -> Tensor | None:
        """Hinge loss on the remembered pair, with R1 on every 16th step; None without a pair."""
        if self._pair is None:
            return None
        real, fake = self._pair
        true, made = (self.net(augment(p)).float() for p in (real, fake))
        loss = hinge_discriminator(true, made, self._weight)
        if self.r1_weight and step % EVERY == 0:
            loss = loss + self.r1_weight / 2 * EVERY * r1(self.net, real)
        return loss


def from_plan(plan: Plan) -> Opponent:
    """The adversary that a plan's data table describes.

    Keys: ``adversary_start`` and ``adversary_lead`` in samples, ``adversary_features`` (heads on
    the perceptual loss's maps), or else ``adversary_spectral``, ``adversary_detail``,
    ``adversary_r1`` (a judge of pixels).
    """
    start, lead = (int(plan.data.get(f"adversary_{k}", 0)) for k in ("start", "lead"))
    if plan.data.get("adversary_features", False):
        return FeatureAdversary(start=start, lead=lead)
    return Adversary(
        start=start,
        lead=lead,
        r1_weight=float(plan.data.get("adversary_r1", 10.0)),
        config=DiscriminatorConfig(
            spectral=bool(plan.data.get("adversary_spectral", False)),
            detail=bool(plan.data.get("adversary_detail", False)),
        ),
    )
