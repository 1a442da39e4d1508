"""What the index keeps when drives, models and memory fail: the user's word above all."""

from __future__ import annotations

import io
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from engine.album import index as indexing
from engine.album.index import files_of, index
from engine.album.people import People
from engine.album.references import decide
from engine.errors import AlbumError, DeviceError, ModelError, PhotoError
from engine.models.store import BUNDLED, ModelStore
from engine.restorer import Restorer
from tests.engine.album.album_material import small_photo
from tests.engine.album.test_regions import mwg, mwg_attributes

if TYPE_CHECKING:
    from engine.album.store import AlbumStore

#: Doubtful faces are stored too; buttons and backdrops come and go with the coding.
SURE = " WHERE score >= 0.65"


@pytest.fixture
def album(tmp_path: Path, samples: Path) -> Path:
    folder = tmp_path / "album"
    folder.mkdir()
    for number, name in enumerate(("a.jpg", "b.jpg")):
        (folder / name).write_bytes(small_photo(samples, number))
    return folder


def face_in(store: AlbumStore, name: str) -> int:
    rows = store.rows("SELECT path, faces.id FROM faces JOIN files USING (photo)" + SURE)
    return next(int(face) for path, face in rows if Path(os.fsdecode(path)).name == name)


def damaged(folder: Path) -> ModelStore:
    """The bundled models, one of them with a wrong byte."""
    folder.mkdir()
    for file in BUNDLED.iterdir():
        if file.name != "embedder.safetensors":
            (folder / file.name).symlink_to(file)
    data = bytearray((BUNDLED / "embedder.safetensors").read_bytes())
    data[-1] ^= 1
    (folder / "embedder.safetensors").write_bytes(data)
    return ModelStore([folder])


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_damaged_model_ends_the_run_and_is_no_fault_of_the_photographs(
    album: Path, store: AlbumStore, restorer: Restorer, tmp_path: Path
) -> None:
    with pytest.raises(ModelError) as caught:
        index(album, store, Restorer("cpu", store=damaged(tmp_path / "models"), threads=1))
    assert caught.value.code == "model-damaged"
    after = index(album, store, restorer)
    assert (after.read, after.failed) == (2, [])
    assert len(store.rows("SELECT id FROM faces" + SURE)) == 2


