"""CLR-Face, third: the latent mask alone, on one guided step.

The step that the sampler would take is gated by the mask; the gradient itself is a constant, so no
second derivative is needed. What the step brought is judged against the true face, by a recogniser
that is not the guiding one: directions that merely please the guide are to be closed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from engine.networks.blocks import bounded
from engine.networks.latent_mask import LatentMask, LatentMaskConfig
from engine.training import earlier, latent_stage
from engine.training.latent_stage import LatentStage
from engine.training.stage import to_tensor_t

if TYPE_CHECKING:
    from engine.training.plan import Plan
    from engine.training.stage import Batch, Tensors


class Training(LatentStage):
    """Reads of the data table: ``score`` (where its weights lie)."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self.main = LatentMask(LatentMaskConfig(**earlier.options(plan)))
        self.networks = nn.ModuleDict({"main": self.main})
        self.score = latent_stage.score(plan)

    def place(self, device: torch.device) -> None:
        """Moves the frozen networks."""
        super().place(device)
        self.score.to(device)

    def batch(self, number: int) -> Batch:
        """`target` and `input`, (N, S, S, 3) uint8: whole faces."""
        return dict(self.pairs(number, self.plan.batch))

    def losses(self, batch: Tensors, seen: int) -> Tensors:
        """Identity (the other recogniser) and perceptual distance to the truth; the mask's mean."""
        del seen
        weight = self.plan.loss
        x = to_tensor_t(batch["target"])
        given = self.frozen.conditions(to_tensor_t(batch["input"]))
        estimate, scale = self._estimate(given)
        moved = self.direction(estimate, given.target)
        gate = self.main(given.degraded, estimate)
        out = self.frozen.autoencoder.decode(estimate - scale * gate * moved, quantised=False)
        return {
            "identity": weight["identity"] * self.identity(out, x).mean(),
            "perceptual": weight["perceptual"] * self.perceptual(out, x),
            "open": weight["open"] * gate.mean(),
        }

    def _estimate(self, given: latent_stage.Conditions) -> tuple[Tensor, float]:
        """An estimate that the sampler would guide, at a random step, and the guidance scale."""
        how = self.settings(0.3 + 0.7 * float(torch.rand(())))
        caught: list[Tensor] = []

        def catch(estimate: Tensor, sigma: float) -> Tensor:
            del sigma
            caught.append(estimate)
            return torch.zeros_like(estimate)

        unit = torch.randn(given.degraded.shape).to(self.device)
        self.sampled(self.score, given, how, unit, catch)
        return caught[int(torch.randint(len(caught), ()))].float(), how.scale

    def restore(self, networks: nn.ModuleDict, y: Tensor) -> Tensor:
        """Guided and masked samples at fidelity 0.5."""
        return self._restore(y, networks["main"])

    def _restore(self, y: Tensor, mask: nn.Module | None) -> Tensor:
        given = self.frozen.conditions(y)
        how = self.settings(0.5)
        unit = self.fixed(given.degraded.shape)
        guide = self.guide(given, mask, how.scale)
        return bounded(
            self.frozen.autoencoder.decode(self.sampled(self.score, given, how, unit, guide))
        )

    def validate(self, networks: nn.ModuleDict) -> dict[str, float]:
        """As the base; the same with an open mask at severe."""
        figures = super().validate(networks)
        psnr, identity = self.measure("severe", lambda y: self._restore(y, None))
        return {**figures, "psnr-severe-open": psnr, "identity-severe-open": identity}
