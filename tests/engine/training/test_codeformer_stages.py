"""The five stages of CodeFormer++ one after the other, three steps each, on tiny made-up faces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest
import torch

from engine.networks.catalogue import configured
from engine.networks.identity_recovery import IdentityRecovery, IdentityRecoveryConfig
from engine.training import earlier, samples
from engine.training.budget import Budget
from engine.training.faces import Faces, Record
from engine.training.plan import Plan
from engine.training.stages import build, code_prediction, registration, texture_fusion
from engine.training.trainer import Trainer

if TYPE_CHECKING:
    from pathlib import Path

NETWORK: dict[str, Any] = {
    "codeformer": {
        "size": 64, "encoder": [16] * 4, "encoder_blocks": [1] * 4, "generator": [16] * 4,
        "generator_blocks": [1] * 4, "head": 8, "latent": 8, "codes": 32, "width": 16, "mlp": 16,
        "layers": 1, "heads": 2,
    },
    "registration": {"down": [4] * 4, "up": [4] * 4, "tail": [4, 4]},
    "fusion": {"widths": [16] * 3, "texture": [16] * 3, "head": 8, "hidden": 8},
}  # fmt: skip
LOSS = dict.fromkeys(
    (
        "pixel", "perceptual", "identity", "codebook", "adversarial", "entropy", "feature",
        "correlation", "smoothness", "triplet",
    ),
    0.5,
)  # fmt: skip
DATA: dict[str, Any] = {
    "checks": 2, "mix": {"train": 1.0}, "mix_small": {"train-mild": 1.0}, "quantise_from": 2,
    "reseed_every": 2, "reseed_until": 100, "adversary_start": 4, "adversary_lead": 2,
    "autoencoder": ["vq-autoencoder"], "curriculum": 0.4, "codes_only": 0.5, "pairs": 4,
    "references": 0.6, "jitter": 0.5, "right": 0.5, "wrong": 0.3, "triplet_from": 2,
    "registration": ["registration"],
}  # fmt: skip


def _faces() -> Faces:
    rng = np.random.default_rng(1)
    blobs = []
    for _ in range(4):
        picture = cv2.resize(rng.integers(0, 256, (6, 6, 3), dtype=np.uint8), (64, 64))
        blobs.append(cv2.imencode(".png", picture)[1].tobytes())
    records = [Record(f"{i}.png", 64, "made-up", "ab"[i % 2], grey=False) for i in range(4)]
    return Faces(records, blobs)


@pytest.mark.shared
@pytest.mark.usefixtures("teachers", "shared_faces")
def test_every_stage_trains_from_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(samples, "read_shards", lambda *_, **__: _faces())
    monkeypatch.setattr(earlier, "RUNS", tmp_path)
    monkeypatch.setattr(earlier, "BUNDLED", tmp_path / "none")
    for stage in (code_prediction, registration, texture_fusion):
        monkeypatch.setattr(stage, "CACHE", tmp_path / "cache")

    def planned(name: str, network: dict[str, Any], triplet: float, **data: object) -> Plan:
        return Plan(
            name, name, batch=2, samples=6, warmup=1, validate_every=1000, workers=1,
            network=NETWORK | network, data=DATA | data, loss=LOSS | {"triplet": triplet},
        )  # fmt: skip

    def train(
        name: str, network: dict[str, Any] | None = None, triplet: float = 0.5, **data: object
    ) -> tuple[dict[str, float], set[str]]:
        stage = build(planned(name, network or {}, triplet, **data))
        before = {k: v.clone() for k, v in stage.networks.state_dict().items()}
        folder = tmp_path / (name if network is None and triplet else f"ablation-{network is None}")
        trainer = Trainer(stage, folder)
        figures = trainer.run(Budget())
        assert trainer.skipped == 0
        assert all(np.isfinite(v) for v in figures.values())
        after = stage.networks.state_dict()
        moved = {k.split(".")[1] for k, v in after.items() if not torch.equal(v, before[k])}
        return figures, moved

    def further(name: str, earlier_stage: str, part: str, **data: object) -> None:
        path = tmp_path / earlier_stage / "ema.pt"
        state = torch.load(path, weights_only=True)
        state["networks"]["main.quantize.embedding.weight"] += 1
        torch.save(state, path)
        trainer = Trainer(build(planned(name, {}, 0.5, **data)), tmp_path / name)
        assert trainer.resume()
        for networks in (trainer.stage.networks, trainer.ema):
            book = networks.state_dict()[f"main.{part}quantize.embedding.weight"]
            assert torch.equal(book, state["networks"]["main.quantize.embedding.weight"])

    figures, moved = train("vq-autoencoder", small=0.3)
    assert moved == {"encoder", "generator", "quantize"}
    assert 1 <= figures["perplexity"] <= 32

    figures, moved = train("code-prediction")
    assert not {"generator", "quantize", "fuse_convs_dict"} & moved
    assert {"encoder", "ft_layers", "position_emb"} <= moved
    assert 0 <= figures["codes-right-standard"] <= 1

    figures, moved = train("controllable-fusion", prior=["code-prediction"])
    assert not {"generator", "quantize"} & moved
    assert "fuse_convs_dict" in moved

    figures, moved = train("registration", prior=["controllable-fusion"])
    assert figures["folding"] == 0
    assert len(list((tmp_path / "cache").glob("registration-*.npz"))) == 1

    figures, moved = train("texture-fusion", prior=["controllable-fusion"])
    assert moved == {"fusion"}
    assert {"cosine-positive", "cosine-negative", "folding"} <= set(figures)
    # An earlier stage that was trained further since is what a resumed run builds on.
    further("texture-fusion", "controllable-fusion", "codeformer.", prior=["controllable-fusion"])
    further("code-prediction", "vq-autoencoder", "")

    # As released: on what the recovery network made, without w.
    tiny = {"widths": [16] * 4, "blocks": [1] * 4, "decoder": [1] * 3, "head": 8}
    monkeypatch.setattr(earlier.plans, "read", lambda name: Plan(name, name, network=tiny))
    made = IdentityRecovery(configured(IdentityRecoveryConfig, tiny))
    torch.save({"networks": made.state_dict()}, tmp_path / "recovery.pt")
    on_top: dict[str, Any] = {
        "recovered": True, "codeformer": NETWORK["codeformer"] | {"fuse": []},
    }  # fmt: skip
    start = [str(tmp_path / "recovery.pt")]
    train("code-prediction", on_top, recovery=start)
    (tmp_path / "ablation-False").rename(tmp_path / "on-top")
    # From what the recovery network and stage I made once, in parts, on an earlier Transformer.
    begun = [str(tmp_path / "on-top" / "ema.pt")]
    _, moved = train(
        "code-prediction", on_top, recovery=start, start=begun, kept=5, part_batches=0.5
    )
    assert {"encoder", "ft_layers", "position_emb"} <= moved
    train("registration", on_top, recovery=start, prior=["on-top"])
    seeing = on_top | {"fusion": NETWORK["fusion"] | {"damaged": True, "noise": True}}
    train("texture-fusion", seeing, recovery=start, prior=["on-top"])

    # From what the frozen networks made once, whole and in parts, judged by features.
    (tmp_path / "ablation-False" / "state.pt").unlink()
    once = {"kept": 5, "part_batches": 0.5, "adversary_features": True, "judged_from": 0.2}
    _, moved = train(
        "texture-fusion", seeing, recovery=start, prior=["on-top"], adversary_start=2, **once
    )
    assert moved == {"fusion"}
    assert len(list((tmp_path / "cache").glob("ends-*/notes.json"))) == 1

    # The ablations of the model card: without metric learning, without DAM (which is not needed).
    _, moved = train("texture-fusion", triplet=0.0, prior=["controllable-fusion"])
    assert moved == {"fusion"}
    _, moved = train(
        "texture-fusion", {"registered": False}, prior=["controllable-fusion"], registration=[]
    )
    assert moved == {"fusion"}


def test_a_face_that_was_little_damaged_is_judged_less() -> None:
    truth = torch.zeros(3, 3, 8, 8)
    apart = torch.tensor([0.01, 0.1, 0.5])[:, None, None, None]
    share = texture_fusion.judged_share(truth + apart, truth, 0.2)
    assert share.tolist() == pytest.approx([0.3, 0.5, 1.0])
