"""Files and folders that nothing good comes from, through the real program."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine import photo as photos
from tests.end_to_end.program import ROOT, likeness
from tests.engine.hostile import hostile_files


def contents(folder: Path) -> dict[Path, bytes | None]:
    """Every name below a folder; the bytes of ordinary files."""
    return {
        path: path.read_bytes() if path.is_file() else None for path in sorted(folder.rglob("*"))
    }


def is_one_sentence(text: str) -> bool:
    return bool(text) and "\n" not in text and text.endswith(".") and "Traceback" not in text


def test_every_hostile_file_gets_one_sentence_and_the_good_one_is_restored(
    samples: Path, tmp_path: Path
) -> None:
    album = tmp_path / "album"
    album.mkdir()
    hostile = hostile_files(album)
    good = album / "grandmother.jpg"
    shutil.copy(samples / "worn-1.jpg", good)
    before = contents(album)
    files = [h.path for h in hostile.values() if not h.path.is_dir()]
    out = tmp_path / "out"
    done = likeness("restore", *files, good, "--output", out, "--json", "--device", "cpu")
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    reports = {r["photo"]: r for r in json.loads(done.stdout)["photos"]}
    assert set(reports) == {str(p) for p in [*files, good]}
    for path in files:
        assert reports[str(path)]["status"] == "failed", path
        assert is_one_sentence(reports[str(path)]["reason"]), reports[str(path)]
    assert reports[str(good)]["status"] == "done"
    assert [p.name for p in out.iterdir()] == ["grandmother_likeness.jpg"]
    assert contents(album) == before


def test_animated_and_tiny_pictures_are_no_trouble(samples: Path, tmp_path: Path) -> None:
    face = Image.open(samples / "worn-1.jpg").convert("RGB")
    dark = Image.new("RGB", face.size, (9, 9, 9))
    face.save(tmp_path / "moving.gif", save_all=True, append_images=[dark], duration=100)
    Image.new("RGB", (1, 1), (200, 10, 10)).save(tmp_path / "point.png")
    before = contents(tmp_path)
    done = likeness("restore", tmp_path, "--output", tmp_path.parent / "out", "--json")
    reports = {Path(r["photo"]).name: r for r in json.loads(done.stdout)["photos"]}
    assert set(reports) == {"moving.gif", "point.png"}
    assert reports["point.png"]["status"] == "unchanged"
    assert is_one_sentence(reports["point.png"]["reason"].replace(". ", ", "))
    assert reports["moving.gif"]["status"] == "done"
    assert any("first" in w for w in reports["moving.gif"]["warnings"]), reports["moving.gif"]
    assert contents(tmp_path) == before


def without_privileges() -> None:
    """Takes from root what lets it pass by permissions; others lack it anyway."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            assert libc.prctl(24, capability, 0, 0, 0) == 0  # PR_CAPBSET_DROP


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux's permissions")
def test_a_folder_without_permission_is_said(samples: Path, tmp_path: Path) -> None:
    locked, shut = tmp_path / "locked", tmp_path / "shut"
    for folder in (locked, shut):
        folder.mkdir()
        shutil.copy(samples / "worn-1.jpg", folder / "a.jpg")
    locked.chmod(0o555)
    shut.chmod(0)
    try:
        for path in (locked / "a.jpg", shut / "a.jpg", shut):
            done = likeness("restore", path, "--json", preexec_fn=without_privileges)
            assert done.returncode in {1, 2}, (done.stdout, done.stderr)
            assert "Traceback" not in done.stderr
            said = [r["reason"] for r in json.loads(done.stdout or '{"photos": []}')["photos"]]
            said = said or [done.stderr.removeprefix("likeness: ").strip()]
            assert all(is_one_sentence(s) for s in said), said
    finally:
        locked.chmod(0o755)
        shut.chmod(0o755)
    assert [p.name for p in locked.iterdir()] == ["a.jpg"]
    assert [p.name for p in shut.iterdir()] == ["a.jpg"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_a_full_disk_is_said_and_leaves_nothing_behind(tmp_path: Path) -> None:
    import resource

    face = photos.read(ROOT / "resources" / "samples" / "worn-1.jpg")
    large = np.tile(face.pixels, (1, 2, 1))
    album = tmp_path / "album"
    album.mkdir()
    photos.write(photos.Photo.from_pixels(large), album / "wide.png")
    before = contents(album)

    def nearly_full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    out = tmp_path / "out"
    done = likeness(
        "restore", album / "wide.png", "--output", out, "--json", preexec_fn=nearly_full
    )
    (report,) = json.loads(done.stdout)["photos"]
    assert done.returncode == 1
    assert report["status"] == "failed"
    assert is_one_sentence(report["reason"]), report["reason"]
    assert contents(album) == before
    assert not out.exists() or not list(out.iterdir())
