"""How surely photograph and portraits tell who it is, and what follows for a restoration.

The photograph and each portrait are independent witnesses of one person, and each counts by its
precision.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from engine.methods.base import Reference

#: Cosine of a sharp portrait to the same person on another photograph: the teacher's, on average
#: (``python -m engine.training.evaluate_evidence --held-out`` finds 0.736).
PORTRAIT = 0.73


def certainty(recovered: NDArray[np.float32], degraded: NDArray[np.float32]) -> float:
    """The cosine to the truth that is to be expected of what the photograph tells of the person.

    The more the damage hid, the further apart are the damaged picture and its recovery. Of 60
    training faces the teacher finds the recovered ones at 0.98, 0.78 and 0.38 from the truth at
    mild, standard and severe damage; this says 0.95, 0.78 and 0.42
    (``python -m engine.training.evaluate_evidence --held-out --limit 60``).

    Args:
        recovered: (256,) unit vector of the recovery network's picture.
        degraded: the same of the damaged picture.
    """
    hidden = math.sqrt(max(0.0, 1 - float(recovered @ degraded)))
    return min(max(1 - hidden, 0.05), 0.98)


def identity_target(
    expected: NDArray[np.float32], sure: float, references: Sequence[Reference]
) -> NDArray[np.float32]:
    """The identity that the guidance aims at, where portraits add to what the photograph tells.

    What is to be expected: with the probability `trust` the references show the person. Then they
    and the photograph are independent witnesses, each of whom counts by its precision,
    ``c / (1 - c^2)`` for one whose cosine to the truth is c; otherwise the photograph alone counts.

    Args:
        expected: (256,) unit vector, what the photograph tells.
        sure: its expected cosine to the truth, between 0 and 1.
        references: checked to show the same person.

    Returns:
        (256,) unit vector.
    """
    trust = _trust(references)
    if not trust:
        return expected
    pairs = zip(_precisions(references), references, strict=True)
    same = _unit(_precision(sure) * expected + sum(p * r.embedding for p, r in pairs))
    found = _unit(trust * same + (1 - trust) * expected)
    # Opposite vectors have no middle; then the photograph itself decides.
    return found if found.any() else expected


def portrait_share(sure: float, references: Sequence[Reference]) -> float:
    """How much of what is known of the face comes from the portraits, 0 .. 1.

    Args:
        sure: as for `identity_target`.
        references: as for `identity_target`.
    """
    told = sum(_precisions(references))
    return _trust(references) * told / (told + _precision(sure))


def _trust(references: Sequence[Reference]) -> float:
    return max((r.trust for r in references), default=0.0)


def _precisions(references: Sequence[Reference]) -> list[float]:
    """Of each portrait; less where it is soft, or less trusted than the best of them."""
    best = _trust(references) or 1.0
    return [r.trust / best * min(1.0, 2 * r.sharpness) * _precision(PORTRAIT) for r in references]


def _precision(cosine: float) -> float:
    return cosine / (1 - cosine**2)


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """A vector of length 1; of length 0 where there is no direction."""
    length = float(np.linalg.norm(vector))
    return np.asarray(vector / length if length > 1e-6 else 0 * vector, np.float32)
