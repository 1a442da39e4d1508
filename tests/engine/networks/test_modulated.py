from __future__ import annotations

import torch
import torch.nn.functional as F

from engine.networks.modulated import EPSILON, ModulatedBlock, ModulatedConv


def grouped(conv, x, w):
    """The form of the paper: one kernel a sample."""
    n, c, h, wide = x.shape
    kernel = conv.weight[None] * conv.affine(w)[:, None, :, None, None]  # N, out, in, 3, 3
    kernel = kernel * torch.rsqrt(kernel.square().sum((2, 3, 4), keepdim=True) + EPSILON)
    out = F.conv2d(x.reshape(1, n * c, h, wide), kernel.flatten(0, 1), padding=1, groups=n)
    return out.reshape(n, -1, h, wide) + conv.bias[:, None, None]


@torch.no_grad()
def test_activation_scaled_form_is_the_grouped_form():
    torch.manual_seed(0)
    conv = ModulatedConv(12, 20, 8)
    conv.affine.weight.normal_(std=0.5)
    conv.bias.normal_()
    x, w = torch.randn(3, 12, 9, 9), torch.randn(3, 8)
    wanted = grouped(conv, x, w)
    assert float((conv(x, w) - wanted).abs().max() / wanted.abs().max()) < 2e-6


@torch.no_grad()
def test_unit_variance_in_gives_unit_variance_out():
    torch.manual_seed(0)
    conv = ModulatedConv(24, 32, 8)
    conv.affine.weight.normal_()
    out = conv(torch.randn(2, 24, 32, 32), torch.randn(2, 8) * 3)
    assert abs(float(out[..., 1:-1, 1:-1].std()) - 1) < 0.1


@torch.no_grad()
def test_it_can_be_an_ordinary_convolution():
    torch.manual_seed(0)
    conv, plain = ModulatedConv(12, 20, 8), torch.nn.Conv2d(12, 20, 3, padding=1)
    conv.start_from(plain.weight, plain.bias)
    x = torch.randn(2, 12, 9, 9)
    assert float((conv(x, torch.randn(2, 8)) - plain(x)).abs().max()) < 1e-5


@torch.no_grad()
def test_the_style_changes_the_block():
    torch.manual_seed(0)
    block = ModulatedBlock(8, 4)
    x = torch.randn(1, 8, 6, 6)
    one, two = block(x, torch.zeros(1, 4)), block(x, torch.full((1, 4), 9.0))
    assert one.shape == x.shape
    assert float((one - two).abs().max()) > 1e-3
