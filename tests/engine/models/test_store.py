from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from engine.backends.devices import choose
from engine.backends.onnx import OnnxBackend
from engine.errors import ModelError
from engine.models import manifest
from engine.models.store import BUNDLED, ModelStore

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A private copy of the embedder and its manifest entry."""
    entry = manifest.read(BUNDLED)["embedder"]
    for name in entry.files:
        shutil.copy(BUNDLED / name, tmp_path / name)
    manifest.register(tmp_path, entry)
    return tmp_path


def test_every_bundled_model_is_what_it_claims_to_be() -> None:
    store = ModelStore()
    names = [e.name for e in store.entries()]
    assert {"detector", "embedder", "identity-recovery"} <= set(names)
    for name in names:
        store.verify(name)


def test_bundled_models_stay_under_70_megabytes_and_have_cards() -> None:
    entries = ModelStore().entries()
    files = {name: f["size"] for e in entries for name, f in e.files.items()}  # some are shared
    assert sum(files.values()) < 70e6
    for entry in entries:
        card = (BUNDLED / f"{entry.name}.md").read_text(encoding="utf-8")
        assert "licence" in card.lower()
        assert entry.licence
        assert entry.training_data


def test_every_file_in_the_model_folder_is_listed() -> None:
    listed = {name for e in ModelStore().entries() for name in e.files}
    there = {p.name for p in BUNDLED.iterdir() if p.suffix in {".onnx", ".safetensors"}}
    assert there == listed


def test_a_flipped_bit_is_found_before_use(copy: Path) -> None:
    path = copy / "embedder.safetensors"
    blob = bytearray(path.read_bytes())
    blob[-10] ^= 1
    path.write_bytes(bytes(blob))
    store = ModelStore([copy])
    with pytest.raises(ModelError, match="damaged") as caught:
        store.graph("embedder", "embedder", OnnxBackend(choose("cpu")))
    assert caught.value.code == "model-damaged"


def test_a_missing_file_and_an_unknown_model_say_so(copy: Path) -> None:
    (copy / "embedder.onnx").unlink()
    store = ModelStore([copy])
    with pytest.raises(ModelError, match="missing") as caught:
        store.verify("embedder")
    assert caught.value.code == "model-missing"
    with pytest.raises(ModelError) as caught:
        store.verify("nothing")
    assert caught.value.code == "model-unknown"
    with pytest.raises(ModelError) as caught:
        store.graph("embedder", "no-such-part", OnnxBackend(choose("cpu")))
    assert caught.value.code == "model-unknown"


def test_a_damaged_manifest_is_one_sentence(copy: Path) -> None:
    (copy / manifest.NAME).write_text("{")
    with pytest.raises(ModelError, match="list of models"):
        ModelStore([copy])


def test_a_later_folder_wins(copy: Path) -> None:
    document = json.loads((copy / manifest.NAME).read_text(encoding="utf-8"))
    document["models"][0]["version"] = "mine"
    (copy / manifest.NAME).write_text(json.dumps(document), encoding="utf-8")
    entries = {e.name: e.version for e in ModelStore([BUNDLED, copy]).entries()}
    assert entries["embedder"] == "mine"
    assert entries["detector"] != "mine"


def test_a_graph_is_opened_once() -> None:
    store, backend = ModelStore(), OnnxBackend(choose("cpu"), threads=1)
    first = store.graph("embedder", "embedder", backend)
    assert store.graph("embedder", "embedder", backend) is first
