from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F

from engine.networks.blocks import parameters
from engine.networks.discriminator import Discriminator, DiscriminatorConfig, smooth


@pytest.mark.parametrize("spectral", [False, True])
def test_one_judgement_a_patch(spectral: bool) -> None:
    net = Discriminator(DiscriminatorConfig(widths=(4, 8, 8, 8), spectral=spectral))
    assert net(torch.zeros(2, 3, 64, 64)).shape == (2, 1, 2, 2)


def test_its_size_is_the_designed_one() -> None:
    assert parameters(Discriminator()) == pytest.approx(1.17e6, rel=0.01)


def test_the_detail_is_what_means_of_boxes_leave_and_even_faces_have_none() -> None:
    x = torch.rand(2, 3, 32, 32, generator=torch.Generator().manual_seed(1))
    found = smooth(x)
    expected = F.avg_pool2d(x, 5, stride=1)
    torch.testing.assert_close(found[..., 2:-2, 2:-2], expected)
    even = torch.full((1, 3, 32, 32), 0.4)
    torch.testing.assert_close(smooth(even), even)  # to the border
