"""Builders of files that a program about photographs has to survive.

`hostile_files(folder)` makes one of each kind and tells which error code reading it must give.
"""

from __future__ import annotations

import io
import os
import struct
import sys
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

#: File names that every system must read and write.
WEIRD_NAMES = (
    "Großmutter à Noël.png",
    "祖母の写真.png",
    "дедушка.png",
    "👵🏽🎂.png",
    "e\u0301te\u0301 (decomposed).png",
    "two  spaces and 'quotes'.png",
    "-rf --help.png",
    "per%cent & #hash;.png",
    ".hidden.png",
    "many.dots.in.it.PNG",
    "n" * 240 + ".png",
)


@dataclass(frozen=True)
class Hostile:
    """A file and the code of the `PhotoError` that reading it must raise."""

    path: Path
    code: str


def picture(width: int = 48, height: int = 32, seed: int = 0) -> np.ndarray:
    """(height, width, 3) uint8: smooth colours with some noise, the same for the same seed."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    smooth = np.stack([x * 200 / width + 30, y * 200 / height + 20, 220 - x * 150 / width], axis=2)
    return np.clip(smooth + rng.normal(0, 4, smooth.shape), 0, 255).astype(np.uint8)


def encoded(format_name: str, **options: object) -> bytes:
    """A small good picture in a Pillow format."""
    file = io.BytesIO()
    Image.fromarray(picture()).save(file, format_name, **options)
    return file.getvalue()


def interlaced_png(grey: np.ndarray) -> bytes:
    """An Adam7 PNG of (H, W) uint8, which Pillow reads but does not write."""
    height, width = grey.shape
    rows = b""
    for left, top, right, down in (
        (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
        (0, 1, 1, 2),
    ):  # fmt: skip
        part = grey[top::down, left::right]
        rows += b"".join(b"\x00" + row.tobytes() for row in part if row.size)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 1)
    chunks = (b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(*chunk) for chunk in chunks)


def png_chunk(name: bytes, body: bytes) -> bytes:
    """One chunk with its length and check sum."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_header(width: int, height: int, *, bits: int = 8, colour: int = 2) -> bytes:
    """A PNG that claims a size and holds the pixels of one row."""

    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    body = zlib.compress(bytes(1 + min(width, 4096) * 3 * bits // 8))
    chunks = (b"IHDR", head), (b"IDAT", body), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(*chunk) for chunk in chunks)


def tiff_bomb(width: int, height: int) -> bytes:
    """An uncompressed TIFF of one strip that claims a size and holds four bytes."""
    fields = [
        (256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 1), (262, 3, 1),
        (273, 4, 8), (277, 3, 1), (278, 4, height), (279, 4, 4),
    ]  # fmt: skip
    directory = struct.pack("<H", len(fields))
    directory += b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in fields)
    return struct.pack("<2sHI", b"II", 42, 12) + bytes(4) + directory + bytes(4)


def deep_tiff(samples: np.ndarray, *, orientation: int = 1, photometric: int = 2) -> bytes:
    """An uncompressed 16-bit TIFF of (H, W, C) samples, made without the code under test."""
    height, width, channels = samples.shape
    pixels = samples.astype("<u2").tobytes()
    bits = struct.pack(f"<{channels}H", *[16] * channels).ljust(8, b"\x00")
    wide = 8 + len(pixels)  # where the bits per sample lie that do not fit into a field
    fields = [
        (256, 4, 1, width), (257, 4, 1, height),
        (258, 3, channels, wide if channels > 2 else 16), (259, 3, 1, 1),
        (262, 3, 1, photometric), (273, 4, 1, 8), (274, 3, 1, orientation),
        (277, 3, 1, channels), (278, 4, 1, height), (279, 4, 1, len(pixels)),
    ]  # fmt: skip
    directory = struct.pack("<H", len(fields))
    directory += b"".join(struct.pack("<HHII", *field) for field in fields)
    head = struct.pack("<2sHI", b"II", 42, wide + len(bits))
    return head + pixels + bits + directory + bytes(4)


