"""Training of DAM: registration without labels.

The frozen prior makes pairs (I_F, I_G) once, at the field's resolution, and they are kept; every
batch jitters the moving one and takes some portraits of the same person in its place, which the
reference branch of CodeFormer++ will ask for.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from engine.networks.codeformer_pp import CodeFormerPlusPlus
from engine.networks.registration import (
    Registration,
    cross_correlation,
    enlarge_field,
    folding,
    roughness,
    warp,
)
from engine.training import earlier
from engine.training.face_stage import Entry, freeze
from engine.training.kept_items import CACHE
from engine.training.samples import Samples, checks
from engine.training.stage import Batch, Stage, Tensors, to_pictures, to_tensor, to_tensor_t

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.training.plan import Plan


class Training(Stage):
    """Registration.

    Reads of the plan's data table: ``start`` (where it may start), ``prior`` (CodeFormer's
    weights), ``recovery``, ``pairs`` (how many to make), ``mix`` (damage), ``references`` (share of
    portraits), ``jitter`` (share of jittered pairs).
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        torch.manual_seed(plan.seed)
        self.config = earlier.config(plan)
        self.side = self.config.codeformer.size
        self.main = Registration(self.config.registration)
        if any(map(earlier.find, plan.data.get("start", []))):
            earlier.take(self.main, earlier.weights(plan.data["start"]))
        self.networks = nn.ModuleDict({"main": self.main})
        self.samples = Samples(plan.data, self.side)
        self.prior = CodeFormerPlusPlus(self.config).eval()
        self.prior.codeformer.load_state_dict(earlier.weights(plan.data["prior"]))
        freeze(self.prior)
        self.entry = Entry(plan, recovered=self.config.recovered)
        self.small = self.side // self.config.registration.reduction

    def place(self, device: torch.device) -> None:
        """Makes the pairs on the device, or reads the kept ones."""
        super().place(device)
        self.prior.to(device)
        self.entry.to(device)
        path = CACHE / f"registration-{self._fingerprint()}.npz"
        if path.exists():
            with np.load(path) as kept:
                self.pairs, self.checks = kept["pairs"], kept["checks"]
            return
        rng = np.random.default_rng(self.plan.seed)
        made = []
        count = int(self.plan.data["pairs"])
        for start in range(0, count, 8):
            _, inputs = self.samples.pairs(rng, min(8, count - start), self.plan.data["mix"])
            made.append(self._ends(inputs))
        self.pairs = np.concatenate(made, axis=1)  # 2, pairs, s, s, 3
        found = checks(self.side, int(self.plan.data.get("checks", 24))).values()
        self.checks = np.concatenate([self._ends(inputs[:8]) for _, inputs in found], axis=1)
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(path, pairs=self.pairs, checks=self.checks)

    def _ends(self, inputs: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """(N, S, S, 3) damaged -> (2, N, s, s, 3): I_F and I_G shrunk."""
        with torch.no_grad(), torch.autocast(self.device.type, dtype=torch.bfloat16):
            ends = self.prior.ends(self.entry(to_tensor(inputs, self.device)))
        k = self.config.registration.reduction
        return np.stack([to_pictures(F.avg_pool2d(e, k)) for e in (ends.faithful, ends.prior)])

    def _fingerprint(self) -> str:
        data = self.plan.data
        digest = hashlib.sha256(repr((self.plan.seed, data["pairs"], data["mix"])).encode())
        state = self.prior.codeformer.state_dict() | self.entry.state_dict(prefix="entry.")
        for value in state.values():
            digest.update(value.float().cpu().contiguous().numpy().tobytes())
        return digest.hexdigest()[:16]

    def batch(self, number: int) -> Batch:
        """`fixed` and `moving`, (N, s, s, 3) uint8."""
        rng = self.generator(number)
        fixed, moving = [], []
        for i in rng.integers(self.pairs.shape[1], size=self.plan.batch):
            a, b = self.pairs[:, i]
            if rng.random() < float(self.plan.data["references"]):
                a, b = (
                    np.asarray(cv2.resize(p, (self.small,) * 2, interpolation=cv2.INTER_AREA))
                    for p in self.samples.person(rng)
                )
            elif rng.random() < float(self.plan.data["jitter"]):
                b = _jitter(b, rng)
            if rng.random() < 0.5:
                a, b = a[:, ::-1], b[:, ::-1]
            fixed.append(a)
            moving.append(b)
        return {"fixed": np.stack(fixed), "moving": np.stack(moving)}

    def losses(self, batch: Tensors, seen: int) -> Tensors:
        """1 - local correlation of fixed and warped, and the field's roughness."""
        del seen
        fixed, moving = to_tensor_t(batch["fixed"]), to_tensor_t(batch["moving"])
        field = self.main(fixed, moving)
        likeness = cross_correlation(fixed, warp(moving, field))
        return {
            "correlation": self.plan.loss["correlation"] * (1 - likeness),
            "smoothness": self.plan.loss["smoothness"] * roughness(field),
        }

    def validate(self, networks: nn.ModuleDict) -> dict[str, float]:
        """Correlation before and after, folding at both resolutions, size of the field at 512."""
        fixed, moving = (to_tensor(p, self.device) for p in self.checks)
        field = networks["main"](fixed, moving)
        k = self.config.registration.reduction
        full = enlarge_field(field, k)
        return {
            "correlation-before": float(cross_correlation(fixed, moving)),
            "correlation-after": float(cross_correlation(fixed, warp(moving, field))),
            "folding": float(folding(field)),
            "folding-full": float(folding(full)),
            "displacement": float(full.norm(dim=1).mean()),
            "displacement-largest": float(full.norm(dim=1).max()),
        }

    def sheet(self, networks: nn.ModuleDict) -> NDArray[np.uint8]:
        """I_F, I_G, I_warp, and the differences to I_F before and after, four times as strong."""
        fixed, moving = (to_tensor(p[::3][:8], self.device) for p in self.checks)
        warped = warp(moving, networks["main"](fixed, moving))
        differences = [(m - fixed).abs() * 4 - 1 for m in (moving, warped)]
        rows: list[Any] = [
            np.concatenate(list(to_pictures(p)), axis=1)
            for p in (fixed, moving, warped, *differences)
        ]
        return np.concatenate(rows, axis=0)


def _jitter(picture: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """A small similarity: 2 degrees, 2 % in size, 1.5 % of the side in place."""
    side = picture.shape[0]
    matrix = cv2.getRotationMatrix2D(
        (side / 2, side / 2), rng.uniform(-2, 2), rng.uniform(0.98, 1.02)
    )
    matrix[:, 2] += rng.uniform(-0.015, 0.015, 2) * side
    return np.asarray(
        cv2.warpAffine(picture, matrix, (side, side), borderMode=cv2.BORDER_REPLICATE), np.uint8
    )
