from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from torch import nn

from engine.errors import LikenessError
from engine.training import plan as plans
from engine.training.budget import Budget
from engine.training.plan import Plan
from engine.training.stage import Batch, Stage, Tensors, to_tensor
from engine.training.trainer import Trainer

if TYPE_CHECKING:
    from pathlib import Path


class Doubling(Stage):
    """Learns y = 2x; small enough to train in a test, with a discriminator of its own."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        torch.manual_seed(plan.seed)
        self.networks = nn.ModuleDict({"main": nn.Conv2d(3, 3, 1)})
        self.adversary = nn.Conv2d(3, 1, 1)
        self.out: torch.Tensor | None = None

    def batch(self, number: int) -> Batch:
        x = self.generator(number).integers(0, 256, (self.plan.batch, 8, 8, 3), dtype=np.uint8)
        return {"x": x}

    def losses(self, batch: Tensors, seen: int) -> Tensors:
        x = batch["x"].permute(0, 3, 1, 2).float() / 255
        out = self.networks["main"](x) + torch.rand(1) * 1e-3
        self.out = out.detach()
        return {"pixel": (out - 2 * x).abs().mean()}

    def adversary_loss(self, seen: int) -> torch.Tensor | None:
        assert self.out is not None
        assert self.adversary is not None
        return self.adversary(self.out.float()).abs().mean() if seen > 20 else None

    def validate(self, networks: nn.ModuleDict) -> dict[str, float]:
        return {"weight": float(networks["main"].weight.abs().mean())}

    def sheet(self, networks: nn.ModuleDict) -> np.ndarray:
        return np.zeros((8, 8, 3), np.uint8)


PLAN = Plan("doubling", "none", batch=4, learning_rate=1e-2, warmup=3, samples=80, workers=2)


def weights(trainer: Trainer) -> list[torch.Tensor]:
    return [
        *trainer.stage.networks.state_dict().values(),
        *trainer.ema.state_dict().values(),
        *trainer.stage.adversary.state_dict().values(),  # type: ignore[union-attr]
    ]


def test_a_resumed_run_equals_an_unbroken_one_to_the_bit(tmp_path: Path) -> None:
    whole = Trainer(Doubling(PLAN), tmp_path / "whole")
    whole.run(Budget())
    first = Trainer(Doubling(PLAN), tmp_path / "broken")
    first.run(Budget(samples=36))
    second = Trainer(Doubling(PLAN), tmp_path / "broken")
    assert second.resume()
    assert second.seen == 36
    second.run(Budget())
    assert whole.seen == second.seen == 80
    for a, b in zip(weights(whole), weights(second), strict=True):
        assert torch.equal(a, b)


def test_it_learns_and_writes_log_figures_sheet_and_averages(tmp_path: Path) -> None:
    trainer = Trainer(Doubling(Plan(**{**PLAN.__dict__, "samples": 2400})), tmp_path)
    trainer.run(Budget())
    assert np.allclose(np.diag(trainer.ema["main"].weight[:, :, 0, 0]), 2, atol=0.25)
    names = {p.name for p in tmp_path.iterdir()}
    assert {"state.pt", "ema.pt", "log.txt", "metrics.jsonl", "sheet-0002400.jpg"} <= names


def test_the_wall_clock_ends_a_run(tmp_path: Path) -> None:
    trainer = Trainer(Doubling(Plan(**{**PLAN.__dict__, "samples": 10**9})), tmp_path)
    trainer.run(Budget(minutes=0.02))
    assert 0 < trainer.seen < 10**9


def test_after_a_cooldown_the_run_goes_on_from_the_state_before_it(tmp_path: Path) -> None:
    trainer = Trainer(Doubling(PLAN), tmp_path)
    trainer.run(Budget(samples=80, cooldown=0.25))
    again = Trainer(Doubling(PLAN), tmp_path)
    assert again.resume()
    assert again.seen == 64
    again.run(Budget(samples=72))
    third = Trainer(Doubling(PLAN), tmp_path)
    assert third.resume()
    assert third.seen == 72


class Grown(Doubling):
    """The same with a part that the earlier run did not have; it begins as nothing."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        more = nn.Conv2d(3, 3, 1)
        nn.init.zeros_(more.weight)
        nn.init.zeros_(more.bias)
        self.networks["more"] = more

    def losses(self, batch: Tensors, seen: int) -> Tensors:
        losses = super().losses(batch, seen)
        more = self.networks["more"](batch["x"].permute(0, 3, 1, 2).float() / 255)
        return {**losses, "more": (more - 1).abs().mean()}


