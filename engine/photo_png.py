"""What Pillow leaves out of PNG: 16-bit colour, and noticing that rows are missing."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from engine.photo_metadata import Metadata

    Samples = NDArray[Any]  # uint8 or uint16

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
# Left, top, step right, step down of the seven passes of an interlaced PNG.
_PASSES = (
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
    (0, 1, 1, 2),
)  # fmt: skip
_PIECE = 1 << 20  # bytes inflated at a time


def is_complete(data: bytes) -> bool:
    """Whether a PNG holds all the pixels that its head promises.

    Pillow takes a picture as complete when its compressed stream ends, and fills up with black.
    """
    width, height, bits, colour, _, _, interlaced = struct.unpack_from(">IIBBBBB", data, 16)
    passes = _PASSES if interlaced else ((0, 0, 1, 1),)
    missing = 0
    for left, top, right, down in passes:
        columns, rows = -(-(width - left) // right), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            missing += rows * (1 + (columns * bits * _CHANNELS[colour] + 7) // 8)
    inflate = zlib.decompressobj()
    for body in _bodies(data, b"IDAT"):
        missing -= len(inflate.decompress(body, _PIECE))
        while inflate.unconsumed_tail and missing > 0:
            missing -= len(inflate.decompress(inflate.unconsumed_tail, _PIECE))
        if missing <= 0:
            return True
    return missing <= len(inflate.flush())


def _bodies(data: bytes, wanted: bytes) -> Iterator[bytes]:
    """Contents of all chunks of one name."""
    position = 8
    while position + 8 <= len(data):
        size, name = struct.unpack_from(">I4s", data, position)
        if name == wanted:
            yield data[position + 8 : position + 8 + size]
        position += size + 12


def deep_png(samples: Samples, alpha: Samples | None, metadata: Metadata) -> bytes:
    """A 16-bit PNG by OpenCV, with the metadata put between its head and its pixels.

    Args:
        samples: (H, W) grey or (H, W, 3) RGB, uint16.
        alpha: (H, W) uint16, or None; grey with alpha is written as RGB with alpha.
        metadata: what PNG holds of it.

    Raises:
        ValueError: the encoder refused.
    """
    colours = samples if samples.ndim == 2 and alpha is None else _bgr(samples)
    if alpha is not None:
        colours = np.dstack([colours, alpha])
    done, encoded = cv2.imencode(".png", colours)
    if not done:
        raise ValueError("the PNG encoder refused the picture")
    data = encoded.tobytes()
    head = 8 + 25  # signature, IHDR
    return data[:head] + _png_chunks(metadata) + data[head:]


def _bgr(samples: Samples) -> Samples:
    if samples.ndim == 2:
        return np.repeat(samples[..., None], 3, axis=2)
    return np.ascontiguousarray(samples[..., ::-1])


def _png_chunks(metadata: Metadata) -> bytes:
    chunks = []
    if metadata.icc:
        chunks.append((b"iCCP", b"ICC Profile\x00\x00" + zlib.compress(metadata.icc)))
    if metadata.dpi:
        per_metre = [round(value / 0.0254) for value in metadata.dpi]
        chunks.append((b"pHYs", struct.pack(">IIB", *per_metre, 1)))
    if metadata.exif:
        chunks.append((b"eXIf", metadata.exif))
    if metadata.xmp:
        chunks.append((b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00" + metadata.xmp))
    return b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )
