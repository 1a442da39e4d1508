"""CLR-Face from the release to the command line, on small networks with random weights."""

from __future__ import annotations

import json
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from engine import cli
from engine.backends.devices import choose
from engine.backends.onnx import OnnxBackend
from engine.methods import METHODS, clr_face, clr_face_fast
from engine.methods.clr_face import ClrFaceMethod
from engine.models import imports
from engine.models.store import BUNDLED, ModelStore
from engine.training import measuring

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch, small_clr_face: Path) -> None:
    """Both presets are registered, and their models imported."""
    made = (
        (clr_face.INFO, clr_face.ClrFaceMethod),
        (clr_face_fast.FAST, clr_face_fast.ClrFaceFastMethod),
    )
    for info, method in made:
        monkeypatch.setitem(METHODS, info.key, (info, method))
    monkeypatch.setattr(imports, "folder", lambda: small_clr_face)


@pytest.mark.usefixtures("offered")
@pytest.mark.parametrize("key", ["clr-face", "clr-face-fast"])
def test_the_command_makes_another_face_of_another_seed_and_a_heat_map(
    key: str, samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*more: str) -> tuple[np.ndarray, dict]:
        arguments = [
            "restore", str(samples / "worn-1.jpg"), "--method", key, "--faces", "largest",
            "--fidelity", "0.9", "--device", "cpu", "--threads", "1", "--json",
            "--output", str(tmp_path), *more,
        ]  # fmt: skip
        assert cli.main(arguments) == 0
        told = json.loads(capsys.readouterr().out)["photos"][0]
        with Image.open(told["output"]) as picture:
            return np.asarray(picture), told

    first, _ = run("--seed", "5")
    again, _ = run("--seed", "5")
    other, told = run(
        "--seed", "6", "--uncertainty", "2", "--reference", str(samples / "portrait-1.jpg")
    )
    assert (first == again).all()
    assert (first != other).any()
    assert told["faces"][0]["references"] == ["portrait-1.jpg"]
    assert told["faces"][0]["uncertainty"] > 0
    assert [name.rpartition("-")[2] for name in told["pictures"]] == ["uncertainty.png"]


def test_guidance_and_mask_change_the_face_and_nothing_breaks_it(small_clr_face: Path) -> None:
    store, backend = ModelStore([BUNDLED, small_clr_face]), OnnxBackend(choose("cpu"), 1)

    def made(crop: np.ndarray, **how: object) -> np.ndarray:
        return ClrFaceMethod(store, backend, **how).restore(crop, [], 0.9, 1, lambda _s: None)

    crop = np.random.default_rng(1).random((512, 512, 3)).astype(np.float32)
    guided, bare, plain = made(crop), made(crop, masked=False), made(crop, strongest=0.0)
    assert np.isfinite(guided).all()
    assert np.abs(guided - plain).max() > 1e-4
    assert np.abs(guided - bare).max() > 1e-4
    for value in (0.0, 1.0):
        assert np.isfinite(made(np.full_like(crop, value))).all()


def test_the_evaluations_know_the_sampler_without_what_it_is_held_by(small_clr_face: Path) -> None:
    store, backend = ModelStore([BUNDLED, small_clr_face]), OnnxBackend(choose("cpu"), 1)
    crop = np.random.default_rng(1).random((512, 512, 3)).astype(np.float32)
    keys = ("clr-face", "clr-face-unguided", "clr-face-free", "clr-face-free-unguided")
    made = [
        measuring.method(key, store, backend).restore(crop, [], 0.9, 1, lambda _s: None)
        for key in keys
    ]
    plain = ClrFaceMethod(store, backend, strongest=0.0).restore(crop, [], 0.9, 1, lambda _s: None)
    assert (made[1] == plain).all()
    for first, second in combinations(made, 2):
        assert np.abs(first - second).max() > 1e-4