def test_a_network_that_grew_goes_on_with_what_it_had(tmp_path: Path) -> None:
    first = Trainer(Doubling(PLAN), tmp_path)
    first.run(Budget(samples=36))
    second = Trainer(Grown(PLAN), tmp_path)
    assert second.resume()
    assert second.seen == 36
    assert torch.equal(
        second.stage.networks["main"].weight,
        first.stage.networks["main"].weight,
    )
    assert torch.equal(second.ema["main"].bias, first.ema["main"].bias)
    assert not second.ema["more"].weight.any()
    assert "grown by 2 tensors" in (tmp_path / "log.txt").read_text()
    # Without moments the first steps are as long as the last of the warm-up: it warms up again.
    rates = []
    for _ in range(PLAN.warmup + 1):
        second.run(Budget(samples=second.seen + PLAN.batch))
        rates.append(second.optimiser.param_groups[0]["lr"])
    assert rates == pytest.approx([1e-2 / 3, 2e-2 / 3, 1e-2, 1e-2])
    with pytest.raises(LikenessError, match="larger network"):
        Trainer(Doubling(PLAN), tmp_path).resume()


def test_a_run_can_go_on_from_weights_alone(tmp_path: Path) -> None:
    first = Trainer(Doubling(PLAN), tmp_path / "first")
    first.run(Budget(samples=36))
    second = Trainer(Doubling(PLAN), tmp_path / "second")
    second.stage.networks.load_state_dict(first.ema.state_dict())
    second.begin(36)
    assert second.seen == 36
    assert torch.equal(second.ema["main"].weight, first.ema["main"].weight)
    second.run(Budget(samples=40))
    assert second.optimiser.param_groups[0]["lr"] == pytest.approx(1e-2 / 3), "it warms up again"
    second.run(Budget())
    assert second.seen == 80


def test_a_gradient_that_is_not_finite_is_skipped(tmp_path: Path) -> None:
    class Sick(Doubling):
        def losses(self, batch: Tensors, seen: int) -> Tensors:
            out = super().losses(batch, seen)
            return {k: v * float("nan") if seen == 8 else v for k, v in out.items()}

    trainer = Trainer(Sick(PLAN), tmp_path)
    trainer.run(Budget())
    assert trainer.skipped == 1
    assert all(torch.isfinite(w).all() for w in weights(trainer))


def test_bundled_plans_read_and_unknown_ones_name_the_known() -> None:
    for path in plans.FOLDER.glob("*.toml"):
        assert plans.read(path).batch > 0
    with pytest.raises(LikenessError, match="identity-recovery"):
        plans.read("no-such-plan")


def test_a_plan_with_an_unknown_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.toml"
    path.write_text("[plan]\nstage = 'x'\nlerning_rate = 1\n")
    with pytest.raises(LikenessError, match="lerning_rate"):
        plans.read(path)


def test_pictures_become_tensors_in_the_networks_range() -> None:
    pictures = np.array([0, 255], np.uint8).reshape(1, 1, 2, 1).repeat(3, axis=3)
    x = to_tensor(pictures, torch.device("cpu"))
    assert x.shape == (1, 3, 1, 2)
    assert x.min() == -1
    assert x.max() == 1
