"""What a network's training supplies to the one trainer.

A stage owns its networks, prepares numbered batches (a batch depends on the plan's seed and its
number alone, so that a resumed run sees what an unbroken one would have seen), turns a batch into
named losses, measures itself on validation faces, and draws a sheet for the eye.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from torch import Tensor, nn

    from engine.training.plan import Plan

Batch = dict[str, "NDArray[Any]"]
Tensors = dict[str, "Tensor"]


class Stage(ABC):
    """One network's training.

    Attributes:
        networks: trained by the generator's optimiser; averaged (EMA) and released.
        adversary: a discriminator with its own optimiser, or None.
    """

    networks: nn.ModuleDict
    adversary: nn.Module | None = None

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.device = torch.device("cpu")

    def place(self, device: torch.device) -> None:
        """Moves frozen helpers (recognisers, perceptual networks) to the device."""
        self.device = device

    def generator(self, number: int) -> np.random.Generator:
        """The random source of batch `number`."""
        return np.random.default_rng((self.plan.seed, number))

    def parameter_groups(self) -> list[tuple[list[nn.Parameter], float]]:
        """The trained weights of `networks` in groups, each with a factor on the learning rate."""
        return [([p for p in self.networks.parameters() if p.requires_grad], 1.0)]

    def renew(self, networks: nn.ModuleDict) -> None:
        """Puts frozen parts of `networks` back to what the plan names.

        A run's state and released weights hold those that they were trained on; an earlier stage
        may have been trained further since.
        """
        del networks

    @abstractmethod
    def batch(self, number: int) -> Batch:
        """Batch `number`, as numpy arrays; called in worker processes, without torch."""

    @abstractmethod
    def losses(self, batch: Tensors, seen: int) -> Tensors:
        """Named losses, already weighted; their sum is minimised.

        Args:
            batch: the batch on the device.
            seen: samples seen before this step, for what starts late.
        """

    def adversary_loss(self, seen: int) -> Tensor | None:
        """The discriminator's loss on the last batch; None when it does not train yet."""
        del seen
        return None

    @abstractmethod
    def validate(self, networks: nn.ModuleDict) -> dict[str, float]:
        """Figures on validation faces, with the averaged weights in evaluation mode."""

    @abstractmethod
    def sheet(self, networks: nn.ModuleDict) -> NDArray[np.uint8]:
        """A picture (H, W, 3) uint8 that lets a person judge the state of the training."""


def to_tensor(pictures: NDArray[np.uint8], device: torch.device) -> Tensor:
    """(N, S, S, 3) uint8 -> (N, 3, S, S) float32 in [-1, 1], channels last in memory."""
    x = torch.from_numpy(np.ascontiguousarray(pictures)).to(device, non_blocking=True)
    return x.permute(0, 3, 1, 2).float() / 127.5 - 1


def to_pictures(x: Tensor) -> NDArray[np.uint8]:
    """(N, 3, S, S) in [-1, 1] -> (N, S, S, 3) uint8."""
    y = (x.detach().float().clamp(-1, 1) + 1) * 127.5 + 0.5
    out: NDArray[np.uint8] = y.permute(0, 2, 3, 1).to(torch.uint8).cpu().numpy()
    return out


def to_tensor_t(pictures: Tensor) -> Tensor:
    """(N, S, S, 3) uint8 on the device -> (N, 3, S, S) float32 in [-1, 1], channels last."""
    return pictures.permute(0, 3, 1, 2).float() / 127.5 - 1
