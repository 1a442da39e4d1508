from __future__ import annotations

import pytest
import torch
from torch import nn

from engine.networks.discriminator import Discriminator, DiscriminatorConfig
from engine.training.adversarial import EVERY, Adversary, r1
from engine.training.augment import augment, cutout, flip, shift
from engine.training.opponent import Exhibit


def _adversary(**options: int) -> Adversary:
    torch.manual_seed(0)
    return Adversary(start=8, lead=4, config=DiscriminatorConfig((4, 4, 4, 4)), **options)


def test_augmentation_keeps_shape_and_lets_the_gradient_through() -> None:
    torch.manual_seed(1)
    x = torch.rand(4, 3, 32, 32, requires_grad=True)
    out = augment(x)
    assert out.shape == x.shape
    out.sum().backward()
    assert x.grad is not None
    assert torch.isfinite(x.grad).all()
    assert float(x.grad.abs().sum()) > 0


def test_each_augmentation_does_what_it_says() -> None:
    torch.manual_seed(2)
    x = torch.rand(16, 3, 32, 32) + 0.1
    mirrored = flip(x)
    assert all(
        torch.equal(a, b) or torch.equal(a, b.flip(2)) for a, b in zip(mirrored, x, strict=True)
    )
    assert 0 < sum(torch.equal(a, b) for a, b in zip(mirrored, x, strict=True)) < 16
    holes = (cutout(x) == 0).float().mean((1, 2, 3))
    assert 0 < int((holes > 0).sum()) < 16
    assert float(holes.max()) <= 1 / 16 + 1e-6
    ramp = torch.arange(32.0).expand(8, 3, 32, 32)
    moved = shift(ramp)[:, 0, 16, 16] - 16
    assert float(moved.abs().max()) <= 2
    assert float(moved.abs().max()) > 0


def test_a_resumed_run_remembers_that_a_fresh_judge_has_to_wait() -> None:
    first, second = _adversary(), _adversary()
    first.start_after(100)
    second.load_state_dict(first.state_dict())
    assert second.start == first.start == 104


def test_the_judge_is_shown_the_detail_on_its_own() -> None:
    torch.manual_seed(3)
    judge = Discriminator(DiscriminatorConfig((4, 4, 4, 4), detail=True))
    flat = torch.full((1, 3, 64, 64), 0.5)
    fine = flat + 0.05 * (torch.arange(64) % 2 * 2 - 1)
    first = judge.layers[0]
    assert first.in_channels == 24
    with torch.no_grad():
        first.weight[:, :12] = 0  # it sees the detail alone
        assert not torch.allclose(judge(flat), judge(fine))
        first.weight[:, 12:] = 0
        assert torch.allclose(judge(flat), judge(fine))


def test_r1_of_a_linear_judgement_is_its_squared_weight() -> None:
    judge = nn.Conv2d(3, 1, 1, bias=False)
    x = torch.rand(2, 3, 4, 4)
    # mean over 16 places: each pixel's gradient is w / 16
    wanted = float((judge.weight.detach() ** 2).sum()) * 16 / 16**2
    assert float(r1(judge, x).detach()) == pytest.approx(wanted, rel=1e-5)


def test_the_adversary_starts_late_and_its_weight_is_held() -> None:
    adversary = _adversary()
    last = nn.Parameter(torch.ones(1))
    real = torch.rand(2, 3, 64, 64)
    fake = torch.rand(2, 3, 64, 64) * last
    anchor = (fake - real).abs().mean()
    shown = Exhibit(fake, real, [], anchor, last)
    assert adversary.generator_loss(shown, 0) is None
    assert adversary.discriminator_loss(0) is None
    assert adversary.generator_loss(shown, 4) is None  # D trains ahead
    assert adversary.discriminator_loss(1) is not None
    judged = adversary.generator_loss(shown, 8)
    assert judged is not None
    judged.backward()
    assert last.grad is not None
    assert all(p.grad is None and p.requires_grad for p in adversary.net.parameters())
    adversary.skip()
    assert adversary.discriminator_loss(2) is None


def test_r1_comes_on_every_sixteenth_step() -> None:
    adversary = _adversary()
    real = torch.rand(2, 3, 64, 64)
    last = nn.Parameter(torch.ones(1))
    adversary.generator_loss(Exhibit(real * 0.5, real, [], real.sum(), last), 4)

    def loss(step: int) -> float:
        torch.manual_seed(3)
        found = adversary.discriminator_loss(step)
        assert found is not None
        return float(found.detach())

    assert loss(1) == loss(2)
    assert loss(EVERY) > loss(1)
