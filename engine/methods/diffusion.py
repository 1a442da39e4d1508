"""The sampler of CLR-Face in plain arithmetic: networks enter as callables.

The variance-exploding process ``z_sigma = z_0 + sigma n`` in the form of Karras et al. (arXiv
2206.00364): grid of noise levels, Euler and Heun steps of the probability-flow equation, and the
stochastic variant that adds noise before each step. The identity guidance acts on the estimate of
the clean latent. Formulas are written anew from the paper.

Arrays may be of any library with operators (training calls the same code with tensors).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Latent = NDArray[np.float32]
    #: (noisy latent, sigma) -> expected clean latent
    Denoise = Callable[[Latent, float], Latent]
    #: (estimate of the clean latent, sigma) -> what is subtracted from it
    Guide = Callable[[Latent, float], Latent]
    #: estimate of the clean latent -> the same, held to something that is known
    Hold = Callable[[Latent], Latent]
    #: noise of the latent's shape, deviation 1
    Noise = Callable[[], Latent]
    #: called with the number of finished steps
    StepDone = Callable[[int], None]

#: Noise levels of the process on unit latents. The highest is three deviations of the training
#: levels above their mean; it is lower than for pictures out of nothing, because the degraded
#: latent tells the coarse content.
HIGHEST, LOWEST = 10.0, 0.03
#: Longest guided step, in deviations of the latent.
FARTHEST = 0.1
#: Level from which a fully faithful run starts.
FAITHFUL = 0.5
#: How much wider the blur of what is held is at fidelity 0 than at 1.
HELD_RANGE = 2.0
#: Start and hold follow the fidelity to this power: the half of the way nearest to the faithful
#: end only softens the face, so that the middle of the slider lies where the person is as near as
#: it gets and the texture still there.
EASE = 1.5


@dataclass(frozen=True)
class Settings:
    """One way of sampling.

    Attributes:
        steps: denoiser runs (Heun: nearly twice as many).
        start: noise level that the sampler starts from.
        lowest: last level before zero.
        guided: how many of the last steps are guided.
        scale: guidance scale, in Polyak's steps, see `guidance`.
        held: deviation of the blur, in numbers of the latent, whose outcome the estimates have to
            share with the recovered latent, see `anchored`; 0 lets them free.
        heun: second-order steps.
        churn: noise added on the way, of Karras et al., algorithm 2; 0 is deterministic.
    """

    steps: int = 8
    start: float = HIGHEST
    lowest: float = LOWEST
    guided: int = 4
    scale: float = 0.0
    held: float = 0.0
    heun: bool = False
    churn: float = 0.0


def settings(fidelity: float, base: Settings, strongest: float) -> Settings:
    """The settings of a fidelity.

    Args:
        fidelity: 0 (richest: starts from full noise, no guidance, only the coarsest is held) .. 1
            (starts low, full guidance, all but the finest is held).
        base: steps and guided steps of a run from full noise; a shorter way takes proportionally
            fewer steps, four at least; and what is held half-way between the ends.
        strongest: guidance scale at fidelity 1.
    """
    s = min(1.0, max(0.0, fidelity))
    low = s**EASE
    start = math.exp((1 - low) * math.log(HIGHEST) + low * math.log(FAITHFUL))
    way = math.log(start / base.lowest) / math.log(HIGHEST / base.lowest)
    steps = max(min(4, base.steps), round(base.steps * way))
    guided = min(base.guided, max(1, round(steps * base.guided / base.steps)))
    scale = strongest * math.sqrt(s)
    held = base.held * HELD_RANGE ** (0.5 - low)
    return replace(base, steps=steps, start=start, guided=guided, scale=scale, held=held)


def grid(steps: int, highest: float, lowest: float, rho: float = 7.0) -> NDArray[np.float64]:
    """Noise levels of Karras et al., equation 5: (steps + 1,) falling to 0, dense near the end."""
    if steps == 1:
        return np.array([highest, 0.0])
    share = np.arange(steps) / (steps - 1)
    ends = highest ** (1 / rho), lowest ** (1 / rho)
    return np.append((ends[0] + share * (ends[1] - ends[0])) ** rho, 0.0)


def noise(seed: int, shape: tuple[int, ...]) -> Noise:
    """Gaussian noise by an explicit seed, the same on every machine and backend."""
    rng = np.random.default_rng(seed)
    return lambda: rng.standard_normal(shape, np.float32)


def diffused(clean: Latent, sigma: float, unit: Latent) -> Latent:
    """The process' marginal: mean `clean`, deviation `sigma`."""
    return clean + sigma * unit


