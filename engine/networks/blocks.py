"""Building blocks shared by all networks.

All networks start with a pixel-unshuffle by 4 (512x512x3 -> 128x128x48) and end with pixel
shuffles back to 512, so that no convolution runs at the full picture size.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class GroupNorm(nn.GroupNorm):
    """GroupNorm that also trains on an input without a gradient.

    torch 2.13 crashes the process in its CPU backward when the input of a channels-last
    GroupNorm needs no gradient but its weights do (a detached or a first feature map).
    """

    def forward(self, x: Tensor) -> Tensor:
        """(N, C, H, W) -> the same shape."""
        if self.training and torch.is_grad_enabled() and not x.requires_grad:
            x = x.detach().requires_grad_()
        return super().forward(x)


class ResidualBlock(nn.Module):
    """Pre-activation residual block: (GroupNorm) SiLU 3x3, twice; 1x1 shortcut when widths differ.

    Args:
        c_in: channels in.
        c_out: channels out.
        norm: GroupNorm with groups of 16 channels. Without it the second convolution starts at
            zero, so that a deep stack begins as the identity and trains without normalisation.
    """

    def __init__(self, c_in: int, c_out: int, *, norm: bool = True) -> None:
        super().__init__()
        self.norm1 = GroupNorm(max(1, c_in // 16), c_in) if norm else nn.Identity()
        self.conv1 = nn.Conv2d(c_in, c_out, 3, padding=1)
        self.norm2 = GroupNorm(max(1, c_out // 16), c_out) if norm else nn.Identity()
        self.conv2 = nn.Conv2d(c_out, c_out, 3, padding=1)
        self.shortcut = nn.Identity() if c_in == c_out else nn.Conv2d(c_in, c_out, 1)
        if not norm:
            nn.init.zeros_(self.conv2.weight)
        assert self.conv2.bias is not None
        nn.init.zeros_(self.conv2.bias)

    def forward(self, x: Tensor) -> Tensor:
        """(N, c_in, H, W) -> (N, c_out, H, W)."""
        h = self.conv1(F.silu(self.norm1(x)))
        h = self.conv2(F.silu(self.norm2(h)))
        out: Tensor = self.shortcut(x) + h
        return out


class Down(nn.Module):
    """Halves the resolution: 3x3 convolution of stride 2."""

    def __init__(self, c_in: int, c_out: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(c_in, c_out, 3, stride=2, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        """(N, c_in, H, W) -> (N, c_out, H/2, W/2)."""
        out: Tensor = self.conv(x)
        return out


class Up(nn.Module):
    """Doubles the resolution: 1x1 convolution to c_out, nearest enlargement, cheap and smooth."""

    def __init__(self, c_in: int, c_out: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(c_in, c_out, 1)

    def forward(self, x: Tensor) -> Tensor:
        """(N, c_in, H, W) -> (N, c_out, 2H, 2W)."""
        return F.interpolate(self.conv(x), scale_factor=2.0, mode="nearest")


class SelfAttention(nn.Module):
    """Multi-head self-attention over all positions; only for maps of 32x32 and less."""

    def __init__(self, channels: int, heads: int = 4) -> None:
        super().__init__()
        self.heads = heads
        self.norm = GroupNorm(max(1, channels // 16), channels)
        self.qkv = nn.Conv2d(channels, channels * 3, 1)
        self.out = nn.Conv2d(channels, channels, 1)
        nn.init.zeros_(self.out.weight)
        assert self.out.bias is not None
        nn.init.zeros_(self.out.bias)

    def forward(self, x: Tensor) -> Tensor:
        """(N, C, H, W) -> (N, C, H, W)."""
        n, c, h, w = x.shape
        q, k, v = (
            t.reshape(n, self.heads, c // self.heads, h * w).transpose(2, 3)  # N, heads, HW, c/h
            for t in self.qkv(self.norm(x)).chunk(3, dim=1)
        )
        mixed = F.scaled_dot_product_attention(q, k, v)
        out: Tensor = x + self.out(mixed.transpose(2, 3).reshape(n, c, h, w))
        return out


def parameters(module: nn.Module) -> int:
    """Number of trainable parameters."""
    return sum(p.numel() for p in module.parameters())


def bounded(x: Tensor) -> Tensor:
    """Clamp to the picture range [-1, 1] for display and for frozen networks."""
    return torch.clamp(x, -1.0, 1.0)
