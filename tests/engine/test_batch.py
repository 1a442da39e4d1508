"""Many files in one run of the command line, with the real engine."""

from __future__ import annotations

import gc
import json
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engine import batch, cli
from engine import photo as photos
from engine.album.scan import scan
from engine.batch import Job, Outcome, restore_files
from engine.errors import PhotoError
from engine.methods import METHODS
from engine.results import RestoreOptions
from tests.engine.album.album_material import small_photo
from tests.engine.methods.test_pictures import CHANCE, Chance

if TYPE_CHECKING:
    from collections.abc import Iterator

PLAIN = RestoreOptions(faces="largest")
HEAT = RestoreOptions(method="chance", faces="largest", uncertainty=2)


@pytest.fixture
def folder(tmp_path: Path, samples: Path) -> Path:
    there = tmp_path / "box"
    there.mkdir()
    (there / "a.jpg").write_bytes(small_photo(samples, 0))
    return there


@pytest.fixture
def chance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(METHODS, "chance", (CHANCE, Chance))


def restored(*paths: Path, options: RestoreOptions = PLAIN) -> list[Outcome]:
    return list(restore_files(Job(paths, (), options, device="cpu", threads=1)))


def test_what_likeness_made_is_not_restored_again_unless_it_is_named(
    folder: Path, chance: None
) -> None:
    (first,) = restored(folder, options=HEAT)
    assert [p.name for p in first.pictures] == ["a_likeness-face0-uncertainty.png"]
    (again,) = restored(folder, options=HEAT)
    assert again.output == folder / "a_likeness-2.jpg"
    assert [o.source.name for o in restored(folder)] == ["a.jpg"]
    assert [f.path.name for f in scan(folder).files] == ["a.jpg"]
    (named,) = restored(folder / "a_likeness.jpg")
    assert named.output == folder / "a_likeness_likeness.jpg"


def test_a_picture_that_cannot_be_written_loses_no_photograph(
    folder: Path, chance: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Path:
        raise PhotoError("The disk is full: make room.", code="photo-disk-full")

    monkeypatch.setattr(batch, "write_new", full)
    (outcome,) = restored(folder, options=HEAT)
    assert outcome.output == folder / "a_likeness.jpg"
    assert photos.read(outcome.output).width == 200
    assert outcome.failed
    assert outcome.reason == "The disk is full: make room."
    assert outcome.report()["output"] == str(outcome.output)


def test_an_error_of_our_own_ends_one_file_only(
    folder: Path, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "b.jpg").write_bytes(small_photo(samples, 1))
    real = photos.read

    def read(path: Path) -> photos.Photo:
        if path.name == "a.jpg":
            raise ZeroDivisionError("by hand")
        return real(path)

    monkeypatch.setattr(batch.photos, "read", read)
    bad, good = restored(folder)
    assert (bad.failed, bad.output) == (True, None)
    assert bad.reason == "Likeness met an error of its own here (ZeroDivisionError: by hand)."
    assert good.output == folder / "b_likeness.jpg"


def test_no_pixels_are_kept_from_one_file_to_the_next(
    folder: Path, samples: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "b.jpg").write_bytes(small_photo(samples, 1))
    (folder / "broken.jpg").write_bytes(b"no picture")
    seen: list[weakref.ref[object]] = []

    def watched(*arguments: object) -> Iterator[Outcome]:
        outcomes = restore_files(*arguments)
        while True:
            gc.collect()
            assert [ref for ref in seen if ref() is not None] == []
            outcome = next(outcomes, None)
            if outcome is None:
                return
            if outcome.result is not None:
                seen.append(weakref.ref(outcome.result))
            yield outcome
            del outcome

    monkeypatch.setattr(batch, "restore_files", watched)
    code = cli.main(["restore", str(folder), "--faces", "largest", "--device", "cpu", "--json"])
    out, err = capsys.readouterr()
    assert code == 1
    told = json.loads(out)["photos"]
    assert [Path(t["photo"]).name for t in told] == ["a.jpg", "b.jpg", "broken.jpg"]
    assert len(seen) == 2
    assert 'broken.jpg: "broken.jpg" is not a picture' in err
