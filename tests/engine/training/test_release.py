from __future__ import annotations

import shutil
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from torch import nn

from engine.backends.devices import choose
from engine.backends.onnx import OnnxBackend
from engine.errors import LikenessError
from engine.models import manifest
from engine.models.store import BUNDLED, ModelStore
from engine.training import earlier, release
from engine.training import plan as plans
from engine.training.adversarial import Adversary
from engine.training.releases import RELEASES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def trainer() -> SimpleNamespace:
    """What `release.begin` needs of a trainer, around the real network."""
    plan = plans.read("clr-fast")
    main = RELEASES[plan.stage].build(plan)
    begun: list[int] = []
    judge = Adversary(start=100, lead=50)
    stage = SimpleNamespace(networks=nn.ModuleDict({"main": main}), adversary=judge)
    return SimpleNamespace(plan=plan, stage=stage, begin=begun.append, begun=begun)


def test_a_lost_run_goes_on_from_what_was_released(trainer: SimpleNamespace) -> None:
    release.begin(trainer)
    stored = earlier.weights(["clr-score"]) | earlier.weights(["clr-fast"])
    own = trainer.stage.networks["main"].state_dict()
    assert stored.keys() == own.keys()
    assert all(torch.equal(stored[k], own[k]) for k in own)
    assert trainer.begun[0] > 1000
    assert trainer.stage.adversary.start == trainer.begun[0] + 50


def test_what_the_plan_has_added_keeps_its_start(trainer: SimpleNamespace) -> None:
    main = trainer.stage.networks["main"]
    main.more = nn.Linear(2, 2)
    before = main.more.weight.clone()
    release.begin(trainer)
    assert torch.equal(main.more.weight, before)
    del main.out
    with pytest.raises(LikenessError, match="form of the plan's network"):
        release.begin(trainer)


@pytest.mark.parametrize("name", ["code-prediction", "clr-fast"])
def test_without_released_weights_it_says_so(
    trainer: SimpleNamespace, tmp_path: Path, name: str
) -> None:
    trainer.plan = plans.read(name)
    where = BUNDLED if name == "code-prediction" else tmp_path
    with pytest.raises(LikenessError, match="are released yet"):
        release.begin(trainer, where)
    assert trainer.begun == []


def test_graphs_are_written_anew_for_the_same_weights(tmp_path: Path) -> None:
    for name in ("manifest.json", "embedder.safetensors", "embedder.onnx"):
        shutil.copy(BUNDLED / name, tmp_path / name)
    (tmp_path / "embedder.onnx").write_bytes(b"an old graph")
    before = (tmp_path / "embedder.safetensors").read_bytes()
    entry = release.again(plans.read("embedder-folded"), tmp_path)
    assert (tmp_path / "embedder.safetensors").read_bytes() == before
    assert entry.samples_seen == manifest.read(BUNDLED)["embedder"].samples_seen
    graph = ModelStore([tmp_path]).graph("embedder", "embedder", OnnxBackend(choose("cpu")))
    crop = np.zeros((1, 3, 112, 112), np.float32)
    assert np.linalg.norm(graph.run({"crop": crop})["embedding"]) == pytest.approx(1, abs=1e-5)


def test_graphs_are_not_written_anew_for_another_form(tmp_path: Path) -> None:
    for name in ("manifest.json", "embedder.safetensors"):
        shutil.copy(BUNDLED / name, tmp_path / name)
    with pytest.raises(LikenessError):
        release.again(plans.read("embedder"), tmp_path)  # with its normalisation
