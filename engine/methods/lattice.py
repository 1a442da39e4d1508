"""Takes out what repeats exactly every four pixels.

Networks that end in pixel shuffles make each pixel of a 4 x 4 block by kernels of its own, and what
these differ in shows as a lattice on skin when enlarged. Nothing of a face repeats like that over
tens of pixels. Not of any publication.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Picture = NDArray[np.float32]

#: Side of the block, in pixels.
PERIOD = 4
#: Deviation in blocks of the Gaussian that a lattice is looked for under.
AREA = 2.0
#: Deviation in pixels of what is too coarse to be part of one: a slope would look like steps.
COARSE = 1.5


def without_lattice(detail: Picture) -> Picture:
    """Detail without the pattern that its blocks have in common with their neighbours.

    Args:
        detail: (H, W, 3), sides multiples of 4; what a network adds to a face.

    Returns:
        The same shape.
    """
    fine = detail - cv2.GaussianBlur(detail, (0, 0), COARSE)
    height, width = (n // PERIOD for n in detail.shape[:2])
    blocks = fine.reshape(height, PERIOD, width, PERIOD, 3).transpose(0, 2, 1, 3, 4)
    phases = np.ascontiguousarray(blocks).reshape(height, width, -1)
    shared = np.asarray(cv2.GaussianBlur(phases, (0, 0), AREA), np.float32)
    shared = shared.reshape(height, width, PERIOD, PERIOD, 3)
    shared -= shared.mean((2, 3), keepdims=True)
    pattern = shared.transpose(0, 2, 1, 3, 4).reshape(detail.shape)
    return np.asarray(detail - pattern, np.float32)
