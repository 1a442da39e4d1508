"""CLR-Face, first: the factor-4 VQ autoencoder of clean faces.

As its predecessors: pixel, perceptual and adversarial losses, code-book and commitment terms. The
adversary starts late, the books start by k-means after some unquantised samples. The running mean
and deviation of the latents are learned beside, for the diffusion that follows. Once latents are
settled the decoder alone can learn on, and what diffuses in them stays right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from engine.networks.blocks import bounded
from engine.networks.latent_autoencoder import LatentAutoencoder, LatentAutoencoderConfig
from engine.networks.vector_quantiser import VectorQuantiser
from engine.training import adversarial, earlier
from engine.training.face_stage import FaceStage
from engine.training.losses import frequency
from engine.training.opponent import Exhibit
from engine.training.samples import SMALL
from engine.training.stage import Batch, Tensors, to_tensor, to_tensor_t

if TYPE_CHECKING:
    from engine.training.opponent import Opponent
    from engine.training.plan import Plan

#: Share by which the latents' statistics follow a batch.
FOLLOW = 0.02


class Training(FaceStage):
    """Reads of the data table, beside the adversary's keys.

    ``quantise_from`` (samples), ``reseed_every`` (steps), ``settled`` (true: encoder, books and
    statistics stay as they are, and only the decoder learns).
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self.main = LatentAutoencoder(LatentAutoencoderConfig(**earlier.options(plan)))
        self.networks = nn.ModuleDict({"main": self.main})
        self.adversary: Opponent = adversarial.from_plan(plan)
        self.settled = bool(plan.data.get("settled", False))

    def batch(self, number: int) -> Batch:
        """`target` (N, S, S, 3) uint8 and `kind`."""
        rng = self.generator(number)
        kind = self.samples.kind(rng)
        targets, _ = self.samples.pairs(rng, self.plan.batch, None, kind)
        return {"target": targets, "kind": np.array(kind)}

    def losses(self, batch: Tensors, seen: int) -> Tensors:
        """Pixel, perceptual, spectrum, the books' two terms, and the adversary's."""
        weight, kind = self.plan.loss, int(batch["kind"])
        x = to_tensor_t(batch["target"])
        terms: Tensors = {}
        if self.settled:
            with torch.no_grad():
                raw = self.main.quantise(self.main.encoder(x).float())[0]
        else:
            raw = self.main.encoder(x).float()
            self.main.observe(raw, FOLLOW if seen else 1.0)
            if seen >= int(self.plan.data.get("quantise_from", 0)):
                self._tend(raw.detach(), seen)
                raw, codebook, commitment = self.main.quantise(raw)
                terms["codebook"] = weight["codebook"] * codebook
                terms["commitment"] = weight["codebook"] * commitment
        out = self.main.decoder(raw)
        held, looked = self.anchors(out, x, kind)
        terms |= held
        if kind == SMALL:
            self.adversary.skip()
            return terms
        terms["spectrum"] = weight["spectrum"] * frequency(out, x)
        last = self.main.decoder.out.weight
        assert isinstance(last, nn.Parameter)
        shown = Exhibit(out, x, looked, held["pixel"] + held["perceptual"], last)
        judged = self.adversary.generator_loss(shown, seen)
        if judged is not None:
            terms["adversarial"] = weight["adversarial"] * judged
        return terms

    def adversary_loss(self, seen: int) -> Tensor | None:
        """The discriminator's loss on the last pair."""
        return self.adversary.discriminator_loss(seen // self.plan.batch)

    def _tend(self, raw: Tensor, seen: int) -> None:
        """Starts the books, or moves their unused codes."""
        due = int(self.plan.data.get("reseed_every", 200))
        step = seen // self.plan.batch
        for book, part in zip(
            self._books(self.main), raw.chunk(len(self.main.books), 1), strict=True
        ):
            if not book.started:
                book.start_from(part)  # one batch holds thousands of vectors a code
            elif step % due == due - 1 and seen < self.plan.samples // 2:
                book.reseed(part)

    @staticmethod
    def _books(main: LatentAutoencoder) -> list[VectorQuantiser]:
        return [book for book in main.books if isinstance(book, VectorQuantiser)]

    def restore(self, networks: nn.ModuleDict, y: Tensor) -> Tensor:
        """Rebuilds through the books, once there are some."""
        main = networks["main"]
        assert isinstance(main, LatentAutoencoder)
        raw = main.encoder(y).float()
        if all(book.started for book in self._books(main)):
            raw = main.quantise(raw)[0]
        return bounded(main.decoder(raw))

    def validate(self, networks: nn.ModuleDict) -> dict[str, float]:
        """PSNR and identity of rebuilt clean faces; the books' perplexity; the latents' deviation.

        The deviation of unit latents, by these statistics, should be near 1.
        """
        main = networks["main"]
        assert isinstance(main, LatentAutoencoder)
        targets = next(iter(self.checks.values()))[0]
        self.checks = {"clean": (targets, targets)}
        figures = super().validate(networks)
        with torch.no_grad():
            latents = main.encode(to_tensor(targets[:4], self.device))
        figures["deviation"] = float(latents.std())
        for i, book in enumerate(self._books(main)):
            figures[f"perplexity-{i}"] = book.perplexity()
        return figures
