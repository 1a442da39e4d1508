from __future__ import annotations

from importlib.metadata import PathDistribution
from typing import TYPE_CHECKING

import numpy as np
import pytest

from engine.backends import devices
from engine.backends.onnx import OnnxBackend
from engine.errors import DeviceError, ModelError
from engine.models.store import ModelStore

if TYPE_CHECKING:
    from pathlib import Path


def test_the_processor_is_always_there() -> None:
    found = devices.devices()
    assert found[-1].key == "cpu"
    assert found[-1].threads >= 1
    assert devices.choose("cpu").provider == "CPUExecutionProvider"
    assert devices.choose("auto") == found[0]


def test_an_absent_device_names_what_is_there() -> None:
    with pytest.raises(DeviceError, match="cpu") as caught:
        devices.choose("quantum")
    assert caught.value.code == "device-absent"


def test_two_runtimes_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    both = []
    for name in ("onnxruntime", "onnxruntime-directml"):
        folder = tmp_path / f"{name}.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
        both.append(PathDistribution(folder))
    monkeypatch.setattr("importlib.metadata.distributions", lambda: both)
    devices.devices.cache_clear()
    with pytest.raises(DeviceError, match="overwrite each other") as caught:
        devices.devices()
    assert caught.value.code == "runtime-twice"
    devices.devices.cache_clear()


def test_a_file_that_is_no_graph_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "bad.onnx"
    path.write_bytes(b"not a graph")
    with pytest.raises(ModelError, match="does not open"):
        OnnxBackend(devices.choose("cpu")).open(path)


def test_a_failing_run_travels_the_error_road() -> None:
    graph = ModelStore().graph("embedder", "embedder", OnnxBackend(devices.choose("cpu")))
    with pytest.raises(DeviceError) as caught:
        graph.run({"crop": np.zeros((1, 3, 5, 5), np.float32)})
    assert caught.value.code == "device-failed"
    assert caught.value.__cause__ is not None


def test_exact_and_fast_sessions_agree() -> None:
    backend = OnnxBackend(devices.choose("cpu"), threads=1)
    from engine.models.store import BUNDLED

    crop = np.random.default_rng(1).random((1, 3, 112, 112), np.float32) * 2 - 1
    fast = backend.open(BUNDLED / "embedder.onnx").run({"crop": crop})["embedding"]
    exact = backend.open(BUNDLED / "embedder.onnx", exact=True).run({"crop": crop})["embedding"]
    assert np.allclose(fast, exact, atol=1e-5)
