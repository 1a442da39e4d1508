"""The `Face` contract that detector, aligner, methods, blender and album share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: The FFHQ template at 512 px: eye, eye, nose, mouth corner, mouth corner, image-left first.
#: Source: CodeFormer's alignment (facexlib).
TEMPLATE_512 = np.array(
    [[192.98, 239.95], [318.90, 240.19], [256.63, 314.02], [201.26, 371.41], [313.09, 371.15]],
    dtype=np.float32,
)
CROP_SIZE = 512


@dataclass(frozen=True)
class Face:
    """One found face.

    Attributes:
        box: (4,) float32: x, y, width, height in pixels of the upright photograph.
        landmarks: (5, 2) float32 in pixels: eye, eye, nose, mouth corner, mouth corner,
            image-left first.
        score: detector confidence in [0, 1]; 1 for a face added by hand.
        sharpness: 0 (no detail) .. 1 (crisp) of the aligned crop; NaN when not measured.
        embedding: (256,) unit vector of the identity, or None when not computed.
    """

    box: NDArray[np.float32]
    landmarks: NDArray[np.float32]
    score: float
    sharpness: float = float("nan")
    embedding: NDArray[np.float32] | None = None

    @property
    def eye_distance(self) -> float:
        """Distance between the eyes in pixels of the photograph."""
        return float(np.hypot(*(self.landmarks[1] - self.landmarks[0])))

    @property
    def size(self) -> float:
        """The longer side of the box in pixels."""
        return float(max(self.box[2], self.box[3]))

    def with_embedding(self, embedding: NDArray[np.float32]) -> Face:
        """The same face carrying its identity embedding."""
        return replace(self, embedding=embedding)
