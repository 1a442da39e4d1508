"""The score network of CLR-Face: a denoiser of latents in EDM form.

After the published description (CLR-Face, arXiv 2402.06106: a score-based model of clean latents
given the degraded one). Filled in: the variance-exploding process in the form of Karras et al.
(arXiv 2206.00364, table 1), a U-Net on latents folded to 64x64,
the degraded latent joined by concatenation, and beside it the latent of the recovery network's
picture, which the sampler also starts from.

The score follows from the denoiser: ``grad log p(z; sigma) = (D(z; sigma) - z) / sigma^2``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.networks.blocks import Down, GroupNorm, SelfAttention, Up

#: Deviation of the clean data: latents are brought to unit deviation before diffusion.
DATA_DEVIATION = 1.0


@dataclass(frozen=True)
class ScoreConfig:
    """Sizes of the score network.

    Attributes:
        channels: of the latent.
        conditions: latents joined to the noisy one: the degraded picture's, the recovered one's.
        widths: at 64, 32 and 16 (for a 512 px picture).
        blocks: residual blocks a level, each way.
        embedding: width of the noise embedding.
        identity: length of an identity vector joined to the noise embedding; 0 for none. The
            distilled network needs it, because the guidance is distilled into it as well.
    """

    channels: int = 4
    conditions: int = 2
    widths: tuple[int, ...] = (96, 160, 224)
    blocks: int = 2
    embedding: int = 128
    identity: int = 0


class NoisyBlock(nn.Module):
    """Residual block whose second normalisation is scaled and shifted by the noise level."""

    def __init__(self, c: int, embedding: int) -> None:
        super().__init__()
        self.norm1 = GroupNorm(max(1, c // 16), c)
        self.conv1 = nn.Conv2d(c, c, 3, padding=1)
        self.to_scale = nn.Linear(embedding, 2 * c)
        self.norm2 = GroupNorm(max(1, c // 16), c)
        self.conv2 = nn.Conv2d(c, c, 3, padding=1)
        for zero in (self.to_scale, self.conv2):
            nn.init.zeros_(zero.weight)
            assert zero.bias is not None
            nn.init.zeros_(zero.bias)

    def forward(self, x: Tensor, e: Tensor) -> Tensor:
        """(N, c, H, W) and (N, embedding) -> (N, c, H, W)."""
        h = self.conv1(F.silu(self.norm1(x)))
        scale, shift = self.to_scale(e)[:, :, None, None].chunk(2, dim=1)
        h = self.norm2(h) * (1 + scale) + shift
        out: Tensor = x + self.conv2(F.silu(h))
        return out


class NoiseEmbedding(nn.Module):
    """ln(sigma) / 4, and perhaps an identity vector, as one vector."""

    frequencies: Tensor

    def __init__(self, width: int, identity: int) -> None:
        super().__init__()
        # Periods from 1 to 16 times the range of ln(sigma) / 4, about 2.
        steps = torch.arange(width // 2) / max(1, width // 2 - 1)
        frequencies = 2 * math.pi / 2 * torch.exp(steps * math.log(16.0))
        self.register_buffer("frequencies", frequencies, persistent=False)
        self.first = nn.Linear(width, width)
        self.second = nn.Linear(width, width)
        self.identity = nn.Linear(identity, width) if identity else None

    def forward(self, noise: Tensor, identity: Tensor | None) -> Tensor:
        """(N,) and (N, identity) unit vectors or None -> (N, width)."""
        angle = noise.float()[:, None] * self.frequencies  # N, width/2
        e = self.first(torch.cat([angle.cos(), angle.sin()], dim=1))
        if self.identity is not None:
            assert identity is not None
            # A unit vector of 256 numbers has entries near 1/16; brought to the size of the rest.
            e = e + self.identity(identity * math.sqrt(identity.shape[1]))
        return F.silu(self.second(F.silu(e)))


class ScoreNetwork(nn.Module):
    """D(z; sigma, conditions): the clean unit latent that is expected behind a noisy one."""

    def __init__(self, config: ScoreConfig | None = None) -> None:
        super().__init__()
        self.config = c = config or ScoreConfig()
        w = c.widths
        self.embed = NoiseEmbedding(c.embedding, c.identity)
        self.stem = nn.Conv2d(c.channels * 4 * (1 + c.conditions), w[0], 3, padding=1)
        self.encode = nn.ModuleList(self._level(width) for width in w)
        self.downs = nn.ModuleList(Down(w[i], w[i + 1]) for i in range(len(w) - 1))
        self.attention = SelfAttention(w[-1])
        self.middle = NoisyBlock(w[-1], c.embedding)
        self.ups = nn.ModuleList(Up(w[i + 1], w[i]) for i in range(len(w) - 1))
        self.merges = nn.ModuleList(nn.Conv2d(2 * w[i], w[i], 1) for i in range(len(w) - 1))
        self.decode = nn.ModuleList(self._level(width) for width in w[:-1])
        self.norm = GroupNorm(max(1, w[0] // 16), w[0])
        self.out = nn.Conv2d(w[0], c.channels * 4, 3, padding=1)
        nn.init.zeros_(self.out.weight)
        assert self.out.bias is not None
        nn.init.zeros_(self.out.bias)

    def _level(self, width: int) -> nn.ModuleList:
        c = self.config
        return nn.ModuleList(NoisyBlock(width, c.embedding) for _ in range(c.blocks))

    def forward(
        self,
        noisy: Tensor,
        sigma: Tensor,
        degraded: Tensor,
        recovered: Tensor | None = None,
        identity: Tensor | None = None,
    ) -> Tensor:
        """The denoiser.

        Args:
            noisy: (N, 4, 128, 128), a clean unit latent plus noise of deviation `sigma`.
            sigma: (N,) positive.
            degraded: (N, 4, 128, 128), the degraded picture's unit latent.
            recovered: (N, 4, 128, 128), the recovered picture's; None with one condition.
            identity: (N, 256) unit vectors; None without.

        Returns:
            (N, 4, 128, 128) float32.
        """
        sigma = sigma.float().clamp_min(1e-4).reshape(-1, 1, 1, 1)
        # Karras et al., table 1, with sigma_data = 1.
        total = sigma**2 + DATA_DEVIATION**2
        skip = DATA_DEVIATION**2 / total
        size_out = sigma * DATA_DEVIATION * torch.rsqrt(total)
        size_in = torch.rsqrt(total)
        parts = [noisy * size_in, degraded]
        if self.config.conditions > 1:
            assert recovered is not None
            parts.append(recovered)
        h = F.pixel_unshuffle(torch.cat(parts, dim=1), 2)  # N, 48, 64, 64
        raw = self._unet(h, self.embed(sigma.log().reshape(-1) / 4, identity))
        return noisy * skip + F.pixel_shuffle(raw, 2).float() * size_out

    def _unet(self, x: Tensor, e: Tensor) -> Tensor:
        """(N, 48, 64, 64) and (N, embedding) -> (N, 16, 64, 64)."""
        h = self.stem(x)
        maps = []
        for i, level in enumerate(self.encode):
            if i:
                h = self.downs[i - 1](h)
            for block in level:  # type: ignore[attr-defined]
                h = block(h, e)
            maps.append(h)
        h = self.middle(self.attention(h), e)
        for i in reversed(range(len(self.decode))):
            h = self.merges[i](torch.cat([self.ups[i](h), maps[i]], dim=1))
            for block in self.decode[i]:  # type: ignore[attr-defined]
                h = block(h, e)
        out: Tensor = self.out(F.silu(self.norm(h)))
        return out


def loss_weight(sigma: Tensor) -> Tensor:
    """Karras et al., table 1: makes the network's own target equally large at every level."""
    return (sigma**2 + DATA_DEVIATION**2) / (sigma * DATA_DEVIATION) ** 2
