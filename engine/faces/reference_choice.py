"""Which of the given portraits a face borrows from.

Portraits are given for a whole photograph, or for many: each face takes the one that suits it best
and the others of the same person, and none of somebody else's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.faces.identity import cosine
from engine.faces.reference_check import EXPECTED, Limits, Portrait, Verdict, rank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.methods.base import Reference


@dataclass(frozen=True)
class Choice:
    """What a face borrows.

    Attributes:
        used: the best portrait first, then the others of the same person; empty for none.
        compared: the portrait that the result is compared with; None without any.
        note: why a portrait was refused, or what there is to say against it; may be empty.
    """

    used: tuple[Reference, ...] = ()
    compared: Reference | None = None
    note: str = ""


def choose(
    face: Portrait,
    references: Sequence[Reference],
    *,
    insist: bool = False,
    limits: Limits = EXPECTED,
) -> Choice:
    """Portraits for one face.

    Each is trusted as far as the most similar of them allows: they show one person. Where the user
    insists, the check has nothing to say about that.

    Args:
        face: the damaged one, with the identity vector that `limits` are for.
        references: all that there are; may be empty.
        insist: take the best one even where it seems to show somebody else, or is too blurred.
        limits: of the check.
    """
    if not references:
        return Choice()
    portraits = [Portrait(r.embedding, r.sharpness, r.landmarks, r.name) for r in references]
    ranked = rank(face, portraits, limits)
    index, answer = ranked[0]
    best, said = references[index], " ".join(answer.sentences)
    if answer.verdict is Verdict.REFUSE and not insist:
        return Choice((), best, f"{said} The face was restored without it.")
    fit = [references[i] for i, other in ranked[1:] if other.verdict is not Verdict.REFUSE]
    used = (best, *of_one_person(best, fit))
    if insist:
        return Choice(used, best, said)
    alike = {id(references[i]): other.trust for i, other in ranked}
    trust = max(alike[id(r)] for r in used)
    return Choice(tuple(replace(r, trust=trust) for r in used), best, said)


def of_one_person(best: Reference, others: Sequence[Reference]) -> tuple[Reference, ...]:
    """Those of the others that show the same person as the best one."""
    limit = Limits().same
    return tuple(r for r in others if cosine(r.embedding, best.embedding) >= limit)
