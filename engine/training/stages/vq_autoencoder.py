"""Stage I of CodeFormer: the vector-quantised autoencoder of clean faces.

Its encoder may start from the identity recovery network's, or all of it from an earlier run. For
the first samples the latent passes unquantised; then the book starts by k-means from many
latents, and codes that nobody uses are moved onto the latents of the day (section 5.3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from engine.networks.blocks import bounded
from engine.networks.codeformer import VQAutoencoder
from engine.training import adversarial, earlier
from engine.training.face_stage import FaceStage
from engine.training.opponent import Exhibit
from engine.training.samples import SMALL
from engine.training.stage import Batch, Tensors, to_tensor, to_tensor_t

if TYPE_CHECKING:
    from engine.training.opponent import Opponent
    from engine.training.plan import Plan

#: Batches whose latents start the book; numbers that no run reaches.
START_BATCHES, START_NUMBER = 16, 1 << 40


class Training(FaceStage):
    """Stage I.

    Reads of the plan's data table: ``start`` (where all of it may start), ``encoder`` (where its
    encoder may start otherwise), ``quantise_from`` (samples), ``reseed_every`` and
    ``reseed_until`` (steps, samples), ``book_rate`` (the book's learning rate against the
    encoder's, 1: a code moves only when it is used, and lags behind an encoder of its own rate),
    and the adversary's keys.
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self.main = VQAutoencoder(self.config.codeformer)
        for key, prefix in (("start", ""), ("encoder", "encoder.")):
            sources = plan.data.get(key, [])
            if any(earlier.find(s) for s in sources):
                taken = earlier.take(self.main, earlier.weights(sources), prefix)
                print(f"{taken} tensors of {sources}", flush=True)
                break
        self.networks = nn.ModuleDict({"main": self.main})
        self.adversary: Opponent = adversarial.from_plan(plan)

    def parameter_groups(self) -> list[tuple[list[nn.Parameter], float]]:
        """The book by itself."""
        book = list(self.main.quantize.parameters())
        rest = [*self.main.encoder.parameters(), *self.main.generator.parameters()]
        return [(rest, 1.0), (book, float(self.plan.data.get("book_rate", 1.0)))]

    def batch(self, number: int) -> Batch:
        """`target` (N, S, S, 3) uint8 and `kind`."""
        rng = self.generator(number)
        kind = self.samples.kind(rng)
        targets, _ = self.samples.pairs(rng, self.plan.batch, None, kind)
        return {"target": targets, "kind": np.array(kind)}

    def losses(self, batch: Tensors, seen: int) -> Tensors:
        """Pixel, perceptual, identity on wholes, the book's two terms, and the adversary's."""
        weight, kind = self.plan.loss, int(batch["kind"])
        x = to_tensor_t(batch["target"])
        z, _ = self.main.encode(x)
        terms: Tensors = {}
        if seen >= int(self.plan.data.get("quantise_from", 0)):
            self._tend(z.detach(), seen)
            quantised = self.main.quantize(z)
            z = quantised.z_q
            terms["codebook"] = weight["codebook"] * quantised.codebook_loss
            terms["commitment"] = weight["codebook"] * quantised.commitment_loss
        out = self.main.generator(z)
        held, looked = self.anchors(out, x, kind)
        terms |= held
        if kind == SMALL:
            self.adversary.skip()
            return terms
        if x.shape[-1] == self.side and weight.get("identity", 0.0):
            terms["identity"] = weight["identity"] * self.identity(out, x).mean()
        shown = Exhibit(
            out, x, looked, held["pixel"] + held["perceptual"], self.main.generator.last
        )
        judged = self.adversary.generator_loss(shown, seen)
        if judged is not None:
            terms["adversarial"] = weight["adversarial"] * judged
        return terms

    def adversary_loss(self, seen: int) -> Tensor | None:
        """The discriminator's loss on the last pair."""
        return self.adversary.discriminator_loss(seen // self.plan.batch)

    def _tend(self, z: Tensor, seen: int) -> None:
        """Starts the book, or moves its unused codes."""
        book = self.main.quantize
        if not book.started:
            latents = []
            for i in range(START_BATCHES):
                faces = to_tensor(self.batch(START_NUMBER + i)["target"], self.device)
                with torch.no_grad():
                    found, _ = self.main.encode(faces)
                latents.append(found.float().permute(0, 2, 3, 1).reshape(-1, book.width))
            book.start_from(torch.cat(latents))
        every = int(self.plan.data.get("reseed_every", 200))
        until = int(self.plan.data.get("reseed_until", self.plan.samples // 2))
        if seen < until and (seen // self.plan.batch) % every == every - 1:
            moved = book.reseed(z)
            if moved:
                print(f"{moved} unused codes moved", flush=True)

    def restore(self, networks: nn.ModuleDict, y: Tensor) -> Tensor:
        """Rebuilds through the book, once there is one."""
        main = networks["main"]
        assert isinstance(main, VQAutoencoder)
        out: Tensor = main(y, quantise=main.quantize.started)[0]
        return bounded(out)

    def validate(self, networks: nn.ModuleDict) -> dict[str, float]:
        """PSNR and identity of rebuilt clean faces, perplexity, share of codes in use."""
        main = networks["main"]
        assert isinstance(main, VQAutoencoder)
        targets = next(iter(self.checks.values()))[0]
        self.checks = {"clean": (targets, targets)}
        figures = super().validate(networks)
        used: set[int] = set()
        for face in targets:
            z, _ = main.encode(to_tensor(face[None], self.device))
            used |= set(main.quantize.nearest(z).flatten().tolist())
        figures["perplexity"] = main.quantize.perplexity()
        figures["codes-alive"] = float(
            (main.quantize.usage > 0.1 / main.quantize.codes).float().mean()
        )
        figures["codes-in-checks"] = len(used) / main.quantize.codes
        return figures
