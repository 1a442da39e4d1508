"""PyTorch computes what ONNX Runtime computes, from the same bytes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="PyTorch is not installed")

from engine.backends.checked import CheckedBackend, sample  # noqa: E402
from engine.backends.devices import Device, choose  # noqa: E402
from engine.backends.onnx import OnnxBackend  # noqa: E402
from engine.backends.torch_cuda import TorchBackend  # noqa: E402
from engine.errors import DeviceError, ModelError  # noqa: E402
from engine.models import manifest  # noqa: E402
from engine.models.store import BUNDLED, ModelStore  # noqa: E402
from engine.networks.catalogue import SYSTEMS, configured  # noqa: E402
from engine.restorer import Restorer  # noqa: E402

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = manifest.read(BUNDLED)
GRAPHS = [(e.name, g) for e in ENTRIES.values() for g in e.graphs]
#: Largest difference, as a share of the output's largest value.
CLOSE = 2e-4
#: The mean difference, on the same scale.
CLOSE_MEAN = 2e-5
#: Both, where code words are looked up: rounding decides between two that are equally near.
CLOSE_OF = {"ented": (1e-2, 1e-4)}


@pytest.fixture(scope="module")
def torch_backend() -> TorchBackend:
    return TorchBackend(choose("cpu"))


@pytest.mark.parametrize(("model", "name"), GRAPHS)
@pytest.mark.parametrize("fidelity", [0.0, 0.5, 1.0])
def test_every_graph_agrees_with_the_other_runtime(
    torch_backend: TorchBackend, model: str, name: str, fidelity: float
) -> None:
    path = BUNDLED / f"{name}.onnx"
    inputs = sample(path)
    if "fidelity" in inputs:
        inputs["fidelity"][:] = fidelity
    elif fidelity:
        pytest.skip(f"{model} has no fidelity")
    ours = torch_backend.open(path).run(inputs)
    theirs = OnnxBackend(choose("cpu")).open(path, exact=True).run(inputs)
    assert set(ours) == set(theirs)
    for key, wanted in theirs.items():
        assert ours[key].shape == wanted.shape
        assert ours[key].dtype == np.float32
        apart, scale = np.abs(ours[key] - wanted), max(1.0, np.abs(wanted).max())
        most, mean = CLOSE_OF.get(name, (CLOSE, CLOSE_MEAN))
        assert apart.max() <= most * scale, key
        assert apart.mean() <= mean * scale, key


def test_the_manifest_names_inputs_and_outputs_as_the_catalogue_does() -> None:
    for model, name in GRAPHS:
        if name == "clr-gradient":
            continue
        part, graph = SYSTEMS[model].graphs[name], ENTRIES[model].graphs[name]
        assert tuple(graph["inputs"]) == part.inputs
        assert tuple(graph["outputs"]) == part.outputs


@pytest.mark.parametrize(("model", "name"), [g for g in GRAPHS if g[1] != "clr-gradient"])
def test_faces_that_are_computed_together_do_not_touch_each_other(
    torch_backend: TorchBackend, model: str, name: str
) -> None:
    if not SYSTEMS[model].graphs[name].by_row:
        pytest.skip("it is computed alone")
    graph = torch_backend.open(BUNDLED / f"{name}.onnx")
    one = {k: v[:1] for k, v in sample(BUNDLED / f"{name}.onnx").items()}
    other = {k: v[:, ::-1].copy() if v.ndim > 1 else v * 0.5 for k, v in one.items()}
    both = graph.run({k: np.concatenate([one[k], other[k]]) for k in one})
    for row, alone in enumerate((graph.run(one), graph.run(other))):
        for key, wanted in alone.items():
            apart, scale = np.abs(both[key][row] - wanted[0]), max(1.0, np.abs(wanted).max())
            assert apart.max() <= CLOSE_OF.get(name, (CLOSE, 0))[0] * scale, key


def test_a_batching_backend_gives_each_thread_its_own_face() -> None:
    graph = TorchBackend(choose("cpu"), batch=4).open(BUNDLED / "embedder.onnx")
    alone = TorchBackend(choose("cpu")).open(BUNDLED / "embedder.onnx")
    rng = np.random.default_rng(5)
    faces = [rng.uniform(-1, 1, (1, 3, 112, 112)).astype(np.float32) for _ in range(12)]
    with ThreadPoolExecutor(6) as pool:
        got = list(pool.map(lambda face: graph.run({"crop": face})["embedding"], faces))
    for face, vector in zip(faces, got, strict=True):
        assert np.abs(vector - alone.run({"crop": face})["embedding"]).max() < CLOSE


def test_a_whole_photograph_is_the_same_on_both(samples: Path) -> None:
    from engine import photo as photos

    photo = photos.read(samples / "worn-1.jpg")
    one = Restorer("cpu")
    other = Restorer(backend=TorchBackend(choose("cpu")))
    a, b = (r.restore(photo).photo.pixels.astype(int) for r in (one, other))
    assert (a != photo.pixels).any()
    assert np.abs(a - b).mean() < 0.1
    assert np.abs(a - b).max() <= 6


def test_graphs_of_the_store_open_by_name(torch_backend: TorchBackend) -> None:
    graph = ModelStore().graph("embedder", "embedder", torch_backend)
    crop = np.zeros((3, 3, 112, 112), np.float32)
    assert graph.run({"crop": crop})["embedding"].shape == (3, 256)


def test_wrong_shapes_and_unknown_graphs_travel_the_error_road(
    torch_backend: TorchBackend, tmp_path: Path
) -> None:
    graph = torch_backend.open(BUNDLED / "embedder.onnx")
    with pytest.raises(DeviceError) as failed:
        graph.run({"crop": np.zeros((1, 3, 5, 5), np.float32)})
    assert failed.value.code == "device-failed"
    with pytest.raises(DeviceError):
        graph.run({})
    (tmp_path / "other.onnx").write_bytes(b"")
    with pytest.raises(ModelError, match="does not open"):
        torch_backend.open(tmp_path / "other.onnx")


def test_a_card_that_takes_no_network_gives_way_to_the_processor(tmp_path: Path) -> None:
    """A card that is not there, for torch with CUDA and without."""
    gone = Device("cuda:99", "Old Card", "torch", 1, "torch", 99)
    path = BUNDLED / "embedder.onnx"
    with pytest.raises(DeviceError, match="Old Card failed while opening") as failed:
        TorchBackend(gone).open(path)
    assert failed.value.code == "device-failed"
    sure = OnnxBackend(choose("cpu"))
    backend = CheckedBackend(TorchBackend(gone), sure, tmp_path / "checks.json")
    got = backend.open(path).run(sample(path))
    assert np.array_equal(got["embedding"], sure.open(path).run(sample(path))["embedding"])
    (sentence,) = backend.warnings
    assert "Old Card" in sentence


def test_a_card_without_room_for_a_network_is_out_of_memory(
    torch_backend: TorchBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory.")

    monkeypatch.setattr(torch.nn.Module, "to", full)
    with pytest.raises(DeviceError, match="out of memory while opening") as failed:
        torch_backend.open(BUNDLED / "embedder.onnx")
    assert failed.value.code == "device-memory"


def test_weights_that_do_not_fit_are_refused(torch_backend: TorchBackend, tmp_path: Path) -> None:
    import json
    import shutil

    for file in ("embedder.onnx", "embedder.safetensors", "manifest.json"):
        shutil.copy(BUNDLED / file, tmp_path)
    document = json.loads((tmp_path / "manifest.json").read_text())
    for entry in document["models"]:
        if entry["name"] == "embedder":
            entry["network"]["widths"] = [8, 16, 32]
    (tmp_path / "manifest.json").write_text(json.dumps(document))
    with pytest.raises(ModelError, match="does not open"):
        torch_backend.open(tmp_path / "embedder.onnx")


def test_sizes_come_from_plain_data() -> None:
    from engine.networks.codeformer_pp import CodeFormerPlusPlusConfig

    made = configured(
        CodeFormerPlusPlusConfig, {"codeformer": {"encoder": [8, 16]}, "registered": False}
    )
    assert made.codeformer.encoder == (8, 16)
    assert not made.registered
    with pytest.raises(TypeError, match="no such_thing"):
        configured(CodeFormerPlusPlusConfig, {"such_thing": 1})
