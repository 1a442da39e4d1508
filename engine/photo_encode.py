"""Samples to the bytes of a picture file, with all metadata that the format can hold."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, PngImagePlugin

from engine.photo_png import deep_png
from engine.photo_tiff import encode_tiff

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.photo_metadata import Metadata

    Samples = NDArray[Any]  # uint8 or uint16

#: Suffix (lower case) to format, for all that can be written.
FORMATS = {
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".jpe": "JPEG",
    ".jfif": "JPEG",
    ".png": "PNG",
    ".tif": "TIFF",
    ".tiff": "TIFF",
    ".webp": "WEBP",
    ".bmp": "BMP",
    ".dib": "BMP",
}
#: Formats that hold more than 8 bit per channel.
DEEP_FORMATS = frozenset({"PNG", "TIFF"})
#: Formats that hold alpha.
ALPHA_FORMATS = frozenset({"PNG", "TIFF", "WEBP"})
#: Formats that hold a colour profile.
PROFILE_FORMATS = frozenset({"JPEG", "PNG", "TIFF", "WEBP"})
# Pixels of the longest side that these formats know.
_LONGEST_SIDE = {"JPEG": 65_500, "WEBP": 16_383}
# Bytes that fit into one segment of a JPEG, which counts its own two bytes of length.
_JPEG_SEGMENT = 65_535 - 2
_JPEG_XMP = _JPEG_SEGMENT - len(b"http://ns.adobe.com/xap/1.0/\x00")
_JPEG_COMMENT = 65_000  # what is before it must fit into the encoder's buffer as well
_FULL_CHROMA_FROM = 90  # JPEG quality from which colour keeps full resolution


def encode(
    samples: Samples,
    alpha: Samples | None,
    metadata: Metadata,
    format_name: str,
    *,
    quality: int = 95,
    lossless: bool = True,
) -> bytes:
    """Encode a picture.

    Args:
        samples: (H, W) grey or (H, W, 3) RGB; uint16 only for `DEEP_FORMATS`.
        alpha: (H, W) of the same dtype, or None; only for `ALPHA_FORMATS`.
        metadata: what the format cannot hold is left out.
        format_name: a value of `FORMATS`.
        quality: 1 .. 100, for JPEG and for WebP that is not lossless.
        lossless: for WebP.

    Raises:
        ValueError: the format cannot hold a picture of this size.
        OSError: the encoder failed.
    """
    if format_name in _LONGEST_SIDE and max(samples.shape[:2]) > _LONGEST_SIDE[format_name]:
        raise ValueError("a side is too long")
    if format_name == "TIFF":
        layers = [samples if samples.ndim == 3 else samples[..., None]]
        if alpha is not None:
            layers.append(alpha[..., None])
        return encode_tiff(np.concatenate(layers, axis=2), metadata)
    if format_name == "PNG" and samples.dtype == np.uint16:
        return deep_png(samples, alpha, metadata)
    image = Image.fromarray(np.ascontiguousarray(samples))
    if alpha is not None:
        image.putalpha(Image.fromarray(np.ascontiguousarray(alpha)))
    options = _options(metadata, format_name)
    if format_name == "JPEG":
        chroma = 0 if quality >= _FULL_CHROMA_FROM else 2
        options |= {"quality": quality, "subsampling": chroma, "optimize": True}
    elif format_name == "WEBP":
        options |= {"quality": quality, "lossless": lossless, "exact": True}
    try:
        return _saved(image, format_name, options)
    except OSError:
        if not options.pop("optimize", False):
            raise
    # Optimising needs the whole file in one buffer, and Pillow's is too small for halftones.
    return _saved(image, format_name, options)


def keeps_grey(format_name: str, *, deep: bool, alpha: bool) -> bool:
    """Whether grey samples, of 16 bit and with alpha or not, are written as grey."""
    return format_name != "WEBP" and not (format_name == "PNG" and deep and alpha)


def holds_xmp(format_name: str, xmp: bytes) -> bool:
    """Whether an XMP packet fits into a file of the format."""
    return format_name != "JPEG" or len(xmp) <= _JPEG_XMP


def _saved(image: Image.Image, format_name: str, options: dict[str, Any]) -> bytes:
    """The bytes of a file by Pillow; errors as of `encode`."""
    file = io.BytesIO()
    try:
        image.save(file, format_name, **options)
    except struct.error as error:  # a number is too large for its place in the file
        raise ValueError(str(error)) from error
    except ValueError as error:  # which is no matter of size here
        raise OSError(str(error)) from error
    return file.getvalue()


def _options(metadata: Metadata, format_name: str) -> dict[str, Any]:
    """Pillow's keywords for the metadata that a format holds."""
    options: dict[str, Any] = {}
    if metadata.dpi and format_name in {"JPEG", "PNG", "BMP"}:
        options["dpi"] = metadata.dpi
    if format_name == "BMP":
        return options
    if metadata.icc:
        options["icc_profile"] = metadata.icc
    if metadata.exif:
        options["exif"] = b"Exif\x00\x00" + metadata.exif
    if metadata.xmp and format_name == "PNG":
        options["pnginfo"] = PngImagePlugin.PngInfo()
        options["pnginfo"].add_itxt("XML:com.adobe.xmp", metadata.xmp)
    elif metadata.xmp:
        options["xmp"] = metadata.xmp
    if format_name == "JPEG":
        # A segment is 64 KB at most; an oversized block of another format has no place here.
        for name, most in (("exif", _JPEG_SEGMENT), ("xmp", _JPEG_XMP)):
            if len(options.get(name, b"")) > most:
                del options[name]
        if metadata.comment:
            options["comment"] = metadata.comment[:_JPEG_COMMENT]
        if metadata.iptc:
            options["extra"] = _iptc_segment(metadata.iptc)
    return options


def _iptc_segment(iptc: bytes) -> bytes:
    """The caption record inside the segment that Photoshop invented for it; none where too long."""
    resource = (
        b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(iptc)) + iptc + b"\x00" * (len(iptc) % 2)
    )
    body = b"Photoshop 3.0\x00" + resource
    if len(body) > _JPEG_SEGMENT:
        return b""
    return b"\xff\xed" + struct.pack(">H", len(body) + 2) + body
