"""The identity recovery network (IRN): method `identity`, and the guide of CLR-Face.

A residual U-Net trained by regression, without an adversarial term: it brings back what the
damaged picture still tells, and invents nothing (CLR-Face, arXiv 2402.06106, "Identity Recovery
Network"; its backbone is not published, this one is ours).
The output is ``gate * y + delta + colour``: the network starts as the identity and learns, per
pixel, how much of the damaged picture deserves to stay. Blotches of heavy JPEG are wide and survive
in ``gate * y``, so the coarse colour has a way of its own, from the map at 32 px.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.networks.blocks import Down, ResidualBlock, SelfAttention, Up


@dataclass(frozen=True)
class IdentityRecoveryConfig:
    """Sizes; levels stand at 128, 64, 32, 16 px for a 512 px picture.

    The encoder's are shared with the other networks, so that each of them can start from this
    one's trained encoder.

    Attributes:
        widths: channels a level, both ways.
        blocks: residual blocks a level of the encoder.
        decoder: the same of the decoder's three levels; empty takes the encoder's.
        head: channels at 256 px.
        norm: GroupNorm in the blocks.
        attention: at the coarsest level.
        colour: the coarse colour has a way of its own.
    """

    widths: tuple[int, ...] = (48, 96, 128, 192)
    blocks: tuple[int, ...] = (1, 1, 2, 2)
    decoder: tuple[int, ...] = ()
    head: int = 32
    norm: bool = False
    attention: bool = True
    colour: bool = True


class Encoder(nn.Module):
    """Pixel-unshuffle stem and residual levels; returns the map of every level, finest first."""

    def __init__(
        self,
        widths: tuple[int, ...],
        blocks: tuple[int, ...],
        *,
        norm: bool,
        attention: bool,
    ) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3 * 16, widths[0], 3, padding=1)
        levels, downs = [], []
        for i, (width, count) in enumerate(zip(widths, blocks, strict=True)):
            levels.append(
                nn.Sequential(*(ResidualBlock(width, width, norm=norm) for _ in range(count)))
            )
            if i + 1 < len(widths):
                downs.append(Down(width, widths[i + 1]))
        self.levels = nn.ModuleList(levels)
        self.downs = nn.ModuleList(downs)
        self.attention = SelfAttention(widths[-1]) if attention else nn.Identity()

    def forward(self, y: Tensor, more: Tensor | None = None) -> list[Tensor]:
        """(N, 3, 512, 512) in [-1, 1] -> maps at 128, 64, 32, 16.

        Args:
            y: the picture.
            more: (N, w0, 128, 128), what else is known; added behind the stem.
        """
        h = self.stem(F.pixel_unshuffle(y, 4))  # N, w0, 128, 128
        if more is not None:
            h = h + more
        maps = []
        for i, level in enumerate(self.levels):
            if i:
                h = self.downs[i - 1](h)
            h = level(h)
            if i + 1 == len(self.levels):
                h = self.attention(h)
            maps.append(h)
        return maps


class IdentityRecovery(nn.Module):
    """Degraded aligned face in, faithful face out, both (N, 3, 512, 512) in [-1, 1]."""

    def __init__(self, config: IdentityRecoveryConfig | None = None) -> None:
        super().__init__()
        self.config = c = config or IdentityRecoveryConfig()
        w = c.widths
        self.encoder = Encoder(w, c.blocks, norm=c.norm, attention=c.attention)
        self.ups = nn.ModuleList(Up(w[i + 1], w[i]) for i in range(len(w) - 1))
        self.merges = nn.ModuleList(nn.Conv2d(2 * w[i], w[i], 1) for i in range(len(w) - 1))
        self.levels = nn.ModuleList(
            nn.Sequential(*(ResidualBlock(width, width, norm=c.norm) for _ in range(count)))
            for width, count in zip(w[:-1], c.decoder or c.blocks[:-1], strict=True)
        )
        # 128 -> 256 by pixel shuffle, joined by the picture itself unshuffled by 2.
        self.to_head = nn.Conv2d(w[0], c.head * 4, 1)
        self.from_picture = nn.Conv2d(12, c.head, 3, padding=1)
        self.head = ResidualBlock(c.head, c.head, norm=False)
        self.out = nn.Conv2d(c.head, 4 * 4, 3, padding=1)  # delta RGB and gate, shuffled to 512
        self.colour = nn.Conv2d(w[len(w) - 2], 3, 1) if c.colour else None
        for last in filter(None, (self.out, self.colour)):
            nn.init.zeros_(last.weight)
            assert last.bias is not None
            nn.init.zeros_(last.bias)

    def forward(self, y: Tensor) -> Tensor:
        """(N, 3, 512, 512) in [-1, 1] -> the same shape; not clamped."""
        maps = self.encoder(y)
        h = maps[-1]
        coarse = y.new_zeros(()).float()  # N, 3, 32, 32 where there is a way for it
        for i in reversed(range(len(self.levels))):
            h = self.merges[i](torch.cat([self.ups[i](h), maps[i]], dim=1))
            h = self.levels[i](h)
            if self.colour is not None and i == len(self.levels) - 1:
                coarse = self.colour(F.silu(h)).float()
        h = F.pixel_shuffle(self.to_head(h), 2)  # N, head, 256, 256
        h = self.head(h + self.from_picture(F.pixel_unshuffle(y, 2)))
        o = F.pixel_shuffle(self.out(F.silu(h)), 2).float()  # N, 4, 512, 512
        # sigmoid(4) = 0.98: at the start the picture passes nearly unchanged.
        made = y * torch.sigmoid(o[:, 3:] + 4.0) + o[:, :3]
        if self.colour is None:
            return made
        return made + F.interpolate(coarse, size=y.shape[2:], mode="bilinear", align_corners=False)
