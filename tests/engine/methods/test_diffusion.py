"""The sampler against closed forms."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest

from engine.methods import diffusion
from engine.methods.diffusion import Settings

MEAN, VARIANCE = 0.7, 0.5


def gaussian(z: Any, sigma: float) -> Any:
    """The exact denoiser of data N(MEAN, VARIANCE)."""
    return (VARIANCE * z + sigma**2 * MEAN) / (VARIANCE + sigma**2)


def starts(count: int, sigma: float) -> np.ndarray:
    rng = np.random.default_rng(5)
    return MEAN + math.sqrt(VARIANCE + sigma**2) * rng.standard_normal(count)


def test_the_grid_falls_from_start_to_zero() -> None:
    levels = diffusion.grid(8, 10.0, 0.03)
    assert levels.shape == (9,)
    assert levels[0] == pytest.approx(10.0)
    assert levels[7] == pytest.approx(0.03)
    assert levels[8] == 0
    assert (np.diff(levels) < 0).all()
    assert (np.diff(np.diff(levels[:8])) > 0).all()  # dense near the end
    assert diffusion.grid(1, 5.0, 0.03).tolist() == [5.0, 0.0]


def test_the_marginal_is_that_of_the_simulated_process() -> None:
    rng = np.random.default_rng(1)
    levels = np.linspace(0, 3.0, 60)
    z = np.full(20_000, 0.4)
    for low, high in itertools.pairwise(levels):
        z = z + math.sqrt(high**2 - low**2) * rng.standard_normal(len(z))
    direct = diffusion.diffused(np.full(20_000, 0.4), 3.0, rng.standard_normal(20_000))
    assert z.mean() == pytest.approx(direct.mean(), abs=0.08)
    assert z.std() == pytest.approx(direct.std(), rel=0.03)
    assert direct.std() == pytest.approx(3.0, rel=0.02)


def test_the_score_follows_from_the_denoiser() -> None:
    z = np.linspace(-3, 3, 7)
    wanted = -(z - MEAN) / (VARIANCE + 1.7**2)
    np.testing.assert_allclose(diffusion.score(gaussian(z, 1.7), z, 1.7), wanted, rtol=1e-12)


@pytest.mark.parametrize("churn", [0.0, 12.0])
def test_an_exact_score_returns_mean_and_variance(churn: float) -> None:
    rng = np.random.default_rng(2)
    z = starts(20_000, 10.0)
    how = Settings(steps=40, start=10.0, guided=0, heun=True, churn=churn)
    out = diffusion.sample(gaussian, z, how, unit=lambda: rng.standard_normal(z.shape))
    assert out.mean() == pytest.approx(MEAN, abs=0.02)
    assert out.var() == pytest.approx(VARIANCE, rel=0.04)


@pytest.mark.parametrize(("heun", "order"), [(False, 1), (True, 2)])
def test_the_order_of_a_step(heun: bool, order: int) -> None:
    z = starts(16, 4.0)
    exact = MEAN + (z - MEAN) * math.sqrt(VARIANCE / (VARIANCE + 16.0))
    errors = []
    for steps in (64, 128):
        how = Settings(steps=steps, start=4.0, lowest=1e-5, guided=0, heun=heun)
        errors.append(np.abs(diffusion.sample(gaussian, z, how) - exact).max())
    assert math.log2(errors[0] / errors[1]) == pytest.approx(order, abs=0.25)


class TestGuidance:
    #: Of distance and gradient alike; only the direction and the way to go may count.
    size = 1e-8

    def setup_method(self) -> None:
        rng = np.random.default_rng(3)
        self.weights = rng.standard_normal((6, 16)).astype(np.float32)
        self.target = np.asarray(rng.standard_normal(6), np.float32)
        self.target /= np.linalg.norm(self.target)
        self.z = rng.standard_normal(16).astype(np.float32)

    def distance(self, z: np.ndarray) -> float:
        v = self.weights @ z
        return 1 - float(v @ self.target / np.linalg.norm(v))

    def gradient(self, z: np.ndarray, /) -> tuple[np.ndarray, float]:
        v = self.weights @ z
        length = np.linalg.norm(v)
        slope = -(self.target / length - v * (v @ self.target) / length**3)
        return np.asarray(self.size * self.weights.T @ slope, np.float32), self.size * (
            self.distance(z)
        )

    def test_a_step_lowers_the_distance(self) -> None:
        guide = diffusion.guidance(self.gradient, None, 1.0)
        assert guide is not None
        assert self.distance(self.z - guide(self.z, 1.0)) < self.distance(self.z)

    def test_the_size_of_the_gradient_does_not_matter(self) -> None:
        moved, rms = diffusion.normalised(self.gradient(self.z)[0])
        assert float(np.sqrt((moved**2).mean())) == pytest.approx(1.0, rel=1e-5)
        assert rms == pytest.approx(float(np.sqrt((self.gradient(self.z)[0] ** 2).mean())))

    def test_a_step_is_no_longer_than_the_distance_asks_for(self) -> None:
        """On a cone, whose distance falls in a straight line, one step of scale 1 arrives."""

        def cone(z: np.ndarray, /) -> tuple[np.ndarray, float]:
            length = float(np.linalg.norm(z))
            return np.asarray(3 * z / length, np.float32), 3 * length

        guide = diffusion.guidance(cone, None, 1.0)
        assert guide is not None
        near = np.full((1, 4), 0.03, np.float32)
        np.testing.assert_allclose(near - guide(near, 1.0), 0, atol=1e-7)
        far = np.full((1, 4), 7.0, np.float32)
        np.testing.assert_allclose(guide(far, 1.0), diffusion.FARTHEST, rtol=1e-5)

    def test_a_guided_run_ends_nearer(self) -> None:
        how = Settings(steps=8, start=4.0, guided=4, scale=1.0)
        free = diffusion.sample(gaussian, self.z, how)
        guide = diffusion.guidance(self.gradient, None, how.scale)
        assert self.distance(diffusion.sample(gaussian, self.z, how, guide=guide)) < self.distance(
            free
        )

    def test_a_closed_mask_changes_no_bit(self) -> None:
        how = Settings(steps=8, start=4.0, guided=4, scale=1.0)
        guide = diffusion.guidance(self.gradient, np.zeros_like, how.scale)
        free = diffusion.sample(gaussian, self.z, how)
        assert diffusion.sample(gaussian, self.z, how, guide=guide).tobytes() == free.tobytes()

    @pytest.mark.parametrize("bad", [0.0, np.nan, np.inf])
    def test_a_gradient_without_direction_moves_nothing(self, bad: float) -> None:
        moved, rms = diffusion.normalised(np.full((1, 4), bad, np.float32))
        assert not moved.any()
        assert rms == 0

    def test_only_the_last_steps_are_guided(self) -> None:
        seen: list[float] = []

        def guide(z: np.ndarray, sigma: float) -> np.ndarray:
            seen.append(sigma)
            return np.zeros_like(z)

        diffusion.sample(gaussian, self.z, Settings(steps=8, start=4.0, guided=3), guide=guide)
        assert seen == diffusion.grid(8, 4.0, diffusion.LOWEST)[5:8].tolist()

    def test_no_scale_no_guidance(self) -> None:
        assert diffusion.guidance(self.gradient, None, 0.0) is None


def test_fidelity_lowers_the_start_and_raises_the_guidance() -> None:
    low, middle, high = (diffusion.settings(s, Settings(), 0.2) for s in (0.0, 0.5, 1.0))
    assert low.start == pytest.approx(diffusion.HIGHEST)
    assert high.start == pytest.approx(diffusion.FAITHFUL)
    halfway = math.sqrt(diffusion.HIGHEST * diffusion.FAITHFUL)
    assert halfway < middle.start < diffusion.HIGHEST, "the middle keeps texture"
    starts = [diffusion.settings(s / 10, Settings(), 0.2).start for s in range(11)]
    assert starts == sorted(starts, reverse=True)
    assert (low.scale, high.scale) == (0.0, 0.2)
    assert low.steps == 8
    assert 4 <= high.steps < 8
    assert 1 <= high.guided <= 4
    assert diffusion.settings(7.0, Settings(), 0.2) == high


def test_a_seed_reproduces_its_noise() -> None:
    a, b, c = (diffusion.noise(seed, (2, 3))() for seed in (1, 1, 2))
    assert (a == b).all()
    assert (a != c).any()
    assert a.dtype == np.float32
