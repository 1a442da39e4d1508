"""Stage II of CodeFormer: the Transformer predicts the clean face's codes.

Book and generator stay as stage I left them; the encoder learns to read damaged faces, or their
restorations by the recovery network (`face_stage.Entry`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.networks.blocks import bounded
from engine.networks.codeformer import CodeFormer, VQAutoencoder
from engine.training import earlier
from engine.training.face_stage import FaceStage, freeze
from engine.training.kept_codes import KeptCodes, keep
from engine.training.kept_items import CACHE
from engine.training.stage import Batch, Tensors, to_tensor, to_tensor_t

if TYPE_CHECKING:
    from engine.training.plan import Plan


class CodeTeacher(nn.Module):
    """Clean face in, its codes out: stage I's frozen encoder and book."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.net = VQAutoencoder(earlier.config(plan).codeformer).eval()
        state = earlier.weights(plan.data["autoencoder"])
        self.net.load_state_dict({k: v for k, v in state.items() if k in self.net.state_dict()})
        freeze(self)

    @torch.no_grad()
    def forward(self, x: Tensor) -> Tensor:
        """(N, 3, S, S) in [-1, 1] -> (N, S/32, S/32) int64."""
        return self.net.quantize.nearest(self.net.encode(x)[0])


class Training(FaceStage):
    """Stage II.

    Reads of the plan's data table: ``autoencoder`` (stage I's weights), ``start`` (whose
    Transformer it may start from), ``mix``, ``recovery``, ``kept`` (items to make once, see
    `engine.training.kept_codes`; 0 makes each batch anew), ``part_batches`` (share of batches of
    parts, each of which counts as a sample; of kept items alone).
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self.main = CodeFormer(self.config.codeformer)
        if any(map(earlier.find, plan.data.get("start", []))):
            earlier.take(self.main, earlier.weights(plan.data["start"]))
        self.stage_one = earlier.weights(plan.data["autoencoder"])
        earlier.take(self.main, self.stage_one)
        for part in (self.main.generator, self.main.quantize, self.main.fuse_convs_dict):
            freeze(part)
        self.networks = nn.ModuleDict({"main": self.main})
        self.teacher = CodeTeacher(plan)
        self.kept: KeptCodes | None = None

    def renew(self, networks: nn.ModuleDict) -> None:
        """Book and generator of stage I as it is by now."""
        for name in ("quantize", "generator"):
            earlier.take(networks["main"], self.stage_one, f"{name}.")

    def place(self, device: torch.device) -> None:
        """Moves the frozen networks, and makes what is to be kept."""
        super().place(device)
        self.teacher.to(device)
        if self.plan.data.get("kept", 0):
            self.kept = keep(self.plan, self.samples, self.entry, self.teacher, device, CACHE)

    def batch(self, number: int) -> Batch:
        """`target` and `input`, (N, S, S, 3) uint8: whole faces, heavily damaged.

        Of kept items see `KeptCodes.batch`.
        """
        rng = self.generator(number)
        if self.kept is not None:
            part = rng.random() < float(self.plan.data.get("part_batches", 0.0))
            return self.kept.batch(rng, self.plan.batch, self.side // 2 if part else self.side)
        targets, inputs = self.samples.pairs(rng, self.plan.batch, self.plan.data["mix"])
        return {"target": targets, "input": inputs}

    def losses(self, batch: Tensors, seen: int) -> Tensors:
        """Cross-entropy of the codes, and the encoder's distance to the clean face's codes."""
        del seen
        if "codes" in batch:
            row, column = batch["corner"].tolist()
            z, _ = self.main.encode(to_tensor_t(batch["seen"]))
            return self.code_losses(z, self.main.predict(z, (row, column)), batch["codes"])
        codes = self.teacher(to_tensor_t(batch["target"]))
        z, _ = self.main.encode(self.entry(to_tensor_t(batch["input"])))
        return self.code_losses(z, self.main.predict(z), codes)

    def code_losses(self, z: Tensor, logits: Tensor, codes: Tensor) -> Tensors:
        """Weighted: latent (N, C, h, w), logits (N, hw, codes), codes (N, h, w)."""
        weight = self.plan.loss
        entropy = F.cross_entropy(logits.flatten(0, 1), codes.flatten())
        feature = F.mse_loss(z.float(), self.main.quantize.lookup(codes))
        return {"entropy": weight["entropy"] * entropy, "feature": weight["feature"] * feature}

    def restore(self, networks: nn.ModuleDict, y: Tensor) -> Tensor:
        """The generative end, without fusion."""
        main = networks["main"]
        assert isinstance(main, CodeFormer)
        return bounded(main.restore(self.entry(y)))

    def validate(self, networks: nn.ModuleDict) -> dict[str, float]:
        """As the base; the share of right codes by strength, and how many codes are predicted."""
        figures = super().validate(networks)
        main = networks["main"]
        assert isinstance(main, CodeFormer)
        for strength, (targets, inputs) in self.checks.items():
            right: list[float] = []
            counts = torch.zeros(main.config.codes, device=self.device)
            for target, worn in zip(targets, inputs, strict=True):
                codes = self.teacher(to_tensor(target[None], self.device)).flatten()
                z, _ = main.encode(self.entry(to_tensor(worn[None], self.device)))
                predicted = main.predict(z).argmax(2).flatten()
                right.append(float((predicted == codes).float().mean()))
                counts += torch.bincount(predicted, minlength=main.config.codes)
            share = counts / counts.sum()
            figures[f"codes-right-{strength}"] = sum(right) / len(right)
            figures[f"perplexity-{strength}"] = float(
                torch.exp(-(share * (share + 1e-10).log()).sum())
            )
        return figures
