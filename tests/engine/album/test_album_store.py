"""The album's database and its locks."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from engine.album.places import ENVIRONMENT, album_folder, index_folder, locked
from engine.album.store import AlbumStore, below, real_path, stored_path
from engine.errors import AlbumError


def test_a_transaction_is_all_or_nothing(tmp_path: Path) -> None:
    with AlbumStore(tmp_path / "a.sqlite") as store:

        def fails() -> None:
            with store.transaction():
                store.run("INSERT INTO persons(name) VALUES ('Anna')")
                raise RuntimeError

        with pytest.raises(RuntimeError):
            fails()
        assert store.rows("SELECT * FROM persons") == []
        with store.transaction():
            store.run("INSERT INTO persons(name) VALUES ('Anna')")
    with AlbumStore(tmp_path / "a.sqlite") as store:
        assert store.row("SELECT name FROM persons") == ("Anna",)
        assert store.row("PRAGMA journal_mode") == ("wal",)


def test_several_threads_share_one_store(tmp_path: Path) -> None:
    with AlbumStore(tmp_path / "a.sqlite") as store:

        def add(first: int) -> None:
            for i in range(20):
                with store.transaction():
                    store.run("INSERT INTO persons(name) VALUES (?)", f"{first}-{i}")

        threads = [threading.Thread(target=add, args=(i,)) for i in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert store.row("SELECT COUNT(*) FROM persons") == (80,)


def test_a_damaged_index_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite"
    file.write_bytes(b"this is no database at all" * 100)
    with pytest.raises(AlbumError) as caught:
        AlbumStore(file)
    assert caught.value.code == "album-index"
    assert "delete it and begin again" in caught.value.sentence


def test_the_index_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    with AlbumStore(tmp_path / "a.sqlite") as store:
        store.run("PRAGMA user_version = 99")
    with pytest.raises(AlbumError) as caught:
        AlbumStore(tmp_path / "a.sqlite")
    assert caught.value.code == "album-newer"


def test_paths_that_are_no_text_come_back(tmp_path: Path) -> None:
    odd = real_path(b"/album/gro\xdfmutter.jpg")
    assert stored_path(odd) == b"/album/gro\xdfmutter.jpg"
    low, high = below(Path("/album"))
    assert low <= stored_path(odd) < high
    assert not low <= stored_path(Path("/album2/a.jpg")) < high


def test_the_index_folder_is_made_where_the_variable_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path / "a" / "b"))
    assert index_folder() == tmp_path / "a" / "b"
    assert (tmp_path / "a" / "b").is_dir()
    (tmp_path / "file").touch()
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path / "file"))
    with pytest.raises(AlbumError) as caught:
        index_folder()
    assert caught.value.code == "album-index"


def test_an_album_must_be_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for name, code in (("gone", "album-missing"), ("file", "album-not-a-folder")):
        with pytest.raises(AlbumError) as caught:
            album_folder(tmp_path / name)
        assert caught.value.code == code


def test_a_lock_keeps_others_out_and_dies_with_its_process(tmp_path: Path) -> None:
    file = tmp_path / "lock"
    code = (
        "import sys, time; from pathlib import Path; from engine.album.places import locked\n"
        "with locked(Path(sys.argv[1]), 'x.'): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(file)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).resolve().parents[3],
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        with pytest.raises(AlbumError) as caught, locked(file, "Somebody is at it."):
            pass
        assert caught.value.sentence == "Somebody is at it."
        assert caught.value.code == "album-busy"
        holder.kill()
    with locked(file, "Somebody is at it."):
        pass
