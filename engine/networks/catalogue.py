"""Which network computes which graph of the model store, with which inputs and outputs.

A released model's manifest entry holds the sizes of its network (``network``); together with its
safetensors file that is all PyTorch needs to compute what the ONNX graphs compute. The exporter and
the PyTorch backend both read this table, so they cannot disagree about a graph.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, get_type_hints

from engine.networks.codeformer_pp import CodeFormerPlusPlus, CodeFormerPlusPlusConfig
from engine.networks.detector import DetectorConfig, Released
from engine.networks.embedder import Embedder, EmbedderConfig
from engine.networks.ented import Encoded, Ented, EntedConfig
from engine.networks.ented_graphs import ReferenceGraph, RestoreGraph
from engine.networks.identity_distance import WindowGradient
from engine.networks.identity_recovery import IdentityRecovery, IdentityRecoveryConfig
from engine.networks.identity_target import IdentityTarget, IdentityTargetConfig
from engine.networks.latent_autoencoder import (
    DecodeGraph,
    EncodeGraph,
    LatentAutoencoder,
    LatentAutoencoderConfig,
)
from engine.networks.latent_mask import LatentMask, LatentMaskConfig
from engine.networks.score import ScoreConfig, ScoreNetwork

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from torch import nn


@dataclass(frozen=True)
class Part:
    """One graph of a network.

    Attributes:
        inputs: names, in the order of ``forward``.
        outputs: names.
        module: network -> the module of this graph, which holds the network as ``network``; None
            for the network itself.
        half: computes in half precision where the device is fast in it; False where the numbers
            are compared or differentiated afterwards.
        by_row: inputs and outputs have one row a face, and rows do not touch each other.
    """

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    module: Callable[[Any], nn.Module] | None = None
    half: bool = True
    by_row: bool = True


@dataclass(frozen=True)
class System:
    """A released model.

    Attributes:
        build: sizes as plain data -> network in its released form, with fresh weights.
        graphs: graph name -> part.
    """

    build: Callable[[Mapping[str, Any]], nn.Module]
    graphs: dict[str, Part]


def configured(kind: type[Any], table: Mapping[str, Any]) -> Any:
    """A config dataclass from plain data: lists become tuples, tables nested dataclasses.

    Raises:
        TypeError: the table holds a name that the dataclass lacks.
    """
    hints = get_type_hints(kind)
    unknown = set(table) - {f.name for f in fields(kind)}
    if unknown:
        raise TypeError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    values = {}
    for name, value in table.items():
        hint = hints[name]
        if isinstance(hint, type) and is_dataclass(hint):
            values[name] = configured(hint, value)
        else:
            values[name] = tuple(value) if isinstance(value, list) else value
    return kind(**values)


_DENOISE = ("noisy", "sigma", "degraded", "recovered")
_FUSED = ("output", "faithful", "prior", "registered", "confidence", "displacement")
_CODEFORMER_PP = System(
    lambda t: CodeFormerPlusPlus(configured(CodeFormerPlusPlusConfig, t)),
    {
        "codeformer-pp": Part(("input", "fidelity"), _FUSED),
        "codeformer-pp-reference": Part(("input", "fidelity", "reference", "present"), _FUSED),
    },
)

#: Model name -> system.
SYSTEMS: dict[str, System] = {
    "clr-autoencoder": System(
        lambda t: LatentAutoencoder(configured(LatentAutoencoderConfig, t)),
        {
            "clr-encode": Part(("picture",), ("latent",), EncodeGraph, half=False),
            "clr-decode": Part(("latent",), ("picture",), DecodeGraph),
        },
    ),
    "clr-fast": System(
        lambda t: ScoreNetwork(configured(ScoreConfig, t)),
        {"clr-fast": Part((*_DENOISE, "identity"), ("latent",))},
    ),
    "clr-mask": System(
        lambda t: LatentMask(configured(LatentMaskConfig, t)),
        {"clr-mask": Part(("degraded", "estimate"), ("mask",))},
    ),
    "clr-score": System(
        lambda t: ScoreNetwork(configured(ScoreConfig, t)),
        {"clr-denoise": Part(_DENOISE, ("latent",))},
    ),
    "codeformer-official": _CODEFORMER_PP,  # the same on the prior's published weights
    "codeformer-pp": _CODEFORMER_PP,
    "detector": System(
        lambda t: Released(replace(configured(DetectorConfig, t), norm=False)),
        {"detector": Part(("pixels",), ("faces",), half=False, by_row=False)},
    ),
    "embedder": System(
        lambda t: Embedder(replace(configured(EmbedderConfig, t), folded=True)),
        {
            "embedder": Part(("crop",), ("embedding",), half=False),
            "embedder-gradient": Part(
                ("crop", "target"), ("gradient", "distance"), WindowGradient, half=False
            ),
        },
    ),
    "ented": System(
        lambda t: Ented(configured(EntedConfig, t)),
        {
            "ented-reference": Part(("reference",), Encoded._fields, ReferenceGraph),
            "ented": Part(
                ("input", "fidelity", "mask", *Encoded._fields),
                ("output", "agreement"),
                RestoreGraph,
            ),
        },
    ),
    "identity-recovery": System(
        lambda t: IdentityRecovery(configured(IdentityRecoveryConfig, t)),
        {"identity-recovery": Part(("input",), ("output",))},
    ),
    "identity-target": System(
        lambda t: IdentityTarget(configured(IdentityTargetConfig, t)),
        {"identity-target": Part(("recovered", "degraded"), ("target",), half=False)},
    ),
}
