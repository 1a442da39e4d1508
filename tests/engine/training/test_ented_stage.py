from __future__ import annotations

import cv2
import numpy as np
import pytest
import torch
from torch import nn

from engine.training import reference_samples, stages
from engine.training.faces import Faces, Record
from engine.training.losses import Seen
from engine.training.plan import Plan, read
from engine.training.stages import ented
from engine.training.trainer import Trainer

SIDE = 128
NETWORK = {
    "widths": [16, 16, 24, 32],
    "blocks": [1, 1, 1, 1],
    "reference_blocks": [1, 1, 1, 1],
    "components": [4, 4, 4, 4],
    "carried": [3, 4, 6],
    "keys": 8,
    "waves": 6,
    "codes": 16,
    "code": 8,
    "layers": 1,
    "heads": 2,
    "style": 24,
    "head": 16,
}


def faces(*_, **__):
    records, blobs = [], []
    for i, person in enumerate(["a", "a", "b", "b", "", ""]):
        small = np.random.default_rng(i).integers(0, 256, (8, 8, 3)).astype(np.uint8)
        picture = cv2.resize(small, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
        blobs.append(cv2.imencode(".png", picture)[1].tobytes())
        # what the index says: all of 512 but one
        records.append(Record(f"{i}.png", 256 if i == 5 else 512, "album", person, grey=False))
    return Faces(records, blobs)


class Distance(nn.Module):
    """Stands for the perceptual network."""

    def compare(self, x, target):
        maps = [[p.repeat(1, n, 1, 1)[:, :n] for n in (64, 128, 256)] for p in (x, target)]
        return (x - target).abs().mean(), [Seen(*maps)] * 2


class Identity(nn.Module):
    """Stands for the recogniser: mean colours of quarters."""

    def embed(self, x):
        pooled = torch.nn.functional.adaptive_avg_pool2d(x.float(), 2).flatten(1)
        return torch.nn.functional.normalize(pooled + 0.1, dim=1)


@pytest.fixture
def build(monkeypatch):
    monkeypatch.setattr(ented.material, "folder", lambda name: name)
    monkeypatch.setattr(ented, "read_shards", faces)
    monkeypatch.setattr(reference_samples, "person_vectors", lambda _: {})
    monkeypatch.setattr(ented, "perceptual", lambda _plan: Distance())
    monkeypatch.setattr(ented, "TeacherIdentity", Identity)
    monkeypatch.setattr(ented.earlier, "find", lambda _: None)
    bundled = read("ented")

    def make(more=None, **network):
        data = bundled.data | {
            "trusted": False, "own_identity": 0.0,
            "side": SIDE, "adversary_start": 2, "adversary_lead": 2, "checks": 1, "small": 0.0,
            "pairs": bundled.data["pairs"] | {"real": 0.5, "wrong": 0.3},
        } | (more or {})  # fmt: skip
        plan = Plan(
            "small", "ented", batch=2, samples=4, validate_every=100, warmup=1, workers=1,
            network=NETWORK | network, data=data, loss=bundled.loss,
        )  # fmt: skip
        return stages.build(plan)

    return make


def test_a_few_steps_train_validate_and_resume(build, tmp_path):
    stage = build()
    trainer = Trainer(stage, tmp_path)
    first, second = (trainer._step(stage.batch(i), 1.0) for i in range(2))
    always = {"pixel", "perceptual", "spectrum", "identity", "transfer", "dictionary", "gate"}
    assert set(first) == always | {"discriminator"}
    assert set(second) == always | {"discriminator", "adversarial"}
    assert all(np.isfinite(v) for v in second.values())
    slow, fast = (group["lr"] for group in trainer.optimiser.param_groups)
    assert fast == pytest.approx(3 * slow)
    figures = trainer._validate()
    assert {"gain-severe", "cost-standard", "identity-severe-right", "perplexity"} <= set(figures)
    assert all(np.isfinite(v) for v in figures.values())
    assert (tmp_path / "sheet-0000004.jpg").exists()
    trainer.save()
    again = Trainer(build(), tmp_path)
    assert again.resume()
    assert again.seen == 4


def test_a_kept_dictionary_stays_and_draws_the_damaged_face_to_its_words(build, monkeypatch):
    def earlier(plan, key, _standard, make):
        assert plan.data[key] == ["before"]
        torch.manual_seed(5)
        return make(NETWORK).eval().requires_grad_(requires_grad=False)

    monkeypatch.setattr(ented.earlier, "find", lambda name: name == "before" or None)
    monkeypatch.setattr(ented.earlier, "network", earlier)
    stage = build({"start": [], "words": ["before"]})
    stage.renew(stage.networks)
    book = stage.words.before.dictionary.embedding.weight
    assert torch.equal(stage.main.dictionary.embedding.weight, book)
    batch = {k: torch.as_tensor(v) for k, v in stage.batch(1).items()}
    stage.main.train()
    stage.losses(batch, 0)["dictionary"].backward()
    assert float(stage.main.to_code.weight.grad.abs().sum()) > 0
    assert stage.main.dictionary.embedding.weight.grad is None
    assert all(p.grad is None for p in stage.words.parameters())


def test_without_a_trusted_portrait_nothing_is_judged(build):
    stage = build()
    batch = {k: torch.as_tensor(v) for k, v in stage.batch(1).items()}
    batch["mask"] = torch.zeros_like(batch["mask"])
    assert "adversarial" not in stage.losses(batch, 100)
    assert stage.adversary_loss(100) is None
    batch["mask"][0, 0] = 1.0
    assert "adversarial" in stage.losses(batch, 100)
    assert stage.adversary_loss(100) is not None


def test_the_recovered_face_comes_along(build, monkeypatch):
    class Recovered(nn.Module):
        def __init__(self, plan, *, recovered):
            super().__init__()
            assert recovered

        def forward(self, y):
            return y / 2

    monkeypatch.setattr(ented, "Entry", Recovered)
    stage = build(recovered=True)
    y = torch.rand(1, 3, SIDE, SIDE) * 2 - 1
    given = stage._input(y)
    assert torch.equal(given[:, :3], y)
    assert torch.equal(given[:, 3:], y / 2)
    losses = stage.losses({k: torch.as_tensor(v) for k, v in stage.batch(1).items()}, 125)
    sum(losses.values()).backward()
    assert float(stage.main.lean.grad.abs().sum()) > 0


def test_two_recognisers_judge_the_same_picture(build, monkeypatch):
    class Own(Identity):
        def __init__(self, net):
            super().__init__()

        def embed(self, x):
            asked.append(len(x))
            return super().embed(x)

    asked = []
    monkeypatch.setattr(ented, "OwnIdentity", Own)
    monkeypatch.setattr(ented, "embedder", lambda plan: plan)
    stage = build({"own_identity": 0.5, "jitter": 8})
    batch = {k: torch.as_tensor(v) for k, v in stage.batch(1).items()}
    stage.losses(batch, 0)
    assert asked
    stage.own_share = 0.0
    asked.clear()
    stage.losses(batch, 0)
    assert not asked


def test_groups_hold_every_weight_once(build):
    stage = build()
    groups = stage.parameter_groups()
    count = sum(len(weights) for weights, _ in groups)
    assert count == len(list(stage.networks.parameters()))
    assert [factor for _, factor in groups] == [1.0, 3.0]


def test_batches_depend_on_their_number_alone(build):
    stage = build()
    first, second, again = stage.batch(3), stage.batch(4), stage.batch(3)
    assert all(np.array_equal(first[k], again[k]) for k in first)
    assert not np.array_equal(first["input"], second["input"])
    n, places = first["mask"].shape
    assert first["references"].shape == (n, places, SIDE, SIDE, 3)
    assert first["fidelity"].dtype == np.float32


@pytest.mark.parametrize("name", ["ented", "ented.gpu"])
def test_the_bundled_plans_read(name):
    plan = read(name)
    assert plan.stage in stages.STAGES
    assert set(plan.loss) == {
        "pixel", "perceptual", "spectrum", "identity", "transfer", "dictionary", "gate",
        "adversarial",
    }  # fmt: skip
    ented.EntedConfig(**ented.earlier.options(plan))
    assert sum(plan.data["mix"].values()) == pytest.approx(1)
