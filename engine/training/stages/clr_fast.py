"""CLR-Face, last: the fast preset, one step distilled from the guided sampler.

The student gets what the sampler starts from, the noise included, and answers with what the
sampler would have ended at (after Luhman & Luhman, arXiv 2101.02388); so the seed keeps its
meaning and the result stays sharp. The fidelity is told by the start level, the identity aimed at
by its vector. The student is the score network itself but for its finest level, which alone learns
(``tuned``): so the released file holds little more than that.

Most of the time goes to the teacher. A guided sample costs as much as four others and differs
little, so only some are (``guided``); a loss on the true identity makes up for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from engine.networks.blocks import bounded
from engine.networks.score import ScoreConfig, ScoreNetwork
from engine.training import earlier, latent_stage
from engine.training.latent_stage import LatentStage
from engine.training.losses import charbonnier
from engine.training.stage import to_tensor_t

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.training.plan import Plan
    from engine.training.stage import Batch, Tensors


class Training(LatentStage):
    """Reads of the data table.

    ``score`` and ``mask`` (where their weights lie), ``tuned`` (what of the student learns, by the
    beginnings of names; all when empty), ``guided`` (share of guided batches).
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self.main = ScoreNetwork(ScoreConfig(**earlier.options(plan)))
        self.networks = nn.ModuleDict({"main": self.main})
        self.score = latent_stage.score(plan)
        self.mask = latent_stage.mask(plan)
        self.guided = float(plan.data.get("guided", 0.1))
        earlier.take(self.main, self.score.state_dict())
        tuned = tuple(plan.data.get("tuned", ()))
        for name, weight in self.main.named_parameters():
            weight.requires_grad_(not tuned or name.startswith(tuned))

    def place(self, device: torch.device) -> None:
        """Moves the frozen networks."""
        super().place(device)
        self.score.to(device)
        self.mask.to(device)

    def batch(self, number: int) -> Batch:
        """`target` and `input`, (N, S, S, 3) uint8: whole faces."""
        return dict(self.pairs(number, self.plan.batch))

    def losses(self, batch: Tensors, seen: int) -> Tensors:
        """Latent, pixel and perceptual distance to the sampler's result; identity to the truth."""
        del seen
        weight = self.plan.loss
        given = self.frozen.conditions(to_tensor_t(batch["input"]))
        fidelity = float(torch.rand(()))
        unit = torch.randn(given.degraded.shape).to(self.device)
        guided = float(torch.rand(())) < self.guided
        goal = self.finished(self.score, given, self.mask, fidelity, unit, guided=guided)
        latent = self._student(self.main, given, fidelity, unit)
        decode = self.frozen.autoencoder.decode
        out = decode(latent, quantised=False)
        with torch.no_grad():
            made = bounded(decode(goal))
        truth = to_tensor_t(batch["target"])
        return {
            "latent": weight["latent"] * charbonnier(latent, goal),
            **self.anchors(out, made)[0],
            "identity": weight["identity"] * self.identity(out, truth).mean(),
        }

    def _student(
        self, network: nn.Module, given: latent_stage.Conditions, fidelity: float, unit: Tensor
    ) -> Tensor:
        start = self.settings(fidelity).start
        sigma = unit.new_full((len(unit),), start)
        noisy = given.recovered + start * unit
        out: Tensor = network(noisy, sigma, given.degraded, given.recovered, given.target)
        return out

    def restore(self, networks: nn.ModuleDict, y: Tensor) -> Tensor:
        """The student at fidelity 0.5."""
        given = self.frozen.conditions(y)
        latent = self._student(networks["main"], given, 0.5, self.fixed(given.degraded.shape))
        return bounded(self.frozen.autoencoder.decode(latent))

    def ways(self, networks: nn.ModuleDict) -> list[Callable[[Tensor], Tensor]]:
        """The sheet shows the student above its teacher."""

        def teacher(y: Tensor) -> Tensor:
            given = self.frozen.conditions(y)
            unit = self.fixed(given.degraded.shape)
            latent = self.finished(self.score, given, self.mask, 0.5, unit)
            return bounded(self.frozen.autoencoder.decode(latent))

        return [lambda y: self.restore(networks, y), teacher]
