"""The networks of CLR-Face, with fresh weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from torch import nn

from engine.networks import export
from engine.networks.blocks import parameters
from engine.networks.latent_autoencoder import (
    DecodeGraph,
    EncodeGraph,
    LatentAutoencoder,
    LatentAutoencoderConfig,
)
from engine.networks.latent_mask import LatentMask, LatentMaskConfig
from engine.networks.score import ScoreConfig, ScoreNetwork, loss_weight

if TYPE_CHECKING:
    from pathlib import Path

SMALL = LatentAutoencoderConfig(width=16, blocks=1, codes=8, head=16)
SCORE = ScoreConfig(widths=(16, 16, 32), blocks=1, embedding=16)


def lively(network: nn.Module) -> nn.Module:
    """Weights that start at zero would hide mistakes."""
    generator = torch.Generator().manual_seed(4)
    for p in network.parameters():
        if not p.any():
            p.data = 0.1 * torch.randn(p.shape, generator=generator)
    return network.eval()


@pytest.fixture
def autoencoder() -> LatentAutoencoder:
    torch.manual_seed(1)
    network = LatentAutoencoder(SMALL)
    lively(network)
    network.mean.fill_(0.3)
    network.deviation.fill_(2.0)
    for book in network.books:
        nn.init.normal_(book.embedding.weight)
    return network


@pytest.fixture
def latent() -> torch.Tensor:
    return torch.randn(2, 4, 16, 16, generator=torch.Generator().manual_seed(2))


class TestAutoencoder:
    def test_sizes(self) -> None:
        network = LatentAutoencoder()
        assert parameters(network.encoder) == pytest.approx(0.25e6, rel=0.03)
        assert parameters(network.decoder) == pytest.approx(0.26e6, rel=0.03)

    def test_shapes_and_factor_four(self, autoencoder: LatentAutoencoder) -> None:
        z = autoencoder.encode(torch.zeros(2, 3, 64, 64))
        assert z.shape == (2, 4, 16, 16)
        assert autoencoder.decode(z).shape == (2, 3, 64, 64)

    def test_encode_and_decode_in_a_row(self, autoencoder: LatentAutoencoder) -> None:
        x = torch.rand(1, 3, 64, 64) * 2 - 1
        torch.testing.assert_close(autoencoder(x), autoencoder.decode(autoencoder.encode(x)))

    def test_codes_are_the_nearest_of_each_book_and_stay(
        self, autoencoder: LatentAutoencoder, latent: torch.Tensor
    ) -> None:
        z_q, codebook, commitment = autoencoder.quantise(latent)
        flat = latent.permute(0, 2, 3, 1).reshape(-1, 4)
        for i, book in enumerate(autoencoder.books):
            weight = book.embedding.weight
            nearest = weight[torch.cdist(flat[:, 2 * i : 2 * i + 2], weight).argmin(1)]
            got = z_q.permute(0, 2, 3, 1).reshape(-1, 4)[:, 2 * i : 2 * i + 2]
            torch.testing.assert_close(got, nearest)
        assert torch.equal(autoencoder.quantise(z_q)[0], z_q)
        assert float(commitment.detach()) == pytest.approx(
            0.25 * float(codebook.detach()), rel=1e-5
        )

    def test_straight_through_in_training(
        self, autoencoder: LatentAutoencoder, latent: torch.Tensor
    ) -> None:
        autoencoder.train()
        z = latent.requires_grad_()
        autoencoder.quantise(z)[0].sum().backward()
        assert torch.equal(z.grad, torch.ones_like(z))

    def test_without_books_the_way_has_a_gradient(
        self, autoencoder: LatentAutoencoder, latent: torch.Tensor
    ) -> None:
        z = latent.requires_grad_()
        autoencoder.decode(z, quantised=False).square().sum().backward()
        assert z.grad is not None
        assert torch.isfinite(z.grad).all()
        assert (z.grad.abs() > 0).float().mean() > 0.9

    def test_statistics_bring_latents_to_unit_deviation(
        self, autoencoder: LatentAutoencoder
    ) -> None:
        x = torch.rand(4, 3, 64, 64) * 2 - 1
        autoencoder.observe(autoencoder.encoder(x), 1.0)
        z = autoencoder.encode(x)
        torch.testing.assert_close(z.mean((0, 2, 3)), torch.zeros(4), atol=1e-4, rtol=0)
        torch.testing.assert_close(z.std((0, 2, 3)), torch.ones(4), atol=1e-3, rtol=0)


class TestScore:
    def test_size(self) -> None:
        assert parameters(ScoreNetwork()) == pytest.approx(6.6e6, rel=0.05)

    def test_everything_beside_the_recovery_network_and_the_embedder_is_small(self) -> None:
        fast = ScoreNetwork(ScoreConfig(widths=(64, 96, 128), identity=256))
        nets = (LatentAutoencoder(), ScoreNetwork(), LatentMask(), fast)
        assert sum(parameters(n) for n in nets) * 2 < 20e6  # bytes of fp16

    def test_a_fresh_network_shrinks_noise_as_unit_data_asks(self, latent: torch.Tensor) -> None:
        network = ScoreNetwork(SCORE).eval()
        sigma = torch.tensor([0.5, 2.0])
        wanted = latent / (sigma**2 + 1)[:, None, None, None]
        torch.testing.assert_close(network(latent, sigma, latent, latent), wanted)

    def test_without_noise_the_latent_stays(self, latent: torch.Tensor) -> None:
        network = lively(ScoreNetwork(SCORE))
        found = network(latent, torch.full((2,), 1e-4), latent, latent)
        torch.testing.assert_close(found, latent, atol=1e-2, rtol=0)

    def test_conditions_noise_level_and_identity_matter(self, latent: torch.Tensor) -> None:
        network = lively(
            ScoreNetwork(ScoreConfig(widths=(16, 16, 32), blocks=1, embedding=16, identity=8))
        )
        sigma, person = torch.ones(2), nn.functional.normalize(torch.ones(2, 8), dim=1)
        base = network(latent, sigma, latent, latent, person)
        for other in (
            network(latent, sigma, -latent, latent, person),
            network(latent, sigma, latent, -latent, person),
            network(latent, sigma, latent, latent, -person),
        ):
            assert (base - other).abs().max() > 1e-4

    def test_one_condition(self, latent: torch.Tensor) -> None:
        config = ScoreConfig(conditions=1, widths=(16, 16, 32), blocks=1, embedding=16)
        assert ScoreNetwork(config)(latent, torch.ones(2), latent).shape == latent.shape

    def test_the_loss_weight_makes_a_fresh_network_s_loss_one(self) -> None:
        torch.manual_seed(3)
        clean = torch.randn(64, 4, 16, 16)
        for level in (0.1, 1.0, 5.0):
            sigma = torch.tensor(level)
            noisy = clean + sigma * torch.randn(clean.shape)
            error = (noisy / (sigma**2 + 1) - clean).square().mean()
            assert float(loss_weight(sigma) * error) == pytest.approx(1.0, rel=0.05)


def test_the_mask_starts_nearly_open_and_stays_a_gate(latent: torch.Tensor) -> None:
    network = LatentMask(LatentMaskConfig(width=8))
    start = torch.sigmoid(torch.tensor(1.0)).expand_as(latent)
    torch.testing.assert_close(network(latent, latent), start)
    gate = lively(network)(latent, 5 * latent)
    assert gate.shape == latent.shape
    assert gate.min() > 0
    assert gate.max() < 1


class TestGraphs:
    """Each exported graph against its module: three inputs."""

    def check(
        self,
        network: nn.Module,
        graph: nn.Module,
        shapes: dict[str, tuple[int, ...]],
        folder: Path,
    ) -> None:
        generator = torch.Generator().manual_seed(6)

        def draw() -> dict[str, torch.Tensor]:
            return {k: torch.rand(v, generator=generator) * 2 - 0.9 for k, v in shapes.items()}

        export.save_weights(network, folder / "net.safetensors")
        strip = "" if graph is network else "network."
        export.export_graph(
            graph, draw(), ("out",), folder / "net.safetensors", folder / "net.onnx", strip=strip
        )
        assert export.parity(graph, [draw() for _ in range(3)], folder / "net.onnx") < 1e-4

    def test_encode(self, autoencoder: LatentAutoencoder, tmp_path: Path) -> None:
        self.check(autoencoder, EncodeGraph(autoencoder), {"picture": (1, 3, 64, 64)}, tmp_path)

    def test_decode(self, autoencoder: LatentAutoencoder, tmp_path: Path) -> None:
        self.check(autoencoder, DecodeGraph(autoencoder), {"latent": (1, 4, 16, 16)}, tmp_path)

    def test_fast_and_denoise(self, tmp_path: Path) -> None:
        network = lively(
            ScoreNetwork(ScoreConfig(widths=(16, 16, 32), blocks=1, embedding=16, identity=8))
        )
        z = (1, 4, 16, 16)
        shapes = {"noisy": z, "sigma": (1,), "degraded": z, "recovered": z, "identity": (1, 8)}
        self.check(network, network, shapes, tmp_path)

    def test_mask(self, tmp_path: Path) -> None:
        network = lively(LatentMask(LatentMaskConfig(width=8)))
        z = (1, 4, 16, 16)
        self.check(network, network, {"degraded": z, "estimate": z}, tmp_path)
