from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import PathDistribution
from pathlib import Path

import numpy as np
import pytest

from engine.backends import devices, onnx_runtime
from engine.backends.onnx import OnnxBackend
from engine.errors import DeviceError, ModelError
from engine.models.store import ModelStore


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


class _Entry:
    """One line of ONNX Runtime's list of devices, as DirectML writes it."""

    def __init__(self, provider: str, number: int, name: str) -> None:
        self.ep_name, self.ep_metadata = provider, {}
        metadata = {"DxgiAdapterNumber": str(number), "Description": name}
        self.device = type("Hardware", (), {"metadata": metadata, "vendor": "V"})()


def test_the_runtime_reports_to_nobody(tmp_path: Path) -> None:
    """Its identifier of the computer and its store of reports would lie in the home folder."""
    code = (
        "from engine.restorer import Restorer\n"
        "restorer = Restorer('cpu')\n"
        "restorer.embedder\n"
        "print(restorer.backend.device.title)\n"
    )
    home = tmp_path / "home"
    home.mkdir()
    kept = {k: v for k, v in os.environ.items() if k == "PATH" or "SYSTEM" in k.upper()}
    places = {"HOME": str(home), "USERPROFILE": str(home), "LOCALAPPDATA": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=kept | places,
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    assert [p for p in home.rglob("*") if "icrosoft" in str(p)] == []


def test_graphics_cards_are_listed_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    ort = onnx_runtime.load()

    dml = "DmlExecutionProvider"
    cards = [_Entry(dml, 1, "Small Card"), _Entry(dml, 0, "Large Card"), _Entry("Other", 0, "?")]
    monkeypatch.setattr(ort, "get_available_providers", lambda: [dml, "CPUExecutionProvider"])
    monkeypatch.setattr(ort, "get_ep_devices", lambda: cards)
    devices.devices.cache_clear()
    try:
        first, second, last = devices.devices()
        assert (first.key, second.key, last.key) == ("directml", "directml:1", "cpu")
        assert first.title.startswith("Large Card")
        assert second.title.startswith("Small Card")
        assert second.adapter == 1
        assert second.kind == "directml"
        assert devices.choose("directml:1") == second
    finally:
        devices.devices.cache_clear()


def test_an_nvidia_card_needs_a_torch_that_knows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.backends import nvidia

    monkeypatch.setattr(nvidia, "adapters", lambda: ["Card A", "Card B"])
    monkeypatch.setattr(nvidia, "torch_for_cuda", lambda: True)
    devices.devices.cache_clear()
    try:
        keys = [(d.key, d.runtime) for d in devices.devices()]
        assert keys[:2] == [("cuda", "torch"), ("cuda:1", "torch")]
        assert keys[-1] == ("cpu", "onnx")
        monkeypatch.setattr(nvidia, "torch_for_cuda", lambda: False)
        devices.devices.cache_clear()
        assert [d.key for d in devices.devices()] == ["cpu"]
    finally:
        devices.devices.cache_clear()


def test_a_processor_build_of_torch_is_recognised(tmp_path: Path) -> None:
    from engine.backends import nvidia

    spec = type("Spec", (), {"origin": str(tmp_path / "__init__.py")})()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("importlib.util.find_spec", lambda _name: spec)
        for text, expected in (
            ("cuda: Optional[str] = None\n", False),
            ("cuda: Optional[str] = '13.0'\n", True),
            ("__version__ = '2.13.0+cu130'\ncuda = '13.0'\n", True),
        ):
            (tmp_path / "version.py").write_text(text)
            nvidia.torch_for_cuda.cache_clear()
            assert nvidia.torch_for_cuda() is expected
    nvidia.torch_for_cuda.cache_clear()
