"""Repairs that are cut short: full disks, power cuts, kills."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from engine import photo as photos
from engine.album import repair as repairing
from engine.album import room, work
from engine.album.entries import State
from engine.album.journal import FILE, Journal
from engine.album.repair import Repair
from engine.errors import PhotoError
from tests.engine.album.album_material import contents, no_parts, restored, small_album

ROOT = Path(__file__).resolve().parents[3]


def test_a_full_disk_stops_cleanly_and_it_goes_on_later(
    begin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = work.write_part, []

    def full(*arguments, **options) -> Path:
        calls.append(arguments)
        if len(calls) == 2:
            raise PhotoError("The disk is full: make room.", code="photo-disk-full")
        return real(*arguments, **options)

    monkeypatch.setattr(work, "write_part", full)
    with begin() as repair:
        repair.queue()
        summary = repair.run()
    assert summary.stopped == "The disk is full: make room."
    assert summary.counts[State.FAILED] == summary.counts[State.RUNNING] == 0
    assert summary.counts[State.QUEUED] >= 1
    assert no_parts(tmp_path / "out")
    with begin(None) as repair:
        assert repair.run().counts[State.DONE] == 3
    assert len(restored(tmp_path / "out")) == 3


def test_the_disk_is_watched_before_and_during_the_run(
    begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    with begin() as repair:
        repair.queue()
        assert repair.warnings() == []
        usage = shutil.disk_usage(".")
        monkeypatch.setattr(
            room.shutil, "disk_usage", lambda _: usage._replace(free=room.RESERVE - 1)
        )
        (warning,) = repair.warnings()
        assert "may become full" in warning
        summary = repair.run()
    assert "make room" in summary.stopped
    assert summary.counts[State.QUEUED] == 3


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="needs a small disk")
def test_a_really_full_disk(begin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=80k", "tmpfs", str(disk)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        monkeypatch.setattr(room, "RESERVE", 0)
        with begin(output=disk) as repair:
            repair.queue()
            summary = repair.run()
            assert "full" in summary.stopped
            assert summary.counts[State.FAILED] == 0
            assert no_parts(disk)
            for name in restored(disk):
                assert photos.read(disk / name).width >= 200
        subprocess.run(["mount", "-o", "remount,size=9m", str(disk)], check=True)
        with begin(None, output=disk) as repair:
            repair.queue()
            assert repair.run().counts[State.DONE] == 3
        assert len(restored(disk)) == 3
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.skipif(sys.platform == "win32", reason="open files cannot be moved there")
@pytest.mark.parametrize("moment", ["before the run", "during the run"])
def test_an_unplugged_output_drive_stops_it_and_it_goes_on_later(
    begin, tmp_path: Path, moment: str
) -> None:
    out, away = tmp_path / "out", tmp_path / "unplugged"

    def unplug(*_: object) -> None:
        if not away.exists():
            out.rename(away)

    with begin() as repair:
        repair.queue()
        if moment == "before the run":
            unplug()
            assert repair.warnings() == []
        summary = repair.run(unplug)
    assert (
        summary.stopped == f"The folder {out} is not there any more; plug in its drive and go on."
    )
    assert summary.counts[State.FAILED] == 0
    assert not summary.report.exists()
    shutil.rmtree(out, ignore_errors=True)  # what was being written meanwhile
    away.rename(out)
    with begin(None) as repair:
        assert repair.queue() == 0
        assert repair.run().counts[State.DONE] == 3
    assert len(restored(out)) == 3
    assert not any("-2" in name for name in restored(out))
    assert no_parts(out)


@pytest.mark.parametrize("how", ["killed", "stopped"])
@pytest.mark.parametrize("moment", ["before the name", "after the name"])
def test_a_power_cut_around_the_naming_is_sorted_out(
    begin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str, how: str
) -> None:
    """The two moments between the journal and the file's name, one by one."""

    class PowerCut(BaseException):
        pass

    real = repairing.name_part

    def cut(part: Path, path: Path, **options) -> Path:
        if moment == "after the name":
            real(part, path, **options)
        raise PowerCut

    out = tmp_path / "out"
    with monkeypatch.context() as patched:
        patched.setattr(repairing, "name_part", cut)
        if how == "killed":
            patched.setattr(Repair, "_release", lambda self: None)
        with begin() as repair:
            repair.queue()
            with pytest.raises(PowerCut):
                repair.run()
    there = restored(out)
    assert len(there) == (moment == "after the name")
    with begin(None) as repair:
        assert (repair.recovered >= 1) == (how == "killed")
        assert repair.run().counts[State.DONE] == 3
    assert len(restored(out)) == 3
    assert not any("-2" in name for name in restored(out))
    assert no_parts(out)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_twenty_random_moments_every_photo_is_done_exactly_once(
    tmp_path: Path, samples: Path, cache: Path
) -> None:
    album = small_album(tmp_path / "many", samples, 16)
    (album / "broken.jpg").write_bytes(b"no picture")
    before = contents(album)
    out = tmp_path / "killed"
    done = subprocess.run(
        [
            sys.executable, "-m", "tests.engine.album.killed_repairs", str(album), str(out), "5",
            "20",
        ],
        cwd=ROOT, env={**os.environ, "OMP_NUM_THREADS": "1"}, capture_output=True, text=True,
        check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    killed, begun = map(int, done.stdout.split())
    assert killed >= 5, "most kills should fall into the work"
    assert begun == 17
    with Journal(out) as journal:
        counts = journal.counts()
        outputs = [str(e.output) for e in journal.entries(State.DONE)]
    assert counts[State.DONE] == 16
    assert counts[State.FAILED] == 1
    assert counts[State.QUEUED] == counts[State.RUNNING] == 0
    assert sorted(outputs) == restored(out)
    assert len(set(outputs)) == 16
    assert not any("-2" in name for name in outputs)
    for name in outputs:
        assert photos.read(out / name).width >= 200
    assert no_parts(out)
    assert contents(album) == before
    assert (out / FILE).is_file()
