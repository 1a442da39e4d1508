"""What JPEG holds: pictures that hardly compress, and metadata up to its very limit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hostile import picture

from engine import photo as photos
from engine.errors import PhotoError
from engine.photo_data import Photo
from engine.photo_metadata import Metadata

if TYPE_CHECKING:
    from pathlib import Path

JPEG_XMP = 65_504  # a segment's 65,535 bytes without its length and the name of XMP
NOTE = "Restored with Likeness."


def halftone() -> np.ndarray:
    """Dots of pure colours at random, as a rough scan of a newspaper."""
    return np.random.default_rng(4).integers(0, 2, (400, 400, 3), dtype=np.uint8) * np.uint8(255)


def packet(size: int) -> bytes:
    """An XMP packet of so many bytes."""
    head = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><!--'
    tail = b"--></rdf:RDF></x:xmpmeta>"
    return head + b"x" * (size - len(head) - len(tail)) + tail


def described(**metadata: bytes) -> Photo:
    return replace(Photo.from_pixels(picture()), metadata=Metadata(**metadata))


@pytest.mark.parametrize("quality", [90, 95])
def test_a_halftone_is_saved_as_jpeg(tmp_path: Path, quality: int) -> None:
    photo = Photo.from_pixels(halftone())
    out = photos.read(photos.write(photo, tmp_path / "out.jpg", quality=quality, note=NOTE))
    assert np.abs(out.pixels.astype(int) - halftone()).mean() < 16
    assert out.metadata.xmp is not None
    assert NOTE.encode() in out.metadata.xmp


@pytest.mark.parametrize(("suffix", "side"), [(".jpg", 65_500), (".webp", 16_383)])
def test_the_longest_sides_fit_and_one_pixel_more_does_not(
    tmp_path: Path, suffix: str, side: int
) -> None:
    longest = Photo.from_pixels(np.zeros((1, side, 3), dtype=np.uint8))
    assert photos.write(longest, tmp_path / f"out{suffix}").stat().st_size > 0
    longer = Photo.from_pixels(np.zeros((1, side + 1, 3), dtype=np.uint8))
    with pytest.raises(PhotoError, match="does not fit") as caught:
        photos.write(longer, tmp_path / f"long{suffix}")
    assert caught.value.code == "photo-too-large"


@pytest.mark.parametrize("failing", ["PIL.Image.Image.save", "engine.photo.check"])
def test_an_encoder_that_fails_is_not_blamed_on_the_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("encoding error 1") if failing.endswith("check") else OSError("broken")

    monkeypatch.setattr(failing, fail)
    with pytest.raises(PhotoError) as caught:
        photos.write(Photo.from_pixels(picture()), tmp_path / "out.jpg")
    assert caught.value.code == "photo-not-encoded"
    assert "does not fit" not in caught.value.sentence
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", [64_819, 65_001, 65_502, JPEG_XMP])
@pytest.mark.parametrize("note", [None, NOTE])
def test_captions_survive_in_a_jpeg_even_without_room_for_the_note(
    tmp_path: Path, size: int, note: str | None
) -> None:
    photo = described(xmp=packet(size))
    out = photos.read(photos.write(photo, tmp_path / "out.jpg", note=note)).metadata.xmp
    assert out is not None
    if note and size + 200 <= JPEG_XMP:
        assert note.encode() in out
        assert b"xxxx" in out
    else:
        assert out == packet(size)


def test_captions_that_no_jpeg_holds_are_left_out(tmp_path: Path) -> None:
    photo = described(xmp=packet(JPEG_XMP + 1))
    assert photos.read(photos.write(photo, tmp_path / "out.jpg")).metadata.xmp is None
    noted = photos.read(photos.write(photo, tmp_path / "out.png", note=NOTE)).metadata.xmp
    assert noted is not None
    assert NOTE.encode() in noted


@pytest.mark.parametrize("size", [65_001, 65_527, 65_528])
def test_exif_survives_up_to_the_limit_of_a_jpeg(tmp_path: Path, size: int) -> None:
    exif = (b"II*\0\x08\0\0\0" + bytes(6)).ljust(size, b"x")
    out = photos.read(photos.write(described(exif=exif), tmp_path / "out.jpg")).exif
    assert out == (exif if size <= 65_527 else None)


@pytest.mark.parametrize("size", [65_001, 65_506, 65_507])
def test_a_long_caption_record_survives_up_to_the_limit_of_a_jpeg(
    tmp_path: Path, size: int
) -> None:
    iptc = b"\x1c\x02\x78".ljust(size, b"x")
    out = photos.read(photos.write(described(iptc=iptc), tmp_path / "out.jpg")).metadata.iptc
    assert out == (iptc if size <= 65_506 else None)
