"""``python -m engine.training.evaluate_reference_check``: does the check tell right from wrong?

Photographs of persons with two or more are damaged with the fixed strengths and compared with
another photograph of the person and with one of somebody else, as before a run. Reported: how
many of each are refused and warned of, and how far they are trusted. The persons are those of
the validation, or with ``--held-out`` the training persons that the embedder never saw, on which
the limits are chosen (``--same``, ``--stranger``, ``--doubt``).
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.errors import LikenessError
from engine.faces.reference_check import EXPECTED, Limits, Portrait, Verdict, check
from engine.faces.sharpness import sharpness
from engine.methods.expected_identity import ExpectedIdentity
from engine.training import measuring
from engine.training.degradation import PRESETS, STRENGTHS, degrade
from engine.training.embedder_faces import with_persons
from engine.training.reference_checks import trials

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from engine.faces.reference_check import ReferenceCheck
    from engine.training.faces import Faces
    from engine.training.reference_checks import Trial

    Picture = NDArray[np.uint8]
    #: aligned face -> (256,) unit vector
    Embed = Callable[[Picture], NDArray[np.float32]]


@dataclass(frozen=True)
class Compared:
    """One damaged face with its portraits."""

    face: Portrait
    right: Portrait
    wrong: Portrait


@dataclass(frozen=True)
class Answers:
    """Shares and means for one kind of portrait at one strength.

    Attributes:
        refused: share, 0 .. 1.
        warned: share that is refused or warned of.
        trust: mean.
        similarity: mean cosine to the damaged face.
    """

    refused: float
    warned: float
    trust: float
    similarity: float


def compared(
    embed: Embed, expect: Embed, faces: Faces, some: Sequence[Trial], strength: str
) -> list[Compared]:
    """Damages the targets; everything that `evaluate` needs of them.

    Args:
        embed: of portraits.
        expect: of damaged faces, what is to be expected of the undamaged ones.
        faces: whose indices `some` gives.
        some: trials.
        strength: a preset of `engine.training.degradation`.
    """

    def portrait(picture: Picture, look: Embed = embed) -> Portrait:
        return Portrait(look(picture), sharpness(picture.astype(np.float32) / np.float32(255)))

    found = []
    for trial in some:
        worn = degrade(
            faces.at(trial.target, 512),
            PRESETS[strength],
            np.random.default_rng((11, trial.target)),
        )[1]
        others = (portrait(faces.at(i, 512)) for i in (trial.right, trial.wrong))
        found.append(Compared(portrait(worn, expect), *others))
    return found


def evaluate(pairs: Sequence[Compared], limits: Limits) -> dict[str, Answers]:
    """What the check says of ``right`` and ``wrong`` portraits."""
    right = [check(pair.face, pair.right, limits) for pair in pairs]
    wrong = [check(pair.face, pair.wrong, limits) for pair in pairs]
    return {"right": _summed(right), "wrong": _summed(wrong)}


def _summed(answers: Sequence[ReferenceCheck]) -> Answers:
    said = [a.verdict for a in answers]
    return Answers(
        float(np.mean([v is Verdict.REFUSE for v in said])),
        float(np.mean([v is not Verdict.ACCEPT for v in said])),
        float(np.mean([a.trust for a in answers])),
        float(np.mean([a.similarity for a in answers])),
    )


def table(rows: dict[str, dict[str, Answers]]) -> str:
    """The figures as Markdown."""
    lines = [
        "| strength | portrait | refused | refused or warned of | trust | cosine |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {strength} | {kind} | {a.refused:.1%} | {a.warned:.1%} | {a.trust:.2f} | "
        f"{a.similarity:.3f} |"
        for strength, kinds in rows.items()
        for kind, a in kinds.items()
    ]
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """The command; exit code 1 when something is missing."""
    from engine.restorer import Restorer  # noqa: PLC0415  (opens the models)

    parser = argparse.ArgumentParser(
        prog="python -m engine.training.evaluate_reference_check", description=__doc__
    )
    parser.add_argument("--held-out", action="store_true", help="training persons kept out")
    parser.add_argument("--plain", action="store_true",
        help="the damaged face's own vector, as where an album suggests portraits")  # fmt: skip
    parser.add_argument("--same", type=float)
    parser.add_argument("--stranger", type=float)
    parser.add_argument("--doubt", type=float)
    parser.add_argument("--strengths", nargs="+", choices=STRENGTHS, default=STRENGTHS)
    parser.add_argument("--models", type=Path, help="folder of a release that is not bundled")
    options = parser.parse_args(arguments)
    try:
        restorer = Restorer("cpu", store=measuring.store(options.models))
        faces = with_persons(kept_out=options.held_out)
        own = {k: getattr(options, k) for k in ("same", "stranger", "doubt")}
        changed = {k: v for k, v in own.items() if v is not None}
        limits = replace(Limits() if options.plain else EXPECTED, **changed)
        told = ExpectedIdentity(restorer.store, restorer.backend)
        embed = restorer.embedder.embed

        def expect(picture: Picture) -> NDArray[np.float32]:
            return told.of(picture.astype(np.float32) / np.float32(255)).vector

        look = embed if options.plain else expect
        some = trials(faces)
        rows = {
            s: evaluate(compared(embed, look, faces, some, s), limits) for s in options.strengths
        }
    except LikenessError as error:
        print(error.sentence, file=sys.stderr)
        return 1
    print(f"{len(some)} faces.\n\n{table(rows)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
