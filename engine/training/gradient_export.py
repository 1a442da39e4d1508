"""Identity gradients as ONNX graphs: what ``clr-gradient`` and ``embedder-gradient`` compute.

``latent -> decoder -> recognition window -> embedder -> 1 - cosine``, or its last two steps alone,
and the derivative with respect to what goes in, both in one forward graph. PyTorch's exporter
cannot take a program that differentiates; so the derivative is traced first
(``make_fx(functionalize(grad(f)))``) with a small table that rewrites every backward operator in
forward ones, and the traced program is exported. The weights stay parameters and become external
data of the files that hold them already: the decoder's and the embedder's; the graph itself holds
only the window's constants.

Run ``clr-gradient`` with ``exact=True``: at ONNX Runtime's highest level some rewrites cost
accuracy.
"""

from __future__ import annotations

import logging
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import torch
from torch import Tensor, nn
from torch._decomp import get_decompositions
from torch.func import functional_call, functionalize, grad_and_value
from torch.fx import GraphModule
from torch.fx.experimental.proxy_tensor import make_fx

from engine.backends import onnx_runtime
from engine.errors import LikenessError
from engine.networks import export
from engine.networks.embedder import DIMENSIONS, SIDE, Embedder, EmbedderConfig
from engine.networks.graph_file import save_graph
from engine.networks.identity_distance import (
    IdentityDistance,
    SmoothDecode,
    WindowDistance,
    gradient,
)
from engine.networks.weights import load_weights
from engine.training.gradient_rules import RULES
from engine.training.plan import read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from engine.networks.latent_autoencoder import LatentAutoencoder

#: The graph must agree with autograd to this share of the largest value.
TOLERANCE = 1e-4

aten = torch.ops.aten

#: PyTorch's own rewrites; the rules of `gradient_rules` come on top.
_TAKEN = (
    aten.silu_backward,
    aten.gelu_backward,
    aten.leaky_relu_backward,
    aten._prelu_kernel_backward,  # noqa: SLF001  (the operator's public name)
    aten.sigmoid_backward,
    aten.threshold_backward,
    aten._softmax_backward_data,  # noqa: SLF001
    aten.native_group_norm_backward,
    aten.native_layer_norm_backward,
    aten.native_batch_norm_backward,
)