def score(denoised: Latent, noisy: Latent, sigma: float) -> Latent:
    """Gradient of the log density of noisy latents, from the denoiser (Vincent 2011)."""
    return (denoised - noisy) / sigma**2


def sample(
    denoise: Denoise,
    start: Latent,
    how: Settings,
    *,
    unit: Noise | None = None,
    guide: Guide | None = None,
    hold: Hold | None = None,
    step_done: StepDone | None = None,
) -> Latent:
    """Follows the reverse process from noise level `how.start` to a clean latent.

    Args:
        denoise: D(z, sigma).
        start: the noisy latent at level `how.start`, see `diffused`.
        how: the settings.
        unit: noise source; needed with `how.churn`.
        guide: what to subtract from the estimates of the last `how.guided` steps; it already
            holds the scale. None leaves them alone.
        hold: what every estimate goes through first, see `anchored`.
        step_done: called with the number of finished steps.
    """
    levels = [float(v) for v in grid(how.steps, how.start, how.lowest)]
    first_guided = how.steps - how.guided
    gain = min(how.churn / how.steps, math.sqrt(2) - 1)
    z = start

    def expected(noisy: Latent, sigma: float) -> Latent:
        estimate = denoise(noisy, sigma)
        return estimate if hold is None else hold(estimate)

    for i, (level, below) in enumerate(pairwise(levels)):
        sigma = level
        if gain > 0:
            assert unit is not None
            sigma = level * (1 + gain)
            z = z + math.sqrt(sigma**2 - level**2) * unit()
        estimate = expected(z, sigma)
        if guide is not None and i >= first_guided:
            estimate = estimate - guide(estimate, sigma)
        # Euler: dz/dsigma = (z - D) / sigma, so that z moves along the line to the estimate.
        moved = estimate + (below / sigma) * (z - estimate)
        if how.heun and below > 0:
            other = expected(moved, below)
            if guide is not None and i >= first_guided:
                other = other - guide(other, below)
            slope = (z - estimate) * (0.5 / sigma) + (moved - other) * (0.5 / below)
            moved = z + (below - sigma) * slope
        z = moved
        if step_done is not None:
            step_done(i + 1)
    return z


def anchored(anchor: Latent, blur: Callable[[Latent], Latent]) -> Hold:
    """Holds the coarse part of every estimate to that of `anchor`, and leaves the fine one free.

    After ILVR (Choi et al., arXiv 2108.02938, equation 8), on the estimate of the clean latent
    instead of the noisy one. Who a face is shows in its coarse forms, and those the recovery
    network tells better than a sample.

    Args:
        anchor: the latent that is right where it is coarse.
        blur: a linear filter that keeps what is coarse.
    """

    def hold(estimate: Latent) -> Latent:
        return estimate + blur(anchor - estimate)

    return hold


class Gradient(Protocol):
    """(estimate) -> gradient of the identity distance with respect to it, and the distance."""

    def __call__(self, estimate: Latent, /) -> tuple[Latent, float]:
        """The gradient, same shape, of any magnitude; the distance, 0 .. 2."""
        ...


def guidance(
    gradient: Gradient, mask: Callable[[Latent], Latent] | None, scale: float
) -> Guide | None:
    """The step ``lambda * M * g / rms(g)``; None when the scale is 0.

    The gradient's own size says nothing (3e-8 a number was measured on untrained networks), so its
    direction is used, and lambda is `scale` times the way on which the distance would vanish if it
    fell in a straight line (Polyak's step; 2 is right where it falls like a square), `FARTHEST` at
    most: a fixed step leads past the nearest face. A gradient that is not finite, or zero, moves
    nothing.
    """
    if scale <= 0:
        return None

    def step(estimate: Latent, sigma: float) -> Latent:
        del sigma
        slope, distance = gradient(estimate)
        direction, rms = normalised(slope)
        if rms == 0 or not math.isfinite(distance):
            return direction
        if mask is not None:
            direction = mask(estimate) * direction
        return np.float32(reach(scale * distance, rms, slope.size)) * direction

    return step


def reach(distance: Any, rms: Any, size: int) -> Any:
    """Polyak's step in deviations of the latent: |step| = distance / |gradient|.

    Args:
        distance: what is to vanish.
        rms: root mean square of its gradient.
        size: numbers in the gradient.
    """
    return min(FARTHEST, distance / (rms * size))


def normalised(gradient: Latent) -> tuple[Latent, float]:
    """(1, ...) -> its direction with a root mean square of 1, and what it was; zeros for none."""
    rms = float(np.sqrt(np.mean(np.square(gradient, dtype=np.float64))))
    if not math.isfinite(rms) or rms <= 1e-20:
        return np.zeros_like(gradient), 0.0
    return np.asarray(gradient / rms, np.float32), rms
