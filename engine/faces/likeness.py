"""How alike two faces are, in steps a person can use.

The limits come from the embedder's evaluation (``resources/models/embedder.md``, Thresholds): the
cosine that one pair of strangers in 100, in 1,000 and in 10,000 exceeds.
"""

from __future__ import annotations

import enum


class Likeness(enum.StrEnum):
    """What the cosine of two identity vectors says."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"


#: Cosine above which two photographs are said to show one person, the surest first.
LIMITS = ((0.62, Likeness.CERTAIN), (0.51, Likeness.PROBABLE), (0.31, Likeness.POSSIBLE))


def likeness(cosine: float) -> Likeness:
    """The step of a cosine in [-1, 1]; what is no number is unlikely."""
    for least, step in LIMITS:
        if cosine >= least:
            return step
    return Likeness.UNLIKELY