def test_a_device_that_fails_ends_the_run_and_what_was_read_is_kept(
    album: Path, store: AlbumStore, restorer: Restorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = restorer.find_faces, []

    def find(photo):
        calls.append(photo)
        if len(calls) == 2:
            raise DeviceError("Processor failed; try again.", code="device-failed")
        return real(photo)

    monkeypatch.setattr(restorer, "find_faces", find)
    with pytest.raises(DeviceError):
        index(album, store, restorer)
    after = index(album, store, restorer)
    assert (after.read, after.failed) == (1, [])
    assert len(files_of(store, album)) == 2


@pytest.mark.parametrize(
    "error", [MemoryError(), DeviceError("Processor is out of memory.", code="device-memory")]
)
def test_a_photograph_that_found_no_memory_is_named_and_read_next_time(
    album: Path,
    store: AlbumStore,
    restorer: Restorer,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
) -> None:
    real = restorer.find_faces

    def find(photo):
        if photo.path.name == "a.jpg":
            raise error
        return real(photo)

    with monkeypatch.context() as patched:
        patched.setattr(restorer, "find_faces", find)
        first = index(album, store, restorer)
    ((path, sentence),) = first.failed
    assert (path.name, first.read) == ("a.jpg", 1)
    assert "memory" in sentence
    after = index(album, store, restorer)
    assert (after.read, after.failed) == (1, [])


def test_memory_that_is_short_while_a_file_is_decoded_is_not_remembered(
    album: Path, store: AlbumStore, restorer: Restorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decode(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(Image.Image, "convert", decode)
        patched.setattr("PIL.ImageFile.ImageFile.load", decode)
        first = index(album, store, restorer)
    assert first.read == 0
    assert len(first.failed) == 2
    assert "memory" in first.failed[0][1]
    assert index(album, store, restorer).read == 2


def test_an_empty_mount_point_forgets_nothing(
    album: Path, store: AlbumStore, restorer: Restorer
) -> None:
    index(album, store, restorer)
    album.rename(album.with_name("unplugged"))
    album.mkdir()
    with pytest.raises(AlbumError) as caught:
        index(album, store, restorer)
    assert caught.value.code == "album-empty"
    assert "2 were there before" in caught.value.sentence
    assert len(files_of(store, album)) == 2
    album.rmdir()
    album.with_name("unplugged").rename(album)
    again = index(album, store, restorer)
    assert (again.read, again.moved, again.forgotten) == (0, 0, 0)


def test_an_album_that_was_always_empty_is_no_error(
    tmp_path: Path, store: AlbumStore, restorer: Restorer
) -> None:
    (tmp_path / "new").mkdir()
    assert index(tmp_path / "new", store, restorer).photos == 0


@pytest.mark.parametrize(
    "word", ["confirmed", "named", "ignored", "refused", "portrait", "lends", "nothing"]
)
def test_what_the_user_said_outlives_a_file_that_comes_back(
    album: Path, store: AlbumStore, restorer: Restorer, tmp_path: Path, word: str
) -> None:
    index(album, store, restorer)
    people = People(store)
    face, other = face_in(store, "b.jpg"), face_in(store, "a.jpg")
    if word in {"confirmed", "refused"}:
        people.split([face])
        if word == "refused":
            people.refuse([face])
    elif word == "named":
        store.run("INSERT INTO persons(id, name) VALUES (7, 'Anna')")
        store.run("UPDATE faces SET person = 7, state = 'suggested' WHERE id = ?", face)
    elif word == "ignored":
        people.ignore([face])
    elif word != "nothing":
        pair = (face, other) if word == "portrait" else (other, face)
        decide(store, *pair, accepted=False)
    said = "SELECT person, state FROM faces WHERE id = ?"
    before = store.row(said, face)
    tables = [store.rows(f"SELECT * FROM {t}") for t in ("refusals", "portraits")]
    (album / "b.jpg").rename(tmp_path / "b.jpg")
    gone = index(album, store, restorer)
    assert (gone.photos, gone.forgotten) == (1, 1)
    assert [p.name for p, _ in files_of(store, album)] == ["a.jpg"]
    (tmp_path / "b.jpg").rename(album / "back.jpg")
    back = index(album, store, restorer)
    if word == "nothing":
        assert back.read == 1
        return
    assert (back.read, back.moved) == (0, 1)
    assert face_in(store, "back.jpg") == face
    assert store.row(said, face) == before
    assert [store.rows(f"SELECT * FROM {t}") for t in ("refusals", "portraits")] == tables


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_to_an_unplugged_drive_and_a_file_that_cannot_be_looked_at_stay_known(
    album: Path, store: AlbumStore, restorer: Restorer, tmp_path: Path
) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    (album / "b.jpg").rename(drive / "b.jpg")
    (album / "b.jpg").symlink_to(drive / "b.jpg")
    shutil.copy(drive / "b.jpg", album / "c.jpg")
    index(album, store, restorer)
    drive.rename(tmp_path / "unplugged")
    (album / "c.jpg").unlink()
    (album / "c.jpg").symlink_to(album / "c.jpg")  # nobody can follow it
    now = index(album, store, restorer)
    assert (now.photos, now.forgotten) == (1, 0)
    ((path, sentence),) = now.failed
    assert path == album / "c.jpg"
    assert "check its drive" in sentence
    assert [p.name for p, _ in files_of(store, album)] == ["a.jpg", "b.jpg", "c.jpg"]


def test_a_refused_name_does_not_come_back_with_the_file(
    album: Path, store: AlbumStore, restorer: Restorer, samples: Path
) -> None:
    def write(comment: bytes) -> None:
        for number, name in enumerate(("a.jpg", "b.jpg")):
            stream, side = io.BytesIO(), 200 + number
            box = "SELECT x + w / 2, y + h / 2, w, h FROM faces WHERE id = ?"
            area = (value / side for value in store.row(box, face_in(store, name)) or ())
            picture = Image.open(io.BytesIO(small_photo(samples, number)))
            xmp = mwg(mwg_attributes("Anna", *area))
            picture.save(stream, "JPEG", quality=95, xmp=xmp, comment=comment)
            (album / name).write_bytes(stream.getvalue())
        assert index(album, store, restorer).read == 2

    index(album, store, restorer)
    face = face_in(store, "a.jpg")
    write(b"first")
    states = "SELECT name, state FROM faces LEFT JOIN persons ON persons.id = person" + SURE
    assert store.rows(states) == [("Anna", "confirmed")] * 2
    people = People(store)
    people.refuse([face])
    write(b"then another program wrote into it")
    assert face_in(store, "a.jpg") == face
    assert sorted(store.rows(states), key=str) == [("Anna", "confirmed"), (None, "unknown")]
    people.confirm([face], people.find("Anna"))
    assert store.rows(states) == [("Anna", "confirmed")] * 2
    # Not even where nobody is left who has the name, and people were grouped since.
    people.refuse([face, face_in(store, "b.jpg")])
    people.group()
    write(b"and once more")
    assert ("Anna", "confirmed") not in store.rows(states)


def test_only_what_is_wrong_with_the_file_is_remembered(
    album: Path, store: AlbumStore, restorer: Restorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(path: Path, data: bytes) -> None:
        raise PhotoError(f"{path.name} is damaged.", code="photo-damaged")

    with monkeypatch.context() as patched:
        patched.setattr(indexing.photos, "read", read)
        assert len(index(album, store, restorer).failed) == 2
    after = index(album, store, restorer)
    assert (after.read, after.failed) == (0, [])
