"""The embedder's training material and its figures, without any real face."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch", reason="the training extra is not installed")

from numpy.typing import NDArray

from engine.faces.aligner import embedder_crop
from engine.training.embedder_faces import CENTRE, WIDE, held_out, mix, wide_crop
from engine.training.stages.embedder import KINDS, seen
from engine.training.verification import (
    DAMAGES,
    auc,
    pairs,
    threshold_at,
    true_accepts,
    wear,
)

Picture = NDArray[np.uint8]


@pytest.fixture
def face() -> Picture:
    rng = np.random.default_rng(1)
    return rng.integers(0, 256, (512, 512, 3)).astype(np.uint8)


def test_auc_of_known_scores() -> None:
    scores = np.array([0.9, 0.8, 0.3, 0.1], np.float32)
    assert auc(scores, np.array([True, True, False, False])) == 1.0
    assert auc(scores, np.array([False, False, True, True])) == 0.0
    assert auc(scores, np.array([True, False, True, False])) == 0.75


def test_thresholds_keep_their_promise() -> None:
    rng = np.random.default_rng(2)
    scores = np.concatenate([rng.normal(0, 0.1, 5000), rng.normal(0.7, 0.1, 200)])
    same = np.arange(len(scores)) >= 5000
    cut = threshold_at(scores.astype(np.float32), same, 1e-2)
    assert (scores[~same] > cut).mean() <= 1e-2
    assert true_accepts(scores.astype(np.float32), same, 1e-2) > 0.99


def test_pairs_compare_everybody_once() -> None:
    vectors = np.eye(4, dtype=np.float32)[[0, 0, 1, 2]]
    scores, same = pairs(vectors, ["a", "a", "b", "c"])
    assert len(scores) == 6
    assert scores[same].tolist() == [1.0]
    assert scores[~same].max() == 0.0


def test_wide_crop_holds_the_aligners_window(face: Picture) -> None:
    wide = wide_crop(face)
    assert wide.shape == (WIDE, WIDE, 3)
    window = embedder_crop(face.astype(np.float32))
    assert np.abs(wide[CENTRE, CENTRE].astype(float) - window).max() <= 0.51


def test_wide_crop_of_half_size_shows_the_same() -> None:
    ramp = np.tile(np.arange(512, dtype=np.float32)[:, None, None] / 2, (1, 512, 3))
    half = ramp.reshape(256, 2, 256, 2, 3).mean(axis=(1, 3))
    a, b = wide_crop(ramp.astype(np.uint8)), wide_crop(half.astype(np.uint8))
    assert np.abs(a.astype(int) - b).max() <= 1


@pytest.mark.parametrize("kind", ["clean", *KINDS])
def test_what_the_student_sees_follows_the_seed(face: Picture, kind: str) -> None:
    wide = wide_crop(face)
    first, second, third = (seen(wide, kind, np.random.default_rng(s)) for s in (3, 3, 4))
    assert first.shape == (112, 112, 3)
    assert np.array_equal(first, second)
    assert not np.array_equal(first, third)


def test_mixed_face_is_neither_of_the_two(face: Picture) -> None:
    a, b = wide_crop(face), wide_crop(np.ascontiguousarray(face[::-1]))
    both = mix(a, b, np.random.default_rng(5))
    assert both.shape == a.shape
    assert both.dtype == np.uint8
    assert min(np.abs(both.astype(int) - p).mean() for p in (a, b)) > 1


@pytest.mark.parametrize("name", DAMAGES)
def test_worn_face_has_its_size_and_lost_detail(face: Picture, name: str) -> None:
    worn = wear(face, DAMAGES[name], np.random.default_rng(6))
    assert worn.shape == face.shape
    assert (
        np.abs(np.diff(worn.astype(int), axis=0)).mean()
        < 40
        < np.abs(np.diff(face.astype(int), axis=0)).mean()
    )


def test_some_persons_are_held_out_and_nobody_unknown() -> None:
    codes = [f"{i:08x}" for i in range(1000)]
    assert 120 < sum(held_out(code) for code in codes) < 280
    assert not held_out("")
