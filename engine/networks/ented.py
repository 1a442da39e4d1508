"""ENTED: a reference portrait lends its texture (arXiv 2401.06978, WACV 2024).

After the published description: texture extraction and distribution at every scale, a
vector-quantised dictionary in place of corrupted semantics, style codes from latents that attend
to the reference, a StyleGAN-like renderer, and a residual connection that keeps the identity.
Filled in by us, since no more is published: all widths, the shared positions, the attention map
that carries finer textures (`engine.networks.texture_transfer`), the agreement gate, several
references, the fidelity input, the choice a pixel between what is rendered and a faithful
restoration of the face, and one picture of noise in place of StyleGAN's noise a layer.

A portrait is encoded once and can be kept; `engine.networks.ented_graphs` cuts the network there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.networks.blocks import ResidualBlock, Up
from engine.networks.identity_recovery import Encoder
from engine.networks.latent_refinement import Agreement, Refinement
from engine.networks.modulated import ModulatedBlock
from engine.networks.texture_transfer import CarriedAttention, FourierPositions, Texture
from engine.networks.vector_quantiser import Quantised, VectorQuantiser

#: Logit at the start of what is rendered against the faithful restoration, and what a trusted
#: reference adds: without one the restoration is better, with one what is rendered.
LEAN = (-2.0, 4.0)


@dataclass(frozen=True)
class EntedConfig:
    """Four scales, finest first: 128, 64, 32, 16 px for a 512 px picture.

    Attributes:
        widths: channels, shared with the identity recovery network, whose encoder starts both.
        blocks: residual blocks a scale of the input encoder, and of the renderer's finer three.
        reference_blocks: the same of the reference encoder.
        components: tokens that a reference is summed up in, a scale.
        carried: channels of the three finer scales that the attention map moves.
        keys: width of that map's queries and keys.
        waves: of the shared positions.
        codes, code: size of the dictionary and width of a code word.
        layers, heads: of the cross-attention.
        style: width of the style code.
        head: channels at 256 px.
        recovered: a faithful restoration comes along with the degraded face, and the network says
            for every pixel how far what it rendered takes its place.
        noise: a picture of noise comes along, for texture whose place nothing tells; it is heard as
            far as a portrait is trusted.
        dictionary, refinement, residual: ablation switches.
    """

    widths: tuple[int, ...] = (48, 96, 128, 192)
    blocks: tuple[int, ...] = (1, 1, 2, 2)
    reference_blocks: tuple[int, ...] = (1, 1, 2, 1)
    components: tuple[int, ...] = (32, 32, 32, 16)
    carried: tuple[int, ...] = (24, 32, 64)
    keys: int = 64
    waves: int = 32
    codes: int = 1024
    code: int = 128
    layers: int = 2
    heads: int = 8
    style: int = 256
    head: int = 32
    recovered: bool = False
    noise: bool = False
    dictionary: bool = True
    refinement: bool = True
    residual: bool = True


class Encoded(NamedTuple):
    """What is kept of a reference portrait; every tensor begins with (B,) or (N, R).

    Attributes:
        coarse: (192, 16, 16), the coarsest map.
        signature: (64,) unit vector for the agreement gate.
        keys: (64, 1024) and
        values: (V, 1024) of the carried attention.
        tokens128, tokens64, tokens32, tokens16: (k, c) texture tokens.
    """

    coarse: Tensor
    signature: Tensor
    keys: Tensor
    values: Tensor
    tokens128: Tensor
    tokens64: Tensor
    tokens32: Tensor
    tokens16: Tensor

    def grouped(self, n: int, r: int) -> Encoded:
        """(N * R, ...) -> (N, R, ...)."""
        return Encoded(*(t.reshape(n, r, *t.shape[1:]) for t in self))


class Restored(NamedTuple):
    """A restoration with what its losses need.

    Attributes:
        picture: (N, 3, S, S), not clamped.
        agreement: (N, R) in [0, 1], how much each reference looks like the same person.
        code: (N, 128, S/32, S/32), what was looked up in the dictionary.
        quantised: what was found there; None without a dictionary.
        attention: (N, M, R * M) at S/16.
        distribution: (N, R * k, M) a scale, finest first.
    """

    picture: Tensor
    agreement: Tensor
    code: Tensor
    quantised: Quantised | None
    attention: Tensor
    distribution: list[Tensor]


class Ented(nn.Module):
    """Degraded aligned face and 0 to 4 portraits of the person in, restored face out."""

    def __init__(self, config: EntedConfig | None = None) -> None:
        super().__init__()
        self.config = c = config or EntedConfig()
        w = c.widths
        self.encoder = Encoder(w, c.blocks, norm=False, attention=True)
        self.reference = Encoder(w, c.reference_blocks, norm=False, attention=True)
        self.positions = FourierPositions(c.waves)
        self.textures = nn.ModuleList(
            Texture(w[i], c.components[i], 2 * c.waves, 1 if i == 3 else 3) for i in range(4)
        )
        self.carrier = CarriedAttention(w[:3], c.carried, c.keys, c.waves)
        self.agreement = Agreement(w[3])
        self.to_code = nn.Conv2d(w[3], c.code, 1)
        self.dictionary = VectorQuantiser(c.codes, c.code)
        self.from_code = nn.Conv2d(c.code, w[3], 1)
        self.refine = Refinement(w[3], c.layers, c.heads, c.waves)
        self.to_style = nn.Sequential(
            nn.Linear(2 * w[3] + 3, c.style), nn.SiLU(), nn.Linear(c.style, c.style)
        )
        self.skips = nn.ModuleList(nn.Conv2d(width, width, 1) for width in w)
        self.ups = nn.ModuleList(Up(w[i + 1], w[i]) for i in range(3))
        self.levels = nn.ModuleList(
            nn.ModuleList(ModulatedBlock(width, c.style) for _ in range(count))
            for width, count in zip(w, (*c.blocks[:3], 1), strict=True)
        )
        self.to_head = nn.Conv2d(w[0], c.head * 4, 1)
        self.from_picture = nn.Conv2d(12, c.head, 3, padding=1)
        self.head = ResidualBlock(c.head, c.head, norm=False)
        self.out = nn.Conv2d(c.head, 4 * 4, 3, padding=1)  # delta RGB and gate, shuffled to 512
        self.colour = nn.Conv2d(w[2], 3, 1)  # wide blotches, as in the identity recovery network
        silent = [self.out, self.colour]
        if c.recovered:
            self.entry = nn.Conv2d(3 * 16, w[0], 1)
            self.head_recovered = nn.Conv2d(12, c.head, 3, padding=1)
            self.choose = nn.Conv2d(c.head, 4, 3, padding=1)
            self.lean = nn.Parameter(torch.tensor(LEAN))
            silent += [self.entry, self.head_recovered, self.choose]
        if c.noise:
            self.from_noise = nn.Conv2d(16, w[0], 1)
            self.head_noise = nn.Conv2d(4, c.head, 3, padding=1)
            silent += [self.from_noise, self.head_noise]
        for layer in silent:
            nn.init.zeros_(layer.weight)
            assert layer.bias is not None
            nn.init.zeros_(layer.bias)

    def forward(self, y: Tensor, references: Tensor, mask: Tensor, fidelity: Tensor) -> Tensor:
        """Restores faces.

        Args:
            y: (N, 3, S, S) in [-1, 1], S = 512; the degraded face. With `recovered` three more
                planes, its faithful restoration; with `noise` one more, of deviation 1.
            references: (N, R, 3, S, S) in [-1, 1]; anything where the mask is 0.
            mask: (N, R), 0 where there is no reference, else how far it is trusted, up to 1.
            fidelity: (N,) in [0, 1], see `gains`.

        Returns:
            (N, 3, S, S), not clamped.
        """
        encoded, _ = self.encode(references.flatten(0, 1))
        shape = references.shape[:2]
        return self.restore(y, fidelity, mask, encoded.grouped(shape[0], shape[1])).picture

    def encode(self, references: Tensor) -> tuple[Encoded, list[Tensor]]:
        """(B, 3, S, S) -> what is kept of each, and the extraction logits (B, k, M) a scale."""
        maps = self.reference(references)
        keys, values = self.carrier.encode(maps[:3])
        tokens, logits = [], []
        for texture, m in zip(self.textures, maps, strict=True):
            some, weights = texture.extract(m, self.positions(*m.shape[2:]))  # type: ignore[operator]
            tokens.append(some)
            logits.append(weights)
        return Encoded(maps[3], self.agreement.of_reference(maps[3]), keys, values, *tokens), logits

    def seen(self, y: Tensor) -> list[Tensor]:
        """(N, 3 .. 7, S, S), see `forward` -> the input encoder's maps, finest first."""
        more = self.entry(F.pixel_unshuffle(y[:, 3:6], 4)) if self.config.recovered else None
        maps: list[Tensor] = self.encoder(y[:, :3], more)
        return maps

    def restore(self, y: Tensor, fidelity: Tensor, mask: Tensor, encoded: Encoded) -> Restored:
        """Restores faces with encoded references, whose tensors begin with (N, R)."""
        base = y[:, :3]
        maps = self.seen(y)
        # N, 1, 1, 1 each, in the maps' own type: a float32 factor would make float32 maps.
        residual, texture = (gain.to(maps[0].dtype) for gain in self.gains(fidelity))
        agreement = self.agreement(maps[3], encoded.signature)  # N, R
        mask = mask.float().clamp(0.0, 1.0)
        gate = agreement * mask
        # Who is asked depends on who is there, not on how far all of them are trusted.
        log_gate = torch.log(agreement + 1e-6) - (mask <= 0).to(agreement.dtype) * 1e4
        trust = gate.amax(1)[:, None, None, None]  # one good reference is enough

        code = self.to_code(maps[3])
        quantised = self.dictionary(code) if self.config.dictionary else None
        z = self.from_code(code if quantised is None else quantised.z_q.to(code.dtype))
        z = z + residual * self.skips[3](maps[3])
        lent = (gate[:, :, None] * encoded.coarse.mean((3, 4))).sum(1)
        lent = lent / (gate.sum(1, keepdim=True) + 1e-6) * trust[:, 0, 0]  # N, 192
        if self.config.refinement:
            places = self.positions(*z.shape[2:])
            z = self.refine(z, encoded.coarse, log_gate, trust[:, 0], places)
        knobs = torch.cat([residual, texture, trust.to(residual.dtype)], dim=1)[:, :, 0, 0]
        style = self.to_style(torch.cat([z.mean((2, 3)), lent, knobs.to(z.dtype)], dim=1))

        tokens = encoded[4:]  # finest first
        gain = (texture * trust).to(maps[0].dtype)
        h = z
        coarse = z.new_zeros(())
        moved: list[Tensor] = []
        distribution: list[Tensor] = []
        attention = z.new_zeros(())
        for i in (3, 2, 1, 0):
            if i < 3:
                h = self.ups[i](h) + residual * self.skips[i](maps[i])
            places = self.positions(*h.shape[2:])
            spread = self.textures[i].distribute(h, tokens[i], log_gate, places)  # type: ignore[operator]
            distribution.insert(0, spread.weights)
            lent_here = spread.feature
            if i == 2:
                moved, attention = self.carrier.attend(
                    h, encoded.keys, encoded.values, log_gate, places
                )
            if i < 3:
                lent_here = lent_here + self.carrier.into(i, h, moved[i])
            h = h + gain * lent_here
            if i == 0 and self.config.noise:
                h = h + gain * self.from_noise(F.pixel_unshuffle(y[:, -1:], 4))
            for block in self.levels[i]:  # type: ignore[attr-defined]
                h = block(h, style)
            if i == 2:
                coarse = self.colour(F.silu(h)).float()  # N, 3, S/16, S/16
        h = F.pixel_shuffle(self.to_head(h), 2)  # N, head, S/2, S/2
        h = h + residual * self.from_picture(F.pixel_unshuffle(base, 2))
        if self.config.recovered:
            h = h + residual * self.head_recovered(F.pixel_unshuffle(y[:, 3:6], 2))
        if self.config.noise:
            h = h + gain * self.head_noise(F.pixel_unshuffle(y[:, -1:], 2))
        h = self.head(h)
        o = F.pixel_shuffle(self.out(F.silu(h)), 2).float()  # N, 4, S, S
        # sigmoid(4) = 0.98: at the start the picture passes nearly unchanged.
        wide = F.interpolate(coarse, size=y.shape[2:], mode="bilinear", align_corners=False)
        picture = base * (residual * torch.sigmoid(o[:, 3:] + 4.0)) + o[:, :3] + wide
        if self.config.recovered:
            chosen = F.pixel_shuffle(self.choose(F.silu(h)), 2).float()  # N, 1, S, S
            share = torch.sigmoid(chosen + self.lean[0] + self.lean[1] * trust.float())
            # At fidelity 0 the photograph is let go, and its restoration with it.
            kept = (1 - share) * residual.float()
            picture = torch.lerp(picture, y[:, 3:6].float(), kept)
        return Restored(picture, agreement, code, quantised, attention, distribution)

    def gains(self, fidelity: Tensor) -> tuple[Tensor, Tensor]:
        """Residual gain and texture gain of the slider, (N, 1, 1, 1) each.

        Both are 1 in the middle, 0.5. Towards 0 the photograph is let go (dictionary and
        reference alone speak), towards 1 the reference's texture is.
        """
        s = fidelity.reshape(-1, 1, 1, 1)
        residual = torch.clamp(2 * s, 0.0, 1.0)
        if not self.config.residual:
            residual = residual * 0.0
        return residual, torch.clamp(2 - 2 * s, 0.0, 1.0)
