"""The patch discriminator of all adversarial stages (training only; never released).

A PatchGAN (Isola et al., arXiv 1611.07004) that starts with a pixel-unshuffle by 2 and has no
BatchNorm, which harms batches of two to four.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm

#: Gain of the detail, which is some tenth of the picture's range.
DETAIL = 8.0


@dataclass(frozen=True)
class DiscriminatorConfig:
    """Widths at 128, 64, 32, 32 px (for a 512 px picture).

    Attributes:
        widths: those.
        spectral: spectral norm on every layer, or on none.
        detail: it is shown what is finer than 5 px as well, in a picture of its own.
    """

    widths: tuple[int, ...] = (48, 96, 192, 256)
    spectral: bool = False
    detail: bool = False


class Discriminator(nn.Module):
    """Picture in, one judgement a patch out: real above 0, fake below."""

    def __init__(self, config: DiscriminatorConfig | None = None) -> None:
        super().__init__()
        self.config = c = config or DiscriminatorConfig()
        layers: list[nn.Module] = []
        before = 3 * 4 * (2 if c.detail else 1)
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
        if self.config.detail:
            x = torch.cat([x, ((x - smooth(x)) * DETAIL).contiguous()], dim=1)
        if torch.is_autocast_enabled(x.device.type):  # what follows is half as much to move
            x = x.to(torch.get_autocast_dtype(x.device.type))
        out: Tensor = self.layers(F.pixel_unshuffle(x, 2))
        return out


def smooth(x: Tensor, side: int = 5) -> Tensor:
    """Means of boxes, the border repeated: (N, C, S, S) -> the same, float32.

    By two convolutions, which are twenty times as fast on a CPU as ``avg_pool2d`` is here.
    """
    channels, half = x.shape[1], side // 2
    with torch.autocast(x.device.type, enabled=False):
        x = F.pad(x.float(), (half, half, half, half), mode="replicate")
        x = x.contiguous(memory_format=torch.channels_last)
        box = x.new_full((channels, 1, side, 1), 1 / side)
        down = F.conv2d(x, box, groups=channels)
        return F.conv2d(down, box.transpose(2, 3), groups=channels)
