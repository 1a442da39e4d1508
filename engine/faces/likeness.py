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
LIMITS = ((0.52, Likeness.CERTAIN), (0.40, Likeness.PROBABLE), (0.28, Likeness.POSSIBLE))


def least_of(step: Likeness) -> float:
    """The cosine that a step begins at; `UNLIKELY` begins at -1."""
    return next((begin for begin, of in LIMITS if of is step), -1.0)


def likeness(cosine: float) -> Likeness:
    """The step of a cosine in [-1, 1]; what is no number is unlikely."""
    for begin, step in LIMITS:
        if cosine >= begin:
            return step
    return Likeness.UNLIKELY
