"""``python -m engine.training.evaluate_evidence``: how well photograph and portrait tell a person.

Photographs of persons with two or more are damaged with the fixed strengths. Reported, as mean
cosines to the undamaged face: what the teaching recogniser finds in the recovered picture and in
another photograph of the person (`PORTRAIT` of `engine.methods.evidence`), beside what
`certainty` says of the recovered one; and by our own embedder the identity that CLR-Face aims at
without a portrait, with the right and with a wrong one. The persons are those of the validation,
or with ``--held-out`` the training persons that the embedder never saw.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.errors import LikenessError
from engine.faces.reference_check import Portrait
from engine.faces.reference_choice import choose
from engine.faces.sharpness import sharpness
from engine.methods.base import Reference
from engine.methods.evidence import identity_target
from engine.methods.expected_identity import Expected, ExpectedIdentity
from engine.training import measuring
from engine.training.degradation import PRESETS, STRENGTHS, degrade
from engine.training.embedder_faces import teacher_embeddings, with_persons
from engine.training.reference_checks import trials
from engine.training.verification import crop112

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from engine.restorer import Restorer
    from engine.training.faces import Faces
    from engine.training.reference_checks import Trial

    Picture = NDArray[np.uint8]
    Vector = NDArray[np.float32]


@dataclass(frozen=True)
class Told:
    """Mean cosines to the undamaged face at one strength.

    Attributes:
        photograph: of the recovered picture, by the teacher.
        portrait: of the right portrait, by the teacher.
        said: `certainty`, which stands for `photograph`.
        none, right, wrong: of the identity aimed at, by our own embedder.
    """

    photograph: float
    portrait: float
    said: float
    none: float
    right: float
    wrong: float


def aimed_at(told: Expected, sharp: float, portrait: Reference | None) -> Vector:
    """(256,): the identity that CLR-Face aims at, with the reference check before it."""
    used = choose(Portrait(told.vector, sharp), [portrait] if portrait else []).used
    return identity_target(told.vector, told.sure, used)


def evaluate(restorer: Restorer, faces: Faces, some: Sequence[Trial], strength: str) -> Told:
    """Measures the trials at one strength."""
    embed = restorer.embedder.embed
    expected = ExpectedIdentity(restorer.store, restorer.backend)
    rows, crops = [], []
    for trial in some:
        truth, worn = degrade(
            faces.at(trial.target, 512),
            PRESETS[strength],
            np.random.default_rng((11, trial.target)),
        )
        right, wrong = (faces.at(i, 512) for i in (trial.right, trial.wrong))
        told, sharp = expected.of(_float(worn)), sharpness(_float(worn))
        picture = np.asarray(told.recovered * 255 + 0.5, np.uint8)
        given = [Reference(_float(p), embed(p), sharpness(_float(p))) for p in (right, wrong)]
        own = embed(truth)
        aims = (aimed_at(told, sharp, p) for p in (None, *given))
        rows.append([told.sure, *(float(aim @ own) for aim in aims)])
        crops.append([crop112(p) for p in (picture, right, truth)])
    found, portraits, truths = (
        teacher_embeddings(np.stack(kind)) for kind in zip(*crops, strict=True)
    )
    cosines = (float((v * truths).sum(1).mean()) for v in (found, portraits))
    return Told(*cosines, *np.mean(rows, axis=0).tolist())


def _float(picture: Picture) -> NDArray[np.float32]:
    return picture.astype(np.float32) / np.float32(255)


def table(rows: dict[str, Told]) -> str:
    """The figures as Markdown."""
    names = [field.name for field in fields(Told)]
    lines = [f"| strength | {' | '.join(names)} |", "| --- " * (len(names) + 1) + "|"]
    for strength, told in rows.items():
        lines.append(f"| {strength} | " + " | ".join(f"{v:.3f}" for v in astuple(told)) + " |")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """The command; exit code 1 when something is missing."""
    from engine.restorer import Restorer  # noqa: PLC0415  (opens the models)

    parser = argparse.ArgumentParser(
        prog="python -m engine.training.evaluate_evidence", description=__doc__
    )
    parser.add_argument("--held-out", action="store_true", help="training persons kept out")
    parser.add_argument("--limit", type=int, default=0, help="number of faces; 0 takes all")
    parser.add_argument("--strengths", nargs="+", choices=STRENGTHS, default=STRENGTHS)
    parser.add_argument("--models", type=Path, help="folder of a release that is not bundled")
    options = parser.parse_args(arguments)
    try:
        restorer = Restorer("cpu", store=measuring.store(options.models))
        faces = with_persons(kept_out=options.held_out)
        every = trials(faces)
        some = [every[i] for i in measuring.spread_out(len(every), options.limit)]
        rows = {s: evaluate(restorer, faces, some, s) for s in options.strengths}
    except LikenessError as error:
        print(error.sentence, file=sys.stderr)
        return 1
    print(f"{len(some)} faces.\n\n{table(rows)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
