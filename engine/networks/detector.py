"""The face detector: an anchor-free pyramid of ordinary convolutions, strides 8, 16 and 32.

Every cell of every level says how likely a face is centred there, where its box is, and where the
five landmarks are. Plain 3x3 convolutions (no depthwise ones) because they train and run fastest
on a CPU; ReLU and batch normalisation, which `folded` puts into the convolutions for release.
Sources of the design: YuNet (the teacher), FCOS (cells as anchors), generalised
focal loss (the score is the expected overlap of the box).
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace

import torch
import torch.nn.functional as F
from torch import Tensor, nn

#: Pixels a cell of each level; the picture's sides are multiples of the last.
STRIDES = (8, 16, 32)
#: Numbers a cell: score, box (x, y, width, height), five points (x, y).
OUTPUTS = 15
#: A level's boxes are measured in units of this many strides.
SPAN = 4.0

#: The five points of the mean face, x, y from the box's centre in units of its size.
LAYOUT = (-0.2, -0.125, 0.2, -0.125, 0.0, 0.12, -0.175, 0.275, 0.175, 0.275)


@dataclass(frozen=True)
class DetectorConfig:
    """Sizes of the network.

    Attributes:
        widths: channels at strides 2, 4, 8, 16 and 32.
        blocks: residual blocks at strides 4, 8, 16 and 32.
        neck: channels of the pyramid and of the head.
        norm: batch normalisation, for training; the released network has none.
    """

    widths: tuple[int, int, int, int, int] = (16, 32, 64, 80, 96)
    blocks: tuple[int, int, int, int] = (1, 2, 2, 1)
    neck: int = 64
    norm: bool = True


class Conv(nn.Module):
    """3x3 (or 1x1) convolution and batch normalisation."""

    def __init__(
        self, c_in: int, c_out: int, *, size: int = 3, stride: int = 1, norm: bool
    ) -> None:
        super().__init__()
        self.conv = nn.Conv2d(c_in, c_out, size, stride, size // 2, bias=not norm)
        self.norm = nn.BatchNorm2d(c_out) if norm else nn.Identity()
        nn.init.kaiming_normal_(self.conv.weight, nonlinearity="relu")

    def forward(self, x: Tensor) -> Tensor:
        """(N, c_in, H, W) -> (N, c_out, H/stride, W/stride)."""
        out: Tensor = self.norm(self.conv(x))
        return out


class Residual(nn.Module):
    """Two 3x3 convolutions around a shortcut; the second starts near zero."""

    def __init__(self, channels: int, *, norm: bool) -> None:
        super().__init__()
        self.first = Conv(channels, channels, norm=norm)
        self.second = Conv(channels, channels, norm=norm)
        if isinstance(self.second.norm, nn.BatchNorm2d):
            nn.init.constant_(self.second.norm.weight, 0.2)

    def forward(self, x: Tensor) -> Tensor:
        """(N, C, H, W) -> (N, C, H, W)."""
        return F.relu(x + self.second(F.relu(self.first(x))))


class Level(nn.Module):
    """Halves the resolution, then residual blocks."""

    def __init__(self, c_in: int, c_out: int, blocks: int, *, norm: bool) -> None:
        super().__init__()
        self.down = Conv(c_in, c_out, stride=2, norm=norm)
        self.blocks = nn.Sequential(*(Residual(c_out, norm=norm) for _ in range(blocks)))

    def forward(self, x: Tensor) -> Tensor:
        """(N, c_in, H, W) -> (N, c_out, H/2, W/2)."""
        out: Tensor = self.blocks(F.relu(self.down(x)))
        return out


class Detector(nn.Module):
    """Finds faces.

    The last layer is shared by the levels; a learned scale a level adapts its boxes.
    """

    def __init__(self, config: DetectorConfig | None = None) -> None:
        super().__init__()
        self.config = config = config or DetectorConfig()
        widths, norm = config.widths, config.norm
        self.stem = Conv(3, widths[0], stride=2, norm=norm)
        self.levels = nn.ModuleList(
            Level(a, b, n, norm=norm)
            for a, b, n in zip(widths, widths[1:], config.blocks, strict=False)
        )
        self.laterals = nn.ModuleList(Conv(w, config.neck, size=1, norm=norm) for w in widths[2:])
        self.smooth = nn.ModuleList(Conv(config.neck, config.neck, norm=norm) for _ in STRIDES)
        # A tower a level: batch statistics of the levels differ, one running mean would fit none.
        self.towers = nn.ModuleList(Conv(config.neck, config.neck, norm=norm) for _ in STRIDES)
        self.out = nn.Conv2d(config.neck, OUTPUTS, 3, padding=1)
        self.scales = nn.Parameter(torch.ones(len(STRIDES)))
        nn.init.normal_(self.out.weight, std=0.01)
        assert self.out.bias is not None
        nn.init.zeros_(self.out.bias)
        with torch.no_grad():
            self.out.bias[0] = -4.0  # faces are rare: begin with "no face"
            self.out.bias[5:] = torch.tensor(LAYOUT)

    def forward(self, x: Tensor) -> Tensor:
        """(N, 3, H, W) RGB in [-1, 1], sides multiples of 32 -> (N, cells, 15).

        Cells run level by level, row by row. Numbers: score logit; centre offset x, y from the
        cell's centre in strides; log width and height in units of `SPAN` strides; ten landmark
        offsets from the box's centre in units of its size (geometric mean of its sides), which
        are the same for a face of any size and so are learnt once.
        """
        h = F.relu(self.stem(x))  # N, 16, H/2
        maps = []
        for level in self.levels:
            h = level(h)
            maps.append(h)
        maps = [lateral(m) for lateral, m in zip(self.laterals, maps[1:], strict=True)]
        out: list[Tensor] = []
        above: Tensor | None = None
        for i in reversed(range(len(STRIDES))):
            m = maps[i]
            if above is not None:
                m = m + F.interpolate(above, scale_factor=2.0, mode="nearest")
            above = F.relu(self.smooth[i](F.relu(m)))
            y = self.out(F.relu(self.towers[i](above)))
            box = y[:, 1:5] * self.scales[i]
            out.insert(0, torch.cat([y[:, :1], box, y[:, 5:]], 1).flatten(2))
        return torch.cat(out, 2).transpose(1, 2)  # N, H/8*W/8 + H/16*W/16 + H/32*W/32, 15


class Released(Detector):
    """The detector as it is exported: scores in [0, 1], boxes and points in pixels."""

    def forward(self, x: Tensor) -> Tensor:
        """(N, 3, H, W) RGB in [-1, 1] -> (N, cells, 15): score, x, y, width, height, points."""
        return decoded(super().forward(x), x.shape[2], x.shape[3])


def cells(height: int, width: int, like: Tensor) -> tuple[Tensor, Tensor]:
    """Centres (cells, 2) x, y in pixels and strides (cells, 1) of a picture's cells."""
    centres, strides = [], []
    for stride in STRIDES:
        rows, columns = height // stride, width // stride
        y = (torch.arange(rows, device=like.device, dtype=torch.float32) + 0.5) * stride
        x = (torch.arange(columns, device=like.device, dtype=torch.float32) + 0.5) * stride
        grid = torch.stack([x[None, :].expand(rows, columns), y[:, None].expand(rows, columns)], 2)
        centres.append(grid.reshape(-1, 2))
        strides.append(torch.full_like(centres[-1][:, :1], float(stride)))
    return torch.cat(centres), torch.cat(strides)