def trace(distance: nn.Module, latent: Tensor, target: Tensor, name: str = "latent") -> GraphModule:
    """The gradient as a program of forward operators.

    Args:
        distance: `IdentityDistance`, or any module (latent, target) -> (N,).
        latent: an example; its shape is fixed in the program.
        target: an example.
        name: of the input that is differentiated by.

    Returns:
        A module (latent, target) -> (gradient, distance) whose parameters carry the names that
        they have in `distance`.
    """
    tensors = {k: v.detach() for k, v in distance.named_parameters()}
    tensors |= {k: v.detach() for k, v in distance.named_buffers()}

    def total(z: Tensor, e: Tensor, state: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        loss: Tensor = functional_call(distance, state, (z, e))
        return loss.sum(), loss

    def derived(z: Tensor, e: Tensor, state: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        g, (_, loss) = grad_and_value(total, has_aux=True)(z, e, state)
        return g, loss

    table: dict[Any, Callable[..., Any]] = {**get_decompositions(_TAKEN), **RULES}
    program = make_fx(functionalize(derived), decomposition_table=table)(
        latent.detach(), target.detach(), tensors
    )
    return _with_parameters(program, distance, list(tensors), name)


def _with_parameters(
    program: GraphModule, owner: nn.Module, names: list[str], by: str
) -> GraphModule:
    """Turns the inputs that stand for weights into parameters; removes copies of results."""
    graph = program.graph
    inputs = [node for node in graph.nodes if node.op == "placeholder"]
    weights = inputs[2:]
    assert len(weights) == len(names)
    root = nn.Module()
    for constant, value in program.named_buffers():
        root.register_buffer(constant, value)
    cast("Any", graph).owning_module = root  # where the new names are looked up
    used: dict[str, Tensor] = dict(owner.named_parameters()) | dict(owner.named_buffers())
    for node, name in zip(weights, names, strict=True):
        if not node.users:
            graph.erase_node(node)
            continue
        _place(root, name, used[name].detach())
        with graph.inserting_after(inputs[1]):
            got = graph.get_attr(name)
        node.replace_all_uses_with(got)
        graph.erase_node(node)
    for node in list(graph.nodes):
        if node.target is aten.copy.default:
            node.replace_all_uses_with(node.args[1])
            graph.erase_node(node)
        elif node.target in {aten.detach.default, aten.alias.default, aten.lift_fresh_copy.default}:
            node.replace_all_uses_with(node.args[0])
            graph.erase_node(node)
    graph.set_codegen(torch.fx.graph.CodeGen())  # two plain inputs instead of a nested structure
    for node, name in zip(inputs[:2], (by, "target"), strict=True):
        node.target = node.name = name
    graph.eliminate_dead_code()
    graph.lint()
    return GraphModule(root, graph)


def _place(root: nn.Module, name: str, value: Tensor) -> None:
    """Puts a weight under its dotted name."""
    *path, last = name.split(".")
    for part in path:
        if not hasattr(root, part):
            root.add_module(part, nn.Module())
        root = getattr(root, part)
    root.register_parameter(last, nn.Parameter(value, requires_grad=False))


def export_gradient(
    distance: nn.Module,
    latent: Tensor,
    target: Tensor,
    weights: Mapping[Path, str],
    graph: Path,
    name: str = "latent",
) -> None:
    """Exports the gradient graph: ``latent``, ``target`` -> ``gradient``, ``distance``.

    Args:
        distance: with the weights that the files hold.
        latent: (1, 4, 128, 128) example, or what `name` says; the batch is fixed.
        target: (1, D) example.
        weights: the safetensors files, in the graph's folder, that hold the parameters -> the
            prefix of their names in `distance`: ``decode.network.`` and ``embedder.``.
        graph: the ``.onnx`` file to write.
        name: of the input that is differentiated by.
    """
    program = trace(distance.eval().cpu().float(), latent, target, name)
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter's own deprecations are not ours to mend
        exported = torch.onnx.export(
            program,
            (latent, target),
            dynamo=True,
            optimize=False,
            opset_version=export.OPSET,
            input_names=[name, "target"],
            output_names=["gradient", "distance"],
            verbose=False,
        )
    assert exported is not None
    save_graph(exported.model_proto, weights, graph)


def embedder_config() -> EmbedderConfig:
    """The released embedder's configuration: that of its plan, folded."""
    table = read("embedder").network
    sizes: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}
    return replace(EmbedderConfig(**sizes), folded=True)


def release(autoencoder: LatentAutoencoder, weights: Path) -> dict[str, dict[str, Any]]:
    """Exports and checks ``clr-gradient`` beside the released autoencoder and embedder.

    Args:
        autoencoder: with the weights that its file holds.
        weights: the autoencoder's safetensors file; the embedder's lies in the same folder.

    Returns:
        The manifest's entry of the graph; ``needs`` names the embedder's file, whose bytes the
        graph reads: another release of the embedder asks for another export.

    Raises:
        LikenessError: the embedder is not released yet, or the graph disagrees with autograd.
    """
    other = weights.parent / "embedder.safetensors"
    if not other.exists():
        raise LikenessError("Release the embedder before the autoencoder.", code="release")
    embedder = Embedder(embedder_config())
    load_weights(embedder, other)
    distance = IdentityDistance(SmoothDecode(autoencoder), embedder).eval()
    distance.requires_grad_(requires_grad=False)
    generator = torch.Generator().manual_seed(1)
    latents = torch.randn(3, 4, 128, 128, generator=generator)
    targets = nn.functional.normalize(torch.randn(3, DIMENSIONS, generator=generator), dim=1)
    samples = [(z[None], e[None]) for z, e in zip(latents, targets, strict=True)]
    file = weights.parent / "clr-gradient.onnx"
    prefixes = {weights: "decode.network.", other: "embedder."}
    export_gradient(distance, *samples[0], prefixes, file)
    entry = _entry(distance, samples, file, "latent", exact=True)
    return {"clr-gradient": {**entry, "needs": [other.name]}}


def release_of_window(embedder: Embedder, weights: Path) -> dict[str, dict[str, Any]]:
    """Exports and checks ``embedder-gradient`` beside the released embedder.

    Args:
        embedder: in its folded form, with the weights that its file holds.
        weights: its safetensors file.

    Returns:
        The manifest's entry of the graph.

    Raises:
        LikenessError: the graph disagrees with autograd.
    """
    distance = WindowDistance(embedder).eval()
    distance.requires_grad_(requires_grad=False)
    generator = torch.Generator().manual_seed(1)
    crops = 2 * torch.rand(3, 1, 3, SIDE, SIDE, generator=generator) - 1
    targets = nn.functional.normalize(torch.randn(3, 1, DIMENSIONS, generator=generator), dim=2)
    samples = list(zip(crops, targets, strict=True))
    file = weights.parent / "embedder-gradient.onnx"
    export_gradient(distance, *samples[0], {weights: "embedder."}, file, "crop")
    return {"embedder-gradient": _entry(distance, samples, file, "crop", exact=False)}


def _entry(
    distance: nn.Module,
    samples: Sequence[tuple[Tensor, Tensor]],
    file: Path,
    name: str,
    *,
    exact: bool,
) -> dict[str, Any]:
    """The manifest's entry of a graph that agrees with autograd."""
    error = parity(distance, samples, file, name, exact=exact)
    if error > TOLERANCE:
        raise LikenessError(f"The gradient graph differs by {error:.2e}.", code="release")
    by, target = samples[0]
    return {
        "file": file.name,
        "inputs": {name: list(by.shape), "target": list(target.shape)},
        "outputs": ["gradient", "distance"],
        "parity": float(f"{error:.1e}"),
    }


def parity(
    distance: nn.Module,
    samples: Sequence[tuple[Tensor, Tensor]],
    graph: Path,
    name: str = "latent",
    *,
    exact: bool = True,
) -> float:
    """Largest difference to autograd, relative to the largest value; `exact` as the backend's."""
    ort = onnx_runtime.load()

    options = ort.SessionOptions()
    if exact:
        options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    session = ort.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    worst = 0.0
    for latent, target in samples:
        got = session.run(None, {name: latent.numpy(), "target": target.numpy()})
        for a, b in zip(got, gradient(distance, latent, target), strict=True):
            scale = float(b.abs().max()) or 1.0
            worst = max(worst, float(np.abs(a - b.numpy()).max()) / scale)
    return worst
