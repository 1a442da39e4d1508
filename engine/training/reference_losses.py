"""Losses that make a reference count, and teach when it should not.

`transfer_loss` is the attention reconstruction of NTED (arXiv 2204.06160; weight 15 there):
extraction, distribution and attention weights are applied to the
reference's RGB and compared with the truth, so that a place of the face learns to look at the same
place of the reference before any picture needs it. Filled in by us: the reference's colours are
first brought to the truth's mean and deviation, so that another light does not count as a wrong
place; the gate's loss.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor

from engine.networks.texture_transfer import extract
from engine.training.losses import jittered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.training.losses import OwnIdentity, TeacherIdentity

#: Distance of the identity that severe damage leaves, and the largest weight of a lighter one.
HEAVY = 0.6
LIGHT = 4.0


def transfer_loss(
    target: Tensor,
    references: Tensor,
    right: Tensor,
    attention: Tensor,
    distribution: Sequence[Tensor],
    extraction: Sequence[Tensor],
) -> Tensor:
    """Mean L1 over the roads and scales, and over the samples whose reference is right.

    Args:
        target: (N, 3, S, S), the truth.
        references: (N, R, 3, S, S).
        right: (N,), 1 where the references show the target's person.
        attention: (N, M, R * M), of the carried attention at S/16.
        distribution: (N, R * k, M) by scale, finest (S/4) first.
        extraction: logits (N * R, k, M) by scale.
    """
    with torch.no_grad():
        target = F.avg_pool2d(target.float(), 4)  # S/4, the finest map
        pale = F.avg_pool2d(references.float().flatten(0, 1), 4)
        alike = coloured_as(pale.reshape(*references.shape[:2], *target.shape[1:]), target)
    losses = [_distance(carried(alike, attention), target)]
    for scale, (weights, logits) in enumerate(zip(distribution, extraction, strict=True)):
        small = F.avg_pool2d(target, 1 << scale)
        reference = F.avg_pool2d(alike.flatten(0, 1), 1 << scale)
        tokens = extract(logits, reference.flatten(2))  # N * R, k, 3
        tokens = tokens.reshape(len(target), -1, 3)  # N, R * k, 3
        moved = (tokens.transpose(1, 2) @ weights.float()).reshape(small.shape)
        losses.append(_distance(moved, small))
    each = torch.stack(losses).mean(0)  # N
    return (each * right).sum() / right.sum().clamp_min(1.0)


def carried(pictures: Tensor, attention: Tensor) -> Tensor:
    """The references' pictures, moved in 4x4 patches: (N, R, 3, h, w) -> (N, 3, h, w)."""
    n, r, _, h, w = pictures.shape
    folded = F.pixel_unshuffle(pictures.flatten(0, 1), 4).flatten(2)  # N * R, 48, M
    across = folded.reshape(n, r, *folded.shape[1:]).transpose(1, 2).flatten(2)  # N, 48, R * M
    moved = across @ attention.float().transpose(1, 2)  # N, 48, M
    return F.pixel_shuffle(moved.reshape(n, -1, h // 4, w // 4), 4)


def coloured_as(references: Tensor, target: Tensor) -> Tensor:
    """References with the target's mean and deviation by channel: (N, R, 3, h, w), (N, 3, h, w)."""
    own_mean = references.mean((3, 4), keepdim=True)
    own = references.std((3, 4), keepdim=True)
    mean = target.mean((2, 3), keepdim=True)[:, None]
    deviation = target.std((2, 3), keepdim=True)[:, None]
    return (references - own_mean) / (own + 1e-3) * deviation + mean


def _distance(x: Tensor, target: Tensor) -> Tensor:
    """(N,) mean absolute differences."""
    return (x - target).abs().mean((1, 2, 3))


def identity_loss(
    teacher: TeacherIdentity | OwnIdentity,
    out: Tensor,
    x: Tensor,
    references: Tensor,
    mask: Tensor,
    share: Tensor,
    faithful: Tensor | None = None,
    jitter: int = 0,
) -> Tensor:
    """Distance of the identity to the truth's and, by `share`, to the reference's.

    The damaged picture gives most of its identity away; what it does not, only the reference can
    tell (arXiv 2505.21905).

    Args:
        teacher: the recogniser.
        out: (N, 3, S, S), the result.
        x: (N, 3, S, S), the truth.
        references: (N, R, 3, S, S).
        mask: (N, R), 1 where there is a reference.
        share: (N,) in [0, 1], 0 where the reference is wrong or missing.
        faithful: (N, 3, S, S), a restoration without any reference: a face counts the more, up to
            `LIGHT` times, the less of the identity that has lost. Otherwise lightly damaged faces,
            where little is to be gained, are hardly heard beside severely damaged ones.
        jitter: pixels by which the result is moved before the recogniser sees it, see `jittered`.
    """
    with torch.no_grad():
        truth = teacher.embed(x)
        other = teacher.embed(references.flatten(0, 1)).reshape(*mask.shape, -1)
        other = F.normalize((other * mask[:, :, None]).sum(1), dim=1)
    own = teacher.embed(jittered(out.clamp(-1.2, 1.2), jitter))
    to_truth, to_other = 1 - (own * truth).sum(1), 1 - (own * other).sum(1)
    each = (1 - share) * to_truth + share * to_other
    if faithful is not None:
        with torch.no_grad():
            lost = 1 - (teacher.embed(faithful) * truth).sum(1)
        each = each * (HEAVY / lost.clamp_min(1e-3)).clamp(1.0, LIGHT)
    return each.mean()


def gate_loss(agreement: Tensor, mask: Tensor, right: Tensor) -> Tensor:
    """Cross-entropy of the gates (N, R) against whether the references are right (N,)."""
    p = agreement.float().clamp(1e-4, 1 - 1e-4)
    goal = right[:, None]
    each = -(goal * p.log() + (1 - goal) * (1 - p).log())
    return (each * mask).sum() / mask.sum().clamp_min(1.0)
