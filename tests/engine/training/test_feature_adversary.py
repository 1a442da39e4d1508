"""Heads on feature maps: they learn, they wait, and their share of the gradient is as told."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F

from engine.training.adversarial import Adversary, from_plan
from engine.training.feature_adversary import EVERY, FeatureAdversary
from engine.training.losses import Seen
from engine.training.opponent import Exhibit
from engine.training.plan import Plan


def _adversary(**options: int) -> FeatureAdversary:
    torch.manual_seed(0)
    return FeatureAdversary(widths=(3, 4), windows=1, hidden=(8, 8), **options)


def _shown(made: torch.Tensor, true: torch.Tensor, anchor: torch.Tensor | None = None) -> Exhibit:
    """With maps of three and four channels at two sizes, as a frozen network would give them."""

    def maps(x: torch.Tensor) -> list[torch.Tensor]:
        small = F.avg_pool2d(x, 2)
        return [x, torch.cat([small, small.mean(1, keepdim=True)], dim=1)]

    held = made.square().mean() if anchor is None else anchor
    last = torch.nn.Parameter(torch.ones(1))
    return Exhibit(made, true, [Seen(maps(made), maps(true))], held, last)


def test_it_waits_for_its_lead_and_then_is_heard() -> None:
    judge = _adversary(start=8, lead=4)
    made = torch.randn(2, 3, 32, 32, requires_grad=True)
    shown = _shown(made, torch.randn(2, 3, 32, 32))
    assert judge.generator_loss(shown, 3) is None
    assert judge.discriminator_loss(0) is None
    assert judge.generator_loss(shown, 4) is None
    assert judge.discriminator_loss(1) is not None
    assert judge.generator_loss(shown, 8) is not None
    judge.skip()
    assert judge.discriminator_loss(2) is None
    fresh = _adversary(start=0, lead=4)
    fresh.start_after(100)
    resumed = _adversary(start=0, lead=4)
    resumed.load_state_dict(fresh.state_dict())
    assert resumed.start == 104


@pytest.mark.parametrize("scale", [0.1, 10.0])
def test_its_gradient_at_the_picture_is_as_large_as_the_anchors(scale: float) -> None:
    judge = _adversary()
    made = torch.randn(2, 3, 32, 32, requires_grad=True)
    anchor = scale * made.square().mean()
    heard = judge.generator_loss(_shown(made, made.detach(), anchor), 0)
    assert heard is not None
    held, drawn = (
        torch.autograd.grad(loss, made, retain_graph=True)[0].norm() for loss in (anchor, heard)
    )
    assert float(drawn) == pytest.approx(float(held), rel=1e-3)


def test_the_heads_learn_to_tell_made_from_true_and_the_generator_moves_none_of_them() -> None:
    judge = _adversary()
    optimiser = torch.optim.Adam(judge.parameters(), 1e-2)
    losses = []
    for _ in range(2 * EVERY):
        true = torch.randn(4, 3, 32, 32)
        made = F.avg_pool2d(torch.randn(4, 3, 34, 34), 3, stride=1).requires_grad_()  # soft
        heard = judge.generator_loss(_shown(made, true), 0)
        assert heard is not None
        heard.backward()
        assert all(p.grad is None for p in judge.parameters())
        loss = judge.discriminator_loss(0)
        assert loss is not None
        loss.backward()
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        losses.append(float(loss.detach()))
    assert losses[0] > 0.9
    assert losses[-1] < 0.5


def test_what_is_not_to_be_judged_is_not() -> None:
    judge = _adversary()
    made = torch.randn(3, 3, 32, 32, requires_grad=True)
    true = torch.randn(3, 3, 32, 32)
    shown = _shown(made, true)._replace(weight=torch.tensor([1.0, 0.0, 0.5]))
    heard = judge.generator_loss(shown, 0)
    assert heard is not None
    drawn, held = (
        torch.autograd.grad(loss, made, retain_graph=True)[0] for loss in (heard, shown.anchor)
    )
    assert [bool(g.any()) for g in drawn] == [True, False, True]
    weighted = held * torch.tensor([1.0, 0.0, 0.5])[:, None, None, None]
    assert float(drawn.norm()) == pytest.approx(float(weighted.norm()), rel=1e-3)
    loss = judge.discriminator_loss(0)
    judge.remember(shown._replace(seen=_shown(made[:1], true[:1]).seen, weight=torch.ones(1)))
    first = judge.discriminator_loss(0)
    judge.remember(shown._replace(seen=_shown(made[2:], true[2:]).seen, weight=None))
    third = judge.discriminator_loss(0)
    assert loss is not None
    assert first is not None
    assert third is not None
    assert float(loss) == pytest.approx(float(first + third / 2) / 1.5, rel=1e-3)


def test_a_plan_chooses_who_judges() -> None:
    data = {"adversary_start": 8, "adversary_lead": 4}
    pixels, features = (
        from_plan(Plan("p", "vq-autoencoder", data=data | {"adversary_features": yes}))
        for yes in (False, True)
    )
    assert isinstance(pixels, Adversary)
    assert isinstance(features, FeatureAdversary)
    assert (features.start, features.lead) == (pixels.start, pixels.lead) == (8, 4)
