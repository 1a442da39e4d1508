"""Writing is atomic, replaces nothing, leaves nothing behind, and says what is wrong."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from hostile import picture

from engine import photo as photos
from engine import photo_files
from engine.errors import PhotoError
from engine.photo_data import Photo
from engine.photo_files import next_free_name, shown, windows_path, write_new

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def failing(number: int) -> Callable[..., NoReturn]:
    def fail(*_: object, **__: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    return fail


def test_next_free_name_counts_from_two(tmp_path: Path) -> None:
    wanted = tmp_path / "a_likeness.jpg"
    assert next_free_name(wanted) == wanted
    wanted.touch()
    assert next_free_name(wanted) == tmp_path / "a_likeness-2.jpg"
    (tmp_path / "a_likeness-2.jpg").mkdir()
    (tmp_path / "a_likeness-3.jpg").symlink_to(tmp_path / "nowhere")
    assert next_free_name(wanted) == tmp_path / "a_likeness-4.jpg"


def test_long_names_are_cut_before_the_suffix(tmp_path: Path) -> None:
    wanted = tmp_path / ("é" * 200 + "_likeness.jpg")
    first = write_new(b"1", wanted)
    second = write_new(b"2", wanted)
    assert first != second
    assert second.name.endswith("-2.jpg")
    for path in (first, second):
        assert path.suffix == ".jpg"
        assert len(os.fsencode(path.name)) <= 255


def test_nothing_is_ever_replaced(tmp_path: Path) -> None:
    wanted = tmp_path / "a.jpg"
    names = [write_new(bytes([number]), wanted).name for number in range(4)]
    assert names == ["a.jpg", "a-2.jpg", "a-3.jpg", "a-4.jpg"]
    assert wanted.read_bytes() == b"\x00"


@pytest.mark.parametrize("links", [True, False])
def test_many_writers_never_meet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", failing(errno.EPERM))
    written: list[Path] = []
    start = threading.Barrier(8)

    def work(number: int) -> None:
        start.wait()
        written.extend(write_new(b"%d" % number * 1000, tmp_path / "a.jpg") for _ in range(5))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(written)) == 40
    assert sorted(tmp_path.iterdir()) == sorted(written)
    contents = [path.read_bytes() for path in written]
    assert {len(content) for content in contents} == {1000}
    assert all(len(set(content)) == 1 for content in contents)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "photo-disk-full"),
        (errno.EDQUOT, "photo-disk-full"),
        (errno.EROFS, "photo-no-permission"),
        (errno.EIO, "photo-not-written"),
    ],
)
@pytest.mark.parametrize("call", ["open", "fsync", "link"])
def test_failures_leave_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str, call: str
) -> None:
    photo = Photo.from_pixels(picture())
    monkeypatch.setattr(photo_files.os, call, failing(number))
    with pytest.raises(PhotoError) as caught:
        photos.write(photo, tmp_path / "a.png")
    monkeypatch.undo()
    assert caught.value.code == code
    assert str(caught.value).endswith(".")
    assert list(tmp_path.iterdir()) == []


def test_failures_without_links_leave_no_empty_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", failing(errno.EOPNOTSUPP))
    monkeypatch.setattr(os, "replace", failing(errno.EIO))
    with pytest.raises(PhotoError):
        write_new(b"x", tmp_path / "a.png")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("call", ["fsync", "link", "replace"])
def test_an_interrupt_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    if call == "replace":
        monkeypatch.setattr(os, "link", failing(errno.EPERM))
    monkeypatch.setattr(os, call, interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_new(b"x" * 1000, tmp_path / "a.png")
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []


def test_what_reads_back_differently_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def spoil(descriptor: int) -> None:
        os.pwrite(descriptor, b"?", 0)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", spoil)
    with pytest.raises(PhotoError) as caught:
        write_new(b"data", tmp_path / "a.png")
    assert caught.value.code == "photo-not-written"
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux can make a small disk")
    if subprocess.run(command, check=False, capture_output=True).returncode != 0:
        pytest.skip("mounting is not allowed here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_really_full_disk(tiny_disk: Path) -> None:
    photo = Photo.from_pixels(picture(400, 400))
    with pytest.raises(PhotoError) as caught:
        photos.write(photo, tiny_disk / "a.bmp")
    assert caught.value.code == "photo-disk-full"
    assert list(tiny_disk.iterdir()) == []


def test_missing_folder(tmp_path: Path) -> None:
    photo = Photo.from_pixels(picture())
    for folder in (tmp_path / "gone", tmp_path / "file"):
        (tmp_path / "file").touch()
        with pytest.raises(PhotoError) as caught:
            photos.write(photo, folder / "a.png")
        assert caught.value.code == "photo-no-folder"


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_read_only_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(PhotoError) as caught:
        write_new(b"x", tmp_path / "a.png")
    tmp_path.chmod(0o700)
    assert caught.value.code == "photo-no-permission"


def test_no_folder_may_be_synced_and_it_is_fine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def refuse_folders(path: object, *rest: int) -> int:
        if Path(str(path)).is_dir():
            raise OSError(errno.EINVAL, "no")
        return real(str(path), *rest)

    monkeypatch.setattr(os, "open", refuse_folders)
    assert write_new(b"x", tmp_path / "a.png").read_bytes() == b"x"


def test_names_in_messages_are_printable() -> None:
    name = shown(Path(os.fsdecode(b"bad\xffname\nline.jpg")))
    assert name.encode("utf-8")
    assert "\n" not in name
    assert name.startswith('"bad')


def test_long_windows_paths_get_their_prefix() -> None:
    long = "C:\\" + "d" * 300 + "\\a.jpg"
    assert windows_path(long) == "\\\\?\\" + long
    assert windows_path("\\\\server\\" + "d" * 300) == "\\\\?\\UNC\\server\\" + "d" * 300
    assert windows_path("C:\\a.jpg") == "C:\\a.jpg"
    assert windows_path("\\\\?\\" + long) == "\\\\?\\" + long
