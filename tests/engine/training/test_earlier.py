from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import torch
from torch import nn

from engine.errors import LikenessError
from engine.training import earlier
from engine.training import plan as plans

if TYPE_CHECKING:
    from pathlib import Path

PLANS = (
    "vq-autoencoder", "code-prediction", "controllable-fusion", "registration", "texture-fusion",
)  # fmt: skip


def test_the_first_source_that_exists_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(earlier, "RUNS", tmp_path)
    monkeypatch.setattr(earlier, "BUNDLED", tmp_path / "none")
    with pytest.raises(LikenessError, match="train one of first, second"):
        earlier.weights(["first", "second"])
    (tmp_path / "second").mkdir()
    net = nn.Linear(2, 2)
    state = {"networks": {f"main.{k}": v for k, v in net.state_dict().items()}}
    torch.save(state, tmp_path / "second" / "ema.pt")
    found = earlier.weights(["first", "second"])
    other = nn.ModuleDict({"weight": nn.Identity()})
    assert earlier.take(other, found) == 0
    twin = nn.Linear(2, 2)
    assert earlier.take(twin, found, "weight") == 1
    assert torch.equal(twin.weight, net.weight)


def test_a_part_of_a_released_model_is_a_source_too() -> None:
    part = earlier.weights(["no-such-run", "codeformer-pp#registration"])
    whole = earlier.weights(["codeformer-pp"])
    assert 0 < len(part) < len(whole)
    assert all(torch.equal(v, whole[f"registration.{k}"]) for k, v in part.items())


def test_weights_come_with_their_own_sizes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan may have grown since."""
    monkeypatch.setattr(earlier, "RUNS", tmp_path)
    made = {"networks": nn.Linear(2, 5).state_dict(), "samples": 4, "network": {"width": [5, 2]}}
    (tmp_path / "some").mkdir()
    torch.save(made, tmp_path / "some" / "ema.pt")
    assert earlier.sizes(["none", "some"]) == {"width": (5, 2)}
    plan = plans.read("score")
    found = earlier.network(
        replace(plan, data={"coder": ["some"]}),
        "coder",
        "score",
        lambda t: nn.Linear(2, t["width"][0]),
    )
    assert found.out_features == 5
    assert earlier.sizes(["none"]) is None
    released = earlier.sizes(["identity-recovery"])
    assert released is not None
    assert earlier.recovery(plan).config.decoder == released["decoder"]


@pytest.mark.parametrize("name", [p + kind for p in PLANS for kind in ("", ".gpu")])
def test_plans_read_and_agree_on_the_prior(name: str) -> None:
    plan = plans.read(name)
    assert plan.stage == name.removesuffix(".gpu")
    first, own = earlier.config(plans.read(PLANS[0])), earlier.config(plan)
    assert replace(own.codeformer, fuse=first.codeformer.fuse) == first.codeformer
    # What is built on the recovery network's picture has no use for w, and the other way round.
    assert own.recovered is (plan.stage in {"code-prediction", "registration", "texture-fusion"})
    assert own.recovered is not bool(own.codeformer.fuse)