def decoded(raw: Tensor, height: int, width: int) -> Tensor:
    """Raw cells (N, cells, 15) -> score in [0, 1]; x, y, width, height; ten numbers, in pixels."""
    centres, strides = cells(height, width, raw)
    middle = centres + raw[..., 1:3] * strides
    size = torch.exp(raw[..., 3:5].clamp(-5, 5)) * (strides * SPAN)
    points = raw[..., 5:] * size.prod(2, keepdim=True).sqrt() + middle.repeat(1, 1, 5)
    return torch.cat([torch.sigmoid(raw[..., :1]), middle - size / 2, size, points], 2)


def folded(detector: Detector) -> Released:
    """The same function without batch normalisation and with decoded cells, for release."""
    source = copy.deepcopy(detector).eval()
    out = Released(replace(detector.config, norm=False)).eval()
    state = source.state_dict()
    goal = out.state_dict()
    for name, module in source.named_modules():
        if isinstance(module, Conv) and isinstance(module.norm, nn.BatchNorm2d):
            norm = module.norm
            assert norm.running_var is not None
            assert norm.running_mean is not None
            gain = norm.weight / torch.sqrt(norm.running_var + norm.eps)
            goal[f"{name}.conv.weight"] = module.conv.weight * gain[:, None, None, None]
            goal[f"{name}.conv.bias"] = norm.bias - norm.running_mean * gain
    for name in goal:
        if name in state and f"{name.removesuffix('.conv.weight')}.norm.weight" not in state:
            goal[name] = state[name]
    out.load_state_dict(goal)
    return out
