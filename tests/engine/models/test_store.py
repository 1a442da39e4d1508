from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from engine.backends.devices import choose
from engine.backends.onnx import OnnxBackend
from engine.errors import ModelError
from engine.models import imports, manifest
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


@pytest.mark.parametrize("fault", ["cut", "newer"])
def test_a_damaged_list_of_imported_models_leaves_the_bundled_ones(
    copy: Path, fault: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = copy / manifest.NAME
    text = path.read_text(encoding="utf-8")
    text = text[:100] if fault == "cut" else text.replace('"name"', '"colour": 1, "name"')
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(imports, "folder", lambda: copy)
    store = ModelStore()
    assert store.graph("embedder", "embedder", OnnxBackend(choose("cpu")))
    (told,) = caplog.messages
    assert str(path) in told
    assert "delete it" in told
    with pytest.raises(ModelError, match="delete it"):
        manifest.register(copy, store.entries()[0])
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.skipif(sys.platform == "win32", reason="only Unix bounds the size of files")
def test_a_full_disk_leaves_the_list_of_models_whole(copy: Path) -> None:
    import resource

    before, entry = (copy / manifest.NAME).read_bytes(), manifest.read(copy)["embedder"]
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, limit[1]))
    try:
        with pytest.raises(OSError, match="large"):
            manifest.register(copy, entry)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert (copy / manifest.NAME).read_bytes() == before
    assert {p.name for p in copy.iterdir()} == {manifest.NAME, *entry.files}


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
