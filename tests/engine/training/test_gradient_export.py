"""The exported identity gradient: rules, finite differences, parity."""

from __future__ import annotations

from typing import TYPE_CHECKING

import onnx
import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.errors import LikenessError
from engine.networks import export
from engine.networks.embedder import Embedder, EmbedderConfig
from engine.networks.identity_distance import (
    IdentityDistance,
    SmoothDecode,
    WindowGradient,
    gradient,
    recognition_crop,
)
from engine.networks.latent_autoencoder import LatentAutoencoder, LatentAutoencoderConfig
from engine.training import gradient_export

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def distance(*, norm: bool = False) -> IdentityDistance:
    torch.manual_seed(1)
    sizes = LatentAutoencoderConfig(width=16, blocks=1, head=16, norm=norm)
    eyes = EmbedderConfig(widths=(16, 16, 16), blocks=(1, 1, 1), head=8, folded=True)
    decode, embedder = SmoothDecode(LatentAutoencoder(sizes)), Embedder(eyes)
    whole = IdentityDistance(decode, embedder, side=64).eval()
    for p in whole.parameters():
        p.requires_grad_(requires_grad=False)
        if not p.any():
            nn.init.normal_(p, std=0.1)
    return whole


def samples(count: int, dtype: torch.dtype = torch.float32) -> list[tuple[Tensor, Tensor]]:
    generator = torch.Generator().manual_seed(2)
    return [
        (
            torch.randn(1, 4, 16, 16, generator=generator, dtype=dtype),
            F.normalize(torch.randn(1, 256, generator=generator, dtype=dtype), dim=1),
        )
        for _ in range(count)
    ]


class Operator(nn.Module):
    """A distance that is one operator and a weighted sum."""

    def __init__(self, operator: Callable[[Tensor], Tensor]) -> None:
        super().__init__()
        self.operator = operator

    def forward(self, latent: Tensor, target: Tensor) -> Tensor:
        out = self.operator(latent).flatten(1)
        ramp = torch.linspace(-1, 2, out.shape[1], dtype=out.dtype)
        return (out * ramp).sum(1) + out.square().sum(1) + 0 * target.sum(1)


WEIGHT = torch.randn(6, 4, 3, 3, generator=torch.Generator().manual_seed(3), dtype=torch.float64)
TURNED = WEIGHT.permute(1, 0, 2, 3)

OPERATORS: dict[str, Callable[[Tensor], Tensor]] = {
    "convolution": lambda x: F.conv2d(x, WEIGHT, padding=1),
    "stride 2, padded": lambda x: F.conv2d(x, WEIGHT, stride=2, padding=1),
    "stride 3, unpadded": lambda x: F.conv2d(x, WEIGHT, stride=3),
    "dilated": lambda x: F.conv2d(x, WEIGHT, dilation=2),
    "groups": lambda x: F.conv2d(x, WEIGHT[:, :2], groups=2, stride=2),
    "groups, stride 1": lambda x: F.conv2d(x, WEIGHT[:, :2], groups=2, padding=(1, 0)),
    "more padding than the kernel reaches": lambda x: F.conv2d(x, WEIGHT, padding=3),
    "part": lambda x: x[:, 1:3, 2:-5, -4:],
    "transposed": lambda x: F.conv_transpose2d(x, TURNED, stride=2, padding=1, output_padding=1),
    "nearest": lambda x: F.interpolate(x, scale_factor=2.0, mode="nearest"),
    "bilinear": lambda x: F.interpolate(x, (20, 9), mode="bilinear", align_corners=False),
    "bilinear aligned": lambda x: F.interpolate(x, (20, 31), mode="bilinear", align_corners=True),
    "bilinear factor": lambda x: F.interpolate(x, scale_factor=0.5, mode="bilinear"),
    "average pool": lambda x: F.avg_pool2d(x, 2),
    "largest-value pool": lambda x: F.max_pool2d(x, 2),
    "largest-value pool, ties": lambda x: F.max_pool2d(F.relu(x), 4),
    "shuffle": lambda x: F.pixel_unshuffle(F.pixel_shuffle(x, 2), 4),
    "group norm": lambda x: F.group_norm(x, 2),
    "silu": F.silu,
    "gelu": F.gelu,
    "leaky relu": F.leaky_relu,
    "sigmoid": torch.sigmoid,
    "softmax": lambda x: torch.softmax(x, 1),
}


