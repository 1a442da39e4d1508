"""Encoders and generators of the code-book prior: our compact ones, and those of CodeFormer's size.

Both kinds answer to the same two calls: an encoder gives the latent and the maps that fusion may
use, by their side in pixels of a 512 px picture; a generator lets `fuse` change its map at each of
its sides. The published pair has the names and shapes of the official checkpoints (Zhou et al.,
arXiv 2206.11253), written anew after that table; the compact pair is ours.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.networks.blocks import GroupNorm, ResidualBlock, SelfAttention, Up
from engine.networks.identity_recovery import Encoder

#: (side for a 512 px picture, generator's map) -> the map to go on with
Fuse = Callable[[str, Tensor], Tensor]
Maps = dict[str, Tensor]


def weight_of(layer: nn.Module) -> nn.Parameter:
    """The weight of a layer that has one."""
    weight = layer.weight
    assert isinstance(weight, nn.Parameter)
    return weight


# ---------------------------------------------------------------------- compact
class CompactEncoder(Encoder):
    """The identity recovery network's encoder (same names: one can start from the other)."""

    def __init__(
        self, widths: tuple[int, ...], blocks: tuple[int, ...], latent: int, *, norm: bool
    ) -> None:
        super().__init__(widths, blocks, norm=norm, attention=True)
        self.to_latent = nn.Conv2d(widths[-1], latent, 3, padding=1)

    def encode(self, y: Tensor) -> tuple[Tensor, Maps]:
        """(N, 3, 512, 512) in [-1, 1] -> latent (N, latent, 16, 16), maps at 128, 64, 32, 16."""
        maps = self(y)
        named = {str(128 >> i): h for i, h in enumerate(maps)}
        return self.to_latent(F.silu(maps[-1])), named


class CompactGenerator(nn.Module):
    """Residual levels at 16, 32, 64, 128 and a pixel-shuffle head; no skips."""

    def __init__(
        self, widths: tuple[int, ...], blocks: tuple[int, ...], latent: int, head: int
    ) -> None:
        super().__init__()
        self.stem = nn.Conv2d(latent, widths[-1], 3, padding=1)
        self.attention = SelfAttention(widths[-1])
        self.levels = nn.ModuleList(
            nn.Sequential(*(ResidualBlock(width, width) for _ in range(count)))
            for width, count in zip(widths, blocks, strict=True)
        )
        self.ups = nn.ModuleList(Up(b, a) for a, b in pairwise(widths))
        self.to_head = nn.Conv2d(widths[0], head * 4, 1)
        self.head = ResidualBlock(head, head)
        self.out = nn.Conv2d(head, 3 * 4, 3, padding=1)

    def forward(self, z: Tensor, fuse: Fuse | None = None) -> Tensor:
        """(N, latent, 16, 16) -> (N, 3, 512, 512) float32, not clamped."""
        h = self.attention(self.stem(z))  # N, w3, 16, 16
        for i in reversed(range(len(self.levels))):
            if i + 1 < len(self.levels):
                h = self.ups[i](h)
            h = self.levels[i](h)
            if fuse is not None:
                h = fuse(str(128 >> i), h)
        h = self.head(F.pixel_shuffle(self.to_head(h), 2))  # N, head, 256, 256
        return F.pixel_shuffle(self.out(F.silu(h)), 2).float()

    @property
    def last(self) -> nn.Parameter:
        """Weight of the last layer, where gradients are balanced."""
        return weight_of(self.out)


# ---------------------------------------------------------------------- published size
def _norm(width: int) -> nn.GroupNorm:
    return GroupNorm(32, width, eps=1e-6)


class PublishedBlock(nn.Module):
    """GroupNorm, swish, 3x3, twice; 1x1 on the shortcut when widths differ."""

    def __init__(self, c_in: int, c_out: int) -> None:
        super().__init__()
        self.norm1, self.conv1 = _norm(c_in), nn.Conv2d(c_in, c_out, 3, padding=1)
        self.norm2, self.conv2 = _norm(c_out), nn.Conv2d(c_out, c_out, 3, padding=1)
        self.conv_out = nn.Identity() if c_in == c_out else nn.Conv2d(c_in, c_out, 1)

    def forward(self, x: Tensor) -> Tensor:
        """(N, c_in, H, W) -> (N, c_out, H, W)."""
        h = self.conv1(F.silu(self.norm1(x)))
        out: Tensor = self.conv_out(x) + self.conv2(F.silu(self.norm2(h)))
        return out


class PublishedAttention(nn.Module):
    """One head over all positions, with a residual."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm = _norm(width)
        self.q, self.k, self.v, self.proj_out = (nn.Conv2d(width, width, 1) for _ in range(4))

    def forward(self, x: Tensor) -> Tensor:
        """(N, C, H, W) -> (N, C, H, W)."""
        h = self.norm(x)
        q, k, v = (t(h).flatten(2).transpose(1, 2)[:, None] for t in (self.q, self.k, self.v))
        mixed = F.scaled_dot_product_attention(q, k, v)[:, 0]  # N, HW, C
        out: Tensor = x + self.proj_out(mixed.transpose(1, 2).reshape(x.shape))
        return out


class PublishedDown(nn.Module):
    """Stride 2 without padding left and above."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(width, width, 3, stride=2)

    def forward(self, x: Tensor) -> Tensor:
        """(N, C, H, W) -> (N, C, H/2, W/2)."""
        out: Tensor = self.conv(F.pad(x, (0, 1, 0, 1)))
        return out


