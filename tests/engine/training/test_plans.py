"""The bundled plans."""

from __future__ import annotations

import dataclasses

import pytest

from engine.training import plan as plans

NAMES = sorted(p.stem for p in plans.FOLDER.glob("*.toml") if not p.stem.endswith(".gpu"))


@pytest.mark.parametrize("name", NAMES)
def test_a_gpu_plan_stands_beside_each_cpu_plan(name: str) -> None:
    small, large = plans.read(name), plans.read(f"{name}.gpu")
    assert small.name == name
    assert large.name == f"{name}.gpu"
    assert large.stage == small.stage
    assert large.network == small.network, "both train the same network"
    assert large.batch > small.batch
    assert large.samples > small.samples
    assert set(large.loss) == set(small.loss)


def test_every_number_of_a_plan_makes_sense() -> None:
    for path in plans.FOLDER.glob("*.toml"):
        plan = plans.read(path)
        numbers = dataclasses.asdict(plan)
        assert all(numbers[k] > 0 for k in ("batch", "learning_rate", "samples", "workers", "clip"))
        assert 0.9 < plan.ema < 1
        assert all(weight >= 0 for weight in plan.loss.values()), path.name
        assert sum(plan.data.get("mix", {"all": 1.0}).values()) == pytest.approx(1.0), path.name
