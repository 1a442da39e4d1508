"""What is released of each stage: names, networks, graphs. `engine.training.release` writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
import torch.nn.functional as F

from engine import photo as photos
from engine.models.store import BUNDLED
from engine.networks import export
from engine.networks.codeformer_pp import CodeFormerPlusPlus
from engine.networks.detector import Detector, DetectorConfig, folded
from engine.networks.embedder import Embedder, EmbedderConfig, fold
from engine.networks.ented import Ented, EntedConfig
from engine.networks.export import GraphSpec, example_face
from engine.networks.identity_recovery import IdentityRecovery, IdentityRecoveryConfig
from engine.networks.identity_target import IdentityTarget
from engine.networks.latent_autoencoder import LatentAutoencoder, LatentAutoencoderConfig
from engine.networks.latent_mask import LatentMask, LatentMaskConfig
from engine.networks.score import ScoreConfig, ScoreNetwork
from engine.training import earlier, gradient_export

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from torch import Tensor, nn

    from engine.training.plan import Plan

SAMPLES = BUNDLED.parent / "samples"

#: What most networks were trained on, for the manifest.
FACES = (
    "Aligned faces from public collections: synthetic portraits, celebrities, athletes, officials "
    "and studio portraits; see the model card."
)


@dataclass(frozen=True)
class Release:
    """How a stage's network is released.

    Attributes:
        model: name in the store and of the files.
        title: words for the user.
        build: plan -> network with fresh weights.
        graphs: trained network -> specification by graph name.
        finish: trained network -> released form, such as with its normalisation folded.
        more: network, its weights file -> entries of further graphs, written beside the file.
        tolerance: largest difference of a graph to its network, as a share of the largest value.
        base: the released model that this one is a variant of; what they share is not stored again.
        data: what it was trained on, in one sentence.
    """

    model: str
    title: str
    build: Callable[[Plan], nn.Module]
    graphs: Callable[[Any], dict[str, GraphSpec]]
    finish: Callable[[Any], nn.Module] | None = None
    more: Callable[[Any, Path], dict[str, dict[str, Any]]] | None = None
    tolerance: float = export.TOLERANCE
    base: str = ""
    data: str = FACES


def _recognition_crops() -> Tensor:
    return torch.rand(2, 3, 112, 112, generator=torch.Generator().manual_seed(1)) * 2 - 1


def _photograph() -> Tensor:
    return torch.rand(2, 3, 96, 160, generator=torch.Generator().manual_seed(1)) * 2 - 1


def _ented(network: Ented) -> dict[str, GraphSpec]:
    """The encoder of a portrait, and the restoration with encoded portraits.

    Compared on real pictures and their encodings: noise is far from all code words.
    """
    pixels = [photos.read(SAMPLES / f"portrait-{n}.jpg").preview8 for n in (1, 2)]
    face = torch.cat(
        [
            F.interpolate(
                torch.from_numpy(p.copy()).permute(2, 0, 1)[None].float() / 127.5 - 1, size=512
            )
            for p in pixels
        ]
    )
    seen = face.flip(3).repeat(1, 2, 1, 1) if network.config.recovered else face
    if network.config.noise:
        noise = torch.randn(2, 1, 512, 512, generator=torch.Generator().manual_seed(1))
        seen = torch.cat([seen, noise], dim=1)
    with torch.no_grad():
        encoded, _ = network.eval().encode(face.flip(3).repeat(2, 1, 1, 1))
    kept = encoded.grouped(2, 2)._asdict()
    one = {"input": seen, "fidelity": torch.tensor([0.3, 0.5])}
    free = {0: "batch", 1: "references"}
    return {
        "ented-reference": GraphSpec({"reference": face}, {"reference": {0: "references"}}),
        "ented": GraphSpec(
            {**one, "mask": torch.ones(2, 2), **kept},
            {key: {0: "batch"} for key in one} | dict.fromkeys(("mask", *kept), free),
            checks=1,
        ),
    }


def _latent() -> Tensor:
    return torch.randn(1, 4, 128, 128, generator=torch.Generator().manual_seed(1))


def _autoencoder(network: LatentAutoencoder) -> dict[str, GraphSpec]:
    """Picture to unit latent, and back through the books; the gradient graph comes on top."""
    del network
    free = {0: "batch"}
    return {
        "clr-encode": GraphSpec({"picture": example_face()}, {"picture": free}),
        "clr-decode": GraphSpec({"latent": _latent()}, {"latent": free}),
    }


def _denoise() -> dict[str, Tensor]:
    return {
        "noisy": 3 * _latent(),
        "sigma": torch.tensor([2.0]),
        "degraded": _latent(),
        "recovered": _latent().flip(3),
    }


#: Fitted, not trained: see `engine.training.fit_target`.
IDENTITY_TARGET = Release(
    "identity-target",
    "CLR-Face's identity target (method Vivid)",
    lambda _: IdentityTarget(),
    lambda _: {
        "identity-target": GraphSpec(
            {"recovered": torch.eye(2, 256), "degraded": torch.eye(2, 256).flip(1)},
            {"recovered": {0: "batch"}, "degraded": {0: "batch"}},
        )
    },
)

RELEASES: dict[str, Release] = {
    "clr-fast": Release(
        "clr-fast",
        "CLR-Face, distilled into one step (method Vivid, fast)",
        lambda plan: ScoreNetwork(ScoreConfig(**earlier.options(plan))),
        lambda _: {"clr-fast": GraphSpec({**_denoise(), "identity": torch.eye(1, 256)})},
        base="clr-score",
    ),
    "latent-autoencoder": Release(
        "clr-autoencoder",
        "CLR-Face's autoencoder (method Vivid)",
        lambda plan: LatentAutoencoder(LatentAutoencoderConfig(**earlier.options(plan))),
        _autoencoder,
        more=gradient_export.release,
    ),
    "latent-mask": Release(
        "clr-mask",
        "CLR-Face's latent mask (method Vivid)",
        lambda plan: LatentMask(LatentMaskConfig(**earlier.options(plan))),
        lambda _: {"clr-mask": GraphSpec({"degraded": _latent(), "estimate": _latent()})},
    ),
    "score": Release(
        "clr-score",
        "CLR-Face's score network (method Vivid)",
        lambda plan: ScoreNetwork(ScoreConfig(**earlier.options(plan))),
        lambda _: {"clr-denoise": GraphSpec(_denoise())},
    ),
    "detector": Release(
        "detector",
        "Face detector with five landmarks",
        lambda plan: Detector(DetectorConfig(**earlier.options(plan))),
        lambda _: {
            "detector": GraphSpec(
                {"pixels": _photograph()}, {"pixels": {0: "batch", 2: "height", 3: "width"}}
            )
        },
        folded,
        data="609 public photographs with the labels of another detector, and collages of the "
        "aligned training faces; see the model card.",
    ),
    "embedder": Release(
        "embedder",
        "Identity embedder (people, references, guidance)",
        lambda plan: Embedder(EmbedderConfig(**earlier.options(plan))),
        lambda _: {"embedder": GraphSpec({"crop": _recognition_crops()}, {"crop": {0: "batch"}})},
        fold,
        more=gradient_export.release_of_window,
    ),
    "ented": Release(
        "ented",
        "ENTED (method With portrait)",
        lambda plan: Ented(EntedConfig(**earlier.options(plan))),
        _ented,
        # Where two code words are equally near, rounding decides, and a few pixels differ by less
        # than half a grey level.
        tolerance=3e-3,
    ),
    "identity-recovery": Release(
        "identity-recovery",
        "Identity recovery network (method Faithful)",
        lambda plan: IdentityRecovery(IdentityRecoveryConfig(**earlier.options(plan))),
        lambda _: {
            "identity-recovery": GraphSpec({"input": example_face()}, {"input": {0: "batch"}})
        },
    ),
    "texture-fusion": Release(
        "codeformer-pp",
        "CodeFormer++ (method Rich detail)",
        lambda plan: CodeFormerPlusPlus(earlier.config(plan)),
        lambda net: export.codeformer_pp_graphs(
            damaged=net.config.fusion.damaged, noise=net.config.fusion.noise
        ),
    ),
}
