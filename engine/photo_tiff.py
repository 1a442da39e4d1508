"""Write TIFF at 8 and 16 bit with everything that belongs to the photograph.

Pillow cannot write 16-bit colour and OpenCV cannot write metadata. A baseline TIFF is small enough
to write here: the EXIF block becomes the head of the file, so that every position inside it (maker
notes too) stays true, and a new directory at the end joins its fields with those of the picture.
"""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING

from engine.photo_metadata import byte_order, ifd_entries

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.photo_metadata import Metadata

_SHORT, _LONG, _RATIONAL, _UNDEFINED, _BYTE = 3, 4, 5, 7, 1
_CODES = {_SHORT: "H", _LONG: "I"}
_STRIP_BYTES = 1 << 20
_LIMIT = 0xFFFF0000  # positions in a TIFF have 32 bit
#: Fields of the picture itself: never copied from the EXIF of another file.
OWN_FIELDS = {
    254,
    255,
    256,
    257,
    258,
    259,
    262,
    266,
    273,
    274,
    277,
    278,
    279,
    282,
    283,
    284,
    296,
    317,
}
OWN_FIELDS |= {
    320,
    322,
    323,
    324,
    325,
    330,
    338,
    339,
    513,
    514,
    529,
    530,
    531,
    532,
    700,
    33723,
    34675,
}


def encode_tiff(samples: NDArray[np.uint8] | NDArray[np.uint16], metadata: Metadata) -> bytes:
    """A TIFF file, losslessly compressed (deflate with a horizontal predictor).

    Args:
        samples: (H, W, C) uint8 or uint16; C is 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha.
        metadata: `metadata.exif` must be for upright pixels.

    Raises:
        ValueError: the picture is too large for a TIFF file.
    """
    height, width, channels = samples.shape
    head = metadata.exif or struct.pack("<2sHIHI", b"II", 42, 8, 0, 0)
    order = byte_order(head)
    file = io.BytesIO()
    file.write(head)
    rows = max(1, _STRIP_BYTES // (width * channels * samples.itemsize))
    starts, sizes = [], []
    for top in range(0, height, rows):
        _align(file)
        starts.append(file.tell())
        sizes.append(file.write(_strip(samples[top : top + rows], order)))
    bits = 8 * samples.itemsize
    fields: dict[int, tuple[int, list[int]]] = {
        256: (_LONG, [width]),
        257: (_LONG, [height]),
        258: (_SHORT, [bits] * channels),
        259: (_SHORT, [8]),  # deflate
        262: (_SHORT, [1 if channels < 3 else 2]),
        273: (_LONG, starts),
        274: (_SHORT, [1]),
        277: (_SHORT, [channels]),
        278: (_LONG, [rows]),
        279: (_LONG, sizes),
        284: (_SHORT, [1]),
        317: (_SHORT, [2]),  # differences of neighbours
    }
    if channels in {2, 4}:
        fields[338] = (_SHORT, [2])  # alpha not multiplied into the colours
    if metadata.dpi:
        for tag, value in zip((282, 283), metadata.dpi, strict=True):
            fields[tag] = (_RATIONAL, [round(value * 10000), 10000])
        fields[296] = (_SHORT, [2])  # inches
    entries = {tag: _place(file, order, tag, *field) for tag, field in fields.items()}
    for tag, kind, data in (
        (700, _BYTE, metadata.xmp),
        (33723, _UNDEFINED, metadata.iptc),
        (34675, _UNDEFINED, metadata.icc),
    ):
        if data:
            entries[tag] = _place_bytes(file, order, tag, kind, data)
    (first,) = struct.unpack_from(order + "I", head, 4)
    for entry in ifd_entries(head, first, order):
        if entry.tag not in OWN_FIELDS:
            entries[entry.tag] = head[entry.position : entry.position + 12]
    _align(file)
    directory = file.tell()
    file.write(struct.pack(order + "H", len(entries)))
    file.write(b"".join(entries[tag] for tag in sorted(entries)))
    file.write(bytes(4))
    if file.tell() > _LIMIT:
        raise ValueError("more than 4 GB")
    file.seek(4)
    file.write(struct.pack(order + "I", directory))
    return file.getvalue()


def _align(file: io.BytesIO) -> None:
    """Positions in a TIFF are even."""
    if file.tell() % 2:
        file.write(b"\x00")
    if file.tell() > _LIMIT:
        raise ValueError("more than 4 GB")


def _strip(samples: NDArray[np.uint8] | NDArray[np.uint16], order: str) -> bytes:
    differences = samples.copy()
    differences[:, 1:] -= samples[:, :-1]  # wraps around, as the predictor wants
    stored = samples.dtype.newbyteorder("<" if order == "<" else ">")
    return zlib.compress(differences.astype(stored).tobytes(), 6)


def _place(file: io.BytesIO, order: str, tag: int, kind: int, values: list[int]) -> bytes:
    count = len(values) // 2 if kind == _RATIONAL else len(values)
    data = struct.pack(f"{order}{len(values)}{_CODES.get(kind, 'I')}", *values)
    return _place_bytes(file, order, tag, kind, data, count)


def _place_bytes(
    file: io.BytesIO, order: str, tag: int, kind: int, data: bytes, count: int | None = None
) -> bytes:
    """The 12 bytes of a field; what does not fit into them goes to the file first."""
    head = struct.pack(order + "HHI", tag, kind, len(data) if count is None else count)
    if len(data) <= 4:
        return head + data.ljust(4, b"\x00")
    _align(file)
    position = file.tell()
    file.write(data)
    return head + struct.pack(order + "I", position)
