"""Training of the identity recovery network: regression, perceptual and identity losses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.faces.face import CROP_SIZE
from engine.networks.identity_recovery import IdentityRecovery, IdentityRecoveryConfig
from engine.training import earlier
from engine.training.degradation import PRESETS, degrade
from engine.training.face_stage import FaceStage
from engine.training.losses import charbonnier, frequency, structure
from engine.training.samples import PART, SMALL
from engine.training.stage import Batch, Tensors, to_tensor_t

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.training.plan import Plan


#: Margin around a part, in pixels of the 512 template.
MARGIN = 32


class Training(FaceStage):
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
        main = IdentityRecovery(IdentityRecoveryConfig(**earlier.options(plan)))
        self.networks = nn.ModuleDict({"main": main})
        self.mix = list(plan.data["mix"].items())
        self.part = int(plan.data.get("part", 256))
        self.part_count = int(plan.data.get("part_count", 2))
        self.plain = set(plan.data.get("plain", []))

    def restore(self, networks: nn.ModuleDict, y: Tensor) -> Tensor:
        """See `FaceStage.restore`."""
        restored: Tensor = networks["main"](y)
        return restored

    def batch(self, number: int) -> Batch:
        """`target` and `input`, (N, S, S, 3) uint8, `textured`, (N,) bool, and `kind`.

        The three kinds of batch of `Samples`; parts of faces teach texture for a fraction of the
        work while the whole faces teach the person.
        """
        rng = self.generator(number)
        kind = self.samples.kind(rng)
        faces, odds = self.samples.of(kind)
        pairs = [
            pair
            for i in rng.choice(len(faces), self.plan.batch, p=odds)
            for pair in self._pairs(faces.at(int(i), CROP_SIZE), rng, parts=kind == PART)
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
        if kind == SMALL:
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
        if kind != PART:
            losses["identity"] = weight["identity"] * self.identity(out, x).mean()
        return losses

    def _texture(self, out: Tensor, x: Tensor) -> Tensor:
        """The perceptual distance of the pictures that it is for; nothing without any."""
        return self.perceptual(out, x) if len(out) else out.new_zeros(())
