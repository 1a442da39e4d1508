"""CLR-Face, second: denoising score matching on latents.

Loss and noise levels of Karras et al. (arXiv 2206.00364, table 1) on latents of unit deviation.
Encoding a face costs as much as a denoiser run, so every face serves for several noise draws of a
step (``noises``), in place of a cache of latents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from engine.networks.blocks import bounded
from engine.networks.score import ScoreConfig, ScoreNetwork, loss_weight
from engine.training import earlier
from engine.training.latent_stage import LatentStage
from engine.training.stage import Batch, Tensors, to_tensor, to_tensor_t

if TYPE_CHECKING:
    from engine.training.plan import Plan

#: Noise levels of the validation.
LEVELS = (0.1, 0.5, 2.0)


class Training(LatentStage):
    """Reads of the data table: ``noises``, ``noise_mean``, ``noise_deviation`` (of ln sigma)."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self.main = ScoreNetwork(ScoreConfig(**earlier.options(plan)))
        self.networks = nn.ModuleDict({"main": self.main})
        self.noises = int(plan.data.get("noises", 4))

    def batch(self, number: int) -> Batch:
        """`target` and `input`, (N / noises, S, S, 3) uint8: whole faces."""
        return dict(self.pairs(number, max(1, self.plan.batch // self.noises)))

    def losses(self, batch: Tensors, seen: int) -> Tensors:
        """The weighted squared distance of the denoised latent to the clean one."""
        del seen
        with torch.no_grad():
            clean = self.frozen.autoencoder.encode(to_tensor_t(batch["target"]))
            given = self.frozen.conditions(to_tensor_t(batch["input"]))
        clean, degraded, recovered = (
            z.repeat_interleave(self.noises, dim=0)
            for z in (clean, given.degraded, given.recovered)
        )
        data = self.plan.data
        # Drawn on the CPU, whose generator is saved with a run.
        normal = torch.randn(len(clean)).to(self.device)
        sigma = (
            normal * float(data.get("noise_deviation", 1.2)) + float(data.get("noise_mean", -0.5))
        ).exp()
        noisy = clean + sigma[:, None, None, None] * torch.randn(clean.shape).to(self.device)
        denoised = self.main(noisy, sigma, degraded, recovered)
        error = (denoised - clean).square().mean((1, 2, 3))
        return {"denoising": self.plan.loss["denoising"] * (loss_weight(sigma) * error).mean()}

    def restore(self, networks: nn.ModuleDict, y: Tensor) -> Tensor:
        """Unguided samples at fidelity 0.5."""
        given = self.frozen.conditions(y)
        how = self.settings(0.5)
        unit = self.fixed(given.degraded.shape)
        return bounded(
            self.frozen.autoencoder.decode(self.sampled(networks["main"], given, how, unit))
        )

    def validate(self, networks: nn.ModuleDict) -> dict[str, float]:
        """As the base; root mean square error of the denoised latents at three noise levels."""
        figures = super().validate(networks)
        targets, inputs = self.checks["severe"]
        clean = self.frozen.autoencoder.encode(to_tensor(targets[:4], self.device))
        given = self.frozen.conditions(to_tensor(inputs[:4], self.device))
        unit = self.fixed(clean.shape)
        for level in LEVELS:
            sigma = clean.new_full((len(clean),), level)
            denoised = networks["main"](
                clean + level * unit, sigma, given.degraded, given.recovered
            )
            figures[f"error-{level}"] = float((denoised - clean).square().mean().sqrt())
        return figures
