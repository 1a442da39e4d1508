"""An adversary that judges features of a frozen network in place of pixels.

After Sauer et al., "Projected GANs Converge Faster" (arXiv 2111.01007): small heads of spectral
norm on the maps of a pretrained network tell made from true after a few hundred samples, where a
judge of pixels needs many thousands. Filled in: the perceptual loss's own maps (VGG19) at both its
scales, which cost nothing more; no random projections; the generator hears so much of the judge
that its gradient at the picture has a given share of the anchors'.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm

from engine.training.losses import hinge_discriminator, hinge_generator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.training.losses import Seen

#: The share is found anew at every 16th step, for that costs two more backward passes.
EVERY = 16
#: Weight of the newest of those in their moving mean.
NEWEST = 0.2


def _head(width: int, hidden: int) -> nn.Sequential:
    """Maps of one layer -> a judgement a patch: real above 0, made below."""
    return nn.Sequential(
        spectral_norm(nn.Conv2d(width, hidden, 4, stride=2, padding=1)),
        nn.LeakyReLU(0.2),
        spectral_norm(nn.Conv2d(hidden, hidden, 4, stride=2, padding=1)),
        nn.LeakyReLU(0.2),
        spectral_norm(nn.Conv2d(hidden, 1, 3, padding=1)),
    )


class FeatureAdversary(nn.Module):
    """What a stage sets as its ``adversary``; the same order of calls as `Adversary`.

    Args:
        widths: channels of the maps, finest first.
        windows: how many sets of maps a picture gives (`Perceptual.compare`).
        hidden: channels of the heads, finest first.
        start: samples seen before the generator hears of it.
        lead: samples that the heads train ahead of that.
    """

    balance: Tensor

    def __init__(
        self,
        *,
        widths: Sequence[int] = (64, 128, 256),
        windows: int = 2,
        hidden: Sequence[int] = (32, 64, 64),
        start: int = 0,
        lead: int = 0,
    ) -> None:
        super().__init__()
        self.start, self.lead = start, lead
        self.heads = nn.ModuleList(
            nn.ModuleList(_head(w, h) for w, h in zip(widths, hidden, strict=True))
            for _ in range(windows)
        )
        self.register_buffer("balance", torch.zeros(()))
        self._pair: list[Seen] | None = None
        self._heard = 0

    def get_extra_state(self) -> dict[str, int]:
        """When it is heard; a resumed run must not forget that fresh heads had to wait."""
        return {"start": self.start}

    def set_extra_state(self, state: dict[str, int]) -> None:
        """Takes over the later of the plan's and the run's start."""
        self.start = max(self.start, int(state.get("start", 0)))

    def start_after(self, seen: int) -> None:
        """Fresh heads join at so many samples: they get their lead before they are heard."""
        self.start = max(self.start, seen + self.lead)

    def judge(self, maps: Sequence[Sequence[Tensor]]) -> list[Tensor]:
        """Windows of maps -> judgements, one tensor a map."""
        return [
            head(m)
            for heads, window in zip(self.heads, maps, strict=False)
            for head, m in zip(heads, window, strict=True)  # type: ignore[call-overload]
        ]

    def generator_loss(
        self, seen: list[Seen], out: Tensor, anchor: Tensor, samples: int
    ) -> Tensor | None:
        """The generator's share, already balanced; None before `start`.

        Args:
            seen: of the pictures made, with their graph.
            out: those pictures, where the gradients are balanced.
            anchor: scalar, the losses that hold the picture to the truth.
            samples: seen so far.
        """
        self._pair = None
        if samples < self.start - self.lead:
            return None
        self._pair = [type(s)([m.detach() for m in s.made], s.true) for s in seen]
        if samples < self.start:
            return None
        self.requires_grad_(requires_grad=False)
        judged = _mean([hinge_generator(j.float()) for j in self.judge([s.made for s in seen])])
        self.requires_grad_(requires_grad=True)
        if self._heard % EVERY == 0:
            held, drawn = (
                torch.autograd.grad(loss, out, retain_graph=True)[0].float().norm()
                for loss in (anchor, judged)
            )
            newest = (held / (drawn + 1e-8)).detach()
            first = float(self.balance) == 0
            self.balance.lerp_(newest, 1.0 if first else NEWEST)
        self._heard += 1
        return judged * self.balance

    def discriminator_loss(self) -> Tensor | None:
        """Hinge loss on the remembered maps, mean over the heads; None without any."""
        if self._pair is None:
            return None
        real = self.judge([s.true for s in self._pair])
        made = self.judge([s.made for s in self._pair])
        pairs = zip(real, made, strict=True)
        return _mean([hinge_discriminator(r.float(), m.float()) for r, m in pairs])


def _mean(losses: Sequence[Tensor]) -> Tensor:
    return torch.stack(list(losses)).mean()
