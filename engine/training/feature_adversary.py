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
from engine.training.opponent import Opponent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.training.losses import Seen
    from engine.training.opponent import Exhibit

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


class FeatureAdversary(Opponent):
    """Heads on the maps of the perceptual loss.

    Args:
        widths: channels of the maps, finest first.
        windows: how many sets of maps a picture gives (`Perceptual.compare`).
        hidden: channels of the heads, finest first.
        start: see `Opponent`.
        lead: see `Opponent`.
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
        super().__init__(start, lead)
        self.heads = nn.ModuleList(
            nn.ModuleList(_head(w, h) for w, h in zip(widths, hidden, strict=True))
            for _ in range(windows)
        )
        self.register_buffer("balance", torch.zeros(()))
        self._pair: list[Seen] | None = None
        self._weight: Tensor | None = None
        self._heard = 0

    def judge(self, maps: Sequence[Sequence[Tensor]]) -> list[Tensor]:
        """Windows of maps -> judgements, one tensor a map."""
        return [
            head(m)
            for heads, window in zip(self.heads, maps, strict=False)
            for head, m in zip(heads, window, strict=True)  # type: ignore[call-overload]
        ]

    def heard(self, shown: Exhibit) -> Tensor:
        """See `Opponent.heard`; balanced at the picture, to as much as the anchor."""
        self.requires_grad_(requires_grad=False)
        made = [s.made for s in shown.seen]
        judged = _mean([hinge_generator(j.float(), shown.weight) for j in self.judge(made)])
        self.requires_grad_(requires_grad=True)
        if self._heard % EVERY == 0:
            held, drawn = (
                torch.autograd.grad(loss, shown.made, retain_graph=True)[0].float()
                for loss in (shown.anchor, judged)
            )
            if shown.weight is not None:
                held = held * shown.weight[:, None, None, None]
            newest = (held.norm() / (drawn.norm() + 1e-8)).detach()
            first = float(self.balance) == 0
            self.balance.lerp_(newest, 1.0 if first else NEWEST)
        self._heard += 1
        return judged * self.balance

    def remember(self, shown: Exhibit) -> None:
        """See `Opponent.remember`."""
        self._pair = [type(s)([m.detach() for m in s.made], s.true) for s in shown.seen]
        self._weight = shown.weight

    def skip(self) -> None:
        """See `Opponent.skip`."""
        self._pair = None

    def discriminator_loss(self, step: int) -> Tensor | None:
        """Hinge loss on the remembered maps, mean over the heads; None without any."""
        del step
        if self._pair is None:
            return None
        real = self.judge([s.true for s in self._pair])
        made = self.judge([s.made for s in self._pair])
        pairs = zip(real, made, strict=True)
        return _mean([hinge_discriminator(r.float(), m.float(), self._weight) for r, m in pairs])


def _mean(losses: Sequence[Tensor]) -> Tensor:
    return torch.stack(list(losses)).mean()
