from __future__ import annotations

import csv
import io
import tarfile
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from engine.errors import LikenessError
from engine.training.faces import read_folder, read_shards

if TYPE_CHECKING:
    from pathlib import Path

FIELDS = ["file", "shard", "split", "size", "native", "source", "identity", "grey", "licence"]


def picture(side: int, value: int) -> bytes:
    ok, coded = cv2.imencode(".png", np.full((side, side, 3), value, np.uint8))
    assert ok
    return coded.tobytes()


@pytest.fixture
def shards(tmp_path: Path) -> Path:
    rows = [
        ("a.png", "s0.tar", "train", 512, "p1", 10),
        ("b.png", "s1.tar", "train", 256, "p1", 20),
        ("c.png", "s1.tar", "val", 512, "p2", 30),
        ("d.png", "s1.tar", "train", 512, "", 40),
        ("e.png", "gone.tar", "train", 512, "", 50),
    ]
    with (tmp_path / "index.csv").open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(FIELDS)
        for name, shard, split, size, person, _ in rows:
            writer.writerow([name, shard, split, size, size, "studio", person, 0, "mine"])
    for shard in ("s0.tar", "s1.tar"):
        with tarfile.open(tmp_path / shard, "w") as tar:
            for name, where, _, size, _, value in rows:
                if where == shard:
                    blob = picture(size, value)
                    info = tarfile.TarInfo(name)
                    info.size = len(blob)
                    tar.addfile(info, io.BytesIO(blob))
    return tmp_path


def test_the_index_decides_the_split_and_missing_shards_are_left_out(shards: Path) -> None:
    train = read_shards(shards, "train")
    assert [r.file for r in train.records] == ["a.png", "b.png", "d.png"]
    assert [int(p[0, 0, 0]) for p in train] == [10, 20, 40]
    assert train.persons == {"p1": [0, 1]}
    assert len(read_shards(shards, "val")) == 1


def test_pictures_come_at_the_side_that_is_asked_for(shards: Path) -> None:
    train = read_shards(shards, "train")
    assert train.at(1, 512).shape == (512, 512, 3)
    assert train.at(0, 112).shape == (112, 112, 3)
    assert train.subset([2]).records[0].file == "d.png"


def test_an_empty_choice_is_an_error(shards: Path) -> None:
    with pytest.raises(LikenessError, match="no aligned face"):
        read_shards(shards, "train", keep=lambda _row: False)


def test_a_users_folder_names_persons_by_its_folders(tmp_path: Path) -> None:
    (tmp_path / "someone").mkdir()
    for name in ("one.png", "two.png"):
        (tmp_path / "someone" / name).write_bytes(picture(512, 7))
    (tmp_path / "single.png").write_bytes(picture(512, 8))
    faces = read_folder(tmp_path)
    assert len(faces) == 3
    assert len(faces.persons["someone"]) == 2


@pytest.mark.shared
def test_staged_shards_are_small_and_hold_the_same_faces(
    shared_faces: Path, tmp_path: Path
) -> None:
    from engine.training.staging import stage

    made = stage(tmp_path, limit=12_000_000, size="512")
    assert all(shard.stat().st_size <= 12_000_000 for shard in made)
    ours = read_shards(tmp_path, "train")
    theirs = read_shards(shared_faces, "train", keep=lambda row: row["size"] == "512")
    assert [r.file for r in ours.records] == [r.file for r in theirs.records]
    assert ours.blob(17) == theirs.blob(17)
