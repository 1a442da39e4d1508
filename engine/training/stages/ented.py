"""Training of ENTED: faces with right, wrong and missing references, damage mostly severe.

The losses are those of `engine.training.reference_losses`. The reference's modules learn faster
than the rest, the identity loss is computed at every step and, where the reference is right,
partly against the reference itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.networks.ented import Ented, EntedConfig
from engine.networks.ented_start import start_from
from engine.training import adversarial, earlier, material
from engine.training.dictionary_words import DictionaryWords
from engine.training.face_stage import Entry, perceptual
from engine.training.faces import read_shards
from engine.training.latent_stage import embedder
from engine.training.losses import OwnIdentity, TeacherIdentity, frequency
from engine.training.metrics import psnr
from engine.training.opponent import Exhibit
from engine.training.reference_checks import Check, checks
from engine.training.reference_losses import gate_loss, identity_loss, transfer_loss
from engine.training.reference_samples import ReferenceSamples
from engine.training.reference_trust import ReferenceTrust, sharpnesses
from engine.training.stage import Batch, Stage, Tensors, to_pictures, to_tensor, to_tensor_t

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.training.opponent import Opponent
    from engine.training.plan import Plan

#: Parts that carry the reference, and those that join the faithful restoration.
FAST_PARTS = (
    *("reference", "textures", "carrier", "agreement", "refine"),
    *("entry", "head_recovered", "choose", "lean", "from_noise", "head_noise"),
)


class Training(Stage):
    """Whole faces; a share of the batches holds 256 px sources, compared at 256.

    Reads of the plan's data table: ``start`` and ``recovery`` (earlier runs), ``dictionary`` and
    ``words`` (see `engine.training.dictionary_words`), ``side`` (of the faces, 512), ``small``
    (share of the batches of 256 px sources), ``mix`` (damage), ``pairs`` (see
    `engine.training.pairs.Mix`), ``persons`` (who may make real pairs: so many, drawn by the seed;
    all without), ``reference_rate``, ``identity_reference``, ``checks`` (validation faces), the
    keys of `perceptual`, ``trusted`` (portraits come as far as the reference check trusts them, see
    `engine.training.reference_trust`), ``own_identity`` (share of the identity loss that our
    embedder has, 0), ``jitter`` (pixels, see `jittered`, 0), and the
    adversary's keys.
    """

    adversary: Opponent | None = None

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        torch.manual_seed(plan.seed)
        self.main = Ented(EntedConfig(**earlier.options(plan)))
        self.networks = nn.ModuleDict({"main": self.main})
        self._start()
        where = material.folder("faces")
        self.faces = read_shards(where, "train")
        data = plan.data
        self.side = int(data.get("side", 512))
        self.identity_share = float(data.get("identity_reference", 0.3))
        self.samples = ReferenceSamples(plan, self.faces, self.side)
        self.entry = Entry(plan, recovered=self.main.config.recovered)
        self.perceptual = perceptual(plan)
        self.identity = TeacherIdentity()
        self.own_share = float(data.get("own_identity", 0.0))
        self.own = OwnIdentity(embedder(plan)) if self.own_share else None
        self.jitter = int(data.get("jitter", 0)) * self.side // 512
        self.trust = ReferenceTrust(plan) if self.samples.trusted else None
        self.checks = checks(read_shards(where, "val"), int(data.get("checks", 20)), self.side)
        if "adversary_start" in data:
            self.adversary = adversarial.from_plan(plan)

    def _start(self) -> None:
        """Weights of earlier runs, where there are any; a resumed run overwrites them.

        ``start`` names the identity recovery network, for encoders and renderer.
        """
        data = self.plan.data
        taken = 0
        if any(map(earlier.find, data.get("start", []))):
            taken = start_from(self.main, earlier.weights(data["start"]))
        self.words = DictionaryWords(self.plan)
        self.words.give(self.main)
        print(
            f"ented: {taken} tensors of an earlier run, dictionary "
            + ("of an earlier run, kept" if self.words.kept else "trained along"),
            flush=True,
        )

    def renew(self, networks: nn.ModuleDict) -> None:
        """The kept dictionary, where there is one."""
        main = networks["main"]
        assert isinstance(main, Ented)
        self.words.give(main)

    def place(self, device: torch.device) -> None:
        """Moves the frozen networks."""
        super().place(device)
        self.perceptual.to(device)
        self.identity.to(device)
        self.entry.to(device)
        self.words.to(device)
        if self.own is not None:
            self.own.to(device)
        if self.trust is not None:
            self.trust.to(device)

    def parameter_groups(self) -> list[tuple[list[nn.Parameter], float]]:
        """The reference's modules learn faster (three times)."""
        fast: list[nn.Parameter] = []
        slow: list[nn.Parameter] = []
        for name, weight in self.main.named_parameters():
            if weight.requires_grad:
                (fast if name.split(".")[0] in FAST_PARTS else slow).append(weight)
        return [(slow, 1.0), (fast, float(self.plan.data.get("reference_rate", 3.0)))]

    # ------------------------------------------------------------------ data
    def batch(self, number: int) -> Batch:
        """Faces with their references.

        `target` and `input` (N, S, S, 3) and `references` (N, R, S, S, 3) are uint8,
        `mask` (N, R), `right` and `fidelity` (N,) are float32; see `ReferenceSamples.batch`.
        """
        return self.samples.batch(self.generator(number), self.plan.batch)

    # ------------------------------------------------------------------ losses
    def losses(self, batch: Tensors, seen: int) -> Tensors:
        """Picture, identity, transfer, dictionary and gate losses; the adversary's late."""
        weight = self.plan.loss
        y, x = to_tensor_t(batch["input"]), to_tensor_t(batch["target"])
        n, places = batch["mask"].shape
        portraits = to_tensor_t(batch["references"].flatten(0, 1))
        encoded, extraction = self.main.encode(portraits)
        given = self._input(y)
        references = portraits.reshape(n, places, *portraits.shape[1:])
        mask = batch["mask"]
        if self.trust is not None:
            mask = self.trust(*self._faces(given), references, mask, batch["sharpness"])
        made = self.main.restore(given, batch["fidelity"], mask, encoded.grouped(n, places))
        out, right = made.picture, batch["right"]
        seen_out, truth = out, x
        if int(batch["small"]) and self.side > 256:
            seen_out, truth = F.avg_pool2d(out, 2), F.avg_pool2d(x, 2)
        distance, looked = self.perceptual.compare(seen_out, truth)
        # Faithful positions of the slider are held closer to the truth's pixels.
        pixel = torch.sqrt((seen_out - truth) ** 2 + 1e-6).mean((1, 2, 3))
        losses = {
            "pixel": weight["pixel"] * (pixel * (0.5 + batch["fidelity"])).mean(),
            "perceptual": weight["perceptual"] * distance,
            "spectrum": weight["spectrum"] * frequency(seen_out, truth),
            "identity": weight["identity"] * self._identity(out, x, references, batch, given),
            "transfer": weight["transfer"]
            * transfer_loss(x, references, right, made.attention, made.distribution, extraction),
            "gate": weight["gate"] * gate_loss(made.agreement, batch["mask"], right),
        }
        if made.quantised is not None:
            drawn = self.words.loss(self.main, x, made.code, seen // self.plan.batch)
            losses["dictionary"] = weight["dictionary"] * drawn
        if self.adversary is None:
            return losses
        # A 256 px source has no detail to teach a judge; and what neither photograph nor portrait
        # tells would be patterns made up to please it.
        lent = mask.amax(1)
        if int(batch["small"]) or not bool(lent.any()):
            self.adversary.skip()
            return losses
        last = self.main.out.weight
        assert isinstance(last, nn.Parameter)
        shown = Exhibit(out, x, looked, losses["pixel"] + losses["perceptual"], last, lent)
        judged = self.adversary.generator_loss(shown, seen)
        if judged is not None:
            losses["adversarial"] = weight["adversarial"] * judged
        return losses

    def _identity(
        self, out: Tensor, x: Tensor, references: Tensor, batch: Tensors, given: Tensor
    ) -> Tensor:
        """By the teacher and, for its share, our embedder."""
        faithful = given[:, 3:6] if self.main.config.recovered else None
        judges = [(1 - self.own_share, self.identity), (self.own_share, self.own)]
        total = out.new_zeros(())
        for part, judge in judges:
            if judge is not None and part:
                share = batch["right"] * self.identity_share
                seen = (out, x, references, batch["mask"], share, faithful, self.jitter)
                total = total + part * identity_loss(judge, *seen)
        return total

    def _input(self, y: Tensor, noise: torch.Generator | None = None) -> Tensor:
        """(N, 3, S, S) degraded -> what the network takes; noise of torch's generator, or another.

        It is drawn on the CPU, whose generator is saved.
        """
        given = [y]
        if self.main.config.recovered:
            given.append(self.entry(y))
        if self.main.config.noise:
            given.append(torch.randn(len(y), 1, *y.shape[2:], generator=noise).to(y.device))
        return torch.cat(given, dim=1)

    def _faces(self, given: Tensor) -> tuple[Tensor, Tensor]:
        """Damaged and recovered, of what the network takes; without the latter twice the former."""
        return given[:, :3], given[:, 3:6] if self.main.config.recovered else given[:, :3]

    def adversary_loss(self, seen: int) -> Tensor | None:
        """Of the pair that the last step remembered."""
        if self.adversary is None:
            return None
        return self.adversary.discriminator_loss(seen // self.plan.batch)

    # ------------------------------------------------------------------ validation
    def validate(self, networks: nn.ModuleDict) -> dict[str, float]:
        """Identity and PSNR on validation persons, at two strengths.

        Identity is the cosine to the truth by the teacher, without a reference, with a right and
        with a wrong one; ``gain`` is what the right one brings, ``cost`` what the wrong one takes.
        """
        figures: dict[str, float] = {}
        for strength, check in self.checks.items():
            truth = self._embed(check.targets)
            for kind, references in check.references().items():
                outs = self._restore(networks, check, references)
                figures[f"identity-{strength}-{kind}"] = float(
                    (self._embed(outs) * truth).sum(1).mean()
                )
                if kind == "right":
                    figures[f"psnr-{strength}"] = float(
                        np.mean([psnr(a, b) for a, b in zip(outs, check.targets, strict=True)])
                    )
            base = figures[f"identity-{strength}-none"]
            figures[f"gain-{strength}"] = figures[f"identity-{strength}-right"] - base
            figures[f"cost-{strength}"] = base - figures[f"identity-{strength}-wrong"]
        if self.main.config.dictionary:
            figures["perplexity"] = self.main.dictionary.perplexity()
        return figures

    def sheet(self, networks: nn.ModuleDict) -> NDArray[np.uint8]:
        """Six columns: input, no reference, right reference, wrong one, reference, truth."""
        rows = []
        for full in self.checks.values():
            check = full.first(6)
            made = [self._restore(networks, check, r) for r in check.references().values()]
            columns = [check.inputs, *made, check.right, check.targets]
            rows += [np.concatenate(row, axis=1) for row in zip(*columns, strict=True)]
        return np.ascontiguousarray(np.concatenate(rows, axis=0)[::2, ::2])

    def _restore(
        self, networks: nn.ModuleDict, check: Check, references: NDArray[np.uint8] | None
    ) -> NDArray[np.uint8]:
        outs = []
        for i in range(0, len(check.inputs), 4):
            y = to_tensor(check.inputs[i : i + 4], self.device)
            given = self._input(y, torch.Generator().manual_seed(self.plan.seed))
            portrait = torch.zeros_like(y)
            if references is not None:
                portrait = to_tensor(references[i : i + 4], self.device)
            mask = torch.full((len(y), 1), float(references is not None), device=self.device)
            if self.trust is not None:
                sharp = torch.from_numpy(sharpnesses(check.inputs[i : i + 4])).to(self.device)
                mask = self.trust(*self._faces(given), portrait[:, None], mask, sharp)
            middle = torch.full((len(y),), 0.5, device=self.device)
            with torch.autocast(self.device.type, dtype=torch.bfloat16):
                outs.append(to_pictures(networks["main"](given, portrait[:, None], mask, middle)))
        return np.concatenate(outs)

    def _embed(self, pictures: NDArray[np.uint8]) -> Tensor:
        return self.identity.embed(to_tensor(pictures, self.device))
