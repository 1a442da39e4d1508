from __future__ import annotations

import dataclasses

import pytest
import torch

from engine import cli
from engine.errors import ModelError, UsageError
from engine.models import imports, manifest
from engine.models.store import ModelStore
from engine.networks import foreign
from engine.restorer import Restorer


def build():
    return torch.nn.Sequential(torch.nn.Conv2d(3, 4, 3), torch.nn.BatchNorm2d(4))


def convert(source, target):
    foreign.convert(foreign.read_checkpoint(source), foreign.layout(build), target)


@pytest.fixture
def checkpoint(tmp_path):
    """A file as other projects publish them: nested, with the prefix of parallel training."""
    path = tmp_path / "theirs.pth"
    state = {f"module.{k}": v for k, v in build().state_dict().items()}
    torch.save({"params_ema": state, "iter": 3}, path)
    return path


@pytest.fixture
def kind(checkpoint, monkeypatch):
    mark = manifest.fingerprint(checkpoint)
    made = imports.Kind("toy", "A toy", "theirs.pth", mark, "Free for all.", convert)
    monkeypatch.setattr(imports, "KINDS", (made,))
    return made


def test_an_import_is_converted_registered_and_verified(checkpoint, kind, tmp_path) -> None:
    before = checkpoint.read_bytes()
    place = tmp_path / "models"
    imports.import_model(checkpoint, imports.recognise(checkpoint), place)
    store = ModelStore((place,))
    path = store.weights("toy")
    assert path.suffix == ".safetensors"
    assert {p.name for p in place.iterdir()} == {"manifest.json", "toy.safetensors"}
    assert checkpoint.read_bytes() == before
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(ModelError) as caught:
        ModelStore((place,)).weights("toy")
    assert caught.value.code == "model-damaged"


def test_the_command_wants_the_licence_accepted(
    checkpoint, kind, tmp_path, monkeypatch, capsys
) -> None:
    monkeypatch.setattr(imports, "folder", lambda: tmp_path / "user")
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    assert cli.main(["models", "import", str(checkpoint)]) == 2
    assert "Free for all." in capsys.readouterr().out
    assert not (tmp_path / "user").exists()
    assert cli.main(["models", "import", str(checkpoint), "--accept-licence"]) == 0
    assert "toy" in [entry.name for entry in ModelStore().entries()]
    assert cli.main(["models", "verify"]) == 0


def test_what_is_unknown_or_missing_is_one_sentence(checkpoint, kind, tmp_path) -> None:
    other = tmp_path / "other.pth"
    other.write_bytes(checkpoint.read_bytes() + b"1")
    with pytest.raises(ModelError) as caught:
        imports.recognise(other)
    assert caught.value.code == "import-unknown"
    assert "theirs.pth" in caught.value.sentence
    with pytest.raises(UsageError):
        imports.recognise(tmp_path / "none.pth")
    with pytest.raises(ModelError) as caught:
        ModelStore((tmp_path,)).weights("retinaface")
    assert caught.value.code == "model-not-imported"
    with pytest.raises(UsageError):
        Restorer("cpu", finder="crystal-ball")


class Harm:
    def __reduce__(self):
        return (print, ("run",))


@pytest.mark.parametrize("wrong", ["pickle", "text", "layout", "infinite", "no tensors"])
def test_what_does_not_fit_is_refused_and_nothing_is_left(tmp_path, kind, wrong, capsys) -> None:
    path, state = tmp_path / "wrong.pth", dict(build().state_dict())
    if wrong == "layout":
        state["extra"] = torch.zeros(2)
    if wrong == "infinite":
        state["0.bias"] = torch.full((4,), float("inf"))
    if wrong == "text":
        path.write_text("weights")
    else:
        torch.save({"pickle": Harm(), "no tensors": {"a": 3}}.get(wrong, state), path)
    place = tmp_path / "models"
    with pytest.raises(ModelError) as caught:
        imports.import_model(path, dataclasses.replace(kind), place)
    assert caught.value.code in {"import-unreadable", "import-layout"}
    assert list(place.iterdir()) == []
    assert "run" not in capsys.readouterr().out


def test_refusing_on_a_terminal_leaves_nothing(
    checkpoint, kind, tmp_path, monkeypatch, capsys
) -> None:
    monkeypatch.setattr(imports, "folder", lambda: tmp_path / "user")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    answers = iter(["n", "", "yes"])
    monkeypatch.setattr("builtins.input", lambda _question: next(answers))
    for _ in range(2):
        assert cli.main(["models", "import", str(checkpoint)]) == 2
        assert not (tmp_path / "user").exists()
    assert cli.main(["models", "import", str(checkpoint)]) == 0
    assert ModelStore().has("toy")


def test_an_import_can_be_taken_away_and_bundled_models_cannot(
    checkpoint, kind, tmp_path, monkeypatch
) -> None:
    place = tmp_path / "user"
    monkeypatch.setattr(imports, "folder", lambda: place)
    imports.import_model(checkpoint, kind)
    assert cli.main(["models", "remove", "embedder"]) == 2
    assert cli.main(["models", "remove", "toy"]) == 0
    assert [p.name for p in place.iterdir()] == ["manifest.json"]
    assert not ModelStore().has("toy")
    assert ModelStore().has("embedder")
