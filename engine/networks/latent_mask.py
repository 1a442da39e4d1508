"""The latent mask of CLR-Face: where the identity gradient may act.

After the published description (CLR-Face, arXiv 2402.06106: a learnable latent mask that confines
the guidance to what is tied to fine identity detail). Filled in: its shape and its training.
Aligned faces stand on one template, so the mask is also told the place.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass(frozen=True)
class LatentMaskConfig:
    """Channels of the latent, width of the two hidden layers, logit that the mask starts from."""

    channels: int = 4
    width: int = 32
    start: float = 1.0


class LatentMask(nn.Module):
    """Degraded latent and present estimate in, a gate in (0, 1) for every latent number out."""

    def __init__(self, config: LatentMaskConfig | None = None) -> None:
        super().__init__()
        self.config = c = config or LatentMaskConfig()
        self.first = nn.Conv2d(2 * c.channels + 2, c.width, 3, padding=1)
        self.second = nn.Conv2d(c.width, c.width, 3, padding=1)
        self.out = nn.Conv2d(c.width, c.channels, 1)
        nn.init.zeros_(self.out.weight)
        assert self.out.bias is not None
        nn.init.constant_(self.out.bias, c.start)

    def forward(self, degraded: Tensor, estimate: Tensor) -> Tensor:
        """Two unit latents (N, 4, 128, 128) -> (N, 4, 128, 128) in (0, 1)."""
        n, _, height, width = estimate.shape
        y = torch.linspace(-1, 1, height, device=estimate.device).view(1, 1, height, 1)
        x = torch.linspace(-1, 1, width, device=estimate.device).view(1, 1, 1, width)
        place = [p.expand(n, 1, height, width) for p in (y, x)]
        h = F.silu(self.first(torch.cat([degraded, estimate, *place], dim=1)))
        h = F.silu(self.second(h))
        return torch.sigmoid(self.out(h).float())
