"""Small graph files compute what large ones do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper
from safetensors.torch import load_file
from torch import nn

from engine.backends import onnx_runtime
from engine.errors import LikenessError
from engine.networks import export, graph_file, weights

if TYPE_CHECKING:
    from pathlib import Path


def two_layers(seed: int) -> nn.Sequential:
    torch.manual_seed(seed)
    return nn.Sequential(nn.Linear(6, 6), nn.ReLU(), nn.Linear(6, 6))


def test_a_variant_stores_only_what_differs(tmp_path: Path) -> None:
    base, variant = two_layers(1), two_layers(2)
    variant[0].load_state_dict(base[0].state_dict())
    files = tmp_path / "base.safetensors", tmp_path / "variant.safetensors"
    export.save_weights(base, files[0])
    export.save_weights(variant, files[1], base=files[0])
    assert set(load_file(files[1])) == {"2.weight", "2.bias"}
    other = two_layers(3)
    weights.load_weights(other, files[1], files[0])
    some = {"x": torch.rand(1, 6)}
    assert torch.equal(other(some["x"]), variant(some["x"]))
    graph = tmp_path / "variant.onnx"
    export.export_graph(variant, some, ["y"], files[1], graph, base=files[0])
    assert export.parity(variant, [some], graph) < 1e-6
    with pytest.raises(LikenessError, match="does not fit"):
        weights.load_weights(two_layers(3), files[1])


def test_a_nearly_empty_constant_is_stored_by_its_places(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    window = np.zeros((60, 400), np.float32)
    window[np.arange(60), rng.integers(0, 400, 60)] = rng.random(60) + 0.1
    full = rng.random((400, 30), np.float32)
    constants = {"window": window, "a/very/long/name": full}
    initialisers = [numpy_helper.from_array(v, k) for k, v in constants.items()]
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        [
            helper.make_node("MatMul", ["window", "a/very/long/name"], ["in/between"], "first"),
            helper.make_node("Add", ["in/between", "x"], ["y"], "second"),
        ],
        "g",
        [value("x", TensorProto.FLOAT, [30])],
        [value("y", TensorProto.FLOAT, [60, 30])],
        initialisers,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", export.OPSET)])
    model.ir_version = 10
    before = len(model.SerializeToString())
    graph_file.save_graph(model, {}, tmp_path / "small.onnx")
    assert (tmp_path / "small.onnx").stat().st_size < before - window.nbytes + 3000
    kept = onnx.load(tmp_path / "small.onnx")
    assert not any(node.name or "in/between" in node.input for node in kept.graph.node)
    assert "a/very/long/name" in {t.name for t in kept.graph.initializer}
    session = onnx_runtime.load().InferenceSession(
        str(tmp_path / "small.onnx"), providers=["CPUExecutionProvider"]
    )
    x = rng.random(30, np.float32)
    (y,) = session.run(None, {"x": x})
    assert y == pytest.approx(window @ full + x, abs=1e-5)


def test_short_names_differ() -> None:
    made = [graph_file._short(n) for n in range(2000)]
    assert len(set(made)) == 2000
    assert made[:2] == ["a", "b"]
