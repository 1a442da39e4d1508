"""Losses shared by all stages. Pictures are (N, 3, S, S) float in [-1, 1] unless said otherwise.

No loss may use the validation recogniser (``fr_c`` of the teachers) or LPIPS with the weights that
`engine.training.evaluate` reports: a measure that was trained on tells nothing.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.networks.identity_distance import recognition_crop
from engine.training import material

#: Smallest side, in crops, of a picture that is looked at from afar as well.
FAR_FROM = 1.3


class Seen(NamedTuple):
    """Feature maps of one window, finest first: of what was made, and of the truth."""

    made: list[Tensor]
    true: list[Tensor]


class Perceptual(nn.Module):
    """L1 between VGG19 features relu1_2, relu2_2, relu3_1 of random crops.

    VGG at 512 px would cost several times the generator; one random crop a sample does not.

    Args:
        crop: its side in pixels.
        far: a second crop, twice as wide and averaged down to `crop`, shows forms that the first
            is too near for.
        unit: squared distances of features of unit length, as LPIPS compares them (Zhang et al.,
            arXiv 1801.03924), with VGG's own weights alone; else L1 as a share of the map's mean.
    """

    #: weights of relu1_2, relu2_2, relu3_1
    weights = (0.2, 0.5, 1.0)
    #: numbers of the convolutions in the teacher's file; 0 normalises the colours
    layers = (0, 2, 5, 9, 12, 16)

    def __init__(self, crop: int = 128, *, far: bool = False, unit: bool = False) -> None:
        super().__init__()
        self.crop, self.far, self.unit = crop, far, unit
        net = material.teachers().vgg19n()
        for layer in self.layers:
            weight = getattr(net, f"p{layer}_weight").detach()
            weight = weight.contiguous(memory_format=torch.channels_last)
            self.register_buffer(f"weight{layer}", weight)
            self.register_buffer(f"bias{layer}", getattr(net, f"p{layer}_bias").detach())

    def features(self, x: Tensor) -> list[Tensor]:
        """(N, 3, H, W) in [0, 1] -> the three maps; zero padding, which is the fast one."""
        maps = []
        for layer in self.layers:
            if layer in {9, 16}:
                x = F.max_pool2d(x, 2)
            weight, bias = getattr(self, f"weight{layer}"), getattr(self, f"bias{layer}")
            x = F.conv2d(x, weight, bias, padding=weight.shape[-1] // 2)
            if layer:
                x = F.relu(x)
            if layer in {5, 12, 16}:
                maps.append(x)
        return maps

    def forward(self, x: Tensor, target: Tensor) -> Tensor:
        """Mean distance over layers and crops; the crop position comes from torch's generator."""
        return self.compare(x, target)[0]

    def compare(self, x: Tensor, target: Tensor) -> tuple[Tensor, list[Seen]]:
        """The distance, and the features that it was found by, one set a window."""
        seen = [self._look(x, target)]
        if self.far and x.shape[-1] >= FAR_FROM * self.crop:
            seen.append(self._look(F.avg_pool2d(x, 2), F.avg_pool2d(target, 2)))
        return torch.stack([self._distance(s) for s in seen]).mean(), seen

    def _look(self, x: Tensor, target: Tensor) -> Seen:
        side = x.shape[-1]
        crop = min(self.crop, side)
        top, left = torch.randint(0, side - crop + 1, (2,)).tolist()
        window = (..., slice(top, top + crop), slice(left, left + crop))
        last = torch.channels_last
        made = self.features(bounded01(x[window]).contiguous(memory_format=last))
        with torch.no_grad():
            true = self.features(bounded01(target[window]).contiguous(memory_format=last))
        return Seen(made, true)

    def _distance(self, seen: Seen) -> Tensor:
        total = seen.made[0].new_zeros((), dtype=torch.float32)
        for i, (w, u, v) in enumerate(zip(self.weights, seen.made, seen.true, strict=True)):
            if i == 0:  # a quarter of the finest map's places tells as much, at a quarter's cost
                u, v = u[..., ::2, ::2], v[..., ::2, ::2]  # noqa: PLW2901
            if self.unit:
                total = total + w * unit_distance(u, v).mean()
            else:
                # Divided by the map's own mean: layers of any scale count by their weight alone.
                total = total + w * F.l1_loss(u, v).float() / (v.mean().float() + 1e-3)
        return total


