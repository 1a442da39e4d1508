"""What the detector's training is made of."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from engine.networks.detector import (  # noqa: E402
    SPAN,
    STRIDES,
    Detector,
    DetectorConfig,
    cells,
    decoded,
    folded,
)
from engine.training.canvas import FACE, IGNORED, Sources, moved  # noqa: E402
from engine.training.collages import draw  # noqa: E402
from engine.training.detector_labels import Labels, merge, overlap  # noqa: E402
from engine.training.stages.detector import assigned, losses, stacked  # noqa: E402

SMALL = DetectorConfig(widths=(4, 4, 8, 8, 8), blocks=(1, 1, 1, 1), neck=8)
WEIGHTS = {"score": 1.0, "box": 1.0, "points": 1.0}


@pytest.fixture
def sources() -> Sources:
    rng = np.random.default_rng(2)
    faces = rng.integers(0, 256, (4, 256, 256, 3), dtype=np.uint8)
    box = np.array([60, 50, 130, 170], np.float32)
    points = np.array([[96, 120], [160, 120], [128, 157], [100, 186], [156, 186]], np.float32)
    one = Labels(np.stack([box] * 4), np.stack([points] * 4), np.ones(4, np.float32))
    none = Labels(np.zeros((0, 4), np.float32), np.zeros((0, 5, 2), np.float32), np.zeros(0))
    photo = rng.integers(0, 256, (200, 300, 3), dtype=np.uint8)
    first = Labels(one.boxes[:1], one.landmarks[:1], one.scores[:1])
    return Sources([(photo, first), (photo, none)], [photo], faces, one)


def test_canvases_depend_on_their_seed_alone(sources: Sources) -> None:
    for seed in range(12):
        a, b = (draw(sources, 128, np.random.default_rng(seed)) for _ in range(2))
        assert np.array_equal(a.pixels, b.pixels)
        assert np.array_equal(a.boxes, b.boxes)
        assert a.pixels.shape == (128, 128, 3)
        assert a.pixels.dtype == np.uint8
        assert len(a.boxes) == len(a.landmarks) == len(a.kinds)
        assert set(a.kinds.tolist()) <= {FACE, IGNORED}


def test_labels_follow_a_warp() -> None:
    labels = Labels(
        np.array([[10, 20, 40, 60]], np.float32),
        np.array([[[20, 40], [40, 40], [30, 50], [22, 65], [38, 65]]], np.float32),
        np.ones(1, np.float32),
    )
    quarter = np.array([[0.0, -2.0, 300.0], [2.0, 0.0, 10.0]])  # turned by 90 degrees, doubled
    boxes, points = moved(labels, quarter)
    assert boxes[0] == pytest.approx([300 - 2 * 80, 10 + 2 * 10, 120, 80])
    assert points[0, 0] == pytest.approx([300 - 80, 10 + 40])


def test_every_face_has_a_cell_that_answers_for_it() -> None:
    rng = np.random.default_rng(5)
    for size in np.geomspace(11, 250, 40):
        corner = rng.uniform(0, 256 - size, 2)
        box = np.array([[*corner, size, size]], np.float32)
        cell = assigned(box, np.array([FACE]), 256)
        assert len(cell) == sum((256 // s) ** 2 for s in STRIDES)
        assert (cell == 0).any()
        centres, _ = cells(256, 256, torch.zeros(1))
        away = np.abs(centres.numpy()[cell == 0] - (corner + size / 2)).max(axis=1)
        assert (away <= 1.25 * 32).all()
        assert (assigned(box, np.array([IGNORED]), 256) == -2).any()


def test_a_perfect_answer_costs_little_and_a_wrong_one_much() -> None:
    box = np.array([[60.0, 70.0, 48.0, 64.0]], np.float32)
    points = box[0, :2] + np.array([[10, 20], [38, 20], [24, 34], [12, 50], [36, 50]], np.float32)
    cell = torch.from_numpy(assigned(box, np.array([FACE]), 256))[None]
    batch = {
        "cell": cell,
        "boxes": torch.from_numpy(box)[None],
        "points": torch.from_numpy(points.reshape(1, 10))[None],
    }
    centres, strides = cells(256, 256, torch.zeros(1))
    raw = torch.zeros(1, len(centres), 15)
    raw[..., 0] = torch.where(cell >= 0, 12.0, -12.0)
    middle = torch.from_numpy(box[0, :2] + box[0, 2:] / 2)
    raw[..., 1:3] = (middle - centres) / strides
    raw[..., 3:5] = torch.log(torch.from_numpy(box[0, 2:]) / (strides * SPAN))
    flat = torch.from_numpy(points.reshape(10))
    raw[..., 5:] = (flat - middle.repeat(5)) / float(np.sqrt(48 * 64))
    right = losses(raw, batch, WEIGHTS, (256, 256))
    wrong = losses(torch.zeros_like(raw), batch, WEIGHTS, (256, 256))
    assert all(float(v) < 1e-3 for v in right.values())
    assert all(float(wrong[k]) > 10 * float(right[k]) for k in right)
    at = decoded(raw, 256, 256)[cell >= 0]
    assert torch.allclose(at[:, 1:5], torch.from_numpy(box).expand_as(at[:, 1:5]), atol=1e-3)


def test_a_canvas_without_faces_can_be_learnt_from(sources: Sources) -> None:
    canvas = draw(sources, 64, np.random.default_rng(1))
    canvas.boxes, canvas.landmarks = canvas.boxes[:0], canvas.landmarks[:0]
    canvas.kinds = canvas.kinds[:0]
    batch = {k: torch.from_numpy(v) for k, v in stacked([canvas]).items()}
    net = Detector(SMALL)
    pixels = batch["pixels"].permute(0, 3, 1, 2).float() / 127.5 - 1
    total = sum(losses(net(pixels), batch, WEIGHTS, (64, 64)).values())
    total.backward()
    assert all(torch.isfinite(p.grad).all() for p in net.parameters() if p.grad is not None)


def test_folding_the_normalisation_changes_nothing() -> None:
    torch.manual_seed(3)
    net = Detector(SMALL)
    for module in net.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.2)
            module.running_var.uniform_(0.5, 2)
            torch.nn.init.uniform_(module.weight, 0.5, 1.5)
            torch.nn.init.normal_(module.bias, 0, 0.2)
    x = torch.randn(1, 3, 64, 96)
    with torch.no_grad():
        wanted = decoded(net.eval()(x), 64, 96)
        got = folded(net)(x)
    assert not [m for m in folded(net).modules() if isinstance(m, torch.nn.BatchNorm2d)]
    assert torch.allclose(got, wanted, rtol=1e-3, atol=1e-2)


def test_several_looks_become_one_label() -> None:
    row = np.array([10, 10, 40, 40, *range(10), 0.9], np.float32)
    near, far = row.copy(), row.copy()
    near[:4] += 2
    near[14] = 0.8
    far[0] = 300
    labels = merge([np.stack([row, far]), near[None], np.zeros((0, 15), np.float32)])
    assert sorted(labels.scores.tolist()) == pytest.approx([0.9, 0.9])
    assert 10 < labels.boxes[:, 0].min() < 12
    assert overlap(labels.boxes, labels.boxes).shape == (2, 2)
    assert len(merge([]).scores) == 0
