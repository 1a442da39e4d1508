"""DAM: known displacements are found again, and its losses have their closed forms."""

from __future__ import annotations

import pytest
import torch

from engine.networks.registration import (
    Registration,
    RegistrationConfig,
    cross_correlation,
    enlarge_field,
    folding,
    jacobian,
    roughness,
    warp,
)


@pytest.fixture
def x() -> torch.Tensor:
    return torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(0)) * 2 - 1


def test_no_displacement_is_the_picture_itself(x: torch.Tensor) -> None:
    assert torch.equal(warp(x, torch.zeros(1, 2, 64, 64)), x)


def test_a_constant_displacement_of_whole_pixels_is_a_shift(x: torch.Tensor) -> None:
    field = torch.zeros(1, 2, 64, 64)
    field[:, 0], field[:, 1] = 3, -5
    out = warp(x, field)
    assert torch.equal(out[..., 5:, :-3], x[..., :-5, 3:])
    assert torch.equal(out[..., 10, -3:], x[..., 5, -1:].expand(1, 3, 3))  # the border repeats


def test_an_enlarged_field_points_as_far() -> None:
    field = torch.full((1, 2, 8, 8), 1.5)
    large = enlarge_field(field, 4)
    assert large.shape == (1, 2, 32, 32)
    assert torch.allclose(large, torch.tensor(6.0))


def test_the_jacobian_tells_folds() -> None:
    zero = torch.zeros(1, 2, 16, 16)
    assert torch.equal(jacobian(zero), torch.ones(1, 15, 15))
    assert float(folding(zero)) == 0
    line = torch.arange(16.0)
    mirrored = zero.clone()
    mirrored[:, 0] = -2 * line  # x -> -x
    assert float(folding(mirrored)) == 1
    assert float(roughness(zero)) == 0
    assert float(roughness(mirrored)) == pytest.approx(2.0)


def test_correlation_does_not_see_contrast_or_brightness(x: torch.Tensor) -> None:
    assert float(cross_correlation(x, x)) == pytest.approx(1.0, abs=1e-3)
    assert float(cross_correlation(x, 0.5 * x + 0.2)) == pytest.approx(1.0, abs=1e-3)
    assert float(cross_correlation(x, -x)) == pytest.approx(1.0, abs=1e-3)  # it is squared
    other = torch.rand(x.shape, generator=torch.Generator().manual_seed(5)) * 2 - 1
    assert float(cross_correlation(x, other)) < 0.1


def test_flat_pictures_give_no_gradient_of_note() -> None:
    flat = torch.full((1, 3, 32, 32), 0.3) + 1e-3 * torch.randn(1, 3, 32, 32)
    assert float(cross_correlation(flat, flat.flip(3))) < 0.01


def test_the_field_starts_at_nothing_and_keeps_its_bound() -> None:
    torch.manual_seed(0)
    net = Registration(RegistrationConfig((4, 8, 8, 8), (8, 8, 8, 8), (8, 4, 4)))
    a, b = torch.rand(2, 2, 3, 32, 32)
    assert float(net(a, b).abs().max()) < 1e-3
    torch.nn.init.constant_(net.flow.bias, 1e3)
    assert float(net(a, b).max()) <= 24 / 4
    warped, field = net.register(torch.rand(1, 3, 128, 128), torch.rand(1, 3, 128, 128))
    assert warped.shape == (1, 3, 128, 128)
    assert field.shape == (1, 2, 128, 128)
    assert float(field.max()) <= 24


def test_it_learns_a_shift() -> None:
    torch.manual_seed(1)
    net = Registration(RegistrationConfig((8, 8, 8, 8), (8, 8, 8, 8), (8, 8, 8)))
    large = torch.randn(1, 3, 80, 80)
    for _ in range(2):  # smooth enough that the right shift is downhill
        large = torch.nn.functional.avg_pool2d(large, 5, 1, 2)
    large = large / large.abs().max()
    fixed, moving = large[..., 2:34, 2:34], large[..., 2:34, 0:32]
    optimiser = torch.optim.Adam(net.parameters(), lr=5e-3)
    before = float(cross_correlation(fixed, moving))
    for _ in range(60):
        field = net(fixed, moving)
        loss = 1 - cross_correlation(fixed, warp(moving, field)) + 0.1 * roughness(field)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    with torch.no_grad():
        field = net(fixed, moving)
    shift = field.mean((0, 2, 3))
    assert 1.4 < float(shift[0]) < 2.2
    assert abs(float(shift[1])) < 0.3
    assert float(cross_correlation(fixed, warp(moving, field))) > max(0.95, before)
