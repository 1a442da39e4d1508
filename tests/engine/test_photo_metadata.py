"""EXIF, XMP, captions and dpi travel along and tell the truth about the new file."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import cv2
import numpy as np
import pytest
from hostile import picture
from PIL import Image, PngImagePlugin

from engine import photo as photos
from engine.photo_metadata import has_field, upright_exif
from engine.photo_xmp import with_note

if TYPE_CHECKING:
    from pathlib import Path

ORIENTATION, MAKE, DATE, X_RESOLUTION = 0x0112, 0x010F, 0x9003, 0x011A
MAKER_NOTE, EXIF_IFD, GPS_IFD = 0x927C, 0x8769, 0x8825
WIDTH, HEIGHT = 0xA002, 0xA003
NOTE = "Likeness 1.0, codeformer++, strength 0.8, with a reference <&\"'> é 祖母"
XMP = (
    b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    b' xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6">'
    b'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">A day by the sea</rdf:li></rdf:Alt>'
    b"</dc:title>"
    b'</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)


def exif(orientation: int = 1, *, thumbnail: bool = False, order: str = "<") -> bytes:
    """An EXIF block with a maker note that points into the block by absolute position."""

    def field(tag: int, kind: int, count: int, value: int) -> bytes:
        packed = struct.pack(order + "H2x" if kind == 3 else order + "I", value)
        return struct.pack(order + "HHI", tag, kind, count) + packed

    start, inner, data = 8, 80, 200
    main = [
        field(MAKE, 2, 8, data), field(ORIENTATION, 3, 1, orientation),
        field(EXIF_IFD, 4, 1, inner),
    ]  # fmt: skip
    sub = [
        field(DATE, 2, 20, data + 8), field(MAKER_NOTE, 7, 16, data + 32),
        field(WIDTH, 4, 1, 4000), field(HEIGHT, 3, 1, 3000),
    ]  # fmt: skip
    small = io.BytesIO()
    Image.new("RGB", (16, 12), (200, 0, 0)).save(small, "JPEG")
    second = 300 if thumbnail else 0
    block = bytearray(300)
    block[:8] = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, start)
    for place, fields, following in ((start, main, second), (inner, sub, 0)):
        directory = struct.pack(order + "H", len(fields)) + b"".join(fields)
        directory += struct.pack(order + "I", following)
        block[place : place + len(directory)] = directory
    block[data : data + 8] = b"Maker-1\0"
    block[data + 8 : data + 28] = b"1961:07:14 12:00:00\0"
    block[data + 32 : data + 48] = b"NOTE" + struct.pack(order + "II", data + 40, 77) + b"tail"
    if thumbnail:
        first = 300 + 2 + 24 + 4
        pair = field(0x0201, 4, 1, first) + field(0x0202, 4, 1, len(small.getvalue()))
        block += struct.pack(order + "H", 2) + pair + bytes(4) + small.getvalue()
    return bytes(block)


def save(path: Path, **options: object) -> Path:
    Image.fromarray(picture()).save(path, **options)
    return path


def reread(path: Path) -> Image.Exif:
    with Image.open(path) as image:
        image.load()
        return image.getexif()


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".tif"])
def test_exif_is_kept_and_put_right(tmp_path: Path, suffix: str, order: str) -> None:
    block = exif(6, thumbnail=True, order=order)
    source = save(tmp_path / "in.jpg", exif=b"Exif\0\0" + block)
    photo = photos.read(source)
    assert (photo.width, photo.height) == (32, 48)
    found = reread(photos.write(photo, tmp_path / f"out{suffix}"))
    assert found.get(ORIENTATION, 1) == 1
    assert found[MAKE] == "Maker-1"
    inner = found.get_ifd(EXIF_IFD)
    assert inner[DATE] == "1961:07:14 12:00:00"
    assert (inner[WIDTH], inner[HEIGHT]) == (32, 48)
    assert inner[MAKER_NOTE] == block[232:248]


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".tif"])
def test_maker_notes_do_not_move(tmp_path: Path, suffix: str) -> None:
    """Cameras point into the block by absolute position (exiftool: "MakerNotes offset")."""
    block = exif(1)
    source = save(tmp_path / "in.jpg", exif=b"Exif\0\0" + block)
    data = photos.write(photos.read(source), tmp_path / f"out{suffix}").read_bytes()
    note = data.index(block[232:248])
    head = 0 if suffix == ".tif" else data.index(block[:4] + block[4:8])
    assert note - head == 232


def test_thumbnail_is_dropped(tmp_path: Path) -> None:
    with_thumbnail = exif(1, thumbnail=True)
    assert b"\xff\xd8\xff" in with_thumbnail
    source = save(tmp_path / "in.jpg", exif=b"Exif\0\0" + with_thumbnail)
    photo = photos.read(source)
    assert photo.exif is not None
    assert b"\xff\xd8\xff" not in photo.exif
    assert len(photo.exif) < len(with_thumbnail)
    written = photos.write(photo, tmp_path / "out.jpg")
    assert reread(written).get_ifd(1) == {}


@pytest.mark.parametrize("suffix", [".tif", ".png"])
def test_exif_of_a_tiff_is_kept(tmp_path: Path, suffix: str) -> None:
    tags = Image.Exif()
    tags[MAKE], tags[ORIENTATION], tags[0x010E] = "Scanner", 8, "Summer"
    for directory, tag, value in ((EXIF_IFD, DATE, "1961:07:14 12:00:00"), (GPS_IFD, 1, "N")):
        tags.get_ifd(directory)[tag] = value
        tags[directory] = tags.get_ifd(directory)
    photo = photos.read(save(tmp_path / "in.tif", exif=tags))
    assert photo.warnings == ()
    found = reread(photos.write(photo, tmp_path / f"out{suffix}"))
    assert (found[MAKE], found[0x010E], found.get(ORIENTATION, 1)) == ("Scanner", "Summer", 1)
    assert found.get_ifd(EXIF_IFD)[DATE] == "1961:07:14 12:00:00"
    assert found.get_ifd(GPS_IFD)[1] == "N"


@pytest.mark.parametrize("length", [3, 9, 40, 90])
def test_damaged_exif_is_dropped_with_a_warning(tmp_path: Path, length: int) -> None:
    source = save(tmp_path / "in.jpg", exif=b"Exif\0\0" + exif(1)[:length])
    photo = photos.read(source)
    assert photo.exif is None
    assert photo.warnings == ("Its EXIF data is damaged and cannot be kept.",)
    np.testing.assert_array_equal(photo.pixels.shape, (32, 48, 3))


def test_upright_exif_leaves_the_rest_alone() -> None:
    before = exif(5)
    after = upright_exif(before, 100, 200)
    different = [i for i in range(len(before)) if before[i] != after[i]]
    assert len(before) == len(after)
    assert len(different) <= 1 + 4 + 2
    assert has_field(after, MAKE)
    assert not has_field(after, X_RESOLUTION)
    with pytest.raises(ValueError, match="byte-order"):
        upright_exif(b"nonsense", 1, 1)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".bmp"])
def test_dpi_is_kept(tmp_path: Path, suffix: str) -> None:
    photo = photos.read(save(tmp_path / f"in{suffix}", dpi=(600, 300)))
    assert photo.dpi == pytest.approx((600, 300), abs=0.1)
    out = photos.read(photos.write(photo, tmp_path / f"out{suffix}"))
    assert out.dpi == pytest.approx((600, 300), abs=0.1)


def test_dpi_turns_with_the_picture(tmp_path: Path) -> None:
    source = save(tmp_path / "in.jpg", dpi=(600, 300), exif=b"Exif\0\0" + exif(6))
    assert photos.read(source).dpi == (300, 600)


def test_dpi_is_not_invented(tmp_path: Path) -> None:
    source = save(tmp_path / "in.jpg", exif=b"Exif\0\0" + exif(1))
    assert photos.read(source).dpi is None


def test_everything_reaches_a_16_bit_png(tmp_path: Path) -> None:
    deep = picture().astype(np.uint16) * 257
    path = tmp_path / "in.png"
    path.write_bytes(cv2.imencode(".png", deep)[1].tobytes())
    photo = photos.read(path)
    jpeg = save(tmp_path / "in.jpg", exif=b"Exif\0\0" + exif(1), dpi=(300, 300), xmp=XMP)
    from dataclasses import replace

    from engine.photo_colour import srgb_profile

    metadata = replace(photos.read(jpeg).metadata, icc=srgb_profile())
    for suffix in (".png", ".tif"):
        written = photos.write(replace(photo, metadata=metadata), tmp_path / f"out{suffix}")
        out = photos.read(written)
        assert out.bit_depth == 16
        assert out.icc == srgb_profile()
        assert out.metadata.xmp == XMP
        assert out.dpi == pytest.approx((300, 300), abs=0.1)
        assert out.exif is not None
        assert reread(written)[MAKE] == "Maker-1"


def save_with_xmp(path: Path, xmp: bytes, **options: object) -> Path:
    if path.suffix == ".png":
        info = PngImagePlugin.PngInfo()
        info.add_itxt("XML:com.adobe.xmp", xmp)
        return save(path, pnginfo=info, **options)
    if path.suffix == ".tif":
        return save(path, tiffinfo={700: xmp}, **options)
    return save(path, xmp=xmp, **options)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp"])
def test_xmp_is_kept_and_the_note_is_added(tmp_path: Path, suffix: str) -> None:
    photo = photos.read(save_with_xmp(tmp_path / f"in{suffix}", XMP))
    plain = photos.read(photos.write(photo, tmp_path / f"plain{suffix}"))
    assert plain.metadata.xmp == XMP
    noted = photos.read(photos.write(photo, tmp_path / f"noted{suffix}", note=NOTE))
    assert noted.metadata.xmp is not None
    assert b"A day by the sea" in noted.metadata.xmp
    assert note_of(noted.metadata.xmp) == NOTE


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp"])
def test_the_note_needs_no_xmp(tmp_path: Path, suffix: str) -> None:
    photo = photos.read(save(tmp_path / f"in{suffix}"))
    noted = photos.read(photos.write(photo, tmp_path / f"out{suffix}", note=NOTE))
    assert noted.metadata.xmp is not None
    assert note_of(noted.metadata.xmp) == NOTE


def note_of(xmp: bytes) -> str | None:
    return ET.fromstring(xmp).findtext(".//{urn:likeness:1.0/}Note")


def test_notes_add_up() -> None:
    once = with_note(XMP, "first & <second>")
    assert once is not None
    twice = with_note(once, "third\x00\x1b")
    assert twice is not None
    assert note_of(twice) == "first & <second>\nthird"
    assert twice.count(b"<likeness:Note>") == 1


@pytest.mark.parametrize(
    "strange", [b"\xff\xfe<\x00x\x00", b"not xml", XMP.replace(b"rdf:", b"r:")]
)
def test_xmp_that_is_not_understood_is_left_alone(strange: bytes) -> None:
    assert with_note(strange, NOTE) == strange


def test_xmp_orientation_follows(tmp_path: Path) -> None:
    source = save(tmp_path / "in.jpg", xmp=XMP, exif=b"Exif\0\0" + exif(6))
    xmp = photos.read(source).metadata.xmp
    assert xmp == XMP.replace(b'tiff:Orientation="6"', b'tiff:Orientation="1"')


def test_captions_and_comments_are_kept(tmp_path: Path) -> None:
    iptc = b"\x1c\x02\x78\x00\x0eA day by theSEA"
    resource = b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(iptc)) + iptc + bytes(len(iptc) % 2)
    body = b"Photoshop 3.0\x00" + resource
    segment = b"\xff\xed" + struct.pack(">H", len(body) + 2) + body
    photo = photos.read(save(tmp_path / "in.jpg", extra=segment, comment=b"by the sea"))
    assert photo.metadata.iptc == iptc
    jpeg = photos.read(photos.write(photo, tmp_path / "out.jpg"))
    assert (jpeg.metadata.iptc, jpeg.metadata.comment) == (iptc, b"by the sea")
    assert photos.read(photos.write(photo, tmp_path / "out.tif")).metadata.iptc == iptc


def test_metadata_too_large_for_a_jpeg_does_not_stop_it(tmp_path: Path) -> None:
    large = XMP.replace(b"A day by the sea", b"sea " * 20_000)
    photo = photos.read(save_with_xmp(tmp_path / "in.png", large))
    assert photos.read(photos.write(photo, tmp_path / "out.png")).metadata.xmp == large
    assert photos.read(photos.write(photo, tmp_path / "out.jpg")).metadata.xmp is None
