"""The identity embedder: a 112 px recognition crop becomes a 256-d unit vector.

An ordinary small residual network (He et al. 2016) instead of the usual depthwise one: on a CPU
plain 3x3 convolutions use the matrix units and train several times faster. A
pixel-unshuffle by 4 replaces stem and pooling, strides do the rest, so every operator has a
gradient that can be exported: the vector guides the diffusion sampler.

It trains with batch normalisation and is released folded (`fold`): convolutions with a bias, and
nothing that behaves differently in training and in use.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
import torch.nn.functional as F
from torch import Tensor, nn

SIDE = 112
DIMENSIONS = 256


@dataclass(frozen=True)
class EmbedderConfig:
    """Sizes of the embedder.

    Attributes:
        widths: channels at 28, 14 and 7 px.
        blocks: residual blocks at 28, 14 and 7 px.
        head: channels of the 7x7 map that is flattened into the last linear layer.
        folded: True for the released form without batch normalisation.
    """

    widths: tuple[int, ...] = (48, 96, 160)
    blocks: tuple[int, ...] = (1, 2, 2)
    head: int = 64
    folded: bool = False


class ConvNorm(nn.Module):
    """Convolution with batch normalisation, or with the bias that replaces it once folded."""

    def __init__(
        self, c_in: int, c_out: int, kernel: int, stride: int = 1, *, folded: bool
    ) -> None:
        super().__init__()
        self.conv = nn.Conv2d(c_in, c_out, kernel, stride=stride, padding=kernel // 2, bias=folded)
        self.norm = nn.Identity() if folded else nn.BatchNorm2d(c_out)

    def forward(self, x: Tensor) -> Tensor:
        """(N, c_in, H, W) -> (N, c_out, H/stride, W/stride)."""
        out: Tensor = self.norm(self.conv(x))
        return out


class Block(nn.Module):
    """Residual block; the shortcut averages before its 1x1 convolution where the size halves."""

    def __init__(self, c_in: int, c_out: int, stride: int, *, folded: bool) -> None:
        super().__init__()
        self.first = ConvNorm(c_in, c_out, 3, stride, folded=folded)
        self.second = ConvNorm(c_out, c_out, 3, folded=folded)
        self.pool = nn.AvgPool2d(2) if stride == 2 else nn.Identity()
        self.shortcut = nn.Identity() if c_in == c_out else ConvNorm(c_in, c_out, 1, folded=folded)

    def forward(self, x: Tensor) -> Tensor:
        """(N, c_in, H, W) -> (N, c_out, H/stride, W/stride)."""
        h = self.second(F.silu(self.first(x)))
        return F.silu(self.shortcut(self.pool(x)) + h)


class Embedder(nn.Module):
    """(N, 3, 112, 112) in [-1, 1], the window of `engine.faces.aligner` -> (N, 256) unit."""

    def __init__(self, config: EmbedderConfig | None = None) -> None:
        super().__init__()
        self.config = config = config or EmbedderConfig()
        folded = config.folded
        c = config.widths[0]
        self.stem = ConvNorm(48, c, 3, folded=folded)
        blocks: list[nn.Module] = []
        for level, (width, count) in enumerate(zip(config.widths, config.blocks, strict=True)):
            for i in range(count):
                stride = 2 if level and not i else 1
                blocks.append(Block(c, width, stride, folded=folded))
                c = width
        self.body = nn.Sequential(*blocks)
        self.head = ConvNorm(c, config.head, 1, folded=folded)
        self.out = nn.Linear(config.head * 49, DIMENSIONS)

    def forward(self, x: Tensor) -> Tensor:
        """(N, 3, 112, 112) in [-1, 1] -> (N, 256) float32 unit vectors."""
        x = F.pixel_unshuffle(x, 4)  # N, 48, 28, 28
        x = F.silu(self.stem(x))  # N, 48, 28, 28
        x = self.body(x)  # N, 160, 7, 7
        x = self.head(x).flatten(1)  # N, 64 * 49
        return unit(self.out(x))


def unit(x: Tensor) -> Tensor:
    """(N, D) -> the same directions with length 1, in float32."""
    x = x.float()
    return x * torch.rsqrt((x * x).sum(dim=1, keepdim=True) + 1e-12)


@torch.no_grad()
def fold(network: Embedder) -> Embedder:
    """A copy in the released form: each batch normalisation is merged into its convolution."""
    plain = Embedder(replace(network.config, folded=True))
    state = {k: v.clone() for k, v in network.state_dict().items() if ".norm." not in k}
    for name, part in network.named_modules():
        if isinstance(part, ConvNorm) and isinstance(part.norm, nn.BatchNorm2d):
            mean, variance = part.norm.running_mean, part.norm.running_var
            assert mean is not None
            assert variance is not None
            gain = part.norm.weight / torch.sqrt(variance + part.norm.eps)
            state[f"{name}.conv.weight"] = part.conv.weight * gain[:, None, None, None]
            state[f"{name}.conv.bias"] = part.norm.bias - mean * gain
    plain.load_state_dict(state)
    return plain.eval()
