from __future__ import annotations

import numpy as np
import pytest

from engine.training.degradation import PRESETS, STRENGTHS, Damage, degrade, enlarge, shrink, tone
from engine.training.metrics import psnr


@pytest.fixture
def face(rng: np.random.Generator) -> np.ndarray:
    coarse = rng.integers(0, 256, (32, 32, 3), dtype=np.uint8)
    return enlarge(coarse, 512)


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_a_seed_reproduces_a_sample_to_the_bit(face: np.ndarray, name: str) -> None:
    first = degrade(face, PRESETS[name], np.random.default_rng(5))
    again = degrade(face, PRESETS[name], np.random.default_rng(5))
    assert np.array_equal(first[0], again[0])
    assert np.array_equal(first[1], again[1])
    assert first[0].shape == first[1].shape == face.shape
    assert first[1].dtype == np.uint8


def test_no_damage_is_nearly_the_identity(face: np.ndarray) -> None:
    nothing = Damage((0.05, 0.05), (1, 1), (0, 0), (100, 100), 0, 0, 0, 0, 0)
    target, worn = degrade(face, nothing, np.random.default_rng(1))
    assert np.array_equal(target, face)
    assert psnr(worn, face) > 38


def test_strengths_are_ordered(face: np.ndarray) -> None:
    quality = [
        psnr(degrade(face, PRESETS[s], np.random.default_rng(1))[1], face) for s in STRENGTHS
    ]
    assert quality == sorted(quality, reverse=True)
    assert quality[0] > quality[-1] + 3


def test_the_fixed_strengths_leave_the_target_alone(face: np.ndarray) -> None:
    for strength in STRENGTHS:
        assert np.array_equal(degrade(face, PRESETS[strength], np.random.default_rng(3))[0], face)


def test_the_small_picture_has_the_size_that_the_factor_says(face: np.ndarray) -> None:
    assert shrink(face, PRESETS["standard"], np.random.default_rng(1))[1].shape == (64, 64, 3)
    part = face[:320, :320]
    assert shrink(part, PRESETS["standard"], np.random.default_rng(1), unit=1.0)[1].shape[0] == 40


def test_ranges_are_respected(face: np.ndarray) -> None:
    sides = {
        shrink(face, PRESETS["train-severe"], np.random.default_rng(i))[1].shape[0]
        for i in range(40)
    }
    assert min(sides) >= 512 // 24
    assert max(sides) <= 512 // 3 + 1
    assert len(sides) > 15


def test_tone_stays_in_range_and_makes_grey_prints(face: np.ndarray) -> None:
    image = face.astype(np.float32) / 255
    toned = [tone(image, np.random.default_rng(i)) for i in range(20)]
    assert all(t.min() >= 0 and t.max() <= 1 for t in toned)
    grey = [float(np.abs(t[..., 0] - t[..., 2]).max()) < 1e-3 for t in toned]
    assert any(grey)
    assert not all(grey)
