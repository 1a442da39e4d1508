"""Repairs of small albums, with the real networks."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

import pytest

from engine import photo as photos
from engine.album import report, work
from engine.album.begun import begun
from engine.album.entries import Entry, State
from engine.album.index import index
from engine.album.people import People
from engine.album.repair_run import RepairProgress, RepairSettings
from engine.errors import AlbumError, UsageError
from engine.results import RestoreOptions
from tests.engine.album.album_material import contents, no_parts, restored, small_album, small_photo
from tests.engine.hostile import hostile_files

if TYPE_CHECKING:
    from engine.album.store import AlbumStore
    from engine.album.tasks import Task
    from engine.restorer import Restorer


def test_a_whole_album_with_its_report(begin, album: Path, tmp_path: Path) -> None:
    before = contents(album)
    told: list[RepairProgress] = []
    with begin() as repair:
        assert repair.queue() == 3
        summary = repair.run(told.append)
    assert summary.counts[State.DONE] == 3
    assert summary.stopped == ""
    out = tmp_path / "out"
    names = ["00_likeness.jpg", "01_likeness.jpg", str(Path("sub") / "02_likeness.jpg")]
    assert restored(out) == sorted(names)
    assert contents(album) == before
    assert no_parts(out)
    assert told[-1].share == 1
    assert told[-1].seconds_left == 0
    front = summary.report.read_text("utf-8")
    page = summary.report.with_name("page-1.html").read_text("utf-8")
    assert "3 done" in front
    assert "../sub/02_likeness.jpg" in page
    for entry_id in (1, 2, 3):
        for which in ("before", "after"):
            name = f"pictures/0000/{entry_id:07d}-{which}.jpg"
            assert name in page
            assert photos.read(summary.report.parent / name).width <= 640
    with begin() as repair:
        assert repair.queue() == 0
        assert repair.run().counts[State.DONE] == 3
    assert restored(out) == sorted(names), "nothing is done twice"


def test_new_and_changed_photographs_are_added_to_a_finished_repair(
    begin, album: Path, tmp_path: Path, samples: Path
) -> None:
    with begin() as repair:
        repair.queue()
        repair.run()
    (album / "new.jpg").write_bytes(small_photo(samples, 6))
    with begin() as repair:
        assert repair.queue() == 1
        repair.run()
    assert len(restored(tmp_path / "out")) == 4


def test_hostile_files_are_failures_and_the_rest_is_done_then_tried_again(
    begin, album: Path, tmp_path: Path, samples: Path
) -> None:
    hostile_files(album)
    before = contents(album)
    with begin() as repair:
        repair.queue()
        summary = repair.run()
        failed = list(repair.journal.entries(State.FAILED))
    assert summary.counts[State.DONE] == 3
    assert summary.counts[State.QUEUED] == summary.counts[State.RUNNING] == 0
    assert len(failed) > 15
    for entry in failed:
        assert entry.code.startswith("photo-")
        assert entry.reason.endswith(".")
        assert "\n" not in entry.reason
    assert "truncated.jpg" in summary.report.read_text("utf-8")
    assert contents(album) == before
    (album / "truncated.jpg").write_bytes(small_photo(samples, 9))
    with begin() as repair:
        assert repair.journal.retry_failed() == len(failed)
        summary = repair.run()
    assert summary.counts[State.DONE] == 4
    assert summary.counts[State.FAILED] == len(failed) - 1


def test_an_error_of_our_own_stops_nothing(
    begin, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = work.load

    def load(task: Task) -> work.Loaded:
        if task.path.endswith("01.jpg"):
            raise ZeroDivisionError("by hand")
        return real(task)

    monkeypatch.setattr(work, "load", load)
    with begin() as repair:
        repair.queue()
        summary = repair.run()
        (failed,) = repair.journal.entries(State.FAILED)
    assert summary.counts[State.DONE] == 2
    assert "ZeroDivisionError" in failed.reason


def test_cancelled_and_resumed_with_the_settings_it_began_with(
    begin, album: Path, tmp_path: Path
) -> None:
    settings = RepairSettings(RestoreOptions(strength=0.5, seed=4), threads=1, jobs=2)
    with begin(settings) as repair:
        repair.queue()
        summary = repair.run(lambda _: repair.cancel())
    assert "Stopped" in summary.stopped
    done = summary.counts[State.DONE]
    assert 1 <= done < 3
    assert summary.counts[State.RUNNING] == 0
    left = begun(tmp_path / "out")
    assert left is not None
    assert left.left == 3 - done
    assert no_parts(tmp_path / "out")
    first = contents(tmp_path / "out")
    with begin(None) as repair:
        assert repair.settings == settings
        assert repair.run().counts[State.DONE] == 3
    after = contents(tmp_path / "out")
    for name in first:
        if "_likeness" in name:
            assert after[name] == first[name]
    left = begun(tmp_path / "out")
    assert left is not None
    assert left.left == 0


def test_paused_it_begins_nothing_new(begin) -> None:
    seen: list[bool] = []
    with begin() as repair:
        repair.queue()
        repair.pause()
        resumed = threading.Timer(0.5, repair.resume)
        resumed.start()
        assert repair.journal.counts()[State.QUEUED] == 3
        summary = repair.run(lambda p: seen.append(p.paused))
        resumed.join()
    assert summary.counts[State.DONE] == 3
    assert seen == [False] * 3


def test_two_repairs_at_once_refuse_with_a_sentence(begin, tmp_path: Path, samples: Path) -> None:
    other = small_album(tmp_path / "other", samples, 1)
    with begin():
        for options in ({}, {"output": tmp_path / "elsewhere"}, {"album": other}):
            with pytest.raises(AlbumError) as caught:
                begin(**options)
            assert caught.value.code == "album-busy"
            assert "wait for it" in caught.value.sentence
    with begin() as repair:
        assert repair.queue() == 3


def test_wrong_folders_are_a_sentence(begin, album: Path, tmp_path: Path, samples: Path) -> None:
    with pytest.raises(UsageError):
        begin(output=album)
    (tmp_path / "file").touch()
    with pytest.raises(AlbumError):
        begin(output=tmp_path / "file")
    with begin() as repair:
        repair.queue()
    other = small_album(tmp_path / "other", samples, 1)
    with pytest.raises(UsageError) as caught:
        begin(album=other)
    assert caught.value.code == "repair-other-album"


def test_an_output_inside_the_album_is_not_repaired_again(begin, album: Path) -> None:
    for _ in range(2):
        with begin(output=album / "restored") as repair:
            repair.queue()
            assert sum(repair.run().counts.values()) == 3


def test_an_output_above_the_album_excludes_nothing(begin, album: Path) -> None:
    with begin(output=album.parent) as repair:
        assert repair.queue() == 3


def test_folders_are_made_by_their_paths_for_the_system(
    begin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Long paths need a prefix on Windows, folders as well as files."""
    asked: list[Path] = []

    def system_path(path: Path) -> str:
        asked.append(path)
        return str(path)

    monkeypatch.setattr(work, "system_path", system_path)
    with begin() as repair:
        repair.queue()
        assert repair.run().counts[State.DONE] == 3
    assert set(asked) == {tmp_path / "out", tmp_path / "out" / "sub"}


