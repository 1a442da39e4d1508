"""Reading what is damaged, hostile or not there: one clear sentence, nothing else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hostile import encoded, hostile_contents, hostile_files
from PIL import Image

from engine import photo as photos
from engine.errors import PhotoError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", sorted(hostile_contents()))
def test_hostile_content_gives_one_clear_sentence(tmp_path: Path, name: str) -> None:
    content, code = hostile_contents()[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(PhotoError) as caught:
        photos.read(path)
    assert caught.value.code == code
    sentence = str(caught.value)
    assert name in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "Error" not in sentence


def test_hostile_places_give_one_clear_sentence(tmp_path: Path) -> None:
    found = hostile_files(tmp_path)
    for hostile in found.values():
        with pytest.raises(PhotoError) as caught:
            photos.read(hostile.path)
        assert caught.value.code == hostile.code, hostile.path
    assert {"folder", "missing", "below a file"} <= found.keys()


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests may run as root, who may read everything: refuse in its place."""
    path = tmp_path / "locked.jpg"
    path.write_bytes(encoded("JPEG"))

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "stat", refuse)
    with pytest.raises(PhotoError) as caught:
        photos.read(path)
    monkeypatch.undo()
    assert caught.value.code == "photo-no-permission"


def test_every_cut_of_every_format_is_either_read_or_refused(tmp_path: Path) -> None:
    """No cut of a file may escape as anything but a PhotoError."""
    path = tmp_path / "cut.bin"
    for format_name in ("JPEG", "PNG", "TIFF", "WEBP", "BMP", "GIF", "AVIF"):
        whole = encoded(format_name)
        for length in range(1, len(whole), max(1, len(whole) // 12)):
            path.write_bytes(whole[:length])
            try:
                photo = photos.read(path)
            except PhotoError as error:
                outcome: object = error.code
            else:
                outcome = photo.pixels.shape
            assert outcome in {"photo-damaged", "photo-not-a-picture", (32, 48, 3)}


def test_random_damage_never_escapes(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    path = tmp_path / "rot.bin"
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned
    for format_name in ("JPEG", "PNG", "TIFF", "WEBP", "GIF"):
        options = {} if format_name == "GIF" else {"exif": exif}
        whole = np.frombuffer(encoded(format_name, **options), dtype=np.uint8)
        for _ in range(15):
            rotten = whole.copy()
            places = rng.integers(0, min(len(whole), 400), 4)
            rotten[places] = rng.integers(0, 256, 4, dtype=np.uint8)
            path.write_bytes(rotten.tobytes())
            try:
                photo = photos.read(path)
            except PhotoError:
                continue
            assert photo.pixels.ndim == 3
