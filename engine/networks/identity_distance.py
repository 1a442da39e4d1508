"""How far a face is from an identity: what guidance differentiates.

Of a decoded latent, ``latent -> decoder -> recognition window -> embedder -> 1 - cosine``, for
CLR-Face, and of the recognition window alone.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from engine.faces.face import CROP_SIZE

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.networks.latent_autoencoder import LatentAutoencoder

#: The recognition window on the 512 template: left, top, side in pixels.
RECOGNITION_WINDOW = (64.8, 61.1, 383.4)
RECOGNITION_SIDE = 112
#: Pixels of the picture to a number of the latent.
FACTOR = 4


@lru_cache(maxsize=8)
def window_matrices(side: int = CROP_SIZE) -> tuple[Tensor, Tensor]:
    """Two constant (112, side) matrices that crop and shrink: ``Wy @ image @ Wx.T``.

    Rows are triangle (anti-aliased linear) weights that sum to 1. A pair of matrix products is
    differentiable and exports to ONNX, which a warp by ``grid_sample`` is not.
    """
    scale = side / CROP_SIZE

    def weights(start: float) -> Tensor:
        step = RECOGNITION_WINDOW[2] * scale / RECOGNITION_SIDE
        centres = start * scale + (np.arange(RECOGNITION_SIDE) + 0.5) * step - 0.5
        distance = np.abs(np.arange(side)[None] - centres[:, None])
        w = np.clip(1 - distance / max(step, 1.0), 0, None)
        return torch.from_numpy((w / w.sum(1, keepdims=True)).astype(np.float32))

    return weights(RECOGNITION_WINDOW[1]), weights(RECOGNITION_WINDOW[0])


def recognition_crop(x: Tensor) -> Tensor:
    """(N, 3, S, S) aligned faces -> (N, 3, 112, 112) recognition crops, same value range."""
    wy, wx = (m.to(x.device) for m in window_matrices(x.shape[-1]))
    return wy @ x.float() @ wx.T


def seen(window: Tensor, reach: int | None) -> slice:
    """The rows or columns of the latent that a recognition window depends on.

    Args:
        window: (112, S), one of `window_matrices`.
        reach: see `LatentDecoder.reach`.
    """
    side = window.shape[1] // FACTOR
    if reach is None:
        return slice(0, side)
    places = window.any(dim=0).nonzero()
    first, last = int(places[0]) // FACTOR, int(places[-1]) // FACTOR
    return slice(max(0, first - reach), min(side, last + reach + 1))


def _of_part(window: Tensor, part: slice) -> Tensor:
    """The columns of a window matrix that belong to a part of the latent."""
    return window[:, part.start * FACTOR : part.stop * FACTOR].clone()


class IdentityDistance(nn.Module):
    """1 - cosine between the embedding of a decoded latent and a target.

    Only the part of the latent that the recognition window sees is decoded.

    Args:
        decode: unit latent (N, C, h, w) -> picture (N, 3, S, S), differentiable: without books.
        embedder: (N, 3, 112, 112) in [-1, 1] -> (N, D) unit vectors.
        side: S.
    """

    wy: Tensor
    wx: Tensor

    def __init__(self, decode: SmoothDecode, embedder: nn.Module, side: int = CROP_SIZE) -> None:
        super().__init__()
        self.decode, self.embedder = decode, embedder
        wy, wx = window_matrices(side)
        self.rows, self.columns = (seen(w, decode.reach) for w in (wy, wx))
        self.register_buffer("wy", _of_part(wy, self.rows), persistent=False)
        self.register_buffer("wx", _of_part(wx, self.columns), persistent=False)

    def forward(self, latent: Tensor, target: Tensor) -> Tensor:
        """(N, C, h, w) and (N, D) unit vectors -> (N,) distances in [0, 2]."""
        # A little beyond the picture's range: nothing is gained by colours that no file holds.
        picture = self.decode(latent[:, :, self.rows, self.columns]).clamp(-1.2, 1.2)
        crop = self.wy @ picture @ self.wx.T  # N, 3, 112, 112
        out: Tensor = 1 - (self.embedder(crop) * target).sum(dim=1)
        return out


class WindowDistance(nn.Module):
    """1 - cosine between the embedding of a recognition window and a target.

    Args:
        embedder: see `IdentityDistance`.
    """

    def __init__(self, embedder: nn.Module) -> None:
        super().__init__()
        self.embedder = embedder

    def forward(self, crop: Tensor, target: Tensor) -> Tensor:
        """(N, 3, 112, 112) in [-1, 1] and (N, D) unit vectors -> (N,) distances in [0, 2]."""
        out: Tensor = 1 - (self.embedder(crop) * target).sum(dim=1)
        return out


class WindowGradient(nn.Module):
    """What the graph ``embedder-gradient`` computes, by autograd."""

    def __init__(self, embedder: nn.Module) -> None:
        super().__init__()
        self.distance = WindowDistance(embedder)

    def forward(self, crop: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
        """See `WindowDistance` -> gradient of the crop's shape, (N,) distances."""
        return gradient(self.distance, crop, target)


class SmoothDecode(nn.Module):
    """The decoder without its books, which have no gradient."""

    def __init__(self, autoencoder: LatentAutoencoder) -> None:
        super().__init__()
        self.network = autoencoder
        self.reach = autoencoder.decoder.reach

    def forward(self, latent: Tensor) -> Tensor:
        """Unit latent (N, 4, 128, 128) -> picture (N, 3, 512, 512)."""
        return self.network.decode(latent, quantised=False)


def gradient(
    distance: Callable[[Tensor, Tensor], Tensor], latent: Tensor, target: Tensor
) -> tuple[Tensor, Tensor]:
    """By autograd: ((N, C, h, w) gradient of the summed distances, (N,) distances)."""
    with torch.enable_grad():
        z = latent.detach().requires_grad_()
        loss = distance(z, target)
        (g,) = torch.autograd.grad(loss.sum(), z)
    return g, loss.detach()
