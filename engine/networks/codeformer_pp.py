"""CodeFormer++: a faithful and a generative restoration, registered and fused (arXiv 2510.04410).

The faithful end I_F keeps the person, the generative end I_G (CodeFormer, w = 0) has the texture;
DAM registers I_G onto I_F, TGRN lays its texture on. As published, I_F is CodeFormer at w = 1;
encoder and Transformer run once for both ends. After the published description; what was filled in
is named in the modules' own heads. Filled in here: our own weights take the identity recovery
network's restoration as I_F (`recovered`), and read the codes off it; it keeps the person better
than our small prior at w = 1, and needs no third stage.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import torch
from torch import Tensor, nn

from engine.networks.blocks import bounded
from engine.networks.codeformer import CodeFormer, CodeFormerConfig, adaptive_instance_norm
from engine.networks.registration import Registration, RegistrationConfig
from engine.networks.texture_fusion import TextureFusion, TextureFusionConfig


@dataclass(frozen=True)
class CodeFormerPlusPlusConfig:
    """Sizes of the three parts.

    Attributes:
        codeformer, registration, fusion: of the parts.
        registered: False leaves DAM out (I_warp is I_G), for the ablation.
        recovered: the input is the identity recovery network's restoration, and is I_F as it is;
            False computes I_F with w = 1 from the damaged face, as published.
        adain: the codes take the damaged face's mean and deviation over, as the published
            program does with its weights.
    """

    codeformer: CodeFormerConfig = field(default_factory=CodeFormerConfig)
    registration: RegistrationConfig = field(default_factory=RegistrationConfig)
    fusion: TextureFusionConfig = field(default_factory=TextureFusionConfig)
    registered: bool = True
    recovered: bool = False
    adain: bool = False


class Ends(NamedTuple):
    """Faithful and generative end, in [-1, 1], and how sure the Transformer is of its codes."""

    faithful: Tensor
    prior: Tensor
    confidence: Tensor


class Restored(NamedTuple):
    """The result and what led to it.

    Attributes:
        output: (N, 3, 512, 512) float32 in [-1, 1].
        faithful: I_F, the end with w = 1, or the input where that is recovered already.
        prior: I_G, the end with w = 0.
        registered: I_warp, I_G registered onto I_F.
        confidence: (N,) mean probability of the chosen codes, 1/codes .. 1; low where the
            picture holds nothing of a face.
        displacement: (N, 2, 512, 512), (x, y) in pixels: where DAM took I_warp's pixels from.
    """

    output: Tensor
    faithful: Tensor
    prior: Tensor
    registered: Tensor
    confidence: Tensor
    displacement: Tensor


class CodeFormerPlusPlus(nn.Module):
    """Damaged (or `recovered`) aligned face in, restored face out, by a fidelity of 0 .. 1."""

    def __init__(self, config: CodeFormerPlusPlusConfig | None = None) -> None:
        super().__init__()
        self.config = c = config or CodeFormerPlusPlusConfig()
        self.codeformer = CodeFormer(c.codeformer)
        self.registration = Registration(c.registration)
        self.fusion = TextureFusion(c.fusion)

    def ends(self, y: Tensor) -> Ends:
        """Both ends; encoder and Transformer run once.

        Args:
            y: (N, 3, 512, 512) in [-1, 1], damaged, or recovered where the config says so.
        """
        z, maps = self.codeformer.encode(y)
        logits = self.codeformer.predict(z)
        codes = self.codeformer.look_up(logits)
        if self.config.adain:
            codes = adaptive_instance_norm(codes, z)
        prior = self.codeformer.generate(codes)
        faithful = y
        if not self.config.recovered:
            faithful = self.codeformer.generate(codes, maps, torch.ones_like(y[:, 0, 0, 0]))
        confidence = torch.softmax(logits, dim=2).amax(2).mean(1)
        return Ends(bounded(faithful), bounded(prior), confidence)

    def register(self, faithful: Tensor, moving: Tensor) -> Tensor:
        """(N, 3, S, S) twice -> the second laid onto the first, float32."""
        return self._registered(faithful, moving)[0]

    def _registered(self, faithful: Tensor, moving: Tensor) -> tuple[Tensor, Tensor]:
        if not self.config.registered:
            return moving, torch.zeros_like(moving[:, :2])
        return self.registration.register(faithful, moving)

    def forward(
        self,
        y: Tensor,
        fidelity: Tensor,
        reference: Tensor | None = None,
        present: Tensor | None = None,
    ) -> Restored:
        """Restores.

        Args:
            y: (N, 3, 512, 512) in [-1, 1], as for `ends`; behind them, where TGRN takes them, the
                three planes of the damaged face, and one of noise of deviation 1.
            fidelity: (N,); held to 0 richest texture .. 1 the faithful end as it is.
            reference: (N, 3, 512, 512) in [-1, 1], a portrait of the same person, aligned.
            present: (N,); held to 0 no reference .. 1.
        """
        damaged = y[:, 3:6] if self.config.fusion.damaged else None
        noise = y[:, -1:] if self.config.fusion.noise else None
        ends = self.ends(y[:, :3])
        registered, displacement = self._registered(ends.faithful, ends.prior)
        fidelity = fidelity.clamp(0, 1)
        if reference is not None and present is not None:
            reference = self.register(ends.faithful, reference)
            present = present.clamp(0, 1)
        output = self.fusion(
            ends.faithful, registered, fidelity, reference, present, damaged, noise
        )
        return Restored(
            bounded(output), ends.faithful, ends.prior, registered, ends.confidence, displacement
        )