def hostile_contents() -> dict[str, tuple[bytes, str]]:
    """File name to content and expected code; these need nothing but being written."""
    jpeg, png = encoded("JPEG"), encoded("PNG")
    tiff, webp, bmp, gif = (encoded(name) for name in ("TIFF", "WEBP", "BMP", "GIF"))
    rotten = bytearray(png)
    rotten[len(png) // 2] ^= 0xFF
    float_tiff = io.BytesIO()
    Image.fromarray(np.ones((4, 4), np.float32)).save(float_tiff, "TIFF")
    return {
        "zero.jpg": (b"", "photo-empty"),
        "text.jpg": (b"Dear diary, this is no picture.\n" * 20, "photo-not-a-picture"),
        "page.png": (b"<!DOCTYPE html><html><body>404</body></html>", "photo-not-a-picture"),
        "noise.jpg": (bytes(range(256)) * 16, "photo-not-a-picture"),
        "zeros.jpg": (bytes(4096), "photo-not-a-picture"),
        "document.pdf.jpg": (b"%PDF-1.7\n" + bytes(300), "photo-not-a-picture"),
        "drawing.png": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "photo-not-a-picture"),
        "truncated.jpg": (jpeg[: len(jpeg) // 2], "photo-damaged"),
        "head_only.jpg": (jpeg[:20], "photo-damaged"),
        "truncated.png": (png[: len(png) // 2], "photo-damaged"),
        "truncated.tif": (tiff[: len(tiff) // 2], "photo-damaged"),
        "truncated.webp": (webp[: len(webp) // 2], "photo-damaged"),
        "truncated.bmp": (bmp[: len(bmp) // 2], "photo-damaged"),
        "truncated.gif": (gif[: len(gif) // 2], "photo-damaged"),
        "bit_rot.png": (bytes(rotten), "photo-damaged"),
        "lying.png": (png_header(3000, 2000), "photo-damaged"),
        "lying_16_bit.png": (png_header(300, 200, bits=16), "photo-damaged"),
        "lying.tif": (tiff_bomb(3000, 2000), "photo-damaged"),
        "bomb.png": (png_header(50_000, 50_000), "photo-too-large"),
        "bomb_30.png": (png_header(30_000, 30_000), "photo-too-large"),
        "bomb.tif": (tiff_bomb(50_000, 50_000), "photo-too-large"),
        "float.tif": (float_tiff.getvalue(), "photo-unsupported"),
        "camera.NEF": (tiff, "photo-raw"),
    }


def hostile_files(folder: Path) -> dict[str, Hostile]:
    """Make every kind of hostile file in a folder.

    Returns:
        By name; beside `hostile_contents` a folder, a missing file, a broken link and a pipe where
        the system has them, and a file without permission where that means anything.
    """
    result = {}
    for name, (content, code) in hostile_contents().items():
        path = folder / name
        path.write_bytes(content)
        result[name] = Hostile(path, code)
    album = folder / "album.jpg"
    album.mkdir()
    result["folder"] = Hostile(album, "photo-is-folder")
    result["missing"] = Hostile(folder / "missing.jpg", "photo-missing")
    result["below a file"] = Hostile(folder / "zero.jpg" / "x.jpg", "photo-missing")
    if sys.platform != "win32":
        link = folder / "broken_link.jpg"
        link.symlink_to(folder / "gone.jpg")
        result["broken link"] = Hostile(link, "photo-missing")
        pipe = folder / "pipe.jpg"
        os.mkfifo(pipe)
        result["pipe"] = Hostile(pipe, "photo-not-a-file")
        if os.geteuid() != 0:
            locked = folder / "locked.jpg"
            locked.write_bytes(encoded("JPEG"))
            locked.chmod(0)
            result["locked"] = Hostile(locked, "photo-no-permission")
    return result
