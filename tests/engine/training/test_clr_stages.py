"""The four stages of CLR-Face take a step, validate and draw, on tiny networks and faces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from engine.errors import LikenessError
from engine.methods import clr_start
from engine.networks.embedder import Embedder, EmbedderConfig
from engine.networks.identity_recovery import IdentityRecovery, IdentityRecoveryConfig
from engine.networks.latent_autoencoder import LatentAutoencoder, LatentAutoencoderConfig
from engine.networks.latent_mask import LatentMask, LatentMaskConfig
from engine.networks.score import ScoreConfig, ScoreNetwork
from engine.training import earlier, face_stage, latent_stage, plan
from engine.training.plan import Plan
from engine.training.releases import RELEASES
from engine.training.stages import STAGES, build

if TYPE_CHECKING:
    from pathlib import Path

SIDE = 64
EYES = {"widths": [16, 16, 16], "blocks": [1, 1, 1], "head": 8}
NETWORKS: dict[str, dict[str, Any]] = {
    "latent-autoencoder": {"width": 16, "blocks": 1, "codes": 8, "head": 16},
    "identity-recovery": {"widths": [16, 16, 16, 16], "blocks": [1, 1, 1, 1], "head": 8},
    "embedder": EYES,
    "score": {"widths": [16, 16, 32], "blocks": 1, "embedding": 16},
    "latent-mask": {"width": 8},
    "clr-fast": {"widths": [16, 16, 32], "blocks": 1, "embedding": 16, "identity": 256},
}


class Faces:
    """Stands in for the training faces."""

    def __init__(self, data: Any, side: int) -> None:
        self.side = side

    def kind(self, rng: np.random.Generator) -> int:
        return int(rng.integers(3))

    def pairs(self, rng: Any, count: int, mix: Any, kind: int = 0) -> Any:
        x = rng.integers(0, 256, (count, self.side, self.side, 3), np.uint8)
        return x, x


class Distance(nn.Module):
    """Stands in for the perceptual and the identity loss."""

    def __init__(self, *_: Any, **_options: Any) -> None:
        super().__init__()

    def forward(self, x: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        return F.l1_loss(x, target)

    def compare(self, x: torch.Tensor, target: torch.Tensor) -> tuple[torch.Tensor, list[Any]]:
        return self(x, target), []


@pytest.fixture(autouse=True)
def bed(monkeypatch: pytest.MonkeyPatch) -> None:
    face = np.random.default_rng(1).integers(0, 256, (2, SIDE, SIDE, 3), np.uint8)
    monkeypatch.setattr(face_stage, "Samples", Faces)
    monkeypatch.setattr(face_stage, "Perceptual", Distance)
    monkeypatch.setattr(face_stage, "TeacherIdentity", Distance)
    monkeypatch.setattr(face_stage, "checks", lambda side, count: {"severe": (face, face)})
    monkeypatch.setattr(earlier.plans, "read", lambda name: tiny(str(name)))


def tuples(table: dict[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}


def tiny(stage: str, **data: Any) -> Plan:
    network = {**NETWORKS[stage]}
    if stage in {"latent-autoencoder", "score", "latent-mask", "clr-fast"}:
        network["codeformer"] = {"size": SIDE}
    names = ("pixel", "perceptual", "spectrum", "codebook", "adversarial", "denoising")
    loss = dict.fromkeys((*names, "identity", "open", "latent"), 1.0)
    return Plan(stage, stage, batch=4, network=network, loss=loss, data={"mix": {}, **data})


def earlier_weights(folder: Path) -> dict[str, str]:
    """Weights of all earlier stages, fresh, as a run leaves them; the data table's entries."""
    torch.manual_seed(2)
    t = {k: tuples(v) for k, v in NETWORKS.items()}
    networks: dict[str, nn.Module] = {
        "autoencoder": LatentAutoencoder(LatentAutoencoderConfig(**t["latent-autoencoder"])),
        "recovery": IdentityRecovery(IdentityRecoveryConfig(**t["identity-recovery"])),
        "embedder": Embedder(EmbedderConfig(**t["embedder"])),
        "score": ScoreNetwork(ScoreConfig(**t["score"])),
        "mask": LatentMask(LatentMaskConfig(**t["latent-mask"])),
    }
    for key, network in networks.items():
        state = {f"main.{k}": v for k, v in network.state_dict().items()}
        torch.save({"networks": state, "samples": 1}, folder / f"{key}.pt")
    return {key: str(folder / f"{key}.pt") for key in networks}