def unit_distance(u: Tensor, v: Tensor) -> Tensor:
    """Squared distances of vectors of unit length, 0 between two of none: -> (N, H, W) float32.

    Args:
        u: (N, C, H, W).
        v: the same, of one type with it; no gradient flows into it.
    """
    distance: Tensor = _UnitDistance.apply(u, v.detach())  # type: ignore[no-untyped-call]
    return distance


class _UnitDistance(torch.autograd.Function):
    """In the maps' own type, with sums in float32: a half of the traffic that autograd makes."""

    least = 1e-3

    @staticmethod
    def forward(ctx: Any, u: Tensor, v: Tensor) -> Tensor:
        along = [(a * b).sum(1, dtype=torch.float32) for a, b in ((u, u), (v, v), (u, v))]
        uu, vv, uv = (s + _UnitDistance.least for s in along)
        cosine = uv * torch.rsqrt(uu * vv)
        ctx.save_for_backward(u, v, torch.rsqrt(uu * vv), cosine / uu)
        return 2 - 2 * cosine

    @staticmethod
    def backward(ctx: Any, *above: Tensor) -> tuple[Tensor, None]:
        u, v, of_v, of_u = ctx.saved_tensors
        share = 2 * above[0][:, None]
        weights = ((share * w[:, None]).to(u.dtype) for w in (of_u, of_v))
        return u * next(weights) - v * next(weights), None


class TeacherIdentity(nn.Module):
    """1 - cosine between embeddings by the teaching recogniser (``fr_d``; never ``fr_c``)."""

    def __init__(self) -> None:
        super().__init__()
        with material.quiet_loading():
            self.net = material.teachers().fr_d_torch().requires_grad_(requires_grad=False)

    def embed(self, x: Tensor) -> Tensor:
        """(N, 3, S, S) aligned faces -> (N, 256) unit vectors."""
        crop = (recognition_crop(x) + 1) * 127.5
        return F.normalize(self.net(crop).float(), dim=1)

    def forward(self, x: Tensor, target: Tensor) -> Tensor:
        """(N,) distances in [0, 2]; gradients flow into x alone."""
        with torch.no_grad():
            goal = self.embed(target)
        return 1 - (self.embed(x.clamp(-1.2, 1.2)) * goal).sum(1)


class OwnIdentity(nn.Module):
    """The same by an embedder of ours, so that no loss has one judge alone.

    Args:
        embedder: (N, 3, 112, 112) in [-1, 1] -> (N, D) unit vectors, frozen.
    """

    def __init__(self, embedder: nn.Module) -> None:
        super().__init__()
        self.net = embedder

    def embed(self, x: Tensor) -> Tensor:
        """(N, 3, S, S) aligned faces -> (N, D) unit vectors."""
        out: Tensor = self.net(recognition_crop(x)).float()
        return out


def jittered(x: Tensor, reach: int) -> Tensor:
    """Faces as another aligner might cut them: moved by up to `reach` pixels, perhaps mirrored.

    A recogniser's answer to a person changes little by that; its answer to a pattern made for it
    does. What is moved out at one side comes in at the other, beyond what recognisers look at.
    """
    if not reach:
        return x
    down, right, mirrored = torch.randint(-reach, reach + 1, (3,)).tolist()
    moved = torch.roll(x, (down, right), (2, 3))
    return moved.flip(3) if mirrored > 0 else moved


