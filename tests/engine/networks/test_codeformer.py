"""Shapes, the weight of fusion, the published layout."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F

from engine.networks.codeformer import (
    COMPACT,
    PUBLISHED,
    CodeFormer,
    CodeFormerConfig,
    TransformerLayer,
    adaptive_instance_norm,
)
from engine.networks.identity_recovery import IdentityRecovery

TINY = CodeFormerConfig(
    size=64, encoder=(16, 16, 16, 16), encoder_blocks=(1, 1, 1, 1), generator=(16, 16, 16, 16),
    generator_blocks=(1, 1, 1, 1), head=8, latent=8, codes=32, width=16, mlp=16, layers=1, heads=2,
)  # fmt: skip


@pytest.fixture
def net() -> CodeFormer:
    torch.manual_seed(0)
    net = CodeFormer(TINY).eval()
    with torch.no_grad():
        for block in net.fuse_convs_dict.values():
            for p in block.parameters():
                p.normal_(0, 0.1)
        net.quantize.embedding.weight.normal_()
    return net


@pytest.fixture
def y() -> torch.Tensor:
    return torch.rand(2, 3, 64, 64, generator=torch.Generator().manual_seed(1)) * 2 - 1


def test_shapes(net: CodeFormer, y: torch.Tensor) -> None:
    z, maps = net.encode(y)
    assert z.shape == (2, 8, 2, 2)
    assert {k: v.shape[-1] for k, v in maps.items()} == {"128": 16, "64": 8, "32": 4, "16": 2}
    logits = net.predict(z)
    assert logits.shape == (2, 4, 32)
    assert net.look_up(logits).shape == z.shape
    assert net.restore(y).shape == y.shape
    rebuilt, quantised = net(y)
    assert rebuilt.shape == y.shape
    assert quantised is not None
    assert quantised.indices.shape == (2, 2, 2)
    assert net(y, quantise=False)[1] is None


def test_no_weight_is_no_fusion_to_the_bit(net: CodeFormer, y: torch.Tensor) -> None:
    with torch.no_grad():
        assert torch.equal(net.restore(y, torch.zeros(2)), net.restore(y))
        assert not torch.allclose(net.restore(y, torch.ones(2)), net.restore(y), atol=1e-4)


def test_the_result_is_continuous_in_the_weight(net: CodeFormer, y: torch.Tensor) -> None:
    with torch.no_grad():
        at = [net.restore(y, torch.tensor([w, 0.5])) for w in (0.5, 0.5001, 0.51)]
    near, far = (float((a[0] - at[0][0]).abs().max()) for a in at[1:])
    assert 0 < near < far
    assert near < 0.02 * far * 2
    assert torch.equal(at[0][1], at[2][1])  # each sample has its own weight


def test_picture_losses_reach_the_fusion_blocks_alone(net: CodeFormer, y: torch.Tensor) -> None:
    net.train()
    net.restore(y, torch.ones(2)).sum().backward()
    assert all(p.grad is None for p in net.encoder.parameters())
    assert all(p.grad is None for p in net.ft_layers.parameters())
    assert all(p.grad is not None for p in net.fuse_convs_dict.parameters())


def test_adaptive_normalisation_takes_the_moments_over() -> None:
    x, style = torch.randn(2, 3, 8, 8), torch.randn(2, 3, 8, 8) * 3 + 1
    out = adaptive_instance_norm(x, style)
    assert torch.allclose(out.mean((2, 3)), style.mean((2, 3)), atol=1e-4)
    assert torch.allclose(out.std((2, 3)), style.std((2, 3)), atol=1e-3)


def test_the_compact_encoder_is_the_identity_recovery_networks() -> None:
    with torch.device("meta"):
        theirs, ours = IdentityRecovery(), CodeFormer(COMPACT)
    mine = {k: v.shape for k, v in ours.state_dict().items()}
    taken = {k: v.shape for k, v in theirs.state_dict().items() if k.startswith("encoder.")}
    assert taken
    assert all(mine[k] == shape for k, shape in taken.items())


def _published_layout() -> dict[str, tuple[int, ...]]:
    layout: dict[str, tuple[int, ...]] = {}
    lines = (Path(__file__).parent / "codeformer_layout.txt").read_text("utf-8").splitlines()
    for line in lines:
        if line.startswith("#"):
            continue
        module, kind, sizes = line.split()
        shape = tuple(int(n) for n in sizes.split("x"))
        layers = range(9) if ".0-8." in module else range(1)
        for layer in layers:
            name = module.replace(".0-8.", f".{layer}.")
            layout[name if kind == "-" else f"{name}.weight"] = shape
            if kind == "wb":
                layout[f"{name}.bias"] = shape[:1]
    return layout


def test_a_state_dict_of_the_published_layout_loads() -> None:
    layout = _published_layout()
    assert len(layout) == 515
    with torch.device("meta"):
        net = CodeFormer(PUBLISHED)
        state = {name: torch.empty(shape) for name, shape in layout.items()}
    own = {k: tuple(v.shape) for k, v in net.state_dict().items() if k != "quantize.usage"}
    assert own == layout
    net.load_state_dict(state, assign=True)
    assert sum(math.prod(s) for s in layout.values()) == pytest.approx(94.1e6, rel=0.01)


def test_the_layer_attends_as_its_attention_module_does() -> None:
    torch.manual_seed(0)
    layer = TransformerLayer(16, 24, 4)
    x, places = torch.randn(2, 9, 16), torch.randn(9, 16)
    h = layer.norm1(x)
    mixed = x + layer.self_attn(h + places, h + places, h, need_weights=False)[0]
    expected = mixed + layer.linear2(F.gelu(layer.linear1(layer.norm2(mixed))))
    torch.testing.assert_close(layer(x, places), expected)
