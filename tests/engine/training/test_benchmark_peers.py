from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from engine.backends.devices import choose
from engine.backends.onnx import OnnxBackend
from engine.errors import LikenessError
from engine.networks.codeformer import PUBLISHED
from engine.training.benchmark_peers import published
from engine.training.peers import peers

if TYPE_CHECKING:
    from pathlib import Path


def test_the_yardstick_is_a_graph_that_runs_and_heeds_the_fidelity_weight(tmp_path: Path) -> None:
    """The published layout, with fewer layers and a smaller picture."""
    small = replace(PUBLISHED, size=64, layers=1, width=32, mlp=32, heads=2, codes=16, fuse=(32,))
    graph = OnnxBackend(choose("cpu"), 1).open(published(tmp_path, small))
    face = np.random.default_rng(1).random((1, 3, 64, 64), np.float32)
    out = [
        graph.run({"input": face, "fidelity": np.array([w], np.float32)})["output"]
        for w in (0.0, 1.0)
    ]
    assert out[0].shape == (1, 3, 64, 64)
    assert np.isfinite(out).all()
    assert (out[0] != out[1]).any()


def test_without_the_upscalers_the_enlargement_is_left() -> None:
    (name,) = made = peers(upscalers=False)
    assert name == "input"
    assert made[name](np.full((128, 128, 3), 9, np.uint8)).shape == (512, 512, 3)


@pytest.mark.shared
def test_what_runs_the_upscalers_is_named_where_it_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(LikenessError, match="pip install ncnn"):
        peers()
