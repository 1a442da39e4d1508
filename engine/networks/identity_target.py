"""Whose face it probably was: the identity that CLR-Face's guidance aims at.

The published description (CLR-Face, arXiv 2402.06106) aims at the identity of the recovery
network's picture. That picture is an average over the faces that the damage leaves possible, and
its identity vector is drawn towards what such averages have in common. Filled in: a linear map of
this vector and of the damaged picture's own undoes what can be known of that, the more the further
the two are apart; where nothing was hidden it changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass(frozen=True)
class IdentityTargetConfig:
    """Length of the identity vectors."""

    length: int = 256


class IdentityTarget(nn.Module):
    """Two identity vectors in, the expected one of the undamaged face out."""

    def __init__(self, config: IdentityTargetConfig | None = None) -> None:
        super().__init__()
        self.config = c = config or IdentityTargetConfig()
        self.change = nn.Linear(2 * c.length, c.length)
        nn.init.zeros_(self.change.weight)
        nn.init.zeros_(self.change.bias)

    def forward(self, recovered: Tensor, degraded: Tensor) -> Tensor:
        """Unit vectors (N, 256) of the recovered and the damaged picture -> (N, 256), unit."""
        hidden = hidden_share(recovered, degraded)
        both = torch.cat([recovered, degraded], dim=1)
        return F.normalize(recovered + hidden * self.change(both), dim=1)


def hidden_share(recovered: Tensor, degraded: Tensor) -> Tensor:
    """(N, 1): how much the damage hid, 0 where both show the same person."""
    return (1 - (recovered * degraded).sum(1, keepdim=True)).clamp_min(0).sqrt()
