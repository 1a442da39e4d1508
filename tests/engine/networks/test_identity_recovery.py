from __future__ import annotations

import pytest
import torch

from engine.networks.identity_recovery import IdentityRecovery, IdentityRecoveryConfig

SMALL = {"widths": (8, 12, 16, 16), "head": 8}


@pytest.fixture
def y():
    return torch.rand(2, 3, 128, 128, generator=torch.Generator().manual_seed(0)) * 2 - 1


@torch.no_grad()
def test_it_starts_as_the_picture_itself(y):
    net = IdentityRecovery(IdentityRecoveryConfig(**SMALL)).eval()
    assert float((net(y) - y).abs().max()) < 0.02


@torch.no_grad()
def test_more_blocks_in_the_decoder_change_nothing_until_they_learn(y):
    torch.manual_seed(0)
    lean = IdentityRecovery(IdentityRecoveryConfig(**SMALL)).eval()
    for weight in lean.parameters():
        torch.nn.init.normal_(weight, std=0.1)
    grown = IdentityRecovery(IdentityRecoveryConfig(**SMALL, decoder=(4, 2, 2))).eval()
    missing = grown.load_state_dict(lean.state_dict(), strict=False).missing_keys
    assert missing
    assert torch.equal(grown(y), lean(y))


@torch.no_grad()
def test_the_coarse_colour_is_wide_and_can_be_left_out(y):
    torch.manual_seed(0)
    net = IdentityRecovery(IdentityRecoveryConfig(**SMALL)).eval()
    before = net(y)
    net.colour.bias.fill_(0.25)
    assert torch.allclose(net(y) - before, torch.tensor(0.25), atol=1e-5)
    plain = IdentityRecovery(IdentityRecoveryConfig(**SMALL, colour=False)).eval()
    assert not any(name.startswith("colour") for name, _ in plain.named_parameters())
    assert plain(y).shape == y.shape
