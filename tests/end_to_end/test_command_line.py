"""The real program, started as a user starts it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from engine import photo as photos
from tests.end_to_end.program import ROOT, likeness


def test_restore_with_a_reference_writes_a_new_file_and_json(samples: Path, tmp_path: Path) -> None:
    source = tmp_path / "Groß-mütter 祖母 🙂.jpg"
    shutil.copy(samples / "worn-1.jpg", source)
    before = source.read_bytes()
    done = likeness(
        "restore", source, "--reference", samples / "portrait-1.jpg", "--json", "--device", "cpu"
    )
    assert done.returncode == 0, done.stderr
    (photo,) = json.loads(done.stdout)["photos"]
    output = Path(photo["output"])
    assert output == tmp_path / "Groß-mütter 祖母 🙂_likeness.jpg"
    assert photos.read(output).pixels.shape == photos.read(source).pixels.shape
    face = photo["faces"][0]
    assert face["status"] == "done"
    assert face["reference"] == "portrait-1.jpg"
    assert face["reference_after"] > face["reference_before"]
    assert source.read_bytes() == before
    again = likeness("restore", source)
    assert again.returncode == 0
    assert "likeness-2" in again.stdout


def test_a_portrait_brings_the_person_nearer_and_a_strangers_is_refused(
    samples: Path, tmp_path: Path
) -> None:
    own, stranger = samples / "portrait-2.jpg", samples / "portrait-1.jpg"

    def restored(*options: object, of: Path) -> tuple[dict[str, Any], dict[str, Any]]:
        out = tmp_path / str(len(list(tmp_path.iterdir())))
        done = likeness("restore", of, "--json", "--output", out, *options)
        assert done.returncode == 0, done.stderr
        (photo,) = json.loads(done.stdout)["photos"]
        return photo, next(f for f in photo["faces"] if f["status"] == "done")

    worn = samples / "worn-2.jpg"
    photo, face = restored("--reference", own, "--reference", stranger, of=worn)
    assert photo["method"] == "ented"
    assert face["references"] == ["portrait-2.jpg"]
    assert face["reference_after"] > face["reference_before"]
    photo, face = restored("--reference", stranger, of=own)
    assert not face["reference_used"]
    assert "another person" in photo["warnings"][0]
    _, face = restored("--reference", stranger, "--insist", of=own)
    assert face["reference_used"]
    photo, face = restored("--method", "ented", of=worn)
    assert face["references"] == []
    assert "No portrait was given" in photo["warnings"][0]


def test_a_lossless_output_equals_the_input_outside_the_faces(
    samples: Path, tmp_path: Path
) -> None:
    picture = photos.read(samples / "worn-2.jpg").preview8
    deep = picture.astype(np.uint16) * 257 + 3
    ok, coded = cv2.imencode(".png", deep[..., ::-1])
    assert ok
    (tmp_path / "deep.png").write_bytes(coded.tobytes())
    done = likeness(
        "restore", tmp_path / "deep.png", "--faces", "largest", "--output", tmp_path / "out"
    )
    assert done.returncode == 0, done.stderr
    after = cv2.imdecode(
        np.fromfile(tmp_path / "out" / "deep_likeness.png", np.uint8), cv2.IMREAD_UNCHANGED
    )[..., ::-1]
    assert after.dtype == np.uint16
    changed = (after != deep).any(axis=2)
    assert 0.005 < changed.mean() < 0.4
    assert not changed[:20].any()
    assert not changed[-100:].any()


def test_another_detector_must_be_imported_first(samples: Path, tmp_path: Path) -> None:
    data = os.environ | {"XDG_DATA_HOME": str(tmp_path)}
    done = likeness("restore", samples / "worn-1.jpg", "--finder", "retinaface", env=data)
    assert done.returncode == 1
    assert "likeness models import" in done.stderr


def test_one_bad_file_does_not_stop_the_others(samples: Path, tmp_path: Path) -> None:
    folder = tmp_path / "album"
    folder.mkdir()
    (folder / "a-broken.jpg").write_bytes((samples / "worn-1.jpg").read_bytes()[:3000])
    (folder / "b-text.jpg").write_text("this is no picture")
    shutil.copy(samples / "worn-1.jpg", folder / "c-good.jpg")
    done = likeness("restore", folder, "--output", tmp_path / "out")
    assert done.returncode == 1
    assert "a-broken.jpg" in done.stderr
    assert "b-text.jpg" in done.stderr
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["c-good_likeness.jpg"]
    assert "Traceback" not in done.stderr


def test_a_photograph_without_faces_is_said_and_nothing_written(tmp_path: Path) -> None:
    photos.write(
        photos.Photo.from_pixels(np.full((300, 400, 3), 90, np.uint8)), tmp_path / "wall.png"
    )
    done = likeness("restore", tmp_path / "wall.png")
    assert done.returncode == 0
    assert "No face was found" in done.stdout
    assert [p.name for p in tmp_path.iterdir()] == ["wall.png"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "required"),
        (("restore",), "required"),
        (("restore", "x.jpg", "--fidelity", "2"), "not between 0 and 1"),
        (("restore", "x.jpg", "--faces", "some"), "say all"),
        (("restore", "x.jpg", "--method", "magic"), "invalid choice"),
        (("restore", "a.jpg", "b.jpg", "--output", "c.png"), "one file"),
    ],
)
def test_wrong_use_ends_with_two(arguments: tuple[str, ...], words: str) -> None:
    done = likeness(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    done = likeness("restore", tmp_path / "nowhere.jpg")
    assert done.returncode == 1
    assert "nowhere.jpg" in done.stderr
    assert "Traceback" not in done.stderr


def test_devices_and_models_speak_json() -> None:
    listed = json.loads(likeness("devices", "--json").stdout)
    assert listed[-1]["key"] == "cpu"
    verified = likeness("models", "verify", "--json")
    assert verified.returncode == 0
    assert all(m["error"] is None for m in json.loads(verified.stdout))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one child")
def test_ctrl_c_leaves_nothing_half_written(samples: Path, tmp_path: Path) -> None:
    folder = tmp_path / "album"
    folder.mkdir()
    for i in range(40):
        shutil.copy(samples / "worn-1.jpg", folder / f"{i:02d}.jpg")
    out = tmp_path / "out"
    process = subprocess.Popen(
        [sys.executable, "-m", "engine.cli", "restore", str(folder), "--output", str(out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "stopped" in errors
    written = sorted(out.iterdir())
    assert 1 <= len(written) < 40
    for path in written:
        assert path.suffix == ".jpg"
        assert photos.read(path).width == 512


def test_the_engine_runs_where_torch_is_not(samples: Path, tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['torch'] = None\n"
        "from engine.cli import main\n"
        f"raise SystemExit(main(['restore', {str(samples / 'worn-1.jpg')!r}, "
        f"'--output', {str(tmp_path)!r}]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "worn-1_likeness.jpg").exists()


def test_importing_the_engine_is_light() -> None:
    code = (
        "import sys; import engine; "
        "print([m for m in ('cv2', 'onnxruntime', 'PySide6', 'torch') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.strip() == "[]"
