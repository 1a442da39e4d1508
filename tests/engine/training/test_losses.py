from __future__ import annotations

import cv2
import numpy as np
import pytest
import torch
import torch.nn.functional as F

from engine.backends.devices import choose
from engine.backends.onnx import OnnxBackend
from engine.faces.aligner import embedder_crop
from engine.faces.identity import Embedder
from engine.models.store import ModelStore
from engine.networks.identity_distance import recognition_crop
from engine.training import losses
from engine.training.latent_stage import embedder
from engine.training.metrics import psnr, ssim
from engine.training.plan import read


def test_the_recognition_crop_is_the_one_that_the_embedder_sees(rng: np.random.Generator) -> None:
    crop = rng.random((512, 512, 3), np.float32)
    ours = recognition_crop(torch.from_numpy(crop).permute(2, 0, 1)[None])[0]
    theirs = embedder_crop(crop)
    assert np.allclose(ours.permute(1, 2, 0).numpy(), theirs, atol=1e-5)


def test_the_recognition_crop_keeps_the_gradient() -> None:
    x = torch.rand(1, 3, 64, 64, requires_grad=True)
    recognition_crop(x).sum().backward()
    assert x.grad is not None
    assert float(x.grad.abs().sum()) > 0


def test_losses_vanish_for_equal_pictures_and_grow_with_the_difference() -> None:
    x = torch.rand(2, 3, 64, 64)
    assert float(losses.charbonnier(x, x)) < 2e-3
    assert float(losses.frequency(x, x)) < 1e-6
    assert float(losses.charbonnier(x, x + 0.2)) > float(losses.charbonnier(x, x + 0.1)) > 0.09


def test_the_structure_loss_is_the_measure_and_leads_to_the_target() -> None:
    rng = np.random.default_rng(1)
    clean = cv2.GaussianBlur(rng.integers(0, 256, (96, 96, 3), np.uint8), (0, 0), 2)
    worn = cv2.GaussianBlur(clean, (0, 0), 1.5)
    x, y = (torch.from_numpy(p).permute(2, 0, 1)[None].float() / 127.5 - 1 for p in (worn, clean))
    x.requires_grad_()
    distance = losses.structure(x, y)
    assert float(distance) == pytest.approx(1 - ssim(worn, clean), abs=0.005)
    distance.backward()
    assert x.grad is not None
    assert losses.structure(x - 0.01 * x.grad / x.grad.abs().mean(), y) < distance
    assert float(losses.structure(y, y)) == pytest.approx(0, abs=1e-5)


@pytest.mark.shared
@pytest.mark.usefixtures("teachers")
@pytest.mark.parametrize(("far", "unit"), [(False, False), (True, False), (False, True)])
def test_the_perceptual_loss_grows_with_the_difference(far: bool, unit: bool) -> None:
    rng = np.random.default_rng(1)
    clean = cv2.GaussianBlur(rng.integers(0, 256, (128, 128, 3), np.uint8), (0, 0), 2)
    soft, softer = (cv2.GaussianBlur(clean, (0, 0), s) for s in (1.0, 3.0))
    y, a, b = (
        torch.from_numpy(p).permute(2, 0, 1)[None].float() / 127.5 - 1
        for p in (clean, soft, softer)
    )
    loss = losses.Perceptual(48, far=far, unit=unit)
    found = []
    for x in (y, a, b):
        torch.manual_seed(0)
        found.append(float(loss(x, y)))
    assert found[0] == pytest.approx(0, abs=1e-6)
    assert found[0] < found[1] < found[2]


@pytest.mark.shared
@pytest.mark.usefixtures("teachers")
def test_the_far_crop_sees_what_lies_outside_the_near_one() -> None:
    torch.manual_seed(0)
    x, y = torch.zeros(2, 1, 3, 128, 128)
    y[..., 64:] = 0.5  # the near crop of 32 px misses this edge at most places
    seen = {True: 0, False: 0}
    for far in seen:
        loss = losses.Perceptual(32, far=far)
        seen[far] = sum(float(loss(x, y)) > 0 for _ in range(40))
    assert seen[True] > seen[False]


