"""From the colours of a file to working sRGB and back.

A `ColourSpace` is what a file's samples mean. `to_working` feeds detection and restoration;
`from_working` serves the restored pixels only: what nobody changed is never converted back (see
`engine.photo`), since no such round trip is exact.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageCms

from engine.photo_icc import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Samples = NDArray[Any]  # uint8 or uint16

_BAND = 1 << 22  # samples converted at a time: bounds the memory of a 100 megapixel scan
_INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
_FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION
_LUMA = np.array([0.299, 0.587, 0.114])  # Rec. 601, for a picture that must become grey


@lru_cache(maxsize=1)
def srgb_profile() -> bytes:
    """The sRGB profile to embed where a file's own cannot stay."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def convert_image(image: Image.Image, icc: bytes | None) -> Image.Image:
    """A Pillow image (any mode, 8 bit) through its profile to an sRGB image of mode RGB.

    Args:
        image: CMYK, LAB, RGB or L.
        icc: its profile; None for LAB, which needs none.

    Raises:
        ValueError: the profile is damaged or belongs to another kind of image.
    """
    try:
        source = ImageCms.ImageCmsProfile(
            ImageCms.createProfile("LAB") if icc is None else io.BytesIO(icc)
        )
        target = ImageCms.createProfile("sRGB")
        result = ImageCms.profileToProfile(
            image, source, target, _INTENT, outputMode="RGB", flags=_FLAGS
        )
    except (ImageCms.PyCMSError, OSError, TypeError) as error:
        raise ValueError(str(error)) from error
    assert result is not None
    return result


class ColourSpace:
    """The meaning of (..., ) grey or (..., 3) RGB samples, uint8 or uint16.

    Args:
        icc: the file's profile, or None for sRGB.
        grey: whether the samples have one channel.

    Raises:
        ValueError: the profile is damaged or cannot describe such samples.
    """

    def __init__(self, icc: bytes | None, *, grey: bool) -> None:
        self.icc = icc
        self.grey = grey
        self._curves = None
        self._there: ImageCms.ImageCmsTransform | None = None
        self._back: ImageCms.ImageCmsTransform | None = None
        self._mode = "RGB"
        if icc is not None and not _is_srgb(icc):
            # Scanner software puts RGB profiles into grey files: such samples count as R = G = B.
            self._mode = "L" if grey and icc[16:20] == b"GRAY" else "RGB"
            self._there, self._back = _transforms(icc, self._mode)
            self._curves = parse(icc)

    @property
    def is_working(self) -> bool:
        """Whether the samples are working sRGB (or its grey axis) already."""
        return self._there is None

    def to_working(self, samples: Samples) -> Samples:
        """(H, W) or (H, W, 3) samples of the file to (H, W, 3) working sRGB, same depth."""
        if self._mode == "RGB" and self.grey:
            samples = np.repeat(samples[..., None], 3, axis=2)
        if self._there is None:
            return samples
        channels = samples.reshape(-1, 1 if self._mode == "L" else 3)
        result = _in_bands(self._forward, channels, 3)
        return result.reshape(*samples.shape[:2], 3)

    def from_working(self, pixels: Samples) -> Samples:
        """(N, 3) working sRGB to (N,) or (N, 3) samples of the file, same depth."""
        samples = pixels
        if self._there is not None:
            samples = _in_bands(self._backward, pixels, 1 if self._mode == "L" else 3)
        if not self.grey:
            return samples
        if samples.shape[1] == 1:
            return samples[:, 0]
        # The weights of R = G = B add up to that very level: unchanged grey stays exact.
        grey: Samples = np.rint(samples @ _LUMA).astype(samples.dtype)
        return grey

    def _forward(self, samples: Samples) -> Samples:
        if samples.dtype == np.uint8:
            return _apply(self._there, samples, self._mode, "RGB")
        if self._curves is not None:
            return self._curves.decode(samples)
        return _fine(lambda low: _apply(self._there, low, self._mode, "RGB"), samples)

    def _backward(self, pixels: Samples) -> Samples:
        if pixels.dtype == np.uint8:
            return _apply(self._back, pixels, "RGB", self._mode)
        if self._curves is not None:
            return self._curves.encode(pixels)
        return _fine(lambda low: _apply(self._back, low, "RGB", self._mode), pixels)


@lru_cache(maxsize=8)
def _transforms(
    icc: bytes, mode: str
) -> tuple[ImageCms.ImageCmsTransform, ImageCms.ImageCmsTransform]:
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        srgb = ImageCms.createProfile("sRGB")
        there = ImageCms.buildTransform(profile, srgb, mode, "RGB", _INTENT, _FLAGS)
        back = ImageCms.buildTransform(srgb, profile, "RGB", mode, _INTENT, _FLAGS)
    except (ImageCms.PyCMSError, OSError, TypeError) as error:
        raise ValueError(str(error)) from error
    return there, back


@lru_cache(maxsize=8)
def _is_srgb(icc: bytes) -> bool:
    """Whether a profile is sRGB under any of its many names: by what it does to colours."""
    if icc[16:20] != b"RGB ":
        return False
    steps = np.linspace(0, 255, 9).round().astype(np.uint8)
    cube = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(-1, 3)
    there, _ = _transforms(icc, "RGB")
    moved = np.abs(_apply(there, cube, "RGB", "RGB").astype(int) - cube)
    return int(moved.max()) <= 1


def _apply(
    transform: ImageCms.ImageCmsTransform | None,
    samples: NDArray[np.uint8],
    mode_in: str,
    mode_out: str,
) -> NDArray[np.uint8]:
    """(N, C) uint8 through a transform, as an image one pixel high."""
    assert transform is not None
    row = samples[None, :, 0] if mode_in == "L" else samples[None]
    image = Image.fromarray(np.ascontiguousarray(row))
    result = ImageCms.applyTransform(image, transform)
    assert result is not None
    return np.asarray(result, dtype=np.uint8).reshape(len(samples), len(mode_out))


def _fine(
    convert: Callable[[NDArray[np.uint8]], NDArray[np.uint8]], samples: NDArray[np.uint16]
) -> NDArray[np.uint16]:
    """16 bit through an 8-bit table: the table moves the nearest level, the rest is carried."""
    low = ((samples.astype(np.uint32) + 128) // 257).astype(np.uint8)
    rest = samples.astype(np.int32) - low.astype(np.int32) * 257
    moved = convert(low).astype(np.int32) * 257
    if rest.shape[1] != moved.shape[1]:
        rest = rest.mean(axis=1, keepdims=True).round().astype(np.int32)
    return np.clip(moved + rest, 0, 65535).astype(np.uint16)


def _in_bands(
    convert: Callable[[Samples], Samples], samples: Samples, channels: int
) -> NDArray[np.uint8] | NDArray[np.uint16]:
    """Convert (N, C) samples to (N, channels) a bounded part at a time."""
    result = np.empty((len(samples), channels), dtype=samples.dtype)
    for start in range(0, len(samples), _BAND):
        result[start : start + _BAND] = convert(samples[start : start + _BAND])
    return result
