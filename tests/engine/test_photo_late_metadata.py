"""PNG files that hold their metadata behind the pixels, as ExifTool writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hostile import encoded, picture, png_chunk
from PIL import Image

from engine import photo as photos
from engine.album.exif import orientation_of

if TYPE_CHECKING:
    from pathlib import Path

MAKE, ORIENTATION = 0x010F, 0x0112
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a tiff:Orientation="6">by the sea</a></x:xmpmeta>'
TURNED = np.rot90(picture(), -1)  # what a viewer shows of orientation 6


def late_png(orientation: int) -> bytes:
    """A PNG with EXIF and XMP between its pixels and its end."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = orientation, "Maker-1"
    data = encoded("PNG")
    end = data.index(b"IEND") - 4
    late = png_chunk(b"eXIf", exif.tobytes().removeprefix(b"Exif\0\0"))
    late += png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP)
    return data[:end] + late + data[end:]


def test_a_late_orientation_turns_the_picture_and_the_rest_travels(tmp_path: Path) -> None:
    path = tmp_path / "late.png"
    path.write_bytes(late_png(6))
    photo = photos.read(path)
    np.testing.assert_array_equal(photo.pixels, TURNED)
    out = photos.read(photos.write(photo, tmp_path / "out.png"))
    np.testing.assert_array_equal(out.pixels, TURNED)
    assert out.metadata.xmp == XMP.replace(b'"6"', b'"1"')
    assert out.exif is not None
    assert b"Maker-1" in out.exif


@pytest.mark.parametrize("orientation", [1, 6, 8])
def test_the_album_turns_names_as_the_picture_was_turned(orientation: int) -> None:
    assert orientation_of(late_png(orientation)) == orientation


def test_an_orientation_of_xmp_alone_turns_neither_picture_nor_names(tmp_path: Path) -> None:
    path = tmp_path / "edited.jpg"
    Image.fromarray(picture()).save(path, xmp=XMP)
    assert photos.read(path).pixels.shape == picture().shape
    assert orientation_of(path.read_bytes()) == 1


def test_what_is_no_picture_has_no_orientation() -> None:
    assert orientation_of(b"no picture") == 1
    assert orientation_of(late_png(6)[:200]) == 1
