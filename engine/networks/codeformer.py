"""CodeFormer: the code-book prior that CodeFormer++ runs at both its ends.

A vector-quantised autoencoder of clean faces, a Transformer that predicts the codes of the clean
face from the damaged one, and a controllable feature transform that lets encoder features into
the generator with weight w (Zhou et al., arXiv 2206.11253). One set of
modules serves two bodies: `COMPACT`, ours, small enough for a laptop's processor (section 5), and
`PUBLISHED`, whose state dict has the official checkpoint's layout, so that a user who owns those
weights can load them. After the published description; filled in: the compact body.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.networks.blocks import ResidualBlock
from engine.networks.codeformer_bodies import (
    CompactEncoder,
    CompactGenerator,
    ControllableTransform,
    PublishedBlock,
    PublishedEncoder,
    PublishedGenerator,
)
from engine.networks.vector_quantiser import Quantised, VectorQuantiser

if TYPE_CHECKING:
    from engine.networks.codeformer_bodies import Fuse, Maps


@dataclass(frozen=True)
class CodeFormerConfig:
    """Sizes of the prior.

    Attributes:
        body: which encoder and generator.
        size: side of the faces, 512; the Transformer has one position per 32x32 pixels.
        encoder, encoder_blocks: widths and blocks a level, finest first (compact: from size/4).
        encoder_norm: GroupNorm in the compact encoder; without it the encoder is the identity
            recovery network's to the letter.
        generator, generator_blocks: the same for the generator.
        head: channels at half the picture's size (compact).
        latent: channels of a code.
        codes: size of the book.
        width, mlp, layers, heads: of the Transformer.
        fuse: sides (of a 512 px picture) where encoder features may enter.
    """

    body: Literal["compact", "published"] = "compact"
    size: int = 512
    encoder: tuple[int, ...] = (48, 96, 128, 192)
    encoder_blocks: tuple[int, ...] = (1, 1, 2, 2)
    encoder_norm: bool = False
    generator: tuple[int, ...] = (64, 96, 128, 192)
    generator_blocks: tuple[int, ...] = (1, 2, 2, 2)
    head: int = 32
    latent: int = 128
    codes: int = 1024
    width: int = 256
    mlp: int = 512
    layers: int = 6
    heads: int = 8
    fuse: tuple[int, ...] = (32, 64, 128)

    @property
    def tokens(self) -> int:
        """Codes a face."""
        return (self.size // 32) ** 2


COMPACT = CodeFormerConfig()
_SIX = (64, 128, 128, 256, 256, 512)
PUBLISHED = replace(
    COMPACT, body="published", encoder=_SIX, encoder_blocks=(2,) * 6, generator=_SIX,
    generator_blocks=(2,) * 6, latent=256, width=512, mlp=1024, layers=9, fuse=(32, 64, 128, 256),
)  # fmt: skip


class VQAutoencoder(nn.Module):
    """Clean face in, the same face from `codes` vectors out (stage I)."""

    def __init__(self, config: CodeFormerConfig = COMPACT) -> None:
        super().__init__()
        self.config = c = config
        self.encoder: CompactEncoder | PublishedEncoder
        self.generator: CompactGenerator | PublishedGenerator
        if c.body == "compact":
            self.encoder = CompactEncoder(
                c.encoder, c.encoder_blocks, c.latent, norm=c.encoder_norm
            )
            self.generator = CompactGenerator(c.generator, c.generator_blocks, c.latent, c.head)
        else:
            self.encoder = PublishedEncoder(c.encoder, c.latent)
            self.generator = PublishedGenerator(c.generator, c.latent)
        self.quantize = VectorQuantiser(c.codes, c.latent)

    def forward(self, x: Tensor, *, quantise: bool = True) -> tuple[Tensor, Quantised | None]:
        """Reconstructs.

        Args:
            x: (N, 3, S, S) in [-1, 1], S a multiple of 32.
            quantise: False lets the latent pass as it is, for the first steps of a training.

        Returns:
            (N, 3, S, S) float32, not clamped, and what the quantiser says.
        """
        z, _ = self.encode(x)
        if not quantise:
            return self.generator(z), None
        quantised = self.quantize(z)
        return self.generator(quantised.z_q), quantised

    def encode(self, y: Tensor) -> tuple[Tensor, Maps]:
        """(N, 3, S, S) in [-1, 1] -> latent (N, latent, S/32, S/32), encoder maps by side."""
        return self.encoder.encode(y)


class TransformerLayer(nn.Module):
    """Pre-norm self-attention and MLP; positions are added to queries and keys only."""

    def __init__(self, width: int, mlp: int, heads: int) -> None:
        super().__init__()
        self.self_attn = nn.MultiheadAttention(width, heads, batch_first=True)
        self.linear1, self.linear2 = nn.Linear(width, mlp), nn.Linear(mlp, width)
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)

    def forward(self, x: Tensor, position: Tensor) -> Tensor:
        """(N, tokens, width) and positions (tokens, width) -> (N, tokens, width)."""
        h = self.norm1(x)
        x = x + self._attend(h + position, h)
        out: Tensor = x + self.linear2(F.gelu(self.linear1(self.norm2(x))))
        return out

    def _attend(self, places: Tensor, values: Tensor) -> Tensor:
        """What `self_attn` computes: (N, tokens, width) twice -> (N, tokens, width).

        That one turns the tokens to the front, where torch 2.13 multiplies one by one, with a copy
        of the weight for each.
        """
        attention = self.self_attn
        n, length, width = values.shape
        weight, bias = attention.in_proj_weight, attention.in_proj_bias
        both = F.linear(places, weight[: 2 * width], bias[: 2 * width]).chunk(2, dim=2)
        v = F.linear(values, weight[2 * width :], bias[2 * width :])
        q, k, v = (
            t.reshape(n, length, attention.num_heads, -1).transpose(1, 2) for t in (*both, v)
        )  # N, heads, tokens, width / heads
        mixed = F.scaled_dot_product_attention(q, k, v)
        out: Tensor = attention.out_proj(mixed.transpose(1, 2).reshape(n, length, width))
        return out


class CodeFormer(VQAutoencoder):
    """Damaged face in, face made of predicted codes out, with weight w of the damaged features."""

    def __init__(self, config: CodeFormerConfig = COMPACT) -> None:
        super().__init__(config)
        c = config
        self.position_emb = nn.Parameter(torch.zeros(c.tokens, c.width))
        self.feat_emb = nn.Linear(c.latent, c.width)
        self.ft_layers = nn.ModuleList(
            TransformerLayer(c.width, c.mlp, c.heads) for _ in range(c.layers)
        )
        self.idx_pred_layer = nn.Sequential(
            nn.LayerNorm(c.width), nn.Linear(c.width, c.codes, bias=False)
        )
        self.fuse_convs_dict = nn.ModuleDict({str(side): self._transform(side) for side in c.fuse})

    def _transform(self, side: int) -> ControllableTransform:
        c = self.config
        top = 128 if c.body == "compact" else 512
        level = (top // side).bit_length() - 1
        c_in, c_out = c.encoder[level] + c.generator[level], c.generator[level]
        if c.body == "compact":
            return ControllableTransform(ResidualBlock(c_in, c_out), c_out, quiet=True)
        return ControllableTransform(PublishedBlock(c_in, c_out), c_out, quiet=False)

    # ------------------------------------------------------------------ the parts
    def predict(self, z: Tensor, corner: tuple[int, int] = (0, 0)) -> Tensor:
        """Predicts the codes.

        Args:
            z: (N, latent, h, w), latent of damaged faces, or of parts of them.
            corner: row and column of a part's first token in the whole face.

        Returns:
            (N, h*w, codes) float32, logits.
        """
        x = self.feat_emb(z.flatten(2).transpose(1, 2))  # N, tokens, width
        places = self._places(z, corner)
        for layer in self.ft_layers:
            x = layer(x, places)
        logits: Tensor = self.idx_pred_layer(x)
        return logits.float()

    def _places(self, z: Tensor, corner: tuple[int, int]) -> Tensor:
        """(h*w, width), the embeddings of a latent's positions."""
        side, (height, width) = self.config.size // 32, z.shape[2:]
        if height == width == side:
            return self.position_emb
        table = self.position_emb.reshape(side, side, -1)
        row, column = corner
        return table[row : row + height, column : column + width].flatten(0, 1)

    def look_up(self, logits: Tensor) -> Tensor:
        """Logits (N, tokens, codes) -> the likeliest codes (N, latent, h, w), without gradient."""
        side = self.config.size // 32
        return self.quantize.lookup(logits.argmax(2).reshape(-1, side, side)).detach()

    def generate(self, z: Tensor, maps: Maps | None = None, w: Tensor | None = None) -> Tensor:
        """Codes to picture.

        Args:
            z: (N, latent, h, w).
            maps: the encoder's, by side; None leaves fusion out.
            w: weight of the encoder's features, scalar or (N,); None leaves fusion out. With
                w = 0 the result is the one without fusion, to the bit.

        Returns:
            (N, 3, S, S) float32, not clamped.
        """
        if maps is None or w is None:
            plain: Tensor = self.generator(z)
            return plain
        weight = w.reshape(-1, 1, 1, 1)

        def fuse(side: str, h: Tensor) -> Tensor:
            if side not in self.fuse_convs_dict:
                return h
            mixed: Tensor = self.fuse_convs_dict[side](maps[side], h, weight)
            return mixed

        hook: Fuse = fuse
        fused: Tensor = self.generator(z, hook)
        return fused

    def restore(self, y: Tensor, w: Tensor | None = None, *, adain: bool = False) -> Tensor:
        """Restores one end.

        Args:
            y: (N, 3, S, S) in [-1, 1].
            w: see `generate`.
            adain: give the codes the mean and deviation of the damaged face's latent.

        Returns:
            (N, 3, S, S) float32, not clamped.
        """
        z, maps = self.encode(y)
        codes = self.look_up(self.predict(z))
        if adain:
            codes = adaptive_instance_norm(codes, z)
        return self.generate(codes, maps, w)


def adaptive_instance_norm(x: Tensor, style: Tensor) -> Tensor:
    """(N, C, H, W) x with the mean and deviation a channel of style (N, C, h, w)."""

    def moments(t: Tensor) -> tuple[Tensor, Tensor]:
        t = t.float()
        return t.mean((2, 3), keepdim=True), (t.var((2, 3), keepdim=True) + 1e-5).sqrt()

    (mean, deviation), (goal_mean, goal_deviation) = moments(x), moments(style)
    return (x - mean) / deviation * goal_deviation + goal_mean
