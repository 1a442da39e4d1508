"""DAM: registers a picture of rich texture onto the faithful one (CodeFormer++, arXiv 2510.04410).

A displacement field learned without labels by local normalised cross-correlation. After the
published description; filled in: a VoxelMorph-type U-Net (Balakrishnan et al., arXiv 1809.05231)
at a quarter of the picture's side, a smooth bound on the displacement, and the weights of the
losses.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass(frozen=True)
class RegistrationConfig:
    """Channels down, up and behind; bound on the displacement at 512 px; the field's reduction."""

    down: tuple[int, ...] = (16, 32, 32, 32)
    up: tuple[int, ...] = (32, 32, 32, 32)
    tail: tuple[int, ...] = (32, 16, 16)
    bound: float = 24.0
    reduction: int = 4


class Registration(nn.Module):
    """Two pictures in, the displacement that carries the second onto the first out."""

    def __init__(self, config: RegistrationConfig | None = None) -> None:
        super().__init__()
        self.config = c = config or RegistrationConfig()
        self.downs, self.ups, self.tail = nn.ModuleList(), nn.ModuleList(), nn.ModuleList()
        before = 6
        for width in c.down:
            self.downs.append(nn.Conv2d(before, width, 3, padding=1))
            before = width
        for width, skip in zip(c.up, reversed(c.down), strict=True):
            self.ups.append(nn.Conv2d(before, width, 3, padding=1))
            before = width + skip
        for width in c.tail:
            self.tail.append(nn.Conv2d(before, width, 3, padding=1))
            before = width
        self.flow = nn.Conv2d(before, 2, 3, padding=1)
        nn.init.normal_(self.flow.weight, std=1e-5)
        assert self.flow.bias is not None
        nn.init.zeros_(self.flow.bias)

    def forward(self, fixed: Tensor, moving: Tensor) -> Tensor:
        """The field at its own resolution.

        Args:
            fixed: (N, 3, s, s) in [-1, 1], the faithful picture shrunk by `reduction`.
            moving: (N, 3, s, s), what is to be laid onto it.

        Returns:
            (N, 2, s, s) float32, (x, y) displacements in pixels of this grid, each within
            `bound` / `reduction` (for a 512 px picture).
        """
        h = torch.cat([fixed, moving], dim=1)
        maps = []
        for conv in self.downs:
            h = F.leaky_relu(conv(h), 0.2)
            maps.append(h)
            h = F.max_pool2d(h, 2)
        for conv in self.ups:
            h = F.leaky_relu(conv(h), 0.2)
            h = torch.cat([F.interpolate(h, scale_factor=2.0, mode="nearest"), maps.pop()], dim=1)
        for conv in self.tail:
            h = F.leaky_relu(conv(h), 0.2)
        bound = self.config.bound / self.config.reduction
        return bound * torch.tanh(self.flow(h).float() / bound)

    def register(self, fixed: Tensor, moving: Tensor) -> tuple[Tensor, Tensor]:
        """Registers at full resolution.

        Args:
            fixed: (N, 3, S, S) in [-1, 1].
            moving: (N, 3, S, S).

        Returns:
            The warped moving picture (N, 3, S, S) float32 and the field (N, 2, S, S) in pixels.
        """
        k = self.config.reduction
        field = self(F.avg_pool2d(fixed, k), F.avg_pool2d(moving, k))
        field = enlarge_field(field, k)
        return warp(moving, field), field


def enlarge_field(field: Tensor, factor: int) -> Tensor:
    """(N, 2, s, s) -> (N, 2, s*factor, s*factor), bilinear; displacements grow alike."""
    return factor * F.interpolate(
        field.float(), scale_factor=float(factor), mode="bilinear", align_corners=False
    )


def warp(x: Tensor, field: Tensor) -> Tensor:
    """Samples x at its own places plus the field, bilinear, the border repeated.

    Pixel centres are the sampling grid (``align_corners=False``): with a side that is a power of
    two, a field of whole numbers moves pixels without any rounding, and zero moves none.

    Args:
        x: (N, C, S, S).
        field: (N, 2, S, S), (x, y) displacements in pixels.

    Returns:
        (N, C, S, S) float32: ``out[p] = x[p + field[p]]``.
    """
    h, w = x.shape[-2:]
    column = (torch.arange(w, device=x.device, dtype=torch.float32) * 2 + 1) / w - 1
    row = (torch.arange(h, device=x.device, dtype=torch.float32) * 2 + 1) / h - 1
    field = field.float()
    grid = torch.stack(
        [column[None, None, :] + field[:, 0] * (2 / w), row[None, :, None] + field[:, 1] * (2 / h)],
        dim=-1,
    )  # N, H, W, 2
    return F.grid_sample(
        x.float(), grid, mode="bilinear", padding_mode="border", align_corners=False
    )


def cross_correlation(a: Tensor, b: Tensor, window: int = 9, epsilon: float = 1e-3) -> Tensor:
    """Local normalised cross-correlation squared, mean over pixels and channels, 0 .. 1.

    Args:
        a: (N, C, H, W) in [-1, 1].
        b: the same shape.
        window: side of the box.
        epsilon: against noise on flat skin; scaled for the range [-1, 1] (VoxelMorph's 1e-5 is
            for [0, 1] and window sums as here).
    """
    a, b = a.float(), b.float()
    a, b = a - a.mean((2, 3), keepdim=True), b - b.mean((2, 3), keepdim=True)  # less cancellation
    area = window * window

    def total(t: Tensor) -> Tensor:
        return F.avg_pool2d(t, window, stride=1) * area

    sum_a, sum_b = total(a), total(b)
    cov = total(a * b) - sum_a * sum_b / area
    var_a = (total(a * a) - sum_a**2 / area).clamp_min(0)
    var_b = (total(b * b) - sum_b**2 / area).clamp_min(0)
    return (cov**2 / (var_a * var_b + epsilon)).mean()


def roughness(field: Tensor) -> Tensor:
    """Mean squared forward differences of a field (N, 2, H, W), in its own pixels."""
    dx = field[..., :, 1:] - field[..., :, :-1]
    dy = field[..., 1:, :] - field[..., :-1, :]
    return (dx**2).mean() + (dy**2).mean()


def jacobian(field: Tensor) -> Tensor:
    """det(I + grad field) by forward differences: (N, 2, H, W) -> (N, H-1, W-1)."""
    field = field.float()
    dx = field[:, :, :-1, 1:] - field[:, :, :-1, :-1]
    dy = field[:, :, 1:, :-1] - field[:, :, :-1, :-1]
    return (1 + dx[:, 0]) * (1 + dy[:, 1]) - dx[:, 1] * dy[:, 0]


def folding(field: Tensor) -> Tensor:
    """Share of pixels where the field folds over itself, 0 .. 1."""
    return (jacobian(field) <= 0).float().mean()
