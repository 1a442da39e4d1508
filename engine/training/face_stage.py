"""What the stages that restore faces have in common: samples, teachers, measures, sheets."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.networks.blocks import bounded
from engine.training.earlier import config, recovery
from engine.training.losses import Perceptual, TeacherIdentity, charbonnier
from engine.training.metrics import psnr
from engine.training.samples import SMALL, Samples, checks
from engine.training.stage import Stage, Tensors, to_pictures, to_tensor

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from engine.training.losses import Seen
    from engine.training.plan import Plan


class Entry(nn.Module):
    """What CodeFormer++ reads: the damaged face, or its restoration by the recovery network.

    Args:
        plan: its data table's ``recovery`` says where that network's weights lie.
        recovered: of CodeFormer++'s config.
    """

    def __init__(self, plan: Plan, *, recovered: bool) -> None:
        super().__init__()
        self.net = recovery(plan) if recovered else None

    @torch.no_grad()
    def forward(self, y: Tensor) -> Tensor:
        """(N, 3, S, S) damaged -> (N, 3, S, S), both in [-1, 1]."""
        return y if self.net is None else bounded(self.net(y))


def perceptual(plan: Plan) -> Perceptual:
    """Of the data table's ``perceptual_crop``, ``perceptual_far`` and ``perceptual_unit``."""
    return Perceptual(
        int(plan.data.get("perceptual_crop", 128)),
        far=bool(plan.data.get("perceptual_far", False)),
        unit=bool(plan.data.get("perceptual_unit", False)),
    )


class FaceStage(Stage):
    """A stage that restores (or rebuilds) faces.

    Reads of the plan's data table: ``small`` and ``parts`` (shares of those batches),
    the keys of `perceptual`, ``checks`` (validation faces).
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        torch.manual_seed(plan.seed)
        self.config = config(plan)
        self.side = self.config.codeformer.size
        self.samples = Samples(plan.data, self.side)
        self.perceptual = perceptual(plan)
        self.identity = TeacherIdentity()
        self.checks = checks(self.side, int(plan.data.get("checks", 24)))
        self.entry = Entry(plan, recovered=self.config.recovered)

    def place(self, device: torch.device) -> None:
        """Moves the frozen networks."""
        super().place(device)
        self.perceptual.to(device)
        self.identity.to(device)
        self.entry.to(device)

    @abstractmethod
    def restore(self, networks: nn.ModuleDict, y: Tensor) -> Tensor:
        """(N, 3, S, S) in [-1, 1] -> the stage's result, the same shape."""

    def anchors(self, out: Tensor, x: Tensor, kind: int = 0) -> tuple[Tensors, list[Seen]]:
        """Weighted pixel and perceptual losses, and the features that tell of them.

        Both at half the side for small sources.
        """
        weight = self.plan.loss
        if kind == SMALL:
            out, x = F.avg_pool2d(out, 2), F.avg_pool2d(x, 2)
        distance, looked = self.perceptual.compare(out, x)
        return {
            "pixel": weight["pixel"] * charbonnier(out, x),
            "perceptual": weight["perceptual"] * distance,
        }, looked

    def validate(self, networks: nn.ModuleDict) -> dict[str, float]:
        """PSNR and identity cosine (teacher) by strength."""
        figures: dict[str, float] = {}
        for strength in self.checks:
            figures[f"psnr-{strength}"], figures[f"identity-{strength}"] = self.measure(
                strength, lambda y: self.restore(networks, y)
            )
        return figures

    def measure(self, strength: str, restore: Callable[[Tensor], Tensor]) -> tuple[float, float]:
        """PSNR and identity cosine of a way to restore, on the faces of one strength."""
        targets, inputs = self.checks[strength]
        outs = self.apply(restore, inputs)
        quality = float(np.mean([psnr(a, b) for a, b in zip(outs, targets, strict=True)]))
        distances = self.identity(to_tensor(outs, self.device), to_tensor(targets, self.device))
        return quality, 1 - float(distances.mean())

    def apply(
        self, restore: Callable[[Tensor], Tensor], inputs: NDArray[np.uint8]
    ) -> NDArray[np.uint8]:
        """Restores (N, S, S, 3) uint8 pictures in fours."""
        outs = []
        for some in np.array_split(inputs, max(1, len(inputs) // 4)):
            with torch.no_grad(), torch.autocast(self.device.type, dtype=torch.bfloat16):
                outs.append(to_pictures(restore(to_tensor(some, self.device))))
        return np.concatenate(outs)

    def ways(self, networks: nn.ModuleDict) -> list[Callable[[Tensor], Tensor]]:
        """What the sheet shows between input and truth, a row each."""
        return [lambda y: self.restore(networks, y)]

    def sheet(self, networks: nn.ModuleDict) -> NDArray[np.uint8]:
        """For each strength: inputs, the stage's ways, truths."""
        rows = []
        for targets, inputs in self.checks.values():
            made = [self.apply(way, inputs[:6]) for way in self.ways(networks)]
            rows += [
                np.concatenate(list(p[:6, ::2, ::2]), axis=1) for p in (inputs, *made, targets)
            ]
        return np.concatenate(rows, axis=0)


def freeze(module: nn.Module) -> None:
    """No gradients for a part that an earlier stage trained."""
    module.requires_grad_(requires_grad=False)
