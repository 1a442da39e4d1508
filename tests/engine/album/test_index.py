"""The index, over real photographs and the real networks."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.album import index as indexing
from engine.album.index import files_of, index
from engine.album.store import AlbumStore
from engine.errors import AlbumError, CancelledError
from engine.faces.face import Face
from engine.restorer import Restorer
from tests.engine.album.test_regions import mwg, mwg_attributes
from tests.engine.hostile import hostile_files


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return Restorer("cpu", threads=1)


@pytest.fixture
def store(tmp_path: Path):
    with AlbumStore(tmp_path / "cache.sqlite") as opened:
        yield opened


@pytest.fixture
def album(tmp_path: Path, samples: Path) -> Path:
    folder = tmp_path / "album"
    (folder / "1920").mkdir(parents=True)
    shutil.copy(samples / "worn-1.jpg", folder / "a.jpg")
    shutil.copy(samples / "worn-2.jpg", folder / "1920" / "b.jpg")
    return folder


#: Doubtful faces are stored too; buttons and backdrops come and go with the coding.
SURE = " WHERE score >= 0.65"


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*") if p.is_file()
    }


def jpeg(picture: Image.Image, **options: object) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=95, **options)
    return stream.getvalue()


def test_faces_are_found_and_a_second_run_reads_nothing(
    album: Path, store: AlbumStore, restorer: Restorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = hashes(album)
    first = index(album, store, restorer)
    assert (first.photos, first.read, first.failed) == (2, 2, [])
    rows = store.rows("SELECT score, sharpness, embedding, thumbnail, state FROM faces" + SURE)
    assert len(rows) == 2
    for score, sharp, embedding, thumbnail, state in rows:
        assert 0.65 < score <= 1
        assert 0 <= sharp <= 1
        assert np.linalg.norm(np.frombuffer(embedding, np.float32)) == pytest.approx(1, abs=1e-4)
        assert Image.open(io.BytesIO(thumbnail)).size == (128, 128)
        assert state == "unknown"

    def forbidden(path: Path) -> bytes:
        raise AssertionError(path)

    monkeypatch.setattr(indexing, "read_bytes", forbidden)
    second = index(album, store, restorer)
    assert (second.photos, second.read, second.moved, second.forgotten) == (2, 0, 0, 0)
    assert hashes(album) == before


def test_moved_copied_edited_and_deleted_files(
    album: Path, store: AlbumStore, restorer: Restorer
) -> None:
    index(album, store, restorer)
    store.run("INSERT INTO persons(name) VALUES ('Anna')")
    store.run("UPDATE faces SET person = 1, state = 'confirmed'" + SURE)
    (album / "a.jpg").rename(album / "1920" / "grandmother.jpg")
    shutil.copy(album / "1920" / "b.jpg", album / "copy.jpg")
    moved = index(album, store, restorer)
    assert (moved.read, moved.moved, moved.forgotten) == (0, 2, 1)
    assert len(store.rows("SELECT id FROM photos")) == 2
    # Another program writes a caption into the file: other bytes, the same faces and names.
    edited = album / "1920" / "grandmother.jpg"
    edited.write_bytes(jpeg(Image.open(edited).convert("RGB"), comment=b"Anna, 1921"))
    assert index(album, store, restorer).read == 1
    assert {row[0] for row in store.rows("SELECT state FROM faces" + SURE)} == {"confirmed"}
    (album / "copy.jpg").unlink()
    assert index(album, store, restorer).forgotten == 1
    assert len(store.rows("SELECT id FROM photos")) == 2
    (album / "1920" / "b.jpg").unlink()
    assert index(album, store, restorer).forgotten == 1
    assert [p.name for p, _ in files_of(store, album)] == ["grandmother.jpg"]
    assert len(store.rows("SELECT id FROM faces" + SURE)) == 2, "both have a name"


def test_a_name_does_not_pass_to_another_face_in_a_replaced_file(
    album: Path, store: AlbumStore, restorer: Restorer, samples: Path
) -> None:
    index(album, store, restorer)
    store.run("INSERT INTO persons(name) VALUES ('Anna')")
    store.run("UPDATE faces SET person = 1, state = 'confirmed'" + SURE)
    shutil.copy(samples / "worn-2.jpg", album / "a.jpg")
    os.utime(album / "a.jpg", ns=(1, 1))
    (album / "1920" / "b.jpg").unlink()
    (album / "1920" / "b.jpg").write_bytes(
        jpeg(Image.open(samples / "worn-1.jpg").convert("RGB").resize((512, 512)))
    )
    index(album, store, restorer)
    named = store.rows("SELECT path FROM faces JOIN files USING (photo) WHERE state = 'confirmed'")
    assert [Path(os.fsdecode(path)).name for (path,) in named] == ["a.jpg"]


def test_cancelled_at_any_file_nothing_is_lost(
    album: Path, store: AlbumStore, restorer: Restorer
) -> None:
    stop = threading.Event()
    with pytest.raises(CancelledError):
        index(album, store, restorer, cancel=stop, progress=lambda *_: stop.set())
    kept = len(store.rows("SELECT path FROM files"))
    assert kept == 1
    assert index(album, store, restorer).read == 1


def test_hostile_files_are_named_and_read_once(
    album: Path, store: AlbumStore, restorer: Restorer
) -> None:
    hostile = hostile_files(album)
    before = hashes(album)
    first = index(album, store, restorer)
    named = {path.name for path, _ in first.failed}
    readable = {h.path.name for h in hostile.values() if h.path.is_file()}
    assert named == {n for n in readable if not n.endswith(".NEF")}
    assert all(s.endswith(".") and "\n" not in s for _, s in first.failed)
    assert len(store.rows("SELECT id FROM faces" + SURE)) == 2
    second = index(album, store, restorer)
    assert second.read == 0
    assert hashes(album) == before


def test_names_of_other_programs_are_confirmed_whatever_the_orientation(
    tmp_path: Path, store: AlbumStore, restorer: Restorer, samples: Path
) -> None:
    album = tmp_path / "album"
    album.mkdir()
    upright = Image.open(samples / "worn-1.jpg").convert("RGB")
    (album / "plain.jpg").write_bytes(jpeg(upright))
    index(album, store, restorer)
    ((x, y, w, h),) = store.rows("SELECT x, y, w, h FROM faces" + SURE)
    width, height = upright.size
    cx, cy = (x + w / 2) / width, (y + h / 2) / height
    # Orientation 6: the stored picture is the upright one turned to the left.
    turned = upright.transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6
    xmp = mwg(
        mwg_attributes("Anna", cy, 1 - cx, h / height, w / width)
        + mwg_attributes("Nobody", 0.02, 0.02, 0.02, 0.02)
    ).replace(b'stDim:w="400" stDim:h="300"', b'stDim:w="%d" stDim:h="%d"' % turned.size)
    (album / "plain.jpg").unlink()
    (album / "turned.jpg").write_bytes(jpeg(turned, exif=exif, xmp=xmp))
    index(album, store, restorer)
    assert store.rows(
        "SELECT name, state FROM faces JOIN persons ON persons.id = faces.person"
    ) == [("Anna", "confirmed")]
    ((unmatched,),) = store.rows("SELECT unmatched FROM photos")
    assert "Nobody" in unmatched


def test_a_doubtful_face_that_cannot_be_aligned_costs_only_itself(
    album: Path, store: AlbumStore, restorer: Restorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = restorer.find_faces

    def find(photo) -> list[Face]:
        spot = np.full((5, 2), 40, np.float32)
        return [*real(photo), Face(np.array([30, 30, 20, 20], np.float32), spot, 0.4)]

    monkeypatch.setattr(restorer, "find_faces", find)
    assert index(album, store, restorer).failed == []
    assert len(store.rows("SELECT id FROM faces" + SURE)) == 2


def test_restored_copies_and_reports_are_no_photographs_of_the_album(
    album: Path, store: AlbumStore, restorer: Restorer, samples: Path
) -> None:
    (album / "likeness-report").mkdir()
    for name in ("a_likeness.jpg", "a_likeness-2.jpg", "likeness-report/a.jpg", "._a.jpg"):
        shutil.copy(samples / "worn-1.jpg", album / name)
    (album / ".trash").mkdir()
    shutil.copy(samples / "worn-1.jpg", album / ".trash" / "c.jpg")
    assert index(album, store, restorer).photos == 2


def test_a_missing_album_forgets_nothing(
    album: Path, store: AlbumStore, restorer: Restorer
) -> None:
    index(album, store, restorer)
    album.rename(album.with_name("unplugged"))
    with pytest.raises(AlbumError) as caught:
        index(album, store, restorer)
    assert caught.value.code == "album-missing"
    assert len(store.rows("SELECT path FROM files")) == 2
    there = index(album.with_name("unplugged"), store, restorer)
    assert (there.read, there.moved) == (0, 2)
