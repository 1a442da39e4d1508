"""``likeness album``, as a user types it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.album.journal import Journal, State
from engine.album.places import ENVIRONMENT
from engine.cli import main
from tests.engine.album.album_material import contents, restored, small_album

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

    def listed(*arguments: object) -> dict[str | None, dict[str, object]]:
        code, out, _ = said(capsys, "album", "people", album, "--json", *arguments)
        assert code == 0
        return {p["name"]: p for p in json.loads(out)}

    (person,) = listed().values()
    first, second = person["faces"]
    assert len(listed("--split", second)) <= 2
    people = {tuple(p["faces"]): p["id"] for p in listed().values()}
    assert (second,) in people
    assert len(listed("--name", people[(second,)], "Berta")) >= 1
    assert listed("--confirm", "Berta", first)["Berta"]["faces"]
    assert set(listed()["Berta"]["faces"]) == {first, second}
    assert first not in listed("--refuse", first)["Berta"]["faces"]
    assert listed("--ignore", "Berta") == {}
    assert listed("--ignored")["Berta"]["ignored"]
    assert not listed("--unignore", "Berta")["Berta"]["ignored"]


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


def test_a_generated_album_can_be_measured(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "benchmark", "--album", 2, "--threads", 1, "--json")
    assert code == 0
    (row,) = json.loads(out)
    assert row["photos"] == 2
    assert row["photos_a_second"] > 0
    assert 0 < row["share"] < 2
