"""Pictures beside a restored face, other faces by seed: through the command line and the engine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from engine import cli
from engine import photo as photos
from engine.errors import UsageError
from engine.methods import METHODS, codeformer_pp
from engine.methods.base import MethodInfo, Reference
from engine.methods.clr_face import Varying
from engine.methods.pictures import drawn_displacement, drawn_heat
from engine.models import imports
from engine.restorer import Restorer
from engine.results import RestoreOptions
from engine.variants import variants

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CHANCE = MethodInfo("chance", "Chance", "Invents the lower half.", True, True, True, ())


class Chance(Varying):
    """Noise by seed in the lower half, and the mean of the portraits in the upper corner."""

    info = CHANCE

    def __init__(self, *_: object) -> None:
        self.given: list[list[str]] = []

    def several(
        self, crop, references: Sequence[Reference], fidelity, seeds, checkpoint
    ) -> list[np.ndarray]:
        self.need(seeds)
        self.given.append([r.name for r in references])
        faces = []
        for seed in seeds:
            face = crop.copy()
            face[256:] = np.random.default_rng(seed).random((256, 512, 3), np.float32)
            faces.append(face)
        checkpoint(1.0)
        return faces


@pytest.fixture
def chance(monkeypatch) -> None:
    monkeypatch.setitem(METHODS, "chance", (CHANCE, Chance))


def run(capsys, *arguments: str) -> dict:
    assert cli.main(["restore", *arguments, "--json", "--device", "cpu"]) == 0
    found: dict = json.loads(capsys.readouterr().out)["photos"][0]
    return found


def test_the_heat_map_is_on_demand_and_hot_where_seeds_differ(
    chance, samples: Path, tmp_path: Path, capsys
) -> None:
    photo = str(samples / "worn-1.jpg")
    common = (photo, "--method", "chance", "--faces", "largest", "--output", str(tmp_path))
    plain = run(capsys, *common, "--seed", "1")
    assert plain["pictures"] == []
    assert plain["faces"][0]["uncertainty"] is None
    told = run(capsys, *common, "--seed", "2", "--uncertainty", "3")
    assert 0.2 < told["faces"][0]["uncertainty"] < 0.8
    (name,) = told["pictures"]
    heat = np.asarray(Image.open(name), np.float32)
    assert heat.shape == (512, 512, 3)
    glow = heat[..., 0] - heat[..., 2]
    assert glow[:240].max() < 2
    assert glow[280:].mean() > 100
    first, second = (np.asarray(Image.open(t["output"])) for t in (plain, told))
    assert (first != second).any()  # another seed is another face


def test_fewer_than_two_seeds_show_nothing(samples: Path, capsys) -> None:
    with pytest.raises(SystemExit):
        cli.main(["restore", str(samples / "worn-1.jpg"), "--uncertainty", "1"])
    assert "two at least" in capsys.readouterr().err
    photo = photos.read(samples / "worn-1.jpg")
    with pytest.raises(UsageError):
        Restorer("cpu").restore(photo, options=RestoreOptions(uncertainty=1))


def test_a_method_that_cannot_says_so(samples: Path, tmp_path: Path, capsys) -> None:
    told = run(
        capsys, str(samples / "worn-1.jpg"), "--faces", "largest", "--uncertainty",
        "--debug-pictures", "--output", str(tmp_path),
    )  # fmt: skip
    assert told["pictures"] == []
    assert any("nothing to chance" in w for w in told["warnings"])
    assert any("no pictures on the way" in w for w in told["warnings"])


def test_the_displacement_is_a_debug_picture(
    small_codeformer_pp: Path, monkeypatch, samples: Path, tmp_path: Path, capsys
) -> None:
    made = (codeformer_pp.INFO, codeformer_pp.CodeFormerPlusPlusMethod)
    monkeypatch.setitem(METHODS, codeformer_pp.INFO.key, made)
    monkeypatch.setattr(imports, "folder", lambda: small_codeformer_pp)
    told = run(
        capsys, str(samples / "worn-1.jpg"), "--method", "codeformer++", "--faces", "largest",
        "--reference", str(samples / "portrait-1.jpg"), "--debug-pictures",
        "--output", str(tmp_path),
    )  # fmt: skip
    names = sorted(p.name.rpartition("-")[2] for p in tmp_path.glob("*-face0-*.png"))
    assert names == [
        "displacement.png", "faithful.png", "output.png", "prior.png", "registered.png",
    ]  # fmt: skip
    assert len(told["pictures"]) == 5
    assert told["faces"][0]["reference_used"] is True
    assert told["faces"][0]["references"] == ["portrait-1.jpg"]


def test_variants_are_one_face_a_seed(chance, samples: Path) -> None:
    restorer = Restorer("cpu")
    photo = photos.read(samples / "worn-1.jpg")
    face = restorer.find_faces(photo)[0]
    options = RestoreOptions(method="chance")
    shares: list[float] = []
    found = variants(
        restorer, photo, face, [1, 2, 1], options=options, progress=lambda s, _w: shares.append(s)
    )
    assert np.array_equal(found[0].restored, found[2].restored)
    assert (found[0].restored != found[1].restored).any()
    assert shares == sorted(shares)
    with pytest.raises(UsageError):
        variants(restorer, photo, face, [], options=options)


def test_drawings_show_nothing_where_nothing_is() -> None:
    field = np.zeros((2, 8, 8), np.float32)
    field[0, 4:] = 6.0
    drawn = drawn_displacement(field)
    assert (drawn[:4] == 1).all()
    assert np.allclose(drawn[4:], [1, 0, 0], atol=1e-5)
    face = np.full((4, 4, 3), 0.4, np.float32)
    assert np.allclose(drawn_heat(face, np.zeros((4, 4), np.float32)), face)
