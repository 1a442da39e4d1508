"""What the stages of CLR-Face share: the earlier networks, frozen, and sampling with tensors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.methods import diffusion
from engine.methods.clr_face import DEFAULT, STRONGEST
from engine.methods.clr_start import gaussian
from engine.networks.blocks import bounded
from engine.networks.embedder import Embedder, EmbedderConfig, fold
from engine.networks.identity_distance import (
    IdentityDistance,
    SmoothDecode,
    gradient,
    recognition_crop,
)
from engine.networks.identity_target import IdentityTarget
from engine.networks.latent_autoencoder import LatentAutoencoder, LatentAutoencoderConfig
from engine.networks.latent_mask import LatentMask, LatentMaskConfig
from engine.networks.score import ScoreConfig, ScoreNetwork
from engine.training import earlier
from engine.training import plan as plans
from engine.training.face_stage import FaceStage, freeze

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.methods.diffusion import Settings
    from engine.training.plan import Plan

    #: (estimate of the clean latents, sigma) -> what is subtracted from it
    TensorGuide = Callable[[Tensor, float], Tensor]


class Conditions(NamedTuple):
    """What the sampler knows of some faces.

    Attributes:
        degraded: (N, 4, 128, 128) unit latents of the damaged pictures.
        recovered: the same of the recovery network's pictures.
        target: (N, 256) identity vectors that the guidance aims at.
        picture: (N, 3, 512, 512) the recovery network's pictures.
    """

    degraded: Tensor
    recovered: Tensor
    target: Tensor
    picture: Tensor


def autoencoder(plan: Plan) -> LatentAutoencoder:
    """The frozen autoencoder."""
    found: LatentAutoencoder = earlier.network(
        plan,
        "autoencoder",
        "latent-autoencoder",
        lambda t: LatentAutoencoder(LatentAutoencoderConfig(**t)),
    )
    return found


def embedder(plan: Plan) -> Embedder:
    """The frozen embedder in its folded form, from a release or from a run."""
    sources = plan.data.get("embedder", ["embedder"])
    state = earlier.weights(sources)
    table = earlier.options(plans.read(plan.data.get("embedder_plan", "embedder")))
    trained = any(".norm." in key for key in state)
    network = Embedder(EmbedderConfig(**{**table, "folded": not trained}))
    network.load_state_dict(state)
    network = fold(network.eval()) if trained else network
    freeze(network)
    return network.eval()


def score(plan: Plan) -> ScoreNetwork:
    """The frozen score network."""
    found: ScoreNetwork = earlier.network(
        plan, "score", "score", lambda t: ScoreNetwork(ScoreConfig(**t))
    )
    return found


def mask(plan: Plan) -> LatentMask:
    """The frozen latent mask."""
    found: LatentMask = earlier.network(
        plan, "mask", "latent-mask", lambda t: LatentMask(LatentMaskConfig(**t))
    )
    return found


def identity_target(plan: Plan) -> IdentityTarget:
    """The frozen map to the identity aimed at; one that changes nothing where a plan names none."""
    network = IdentityTarget()
    if "target" in plan.data:
        network.load_state_dict(earlier.weights(plan.data["target"]))
    freeze(network)
    return network.eval()


class Frozen(nn.Module):
    """Autoencoder, recovery network, embedder, target, and the identity distance through them."""

    def __init__(self, plan: Plan, side: int) -> None:
        super().__init__()
        self.autoencoder = autoencoder(plan)
        self.recovery = earlier.recovery(plan)
        self.embedder = embedder(plan)
        self.target = identity_target(plan)
        self.distance = IdentityDistance(SmoothDecode(self.autoencoder), self.embedder, side)

    @torch.no_grad()
    def conditions(self, y: Tensor) -> Conditions:
        """(N, 3, S, S) damaged pictures in [-1, 1] -> `Conditions`."""
        picture = bounded(self.recovery(y))
        seen = (self.embedder(recognition_crop(p)).float() for p in (picture, y))
        return Conditions(
            self.autoencoder.encode(y),
            self.autoencoder.encode(picture),
            self.target(*seen),
            picture,
        )


class LatentStage(FaceStage):
    """A stage that works on latents of damaged faces.

    Reads of the data table: ``autoencoder``, ``recovery``, ``embedder``, ``target`` (where their
    weights lie, best first; without the last the guidance aims at the recovery network's picture),
    ``mix`` (of damage), and the keys of `FaceStage`.
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self.frozen = Frozen(plan, self.side)

    def place(self, device: torch.device) -> None:
        """Moves the frozen networks."""
        super().place(device)
        self.frozen.to(device)

    def settings(self, fidelity: float) -> Settings:
        """The sampler's settings of a fidelity, as in `engine.methods.clr_face`."""
        strongest = float(self.plan.data.get("strongest", STRONGEST))
        return diffusion.settings(fidelity, DEFAULT, strongest)

    @torch.no_grad()
    def sampled(
        self,
        network: nn.Module,
        given: Conditions,
        how: Settings,
        unit: Tensor,
        guide: TensorGuide | None = None,
    ) -> Tensor:
        """The method's sampler with tensors: (N, 4, 128, 128) clean unit latents.

        Args:
            network: the score network.
            given: conditions of N faces.
            how: settings.
            unit: (N, 4, 128, 128) noise.
            guide: see `guide`.
        """

        def denoise(z: Tensor, sigma: float) -> Tensor:
            out: Tensor = network(z, z.new_full((len(z),), sigma), given.degraded, given.recovered)
            return out

        # The sampler is plain arithmetic and takes tensors as well as arrays.
        run = cast("Any", diffusion.sample)
        hold = None
        if how.held > 0:
            anchor = given.recovered
            hold = cast("Any", diffusion.anchored)(anchor, lambda z: blurred(z, how.held))
        out: Tensor = run(denoise, given.recovered + how.start * unit, how, guide=guide, hold=hold)
        return out

    def finished(
        self,
        network: nn.Module,
        given: Conditions,
        mask: nn.Module | None,
        fidelity: float,
        unit: Tensor,
        *,
        guided: bool = True,
    ) -> Tensor:
        """The method's whole way: held samples, guided where the mask allows.

        Args:
            network: the score network.
            given: conditions of N faces.
            mask: the mask network; None guides everywhere.
            fidelity: 0 .. 1.
            unit: (N, 4, 128, 128) noise.
            guided: False leaves the guidance out.
        """
        how = self.settings(fidelity)
        guide = self.guide(given, mask, how.scale) if guided and how.scale > 0 else None
        return self.sampled(network, given, how, unit, guide)

    def direction(self, estimate: Tensor, target: Tensor) -> Tensor:
        """The guided step at scale 1, see `diffusion.guidance`; no graph behind it."""
        return polyak(*gradient(self.frozen.distance, estimate.float(), target))

    def guide(self, given: Conditions, network: nn.Module | None, scale: float) -> TensorGuide:
        """The guidance of a batch, gated by a mask network where there is one."""

        def step(estimate: Tensor, sigma: float) -> Tensor:
            del sigma
            moved = self.direction(estimate, given.target)
            gate = 1.0 if network is None else network(given.degraded, estimate)
            return scale * gate * moved

        return step

    def fixed(self, shape: torch.Size) -> Tensor:
        """The same noise at every validation."""
        generator = torch.Generator().manual_seed(3)
        return torch.randn(shape, generator=generator).to(self.device)

    def pairs(self, number: int, count: int) -> Mapping[str, Any]:
        """`target` and `input`, (count, S, S, 3) uint8: whole faces, damaged by the plan's mix."""
        rng = self.generator(number)
        targets, inputs = self.samples.pairs(rng, count, self.plan.data["mix"])
        return {"target": targets, "input": inputs}


def blurred(latent: Tensor, deviation: float) -> Tensor:
    """(N, C, H, W) through the Gaussian of `engine.methods.clr_start.blurred`."""
    kernel = torch.from_numpy(gaussian(deviation)).to(latent.device)
    radius, channels = len(kernel) // 2, latent.shape[1]
    soft = F.pad(latent.float(), [radius] * 4, mode="reflect")
    for shape in ((1, 1, -1, 1), (1, 1, 1, -1)):
        weight = kernel.reshape(shape).repeat(channels, 1, 1, 1)
        soft = F.conv2d(soft, weight, groups=channels)
    return soft


def polyak(g: Tensor, distance: Tensor) -> Tensor:
    """(N, C, H, W) and (N,) -> Polyak's step a sample; zeros where it has no direction."""
    rms = g.double().square().mean((1, 2, 3), keepdim=True).sqrt()
    good = torch.isfinite(rms) & (rms > 1e-20)
    rms = rms.clamp_min(1e-30)
    length = (distance.double().reshape(-1, 1, 1, 1) / (rms * g[0].numel())).clamp_max(
        diffusion.FARTHEST
    )
    return torch.where(good, g / rms * length, torch.zeros_like(g)).float()
