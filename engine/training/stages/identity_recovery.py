"""Training of the identity recovery network: regression, perceptual and identity losses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.faces.face import CROP_SIZE
from engine.networks.identity_recovery import IdentityRecovery, IdentityRecoveryConfig
from engine.training import material
from engine.training.degradation import PRESETS, STRENGTHS, degrade
from engine.training.faces import Faces, read_shards
from engine.training.losses import Perceptual, TeacherIdentity, charbonnier, frequency, structure
from engine.training.metrics import psnr
from engine.training.stage import Batch, Stage, Tensors, to_pictures, to_tensor

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.training.plan import Plan


#: Margin around a part, in pixels of the 512 template.
MARGIN = 32


class Training(Stage):
    """Whole faces and parts of faces, damaged on the fly.

    A 256 px source is enlarged, damaged at 512 and compared at 256 alone: nothing claims to know
    detail that the source never held.

    Reads of the plan's data table: ``small`` and ``parts`` (shares of those batches), ``part``
    (side of a part, 256), ``part_count`` (parts of each of the batch's faces, 2), ``mix`` (damage),
    ``plain`` (damage whose picture the perceptual loss leaves alone: where the detail is still
    there, it only takes from the exactness) and ``perceptual_crop``.
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
        self.part = int(plan.data.get("part", 256))
        self.part_count = int(plan.data.get("part_count", 2))
        self.plain = set(plan.data.get("plain", []))
        self.perceptual = Perceptual(int(plan.data.get("perceptual_crop", 128)))
        self.identity = TeacherIdentity()
        self.checks = _checks(read_shards(where, "val", keep=lambda row: row["size"] == "512"))

    def place(self, device: torch.device) -> None:
        """Moves the frozen networks."""
        super().place(device)
        self.perceptual.to(device)
        self.identity.to(device)

    def batch(self, number: int) -> Batch:
        """`target` and `input`, (N, S, S, 3) uint8, `textured`, (N,) bool, and `kind`.

        Three kinds of batch, drawn by the shares of the plan: whole faces at 512 (0); whole faces
        from 256 px sources, compared at 256 (1); parts of faces, which teach texture for a
        fraction of the work while the whole faces teach the person (2).
        """
        rng = self.generator(number)
        shares = [1.0, self.plan.data["small"], self.plan.data["parts"]]
        shares[0] -= sum(shares[1:])
        kind = int(rng.choice(3, p=shares))
        faces, odds = (self.small, self.odds[1]) if kind == 1 else (self.large, self.odds[0])
        pairs = [
            pair
            for i in rng.choice(len(faces), self.plan.batch, p=odds)
            for pair in self._pairs(faces.at(int(i), CROP_SIZE), rng, parts=kind == 2)
        ]
        targets, inputs, textured = (np.stack(p) for p in zip(*pairs, strict=True))
        return {"target": targets, "input": inputs, "textured": textured, "kind": np.array(kind)}

    def _pairs(
        self, clean: NDArray[np.uint8], rng: np.random.Generator, *, parts: bool
    ) -> list[tuple[NDArray[np.uint8], NDArray[np.uint8], np.bool_]]:
        """Target, input, `textured` of a whole face or its parts, each damaged in its own way."""
        if rng.random() < 0.5:
            clean = np.ascontiguousarray(clean[:, ::-1])
        if not parts:
            name = self._damage(rng)
            return [(*degrade(clean, PRESETS[name], rng), np.bool_(name not in self.plain))]
        # Damaged with a margin, so that the part's border looks like any other place.
        whole = self.part + 2 * MARGIN
        inner = slice(MARGIN, MARGIN + self.part)
        made = []
        for _ in range(self.part_count):
            top, left = rng.integers(0, CROP_SIZE - whole + 1, 2)
            window = np.ascontiguousarray(clean[top : top + whole, left : left + whole])
            name = self._damage(rng)
            target, worn = degrade(window, PRESETS[name], rng, unit=1.0)
            textured = np.bool_(name not in self.plain)
            made.append((target[inner, inner], worn[inner, inner], textured))
        return made

    def _damage(self, rng: np.random.Generator) -> str:
        """Name of a preset."""
        names, shares = zip(*self.mix, strict=True)
        return str(names[rng.choice(len(names), p=np.array(shares) / sum(shares))])

    def losses(self, batch: Tensors, seen: int) -> Tensors:
        """Charbonnier (fine, coarse), structure, perceptual, spectrum; on whole faces identity."""
        del seen
        weight = self.plan.loss
        y, x = (to_tensor_t(batch[k]) for k in ("input", "target"))
        out = self.networks["main"](y)
        kind = int(batch["kind"])
        if kind == 1:
            out, x = F.avg_pool2d(out, 2), F.avg_pool2d(x, 2)
        # VGG looks at no more crops than these.
        seen_by = batch["textured"].nonzero()[: 2 * self.plan.batch, 0]
        losses = {
            "pixel": weight["pixel"] * charbonnier(out, x),
            "perceptual": weight["perceptual"] * self._texture(out[seen_by], x[seen_by]),
            "structure": weight["structure"] * structure(out, x),
            "spectrum": weight["spectrum"] * frequency(out, x),
            # Wide errors drown among the fine ones, whose signs the pixel loss counts alike.
            "colour": weight["colour"] * charbonnier(F.avg_pool2d(out, 16), F.avg_pool2d(x, 16)),
        }
        if kind != 2:
            losses["identity"] = weight["identity"] * self.identity(out, x).mean()
        return losses

    def _texture(self, out: Tensor, x: Tensor) -> Tensor:
        """The perceptual distance of the pictures that it is for; nothing without any."""
        return self.perceptual(out, x) if len(out) else out.new_zeros(())

    def validate(self, networks: nn.ModuleDict) -> dict[str, float]:
        """PSNR and identity cosine (teacher) by strength on some validation faces."""
        figures: dict[str, float] = {}
        for strength, (targets, inputs) in self.checks.items():
            outs = self._restore(networks, inputs)
            figures[f"psnr-{strength}"] = float(
                np.mean([psnr(a, b) for a, b in zip(outs, targets, strict=True)])
            )
            distance = self.identity(to_tensor(outs, self.device), to_tensor(targets, self.device))
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
    return np.asarray(odds / odds.sum(), np.float64)


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
