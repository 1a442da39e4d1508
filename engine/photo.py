"""Read and write photographs.

The promise: outside the restored faces every pixel of a lossless output equals the input's, at its
own bit depth. So a `Photo` keeps the samples of its file untouched beside the working pixels, and
`write` converts nothing but what was changed.

What changes on the way, and only then: CMYK and Lab become sRGB, palettes become RGB, HEIC, AVIF
and GIF are written as JPEG or PNG, the thumbnail inside EXIF is dropped, and formats that cannot
hold alpha (JPEG, BMP) get it over white. JPEG and lossy WebP are encoded anew as a whole.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import PhotoError
from engine.memory import memory_errors
from engine.photo_colour import ColourSpace, srgb_profile
from engine.photo_data import Photo, Pixels
from engine.photo_decode import check, decode
from engine.photo_encode import (
    ALPHA_FORMATS,
    DEEP_FORMATS,
    FORMATS,
    PROFILE_FORMATS,
    encode,
    holds_xmp,
    keeps_grey,
)
from engine.photo_files import next_free_name, read_bytes, shown, write_new
from engine.photo_merge import over_white, to_8bit
from engine.photo_tone import Mode, detect_mode
from engine.photo_xmp import with_note

if TYPE_CHECKING:
    from engine.photo_metadata import Metadata

__all__ = [
    "SUPPORTED_SUFFIXES",
    "Mode",
    "Photo",
    "Pixels",
    "is_photo",
    "is_restored",
    "next_free_name",
    "output_path",
    "read",
    "to_file",
    "write",
]

_READ_ONLY_SUFFIXES = frozenset({".heic", ".heif", ".hif", ".avif", ".gif", ".mpo"})
#: Lower-case suffixes of files that `read` understands.
SUPPORTED_SUFFIXES = frozenset(FORMATS) | _READ_ONLY_SUFFIXES
#: Raw files are TIFF inside and would open as their small preview.
_RAW_SUFFIXES = frozenset({
    ".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dng", ".erf", ".iiq", ".kdc", ".mrw",
    ".nef", ".nrw", ".orf", ".pef", ".raf", ".raw", ".rw2", ".srw", ".x3f",
})  # fmt: skip
_STANDARD_SUFFIX = {
    "JPEG": ".jpg",
    "MPO": ".jpg",
    "PNG": ".png",
    "TIFF": ".tif",
    "WEBP": ".webp",
    "BMP": ".bmp",
    "DIB": ".bmp",
}
#: What Likeness calls its copies, and the pictures that it writes beside them.
_RESTORED = re.compile(r"_likeness(-\d+)?(-face\d+-[a-z]+(-\d+)?)?$")


def is_photo(path: Path) -> bool:
    """Whether a file's name says that `read` can read it; the disk is not touched."""
    # macOS puts "._NAME" beside every file on foreign drives: no pictures.
    return path.suffix.lower() in SUPPORTED_SUFFIXES and not path.name.startswith("._")


def is_restored(path: Path) -> bool:
    """Whether a file's name says that Likeness made it: no photograph to be restored again."""
    return _RESTORED.search(path.stem) is not None


@memory_errors()
def read(path: Path, data: bytes | None = None) -> Photo:
    """Read a photograph.

    Args:
        path: any name on any system; the content decides what it is, not the suffix.
        data: the whole file, where it was read before.

    Raises:
        PhotoError: with one of the codes ``photo-missing``, ``photo-is-folder``,
            ``photo-not-a-file``, ``photo-no-permission``, ``photo-unreadable``, ``photo-empty``,
            ``photo-raw``, ``photo-not-a-picture``, ``photo-damaged``, ``photo-too-large``,
            ``photo-unsupported``.
    """
    data = read_bytes(path) if data is None else data
    if path.suffix.lower() in _RAW_SUFFIXES:
        raise PhotoError(
            f"{shown(path)} is a raw file of a camera; export it as TIFF or JPEG and restore that.",
            code="photo-raw",
        )
    found = decode(data, shown(path))
    space = ColourSpace(found.metadata.icc, grey=found.samples.ndim == 2)
    pixels = space.to_working(found.samples)
    return Photo(
        pixels=pixels,
        source=found.samples,
        mode="mono" if found.samples.ndim == 2 else detect_mode(pixels),
        alpha=found.alpha,
        metadata=found.metadata,
        path=path,
        format=found.format,
        lossless=found.lossless,
        warnings=found.warnings,
    )


def output_path(photo: Photo, folder: Path | None = None) -> Path:
    """Where the restored photo goes by default: ``NAME_likeness.EXT``.

    The format stays where it can be written. HEIC and AVIF become ``.jpg`` (``.png`` with alpha),
    GIF becomes ``.png``.

    Args:
        photo: its `path` gives the name.
        folder: default is beside the source.

    Returns:
        A path that may be taken: `write` finds the next free name.
    """
    source = photo.path or Path("photo")
    suffix = source.suffix
    if FORMATS.get(suffix.lower()) != photo.format or not suffix:
        suffix = _suffix_for(photo)
    return (folder or source.parent) / f"{source.stem}_likeness{suffix}"


