"""The bytes of a picture file to upright samples at their own bit depth.

Pillow opens everything and checks it; colour at 16 bit, which Pillow cannot hold, comes from
OpenCV and is believed only where its upper bytes equal what Pillow decoded.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from PIL import Image, UnidentifiedImageError

from engine.errors import PhotoError
from engine.photo_colour import ColourSpace, convert_image, srgb_profile
from engine.photo_container import (
    MAX_PIXELS,
    container_metadata,
    is_inverted,
    open_container,
    orientation_of,
    quiet,
    sample_bits,
    stored_size,
)
from engine.photo_png import is_complete

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from engine.photo_metadata import Metadata

    Samples = NDArray[Any]  # uint8 or uint16

_LOSSY = {"JPEG", "MPO", "HEIF", "AVIF"}
_DEEP_GREY = {"I;16", "I;16B", "I;16L", "I;16N"}
_MAGIC = (b"\xff\xd8\xff", b"\x89PNG", b"II*\x00", b"MM\x00*", b"RIFF", b"BM", b"GIF8")
_SIDES_SWAPPED = 5  # from this EXIF orientation on, width and height change places


@dataclass(frozen=True)
class Decoded:
    """A decoded file.

    Attributes:
        samples: (H, W) grey or (H, W, 3) RGB, uint8 or uint16, upright, in the file's own colours.
        alpha: (H, W) of the same dtype, or None.
        metadata: put in order for upright samples; its profile describes `samples`.
        format: Pillow's name of the format.
        lossless: whether the file's coding lost nothing.
        warnings: sentences for the user about what could not be kept.
    """

    samples: Samples
    alpha: Samples | None
    metadata: Metadata
    format: str
    lossless: bool
    warnings: tuple[str, ...]


def decode(data: bytes, name: str) -> Decoded:
    """Decode a picture.

    Args:
        data: the whole file.
        name: how messages call the file.

    Raises:
        PhotoError: ``photo-empty``, ``photo-not-a-picture``, ``photo-too-large``,
            ``photo-damaged`` or ``photo-unsupported``.
    """
    if not data:
        raise PhotoError(
            f"{name} is empty (0 bytes); copy it again from where it came from.", code="photo-empty"
        )
    with _decoder_errors(data, name), open_container(data) as image:
        width, height = stored_size(image)
        if width * height > MAX_PIXELS:
            raise _too_large(name)
        if image.format == "PNG":  # which may hold its metadata behind the pixels
            image.load()
        with quiet():  # reading directories may warn; decoding pixels does not
            orientation = orientation_of(image)
            size = (height, width) if orientation >= _SIDES_SWAPPED else (width, height)
            metadata, notes = container_metadata(image, size, orientation)
            if image.format != "MPO" and getattr(image, "is_animated", False):
                notes.append("It holds several pictures; only the first one is used.")
        bits, inverted = sample_bits(image, data), is_inverted(image)
        image.load()
        if image.format == "PNG" and not is_complete(data):
            raise _damaged(name)
        samples, alpha, metadata, more = _samples(image, metadata, name)
        notes += more
    if image.format != "TIFF":  # which Pillow turns by itself while loading
        samples = _upright(samples, orientation)
        alpha = None if alpha is None else _upright(alpha, orientation)
    if samples.shape[:2] != (size[1], size[0]):
        raise _damaged(name)
    if samples.dtype == np.uint16:
        samples = _full_range(samples, bits, inverted=inverted)
    elif bits > 8:
        turn = 1 if image.format == "TIFF" else orientation  # OpenCV turns TIFF as well
        deep = _deep(data, turn, samples, alpha) if bits == 16 else None
        if deep:
            samples, alpha = deep
        else:
            notes.append(f"Its {bits} bits per colour are read as 8.")
    samples, metadata, more = _with_usable_profile(samples, metadata)
    return Decoded(
        samples=samples,
        alpha=alpha,
        metadata=metadata,
        format=image.format or "",
        lossless=_is_lossless(image, data),
        warnings=tuple(notes + more),
    )


def check(data: bytes, size: tuple[int, int]) -> None:
    """Make sure that encoded bytes decode to a picture of `size` (width, height).

    Raises:
        ValueError: they do not.
    """
    try:
        with open_container(data) as image:
            image.load()
            found = image.size
    except Exception as error:  # as in decode
        raise ValueError("it does not decode") from error
    if found != size:
        raise ValueError(f"it decodes to {found} instead of {size}")


def _damaged(name: str) -> PhotoError:
    return PhotoError(
        f"{name} is damaged or incomplete; copy it again from where it came from.",
        code="photo-damaged",
    )


def _too_large(name: str) -> PhotoError:
    return PhotoError(
        f"{name} claims more than {MAX_PIXELS // 1_000_000} megapixels, which is too large; "
        "make a smaller copy of it and restore that.",
        code="photo-too-large",
    )


@contextmanager
def _decoder_errors(data: bytes, name: str) -> Iterator[None]:
    """Turn what Pillow raises into sentences."""
    try:
        yield
    except PhotoError:
        raise
    except UnidentifiedImageError as error:
        if data.startswith(_MAGIC):
            raise _damaged(name) from error
        raise PhotoError(
            f"{name} is not a picture, or of a kind that Likeness cannot read; "
            "open it in another program and save it as JPEG, PNG or TIFF.",
            code="photo-not-a-picture",
        ) from error
    except Image.DecompressionBombError as error:
        raise _too_large(name) from error
    except MemoryError as error:
        raise PhotoError(
            f"{name} needs more memory than is free; close other programs or use a smaller copy.",
            code="photo-too-large",
        ) from error
    except Exception as error:  # damaged bytes make decoders raise nearly anything
        raise _damaged(name) from error


def _samples(
    image: Image.Image, metadata: Metadata, name: str
) -> tuple[Samples, Samples | None, Metadata, list[str]]:
    """A loaded image of any mode to grey or RGB samples and alpha."""
    mode = image.mode
    if mode in _DEEP_GREY:
        return np.asarray(image).astype(np.uint16), None, metadata, []
    if mode in {"I", "F"}:
        raise PhotoError(
            f"{name} has 32 bits per sample; save it with 8 or 16 bits and try again.",
            code="photo-unsupported",
        )
    if mode in {"CMYK", "LAB"}:
        converted, note = _to_srgb(image, metadata.icc)
        return np.array(converted), None, replace(metadata, icc=srgb_profile()), [note]
    if mode in {"1", "L", "LA", "La"}:
        grey, with_alpha = "L", "LA"
    else:
        grey, with_alpha = "RGB", "RGBA"
    if image.has_transparency_data:
        layers = np.array(image.convert(with_alpha))
        colours = layers[..., 0] if grey == "L" else layers[..., :3]
        return np.ascontiguousarray(colours), layers[..., -1].copy(), metadata, []
    return np.array(image.convert(grey)), None, metadata, []


def _to_srgb(image: Image.Image, icc: bytes | None) -> tuple[Image.Image, str]:
    """Printing colours (CMYK) and Lab to sRGB, through the profile where one is there."""
    kind = "CMYK (printing colours)" if image.mode == "CMYK" else "Lab colours"
    note = f"It is in {kind}; the result will be in sRGB."
    if image.mode == "CMYK" and icc:
        try:
            return convert_image(image, icc), note
        except ValueError:
            pass
    if image.mode == "LAB":
        return convert_image(image, None), note
    return image.convert("RGB"), f"{note[:-1]}, roughly converted: it has no usable profile."


def _upright(layer: Samples, orientation: int) -> Samples:
    """Apply an EXIF orientation 1 .. 8 to (H, W) or (H, W, C)."""
    if orientation == 1:
        return layer
    if orientation >= _SIDES_SWAPPED:
        layer = layer.swapaxes(0, 1)
    if orientation in {3, 4, 7, 8}:
        layer = layer[::-1]
    if orientation in {2, 3, 6, 7}:
        layer = layer[:, ::-1]
    return np.ascontiguousarray(layer)


def _full_range(samples: NDArray[np.uint16], bits: int, *, inverted: bool) -> NDArray[np.uint16]:
    """16-bit grey as black = 0 and white = 65535."""
    if 8 < bits < 16:
        samples = (
            (samples.astype(np.uint32) * 65535 + (1 << (bits - 1))) // ((1 << bits) - 1)
        ).astype(np.uint16)
    return 65535 - samples if inverted else samples


def _deep(
    data: bytes, orientation: int, shallow: Samples, shallow_alpha: Samples | None
) -> tuple[Samples, Samples | None] | None:
    """The same picture at 16 bit, or None where OpenCV understands the file differently."""
    found = cv2.imdecode(np.frombuffer(data, dtype=np.uint8), cv2.IMREAD_UNCHANGED)
    if found is None or found.dtype != np.uint16 or found.ndim != 3:
        return None
    deep = _upright(found, orientation)
    colours = deep[..., 0] if shallow.ndim == 2 else deep[..., 2::-1]
    if colours.shape != shallow.shape or not np.array_equal(colours >> 8, shallow):
        return None
    alpha = None
    if shallow_alpha is not None:
        if deep.shape[2] != 4 or not np.array_equal(deep[..., 3] >> 8, shallow_alpha):
            return None
        alpha = deep[..., 3].copy()
    return np.ascontiguousarray(colours), alpha


def _with_usable_profile(
    samples: Samples, metadata: Metadata
) -> tuple[Samples, Metadata, list[str]]:
    """Drop a profile that cannot describe the samples; settle one that works in one direction."""
    if metadata.icc is None:
        return samples, metadata, []
    try:
        ColourSpace(metadata.icc, grey=samples.ndim == 2)
    except ValueError:
        pass
    else:
        return samples, metadata, []
    if samples.dtype == np.uint8 and samples.ndim == 3:
        try:
            converted = np.array(convert_image(Image.fromarray(samples), metadata.icc))
        except ValueError:
            pass
        else:
            note = "Its colour profile works for reading only; the result will be in sRGB."
            return converted, replace(metadata, icc=srgb_profile()), [note]
    note = "Its colour profile is damaged or of the wrong kind; its colours are taken as sRGB."
    return samples, replace(metadata, icc=None), [note]


def _is_lossless(image: Image.Image, data: bytes) -> bool:
    if image.format == "TIFF":
        return image.info.get("compression") not in {"jpeg", "tiff_jpeg", "webp"}
    if image.format != "WEBP":
        return image.format not in _LOSSY
    position = 12  # RIFF, size, WEBP; then chunks of name, size, content
    while position + 8 <= len(data):
        name = data[position : position + 4]
        if name in {b"VP8L", b"VP8 "}:
            return name == b"VP8L"
        size = int.from_bytes(data[position + 4 : position + 8], "little")
        position += 8 + size + size % 2
    return False