def charbonnier(x: Tensor, target: Tensor, epsilon: float = 1e-3) -> Tensor:
    """Smooth L1: mean of sqrt(d^2 + eps^2)."""
    distance: Tensor = torch.sqrt((x - target) ** 2 + epsilon**2).mean()
    return distance


def frequency(x: Tensor, target: Tensor, crop: int = 256) -> Tensor:
    """L1 between amplitude spectra (orthonormal FFT), which rewards texture of the right kind.

    Of one random crop: texture is local, and spectra of whole pictures cost a sixth of a step.
    """
    crop = min(crop, x.shape[-1])
    top, left = torch.randint(0, x.shape[-1] - crop + 1, (2,)).tolist()
    window = (..., slice(top, top + crop), slice(left, left + crop))
    x, target = x[window], target[window]
    a = torch.fft.rfft2(x.float(), norm="ortho")
    b = torch.fft.rfft2(target.float(), norm="ortho")
    distance: Tensor = (a.abs() - b.abs()).abs().mean()
    return distance


def structure(x: Tensor, target: Tensor, crop: int = 192) -> Tensor:
    """1 - structural similarity of the luma of one random crop (Wang et al. 2004).

    As a loss after Zhao et al. ("Loss functions for image restoration", 2017). The Gaussian window
    is a product with banded matrices, several times faster here than a convolution.
    """
    crop = min(crop, x.shape[-1])
    top, left = torch.randint(0, x.shape[-1] - crop + 1, (2,)).tolist()
    window = (..., slice(top, top + crop), slice(left, left + crop))
    with torch.autocast(x.device.type, enabled=False):
        shares = x.new_tensor([0.299, 0.587, 0.114], dtype=torch.float32).view(1, 3, 1, 1)
        a, b = ((bounded01(p[window].float()) * shares).sum(1) for p in (x, target))
        places = torch.arange(crop, device=x.device)
        away = places[None, :] - places[: crop - 10, None] - 5
        band = torch.exp(-away.square() / (2 * 1.5**2)) * (away.abs() <= 5)
        band = band / band[0].sum()

        def mean(p: Tensor) -> Tensor:
            return band @ p @ band.T

        ma, mb = mean(a), mean(b)
        va, vb, cov = mean(a * a) - ma**2, mean(b * b) - mb**2, mean(a * b) - ma * mb
        c1, c2 = 0.01**2, 0.03**2
        value = (2 * ma * mb + c1) * (2 * cov + c2) / ((ma**2 + mb**2 + c1) * (va + vb + c2))
        distance: Tensor = 1 - value.mean()
        return distance


def bounded01(x: Tensor) -> Tensor:
    """[-1, 1] -> [0, 1], with a little room so that gradients survive at the ends."""
    return (x.clamp(-1.1, 1.1) + 1) / 2


def hinge_discriminator(real: Tensor, fake: Tensor, weight: Tensor | None = None) -> Tensor:
    """Hinge loss of the discriminator on judgements (N, ...).

    Args:
        real: of true pictures.
        fake: of made ones.
        weight: (N,), how much each sample counts; its sum is not 0. All alike without.
    """
    both = (F.relu(1 - real) + F.relu(1 + fake)) / 2
    if weight is None:
        return both.mean()
    return (both.flatten(1).mean(1) * weight).sum() / weight.sum()


def hinge_generator(fake: Tensor, weight: Tensor | None = None) -> Tensor:
    """Hinge loss of the generator on judgements (N, ...); samples count by `weight` (N,)."""
    return -(fake if weight is None else fake.flatten(1).mean(1) * weight).mean()


def adaptive_weight(
    anchor: Tensor, adversarial: Tensor, last: nn.Parameter, cap: float = 1.0
) -> Tensor:
    """VQGAN's balance of gradients at the last layer, capped at 1."""
    a = torch.autograd.grad(anchor, last, retain_graph=True)[0].norm()
    g = torch.autograd.grad(adversarial, last, retain_graph=True)[0].norm()
    weight: Tensor = (a / (g + 1e-4)).clamp(0, cap).detach()
    return weight
