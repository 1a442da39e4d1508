"""ENTED's latent refinement and agreement gate (arXiv 2401.06978).

The paper names a latent space enriched by attending to the reference's features. Details are
filled in after RestoreFormer, with shared positions in the logits and several references. The
gate is ours: it compares the input's and a reference's coarsest maps, so that the portrait of
somebody else says little.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

#: Width of the signatures that the agreement gate compares.
SIGNATURE = 64


class CrossAttention(nn.Module):
    """One layer: the face's tokens look at the union of all references' tokens, then an MLP."""

    def __init__(self, width: int, heads: int, waves: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm = nn.LayerNorm(width)
        self.norm_reference = nn.LayerNorm(width)
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.out = nn.Linear(width, width)
        self.norm_mlp = nn.LayerNorm(width)
        self.mlp = nn.Sequential(
            nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width)
        )
        #: per head and wave: how much a head keeps to its place
        self.amplitude = nn.Parameter(torch.full((heads, waves), math.sqrt(6.0 / waves)))

    def forward(
        self, z: Tensor, reference: Tensor, log_gate: Tensor, trust: Tensor, positions: Tensor
    ) -> Tensor:
        """(N, M, d), (N, R, M, d), (N, R), (N, 1, 1), (2F, M) -> (N, M, d)."""
        n, m, d = z.shape
        heads = self.heads
        other = self.norm_reference(reference)

        def split(t: Tensor) -> Tensor:
            return t.reshape(n, -1, heads, d // heads).transpose(1, 2).float()  # N, heads, RM, d/h

        query, key, value = (
            split(t) for t in (self.query(self.norm(z)), self.key(other), self.value(other))
        )
        logits = query @ key.transpose(2, 3) * (heads / d) ** 0.5  # N, heads, M, RM
        placed = positions * self.amplitude.float().repeat(1, 2)[:, :, None]  # heads, 2F, M
        near = placed.transpose(1, 2) @ placed  # heads, M, M
        logits = logits.reshape(n, heads, m, -1, m) + near[:, :, None]
        logits = (logits + log_gate[:, None, None, :, None]).flatten(3)
        mixed = (torch.softmax(logits, dim=3) @ value).transpose(1, 2).reshape(n, m, d)
        z = z + trust * self.out(mixed.to(z.dtype))
        out: Tensor = z + self.mlp(self.norm_mlp(z))
        return out


class Refinement(nn.Module):
    """`layers` of cross-attention on the coarsest map."""

    def __init__(self, width: int, layers: int, heads: int, waves: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(CrossAttention(width, heads, waves) for _ in range(layers))

    def forward(
        self, z: Tensor, coarse: Tensor, log_gate: Tensor, trust: Tensor, positions: Tensor
    ) -> Tensor:
        """Refines the latent.

        Args:
            z: (N, d, h, w).
            coarse: (N, R, d, h, w), the references' coarsest maps.
            log_gate: (N, R), added to the logits of each reference's tokens.
            trust: (N, 1, 1), share of what the references say; 0 without any.
            positions: (2F, h * w).
        """
        n, d, h, w = z.shape
        tokens = z.flatten(2).transpose(1, 2)
        reference = coarse.flatten(3).transpose(2, 3)
        for layer in self.layers:
            tokens = layer(tokens, reference, log_gate, trust, positions)
        return tokens.transpose(1, 2).reshape(n, d, h, w)


class Agreement(nn.Module):
    """How much a reference looks like the person in the damaged picture, in [0, 1].

    The cosine of two signatures, a linear reading of the coarsest map on a 4x4 grid each, through
    a sigmoid that starts near 0.9: a reference is trusted until training tells otherwise.
    """

    def __init__(self, channels: int, squeezed: int = 16) -> None:
        super().__init__()
        width = SIGNATURE
        self.input = nn.Sequential(nn.Conv2d(channels, squeezed, 1), _Pooled(squeezed, width))
        self.reference = nn.Sequential(nn.Conv2d(channels, squeezed, 1), _Pooled(squeezed, width))
        self.slope = nn.Parameter(torch.tensor(4.0))
        self.offset = nn.Parameter(torch.tensor(2.0))

    def of_reference(self, coarse: Tensor) -> Tensor:
        """(B, c, h, w) -> (B, 64) unit vectors."""
        out: Tensor = self.reference(coarse)
        return out

    def forward(self, coarse: Tensor, signatures: Tensor) -> Tensor:
        """(N, c, h, w) of the face, (N, R, 64) of the references -> (N, R)."""
        mine = self.input(coarse)[:, None]
        cosine = (mine * signatures).sum(2)
        return torch.sigmoid(self.slope.float() * cosine + self.offset.float())


class _Pooled(nn.Module):
    """(B, c, h, w) -> 4x4 means -> (B, width) unit vectors."""

    def __init__(self, channels: int, width: int) -> None:
        super().__init__()
        self.linear = nn.Linear(channels * 16, width)

    def forward(self, x: Tensor) -> Tensor:
        pooled = F.adaptive_avg_pool2d(x, 4).flatten(1)
        return F.normalize(self.linear(pooled).float(), dim=1)
