from __future__ import annotations

import pytest
import torch

from engine.networks.blocks import parameters
from engine.networks.discriminator import Discriminator, DiscriminatorConfig


@pytest.mark.parametrize("spectral", [False, True])
def test_one_judgement_a_patch(spectral: bool) -> None:
    net = Discriminator(DiscriminatorConfig(widths=(4, 8, 8, 8), spectral=spectral))
    assert net(torch.zeros(2, 3, 64, 64)).shape == (2, 1, 2, 2)


def test_its_size_is_the_designed_one() -> None:
    assert parameters(Discriminator()) == pytest.approx(1.17e6, rel=0.01)
