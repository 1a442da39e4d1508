"""No blended face shows the edge of its mask, on any of the shared photographs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest
from faces_material import identity, shared_faces, sharpened, softened, tinged

from engine.faces.aligner import align
from engine.faces.blender import blend
from engine.faces.tone import luma, prepare_crop

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from engine.faces.tone import Mode

    Array = NDArray[Any]

#: Levels per pixel across the edge of a mask. Blends reach 0.7 (on a face 9 px between the eyes),
#: a soft box 16 levels lighter reaches 1.1 and more.
STEEPEST = 0.9


def slopes(light: Array) -> tuple[Array, Array]:
    """Of brightness, in levels per pixel."""
    return (
        cv2.Sobel(light, cv2.CV_32F, 1, 0, scale=1 / 8),
        cv2.Sobel(light, cv2.CV_32F, 0, 1, scale=1 / 8),
    )


def seam(old: Array, new: Array, mask: Array) -> float:
    """How steeply the change of a picture rises across the edge of its mask.

    The worst of twelve stretches of the edge, in levels per pixel: detail that was gained or lost
    goes up as often as down and cancels out, a box that is lighter or darker does not.
    """
    before, after = (luma(pixels.astype(np.float32)) for pixels in (old, new))
    (dx, dy), (mx, my) = slopes(after - before), slopes(mask)
    across = (dx * mx + dy * my) / (np.hypot(mx, my) + 1e-9)
    rows, columns = np.nonzero((mask > 0.02) & (mask < 0.98))
    angle = np.arctan2(rows - rows.mean(), columns - columns.mean())
    stretch = ((angle + np.pi) / (2 * np.pi) * 12).astype(int) % 12
    rises = [across[rows[stretch == k], columns[stretch == k]] for k in range(12)]
    return max(abs(float(rise.mean())) for rise in rises if rise.size > 4)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("change", "grain"), [(identity, 0.0), (sharpened, 0.5), (softened, 1.0), (tinged, 0.5)]
)
def test_no_seam_on_any_shared_face(change: Callable[[Array], Array], grain: float) -> None:
    faces = shared_faces()
    assert len(faces) > 90
    for folder, photo, points in faces:
        spread = photo.max(axis=2).astype(int) - photo.min(axis=2)
        mode: Mode = "mono" if not spread.any() else "sepia" if folder == "old" else "colour"
        aligned = align(photo, points)
        restored = change(prepare_crop(aligned.crop, mode))
        patch = blend(photo, aligned, restored, mode=mode, grain=grain)
        own = photo[patch.box]
        assert seam(own, patch.pixels, patch.mask) < STEEPEST, folder
        # The edge holds no more contours than before.
        ring = (patch.mask >= 0.02) & (patch.mask <= 0.2)
        old, new = (
            np.percentile(np.hypot(*slopes(luma(x.astype(np.float32))))[ring], 95)
            for x in (own, patch.pixels)
        )
        assert new <= 1.1 * max(old, 1.0), folder
        # The face as a whole is as light as it was.
        core = patch.mask > 0.5
        tone = (luma(x.astype(np.float32))[core].mean() for x in (own, patch.pixels))
        assert abs(np.subtract(*tone)) < 4, folder
        if change is identity and mode != "sepia":
            assert np.abs(patch.pixels.astype(int) - own).mean() < 1, folder


@pytest.mark.shared
def test_the_seam_measure_sees_a_box() -> None:
    # What the test above must catch: a rectangle 16 levels lighter, with its edge softened.
    for folder, photo, points in shared_faces():
        size = align(photo, points).native_size
        x0, y0 = np.maximum(points.min(axis=0) - size, 0).astype(int)
        x1, y1 = (points.max(axis=0) + size).astype(int)
        own = photo[y0:y1, x0:x1]
        edge = max(round(size / 4), 2)
        box = np.zeros(own.shape[:2], np.float32)
        box[edge:-edge, edge:-edge] = 1
        box = cv2.GaussianBlur(box, (0, 0), max(1.0, size / 60))
        assert seam(own, own + 16 * box[..., None], box) > STEEPEST, folder
