"""What travels with a photograph beside its pixels: EXIF, colour profile, XMP, caption, dpi.

EXIF is patched in place, never rebuilt: maker notes point into the block by absolute position and
break when it moves. It is put in order once, on reading: the pixels are upright from then on.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ORIENTATION = 0x0112
X_RESOLUTION = 0x011A
_EXIF_IFD = 0x8769
_WIDTHS = {0x0100, 0xA002}
_HEIGHTS = {0x0101, 0xA003}
_THUMBNAIL_START, _THUMBNAIL_SIZE = 0x0201, 0x0202
_EXIF_PREFIX = b"Exif\x00\x00"


@dataclass(frozen=True)
class Metadata:
    """What came with the pixels; every part may be missing.

    Attributes:
        exif: EXIF block starting at its byte-order mark, for upright pixels, without thumbnail.
        icc: colour profile of the file's samples.
        xmp: XMP packet, as found.
        iptc: IPTC record: caption, place, keywords of photo archives.
        comment: comment of a JPEG.
        dpi: dots per inch, horizontally and vertically, of the upright picture.
    """

    exif: bytes | None = None
    icc: bytes | None = None
    xmp: bytes | None = None
    iptc: bytes | None = None
    comment: bytes | None = None
    dpi: tuple[float, float] | None = None


@dataclass(frozen=True)
class IfdEntry:
    """One field of a TIFF directory: where it lies, what it is, how many values it has."""

    position: int
    tag: int
    kind: int
    count: int


def byte_order(block: bytes | bytearray) -> str:
    """``<`` or ``>`` for `struct`.

    Raises:
        ValueError: this is no EXIF (TIFF) block.
    """
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(bytes(block[:4]))
    if order is None:
        raise ValueError("no byte-order mark")
    return order


def ifd_entries(block: bytes | bytearray, offset: int, order: str) -> Iterator[IfdEntry]:
    """The fields of the directory at `offset`.

    Raises:
        struct.error: the directory lies outside the block.
    """
    (count,) = struct.unpack_from(order + "H", block, offset)
    for position in range(offset + 2, offset + 2 + 12 * count, 12):
        yield IfdEntry(position, *struct.unpack_from(order + "HHI", block, position))


def read_number(block: bytes | bytearray, entry: IfdEntry, order: str) -> int | None:
    """The value of a field that holds one short or long number; None for any other."""
    code = {3: "H", 4: "I"}.get(entry.kind)
    if code is None or entry.count != 1:
        return None
    return int(struct.unpack_from(order + code, block, entry.position + 8)[0])


def exif_number(exif: bytes, tag: int) -> int | None:
    """A number of the main directory; None where it or the whole block is missing or damaged."""
    block = exif.removeprefix(_EXIF_PREFIX)
    try:
        order = byte_order(block)
        (start,) = struct.unpack_from(order + "I", block, 4)
        for entry in ifd_entries(block, start, order):
            if entry.tag == tag:
                return read_number(block, entry, order)
    except (ValueError, struct.error):
        pass
    return None


def has_field(exif: bytes, tag: int) -> bool:
    """Whether the main directory has a field."""
    block = exif.removeprefix(_EXIF_PREFIX)
    try:
        order = byte_order(block)
        (start,) = struct.unpack_from(order + "I", block, 4)
        return any(entry.tag == tag for entry in ifd_entries(block, start, order))
    except (ValueError, struct.error):
        return False


def upright_exif(exif: bytes, width: int, height: int) -> bytes:
    """The same EXIF for upright pixels: orientation 1, these dimensions, no thumbnail.

    Raises:
        ValueError: the block is damaged.
    """
    block = bytearray(exif.removeprefix(_EXIF_PREFIX))
    try:
        order = byte_order(block)
        (start,) = struct.unpack_from(order + "I", block, 4)
        inner = None
        for entry in ifd_entries(block, start, order):
            _patch(block, entry, order, width, height)
            if entry.tag == _EXIF_IFD:
                inner = read_number(block, entry, order)
        if inner is not None:
            for entry in ifd_entries(block, inner, order):
                _patch(block, entry, order, width, height)
        _drop_thumbnail(block, start, order)
    except struct.error as error:
        raise ValueError("EXIF block is cut short") from error
    return bytes(block)


def _patch(block: bytearray, entry: IfdEntry, order: str, width: int, height: int) -> None:
    value = (
        1
        if entry.tag == ORIENTATION
        else width
        if entry.tag in _WIDTHS
        else height
        if entry.tag in _HEIGHTS
        else None
    )
    code = {3: "H", 4: "I"}.get(entry.kind)
    if value is None or code is None or (code == "H" and value > 0xFFFF):
        return
    struct.pack_into(order + code, block, entry.position + 8, value)


def _drop_thumbnail(block: bytearray, start: int, order: str) -> None:
    """Cut the second directory off: its small picture shows the unrestored face."""
    (count,) = struct.unpack_from(order + "H", block, start)
    link = start + 2 + 12 * count
    if link + 4 > len(block):
        return  # some writers leave the link out
    (second,) = struct.unpack_from(order + "I", block, link)
    struct.pack_into(order + "I", block, link, 0)
    if not second or second + 2 > len(block):
        return
    numbers = {e.tag: read_number(block, e, order) for e in ifd_entries(block, second, order)}
    first, size = numbers.get(_THUMBNAIL_START), numbers.get(_THUMBNAIL_SIZE)
    if not first or not size or first < second:
        return  # no JPEG thumbnail, or one in a place that other fields may share
    end = min(first + size, len(block))
    block[first:end] = bytes(max(0, end - first))
    if end >= len(block) - 1:
        del block[first:]
