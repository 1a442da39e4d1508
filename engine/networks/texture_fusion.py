"""TGRN: lays the registered texture onto the faithful face (CodeFormer++, arXiv 2510.04410).

A three-level U-Net whose body runs on the faithful picture; at every encoder level a texture
attention module and a dynamic fusion block bring in the texture of the registered prior. After
the published description; filled in: all widths, both formulas, and how
fidelity acts (section 3.7). Beyond the paper: the registered reference portrait as a second
prior, let in per pixel where it agrees with the face, so that a wrong one does no harm; the
damaged face beside its faithful restoration, which has smoothed away some of what was there; and
noise, as a StyleGAN has it, for texture whose place nothing tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.networks.blocks import Down, ResidualBlock, Up
from engine.networks.codeformer_bodies import weight_of


@dataclass(frozen=True)
class TextureFusionConfig:
    """Widths of the body at 128, 64, 32 px, of the texture pyramid, and of the head at 256.

    Attributes:
        widths, texture, head, hidden: those.
        damaged: the damaged face comes along.
        noise: a picture of noise comes along.
    """

    widths: tuple[int, ...] = (48, 96, 128)
    texture: tuple[int, ...] = (48, 64, 96)
    head: int = 32
    hidden: int = 64
    damaged: bool = False
    noise: bool = False


class TexturePyramid(nn.Module):
    """A texture prior as maps at 128, 64, 32; both priors share it."""

    def __init__(self, widths: tuple[int, ...]) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3 * 16, widths[0], 3, padding=1)
        self.levels = nn.ModuleList(ResidualBlock(w, w) for w in widths)
        self.downs = nn.ModuleList(Down(a, b) for a, b in pairwise(widths))

    def forward(self, x: Tensor) -> list[Tensor]:
        """(N, 3, 512, 512) -> maps at 128, 64, 32."""
        h = self.stem(F.pixel_unshuffle(x, 4))
        maps = []
        for i, level in enumerate(self.levels):
            h = level(self.downs[i - 1](h) if i else h)
            maps.append(h)
        return maps


class TextureAttention(nn.Module):
    """TAM: channel weights for the texture, from what body and texture hold on the whole."""

    def __init__(self, width: int, texture: int, hidden: int) -> None:
        super().__init__()
        self.project = nn.Conv2d(texture, width, 1)
        self.weigh = _mlp(width + texture, hidden, width)

    def forward(self, body: Tensor, texture: Tensor) -> Tensor:
        """(N, width, H, W) and (N, texture, H, W) -> (N, width, H, W)."""
        a = torch.sigmoid(self.weigh(torch.cat([_pool(body), _pool(texture)], dim=1)))
        out: Tensor = a[..., None, None] * self.project(texture)
        return out


class DynamicFusion(nn.Module):
    """h = alpha f + beta t + gamma r: gates a channel from pooled maps; r also a gate a pixel.

    Fidelity s takes weight from the texture and gives it to the body: beta (1 - s), and
    alpha + s beta.
    """

    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.gates = _mlp(2 * width, hidden, 2 * width)
        self.reference_gate = _mlp(2 * width, hidden, width)
        self.agreement = nn.Conv2d(2 * width, 1, 3, padding=1)

    def forward(
        self,
        body: Tensor,
        texture: Tensor,
        fidelity: Tensor,
        reference: Tensor | None,
        present: Tensor | None,
    ) -> Tensor:
        """Maps (N, width, H, W); fidelity and present (N, 1) -> (N, width, H, W)."""
        pooled = _pool(body)
        alpha, beta = torch.sigmoid(self.gates(torch.cat([pooled, _pool(texture)], dim=1))).chunk(
            2, dim=1
        )  # N, width each
        h = _spread(alpha + fidelity * beta) * body + _spread((1 - fidelity) * beta) * texture
        if reference is None or present is None:
            return h
        gamma = torch.sigmoid(self.reference_gate(torch.cat([pooled, _pool(reference)], dim=1)))
        agree = torch.sigmoid(self.agreement(torch.cat([body, reference], dim=1)))  # N, 1, H, W
        return h + _spread((1 - fidelity) * gamma * present) * agree * reference


class TextureFusion(nn.Module):
    """Faithful picture, registered prior, fidelity, and perhaps a reference in; picture out."""

    def __init__(self, config: TextureFusionConfig | None = None) -> None:
        super().__init__()
        self.config = c = config or TextureFusionConfig()
        w = c.widths
        self.stem = nn.Conv2d(3 * 16, w[0], 3, padding=1)
        self.texture = TexturePyramid(c.texture)
        self.levels = nn.ModuleList(
            nn.Sequential(ResidualBlock(n, n), ResidualBlock(n, n)) for n in w
        )
        self.downs = nn.ModuleList(Down(a, b) for a, b in pairwise(w))
        sizes = list(zip(w, c.texture, strict=True))
        self.attend = nn.ModuleList(TextureAttention(n, t, c.hidden) for n, t in sizes)
        self.attend_reference = nn.ModuleList(TextureAttention(n, t, c.hidden) for n, t in sizes)
        self.fuse = nn.ModuleList(DynamicFusion(n, c.hidden) for n in w)
        self.ups = nn.ModuleList(Up(b, a) for a, b in pairwise(w))
        self.merges = nn.ModuleList(nn.Conv2d(2 * n, n, 1) for n in w[:-1])
        self.backs = nn.ModuleList(ResidualBlock(n, n) for n in w[:-1])
        self.to_head = nn.Conv2d(w[0], c.head * 4, 1)
        self.from_pictures = nn.Conv2d(2 * 12, c.head, 3, padding=1)
        self.head = ResidualBlock(c.head, c.head)
        self.out = nn.Conv2d(c.head, 3 * 4, 3, padding=1)
        silent = [self.out]
        if c.damaged:
            # Silent at first: a network that was trained without goes on where it was.
            self.from_damaged = nn.Conv2d(3 * 16, w[0], 1)
            self.head_damaged = nn.Conv2d(12, c.head, 3, padding=1)
            silent += [self.from_damaged, self.head_damaged]
        if c.noise:
            self.from_noise = nn.Conv2d(16, w[0], 1)
            self.head_noise = nn.Conv2d(4, c.head, 3, padding=1)
            silent += [self.from_noise, self.head_noise]
        for layer in silent:
            nn.init.zeros_(layer.weight)
            assert layer.bias is not None
            nn.init.zeros_(layer.bias)

    @property
    def last(self) -> nn.Parameter:
        """Weight of the last layer, where gradients are balanced."""
        return weight_of(self.out)

    def forward(
        self,
        faithful: Tensor,
        prior: Tensor,
        fidelity: Tensor,
        reference: Tensor | None = None,
        present: Tensor | None = None,
        damaged: Tensor | None = None,
        noise: Tensor | None = None,
    ) -> Tensor:
        """Fuses.

        Args:
            faithful: (N, 3, 512, 512) in [-1, 1], I_F.
            prior: (N, 3, 512, 512), I_warp.
            fidelity: (N,) in [0, 1]; 1 gives `faithful` to the bit.
            reference: (N, 3, 512, 512), registered; None leaves its branch out.
            present: (N,) in [0, 1], the reference's weight; 0 is as good as None.
            damaged: (N, 3, 512, 512) in [-1, 1], where the config takes it; None leaves it out.
            noise: (N, 1, 512, 512) of deviation 1, where the config takes it; None leaves it out.

        Returns:
            (N, 3, 512, 512) float32, not clamped.
        """
        s = fidelity.reshape(-1, 1)
        p = None if present is None else present.reshape(-1, 1)
        textures = self.texture(prior)
        references = None if reference is None else self.texture(reference)
        h = self.stem(F.pixel_unshuffle(faithful, 4))  # N, w0, 128, 128
        if damaged is not None:
            h = h + self.from_damaged(F.pixel_unshuffle(damaged, 4))
        if noise is not None:
            h = h + self.from_noise(F.pixel_unshuffle(noise, 4))
        maps = []
        for i, level in enumerate(self.levels):
            f = level(self.downs[i - 1](h) if i else h)
            t = self.attend[i](f, textures[i])
            r = None if references is None else self.attend_reference[i](f, references[i])
            h = self.fuse[i](f, t, s, r, p)
            maps.append(h)
        for i in reversed(range(len(self.backs))):
            h = self.backs[i](self.merges[i](torch.cat([self.ups[i](h), maps[i]], dim=1)))
        s = s[..., None, None]
        both = torch.cat([faithful, (1 - s) * prior + s * faithful], dim=1)
        h = F.pixel_shuffle(self.to_head(h), 2)  # N, head, 256, 256
        h = h + self.from_pictures(F.pixel_unshuffle(both, 2))
        if damaged is not None:
            h = h + self.head_damaged(F.pixel_unshuffle(damaged, 2))
        if noise is not None:
            h = h + self.head_noise(F.pixel_unshuffle(noise, 2))
        h = self.head(h)
        residual = F.pixel_shuffle(self.out(F.silu(h)), 2).float()
        return faithful + (1 - s) * residual


def _mlp(c_in: int, hidden: int, c_out: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(c_in, hidden), nn.SiLU(), nn.Linear(hidden, c_out))


def _pool(x: Tensor) -> Tensor:
    """(N, C, H, W) -> (N, C)."""
    return x.mean((2, 3))


def _spread(x: Tensor) -> Tensor:
    """(N, C) -> (N, C, 1, 1)."""
    return x[..., None, None]
