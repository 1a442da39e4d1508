"""Before/after pictures: pairs of photographs side by side, with a zoom on the largest face.

``python -m engine.comparison OUTPUT BEFORE AFTER [BEFORE AFTER]...``; used by ``make demo`` and
for the README.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from engine import photo as photos
from engine.errors import LikenessError, UsageError
from engine.restorer import Restorer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_HEIGHT = 480
_GAP = 12


def comparison(pairs: Sequence[tuple[Path, Path]]) -> NDArray[np.uint8]:
    """One row a pair: the photograph before and after, and the face in it, enlarged.

    Args:
        pairs: files before and after; of the same size in pixels.

    Returns:
        (H, W, 3) uint8 RGB on white.

    Raises:
        UsageError: the two files of a pair differ in size.
    """
    restorer = Restorer("cpu")
    rows = []
    for before_path, after_path in pairs:
        before, after = (photos.read(p).preview8 for p in (before_path, after_path))
        if before.shape != after.shape:
            raise UsageError(f"'{before_path}' and '{after_path}' differ in size.")
        faces = restorer.find_faces(photos.read(before_path))
        window = _window(before.shape, faces[0].box if faces else None)
        tiles = [_scaled(p) for p in (before, after)]
        tiles += [_scaled(p[window]) for p in (before, after)]
        rows.append(_joined(tiles, axis=1))
    width = max(row.shape[1] for row in rows)
    return _joined([_widened(row, width) for row in rows], axis=0)


def _window(shape: tuple[int, ...], box: NDArray[np.float32] | None) -> tuple[slice, slice]:
    height, width = shape[:2]
    if box is None:
        return slice(0, height), slice(0, width)
    x, y, w, h = (float(v) for v in box)
    half = 0.8 * max(w, h)
    cx, cy = x + w / 2, y + h / 2
    return (
        slice(max(0, int(cy - half)), min(height, int(cy + half))),
        slice(max(0, int(cx - half)), min(width, int(cx + half))),
    )


def _scaled(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    height, width = picture.shape[:2]
    how = cv2.INTER_AREA if height > _HEIGHT else cv2.INTER_CUBIC
    size = (max(1, round(width * _HEIGHT / height)), _HEIGHT)
    return np.asarray(cv2.resize(picture, size, interpolation=how), np.uint8)


def _joined(tiles: Sequence[NDArray[np.uint8]], axis: int) -> NDArray[np.uint8]:
    parts: list[NDArray[np.uint8]] = []
    for tile in tiles:
        if parts:
            shape = list(tile.shape)
            shape[axis] = _GAP
            parts.append(np.full(shape, 255, np.uint8))
        parts.append(tile)
    return np.concatenate(parts, axis=axis)


def _widened(row: NDArray[np.uint8], width: int) -> NDArray[np.uint8]:
    blank = np.full((row.shape[0], width - row.shape[1], 3), 255, np.uint8)
    return np.concatenate([row, blank], axis=1)


def main(arguments: Sequence[str]) -> int:
    """Writes a comparison; returns the exit code."""
    if len(arguments) < 3 or len(arguments) % 2 == 0:
        sys.stderr.write("usage: python -m engine.comparison OUTPUT BEFORE AFTER ...\n")
        return 2
    output, *files = (Path(a) for a in arguments)
    try:
        picture = comparison(list(zip(files[::2], files[1::2], strict=True)))
        photos.write(photos.Photo.from_pixels(picture), output)
    except LikenessError as error:
        sys.stderr.write(f"{error.sentence}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
