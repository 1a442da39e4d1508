"""The two graphs of ENTED over one set of weights: one runs once a portrait, one once a face."""

from __future__ import annotations

from torch import Tensor, nn

from engine.networks.ented import Encoded, Ented, EntedConfig
from engine.networks.latent_refinement import SIGNATURE


def encoded_shapes(config: EntedConfig, side: int) -> dict[str, tuple[int, ...]]:
    """Shape of every field of `Encoded` without its leading axes, for a picture of this side."""
    w, positions = config.widths, (side // 16) ** 2
    carried = sum(c * (4 >> i) ** 2 for i, c in enumerate(config.carried))
    tokens = [(k, c) for k, c in zip(config.components, w, strict=True)]
    shapes = [
        (w[3], side // 32, side // 32),
        (SIGNATURE,),
        (config.keys, positions),
        (carried, positions),
        *tokens,
    ]
    return dict(zip(Encoded._fields, shapes, strict=True))


class ReferenceGraph(nn.Module):
    """The graph ``ented-reference``: a portrait in, `Encoded` out."""

    def __init__(self, network: Ented) -> None:
        super().__init__()
        self.network = network

    def forward(self, reference: Tensor) -> tuple[Tensor, ...]:
        """(B, 3, 512, 512) in [-1, 1] -> the fields of `Encoded`, each beginning with (B,)."""
        return tuple(self.network.encode(reference)[0])


class RestoreGraph(nn.Module):
    """The graph ``ented``: a face and encoded portraits in, the restored face out."""

    def __init__(self, network: Ented) -> None:
        super().__init__()
        self.network = network

    def forward(
        self,
        y: Tensor,
        fidelity: Tensor,
        mask: Tensor,
        coarse: Tensor,
        signature: Tensor,
        keys: Tensor,
        values: Tensor,
        tokens128: Tensor,
        tokens64: Tensor,
        tokens32: Tensor,
        tokens16: Tensor,
    ) -> tuple[Tensor, Tensor]:
        """(N, 3 .. 7, 512, 512), (N,), (N, R), `Encoded` by (N, R) -> picture, agreement."""
        tokens = tokens128, tokens64, tokens32, tokens16
        encoded = Encoded(coarse, signature, keys, values, *tokens)
        out = self.network.restore(y, fidelity, mask, encoded)
        return out.picture, out.agreement
