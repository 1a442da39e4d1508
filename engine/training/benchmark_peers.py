"""What ``likeness benchmark --peers`` adds: other programs' networks, measured beside ours.

The peers at hand are general upscalers that need the teachers' folder. CodeFormer stands there in
its published size with random weights, exported like our own graphs and run by the same runtime:
its speed is that of the original, its pictures mean nothing.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from engine.backends.devices import choose
from engine.backends.onnx import OnnxBackend
from engine.benchmark import Row
from engine.errors import LikenessError
from engine.networks import export
from engine.networks.codeformer import PUBLISHED, CodeFormer, CodeFormerConfig
from engine.training.peers import peers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: Runs of each.
RUNS = 3


class _Published(nn.Module):
    """CodeFormer as its users run it: one face, one fidelity weight."""

    def __init__(self, config: CodeFormerConfig) -> None:
        super().__init__()
        torch.manual_seed(1)
        self.network = CodeFormer(config)

    def forward(self, y: Tensor, w: Tensor) -> Tensor:
        """(1, 3, 512, 512) and (1,) -> (1, 3, 512, 512)."""
        return self.network.restore(y, w)


def rows(threads: Sequence[int]) -> list[Row]:
    """CodeFormer at its published size and the peers, a row each and number of threads."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        graph = published(Path(folder))
        inputs = {
            "input": np.zeros((1, 3, 512, 512), np.float32),
            "fidelity": np.array([0.5], np.float32),
        }
        for count in threads:
            once = partial(OnnxBackend(choose("cpu"), count).open(graph).run, inputs)
            found.append(_row("CodeFormer, published size", count, once))
            del once  # 400 MB
    small = np.full((128, 128, 3), 128, np.uint8)
    try:
        candidates = peers()
    except LikenessError:  # the teachers' folder is not here
        candidates = {}
    for name, candidate in candidates.items():
        if name != "input" and not name.endswith("repeated"):
            # These choose their threads themselves.
            found.append(_row(name, max(threads), partial(candidate, small)))
    return found


def published(folder: Path, config: CodeFormerConfig = PUBLISHED) -> Path:
    """Exports CodeFormer at its published size with random weights; the graph's file."""
    module = _Published(config).eval()
    weights, graph = folder / "codeformer.safetensors", folder / "codeformer.onnx"
    export.save_weights(module.network, weights)
    face = torch.zeros(1, 3, config.size, config.size)
    export.export_graph(
        module,
        {"input": face, "fidelity": torch.tensor([0.5])},
        ("output",),
        weights,
        graph,
        strip="network.",
    )
    return graph


def _row(name: str, threads: int, once: Callable[[], object]) -> Row:
    start = time.perf_counter()
    once()
    first = time.perf_counter() - start
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        once()
        times.append(time.perf_counter() - start)
    median = statistics.median(times)
    # All run in one process, which exported CodeFormer before: its memory says nothing of one.
    return Row(name, "cpu", threads, median, 1 / median, first, 0.0, RUNS)
