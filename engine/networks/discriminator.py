"""The patch discriminator of all adversarial stages (training only; never released).

A PatchGAN (Isola et al., arXiv 1611.07004) that starts with a pixel-unshuffle by 2 and has no
BatchNorm, which harms batches of two to four (methods.md sections 5 and 5.3).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm


@dataclass(frozen=True)
class DiscriminatorConfig:
    """Widths at 128, 64, 32, 32 px (for a 512 px picture); spectral norm on every layer or none."""

    widths: tuple[int, ...] = (48, 96, 192, 256)
    spectral: bool = False


class Discriminator(nn.Module):
    """Picture in, one judgement a patch out: real above 0, fake below."""

    def __init__(self, config: DiscriminatorConfig | None = None) -> None:
        super().__init__()
        self.config = c = config or DiscriminatorConfig()
        layers: list[nn.Module] = []
        before = 3 * 4
        for i, width in enumerate(c.widths):
            last = i + 1 == len(c.widths)
            conv = nn.Conv2d(before, width, 4, stride=1 if last else 2, padding=1)
            layers += [spectral_norm(conv) if c.spectral else conv, nn.LeakyReLU(0.2)]
            before = width
        judge = nn.Conv2d(before, 1, 4, padding=1)
        layers.append(spectral_norm(judge) if c.spectral else judge)
        self.layers = nn.Sequential(*layers)

    def forward(self, x: Tensor) -> Tensor:
        """(N, 3, S, S) in [-1, 1], S a multiple of 16 -> (N, 1, S/16 - 2, S/16 - 2)."""
        out: Tensor = self.layers(F.pixel_unshuffle(x, 2))
        return out
