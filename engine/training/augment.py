"""Differentiable augmentation of what a discriminator sees (Zhao et al., arXiv 2006.10738).

Real and generated pictures go through the same random family, so that the discriminator cannot
learn a few thousand faces by heart, and the generator's gradient passes
through. Random numbers come from torch's generator, which a resumed run restores.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

#: Largest shift, and side of the cut-out, as shares of the picture's side.
SHIFT, CUTOUT = 1 / 16, 1 / 4


def augment(x: Tensor) -> Tensor:
    """(N, 3, S, S) in [-1, 1] -> the same shape: flip, colour, shift and cut-out, each a sample."""
    return cutout(shift(colour(flip(x))))


def flip(x: Tensor) -> Tensor:
    """Mirrors every other sample, on average."""
    yes = _draw(x) < 0.5
    return torch.where(yes, x.flip(3), x)


def colour(x: Tensor) -> Tensor:
    """Brightness ±0.2, saturation 0..2 and contrast 0.75..1.25 about the sample's own mean."""
    x = x + (_draw(x) - 0.5) * 0.4
    grey = x.mean(1, keepdim=True)
    x = grey + (x - grey) * _draw(x) * 2
    middle = x.mean((1, 2, 3), keepdim=True)
    return middle + (x - middle) * (_draw(x) * 0.5 + 0.75)


def shift(x: Tensor) -> Tensor:
    """Moves each sample by up to `SHIFT` of its side; the border is mirrored."""
    side = x.shape[-1]
    reach = max(1, round(side * SHIFT))
    padded = F.pad(x, (reach, reach, reach, reach), mode="reflect")
    places = torch.randint(0, 2 * reach + 1, (len(x), 2)).tolist()
    moved = [p[:, t : t + side, s : s + side] for p, (t, s) in zip(padded, places, strict=True)]
    return torch.stack(moved)


def cutout(x: Tensor) -> Tensor:
    """Greys out one square of `CUTOUT` of the side in every other sample, on average."""
    side = x.shape[-1]
    half = side * CUTOUT / 2
    line = torch.arange(side, device=x.device, dtype=torch.float32)
    top = (line - _draw(x)[:, 0, 0] * side).abs() < half  # N, S
    left = (line - _draw(x)[:, 0, 0] * side).abs() < half
    hole = (top[:, None, :, None] & left[:, None, None, :]) & (_draw(x) < 0.5)
    return x.masked_fill(hole, 0.0)


def _draw(x: Tensor) -> Tensor:
    """(N, 1, 1, 1) uniform in [0, 1); drawn on the CPU, whose generator is saved with a run."""
    return torch.rand(len(x), 1, 1, 1).to(x.device)
