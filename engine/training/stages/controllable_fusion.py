"""Stage III of CodeFormer: the controllable feature transform.

Codes go on as in stage II; picture losses move the fusion blocks alone (encoder features are
detached, codes have no gradient). Small damage with w = 1 first; then w is drawn, so that every w
works, not only the one trained at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from engine.networks.blocks import bounded
from engine.networks.codeformer import CodeFormer
from engine.networks.codeformer_bodies import ControllableTransform
from engine.training import adversarial, earlier
from engine.training.opponent import Exhibit
from engine.training.stage import to_tensor_t
from engine.training.stages.code_prediction import Training as CodePrediction

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor, nn

    from engine.training.opponent import Opponent
    from engine.training.plan import Plan
    from engine.training.stage import Batch, Tensors


class Training(CodePrediction):
    """Stage III.

    Reads of the plan's data table: ``prior`` (stage II's weights), ``autoencoder``, ``mix`` and
    ``mix_small`` (damage), ``curriculum`` (first share of the run, small damage and w = 1),
    ``codes_only`` (share of the later batches without picture losses), the adversary's keys.
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        earlier.take(self.main, earlier.weights(plan.data["prior"]))
        self.main.fuse_convs_dict.requires_grad_(requires_grad=True)
        self.adversary: Opponent = adversarial.from_plan(plan)
        finest = self.main.fuse_convs_dict[str(max(self.config.codeformer.fuse))]
        assert isinstance(finest, ControllableTransform)
        self.last: nn.Parameter = finest.last

    def batch(self, number: int) -> Batch:
        """`target`, `input`, and `w`: NaN stands for codes only, with the heavier damage."""
        rng = self.generator(number)
        data = self.plan.data
        early = number * self.plan.batch < float(data["curriculum"]) * self.plan.samples
        w = 1.0
        if not early and rng.random() < float(data["codes_only"]):
            w = float("nan")
        elif not early and rng.random() < 0.5:
            w = float(rng.uniform(0.05, 1.0))
        mix = data["mix"] if np.isnan(w) else data["mix_small"]
        targets, inputs = self.samples.pairs(rng, self.plan.batch, mix)
        return {"target": targets, "input": inputs, "w": np.array([w], np.float32)}

    def losses(self, batch: Tensors, seen: int) -> Tensors:
        """Stage II's losses; pixel, perceptual, identity and adversarial ones of the picture."""
        weight = self.plan.loss
        x, y = to_tensor_t(batch["target"]), to_tensor_t(batch["input"])
        z, maps = self.main.encode(y)
        logits = self.main.predict(z)
        terms = self.code_losses(z, logits, self.teacher(x))
        if torch.isnan(batch["w"]).item():
            self.adversary.skip()
            return terms
        out = self.main.generate(self.main.look_up(logits), maps, batch["w"])
        held, looked = self.anchors(out, x)
        terms |= held
        terms["identity"] = weight["identity"] * self.identity(out, x).mean()
        shown = Exhibit(out, x, looked, held["pixel"] + held["perceptual"], self.last)
        judged = self.adversary.generator_loss(shown, seen)
        if judged is not None:
            terms["adversarial"] = weight["adversarial"] * judged
        return terms

    def adversary_loss(self, seen: int) -> Tensor | None:
        """The discriminator's loss on the last pair."""
        return self.adversary.discriminator_loss(seen // self.plan.batch)

    def restore(self, networks: nn.ModuleDict, y: Tensor) -> Tensor:
        """The faithful end, w = 1."""
        return self._at(networks, 1.0)(y)

    def ways(self, networks: nn.ModuleDict) -> list[Callable[[Tensor], Tensor]]:
        """Weights 0, 0.5 and 1."""
        return [self._at(networks, w) for w in (0.0, 0.5, 1.0)]

    def validate(self, networks: nn.ModuleDict) -> dict[str, float]:
        """As stage II, at w = 1; and the identity by w at standard damage."""
        figures = super().validate(networks)
        for w in (0.0, 0.5):
            _, figures[f"identity-standard-w{w}"] = self.measure("standard", self._at(networks, w))
        return figures

    @staticmethod
    def _at(networks: nn.ModuleDict, w: float) -> Callable[[Tensor], Tensor]:
        main = networks["main"]
        assert isinstance(main, CodeFormer)
        net = main
        return lambda y: bounded(net.restore(y, torch.full_like(y[:, 0, 0, 0], w)))
