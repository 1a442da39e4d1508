"""Writing a graph as a small file whose parameters lie in safetensors files beside it.

Every parameter is external data *into* such a file, behind a ``Cast`` to fp32 that the runtime
folds at load: ONNX Runtime and PyTorch read the same bytes, so their results cannot drift apart.
Constants that are no parameters stay inside the graph.
"""

from __future__ import annotations

import itertools
import json
import struct
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from engine.errors import LikenessError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: Constants of at least so many bytes are worth a look for zeros.
LARGE = 10_000


def save_graph(
    model: Any,
    weights: Mapping[Path, str],
    graph: Path,
    *,
    dynamic: Mapping[str, Mapping[int, str]] | None = None,
) -> None:
    """Writes an exported graph whose parameters lie in one or more weights files beside it.

    Args:
        model: the exported ``ModelProto``; changed.
        weights: the safetensors files beside it that hold the parameters -> the prefix that
            their names have in the graph only. The first file that has a parameter counts.
        graph: the ``.onnx`` file to write.
        dynamic: symbolic axes by input name.
    """
    for file, strip in weights.items():
        _externalise(model, file, strip)
    for value in model.graph.input:
        for axis, name in (dynamic or {}).get(value.name, {}).items():
            value.type.tensor_type.shape.dim[axis].dim_param = name
    del model.metadata_props[:]
    for node in model.graph.node:
        node.ClearField("doc_string")
        del node.metadata_props[:]
    del model.graph.value_info[:]
    compact(model)
    onnx.save(model, graph)


def compact(model: Any) -> None:
    """Makes a graph's file smaller without changing what it computes.

    Values get short names and nodes none (in deep networks the names are half of the file); large
    constants that are nearly all zeros are put together at load, where the runtime folds them.
    Inputs, outputs and parameters keep their names.
    """
    _thin(model.graph)
    graph = model.graph
    known = {v.name for some in (graph.input, graph.output, graph.initializer) for v in some}
    fresh = (name for n in itertools.count() if (name := _short(n)) not in known)
    names = {name: name for name in known}
    names[""] = ""  # an optional input that is left out
    for node in graph.node:
        assert not any(a.HasField("g") for a in node.attribute)  # no branches, no loops
        node.ClearField("name")
        for values in (node.input, node.output):
            values[:] = [names.get(v) or names.setdefault(v, next(fresh)) for v in values]


def _short(number: int) -> str:
    """0, 1, .. -> a, b, .., z, ba, bb, .."""
    letters = ""
    while number or not letters:
        number, rest = divmod(number, 26)
        letters = chr(97 + rest) + letters
    return letters


def _thin(graph: Any) -> None:
    """Stores large constants that are nearly all zeros as what is not zero and where."""
    nodes = []
    for tensor in [t for t in graph.initializer if len(t.raw_data) >= LARGE]:
        values = numpy_helper.to_array(tensor)
        places = np.argwhere(values)
        if len(places) * (1 + 2 * values.ndim) * 4 >= tensor.ByteSize() / 2:
            continue
        shape, where, what = (f"{tensor.name}.{part}" for part in ("shape", "where", "what"))
        parts = {
            shape: np.array(values.shape, np.int64),
            where: places.astype(np.int64),
            what: values[tuple(places.T)],
        }
        graph.initializer.remove(tensor)
        graph.initializer.extend(numpy_helper.from_array(v, k) for k, v in parts.items())
        zero = numpy_helper.from_array(np.zeros(1, values.dtype))
        nodes += [
            helper.make_node("ConstantOfShape", [shape], [f"{tensor.name}.zeros"], value=zero),
            helper.make_node("ScatterND", [f"{tensor.name}.zeros", where, what], [tensor.name]),
        ]
    rest = list(graph.node)
    del graph.node[:]
    graph.node.extend([*nodes, *rest])


def _externalise(model: Any, weights: Path, strip: str) -> None:
    """Points every parameter of the graph into the safetensors file, behind a Cast to fp32."""
    places = offsets(weights)
    casts, kept = [], []
    for tensor in model.graph.initializer:
        name = tensor.name.removeprefix(strip)
        if name not in places:
            kept.append(tensor)
            continue
        start, end, shape = places[name]
        if tuple(tensor.dims) != shape:
            raise LikenessError(f"Shape of '{name}' differs in the graph.", code="export")
        half = TensorProto(
            name=f"{name}.half",
            data_type=TensorProto.FLOAT16,
            dims=shape,
            data_location=TensorProto.EXTERNAL,
        )
        for key, value in (("location", weights.name), ("offset", start), ("length", end - start)):
            half.external_data.add(key=key, value=str(value))
        kept.append(half)
        casts.append(helper.make_node("Cast", [half.name], [tensor.name], to=TensorProto.FLOAT))
    nodes = [*casts, *model.graph.node]
    del model.graph.initializer[:], model.graph.node[:]
    model.graph.initializer.extend(kept)
    model.graph.node.extend(nodes)


def offsets(weights: Path) -> dict[str, tuple[int, int, tuple[int, ...]]]:
    """Tensor name -> (first byte, end byte, shape) in a safetensors file."""
    with weights.open("rb") as stream:
        (length,) = struct.unpack("<Q", stream.read(8))
        header = json.loads(stream.read(length))
    base = 8 + length
    return {
        name: (
            base + entry["data_offsets"][0],
            base + entry["data_offsets"][1],
            tuple(entry["shape"]),
        )
        for name, entry in header.items()
        if name != "__metadata__"
    }
