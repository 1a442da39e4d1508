"""Training of TGRN on the frozen prior and registration.

Fidelity is 0 throughout: the program fades the result towards I_F. Some of the batches carry
references: the right person's, a wrong one's, or none, with the same goal, so that a wrong one
does no harm. The network that is averaged and released is CodeFormer++ as a whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from engine.networks.codeformer_pp import CodeFormerPlusPlus
from engine.networks.registration import enlarge_field, folding
from engine.training import adversarial, earlier
from engine.training.face_stage import FaceStage, freeze
from engine.training.metric_learning import MetricSpace, hard_negatives, hard_positive
from engine.training.stage import Batch, Tensors, to_tensor, to_tensor_t

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.training.plan import Plan


class Training(FaceStage):
    """Fusion.

    Reads of the plan's data table: ``prior``, ``registration``, ``recovery`` (earlier weights),
    ``mix``, ``references`` (share of batches with some), ``right`` and ``wrong`` (shares among
    those), ``triplet_from`` (samples), the adversary's keys.
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self.main = CodeFormerPlusPlus(self.config)
        freeze(self.main.codeformer)
        freeze(self.main.registration)
        self.networks = nn.ModuleDict({"main": self.main})
        self.renew(self.networks)
        self.metric = MetricSpace(self.perceptual, self.identity)
        self.adversary: adversarial.Adversary = adversarial.from_plan(plan)

    def renew(self, networks: nn.ModuleDict) -> None:
        """Prior and registration, from where the plan says."""
        main = self._main(networks)
        main.codeformer.load_state_dict(earlier.weights(self.plan.data["prior"]))
        if self.config.registered:
            main.registration.load_state_dict(earlier.weights(self.plan.data["registration"]))

    def batch(self, number: int) -> Batch:
        """`target`, `input` (N, S, S, 3); with some, `reference`, `present`."""
        rng = self.generator(number)
        data, count = self.plan.data, self.plan.batch
        numbers: Batch = {}
        if rng.random() >= float(data["references"]):
            numbers["target"], numbers["input"] = self.samples.pairs(rng, count, data["mix"])
            return numbers
        made, references, present = [], [], []
        for _ in range(count):
            face, other = self.samples.with_portrait(rng)
            kind = rng.random()
            if kind >= data["right"]:
                other = self.samples.anyone(rng)
            made.append(self.samples.damage(face, rng, data["mix"]))
            references.append(other)
            present.append(float(kind < data["right"] + data["wrong"]))
        numbers["target"], numbers["input"] = (np.stack(p) for p in zip(*made, strict=True))
        numbers["reference"] = np.stack(references)
        numbers["present"] = np.array(present, np.float32)
        return numbers

    def losses(self, batch: Tensors, seen: int) -> Tensors:
        """Pixel, perceptual, identity, adversarial, triplet."""
        weight = self.plan.loss
        x, y = to_tensor_t(batch["target"]), to_tensor_t(batch["input"])
        fidelity = torch.zeros_like(y[:, 0, 0, 0])
        reference, present = None, batch.get("present")
        with torch.no_grad():
            ends = self.main.ends(self.entry(y))
            registered = self.main.register(ends.faithful, ends.prior)
            if present is not None:
                reference = self.main.register(ends.faithful, to_tensor_t(batch["reference"]))
        damaged = y if self.config.fusion.damaged else None
        out = self.main.fusion(ends.faithful, registered, fidelity, reference, present, damaged)
        terms = self.anchors(out, x)
        terms["identity"] = weight["identity"] * self.identity(out, x).mean()
        judged = self.adversary.generator_loss(
            out, x, terms["pixel"] + terms["perceptual"], self.main.fusion.last, seen
        )
        if judged is not None:
            terms["adversarial"] = weight["adversarial"] * judged
        if weight["triplet"] and seen >= int(self.plan.data["triplet_from"]):
            positive = hard_positive(ends.faithful, registered)
            negative = hard_negatives(ends.faithful, ends.prior, positive)
            terms["triplet"] = weight["triplet"] * self.metric.loss(out, positive, negative)[0]
        return terms

    def adversary_loss(self, seen: int) -> Tensor | None:
        """The discriminator's loss on the last pair."""
        return self.adversary.discriminator_loss(seen // self.plan.batch)

    def restore(self, networks: nn.ModuleDict, y: Tensor) -> Tensor:
        """The richest end, fidelity 0."""
        return self._at(networks, 0.0)(y)

    def ways(self, networks: nn.ModuleDict) -> list[Callable[[Tensor], Tensor]]:
        """I_G registered; fidelity 0, 0.5, 1 (I_F)."""
        main = self._main(networks)

        def registered(y: Tensor) -> Tensor:
            warped: Tensor = main(self.given(y), torch.zeros_like(y[:, 0, 0, 0])).registered
            return warped

        return [registered, *(self._at(networks, s) for s in (0.0, 0.5, 1.0))]

    def validate(self, networks: nn.ModuleDict) -> dict[str, float]:
        """As the base; identity by fidelity, folding, and the triplet's cosines."""
        figures = super().validate(networks)
        main = self._main(networks)
        for s in (0.5, 1.0):
            _, figures[f"identity-standard-s{s}"] = self.measure("standard", self._at(networks, s))
        folds, near, far = [], [], []
        k = self.config.registration.reduction
        for worn in self.checks["standard"][1][:8]:
            y = self.given(to_tensor(worn[None], self.device))
            found = main(y, torch.zeros(1, device=self.device))
            field = main.registration(
                *(nn.functional.avg_pool2d(p, k) for p in (found.faithful, found.prior))
            )
            folds.append(float(folding(enlarge_field(field, k))))
            positive = hard_positive(found.faithful, found.registered)
            _, p, n = self.metric.loss(found.output, positive, found.faithful)
            near.append(float(p))
            far.append(float(n))
        figures |= {
            "folding": float(np.mean(folds)),
            "cosine-positive": float(np.mean(near)),
            "cosine-negative": float(np.mean(far)),
        }
        return figures

    def given(self, y: Tensor) -> Tensor:
        """(N, 3, S, S) damaged -> what the network as a whole reads."""
        entry: Tensor = self.entry(y)
        return torch.cat([entry, y], dim=1) if self.config.fusion.damaged else entry

    @staticmethod
    def _main(networks: nn.ModuleDict) -> CodeFormerPlusPlus:
        main = networks["main"]
        assert isinstance(main, CodeFormerPlusPlus)
        return main

    def _at(self, networks: nn.ModuleDict, fidelity: float) -> Callable[[Tensor], Tensor]:
        main = self._main(networks)

        def restored(y: Tensor) -> Tensor:
            out: Tensor = main(self.given(y), torch.full_like(y[:, 0, 0, 0], fidelity)).output
            return out

        return restored
