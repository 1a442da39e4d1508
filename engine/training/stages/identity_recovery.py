"""Training of the identity recovery network: regression, perceptual and identity losses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.networks.identity_recovery import IdentityRecovery, IdentityRecoveryConfig
from engine.training import material
from engine.training.degradation import PRESETS, STRENGTHS, degrade
from engine.training.faces import Faces, read_shards
from engine.training.losses import Perceptual, TeacherIdentity, charbonnier, frequency
from engine.training.metrics import psnr
from engine.training.stage import Batch, Stage, Tensors, to_pictures, to_tensor

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.training.plan import Plan


class Training(Stage):
    """Samples are 512 px faces; one batch in `small` holds 256 px sources.

    A 256 px source is enlarged, damaged at 512 and compared at 256 alone: nothing claims to know
    detail that the source never held.
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        torch.manual_seed(plan.seed)
        self.networks = nn.ModuleDict({"main": IdentityRecovery(_config(plan))})
        where = material.folder("faces")
        self.large = read_shards(where, "train", keep=lambda row: row["size"] == "512")
        self.small = read_shards(where, "train", keep=lambda row: row["size"] == "256")
        self.odds = _odds(self.large), _odds(self.small)
        self.mix = list(plan.data["mix"].items())
        self.perceptual = Perceptual(int(plan.data.get("perceptual_crop", 128)))
        self.identity = TeacherIdentity()
        self.checks = _checks(read_shards(where, "val", keep=lambda row: row["size"] == "512"))

    def place(self, device: torch.device) -> None:
        """Moves the frozen networks."""
        super().place(device)
        self.perceptual.to(device)
        self.identity.to(device)

    def batch(self, number: int) -> Batch:
        """`target` and `input`, (N, 512, 512, 3) uint8, and `side`, 512 or 256: where to compare."""
        rng = self.generator(number)
        use_small = rng.random() < self.plan.data.get("small", 0.2)
        faces, odds = (self.small, self.odds[1]) if use_small else (self.large, self.odds[0])
        names, shares = zip(*self.mix, strict=True)
        targets, inputs = [], []
        for index in rng.choice(len(faces), self.plan.batch, p=odds):
            clean = faces.at(int(index), 512)
            if rng.random() < 0.5:
                clean = np.ascontiguousarray(clean[:, ::-1])
            damage = PRESETS[names[rng.choice(len(names), p=np.array(shares) / sum(shares))]]
            target, worn = degrade(clean, damage, rng)
            targets.append(target)
            inputs.append(worn)
        side = np.array(256 if use_small else 512)
        return {"target": np.stack(targets), "input": np.stack(inputs), "side": side}

    def losses(self, batch: Tensors, seen: int) -> Tensors:
        """Charbonnier, perceptual, identity and spectrum."""
        del seen
        weight = self.plan.loss
        y, x = (to_tensor_t(batch[k]) for k in ("input", "target"))
        out = self.networks["main"](y)
        if int(batch["side"]) == 256:
            out, x = F.avg_pool2d(out, 2), F.avg_pool2d(x, 2)
        return {
            "pixel": weight["pixel"] * charbonnier(out, x),
            "perceptual": weight["perceptual"] * self.perceptual(out, x),
            "identity": weight["identity"] * self.identity(out, x).mean(),
            "spectrum": weight["spectrum"] * frequency(out, x),
        }

    def validate(self, networks: nn.ModuleDict) -> dict[str, float]:
        """PSNR and identity cosine (teacher) by strength on some validation faces."""
        figures: dict[str, float] = {}
        for strength, (targets, inputs) in self.checks.items():
            outs = self._restore(networks, inputs)
            figures[f"psnr-{strength}"] = float(
                np.mean([psnr(a, b) for a, b in zip(outs, targets, strict=True)])
            )
            distance = self.identity(
                to_tensor(outs, self.device), to_tensor(targets, self.device)
            )
            figures[f"identity-{strength}"] = 1 - float(distance.mean())
        return figures

    def sheet(self, networks: nn.ModuleDict) -> NDArray[np.uint8]:
        """Three rows a strength: input, output, truth."""
        rows = []
        for targets, inputs in self.checks.values():
            outs = self._restore(networks, inputs[:6])
            rows += [np.concatenate(list(p[:6, ::2, ::2]), axis=1) for p in (inputs, outs, targets)]
        return np.concatenate(rows, axis=0)

    def _restore(self, networks: nn.ModuleDict, inputs: NDArray[np.uint8]) -> NDArray[np.uint8]:
        outs = []
        for some in np.array_split(inputs, max(1, len(inputs) // 4)):
            with torch.autocast(self.device.type, dtype=torch.bfloat16):
                outs.append(to_pictures(networks["main"](to_tensor(some, self.device))))
        return np.concatenate(outs)


def to_tensor_t(pictures: Tensor) -> Tensor:
    """(N, S, S, 3) uint8 on the device -> (N, 3, S, S) float32 in [-1, 1], channels last."""
    return pictures.permute(0, 3, 1, 2).float() / 127.5 - 1


def _config(plan: Plan) -> IdentityRecoveryConfig:
    options: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in plan.network.items()
    }
    return IdentityRecoveryConfig(**options)


def _odds(faces: Faces) -> NDArray[np.float64]:
    """Sampling odds: collections of one look (athletes with caps, generated) count less."""
    weight = {"mlb": 0.4, "generated": 0.7, "mls_nba": 0.4, "congress": 0.6, "voteview": 0.6}
    odds = np.array([weight.get(r.source, 1.0) for r in faces.records])
    return odds / odds.sum()


def _checks(
    faces: Faces, count: int = 24
) -> dict[str, tuple[NDArray[np.uint8], NDArray[np.uint8]]]:
    """A fixed small set by strength; the full validation is `engine.training.evaluate`."""
    chosen = np.linspace(0, len(faces) - 1, count).astype(int)
    checks = {}
    for strength in STRENGTHS:
        rng = np.random.default_rng(7)
        pairs = [degrade(faces.at(int(i), 512), PRESETS[strength], rng) for i in chosen]
        targets, inputs = (np.stack(p) for p in zip(*pairs, strict=True))
        checks[strength] = (targets, inputs)
    return checks
