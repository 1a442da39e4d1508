"""Whether a portrait can serve as a reference, before a run: same person, sharp, similar pose.

A portrait of somebody else would pull the face towards that person, so it is refused unless the
user insists. A damaged face tells less of its identity than a good one: the less sharp it is, the
less it takes to be believed, and a refusal needs a clear difference. Numbers are cosines of
`engine.faces.identity` vectors.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.faces.identity import cosine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


class Verdict(StrEnum):
    """What to do with a portrait."""

    ACCEPT = "accept"
    WARN = "warn"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Limits:
    """When a portrait is accepted, warned of, or refused.

    Chosen on training persons that the embedder never saw. Of 84 validation faces damaged at the
    three strengths (mild, standard, severe), these refuse 4, 4 and 5 % of the portraits of the same
    person, some in sunglasses, and 76, 63 and 58 % of those of somebody else; 5, 5 and 39 %
    of the right ones are at least warned of, and 98, 93 and 96 % of the wrong ones
    (``python -m engine.training.evaluate_reference_check --plain``).

    Attributes:
        same: cosine from which a sharp face and a portrait show one person.
        stranger: cosine below which they show two.
        doubt: how much both fall for a face without any sharpness.
        unsure: how much more it takes there to say nothing: strangers may be as near as that.
        blurred: sharpness below which a portrait is too soft to lend texture.
        soft: sharpness below which it lends little.
        turned: difference of yaw in degrees from which half of the face finds no counterpart.
        turned_away: difference from which hardly anything does.
        tilted: roll in degrees from which the alignment may be off.
    """

    same: float = 0.50
    stranger: float = 0.40
    doubt: float = 0.37
    unsure: float = 0.10
    blurred: float = 0.15
    soft: float = 0.40
    turned: float = 30.0
    turned_away: float = 60.0
    tilted: float = 40.0


#: Where the damaged face's vector is the one to be expected of the undamaged face
#: (`engine.methods.expected_identity`), which bad damage draws less far from the person. Chosen as
#: `Limits` are; of the same faces these refuse 4, 4 and 5 % of the right portraits and 86, 70 and
#: 61 % of the wrong ones; 5, 4 and 27 % of the right ones are at least warned of
#: (``python -m engine.training.evaluate_reference_check``).
EXPECTED = Limits(doubt=0.30)


@dataclass(frozen=True)
class Portrait:
    """What is known of a face, the damaged one or a candidate.

    Attributes:
        embedding: (256,) unit vector; of a damaged face its own or the one to be expected of the
            undamaged face, as the limits say.
        sharpness: 0 .. 1.
        landmarks: (5, 2), image-left first, in pixels of any picture; None when not known.
        name: file name, for messages.
    """

    embedding: NDArray[np.float32]
    sharpness: float
    landmarks: NDArray[np.float32] | None = None
    name: str = ""


@dataclass(frozen=True)
class ReferenceCheck:
    """The answer for one candidate.

    Attributes:
        verdict: the worst of its reasons.
        sentences: one for each reason; empty when it is accepted.
        similarity: cosine to the damaged face.
        score: 0 .. 1, for ranking; a refused candidate ranks after all others.
        trust: 0 .. 1, how sure it is that both are one person, see `trust`.
    """

    verdict: Verdict
    sentences: tuple[str, ...]
    similarity: float
    score: float
    trust: float = 1.0


def check(face: Portrait, candidate: Portrait, limits: Limits | None = None) -> ReferenceCheck:
    """Judges one candidate for one damaged face."""
    limits = limits or Limits()
    reasons: list[tuple[Verdict, str]] = []
    name = f"'{candidate.name}'" if candidate.name else "The portrait"
    similarity = cosine(face.embedding, candidate.embedding)
    unsharp = 1 - float(np.clip(face.sharpness, 0, 1))
    doubt = limits.doubt * unsharp
    if similarity < limits.stranger - doubt:
        reasons.append((Verdict.REFUSE, f"{name} seems to show another person."))
    elif similarity < limits.same - doubt + limits.unsure * unsharp:
        reasons.append((Verdict.WARN, f"It is not certain that {name} shows the same person."))
    if candidate.sharpness < limits.blurred:
        reasons.append((Verdict.REFUSE, f"{name} is too blurred to help; choose a sharper one."))
    elif candidate.sharpness < limits.soft:
        reasons.append((Verdict.WARN, f"{name} is a little soft and lends little detail."))
    apart = 0.0
    if candidate.landmarks is not None:
        if face.landmarks is not None:
            apart = abs(yaw(face.landmarks) - yaw(candidate.landmarks))
        reasons += _pose(apart, roll(candidate.landmarks), name, limits)
    verdict = max((v for v, _ in reasons), key=list(Verdict).index, default=Verdict.ACCEPT)
    score = float(usefulness(similarity, candidate.sharpness, apart, limits))
    if verdict is Verdict.REFUSE:
        score *= 0.25
    sure = trust(similarity, doubt, limits)
    return ReferenceCheck(verdict, tuple(s for _, s in reasons), similarity, score, sure)


def trust(similarity: float, doubt: float, limits: Limits) -> float:
    """0 where a refusal begins, half at `Limits.same`, 1 as far beyond.

    A hard limit would let every wrong portrait that passes it do its whole harm. Of the faces that
    `Limits` tells of, right portraits are trusted to .96, .96 and .88 on average (mild, standard,
    severe), wrong ones to .04, .14 and .20 (`EXPECTED`; by the damaged faces' own vectors .96, .96
    and .83, and .08, .19 and .18).

    Args:
        similarity: cosine to the damaged face.
        doubt: what the limits fall for its lack of sharpness.
        limits: of the check.
    """
    width = max(limits.same - limits.stranger, 1e-6)
    return float(np.clip((similarity - (limits.stranger - doubt)) / (2 * width), 0, 1))


def rank(
    face: Portrait, candidates: Sequence[Portrait], limits: Limits | None = None
) -> list[tuple[int, ReferenceCheck]]:
    """Candidates by usefulness: (index, answer), the best first, refused ones last."""
    answers = [check(face, candidate, limits) for candidate in candidates]
    order = sorted(
        range(len(answers)),
        key=lambda i: (answers[i].verdict is Verdict.REFUSE, -answers[i].score, i),
    )
    return [(i, answers[i]) for i in order]


def yaw(landmarks: NDArray[np.floating]) -> float:
    """How far a face is turned, in degrees: positive when the nose points to the image's right.

    The nose tip stands half an eye distance before the plane of eyes and mouth, so that in a
    turned face it leaves their middle line by half the tangent of the angle. Scale, place and
    roll do not matter; good to some ten degrees, which is what the check needs.
    """
    eyes, across, length = _axes(landmarks)
    middle = (eyes + np.asarray(landmarks[3:5], np.float64).mean(0)) / 2
    offset = float((np.asarray(landmarks[2], np.float64) - middle) @ across) / length
    return math.degrees(math.atan(2.0 * offset))


def roll(landmarks: NDArray[np.floating]) -> float:
    """How far the head is tilted, in degrees: 0 for level eyes, positive clockwise."""
    _, across, _ = _axes(landmarks)
    return math.degrees(math.atan2(across[1], across[0]))


def _axes(
    landmarks: NDArray[np.floating],
) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """Middle of the eyes, unit vector from eye to eye, and their distance."""
    left, right = np.asarray(landmarks[:2], np.float64)
    line = right - left
    length = max(float(np.hypot(line[0], line[1])), 1e-6)
    return (left + right) / 2, line / length, length


def _pose(apart: float, tilt: float, name: str, limits: Limits) -> list[tuple[Verdict, str]]:
    reasons = []
    if apart >= limits.turned_away:
        sentence = f"{name} shows the head from quite another side; choose a more similar pose."
        reasons.append((Verdict.REFUSE, sentence))
    elif apart >= limits.turned:
        reasons.append((Verdict.WARN, f"{name} shows the head turned otherwise and helps less."))
    if abs(tilt) >= limits.tilted:
        reasons.append((Verdict.WARN, f"{name} shows the head strongly tilted and helps less."))
    return reasons


def usefulness(similarity: Any, sharpness: Any, apart: Any, limits: Limits) -> Any:
    """0 .. 1 for numbers or arrays: likeness counts most, then sharpness, then pose.

    Args:
        similarity: cosine to the damaged face.
        sharpness: of the candidate, 0 .. 1.
        apart: difference of yaw in degrees.
        limits: what the numbers are measured against.
    """
    like = np.clip(similarity / max(limits.same * 1.5, 1e-6), 0, 1)
    pose = np.clip(1 - apart / max(limits.turned_away, 1e-6), 0, 1)
    return 0.55 * like + 0.3 * np.clip(sharpness, 0, 1) + 0.15 * pose
