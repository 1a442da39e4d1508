"""The `Photo` contract that detector, restorer, album, command line and window share."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.photo_colour import ColourSpace, srgb_profile
from engine.photo_merge import merge, to_8bit
from engine.photo_metadata import Metadata
from engine.photo_tone import Mode, detect_mode

if TYPE_CHECKING:
    from pathlib import Path

#: (H, W, 3) or (H, W), at the depth of the file.
Pixels = NDArray[np.uint8] | NDArray[np.uint16]


@dataclass(frozen=True, eq=False)
class Photo:
    """A photograph: upright, in working sRGB, with all that came with its file.

    The arrays are read-only: make a changed copy and hand it to `with_pixels`.

    Attributes:
        pixels: (H, W, 3) RGB in working sRGB, uint8 or uint16.
        source: the file's own samples, upright: (H, W) or (H, W, 3), same dtype.
        mode: how it is toned; found on reading, the user may override it (`with_mode`).
        alpha: (H, W) of the same dtype, or None.
        metadata: EXIF, profile of `source`, XMP, caption, dpi.
        path: the file it was read from, or None.
        format: Pillow's name of the file's format; empty for a picture that has no file.
        lossless: whether the file's coding lost nothing.
        warnings: sentences for the user about what could not be kept.
        changed: (H, W) bool, where `pixels` no longer shows `source`; None for nowhere.
    """

    pixels: Pixels = field(repr=False)
    source: Pixels = field(repr=False)
    mode: Mode
    alpha: Pixels | None = field(default=None, repr=False)
    metadata: Metadata = field(default_factory=Metadata, repr=False)
    path: Path | None = None
    format: str = ""
    lossless: bool = True
    warnings: tuple[str, ...] = ()
    changed: NDArray[np.bool_] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        for layer in (self.pixels, self.source, self.alpha, self.changed):
            if layer is not None:
                layer.flags.writeable = False

    @classmethod
    def from_pixels(cls, pixels: Pixels, *, path: Path | None = None) -> Photo:
        """A photo that has no file: (H, W, 3) sRGB, uint8 or uint16; the array is copied."""
        own = pixels.copy()
        return cls(pixels=own, source=own, mode=detect_mode(own), path=path)

    @property
    def bit_depth(self) -> int:
        """8 or 16 bit per channel."""
        return 8 * self.pixels.itemsize

    @property
    def width(self) -> int:
        """Width of the upright picture in pixels."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Height of the upright picture in pixels."""
        return int(self.pixels.shape[0])

    @property
    def exif(self) -> bytes | None:
        """EXIF block for the upright picture, from its byte-order mark on."""
        return self.metadata.exif

    @property
    def icc(self) -> bytes | None:
        """Colour profile of the file, which the output gets too."""
        return self.metadata.icc

    @property
    def dpi(self) -> tuple[float, float] | None:
        """Dots per inch, horizontally and vertically."""
        return self.metadata.dpi

    @property
    def preview8(self) -> NDArray[np.uint8]:
        """(H, W, 3) uint8 for detection and for the screen."""
        return to_8bit(self.pixels)

    def with_pixels(self, pixels: Pixels, changed: NDArray[np.bool_] | None = None) -> Photo:
        """The same photo showing other pixels.

        Args:
            pixels: (H, W, 3) of the same shape and dtype as `self.pixels`; copied.
            changed: (H, W) where they may differ: elsewhere the present pixels stay, whatever
                `pixels` holds. None: wherever they differ.

        Raises:
            ValueError: shape or dtype differ. Bit depth is carried, never guessed.
        """
        if pixels.shape != self.pixels.shape or pixels.dtype != self.pixels.dtype:
            raise ValueError(
                f"expected {self.pixels.shape} {self.pixels.dtype}, "
                f"got {pixels.shape} {pixels.dtype}"
            )
        if changed is None:
            changed = (pixels != self.pixels).any(axis=2)
            own = pixels.copy()
        elif changed.shape != pixels.shape[:2] or changed.dtype != np.bool_:
            raise ValueError(f"expected a mask {pixels.shape[:2]} of bool, got {changed.shape}")
        else:
            own = self.pixels.copy()
            cv2.copyTo(pixels, changed.view(np.uint8), own)
        if self.changed is not None:
            changed = changed | self.changed
        return replace(self, pixels=own, changed=changed.copy())

    def with_mode(self, mode: Mode) -> Photo:
        """The same photo with the user's word on how it is toned.

        A grey file that is called sepia or colour is written as sRGB colour from then on.
        """
        if self.source.ndim == 3 or mode == "mono":
            return replace(self, mode=mode)
        shown_source = self._space().to_working(self.source)
        icc = srgb_profile() if self.icc else None
        metadata = replace(self.metadata, icc=icc)
        return replace(self, mode=mode, source=shown_source, metadata=metadata)

    def file_samples(self) -> Pixels:
        """(H, W) or (H, W, 3) in the file's own colours: `source`, with the changes put in."""
        return merge(self.source, self.pixels, self.changed, self._space())

    def _space(self) -> ColourSpace:
        return ColourSpace(self.icc, grey=self.source.ndim == 2)
