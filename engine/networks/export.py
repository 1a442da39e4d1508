"""Weights once, graphs over them.

A network's weights are one ``NAME.safetensors`` (fp16, the state dict's own names), and what it
shares with another released network lies in that one's file only. Every graph is a small
``GRAPH.onnx`` over these files, see `engine.networks.graph_file`.
"""

from __future__ import annotations

import logging
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file

from engine.backends import onnx_runtime
from engine.errors import LikenessError
from engine.networks.graph_file import save_graph
from engine.networks.weights import load_weights

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from torch import Tensor, nn

    from engine.networks.catalogue import System

OPSET = 18
#: Graphs must agree with their networks to this share of the largest value.
TOLERANCE = 1e-4


@dataclass(frozen=True)
class GraphSpec:
    """How a graph of `engine.networks.catalogue` is exported.

    Attributes:
        inputs: example input by name.
        dynamic: symbolic axes by input name.
        checks: how many inputs the graph must agree on with its network.
    """

    inputs: dict[str, Tensor]
    dynamic: dict[str, dict[int, str]] = field(default_factory=dict)
    checks: int = 3


def example_face() -> Tensor:
    """(1, 3, 512, 512) in [-1, 1], always the same."""
    return torch.rand(1, 3, 512, 512, generator=torch.Generator().manual_seed(1)) * 2 - 1


def codeformer_pp_graphs(*, damaged: bool = False, noise: bool = False) -> dict[str, GraphSpec]:
    """Two graphs over the same weights: without a reference, and with one.

    Args:
        damaged: the input holds the damaged face as well.
        noise: and a plane of noise.
    """
    face = example_face()
    planes = [face]
    if damaged:
        planes.append(face.flip(2))
    if noise:
        planes.append(face[:, :1].flip(3))
    alone = {"input": torch.cat(planes, dim=1), "fidelity": torch.tensor([0.3])}
    both = {**alone, "reference": face.flip(3), "present": torch.ones(1)}
    return {
        "codeformer-pp": GraphSpec(alone),
        "codeformer-pp-reference": GraphSpec(both),
    }


def save_weights(
    module: nn.Module,
    path: Path,
    notes: Mapping[str, str] | None = None,
    base: Path | None = None,
) -> None:
    """Writes the module's floating-point state as fp16 and loads the rounded values back.

    Afterwards the module computes with exactly what the file holds.

    Args:
        module: the network.
        path: the file to write.
        notes: kept in the file's head.
        base: weights of another network; what is the same there is not written again.

    Raises:
        LikenessError: a weight does not fit fp16 (code ``export``).
    """
    state = {}
    shared = load_file(base) if base else {}
    for key, value in module.state_dict().items():
        if value.is_floating_point():
            half = value.detach().to("cpu", torch.float16).contiguous()
            if not torch.isfinite(half).all():
                raise LikenessError(f"Weight '{key}' does not fit half precision.", code="export")
            if key not in shared or not torch.equal(half, shared[key]):
                state[key] = half.clone(memory_format=torch.contiguous_format)
    save_file(state, path, metadata=dict(notes or {}))
    load_weights(module, path, base)


def start_from(module: nn.Module, path: Path, prefix: str = "") -> int:
    """Starts a network from another one's released weights wherever name and shape agree.

    Args:
        module: the network to start.
        path: a released ``.safetensors`` file.
        prefix: only names that start with it are taken, such as ``encoder.``.

    Returns:
        How many tensors were taken.
    """
    own = module.state_dict()
    taken = {
        k: v.float()
        for k, v in load_file(path).items()
        if k.startswith(prefix) and k in own and own[k].shape == v.shape
    }
    module.load_state_dict(taken, strict=False)
    return len(taken)


