from __future__ import annotations

from typing import TYPE_CHECKING

import onnx
import pytest
import torch
from safetensors.torch import load_file

from engine.errors import LikenessError
from engine.networks import export, weights
from engine.networks.identity_recovery import IdentityRecovery, IdentityRecoveryConfig

if TYPE_CHECKING:
    from pathlib import Path

SMALL = IdentityRecoveryConfig((16, 16, 16, 16), (1, 1, 1, 1), head=8)


@pytest.fixture(scope="module")
def network() -> IdentityRecovery:
    torch.manual_seed(3)
    network = IdentityRecovery(SMALL)
    for weight in network.parameters():
        torch.nn.init.normal_(weight, std=0.1)
    return network


@pytest.fixture(scope="module")
def exported(network: IdentityRecovery, tmp_path_factory: pytest.TempPathFactory) -> Path:
    tmp_path = tmp_path_factory.mktemp("exported")
    export.save_weights(network, tmp_path / "net.safetensors")
    export.export_graph(
        network,
        {"input": torch.rand(1, 3, 64, 64)},
        ["output"],
        tmp_path / "net.safetensors",
        tmp_path / "net.onnx",
        dynamic={"input": {0: "batch"}},
    )
    return tmp_path


def test_the_graph_agrees_with_the_network_for_any_batch(
    network: IdentityRecovery, exported: Path
) -> None:
    inputs = [{"input": torch.rand(n, 3, 64, 64) * 2 - 1} for n in (1, 2, 5)]
    assert export.parity(network, inputs, exported / "net.onnx") < 1e-5


def test_weights_exist_once_and_the_opset_is_18(network: IdentityRecovery, exported: Path) -> None:
    model = onnx.load(exported / "net.onnx", load_external_data=False)
    assert model.opset_import[0].version == export.OPSET
    outside = [t for t in model.graph.initializer if t.external_data]
    assert {t.name.removesuffix(".half") for t in outside} == set(network.state_dict())
    assert {e.value for t in outside for e in t.external_data if e.key == "location"} == {
        "net.safetensors"
    }
    inside = sum(len(t.raw_data) for t in model.graph.initializer if not t.external_data)
    assert inside < 4096


def test_released_weights_load_back(network: IdentityRecovery, exported: Path) -> None:
    other = IdentityRecovery(SMALL)
    weights.load_weights(other, exported / "net.safetensors")
    for a, b in zip(network.parameters(), other.parameters(), strict=True):
        assert torch.equal(a, b)


def test_a_file_that_does_not_fit_is_refused(exported: Path) -> None:
    with pytest.raises(LikenessError, match="does not fit"):
        weights.load_weights(torch.nn.Conv2d(3, 3, 1), exported / "net.safetensors")


def test_a_weight_beyond_half_precision_is_refused(tmp_path: Path) -> None:
    layer = torch.nn.Linear(1, 1)
    torch.nn.init.constant_(layer.weight, 1e6)
    with pytest.raises(LikenessError, match="half precision"):
        export.save_weights(layer, tmp_path / "big.safetensors")


def test_a_wider_network_starts_from_what_fits(exported: Path) -> None:
    wide = IdentityRecovery(IdentityRecoveryConfig((16, 16, 24, 24), (1, 1, 1, 1), head=8))
    taken = export.start_from(wide, exported / "net.safetensors", "encoder.")
    stored = load_file(exported / "net.safetensors")
    assert 0 < taken < sum(k.startswith("encoder.") for k in stored)
    assert torch.equal(wide.encoder.stem.weight, stored["encoder.stem.weight"].float())


def test_the_network_starts_near_the_identity() -> None:
    y = torch.rand(1, 3, 64, 64) * 2 - 1
    with torch.no_grad():
        out = IdentityRecovery(SMALL)(y)
    assert out.shape == y.shape
    assert float((out - y).abs().max()) < 0.03
