"""Portraits in training as the program gives them: trusted as far as the reference check goes.

A network that sees every wrong portrait in full learns to doubt the right ones too, though the
check keeps most of the wrong ones from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import torch
from torch import Tensor, nn

from engine.faces.face import CROP_SIZE
from engine.faces.reference_check import EXPECTED, trust
from engine.faces.sharpness import sharpness
from engine.networks.identity_distance import recognition_crop
from engine.networks.identity_target import IdentityTarget
from engine.training import earlier
from engine.training.latent_stage import embedder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.training.plan import Plan


class ReferenceTrust(nn.Module):
    """What `engine.faces.reference_choice.choose` lets a face take of its portraits.

    Args:
        plan: its data table's ``embedder`` and ``target`` say where their weights lie.
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.embedder = embedder(plan)
        self.target = IdentityTarget()
        self.target.load_state_dict(earlier.weights(plan.data.get("target", ["identity-target"])))
        self.limits = EXPECTED

    @torch.no_grad()
    def forward(
        self, y: Tensor, recovered: Tensor, references: Tensor, mask: Tensor, sharp: Tensor
    ) -> Tensor:
        """How far each portrait is trusted.

        Args:
            y: (N, 3, S, S) in [-1, 1], damaged faces.
            recovered: the same by the recovery network.
            references: (N, R, 3, S, S) in [-1, 1].
            mask: (N, R), 1 where there is a portrait.
            sharp: (N,), see `sharpnesses`.

        Returns:
            (N, R) in [0, 1]: that of a face's most similar portrait for all of them, which show one
            person, and 0 where there is none.
        """
        n, places = mask.shape
        found, degraded, others = (
            self.embedder(recognition_crop(p)).float()
            for p in (recovered, y, references.flatten(0, 1))
        )
        face = self.target(found, degraded)
        alike = (others.reshape(n, places, -1) * face[:, None]).sum(2)
        nearest = alike.masked_fill(mask <= 0, -1.0).amax(1).tolist()
        doubts = (self.limits.doubt * (1 - sharp.clamp(0, 1))).tolist()
        each = [trust(a, d, self.limits) for a, d in zip(nearest, doubts, strict=True)]
        return mask * mask.new_tensor(each)[:, None]


def sharpnesses(pictures: NDArray[np.uint8]) -> NDArray[np.float32]:
    """(N, S, S, 3) damaged faces -> (N,), see `engine.faces.sharpness`."""
    size = (CROP_SIZE, CROP_SIZE)
    large = (cv2.resize(p, size) if p.shape[:2] != size else p for p in pictures)
    return np.array([sharpness(p.astype(np.float32) / 255) for p in large], np.float32)
