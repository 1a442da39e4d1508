"""Open a picture file without decoding it: format, dimensions, orientation, metadata."""

from __future__ import annotations

import io
import math
import threading
import warnings
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from PIL import Image

from engine.photo_metadata import (
    ORIENTATION,
    X_RESOLUTION,
    Metadata,
    exif_number,
    has_field,
    upright_exif,
)
from engine.photo_tiff import OWN_FIELDS
from engine.photo_xmp import upright_xmp

if TYPE_CHECKING:
    from collections.abc import Iterator

#: More pixels than this are refused by the header alone: no scanner makes them, bombs do.
MAX_PIXELS = 500_000_000
# A second net under our own check; Pillow's default would already warn at 90 megapixels.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS

_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "BMP", "DIB", "GIF", "AVIF", "HEIF")
_EXIF_IFD, _GPS_IFD, _INTEROP_IFD = 0x8769, 0x8825, 0xA005
_IPTC_RESOURCE = 0x0404
_IPTC_TIFF = 33723
_MINISWHITE = 0
_warnings_lock = threading.Lock()  # the filters of the warnings module belong to all threads


@contextmanager
def quiet() -> Iterator[None]:
    """Silence what decoders mutter about odd headers; our own messages are clearer."""
    with _warnings_lock, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def open_container(data: bytes) -> Image.Image:
    """Open by content; the suffix of the file plays no part.

    Raises:
        UnidentifiedImageError: no known picture.
        Exception: nearly any other, for damaged files.
    """
    with quiet():
        return Image.open(io.BytesIO(data), formats=_formats())


@lru_cache(maxsize=1)
def _formats() -> tuple[str, ...]:
    """What this build of Pillow has of the formats that we want; MPO comes with JPEG."""
    Image.init()
    heif_available()
    return tuple(name for name in _FORMATS if name in Image.OPEN)


@lru_cache(maxsize=1)
def heif_available() -> bool:
    """Whether HEIC files can be read: neither library is built for every platform.

    pi-heif is pillow-heif without the encoder, whose terms do not suit a program handed out ready
    to run; the packages contain that one.
    """
    for name in ("pi_heif", "pillow_heif"):
        try:
            import_module(name).register_heif_opener()
        except ImportError:
            continue
        return True
    return False


def stored_size(image: Image.Image) -> tuple[int, int]:
    """Width and height as stored, before any orientation."""
    tags = getattr(image, "tag_v2", None)
    if image.format == "TIFF" and tags is not None:  # Pillow swaps the sides of TIFF by itself
        return int(tags[256]), int(tags[257])
    return image.size


def orientation_of(image: Image.Image) -> int:
    """EXIF orientation 1 .. 8 that still has to be applied to the stored pixels.

    Args:
        image: as for `container_metadata`.
    """
    if image.format == "HEIF":
        return 1  # libheif turns the picture itself; the EXIF value repeats what it did
    if image.format == "TIFF":
        value = getattr(image, "tag_v2", {}).get(ORIENTATION)
    else:
        value = exif_number(image.info.get("exif", b""), ORIENTATION)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def is_inverted(image: Image.Image) -> bool:
    """Whether a TIFF counts black from the top: Pillow leaves 16-bit ones that way."""
    tags = getattr(image, "tag_v2", None)
    return tags is not None and tags.get(262) == _MINISWHITE


def sample_bits(image: Image.Image, data: bytes) -> int:
    """Bits of one sample as stored; 8 where the format knows nothing else."""
    if image.format == "PNG":
        return data[24]
    if image.format == "TIFF":
        bits = getattr(image, "tag_v2", {}).get(258, (1,))
        return int(max(bits))
    depth = image.info.get("bit_depth", 8)
    return depth if isinstance(depth, int) else 8


def container_metadata(
    image: Image.Image, size: tuple[int, int], orientation: int
) -> tuple[Metadata, list[str]]:
    """Everything beside the pixels, put in order for the upright picture.

    Args:
        image: opened, not yet loaded; a PNG loaded, since ExifTool writes behind its pixels.
        size: width and height of the upright picture.
        orientation: what will be applied to the pixels.

    Returns:
        The metadata and sentences about what was too damaged to keep.
    """
    notes = []
    info = image.info
    # Taken out, since Pillow would turn a TIFF by the orientation in its XMP; viewers do not.
    xmp = info.pop("xmp", None)
    exif = None
    try:
        raw = _tiff_exif(image) if image.format == "TIFF" else info.get("exif")
        exif = upright_exif(raw, *size) if raw else None
    except Exception:  # noqa: BLE001 - whatever Pillow meets in a damaged directory
        notes.append("Its EXIF data is damaged and cannot be kept.")
    xmp = xmp.encode() if isinstance(xmp, str) else xmp
    if xmp and (orientation != 1 or image.format == "HEIF"):
        xmp = upright_xmp(xmp)
    comment = info.get("comment") if image.format in {"JPEG", "MPO"} else None
    metadata = Metadata(
        exif=exif,
        icc=info.get("icc_profile") or None,
        xmp=xmp or None,
        iptc=_iptc(image),
        comment=comment if isinstance(comment, bytes) else None,
        dpi=_dpi(image, turned=orientation >= 5),
    )
    return metadata, notes


def _tiff_exif(image: Image.Image) -> bytes | None:
    """The descriptive fields of a TIFF as an EXIF block of their own."""
    found = image.getexif()
    kept = Image.Exif()
    for tag, value in found.items():
        if tag not in OWN_FIELDS and tag not in {_EXIF_IFD, _GPS_IFD}:
            kept[tag] = value
    for tag in (_EXIF_IFD, _GPS_IFD):
        if tag in found:
            fields = {k: v for k, v in found.get_ifd(tag).items() if k != _INTEROP_IFD}
            kept.get_ifd(tag).update(fields)
            kept[tag] = kept.get_ifd(tag)
    return kept.tobytes() if len(kept) else None


def _iptc(image: Image.Image) -> bytes | None:
    if image.format == "TIFF":
        record = getattr(image, "tag_v2", {}).get(_IPTC_TIFF)
    else:
        resources = image.info.get("photoshop")
        record = resources.get(_IPTC_RESOURCE) if isinstance(resources, dict) else None
    return record if isinstance(record, bytes) else None


def _dpi(image: Image.Image, *, turned: bool) -> tuple[float, float] | None:
    found = image.info.get("dpi")
    if found is None or len(found) != 2:
        return None
    x, y = (float(value) for value in found)
    if not all(math.isfinite(value) and 1 <= value <= 100_000 for value in (x, y)):
        return None
    if image.format in {"JPEG", "MPO"} and not image.info.get("jfif_unit"):
        # Without a JFIF unit Pillow answers 72 for an EXIF block that says nothing.
        exif = image.info.get("exif", b"")
        if not has_field(exif, X_RESOLUTION):
            return None
    return (y, x) if turned else (x, y)
