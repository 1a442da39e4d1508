"""Photograph and portraits as witnesses of one person."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.methods.base import Reference
from engine.methods.evidence import PORTRAIT, certainty, identity_target, portrait_share


def portrait(sharpness: float) -> Reference:
    return Reference(np.zeros((4, 4, 3), np.float32), np.eye(256, dtype=np.float32)[3], sharpness)


class TestIdentityTarget:
    def setup_method(self) -> None:
        self.own = np.zeros(256, np.float32)
        self.own[0] = 1

    def test_without_references_the_photograph_decides(self) -> None:
        assert identity_target(self.own, 0.5, []) is self.own

    def test_is_a_unit_vector_between_both(self) -> None:
        found = identity_target(self.own, 0.4, [portrait(0.8)])
        assert np.linalg.norm(found) == pytest.approx(1.0, abs=1e-6)
        assert found[0] > 0
        assert found[3] > 0

    def test_references_say_more_where_the_photograph_says_less(self) -> None:
        poor, good = (identity_target(self.own, c, [portrait(0.8)])[3] for c in (0.3, 0.95))
        assert poor > 0.9
        assert good < 0.2

    def test_several_say_more_than_one(self) -> None:
        one, two = (identity_target(self.own, 0.7, [portrait(0.8)] * n)[3] for n in (1, 2))
        assert two > one

    def test_is_the_most_precise_guess_of_independent_witnesses(self) -> None:
        rng = np.random.default_rng(4)
        truth = np.eye(256, dtype=np.float32)[1]

        def witness(cosine: float) -> np.ndarray:
            noise = rng.standard_normal(256)
            noise[1] = 0
            noise /= np.linalg.norm(noise)
            return (cosine * truth + np.sqrt(1 - cosine**2) * noise).astype(np.float32)

        means = {}
        for said in (0.3, 0.6, 0.9):
            cosines = []
            for _ in range(50):
                seen = replace(portrait(0.8), embedding=witness(PORTRAIT))
                cosines.append(identity_target(witness(0.6), said, [seen]) @ truth)
            means[said] = np.mean(cosines)
        assert means[0.6] > max(means[0.3], means[0.9], PORTRAIT + 0.05)

    def test_sharp_references_say_more(self) -> None:
        sharp, soft = (identity_target(self.own, 0.4, [portrait(s)])[3] for s in (0.9, 0.1))
        assert sharp > soft

    def test_one_that_is_not_trusted_says_nothing(self) -> None:
        sure, doubtful, refused = (
            identity_target(self.own, 0.4, [replace(portrait(0.9), trust=t)])[3]
            for t in (1.0, 0.3, 0.0)
        )
        assert sure > 0.9
        assert 0.4 > doubtful > refused  # three times in ten it shows the person
        assert refused == self.own[3]

    def test_opposites_leave_the_photograph(self) -> None:
        against = Reference(np.zeros((512, 512, 3), np.float32), -self.own, 0.5)
        found = identity_target(self.own, PORTRAIT, [against])
        np.testing.assert_array_equal(found, self.own)


class TestPortraitShare:
    def test_none_without_trust(self) -> None:
        assert portrait_share(0.5, []) == 0
        assert portrait_share(0.5, [replace(portrait(0.9), trust=0.0)]) == 0

    def test_falls_as_the_photograph_tells_more(self) -> None:
        shares = [portrait_share(c, [portrait(0.9)]) for c in (0.1, 0.5, 0.9)]
        assert 0.95 > shares[0] > shares[1] > shares[2] > 0

    def test_never_exceeds_the_trust(self) -> None:
        doubtful = replace(portrait(0.9), trust=0.3)
        assert portrait_share(0.05, [doubtful] * 4) < 0.3


def test_the_photograph_is_the_surer_the_nearer_its_recovery() -> None:
    a = np.eye(256, dtype=np.float32)[0]
    b = np.eye(256, dtype=np.float32)[1]
    found = [certainty(a, (c * a + np.sqrt(1 - c * c) * b).astype(np.float32)) for c in (1, 0.9, 0)]
    assert found == sorted(found, reverse=True)
    assert 0 < found[-1] < 0.1
    assert found[0] == pytest.approx(0.98)
