"""The whole: shapes, hostile input, size, and its graphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch

from engine.networks import export
from engine.networks.blocks import parameters
from engine.networks.codeformer import CodeFormerConfig
from engine.networks.codeformer_pp import CodeFormerPlusPlus, CodeFormerPlusPlusConfig
from engine.networks.registration import RegistrationConfig
from engine.networks.texture_fusion import TextureFusionConfig

if TYPE_CHECKING:
    from pathlib import Path

TINY = CodeFormerPlusPlusConfig(
    CodeFormerConfig(
        size=64, encoder=(16, 16, 16, 16), encoder_blocks=(1, 1, 1, 1),
        generator=(16, 16, 16, 16), generator_blocks=(1, 1, 1, 1), head=8, latent=8, codes=32,
        width=16, mlp=16, layers=1, heads=2,
    ),
    RegistrationConfig((4, 4, 4, 4), (4, 4, 4, 4), (4, 4, 4)),
    TextureFusionConfig((16, 16, 16), (16, 16, 16), 8, 8),
)  # fmt: skip


@pytest.fixture
def net() -> CodeFormerPlusPlus:
    torch.manual_seed(0)
    net = CodeFormerPlusPlus(TINY).eval()
    with torch.no_grad():
        net.codeformer.quantize.embedding.weight.normal_()
        net.codeformer.position_emb.normal_()
        net.registration.flow.bias.copy_(torch.tensor([0.7, -1.3]))
        net.fusion.out.weight.normal_(0, 0.05)
        for block in net.codeformer.fuse_convs_dict.values():
            for p in block.parameters():
                p.normal_(0, 0.1)
    return net


def _faces(count: int, seed: int = 1) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.rand(count, 3, 64, 64, generator=generator) * 2 - 1


def test_both_ends_and_the_result(net: CodeFormerPlusPlus) -> None:
    with torch.no_grad():
        found = net(_faces(2), torch.tensor([0.0, 1.0]))
        again = net(_faces(2), torch.tensor([-3.0, 7.0]))  # held to 0 .. 1
        alone = net.codeformer.restore(_faces(2))
    for picture in found[:4]:
        assert picture.shape == (2, 3, 64, 64)
    assert found.confidence.shape == (2,)
    assert torch.allclose(found.prior, alone.clamp(-1, 1), atol=1e-6)
    assert torch.equal(found.output[1], found.faithful[1])
    assert torch.equal(found.output, again.output)


@pytest.mark.parametrize("value", [-1.0, 1.0])
def test_nothing_of_a_face_gives_numbers_all_the_same(
    net: CodeFormerPlusPlus, value: float
) -> None:
    flat = torch.full((1, 3, 64, 64), value)
    with torch.no_grad():
        for picture in net(flat, torch.zeros(1), flat, torch.ones(1)):
            assert torch.isfinite(picture).all()


def test_the_compact_whole_is_small_enough() -> None:
    with torch.device("meta"):
        net = CodeFormerPlusPlus()
    assert parameters(net) * 2 < 30e6  # bytes at half precision


@pytest.mark.parametrize("referenced", [False, True])
def test_the_graph_agrees_at_every_fidelity(
    net: CodeFormerPlusPlus, tmp_path: Path, referenced: bool
) -> None:
    weights = tmp_path / "w.safetensors"
    export.save_weights(net, weights)

    def inputs(seed: int, fidelity: float) -> dict[str, torch.Tensor]:
        given = {"input": _faces(1, seed), "fidelity": torch.tensor([fidelity])}
        if referenced:
            given |= {"reference": _faces(1, seed + 10), "present": torch.ones(1)}
        return given

    outputs = ("output", "faithful", "prior", "registered", "confidence", "displacement")
    graph = tmp_path / "g.onnx"
    export.export_graph(net, inputs(1, 0.3), outputs, weights, graph)
    some = [inputs(i, s) for i, s in enumerate((0.0, 0.5, 1.0))]
    assert export.parity(net, some, graph) < 1e-4
    import onnx

    assert onnx.load(graph, load_external_data=False).opset_import[0].version == export.OPSET
