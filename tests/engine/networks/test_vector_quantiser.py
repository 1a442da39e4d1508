"""The dictionary: nearest words, straight-through gradients, use, and rescue from collapse."""

from __future__ import annotations

import pytest
import torch

from engine.networks.vector_quantiser import VectorQuantiser


@pytest.fixture
def book() -> VectorQuantiser:
    torch.manual_seed(0)
    book = VectorQuantiser(16, 5)
    torch.nn.init.normal_(book.embedding.weight)
    return book


def test_nearest_code_is_the_one_that_brute_force_finds(book: VectorQuantiser) -> None:
    z = torch.randn(2, 5, 3, 4)
    brute = ((z[:, :, None] - book.embedding.weight.T[None, :, :, None, None]) ** 2).sum(1)
    found = book.eval()(z)
    assert torch.equal(found.indices, brute.argmin(1))
    assert found.indices.dtype == torch.int64
    assert torch.equal(found.z_q, book.lookup(found.indices))


def test_nearest_code_is_the_same_under_autocast(book: VectorQuantiser) -> None:
    z = torch.randn(4, 5, 8, 8)
    wanted = book.nearest(z)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        assert torch.equal(book.nearest(z), wanted)


def test_gradient_passes_straight_through(book: VectorQuantiser) -> None:
    z = torch.randn(1, 5, 2, 2, requires_grad=True)
    weight = torch.randn(1, 5, 2, 2)
    (book(z).z_q * weight).sum().backward()
    assert z.grad is not None
    assert torch.equal(z.grad, weight)
    assert book.embedding.weight.grad is None


def test_each_loss_moves_its_own_side_alone(book: VectorQuantiser) -> None:
    z = torch.randn(1, 5, 2, 2, requires_grad=True)
    found = book(z)
    found.codebook_loss.backward()
    assert z.grad is None
    assert book.embedding.weight.grad is not None
    book.zero_grad()
    found = book(z)
    found.commitment_loss.backward()
    assert z.grad is not None
    assert book.embedding.weight.grad is None
    assert torch.allclose(found.commitment_loss, 0.25 * found.codebook_loss)


def test_codes_are_their_own_nearest(book: VectorQuantiser) -> None:
    once = book.eval()(torch.randn(1, 5, 4, 4))
    twice = book(once.z_q)
    assert torch.equal(twice.indices, once.indices)
    assert torch.equal(twice.z_q, once.z_q)


def test_unused_codes_move_onto_the_data() -> None:
    torch.manual_seed(1)
    book = VectorQuantiser(32, 3)
    with torch.no_grad():
        book.embedding.weight.fill_(100.0)
        book.embedding.weight[0] = 0.0
    z = torch.randn(2, 3, 8, 8)
    book(z)
    assert book.perplexity() == pytest.approx(1.0, abs=1e-3)
    assert book.reseed(z) == 31
    assert float(book.embedding.weight.abs().max()) < 10
    assert book.reseed(z) == 0


def test_a_start_from_data_uses_every_code() -> None:
    torch.manual_seed(2)
    centres = torch.tensor([[float(10 * i), float(-10 * i)] for i in range(8)])
    points = centres.repeat(40, 1) + 0.1 * torch.randn(320, 2)
    distortions = []
    for steps in (0, 10):
        torch.manual_seed(3)
        book = VectorQuantiser(8, 2)
        book.start_from(points, steps)
        near = torch.cdist(points, book.embedding.weight.detach()).amin(1)
        distortions.append(float((near**2).mean()))
    assert distortions[1] < distortions[0]
    assert book.started
    assert book.perplexity() == pytest.approx(8.0, rel=1e-3)


def test_weights_without_statistics_load() -> None:
    book = VectorQuantiser(4, 2)
    book.load_state_dict({"embedding.weight": torch.ones(4, 2)})
    assert not book.started
