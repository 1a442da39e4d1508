"""``likeness album``, as a user types it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from engine.album.entries import State
from engine.album.journal import Journal
from engine.album.places import ENVIRONMENT
from engine.album.repair import Repair
from engine.album.repair_run import RepairSettings
from engine.album.store import AlbumStore
from engine.cli import main
from engine.results import RestoreOptions
from tests.engine.album.album_material import contents, restored, small_album, small_photo

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path / "cache"))
    # The tests' own priority must not sink with every command.
    for module in ("cli_album", "cli_repair"):
        monkeypatch.setattr(f"engine.{module}.lower_process", lambda: None)


@pytest.fixture
def album(tmp_path: Path, samples: Path) -> Path:
    folder = tmp_path / "Album 家族"
    folder.mkdir()
    shutil.copy(samples / "worn-1.jpg", folder / "worn.jpg")
    shutil.copy(samples / "portrait-1.jpg", folder / "portrait.jpg")
    return folder


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main([str(a) for a in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_from_the_index_to_the_report(
    album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(album)
    code, out, _ = said(capsys, "album", "people", album)
    assert code == 0
    assert "index" in out
    code, out, _ = said(capsys, "album", "index", album, "--device", "cpu", "--threads", 1)
    assert code == 0
    assert "2 photographs: 2 read" in out
    code, out, _ = said(capsys, "album", "people", album, "--json")
    (person,) = json.loads(out)
    assert len(person["faces"]) == 2
    code, out, _ = said(capsys, "album", "people", album, "--name", person["id"], "Anna")
    assert "Anna" in out
    assert "2 confirmed" in out
    code, out, _ = said(capsys, "album", "references", album, "--json")
    (offer,) = json.loads(out)
    assert offer["path"] == str(album / "portrait.jpg")
    assert not offer["asks"]
    pair = (offer["face"], offer["portrait"])
    code, out, _ = said(capsys, "album", "references", album, "--refuse", *pair)
    assert "No portrait" in out
    code, out, _ = said(capsys, "album", "references", album, "--accept", *pair)
    assert "You chose it" in out
    code, out, _ = said(
        capsys, "album", "people", album, "--set", "Anna", "method=identity", "strength=0.8"
    )
    assert code == 0
    target = tmp_path / "restored"
    code, out, _ = said(
        capsys, "album", "repair", album, "--output", target, "--device", "cpu", "--json",
        "--threads", 1,
    )  # fmt: skip
    document = json.loads(out)
    assert code == 0
    assert document["counts"]["done"] == 2
    assert Path(document["report"]).is_file()
    assert restored(target) == ["portrait_likeness.jpg", "worn_likeness.jpg"]
    with Journal(target) as journal:
        reports = {e.path.name: e.report for e in journal.entries(State.DONE)}
    faces = [f for f in reports["worn.jpg"]["faces"] if f["status"] == "done"]
    assert faces[0]["reference"] == "portrait.jpg"
    assert contents(album) == before


def test_people_are_split_joined_and_ignored_by_number_or_name(
    album: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "album", "index", album, "--device", "cpu", "--threads", 1)

    def listed(*arguments: object) -> list[tuple[str | None, set[int], int]]:
        code, out, _ = said(capsys, "album", "people", album, "--json", *arguments)
        assert code == 0
        return [(p["name"], set(p["faces"]), p["id"]) for p in json.loads(out)]

    ((_, faces, _),) = listed()
    first, second = sorted(faces)
    # Whoever was made by hand is listed; a single face that nobody named is not.
    ((_, faces, alone),) = listed("--split", second)
    assert faces == {second}
    named = listed("--name", alone, "Berta")
    assert [faces for name, faces, _ in named if name == "Berta"] == [{second}]
    assert ("Berta", {first, second}, alone) in listed("--confirm", "Berta", first)
    assert ("Berta", {second}, alone) in listed("--refuse", first)
    assert listed("--ignore", "Berta") == []
    assert ("Berta", {second}, alone) in listed("--ignored")
    assert ("Berta", {second}, alone) in listed("--unignore", "Berta")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("people", "{album}", "--name", "99", "Anna"), "no person '99'"),
        (("people", "{album}", "--set", "99", "colour=1"), "no person '99'"),
        (("people", "{album}", "--split", "99"), "no face 99"),
        (("references", "{album}", "--accept", "98", "99"), "no face 98"),
        (("repair", "{album}", "--output", "{album}"), "folder of their own"),
        (("repair", "{album}", "--output", "out", "--jobs", "0"), "--jobs"),
    ],
)
def test_wrong_use_ends_with_two_and_a_sentence(
    album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments, words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    code, _, err = said(capsys, "album", *(a.replace("{album}", str(album)) for a in arguments))
    assert code == 2
    assert words in err


def test_a_missing_album_ends_with_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = said(capsys, "album", "index", tmp_path / "gone")
    assert code == 1
    assert "is not there" in err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one child")
def test_ctrl_c_and_resume(
    tmp_path: Path, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    album = small_album(tmp_path / "album", samples, 12)
    (album / "broken.jpg").write_bytes(b"no picture")
    target = tmp_path / "restored"
    command = ["album", "repair", album, "--output", target, "--device", "cpu", "--no-index"]
    process = subprocess.Popen(
        [sys.executable, "-m", "engine.cli", *map(str, command)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    while process.poll() is None and not (target.exists() and restored(target)):
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "stopped" in errors
    some = restored(target)
    assert 1 <= len(some) < 12
    code, _, err = said(capsys, *command)
    assert code == 2
    assert "--resume" in err
    code, _, err = said(capsys, *command, "--resume")
    assert code == 1
    assert "broken.jpg" in err
    assert len(restored(target)) == 12
    assert not list(target.rglob("*.part"))
    code, out, _ = said(capsys, *command, "--retry-failed", "--json")
    assert code == 1
    assert [f["path"] for f in json.loads(out)["failed"]] == ["broken.jpg"]


BEGUN = RepairSettings(
    RestoreOptions(method="ented", fidelity=0.3, strength=0.9, grain=0.4, seed=4),
    device="cuda", threads=7, jobs=5,
)  # fmt: skip


def begun(album: Path, target: Path) -> None:
    with AlbumStore() as store, Repair(album, target, BEGUN, store=store) as repair:
        repair.queue()


def kept(target: Path) -> RepairSettings:
    with Journal(target) as journal:
        return RepairSettings.from_json(journal.about("settings") or "")


def test_a_repair_is_ended_as_it_was_begun_on_another_device(
    tmp_path: Path, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    album, target = small_album(tmp_path / "album", samples, 1), tmp_path / "restored"
    (album / "broken.jpg").write_bytes(b"no picture")
    begun(album, target)
    command = (
        "album", "repair", album, "--output", target, "--device", "cpu", "--threads", 1,
        "--no-index",
    )  # fmt: skip
    code, _, err = said(capsys, *command, "--resume", "--fidelity", 0.3, "--jobs", 1)
    assert code == 1
    assert "broken.jpg" in err
    assert kept(target) == replace(BEGUN, device="cpu", threads=1, jobs=1)
    (album / "broken.jpg").write_bytes(small_photo(samples, 1))
    os.utime(album / "broken.jpg", ns=(1, 1))
    code, _, err = said(capsys, *command, "--retry-failed")
    assert (code, err) == (0, "")
    with Journal(target) as journal:
        methods = [e.report["method"] for e in journal.entries(State.DONE)]
    assert methods == ["ented", "ented"]
    code, _, err = said(capsys, *command, "--fidelity", 0.5)
    assert code == 0
    assert "2 photographs were finished before with other settings" in err


@pytest.mark.parametrize(
    ("option", "value", "was"),
    [
        ("--method", "identity", "with --method ented"),
        ("--fidelity", 0.5, "with --fidelity 0.3"),
        ("--strength", 1, "with --strength 0.9"),
        ("--grain", 0, "with --grain 0.4"),
        ("--seed", 0, "with --seed 4"),
        ("--no-references", None, "without --no-references"),
    ],
)
def test_a_repair_is_not_ended_otherwise_than_it_was_begun(
    album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, value: object,
    was: str,
) -> None:  # fmt: skip
    target = tmp_path / "restored"
    begun(album, target)
    arguments = [option] if value is None else [option, value]
    code, _, err = said(
        capsys, "album", "repair", album, "--output", target, "--resume", *arguments
    )
    assert code == 2
    assert f"was begun {was}; leave {option} out to go on" in err
    assert kept(target) == BEGUN


def test_to_resume_what_was_never_begun_takes_the_options(
    tmp_path: Path, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    album, target = small_album(tmp_path / "album", samples, 1), tmp_path / "restored"
    code, _, err = said(
        capsys, "album", "repair", album, "--output", target, "--resume", "--fidelity", 0.2,
        "--seed", 9, "--no-references", "--device", "cpu", "--threads", 1, "--no-index",
    )  # fmt: skip
    assert code == 0, err
    wanted = RestoreOptions(method="", fidelity=0.2, seed=9)
    assert kept(target) == RepairSettings(wanted, "cpu", 1, None, references=False)


@pytest.mark.skipif(os.name == "nt", reason="open files cannot be moved there")
def test_an_unplugged_output_drive_is_a_sentence(
    album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    target = tmp_path / "restored"

    def unplugged(repair: Repair) -> list[str]:
        repair.output.rename(tmp_path / "away")
        return []

    monkeypatch.setattr(Repair, "warnings", unplugged)
    code, out, err = said(
        capsys, "album", "repair", album, "--output", target, "--device", "cpu", "--threads", 1,
        "--no-index", "--json",
    )  # fmt: skip
    assert code == 1
    assert f"The folder {target} is not there any more" in err
    assert json.loads(out)["counts"]["queued"] == 2


def test_a_generated_album_can_be_measured(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "benchmark", "--album", 2, "--threads", 1, "--json")
    assert code == 0
    (row,) = json.loads(out)
    assert row["photos"] == 2
    assert row["photos_a_second"] > 0
    assert 0 < row["share"] < 2