def write(photo: Photo, path: Path, *, quality: int = 95, note: str | None = None) -> Path:
    """Write a photograph as a new file; nothing existing is ever replaced.

    Unchanged pixels of lossless formats are the file's own, bit by bit.

    Args:
        photo: what to write.
        path: wanted name; its suffix (any case) chooses the format. The suffix of a format that
            can only be read, or none, becomes that of `output_path`.
        quality: of JPEG and lossy WebP, 1 .. 100.
        note: plain text about what was done, for the XMP of JPEG, PNG, TIFF and WebP.

    Returns:
        The path of the new file: `path`, or the next free ``NAME-2.EXT``.

    Raises:
        PhotoError: with one of the codes ``photo-unknown-suffix``, ``photo-too-large``,
            ``photo-not-encoded``, ``photo-disk-full``, ``photo-no-permission``,
            ``photo-no-folder``, ``photo-name-too-long``, ``photo-not-written``; nothing is left
            behind.
    """
    path, data = to_file(photo, path, quality=quality, note=note)
    return write_new(data, path, avoid=photo.path)


@memory_errors()
def to_file(
    photo: Photo, path: Path, *, quality: int = 95, note: str | None = None
) -> tuple[Path, bytes]:
    """The name and the verified content of the file that `write` would write; nothing is written.

    Raises:
        PhotoError: ``photo-unknown-suffix``, ``photo-too-large`` or ``photo-not-encoded``.
    """
    suffix = path.suffix.lower()
    if not suffix or suffix in _READ_ONLY_SUFFIXES:
        path = path.with_name(path.stem + _suffix_for(photo))
        suffix = path.suffix
    if suffix not in FORMATS:
        raise PhotoError(
            f"Likeness cannot write {suffix} files; choose .jpg, .png, .tif, .webp or .bmp.",
            code="photo-unknown-suffix",
        )
    return path, _encode(photo, path, FORMATS[suffix], quality, note)


def _suffix_for(photo: Photo) -> str:
    if photo.format in _STANDARD_SUFFIX:
        return _STANDARD_SUFFIX[photo.format]
    return ".png" if photo.lossless or photo.alpha is not None else ".jpg"


def _encode(photo: Photo, path: Path, format_name: str, quality: int, note: str | None) -> bytes:
    """The verified bytes of the output file."""
    alpha = photo.alpha
    samples, metadata = _in_profile(photo, format_name)
    if format_name not in DEEP_FORMATS:
        samples, alpha = to_8bit(samples), None if alpha is None else to_8bit(alpha)
    if alpha is not None and format_name not in ALPHA_FORMATS:
        samples, alpha = over_white(samples, alpha), None
    noted = with_note(metadata.xmp, note) if note else None
    if noted is not None and holds_xmp(format_name, noted):  # else the owner's captions go first
        metadata = replace(metadata, xmp=noted)
    lossless = photo.lossless
    try:
        data = encode(samples, alpha, metadata, format_name, quality=quality, lossless=lossless)
    except OSError as error:
        raise _not_encoded(path) from error
    except ValueError as error:
        raise PhotoError(
            f"A picture of {photo.width} x {photo.height} pixels does not fit into "
            f"{shown(path)}; choose .png or .tif.",
            code="photo-too-large",
        ) from error
    try:
        check(data, (photo.width, photo.height))
    except ValueError as error:
        raise _not_encoded(path) from error
    return data


def _in_profile(photo: Photo, format_name: str) -> tuple[Pixels, Metadata]:
    """The samples for a format, and the metadata with the profile that describes them."""
    metadata = photo.metadata
    if photo.icc is None:
        return photo.file_samples(), metadata
    if format_name not in PROFILE_FORMATS:
        samples, metadata = photo.pixels, replace(metadata, icc=None)
        if photo.source.ndim == 2:
            samples = ColourSpace(None, grey=True).from_working(samples)
        return samples, metadata
    deep, clear = photo.bit_depth == 16, photo.alpha is not None
    if photo.icc[16:20] == b"GRAY" and not keeps_grey(format_name, deep=deep, alpha=clear):
        # No reader makes anything of a grey profile in a file of colours.
        return photo.pixels, replace(metadata, icc=srgb_profile())
    return photo.file_samples(), metadata


def _not_encoded(path: Path) -> PhotoError:
    return PhotoError(
        f"The picture could not be made into {shown(path)}; choose another kind of file, "
        "such as .png or .tif.",
        code="photo-not-encoded",
    )
