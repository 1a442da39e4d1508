"""Modulated convolution of StyleGAN2, in the form that exports (arXiv 1912.04958, section 2.2).

StyleGAN2 scales the kernel by the style and divides by the scaled kernel's norm, which needs one
kernel a sample (a grouped convolution). Scaling the activations before and after one shared
convolution is the same function, works with any batch, and costs one matrix product more.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

EPSILON = 1e-8


class ModulatedConv(nn.Module):
    """3x3 convolution whose input channels a style code weighs; outputs of a learned deviation.

    Demodulation gives every output unit variance; `gain` then says how loud it is. That is ours:
    with it, a trained ordinary convolution is one of these (`start_from`).

    Args:
        c_in: channels in.
        c_out: channels out.
        style: width of the style code.
        gain: deviation of the outputs at the start.
    """

    def __init__(self, c_in: int, c_out: int, style: int, gain: float = 1.0) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(c_out, c_in, 3, 3) / math.sqrt(c_in * 9))
        self.gain = nn.Parameter(torch.full((c_out,), gain))
        self.bias = nn.Parameter(torch.zeros(c_out))
        self.affine = nn.Linear(style, c_in)
        nn.init.normal_(self.affine.weight, std=0.02)
        nn.init.ones_(self.affine.bias)

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        """(N, c_in, H, W), (N, style) -> (N, c_out, H, W)."""
        s = self.affine(w)  # N, c_in
        y = F.conv2d(x * s[:, :, None, None].to(x.dtype), self.weight, padding=1)
        # In the maps' own type: one factor in float32 would make whole maps of it.
        loud = (self.demodulation(s) * self.gain).to(y.dtype)
        return torch.addcmul(self.bias[:, None, None].to(y.dtype), y, loud[:, :, None, None])

    @torch.no_grad()
    def start_from(self, weight: Tensor, bias: Tensor) -> None:
        """Becomes an ordinary convolution, (c_out, c_in, 3, 3) and (c_out,), under any style yet.

        The style's influence starts at zero and learns.
        """
        self.weight.copy_(weight)
        self.bias.copy_(bias)
        self.gain.copy_(weight.square().sum((1, 2, 3)).sqrt())
        self.affine.weight.zero_()
        self.affine.bias.fill_(1.0)

    def demodulation(self, s: Tensor) -> Tensor:
        """d_o = (sum over i, u, v of (W_oiuv s_i)^2 + 1e-8)^(-1/2): (N, c_in) -> (N, c_out)."""
        energy = self.weight.square().sum((2, 3))  # c_out, c_in
        return torch.rsqrt(s.square() @ energy.T + EPSILON)


class ModulatedBlock(nn.Module):
    """Pre-activation residual block of two modulated convolutions.

    The noise inputs of StyleGAN2 are left out: the same face gives the same picture. The second
    convolution starts quietly, so that a stack begins near the identity.
    """

    def __init__(self, channels: int, style: int) -> None:
        super().__init__()
        self.conv1 = ModulatedConv(channels, channels, style)
        self.conv2 = ModulatedConv(channels, channels, style, gain=0.1)

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        """(N, channels, H, W), (N, style) -> (N, channels, H, W)."""
        h = self.conv1(F.silu(x), w)
        h = self.conv2(F.silu(h), w)
        out: Tensor = x + h
        return out
