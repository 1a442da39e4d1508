"""The identity target's map: what a known distortion hid comes back, for other persons too."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from engine.networks.identity_target import IdentityTarget, hidden_share
from engine.training import fit_target


def unit(x: np.ndarray) -> np.ndarray:
    return x / np.linalg.norm(x, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def seen() -> fit_target.Seen:
    """Recovery draws every face towards one look; three faces a person."""
    rng = np.random.default_rng(3)
    look = unit(rng.standard_normal((1, 256)))
    persons = np.repeat(np.arange(300), 3)
    truth = unit(
        unit(rng.standard_normal((300, 256)))[persons] + 0.02 * rng.standard_normal((900, 256))
    )
    recovered = unit(truth + 0.8 * look)
    degraded = unit(truth + 1.5 * look + 0.05 * rng.standard_normal((900, 256)))
    return fit_target.Seen(recovered, degraded, truth, persons)


def test_a_common_look_is_taken_off_persons_never_seen(seen: fit_target.Seen) -> None:
    before = float((seen.recovered * seen.truth).sum(1).mean())
    assert fit_target.validated(seen, 1.0) > before + 0.5 * (1 - before)
    # Too strong a penalty changes nothing.
    assert fit_target.validated(seen, 1e9) == pytest.approx(before, abs=1e-3)


def test_persons_never_stand_on_both_sides(
    seen: fit_target.Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Vectors without any rule can be learnt by heart only."""
    rng = np.random.default_rng(4)
    random = unit(rng.standard_normal((300, 256)))[seen.persons]
    chance = fit_target.Seen(seen.recovered, seen.degraded, random, seen.persons)
    features, change = chance.features(), chance.truth - chance.recovered
    everyone = np.ones(900, bool)
    by_heart = fit_target.cosine(chance, features, fit_target.fit(features, change, 0.01), everyone)
    assert by_heart > 0.5
    assert fit_target.validated(chance, 0.01) < 0.1


def test_the_network_computes_the_fitted_map(seen: fit_target.Seen) -> None:
    made = fit_target.network(seen, 1.0)
    pair = [torch.from_numpy(v).float() for v in (seen.recovered, seen.degraded)]
    with torch.no_grad():
        out = made(*pair).double().numpy()
    map_ = fit_target.fit(seen.features(), seen.truth - seen.recovered, 1.0)
    assert out == pytest.approx(unit(seen.recovered + seen.features() @ map_), abs=1e-5)


def test_where_nothing_was_hidden_nothing_changes() -> None:
    torch.manual_seed(1)
    network = IdentityTarget()
    torch.nn.init.normal_(network.change.weight)
    torch.nn.init.normal_(network.change.bias)
    same = torch.nn.functional.normalize(torch.randn(3, 256), dim=1)
    other = torch.nn.functional.normalize(torch.randn(3, 256), dim=1)
    with torch.no_grad():
        assert torch.allclose(network(same, same), same, atol=1e-2)
        assert ((network(same, other) * same).sum(1) < 0.5).all()
    assert hidden_share(same, -same) == pytest.approx(torch.full((3, 1), 2**0.5), abs=1e-3)
