"""How texture travels from a reference to the face: two roads.

*Extraction and distribution* (ENTED, arXiv 2401.06978, after NTED, arXiv 2204.06160): every scale
of the reference is summed up in k tokens, which the decoder hands out again by position. Its cost
is linear in the number of pixels. *Carried attention*: one attention map at 32x32 moves the
reference's features, and in 2x2 and 4x4 patches its finer ones.

Filled in by us: both faces stand on the same template, so both roads begin with *shared
positions*, Fourier features that are the same for both faces and are added to the logits. By
content alone a severely damaged face finds nothing to match by.

N faces with R references each; M positions; logits are computed in float32.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Moved(NamedTuple):
    """What a road brings to a decoder map.

    Attributes:
        feature: (N, c, H, W).
        weights: over the tokens (N, R * k, M), or over the positions (N, M, R * M); each position
            of the face has weights that sum to 1.
    """

    feature: Tensor
    weights: Tensor


def extract(logits: Tensor, values: Tensor) -> Tensor:
    """Tokens as means over the positions: (B, k, M), (B, c, M) -> (B, k, c)."""
    return torch.softmax(logits.float(), dim=2) @ values.float().transpose(1, 2)


def distribute(logits: Tensor, tokens: Tensor) -> tuple[Tensor, Tensor]:
    """Every position mixes the tokens: (N, k, M), (N, k, c) -> (N, c, M), weights (N, k, M)."""
    weights = torch.softmax(logits.float(), dim=1)
    return tokens.float().transpose(1, 2) @ weights, weights


def standardised(x: Tensor) -> Tensor:
    """Features centred over the channels, with a mean square of 1: (B, c, H, W) -> the same."""
    x = x.float()
    x = x - x.mean(1, keepdim=True)
    return x * torch.rsqrt(x.square().mean(1, keepdim=True) + 1e-4)


class FourierPositions(nn.Module):
    """Cosines and sines of `count` plane waves over the template, the same at every scale.

    Their inner product depends on the distance of two positions alone, nearly as a Gaussian does;
    the frequencies lie on a sunflower spiral with Gaussian radii.

    Args:
        count: number of waves.
        spread: deviation of the frequencies, in waves a picture width.
    """

    frequencies: Tensor

    def __init__(self, count: int = 32, spread: float = 1.5) -> None:
        super().__init__()
        rank = torch.arange(count, dtype=torch.float64)
        radius = spread * torch.sqrt(-2 * torch.log(1 - (rank + 0.5) / count))
        angle = rank * math.pi * (3 - math.sqrt(5))
        waves = torch.stack([radius * angle.cos(), radius * angle.sin()], dim=1)
        self.count = count
        self.register_buffer("frequencies", waves.float(), persistent=False)

    def forward(self, height: int, width: int) -> Tensor:
        """(2 * count, height * width), values in [-1, 1]."""
        device = self.frequencies.device
        y = (torch.arange(height, device=device).float() + 0.5) / height
        x = (torch.arange(width, device=device).float() + 0.5) / width
        wave = self.frequencies[:, :1, None] * y[:, None] + self.frequencies[:, 1:, None] * x
        phase = 2 * math.pi * wave.reshape(self.count, height * width)
        return torch.cat([phase.cos(), phase.sin()])


class Texture(nn.Module):
    """Extraction from one scale of the reference, distribution into the same scale of the face.

    Component j of both sides has the same prior over the template, so that it extracts where it
    distributes, an eye from an eye, before any training.

    Args:
        channels: of both maps.
        components: tokens a reference; the bottleneck that keeps pixels from being copied.
        positions: number of positional features (2 * count).
        kernel: of the filters, 3 or 1.
    """

    def __init__(self, channels: int, components: int, positions: int, kernel: int = 3) -> None:
        super().__init__()
        pad = kernel // 2
        self.extraction = nn.Conv2d(channels, components, kernel, padding=pad, bias=False)
        self.values = nn.Conv2d(channels, channels, 1)
        self.distribution = nn.Conv2d(channels, components, kernel, padding=pad, bias=False)
        self.prior = nn.Parameter(torch.randn(components, positions) * 0.5)
        self.out = _small(nn.Conv2d(channels, channels, 1))
        self.trust = _trust(channels)

    def extract(self, reference: Tensor, positions: Tensor) -> tuple[Tensor, Tensor]:
        """(B, c, H, W), (2F, M) -> tokens (B, k, c) and logits (B, k, M)."""
        logits = self.extraction(standardised(reference)).float().flatten(2)
        logits = logits + self.prior.float() @ positions
        return extract(logits, self.values(reference).flatten(2)), logits

    def distribute(self, x: Tensor, tokens: Tensor, log_gate: Tensor, positions: Tensor) -> Moved:
        """Into the decoder map x.

        Args:
            x: (N, c, H, W).
            tokens: (N, R, k, c).
            log_gate: (N, R), added to the logits of each reference's tokens.
            positions: (2F, M).
        """
        n, c, h, w = x.shape
        logits = self.distribution(standardised(x)).float().flatten(2)
        logits = logits + self.prior.float() @ positions  # N, k, M
        each = logits[:, None] + log_gate[:, :, None, None]  # N, R, k, M
        mixed, weights = distribute(each.flatten(1, 2), tokens.reshape(n, -1, c))
        feature = self.out(mixed.reshape(n, c, h, w).to(x.dtype))
        return Moved(feature * torch.sigmoid(self.trust(x)), weights)


class CarriedAttention(nn.Module):
    """One attention map at the third scale that also moves the two finer ones.

    Args:
        widths: channels of the maps at 128, 64 and 32 (for a 512 px picture).
        carried: channels that are moved of each.
        keys: width of queries and keys.
        positions: number of waves.
    """

    def __init__(
        self, widths: tuple[int, ...], carried: tuple[int, ...], keys: int, positions: int
    ) -> None:
        super().__init__()
        self.carried = carried
        self.query = nn.Conv2d(widths[2], keys, 1)
        self.key = nn.Conv2d(widths[2], keys, 1)
        self.values = nn.ModuleList(
            nn.Conv2d(w, c, 1) for w, c in zip(widths, carried, strict=True)
        )
        self.inject = nn.ModuleList(
            _small(nn.Conv2d(c, w, 3, padding=1)) for w, c in zip(widths, carried, strict=True)
        )
        self.trust = nn.ModuleList(_trust(w) for w in widths)
        #: weight of the content against the positions
        self.content = nn.Parameter(torch.tensor(2.0))
        #: per wave; their squares sum to the logit of two faces' same place
        self.amplitude = nn.Parameter(torch.full((positions,), math.sqrt(8.0 / positions)))

    def encode(self, maps: list[Tensor]) -> tuple[Tensor, Tensor]:
        """Maps (B, ...) at 128, 64, 32 -> keys (B, d, M), values (B, V, M); patches are folded."""
        key = standardised(self.key(maps[2])).flatten(2)
        folded = [
            F.pixel_unshuffle(value(m), 4 >> i)
            for i, (value, m) in enumerate(zip(self.values, maps, strict=False))
        ]
        return key, torch.cat(folded, dim=1).flatten(2)

    def attend(
        self, x: Tensor, keys: Tensor, values: Tensor, log_gate: Tensor, positions: Tensor
    ) -> tuple[list[Tensor], Tensor]:
        """Attention over the union of all references' positions.

        Args:
            x: (N, c, H, W), the decoder's map at 32.
            keys: (N, R, d, M).
            values: (N, R, V, M).
            log_gate: (N, R), added to the logits of each reference's positions.
            positions: (2F, M).

        Returns:
            The moved maps at 128, 64, 32, and the attention map (N, M, R * M).
        """
        n, _, h, w = x.shape
        d = keys.shape[2]
        query = standardised(self.query(x)).flatten(2).transpose(1, 2)  # N, M, d
        logits = query[:, None] @ keys.float() * (self.content.float() / math.sqrt(d))  # N, R, M, M
        placed = positions * self.amplitude.float().repeat(2)[:, None]
        logits = logits + placed.T @ placed + log_gate[:, :, None, None]
        weights = torch.softmax(logits.transpose(1, 2).flatten(2), dim=2)  # N, M, R * M
        across = values.float().transpose(1, 2).flatten(2)  # N, V, R * M
        moved = (across @ weights.transpose(1, 2)).reshape(n, -1, h, w).to(x.dtype)
        sizes = [c * (4 >> i) ** 2 for i, c in enumerate(self.carried)]
        parts = torch.split(moved, sizes, dim=1)
        return [F.pixel_shuffle(p, 4 >> i) for i, p in enumerate(parts)], weights

    def into(self, scale: int, x: Tensor, moved: Tensor) -> Tensor:
        """What the decoder map x of a scale (0 = finest) takes of the moved one: as x."""
        out: Tensor = self.inject[scale](moved) * torch.sigmoid(self.trust[scale](x))
        return out


def _small(conv: nn.Conv2d) -> nn.Conv2d:
    """Small but not zero: the reference speaks, quietly, from the first step."""
    with torch.no_grad():
        conv.weight.mul_(0.3)
    return conv


def _trust(channels: int) -> nn.Conv2d:
    """Per position, how much of the reference the face takes; 0.73 at the start."""
    conv = nn.Conv2d(channels, 1, 1)
    nn.init.zeros_(conv.weight)
    assert conv.bias is not None
    nn.init.ones_(conv.bias)
    return conv
