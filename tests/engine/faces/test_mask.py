from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from faces_material import shared_faces

from engine.faces.aligner import align
from engine.faces.face import TEMPLATE_512
from engine.faces.mask import BORDER, face_mask

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]


def turned(nose: float) -> Array:
    points = TEMPLATE_512.copy()
    points[2, 0] += nose
    return points


@pytest.mark.parametrize("nose", [-70, -30, 0, 30, 70])
def test_mask_ends_inside_the_crop_and_holds_the_features(nose: float) -> None:
    points = turned(nose)
    mask = face_mask(points)
    assert mask.shape == (512, 512)
    assert mask.dtype == np.float32
    border = np.ones_like(mask, dtype=bool)
    border[BORDER:-BORDER, BORDER:-BORDER] = False
    assert not mask[border].any()
    assert mask.max() == 1
    for x, y in points:
        assert mask[round(y), round(x)] > 0.95


def test_mask_is_a_smooth_egg_without_corners() -> None:
    mask = face_mask(TEMPLATE_512)
    slope = np.hypot(*np.gradient(mask))
    assert slope.max() < 1 / 25  # the feather is wider than 25 px of the crop everywhere
    rows, columns = np.nonzero(mask > 0.5)
    box = (np.ptp(rows) + 1) * (np.ptp(columns) + 1)
    assert 0.74 < rows.size / box < 0.86  # an ellipse fills 0.785 of its box, a square 1


def test_turned_head_moves_the_mask_to_the_near_cheek() -> None:
    def spread(mask: Array) -> tuple[int, int]:
        columns = np.flatnonzero(mask.max(axis=0) > 0.5)
        return columns[0], columns[-1]

    left, right = spread(face_mask(turned(0)))
    for nose in (40, -40):
        near, far = spread(face_mask(turned(nose)))
        # The nose points to the far cheek: less face there, more on the other side.
        assert np.sign(near - left) == np.sign(far - right) == -np.sign(nose)


@pytest.mark.shared
def test_no_square_on_any_shared_face() -> None:
    for _, photo, points in shared_faces():
        mask = face_mask(align(photo, points).landmarks)
        edge = np.concatenate([mask[:BORDER].ravel(), mask[-BORDER:].ravel()])
        sides = np.concatenate([mask[:, :BORDER].ravel(), mask[:, -BORDER:].ravel()])
        assert not edge.any()
        assert not sides.any()
        assert mask.max() == 1
