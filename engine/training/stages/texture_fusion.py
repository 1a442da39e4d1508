"""Training of TGRN on the frozen prior and registration.

Fidelity is 0 throughout: the program fades the result towards I_F. Some of the batches carry
references: the right person's, a wrong one's, or none, with the same goal, so that a wrong one
does no harm. What the frozen networks make may be made once and kept (`engine.training.kept_ends`);
then most batches are parts of faces, of which four count as a face, and cost as much. The network
that is averaged and released is CodeFormer++ as a whole.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from engine.networks.codeformer_pp import CodeFormerPlusPlus, Restored
from engine.networks.registration import enlarge_field, folding
from engine.training import adversarial, earlier
from engine.training.face_stage import FaceStage, freeze
from engine.training.kept_ends import KeptEnds, draw, draw_lent, fill, folder_of
from engine.training.kept_items import CACHE
from engine.training.metric_learning import MetricSpace, hard_negatives, hard_positive
from engine.training.opponent import Exhibit
from engine.training.stage import Batch, Tensors, to_tensor, to_tensor_t

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.training.opponent import Opponent
    from engine.training.plan import Plan


#: Share of a judgement where nothing is damaged.
LEAST_JUDGED = 0.3


def judged_share(faithful: Tensor, x: Tensor, whole: float) -> Tensor:
    """How far each sample is judged: less where the faithful end is near the truth.

    What it lacks there is little, and contours begin to look drawn.

    Args:
        faithful: (N, 3, S, S).
        x: (N, 3, S, S), the truth.
        whole: their distance, root of the mean square, from which a sample is judged in full.

    Returns:
        (N,), `LEAST_JUDGED` .. 1.
    """
    apart = (faithful - x).square().mean((1, 2, 3)).sqrt()
    return (apart / whole).clamp(LEAST_JUDGED, 1.0)


class Training(FaceStage):
    """Fusion.

    Reads of the plan's data table: ``prior``, ``registration``, ``recovery`` (earlier weights),
    ``mix``, ``references`` (share of batches with some), ``right`` and ``wrong`` (shares among
    those), ``triplet_from`` (samples), ``kept`` (items to make once; 0 makes each batch anew),
    ``part_batches`` (share of batches of parts, of kept items alone), ``judged_from`` (see
    `judged_share`; 0 judges all alike), the adversary's keys.
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self.main = CodeFormerPlusPlus(self.config)
        freeze(self.main.codeformer)
        freeze(self.main.registration)
        self.networks = nn.ModuleDict({"main": self.main})
        self.renew(self.networks)
        self.metric = MetricSpace(self.perceptual, self.identity)
        self.adversary: Opponent = adversarial.from_plan(plan)
        self.kept: KeptEnds | None = None

    def renew(self, networks: nn.ModuleDict) -> None:
        """Prior and registration, from where the plan says."""
        main = self._main(networks)
        main.codeformer.load_state_dict(earlier.weights(self.plan.data["prior"]))
        if self.config.registered:
            main.registration.load_state_dict(earlier.weights(self.plan.data["registration"]))

    def place(self, device: torch.device) -> None:
        """Moves the frozen networks, and makes what is to be kept."""
        super().place(device)
        count = int(self.plan.data.get("kept", 0))
        if not count:
            return
        frozen = self.main.codeformer.state_dict() | self.main.registration.state_dict()
        frozen |= self.entry.state_dict(prefix="entry.")
        folder = folder_of(self.plan, frozen, CACHE)
        self.kept = KeptEnds(folder, self.side, count)
        self.main.eval()
        fill(
            self.kept, count, partial(draw, self.plan, self.samples), self.main, self.entry, device
        )
        self.lent = [i for i, there in enumerate(self.kept.notes) if there >= 0]

    def batch(self, number: int) -> Batch:
        """`target`, `input` (N, S, S, 3); with some, `reference`, `present`.

        Of kept items `faithful`, `prior` and `registered` as well.
        """
        rng = self.generator(number)
        if self.kept is not None:
            return self._kept_batch(self.kept, rng)
        data, count = self.plan.data, self.plan.batch
        if rng.random() >= float(data["references"]):
            target, worn = self.samples.pairs(rng, count, data["mix"])
            return {"target": target, "input": worn}
        lent = [draw_lent(self.plan, self.samples, rng) for _ in range(count)]
        numbers: Batch = {k: np.stack([item[k] for item, _ in lent]) for k in lent[0][0]}
        numbers["present"] = np.array([there for _, there in lent], np.float32)
        return numbers

    def _kept_batch(self, kept: KeptEnds, rng: np.random.Generator) -> Batch:
        side, count = self.side, self.plan.batch
        if rng.random() < float(self.plan.data.get("part_batches", 0.0)):
            side, count = self.side // 2, 4 * count
        lent = bool(self.lent) and rng.random() < float(self.plan.data["references"])
        items, present = [], []
        for _ in range(count):
            index = int(rng.choice(self.lent) if lent else rng.integers(len(kept)))
            top, left = rng.integers(0, self.side - side + 1, 2)
            item = kept.window(index, int(top), int(left), side)
            if not lent:
                item.pop("reference", None)
            if rng.random() < 0.5:
                item = {k: p[:, ::-1] for k, p in item.items()}
            items.append(item)
            present.append(kept.notes[index])
        numbers: Batch = {k: np.stack([item[k] for item in items]) for k in items[0]}
        if lent:
            numbers["present"] = np.array(present, np.float32)
        return numbers

    def losses(self, batch: Tensors, seen: int) -> Tensors:
        """Pixel, perceptual, identity of whole faces, adversarial, triplet."""
        weight = self.plan.loss
        x, y = to_tensor_t(batch["target"]), to_tensor_t(batch["input"])
        reference, present = None, batch.get("present")
        if present is not None:
            reference = to_tensor_t(batch["reference"])
        if "faithful" in batch:
            faithful, prior, registered = (
                to_tensor_t(batch[name]) for name in ("faithful", "prior", "registered")
            )
        else:
            with torch.no_grad():
                faithful, prior, _ = self.main.ends(self.entry(y))
                registered = self.main.register(faithful, prior)
                if reference is not None:
                    reference = self.main.register(faithful, reference)
        damaged = y if self.config.fusion.damaged else None
        fidelity = torch.zeros_like(y[:, 0, 0, 0])
        out = self.main.fusion(
            faithful, registered, fidelity, reference, present, damaged, self._noise(y)
        )
        terms, looked = self.anchors(out, x)
        anchor = terms["pixel"] + terms["perceptual"]
        if x.shape[-1] == self.side:
            terms["identity"] = weight["identity"] * self.identity(out, x).mean()
        judging = None
        if whole := float(self.plan.data.get("judged_from", 0.0)):
            judging = judged_share(faithful, x, whole)
        shown = Exhibit(out, x, looked, anchor, self.main.fusion.last, judging)
        judged = self.adversary.generator_loss(shown, seen)
        if judged is not None:
            terms["adversarial"] = weight["adversarial"] * judged
        late = seen >= int(self.plan.data["triplet_from"])
        if weight["triplet"] and late and x.shape[-1] == self.side:
            positive = hard_positive(faithful, registered)
            negative = hard_negatives(faithful, prior, positive)
            terms["triplet"] = weight["triplet"] * self.metric.loss(out, positive, negative)[0]
        return terms

    def adversary_loss(self, seen: int) -> Tensor | None:
        """The discriminator's loss on the last pair."""
        return self.adversary.discriminator_loss(seen // self.plan.batch)

    def _noise(self, y: Tensor) -> Tensor | None:
        """(N, 1, S, S) where TGRN takes some, drawn on the CPU, whose generator is saved."""
        if not self.config.fusion.noise:
            return None
        n, _, height, width = y.shape
        return torch.randn(n, 1, height, width).to(y.device)

    def restore(self, networks: nn.ModuleDict, y: Tensor) -> Tensor:
        """The richest end, fidelity 0."""
        return self._at(networks, 0.0)(y)

    def ways(self, networks: nn.ModuleDict) -> list[Callable[[Tensor], Tensor]]:
        """I_G registered; fidelity 0, 0.5, 1 (I_F)."""
        main = self._main(networks)

        def registered(y: Tensor) -> Tensor:
            return self._run(main, y, 0.0).registered

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
            found = self._run(main, to_tensor(worn[None], self.device), 0.0)
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

    def _run(self, main: CodeFormerPlusPlus, y: Tensor, fidelity: float) -> Restored:
        """(N, 3, S, S) damaged -> what the network as a whole makes of it, the noise always one."""
        given = [self.entry(y)]
        if self.config.fusion.damaged:
            given.append(y)
        if self.config.fusion.noise:
            fixed = torch.Generator().manual_seed(self.plan.seed)
            noise = torch.randn(1, 1, *y.shape[2:], generator=fixed).to(y.device)
            given.append(noise.expand(len(y), -1, -1, -1))
        share = torch.full_like(y[:, 0, 0, 0], fidelity)
        restored: Restored = main(torch.cat(given, dim=1), share)
        return restored

    @staticmethod
    def _main(networks: nn.ModuleDict) -> CodeFormerPlusPlus:
        main = networks["main"]
        assert isinstance(main, CodeFormerPlusPlus)
        return main

    def _at(self, networks: nn.ModuleDict, fidelity: float) -> Callable[[Tensor], Tensor]:
        main = self._main(networks)

        def restored(y: Tensor) -> Tensor:
            return self._run(main, y, fidelity).output

        return restored
