"""Grain in place of a network's weave."""

from __future__ import annotations

import numpy as np
import pytest

from engine.methods.skin_grain import AMOUNT, grained

SIDE = 128


def weave(height: float = 0.02) -> np.ndarray:
    y, x = np.mgrid[:SIDE, :SIDE]
    one = height * (np.sin(np.pi * x / 2) + np.sin(np.pi * y / 2))
    return np.repeat(one[..., None], 3, axis=2).astype(np.float32)


def every_four(picture: np.ndarray) -> float:
    """Amplitude of what repeats exactly every four columns."""
    spectrum = np.abs(np.fft.rfft(picture.mean(axis=(0, 2))))
    return float(spectrum[SIDE // 4]) * 2 / SIDE


def test_a_weave_on_a_smooth_face_becomes_grain_of_its_strength() -> None:
    face = np.full((SIDE, SIDE, 3), 0.4, np.float32)
    made = grained(weave(), face)
    assert every_four(weave()) == pytest.approx(0.02, rel=0.01)
    assert every_four(made) < 0.002
    assert made.std() == pytest.approx(AMOUNT * weave().std(), rel=0.15)
    assert np.ptp(made, axis=2).max() < 1e-6  # grey


def test_where_the_face_has_detail_of_its_own_it_stays() -> None:
    face = np.zeros((SIDE, SIDE, 3), np.float32)
    face[:, :64] = 20 * weave()[:, :64]
    made = grained(weave(), face)
    inside, outside = slice(16, 48), slice(80, 112)
    np.testing.assert_allclose(made[:, inside], weave()[:, inside], atol=1e-6)
    assert np.abs(made - weave())[:, outside].mean() > 0.01


def test_coarse_detail_and_nothing_stay_as_they_are() -> None:
    face = np.full((SIDE, SIDE, 3), 0.4, np.float32)
    nothing = np.zeros_like(face)
    assert not grained(nothing, face).any()
    y = np.cos(np.linspace(0, np.pi, SIDE, dtype=np.float32))
    coarse = np.broadcast_to(y[:, None, None], face.shape).copy()
    assert np.abs(grained(coarse, face) - coarse).max() < 0.01


def test_the_same_face_gets_the_same_grain() -> None:
    face = np.full((SIDE, SIDE, 3), 0.4, np.float32)
    np.testing.assert_array_equal(grained(weave(), face), grained(weave(), face))