@pytest.mark.parametrize("name", OPERATORS)
def test_a_rule_agrees_with_autograd(name: str) -> None:
    ((z, e),) = samples(1, torch.float64)
    module = Operator(OPERATORS[name])
    traced, _ = gradient_export.trace(module, z, e)(z, e)
    wanted, _ = gradient(module, z, e)
    torch.testing.assert_close(traced, wanted, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize(
    "operator",
    [
        lambda x: F.avg_pool2d(x, 3, stride=2),
        lambda x: F.max_pool2d(x, 3, stride=2, padding=1),
        lambda x: F.interpolate(x, (20, 20), mode="nearest"),
        lambda x: x[:, :, ::2],
    ],
)
def test_what_no_rule_covers_is_refused(operator: Callable[[Tensor], Tensor]) -> None:
    ((z, e),) = samples(1)
    with pytest.raises(LikenessError, match="cannot be exported"):
        gradient_export.trace(Operator(operator), z, e)


def test_finite_differences_in_double_precision(monkeypatch: pytest.MonkeyPatch) -> None:
    # The embedder normalises in float32, which is too coarse for differences.
    monkeypatch.setattr("engine.networks.embedder.unit", lambda x: x / x.norm(dim=1, keepdim=True))
    whole = distance().double()
    ((z, e),) = samples(1, torch.float64)
    g, _ = gradient_export.trace(whole, z, e)(z, e)
    generator = torch.Generator().manual_seed(5)
    for _ in range(3):
        way = torch.randn(z.shape, generator=generator, dtype=torch.float64)
        step = 1e-4
        slope = (whole(z + step * way, e) - whole(z - step * way, e)) / (2 * step)
        assert float(slope) == pytest.approx(float((g * way).sum()), rel=1e-5)


@pytest.mark.parametrize("norm", [False, True])
def test_what_the_window_does_not_see_is_left_out_and_nothing_else(norm: bool) -> None:
    torch.manual_seed(1)
    decode = SmoothDecode(LatentAutoencoder(LatentAutoencoderConfig(8, 2, head=8, norm=norm)))
    embedder = Embedder(EmbedderConfig(widths=(8, 8, 8), blocks=(1, 1, 1), head=8, folded=True))
    for p in decode.parameters():
        if not p.any():
            nn.init.normal_(p, std=0.1)
    whole = IdentityDistance(decode, embedder).eval()
    latent = torch.randn(1, 4, 128, 128, generator=torch.Generator().manual_seed(2))
    target = F.normalize(torch.ones(1, 256), dim=1)

    def all_of_it(z: Tensor, e: Tensor) -> Tensor:
        crop = recognition_crop(decode(z).clamp(-1.2, 1.2))
        return 1 - (embedder(crop) * e).sum(dim=1)

    for got, wanted in zip(
        gradient(whole, latent, target), gradient(all_of_it, latent, target), strict=True
    ):
        torch.testing.assert_close(got, wanted, rtol=1e-3, atol=1e-5 * float(wanted.abs().max()))
    # Group normalisation sees the whole of it.
    sides = [part.stop - part.start for part in (whole.rows, whole.columns)]
    assert sides == [128, 128] if norm else max(sides) < 120


def test_a_step_against_the_gradient_lowers_the_distance() -> None:
    whole = distance()
    ((z, e),) = samples(1)
    g, before = gradient(whole, z, e)
    assert whole(z - 0.05 * g / g.square().mean().sqrt(), e) < before


@pytest.mark.parametrize("norm", [False, True])
def test_the_graph_agrees_with_autograd_and_reads_both_files(norm: bool, tmp_path: Path) -> None:
    whole = distance(norm=norm)
    export.save_weights(whole.decode.network, tmp_path / "auto.safetensors")
    export.save_weights(whole.embedder, tmp_path / "eyes.safetensors")
    weights = {
        tmp_path / "auto.safetensors": "decode.network.",
        tmp_path / "eyes.safetensors": "embedder.",
    }
    graph = tmp_path / "gradient.onnx"
    some = samples(3)
    gradient_export.export_gradient(whole, *some[0], weights, graph)
    assert gradient_export.parity(whole, some, graph) < 1e-5
    model = onnx.load(graph, load_external_data=False)
    assert next(o.version for o in model.opset_import if not o.domain) == export.OPSET
    inside = [i for i in model.graph.initializer if not i.external_data]
    places = {i.external_data[0].value for i in model.graph.initializer if i.external_data}
    assert places == {"auto.safetensors", "eyes.safetensors"}
    # Beside where the recognition window is not zero nothing large lies in the graph.
    assert sorted(i.name for i in inside if len(i.dims) > 1) == ["wx.where", "wy.where"]


def test_real_size(tmp_path: Path) -> None:
    torch.manual_seed(1)
    autoencoder = LatentAutoencoder()
    embedder = Embedder(gradient_export.embedder_config())
    export.save_weights(autoencoder, tmp_path / "auto.safetensors")
    export.save_weights(embedder, tmp_path / "embedder.safetensors")
    found = gradient_export.release(autoencoder, tmp_path / "auto.safetensors")
    assert (tmp_path / "clr-gradient.onnx").stat().st_size < 2e6
    assert found["clr-gradient"]["parity"] < 1e-5


def test_the_window_alone(tmp_path: Path) -> None:
    torch.manual_seed(1)
    embedder = Embedder(gradient_export.embedder_config()).eval()
    export.save_weights(embedder, tmp_path / "embedder.safetensors")
    (entry,) = gradient_export.release_of_window(
        embedder, tmp_path / "embedder.safetensors"
    ).values()
    assert entry["parity"] < 1e-5
    assert entry["inputs"] == {"crop": [1, 3, 112, 112], "target": [1, 256]}
    assert (tmp_path / entry["file"]).stat().st_size < 1e5  # the weights stay in their own file
    crops = torch.rand(2, 3, 112, 112, generator=torch.Generator().manual_seed(3)) * 2 - 1
    targets = F.normalize(torch.ones(2, 256), dim=1)
    found, before = WindowGradient(embedder)(crops, targets)
    after = WindowGradient(embedder)(crops - 0.02 * found / found.abs().max(), targets)[1]
    assert (after < before).all()