@pytest.mark.parametrize("stage", ["latent-autoencoder", "score", "latent-mask", "clr-fast"])
def test_a_stage_takes_a_step_validates_and_draws(stage: str, tmp_path: Path) -> None:
    training = build(tiny(stage, **earlier_weights(tmp_path), noises=2))
    training.place(torch.device("cpu"))
    networks = training.networks.train()
    for number in range(2):
        batch = {k: torch.as_tensor(v) for k, v in training.batch(number).items()}
        losses = training.losses(batch, number * 4)
        total = torch.stack([v.float() for v in losses.values()]).sum()
        assert torch.isfinite(total)
        total.backward()
        judged = training.adversary_loss(0)
        assert judged is None or torch.isfinite(judged)
    moved = [p.grad is not None and bool(p.grad.any()) for p in networks.parameters()]
    assert any(moved)
    networks.eval()
    with torch.no_grad():
        assert all(np.isfinite(v) for v in training.validate(networks).values())
        assert training.sheet(networks).ndim == 3


def test_settled_latents_stay_while_the_decoder_learns(tmp_path: Path) -> None:
    training = build(tiny("latent-autoencoder", **earlier_weights(tmp_path), settled=True))
    training.place(torch.device("cpu"))
    main = training.networks["main"].train()
    before = {k: v.clone() for k, v in main.state_dict().items()}
    x = torch.rand(1, 3, SIDE, SIDE) * 2 - 1
    latent = main.encode(x)
    optimiser = torch.optim.AdamW(training.networks.parameters(), weight_decay=0.1)
    for number in range(2):
        batch = {k: torch.as_tensor(v) for k, v in training.batch(number).items()}
        losses = training.losses(batch, 4 * number)
        assert "codebook" not in losses
        torch.stack([v.float() for v in losses.values()]).sum().backward()
        optimiser.step()
    assert torch.equal(main.encode(x), latent)
    after = main.state_dict()
    moved = {k for k, v in after.items() if v.is_floating_point() and not torch.equal(v, before[k])}
    assert "decoder.out.weight" in moved
    assert {name.split(".")[0] for name in moved if not name.endswith(".usage")} == {"decoder"}


def test_the_student_is_the_score_network_and_learns_only_what_is_tuned(tmp_path: Path) -> None:
    training = build(tiny("clr-fast", **earlier_weights(tmp_path), tuned=["out.", "decode.0."]))
    state = torch.load(tmp_path / "score.pt", weights_only=True)["networks"]
    main = training.networks["main"]
    assert torch.equal(main.stem.weight, state["main.stem.weight"])
    learning = {name for name, weight in main.named_parameters() if weight.requires_grad}
    assert learning
    assert all(name.startswith(("out.", "decode.0.")) for name in learning)
    (group,) = training.parameter_groups()
    assert len(group[0]) == len(learning)


def test_tensors_are_held_as_arrays_are() -> None:
    latent = np.random.default_rng(1).standard_normal((1, 4, 32, 32)).astype(np.float32)
    soft = latent_stage.blurred(torch.from_numpy(latent), 1.4).numpy()
    assert soft == pytest.approx(clr_start.blurred(latent, 1.4), abs=1e-5)


def test_a_missing_earlier_stage_is_named(tmp_path: Path) -> None:
    data = {**earlier_weights(tmp_path), "score": str(tmp_path / "nothing")}
    with pytest.raises(LikenessError, match="earlier stage"):
        build(tiny("latent-mask", **data))


@pytest.mark.parametrize(
    ("name", "stage"),
    [
        ("latent-autoencoder", "latent-autoencoder"),
        ("latent-decoder", "latent-autoencoder"),
        ("score", "score"),
        ("latent-mask", "latent-mask"),
        ("clr-fast", "clr-fast"),
    ],
)
def test_both_plans_describe_one_network(
    name: str, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    small, large = plan.read(name), plan.read(f"{name}.gpu")
    assert small.stage == large.stage == stage
    assert small.network == plan.read(stage).network
    assert small.network == large.network
    assert small.loss == large.loss
    assert stage in STAGES
    RELEASES[stage].build(small)
