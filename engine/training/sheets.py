"""Contact sheets for the eye."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def annotated(
    picture: NDArray[np.uint8],
    rows: NDArray[np.float32],
    colour: tuple[int, int, int] = (0, 255, 0),
) -> NDArray[np.uint8]:
    """A copy of (H, W, 3) with boxes, points and scores of (M, 15) detector rows."""
    out: NDArray[Any] = picture.copy()
    for score, x, y, w, h, *points in rows:
        cv2.rectangle(out, (int(x), int(y)), (int(x + w), int(y + h)), colour, 1)
        for px, py in np.reshape(points, (5, 2)):
            cv2.circle(out, (round(px), round(py)), max(1, int(w / 40)), (255, 0, 0), -1)
        cv2.putText(
            out, f"{score:.2f}", (int(x), int(y) - 2), cv2.FONT_HERSHEY_SIMPLEX, 0.35, colour, 1
        )
    return np.asarray(out, np.uint8)


def grid(pictures: list[NDArray[np.uint8]], columns: int) -> NDArray[np.uint8]:
    """Pictures of one size in rows of `columns`; the last row is filled with black."""
    blank = np.zeros_like(pictures[0])
    rows = [pictures[i : i + columns] for i in range(0, len(pictures), columns)]
    full = [np.concatenate(r + [blank] * (columns - len(r)), axis=1) for r in rows]
    return np.concatenate(full, axis=0)
