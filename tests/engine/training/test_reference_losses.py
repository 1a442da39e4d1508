from __future__ import annotations

import math

import torch
import torch.nn.functional as F

from engine.training.reference_losses import (
    carried,
    coloured_as,
    gate_loss,
    identity_loss,
    transfer_loss,
)

SIDE = 64  # maps at 16, 8, 4, 2; carried attention over 16 positions


def pictures(n=2, r=2):
    generator = torch.Generator().manual_seed(0)
    small = torch.rand(n * r, 3, 8, 8, generator=generator) * 2 - 1
    return F.interpolate(small, SIDE, mode="bilinear").unflatten(0, (n, r))


def weights(n=2, r=2, k=3):
    torch.manual_seed(1)
    attention = torch.softmax(torch.randn(n, 16, r * 16), 2).requires_grad_()
    sizes = [(SIDE // 4 >> i) ** 2 for i in range(4)]
    distribution = [torch.softmax(torch.randn(n, r * k, m), 1) for m in sizes]
    extraction = [torch.randn(n * r, k, m) for m in sizes]
    return attention, distribution, extraction


def test_attention_on_the_same_place_carries_the_picture_itself():
    x = pictures(1, 1)[:, :, :, :16, :16]
    assert torch.allclose(carried(x, torch.eye(16)[None]), x[:, 0], atol=1e-6)


def test_attention_on_the_second_reference_carries_the_second():
    x = pictures(1, 2)[:, :, :, :16, :16]
    there = torch.cat([torch.zeros(16, 16), torch.eye(16)], dim=1)[None]
    assert torch.allclose(carried(x, there), x[:, 1], atol=1e-6)


def test_other_light_does_not_count():
    x = pictures(2, 1)
    other = x * 0.5 + 0.2
    assert torch.allclose(coloured_as(other, x[:, 0])[:, 0], x[:, 0], atol=0.02)


def test_the_same_place_costs_less_than_a_random_one():
    x = pictures(1, 1)
    _, distribution, extraction = weights(1, 1)
    right = torch.ones(1)
    same, mixed = (
        float(transfer_loss(x[:, 0], x, right, a, distribution, extraction))
        for a in (torch.eye(16)[None], torch.full((1, 16, 16), 1 / 16))
    )
    assert same < mixed


def test_only_samples_with_a_right_reference_count():
    x = pictures()
    attention, distribution, extraction = weights()
    none = transfer_loss(x[:, 0], x, torch.zeros(2), attention, distribution, extraction)
    assert float(none.detach()) == 0
    one = transfer_loss(x[:, 0], x, torch.tensor([1.0, 0]), attention, distribution, extraction)
    one.backward()
    assert attention.grad[0].abs().sum() > 0
    assert attention.grad[1].abs().sum() == 0


class Identity:
    """Mean colours of quarters."""

    def embed(self, x):
        return F.normalize(F.adaptive_avg_pool2d(x, 2).flatten(1) + 0.1, dim=1)


def test_the_identity_loss_heeds_a_right_reference_alone():
    x = pictures(2, 1)[:, 0]
    other, mask = -x[:, None], torch.ones(2, 1)
    assert float(identity_loss(Identity(), x, x, other, mask, torch.zeros(2))) < 1e-5
    assert float(identity_loss(Identity(), x, x, other, mask, torch.full((2,), 0.3))) > 0.1
    assert float(identity_loss(Identity(), x, x, other, mask * 0, torch.zeros(2))) < 1e-5


def test_the_gate_learns_from_references_that_are_there():
    agreement = torch.tensor([[0.9, 0.1], [0.2, 0.99]])
    mask, right = torch.tensor([[1.0, 0], [1, 0]]), torch.tensor([1.0, 0])
    good = float(gate_loss(agreement, mask, right))
    assert abs(good + (math.log(0.9) + math.log(0.8)) / 2) < 1e-5
    assert float(gate_loss(agreement, mask, 1 - right)) > good
    assert float(gate_loss(agreement, mask * 0, right)) == 0