def test_links_in_the_report_have_the_slashes_of_the_web() -> None:
    entry = Entry(1, Path("02.jpg"), 9, State.DONE, output=PureWindowsPath("sub\\a #_likeness.jpg"))
    assert 'href="../sub/a%20%23_likeness.jpg"' in report._section(entry)


def test_a_read_only_album_is_repaired(begin, album: Path) -> None:
    before = contents(album)
    stats = {p: p.stat().st_mtime_ns for p in album.rglob("*")}
    for path in (*album.rglob("*"), album):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        with begin() as repair:
            repair.queue()
            assert repair.run().counts[State.DONE] == 3
    finally:
        for path in (album, album / "sub"):
            path.chmod(0o755)
    assert contents(album) == before
    assert {p: p.stat().st_mtime_ns for p in album.rglob("*")} == stats


def test_persons_portraits_and_settings_reach_the_faces(
    begin, album: Path, store: AlbumStore, restorer: Restorer, samples: Path
) -> None:
    shutil.copy(samples / "worn-1.jpg", album / "worn.jpg")
    shutil.copy(samples / "portrait-1.jpg", album / "portrait.jpg")
    for name in ("00.jpg", "01.jpg", "sub/02.jpg"):
        (album / name).unlink()
    index(album, store, restorer)
    people = People(store)
    people.group()
    (person,) = people.persons(album)
    people.name(person.id, "Anna")
    people.settings(person.id, {"strength": 0.0})
    with begin() as repair:
        repair.queue()
        repair.run()
        entries = {e.path.name: e for e in repair.journal.entries(State.DONE)}
        output = repair.output
    faces = [f for f in entries["worn.jpg"].report["faces"] if f["status"] == "done"]
    assert [f["reference"] for f in faces] == ["portrait.jpg"]
    assert faces[0]["reference_before"] > 0.5
    assert "portrait.jpg" in (output / "likeness-report" / "page-1.html").read_text("utf-8")
    # Strength 0 leaves the picture as it is, but for the coding.
    before = photos.read(album / "worn.jpg").preview8.astype(int)
    after = photos.read(output / "worn_likeness.jpg").preview8.astype(int)
    assert abs(before - after).mean() < 2


def test_a_file_that_changed_since_the_index_is_looked_at_anew(
    begin, album: Path, store: AlbumStore, restorer: Restorer, samples: Path
) -> None:
    index(album, store, restorer)
    (album / "00.jpg").write_bytes(small_photo(samples, 9))
    with begin() as repair:
        repair.queue()
        assert repair.run().counts[State.DONE] == 3


def test_names_that_are_taken_are_left_alone(begin, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "00_likeness.jpg").write_bytes(b"somebody's own")
    with begin() as repair:
        repair.queue()
        repair.run()
    assert (out / "00_likeness.jpg").read_bytes() == b"somebody's own"
    assert "00_likeness-2.jpg" in restored(out)
