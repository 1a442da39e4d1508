"""The factor-4 VQ autoencoder of CLR-Face: 512 px faces to 128x128 latents and back.

After the published description (CLR-Face, arXiv 2402.06106: a vector-quantised autoencoder with a
down-sampling factor of only 4, so that little is lost). Filled in: widths and depth; diffusion
runs on the features before the quantiser, which is the decoder's first layer (as in latent
diffusion, arXiv 2112.10752); the book is a product of two small ones (Jegou et al., "Product
quantization", 2011): 2 x 128 codes of 2 numbers say 16,384 things about a position, where one book
of 8,192 x 4 would weigh 134 million distances a face.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.networks.blocks import ResidualBlock
from engine.networks.vector_quantiser import VectorQuantiser


@dataclass(frozen=True)
class LatentAutoencoderConfig:
    """Sizes of the autoencoder.

    Attributes:
        width: channels at 128 px.
        blocks: residual blocks at 128 px, each way.
        channels: of the latent.
        books: the latent's channels are shared out to so many books of codes.
        codes: codes a book.
        head: channels at 256 px.
        norm: group normalisation in the blocks.
    """

    width: int = 64
    blocks: int = 3
    channels: int = 4
    books: int = 2
    codes: int = 128
    head: int = 32
    norm: bool = False


class LatentEncoder(nn.Module):
    """Picture to latent, raw: neither quantised nor normalised."""

    def __init__(self, c: LatentAutoencoderConfig) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3 * 16, c.width, 3, padding=1)
        self.blocks = nn.Sequential(
            *(ResidualBlock(c.width, c.width, norm=c.norm) for _ in range(c.blocks))
        )
        self.out = nn.Conv2d(c.width, c.channels, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        """(N, 3, 512, 512) in [-1, 1] -> (N, 4, 128, 128)."""
        h = self.blocks(self.stem(F.pixel_unshuffle(x, 4)))  # N, 64, 128, 128
        out: Tensor = self.out(F.silu(h))
        return out


class LatentDecoder(nn.Module):
    """Raw latent to picture; every operator has a gradient that can be exported."""

    def __init__(self, c: LatentAutoencoderConfig) -> None:
        super().__init__()
        self.stem = nn.Conv2d(c.channels, c.width, 3, padding=1)
        self.blocks = nn.Sequential(
            *(ResidualBlock(c.width, c.width, norm=c.norm) for _ in range(c.blocks))
        )
        self.to_head = nn.Conv2d(c.width, c.head * 4, 1)
        self.head = ResidualBlock(c.head, c.head, norm=False)
        self.out = nn.Conv2d(c.head, 3 * 4, 3, padding=1)
        # Stem, two convolutions a block, three at twice the resolution.
        self.reach = None if c.norm else 1 + 2 * c.blocks + 2
        """How many numbers of the latent to each side tell a pixel; None: all of them do."""

    def forward(self, z: Tensor) -> Tensor:
        """(N, 4, 128, 128) -> (N, 3, 512, 512), near [-1, 1], not clamped."""
        h = self.blocks(self.stem(z))  # N, 64, 128, 128
        h = self.head(F.pixel_shuffle(self.to_head(F.silu(h)), 2))  # N, 32, 256, 256
        out = F.pixel_shuffle(self.out(F.silu(h)), 2)
        # float32 out of autocast; double stays, for the check of the gradient.
        return out if out.dtype == torch.float64 else out.float()


class LatentAutoencoder(nn.Module):
    """Encoder, books and decoder, and the statistics that give latents unit deviation.

    Diffusion sees *unit latents*: (raw - mean) / deviation, a channel.
    """

    mean: Tensor
    deviation: Tensor

    def __init__(self, config: LatentAutoencoderConfig | None = None) -> None:
        super().__init__()
        self.config = c = config or LatentAutoencoderConfig()
        self.encoder = LatentEncoder(c)
        self.books = nn.ModuleList(
            VectorQuantiser(c.codes, c.channels // c.books) for _ in range(c.books)
        )
        self.decoder = LatentDecoder(c)
        self.register_buffer("mean", torch.zeros(1, c.channels, 1, 1))
        self.register_buffer("deviation", torch.ones(1, c.channels, 1, 1))

    def encode(self, x: Tensor) -> Tensor:
        """(N, 3, 512, 512) in [-1, 1] -> unit latent (N, 4, 128, 128), not quantised."""
        out: Tensor = (self.encoder(x).float() - self.mean) / self.deviation
        return out

    def decode(self, z: Tensor, *, quantised: bool = True) -> Tensor:
        """Unit latent (N, 4, 128, 128) -> (N, 3, 512, 512).

        Args:
            z: the unit latent.
            quantised: through the books, as the decoder was trained; without them the way has a
                gradient, which the identity guidance needs.
        """
        raw = z * self.deviation + self.mean
        if quantised:
            raw = self.quantise(raw)[0]
        out: Tensor = self.decoder(raw)
        return out

    def quantise(self, raw: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Raw latent -> (codes in its place, code-book loss, commitment loss), all books."""
        parts = [
            book(part) for book, part in zip(self.books, raw.chunk(len(self.books), 1), strict=True)
        ]
        z_q = torch.cat([p.z_q for p in parts], dim=1)
        codebook = torch.stack([p.codebook_loss for p in parts]).mean()
        return z_q, codebook, torch.stack([p.commitment_loss for p in parts]).mean()

    def forward(self, x: Tensor) -> Tensor:
        """Picture -> picture through the books; what `encode` and `decode` do in a row."""
        out: Tensor = self.decoder(self.quantise(self.encoder(x))[0])
        return out

    @torch.no_grad()
    def observe(self, raw: Tensor, rate: float) -> None:
        """Moves the running mean and deviation a channel towards those of some raw latents."""
        raw = raw.detach().float()
        self.mean.lerp_(raw.mean((0, 2, 3), keepdim=True), rate)
        self.deviation.lerp_(raw.std((0, 2, 3), keepdim=True).clamp_min(1e-3), rate)


class EncodeGraph(nn.Module):
    """What the graph ``clr-encode`` computes."""

    def __init__(self, autoencoder: LatentAutoencoder) -> None:
        super().__init__()
        self.network = autoencoder

    def forward(self, picture: Tensor) -> Tensor:
        """(N, 3, 512, 512) in [-1, 1] -> unit latent (N, 4, 128, 128)."""
        return self.network.encode(picture)


class DecodeGraph(nn.Module):
    """What the graph ``clr-decode`` computes."""

    def __init__(self, autoencoder: LatentAutoencoder) -> None:
        super().__init__()
        self.network = autoencoder

    def forward(self, latent: Tensor) -> Tensor:
        """Unit latent (N, 4, 128, 128) -> picture (N, 3, 512, 512), not clamped."""
        return self.network.decode(latent)
