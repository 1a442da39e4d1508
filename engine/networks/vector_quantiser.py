"""The vector quantiser that ENTED's dictionary and CodeFormer++'s prior share.

Nearest code by squared distance, straight-through gradient, and the text-book losses (van den Oord
et al., arXiv 1711.00937, equation 3): the code-book term moves the codes alone, the commitment
term the encoder alone. CodeFormer's published code weights them the other way round; this one does
not. Against collapse: a k-means start and re-seeding of codes that nobody uses.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


class Quantised(NamedTuple):
    """What the quantiser gives.

    Attributes:
        z_q: (N, C, H, W) float32, codes in place of z; its gradient goes to z while training.
        indices: (N, H, W) int64.
        codebook_loss: scalar, mean squared distance; moves the codes only.
        commitment_loss: scalar, `beta` times the same; moves the encoder only.
    """

    z_q: Tensor
    indices: Tensor
    codebook_loss: Tensor
    commitment_loss: Tensor


class VectorQuantiser(nn.Module):
    """A book of `codes` vectors of `width` numbers.

    Args:
        codes: size of the book.
        width: channels of z.
        beta: weight of the commitment term.
        decay: of the running usage, a step.
    """

    usage: Tensor

    def __init__(self, codes: int, width: int, *, beta: float = 0.25, decay: float = 0.99) -> None:
        super().__init__()
        self.codes, self.width, self.beta, self.decay = codes, width, beta, decay
        self.embedding = nn.Embedding(codes, width)
        nn.init.uniform_(self.embedding.weight, -1 / codes, 1 / codes)
        #: (codes,) running share of positions that took each code; zeros before the first step
        self.register_buffer("usage", torch.zeros(codes))
        self.register_load_state_dict_pre_hook(_usage_may_miss)  # type: ignore[no-untyped-call]

    def forward(self, z: Tensor) -> Quantised:
        """(N, C, H, W) -> `Quantised`; in evaluation z_q is the codes themselves, to the bit."""
        z = z.float()  # distances of near codes differ by less than bfloat16 can tell
        indices = self.nearest(z)
        codes = self.lookup(indices)
        codebook = F.mse_loss(codes, z.detach())
        commitment = self.beta * F.mse_loss(z, codes.detach())
        if not self.training:
            return Quantised(codes, indices, codebook, commitment)
        self._count(indices)
        return Quantised(z + (codes - z).detach(), indices, codebook, commitment)

    def nearest(self, z: Tensor) -> Tensor:
        """(N, C, H, W) -> (N, H, W) int64, the nearest code of every position, in float32."""
        n, c, h, w = z.shape
        with _full_precision(z), torch.no_grad():
            flat = z.float().permute(0, 2, 3, 1).reshape(-1, c)  # NHW, C
            book = self.embedding.weight.float()
            # |z - e|^2 without |z|^2, which is the same for every code
            distance = (book**2).sum(1) - 2 * flat @ book.T  # NHW, codes
            return distance.argmin(1).reshape(n, h, w)

    def lookup(self, indices: Tensor) -> Tensor:
        """(N, H, W) int64 -> (N, C, H, W) float32."""
        codes: Tensor = self.embedding(indices)
        return codes.permute(0, 3, 1, 2).float()

    # ------------------------------------------------------------------ the book's health
    @property
    def started(self) -> bool:
        """True once codes were counted or started from data."""
        return bool(self.usage.sum() > 0)

    def perplexity(self) -> float:
        """exp(entropy) of the running usage: 1 (collapsed) .. codes (all alike)."""
        share = self.usage / self.usage.sum().clamp_min(1e-9)
        return float(torch.exp(-(share * (share + 1e-10).log()).sum()))

    @torch.no_grad()
    def _count(self, indices: Tensor) -> None:
        flat = indices.flatten()
        share = torch.bincount(flat, minlength=self.codes).float() / flat.numel()
        self.usage.lerp_(share, 1 - self.decay if self.started else 1.0)

    @torch.no_grad()
    def reseed(self, z: Tensor, below: float = 0.02) -> int:
        """Moves codes that hardly anyone uses onto vectors of z, drawn by torch's generator.

        Args:
            z: (N, C, H, W), the encoder's output.
            below: a code is unused when its share is under `below` / codes.

        Returns:
            How many codes moved.
        """
        unused = (self.usage < below / self.codes).nonzero().flatten()
        flat = z.float().permute(0, 2, 3, 1).reshape(-1, self.width)
        unused = unused[: len(flat)]
        if len(unused):
            drawn = torch.randperm(len(flat))[: len(unused)].to(flat.device)
            self.embedding.weight[unused] = flat[drawn].to(self.embedding.weight.dtype)
            self.usage[unused] = 1 / self.codes  # time to prove themselves
        return len(unused)

    @torch.no_grad()
    def start_from(self, z: Tensor, steps: int = 10) -> None:
        """k-means start: codes drawn from z, then `steps` rounds of Lloyd's algorithm.

        Args:
            z: (N, C, H, W) or (M, C); several vectors a code make a good start.
            steps: rounds.
        """
        flat = z.float()
        if flat.dim() == 4:
            flat = flat.permute(0, 2, 3, 1).reshape(-1, self.width)
        order = torch.randperm(len(flat)).to(flat.device)
        order = order.repeat(-(-self.codes // len(flat)))[: self.codes]
        book = flat[order].clone()
        for _ in range(steps):
            near = ((book**2).sum(1) - 2 * flat @ book.T).argmin(1)  # M
            count = torch.bincount(near, minlength=self.codes).float()
            total = torch.zeros_like(book).index_add_(0, near, flat)
            book = torch.where(count[:, None] > 0, total / count.clamp_min(1)[:, None], book)
        self.embedding.weight.copy_(book)
        self.usage.fill_(1 / self.codes)


def _full_precision(z: Tensor) -> AbstractContextManager[Any]:
    """Autocast off; nothing to do while a graph is traced for export, which is float32."""
    if torch.compiler.is_compiling():
        return nullcontext()
    return torch.autocast(z.device.type, enabled=False)


def _usage_may_miss(
    module: nn.Module, state: dict[str, Any], prefix: str, *_: object, **__: object
) -> None:
    """Weights from elsewhere hold the book without its statistics."""
    assert isinstance(module, VectorQuantiser)
    if f"{prefix}embedding.weight" in state:
        state.setdefault(f"{prefix}usage", torch.zeros(module.codes))