def test_distances_of_unit_vectors_have_their_closed_form() -> None:
    generator = torch.Generator().manual_seed(1)
    u, v = (torch.rand(1, 8, 4, 4, generator=generator) * 5 for _ in range(2))
    apart = F.normalize(u, dim=1) - F.normalize(v, dim=1)
    torch.testing.assert_close(
        losses.unit_distance(u, v), apart.square().sum(1), atol=1e-4, rtol=1e-3
    )
    nothing = torch.zeros(1, 8, 4, 4)
    assert float(losses.unit_distance(nothing, nothing).abs().max()) == 0


def test_distances_of_unit_vectors_have_the_slope_of_their_closed_form() -> None:
    generator = torch.Generator().manual_seed(1)
    u, v = (torch.rand(1, 8, 4, 4, generator=generator) + 0.5 for _ in range(2))
    u.requires_grad_()
    apart = F.normalize(u, dim=1) - F.normalize(v, dim=1)
    weights = torch.rand(1, 4, 4, generator=generator)
    (expected,) = torch.autograd.grad((weights * apart.square().sum(1)).sum(), u)
    (found,) = torch.autograd.grad((weights * losses.unit_distance(u, v)).sum(), u)
    torch.testing.assert_close(found, expected, atol=1e-4, rtol=1e-2)


def test_the_hinge_losses_have_their_closed_forms() -> None:
    real, fake = torch.tensor([2.0, 0.5]), torch.tensor([-2.0, 0.5])
    assert float(losses.hinge_discriminator(real, fake)) == pytest.approx((0.25 + 0.75) / 2)
    assert float(losses.hinge_generator(fake)) == pytest.approx(0.75)


def test_the_adaptive_weight_is_the_ratio_of_gradients_and_capped() -> None:
    weight = torch.nn.Parameter(torch.tensor([1.0]))
    anchor, adversarial = 0.5 * weight.sum(), 2 * weight.sum()
    assert float(losses.adaptive_weight(anchor, adversarial, weight)) == pytest.approx(
        0.25, abs=1e-3
    )
    assert float(losses.adaptive_weight(adversarial, anchor, weight)) == 1.0


@pytest.mark.shared
def test_perceptual_and_identity_distances_tell_faces_apart(teachers: object) -> None:
    from engine.training import material
    from engine.training.faces import read_shards
    from engine.training.stage import to_tensor

    faces = read_shards(material.folder("faces"), "val", keep=lambda row: row["size"] == "512")
    x = to_tensor(np.stack([faces[0], faces[5]]), torch.device("cpu"))
    identity, perceptual = losses.TeacherIdentity(), losses.Perceptual()
    assert float(identity(x, x).max()) < 1e-4
    assert float(identity(x, x.flip(0)).min()) > 0.1
    assert float(perceptual(x, x)) < 1e-5
    assert float(perceptual(x, x.flip(0))) > 0.1


def test_jitter_moves_faces_less_than_it_reaches_and_keeps_all_pixels() -> None:
    torch.manual_seed(0)
    x = torch.zeros(1, 3, 32, 32)
    x[0, :, 10, 20] = 1
    assert losses.jittered(x, 0) is x
    seen = set()
    for _ in range(40):
        moved = losses.jittered(x, 2)
        assert float(moved.sum()) == 3
        row, column = divmod(int(moved[0, 0].argmax()), 32)
        assert abs(row - 10) <= 2
        assert min(abs(column - 20), abs(31 - column - 20)) <= 2
        seen.add((row, column))
    assert len(seen) > 10
    assert {column > 15 for _, column in seen} == {True, False}, "mirrored now and then"


def test_our_own_embedder_judges_as_the_program_does(rng: np.random.Generator) -> None:
    crop = rng.random((512, 512, 3), np.float32)
    judge = losses.OwnIdentity(embedder(read("ented")))
    ours = judge.embed(torch.from_numpy(crop).permute(2, 0, 1)[None] * 2 - 1)[0].numpy()
    store, backend = ModelStore(), OnnxBackend(choose("cpu"))
    theirs = Embedder(store.graph("embedder", "embedder", backend)).embed(crop)
    assert ours @ theirs > 0.9999


def test_psnr_and_ssim_against_known_values(rng: np.random.Generator) -> None:
    a = rng.integers(10, 200, (64, 64, 3), dtype=np.uint8)
    assert psnr(a, a) == float("inf")
    assert psnr(a, a + 10) == pytest.approx(20 * np.log10(255 / 10), abs=1e-3)
    assert ssim(a, a) == pytest.approx(1)
    assert ssim(a, 255 - a) < 0