class PublishedUp(nn.Module):
    """Nearest enlargement, then 3x3."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(width, width, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        """(N, C, H, W) -> (N, C, 2H, 2W)."""
        out: Tensor = self.conv(F.interpolate(x, scale_factor=2.0, mode="nearest"))
        return out


class PublishedEncoder(nn.Module):
    """Width at 512, 256, ... 16; two blocks a level; attention at 16."""

    def __init__(self, widths: tuple[int, ...], latent: int) -> None:
        super().__init__()
        blocks: list[nn.Module] = [nn.Conv2d(3, widths[0], 3, padding=1)]
        self.taps: dict[int, str] = {}  # number of a block -> side of the map it ends
        before = widths[0]
        for i, width in enumerate(widths):
            last = i + 1 == len(widths)
            for c_in in (before, width):
                blocks.append(PublishedBlock(c_in, width))
                if last:
                    blocks.append(PublishedAttention(width))
            if not last:
                self.taps[len(blocks) - 1] = str(512 >> i)
                blocks.append(PublishedDown(width))
            before = width
        blocks += [PublishedBlock(before, before), PublishedAttention(before)]
        blocks += [PublishedBlock(before, before), _norm(before)]
        blocks.append(nn.Conv2d(before, latent, 3, padding=1))
        self.blocks = nn.ModuleList(blocks)

    def encode(self, y: Tensor) -> tuple[Tensor, Maps]:
        """(N, 3, 512, 512) in [-1, 1] -> latent (N, latent, 16, 16), maps at 512 .. 32."""
        h, maps = y, {}
        for i, block in enumerate(self.blocks):
            h = block(h)
            if i in self.taps:
                maps[self.taps[i]] = h
        return h, maps


class PublishedGenerator(nn.Module):
    """The encoder's mirror; `fuse` acts after the first block of a level."""

    def __init__(self, widths: tuple[int, ...], latent: int) -> None:
        super().__init__()
        before = widths[-1]
        blocks: list[nn.Module] = [nn.Conv2d(latent, before, 3, padding=1)]
        blocks += [PublishedBlock(before, before), PublishedAttention(before)]
        blocks.append(PublishedBlock(before, before))
        self.taps: dict[int, str] = {}
        for i in reversed(range(len(widths))):
            self.taps[len(blocks)] = str(512 >> i)
            for c_in in (before, widths[i]):
                blocks.append(PublishedBlock(c_in, widths[i]))
                if i + 1 == len(widths):
                    blocks.append(PublishedAttention(widths[i]))
            if i:
                blocks.append(PublishedUp(widths[i]))
            before = widths[i]
        blocks += [_norm(before), nn.Conv2d(before, 3, 3, padding=1)]
        self.blocks = nn.ModuleList(blocks)

    def forward(self, z: Tensor, fuse: Fuse | None = None) -> Tensor:
        """(N, latent, 16, 16) -> (N, 3, 512, 512) float32, not clamped."""
        h = z
        for i, block in enumerate(self.blocks):
            h = block(h)
            if fuse is not None and i in self.taps:
                h = fuse(self.taps[i], h)
        return h.float()

    @property
    def last(self) -> nn.Parameter:
        """Weight of the last layer, where gradients are balanced."""
        return weight_of(self.blocks[-1])


# ---------------------------------------------------------------------- fusion
class ControllableTransform(nn.Module):
    """Scale and shift of the generator's map from the encoder's (CodeFormer, equation 6).

    Args:
        joint: block on concatenated (encoder, generator) maps, to `width` channels.
        width: channels of the generator's map.
        quiet: start as if it were not there.
    """

    def __init__(self, joint: nn.Module, width: int, *, quiet: bool) -> None:
        super().__init__()
        self.encode_enc = joint

        def two() -> nn.Sequential:
            return nn.Sequential(
                nn.Conv2d(width, width, 3, padding=1),
                nn.LeakyReLU(0.2),
                nn.Conv2d(width, width, 3, padding=1),
            )

        self.scale, self.shift = two(), two()
        if quiet:
            for last in (self.scale[2], self.shift[2]):
                for p in last.parameters():
                    nn.init.zeros_(p)

    @property
    def last(self) -> nn.Parameter:
        """Weight of the last layer, where gradients are balanced."""
        return weight_of(self.shift[2])

    def forward(self, encoded: Tensor, h: Tensor, w: Tensor) -> Tensor:
        """Maps (N, C, H, W) and w (N, 1, 1, 1) -> (N, width, H, W); w = 0 gives h to the bit."""
        joint = self.encode_enc(torch.cat([encoded.detach(), h], dim=1))
        out: Tensor = h + w.to(h.dtype) * (h * self.scale(joint) + self.shift(joint))
        return out
