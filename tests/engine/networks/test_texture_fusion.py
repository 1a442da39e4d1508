from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from engine.networks.texture_fusion import TextureFusion, TextureFusionConfig

TINY = TextureFusionConfig((16, 16, 16), (16, 16, 16), 8, 8)


@pytest.fixture
def net() -> TextureFusion:
    torch.manual_seed(0)
    net = TextureFusion(TINY).eval()
    torch.nn.init.normal_(net.out.weight, std=0.1)
    return net


@pytest.fixture
def pictures() -> torch.Tensor:
    return torch.rand(3, 2, 3, 64, 64, generator=torch.Generator().manual_seed(1)) * 2 - 1


def test_full_fidelity_is_the_faithful_picture_to_the_bit(
    net: TextureFusion, pictures: torch.Tensor
) -> None:
    f, g, r = pictures
    one = torch.ones(2)
    assert torch.equal(net(f, g, one), f)
    assert torch.equal(net(f, g, one, r, one), f)


def test_fidelity_gives_up_the_prior(net: TextureFusion, pictures: torch.Tensor) -> None:
    f, g, _ = pictures
    with torch.no_grad():
        moves = [
            float(
                (net(f, g, torch.full((2,), s)) - net(f, g.flip(2), torch.full((2,), s)))
                .abs()
                .mean()
            )
            for s in (0.0, 0.3, 0.6, 0.9, 1.0)
        ]
    assert moves == sorted(moves, reverse=True)
    assert moves[-1] == 0


def test_the_damaged_face_comes_in_without_a_jump(
    net: TextureFusion, pictures: torch.Tensor
) -> None:
    f, g, y = pictures
    zero = torch.zeros(2)
    grown = TextureFusion(replace(TINY, damaged=True)).eval()
    grown.load_state_dict(net.state_dict(), strict=False)
    with torch.no_grad():
        assert torch.equal(grown(f, g, zero, damaged=y), net(f, g, zero))
        torch.nn.init.normal_(grown.head_damaged.weight, std=0.1)
        assert not torch.allclose(grown(f, g, zero, damaged=y), net(f, g, zero))
        assert torch.equal(grown(f, g, zero + 1, damaged=y), f)


def test_noise_comes_in_without_a_jump_and_moves_texture_alone(
    net: TextureFusion, pictures: torch.Tensor
) -> None:
    f, g, _ = pictures
    zero = torch.zeros(2)
    noise = torch.randn(2, 1, 64, 64, generator=torch.Generator().manual_seed(2))
    grown = TextureFusion(replace(TINY, noise=True)).eval()
    grown.load_state_dict(net.state_dict(), strict=False)
    with torch.no_grad():
        assert torch.equal(grown(f, g, zero, noise=noise), net(f, g, zero))
        torch.nn.init.normal_(grown.head_noise.weight, std=0.1)
        torch.nn.init.normal_(grown.from_noise.weight, std=0.1)
        one, other = (grown(f, g, zero, noise=n) for n in (noise, noise.flip(2)))
        assert not torch.allclose(one, other)
        assert torch.equal(grown(f, g, zero + 1, noise=noise), f)


def test_an_absent_reference_has_no_influence(net: TextureFusion, pictures: torch.Tensor) -> None:
    f, g, r = pictures
    s = torch.tensor([0.0, 0.4])
    with torch.no_grad():
        alone = net(f, g, s)
        assert torch.equal(net(f, g, s, r, torch.zeros(2)), alone)
        some = net(f, g, s, r, torch.tensor([0.0, 1.0]))
    assert torch.equal(some[0], alone[0])
    assert not torch.allclose(some[1], alone[1], atol=1e-5)


def test_a_fresh_network_changes_nothing(pictures: torch.Tensor) -> None:
    f, g, r = pictures
    assert torch.equal(TextureFusion(TINY)(f, g, torch.zeros(2), r, torch.ones(2)), f)
