"""Deep metric learning of the fusion (CodeFormer++, arXiv 2510.04410).

The output is drawn to a hard positive, I_AP, with the facial components of I_F on the texture of
I_warp, and pushed from a hard negative. After the published description; filled in: the boxes of
the components, the negatives, and the space of the distance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor

from engine.faces.face import CROP_SIZE, TEMPLATE_512

if TYPE_CHECKING:
    from engine.training.losses import Perceptual, TeacherIdentity

#: Enlargement of the components' boxes: eyes with brows, nose, mouth (CodeFormer's factors).
ENLARGE = {"eye": 1.4, "nose": 1.1, "mouth": 1.3}
#: Deviation of the Gaussian feather at 512 px; past four of it the mask is zero.
FEATHER = 8.0
MARGIN = 0.2


def component_boxes() -> list[tuple[float, float, float, float]]:
    """Centre x, y and half width, height of the boxes, in pixels of the 512 template.

    The faces are aligned, so the template's landmarks are the faces' own to a few pixels.
    """
    left, right, nose, mouth_left, mouth_right = ((float(x), float(y)) for x, y in TEMPLATE_512)
    between = right[0] - left[0]
    eye = ENLARGE["eye"] * between * 0.25
    boxes = [(x, y - 0.25 * eye, eye, 0.9 * eye) for x, y in (left, right)]  # up to the brow
    wide = ENLARGE["nose"] * between * 0.25
    boxes.append((nose[0], nose[1] - 0.2 * wide, wide, 1.2 * wide))
    mouth = ENLARGE["mouth"] * (mouth_right[0] - mouth_left[0]) / 2
    middle = ((mouth_left[0] + mouth_right[0]) / 2, (mouth_left[1] + mouth_right[1]) / 2)
    boxes.append((*middle, mouth, 0.55 * mouth))
    return boxes


def component_mask(side: int = CROP_SIZE) -> Tensor:
    """(1, 1, side, side): 1 within the boxes, a Gaussian feather around them, then 0."""
    line = (torch.arange(side, dtype=torch.float32) + 0.5) * CROP_SIZE / side - 0.5

    def profile(centre: float, half: float) -> Tensor:
        beyond = ((line - centre).abs() - half).clamp_min(0) / FEATHER
        return torch.where(beyond < 4, torch.exp(-0.5 * beyond**2), 0.0)

    mask = torch.zeros(side, side)
    for x, y, width, height in component_boxes():
        mask = torch.maximum(mask, profile(y, height)[:, None] * profile(x, width)[None])
    return mask[None, None]


def hard_positive(faithful: Tensor, registered: Tensor) -> Tensor:
    """I_AP: components of I_F on the texture of I_warp; (N, 3, S, S) each."""
    mask = component_mask(faithful.shape[-1]).to(faithful)
    return mask * faithful + (1 - mask) * registered


def hard_negatives(faithful: Tensor, prior: Tensor, positive: Tensor) -> Tensor:
    """One negative a sample: I_F (half), I_G unregistered, a blurred or re-degraded I_AP.

    Args:
        faithful: (N, 3, S, S), the right person without texture.
        prior: (N, 3, S, S), the right texture in the wrong place.
        positive: (N, 3, S, S).
    """
    blurred = F.interpolate(
        F.avg_pool2d(positive, 4), scale_factor=4.0, mode="bilinear", align_corners=False
    )
    coarse = F.interpolate(F.avg_pool2d(positive, 8), scale_factor=8.0, mode="nearest")
    coarse = coarse + 0.06 * torch.randn(positive.shape).to(positive)
    choice = torch.multinomial(torch.tensor([0.5, 0.2, 0.15, 0.15]), len(faithful), True)
    every = torch.stack([faithful, prior, blurred, coarse])
    picked: Tensor = every[choice.to(every.device), torch.arange(len(faithful))]
    return picked


def triplet(
    anchor: Tensor, positive: Tensor, negative: Tensor, margin: float = MARGIN
) -> tuple[Tensor, Tensor, Tensor]:
    """Cosine triplet: max(0, cos(a, n) - cos(a, p) + margin), mean over samples.

    Args:
        anchor: (N, D).
        positive: (N, D).
        negative: (N, D).
        margin: by which the positive must be nearer.

    Returns:
        The loss, and the mean cosines to positive and negative, all scalars.
    """
    near = F.cosine_similarity(anchor, positive, dim=1)
    far = F.cosine_similarity(anchor, negative, dim=1)
    return F.relu(far - near + margin).mean(), near.mean().detach(), far.mean().detach()


class MetricSpace:
    """psi: pooled texture features and the recognition embedding, each of unit length.

    The features behind a ReLU all point the same way; the mean of the triplet's positives and
    negatives is taken off first, so that what is left tells textures apart [filled in].

    Args:
        perceptual: its second and third layer are used, on one random window of `crop` pixels.
        identity: the teaching recogniser.
    """

    def __init__(self, perceptual: Perceptual, identity: TeacherIdentity) -> None:
        self.perceptual, self.identity = perceptual, identity

    def loss(
        self, anchor: Tensor, positive: Tensor, negative: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """`triplet` of pictures (N, 3, S, S) in [-1, 1]; the gradient flows into the anchor."""
        side = anchor.shape[-1]
        crop = min(self.perceptual.crop, side)
        top, left = torch.randint(0, side - crop + 1, (2,)).tolist()
        window = (..., slice(top, top + crop), slice(left, left + crop))
        with torch.no_grad():
            texture_p, texture_n = self._texture(positive[window]), self._texture(negative[window])
            person_p, person_n = self.identity.embed(positive), self.identity.embed(negative)
        middle = torch.cat([texture_p, texture_n]).mean(0, keepdim=True)
        texture_a = self._texture(anchor[window])
        person_a = self.identity.embed(anchor.clamp(-1.2, 1.2))

        def psi(texture: Tensor, person: Tensor) -> Tensor:
            return torch.cat([F.normalize(texture - middle, dim=1), person], dim=1)

        return triplet(psi(texture_a, person_a), psi(texture_p, person_p), psi(texture_n, person_n))

    def _texture(self, x: Tensor) -> Tensor:
        """(N, 3, H, W) -> (N, D): means and deviations of relu2_2 and relu3_1 over the window."""
        maps = [m.float() for m in self.perceptual.features((x.clamp(-1.1, 1.1) + 1) / 2)[1:]]
        pooled = []
        for m in maps:
            spread = (m.var((2, 3), correction=0) + 1e-6).sqrt()
            pooled += [m.mean((2, 3)), spread]
        return torch.cat([F.normalize(p, dim=1) for p in pooled], dim=1)