def export_system(
    network: nn.Module,
    system: System,
    specs: Mapping[str, GraphSpec],
    weights: Path,
    *,
    base: Path | None = None,
    tolerance: float = TOLERANCE,
) -> dict[str, dict[str, Any]]:
    """Exports all graphs of a network beside its weights file, and checks them.

    Args:
        network: with the weights that the file holds.
        system: its parts.
        specs: graph name -> how it is exported.
        weights: the safetensors file that `save_weights` wrote.
        base: the other file that it was written over.
        tolerance: largest difference, as a share of the largest value.

    Returns:
        The graphs' entries for the manifest.

    Raises:
        LikenessError: a graph disagrees with its network (code ``export``).
    """
    graphs = {}
    for name, spec in specs.items():
        file = weights.parent / f"{name}.onnx"
        part = system.graphs[name]
        assert tuple(spec.inputs) == part.inputs
        module = part.module(network) if part.module else network
        export_graph(
            module,
            spec.inputs,
            part.outputs,
            weights,
            file,
            base=base,
            dynamic=spec.dynamic,
            strip="network." if part.module else "",
        )
        generator = torch.Generator().manual_seed(2)
        others = [
            {k: torch.rand(v.shape, generator=generator) * 2 - 1 for k, v in spec.inputs.items()}
            for _ in range(spec.checks - 1)
        ]
        error = parity(module, [spec.inputs, *others], file)
        if error > tolerance:
            raise LikenessError(
                f"Graph '{name}' differs from its network by {error:.2e}.", code="export"
            )
        graphs[name] = {
            "file": file.name,
            "inputs": {k: list(v.shape) for k, v in spec.inputs.items()},
            "outputs": list(part.outputs),
            "parity": float(f"{error:.1e}"),
        }
    return graphs


def export_graph(
    module: nn.Module,
    inputs: Mapping[str, Tensor],
    outputs: Sequence[str],
    weights: Path,
    graph: Path,
    *,
    base: Path | None = None,
    dynamic: Mapping[str, Mapping[int, str]] | None = None,
    strip: str = "",
) -> None:
    """Exports one graph over a weights file in the same folder.

    Args:
        module: in any mode; exported in evaluation mode, on the CPU.
        inputs: example inputs by graph input name, in the order of ``forward``.
        outputs: output names.
        weights: the safetensors file that `save_weights` wrote.
        graph: the ``.onnx`` file to write.
        base: the other file that it was written over.
        dynamic: symbolic axes by input name, such as ``{"crop": {0: "batch"}}``.
        strip: prefix that a wrapper module put before the state dict's own names.
    """
    module = module.eval().cpu().float()
    shapes = None
    if dynamic:
        shapes = tuple(
            dict.fromkeys(dynamic.get(name, {}), torch.export.Dim.DYNAMIC) for name in inputs
        )
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter's own deprecations are not ours to mend
        program = torch.onnx.export(
            module,
            tuple(inputs.values()),
            dynamo=True,
            optimize=False,
            opset_version=OPSET,
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_shapes=shapes,
            verbose=False,
        )
    assert program is not None
    files = [weights, base] if base else [weights]
    save_graph(program.model_proto, dict.fromkeys(files, strip), graph, dynamic=dynamic)


def parity(module: nn.Module, inputs: Sequence[Mapping[str, Tensor]], graph: Path) -> float:
    """Largest difference between module and graph, relative to the largest value.

    Args:
        module: the network, with the weights that the file holds.
        inputs: some inputs by graph input name.
        graph: the exported file.
    """
    ort = onnx_runtime.load()

    options = ort.SessionOptions()
    options.log_severity_level = 3
    session = ort.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    module = module.eval().cpu().float()
    worst = 0.0
    for some in inputs:
        with torch.no_grad():
            wanted = module(*some.values())
        wanted = wanted if isinstance(wanted, tuple) else (wanted,)
        got = session.run(None, {k: v.numpy() for k, v in some.items()})
        for a, b in zip(got, wanted, strict=True):
            reference = b.numpy()
            scale = float(np.abs(reference).max()) or 1.0
            worst = max(worst, float(np.abs(a - reference).max()) / scale)
    return worst
