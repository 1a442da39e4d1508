"""The triplet of the fusion: its positives, its negatives, and what the loss says of them."""

from __future__ import annotations

import pytest
import torch

from engine.faces.face import TEMPLATE_512
from engine.training.metric_learning import (
    FEATHER,
    component_boxes,
    component_mask,
    hard_negatives,
    hard_positive,
    triplet,
)


def test_the_triplet_is_zero_where_the_margin_holds() -> None:
    a = torch.tensor([[1.0, 0.0]])
    loss, near, far = triplet(a, torch.tensor([[2.0, 0.0]]), torch.tensor([[0.0, 3.0]]))
    assert float(loss) == 0
    assert (float(near), float(far)) == pytest.approx((1, 0))
    loss, _, _ = triplet(a, torch.tensor([[0.0, 3.0]]), torch.tensor([[2.0, 0.0]]))
    assert float(loss) == pytest.approx(1.2)
    loss, _, _ = triplet(a, a, a)
    assert float(loss) == pytest.approx(0.2)


def test_the_triplet_does_not_see_the_scale_of_features() -> None:
    a, p, n = torch.randn(3, 4, 16, generator=torch.Generator().manual_seed(0))
    wanted = triplet(a, p, n)[0]
    assert torch.allclose(triplet(5 * a, 0.1 * p, 30 * n)[0], wanted, atol=1e-6)


def test_the_mask_holds_the_components() -> None:
    mask = component_mask()[0, 0]
    for x, y in TEMPLATE_512.round().astype(int):
        assert float(mask[y, x]) == 1
    assert float(mask[:100].max()) == 0  # forehead and hair
    assert float(mask[450:].max()) == 0
    assert 0.1 < float(mask.mean()) < 0.35
    assert len(component_boxes()) == 4


def test_the_positive_is_the_faithful_inside_and_the_texture_outside() -> None:
    f, w = torch.rand(2, 2, 3, 512, 512, generator=torch.Generator().manual_seed(1))
    mask = component_mask()
    positive = hard_positive(f, w)
    inside, outside = (mask == 1).expand_as(f), (mask == 0).expand_as(f)
    assert torch.equal(positive[inside], f[inside])
    assert torch.equal(positive[outside], w[outside])
    between = ~inside & ~outside
    assert 0 < float(between.float().mean()) < 0.25
    assert float((mask[..., 1:] - mask[..., :-1]).abs().max()) < 1 / FEATHER


def test_negatives_are_hard_and_of_the_same_shape() -> None:
    torch.manual_seed(4)
    f, g, p = torch.rand(3, 64, 3, 16, 16)
    n = hard_negatives(f, g, p)
    assert n.shape == f.shape
    assert torch.isfinite(n).all()
    faithful = sum(torch.equal(a, b) for a, b in zip(n, f, strict=True))
    prior = sum(torch.equal(a, b) for a, b in zip(n, g, strict=True))
    assert 20 < faithful < 45
    assert 3 < prior < 28
    assert not any(torch.equal(a, b) for a, b in zip(n, p, strict=True))
