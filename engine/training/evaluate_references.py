"""``python -m engine.training.evaluate_references METHOD``: does a reference portrait help?

Every validation person with two or more photographs: each photograph is damaged with the fixed
strengths and restored without a reference, with another photograph of the person, and with one
of somebody else. Reported: identity cosine to the truth by our embedder (``own``) and by the
validation recogniser (``check``), which no loss ever sees, the share of faces that a reference
brings nearer, and LPIPS (squeeze). Portraits go through the reference check first, as they do for
a user, unless ``--insist``: then the network stands alone.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from engine.errors import LikenessError
from engine.faces.reference_check import EXPECTED, Limits, Portrait
from engine.faces.reference_choice import choose
from engine.faces.sharpness import sharpness
from engine.methods.base import Reference
from engine.methods.expected_identity import ExpectedIdentity
from engine.training import material, measuring
from engine.training.degradation import PRESETS, STRENGTHS, degrade
from engine.training.faces import Faces, read_shards
from engine.training.reference_checks import Trial, trials

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from engine.methods.base import Method
    from engine.training.measuring import Judge

    Picture = NDArray[np.uint8]
    #: (512, 512, 3) in [0, 1] -> (256,) unit vector
    Expect = Callable[[NDArray[np.float32]], NDArray[np.float32]]

CASES = ("none", "right", "wrong")
#: The goals: the least gain of a right reference by strength, the most a wrong costs.
GAIN = {"standard": 0.05, "severe": 0.25}
COST = 0.03


@dataclass(frozen=True)
class ReferenceEvaluation:
    """Figures and a contact sheet.

    Attributes:
        rows: strength -> case (``input``, ``none``, ``right``, ``wrong``) -> measure -> mean.
        nearer: strength -> share of faces that a right reference brings nearer (``check``).
        faces: number of trials.
        sheet: rows of input, none, right, wrong, right portrait, wrong portrait, truth.
    """

    rows: dict[str, dict[str, dict[str, float]]]
    nearer: dict[str, float]
    faces: int
    sheet: Picture

    def gain(self, strength: str, measure: str = "check") -> float:
        """What a right reference brings against none."""
        row = self.rows[strength]
        return row["right"][measure] - row["none"][measure]

    def cost(self, strength: str, measure: str = "check") -> float:
        """What a wrong reference takes against none."""
        row = self.rows[strength]
        return row["none"][measure] - row["wrong"][measure]

    def failures(self) -> list[str]:
        """Where the figures miss the goals, in words; empty when they reach them."""
        missed = []
        for strength in self.rows:
            goal = GAIN.get(strength)
            if goal is not None and self.gain(strength) < goal:
                missed.append(f"{strength}: the right reference gains {self.gain(strength):.3f}")
            if self.cost(strength) > COST:
                missed.append(f"{strength}: a wrong reference costs {self.cost(strength):.3f}")
            if self.gain(strength, "lpips") > 0:
                missed.append(f"{strength}: LPIPS is worse with the reference")
        return missed

    def table(self) -> str:
        """The figures as Markdown."""
        lines = [
            f"{self.faces} faces of persons never trained on.",
            "",
            "| strength | reference | identity (own) | identity (check) | LPIPS |",
            "| --- | --- | --- | --- | --- |",
        ]
        for strength, cases in self.rows.items():
            lines += [
                f"| {strength} | {case} | {v['own']:.4f} | {v['check']:.4f} | {v['lpips']:.4f} |"
                for case, v in cases.items()
            ]
        lines += [""]
        lines += [
            f"{strength}: right {self.gain(strength):+.4f}, wrong {-self.cost(strength):+.4f}, "
            f"nearer in {self.nearer[strength]:.0%} of the faces"
            for strength in self.rows
        ]
        return "\n".join(lines)


def evaluate(
    method: Method,
    faces: Faces,
    some: Sequence[Trial],
    judge: Judge,
    *,
    strengths: Sequence[str] = STRENGTHS,
    fidelity: float = 0.5,
    sheet_faces: int = 6,
    insist: bool = False,
    expect: Expect | None = None,
) -> ReferenceEvaluation:
    """Measures one method.

    Args:
        method: any method that uses references.
        faces: the validation faces.
        some: which face with which portraits.
        judge: measures pictures.
        strengths: presets of `engine.training.degradation`.
        fidelity: position of the slider.
        sheet_faces: rows of the contact sheet, for each strength.
        insist: every portrait is borrowed from, whatever the reference check says.
        expect: damaged crop -> the identity vector that the check compares portraits with, as in
            the program; None takes the damaged face's own.
    """
    if not method.info.uses_references or not some:
        raise LikenessError("There is nothing to measure: no portraits.", code="evaluate")
    rows: dict[str, dict[str, dict[str, float]]] = {}
    nearer: dict[str, float] = {}
    strips: list[Picture] = []
    shown = set(np.linspace(0, len(some) - 1, sheet_faces).astype(int).tolist())
    for strength in strengths:
        values: dict[str, list[list[float]]] = {case: [] for case in ("input", *CASES)}
        for number, trial in enumerate(some):
            truth, worn = degrade(
                faces.at(trial.target, 512),
                PRESETS[strength],
                np.random.default_rng((11, trial.target)),
            )
            portraits = {
                "none": None,
                "right": faces.at(trial.right, 512),
                "wrong": faces.at(trial.wrong, 512),
            }
            made = {"input": worn}
            made |= {
                k: _restore(method, worn, p, fidelity, judge, insist=insist, expect=expect)
                for k, p in portraits.items()
            }
            own, check = judge.own(truth), judge.check(truth)
            for case, picture in made.items():
                values[case].append(
                    [
                        float(judge.own(picture) @ own),
                        float(judge.check(picture) @ check),
                        judge.lpips(picture, truth),
                    ]
                )
            if number in shown:
                pictures = [*made.values(), portraits["right"], portraits["wrong"], truth]
                row = np.concatenate([p for p in pictures if p is not None], axis=1)
                strips.append(np.ascontiguousarray(row[::2, ::2]))
        rows[strength] = {
            case: dict(zip(measuring.MEASURES, np.mean(v, axis=0).tolist(), strict=True))
            for case, v in values.items()
        }
        right, none = (np.array(values[case])[:, 1] for case in ("right", "none"))
        nearer[strength] = float((right > none).mean())
    return ReferenceEvaluation(rows, nearer, len(some), np.concatenate(strips, axis=0))


def _restore(
    method: Method,
    worn: Picture,
    portrait: Picture | None,
    fidelity: float,
    judge: Judge,
    *,
    insist: bool,
    expect: Expect | None,
) -> Picture:
    given = []
    if portrait is not None:
        other = portrait.astype(np.float32) / np.float32(255)
        given = [Reference(other, judge.own(portrait), sharpness(other))]
    crop = worn.astype(np.float32) / np.float32(255)
    vector, limits = (judge.own(worn), Limits()) if expect is None else (expect(crop), EXPECTED)
    used = choose(Portrait(vector, sharpness(crop)), given, insist=insist, limits=limits).used
    restored = method.restore(crop, used, fidelity, 0, lambda _share: None)
    return np.asarray(restored * 255 + 0.5, np.uint8)


def save(evaluation: ReferenceEvaluation, folder: Path, name: str) -> None:
    """Writes ``NAME.json``, ``NAME.md`` and ``NAME.jpg`` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    document = {"rows": evaluation.rows, "nearer": evaluation.nearer, "faces": evaluation.faces}
    (folder / f"{name}.json").write_text(json.dumps(document, indent=1), encoding="utf-8")
    (folder / f"{name}.md").write_text(evaluation.table() + "\n", encoding="utf-8")
    ok, coded = cv2.imencode(".jpg", np.ascontiguousarray(evaluation.sheet[..., ::-1]))
    if not ok:
        raise LikenessError("The contact sheet cannot be encoded.", code="evaluate")
    (folder / f"{name}.jpg").write_bytes(coded.tobytes())


def main(arguments: list[str] | None = None) -> int:
    """The command; exit code 1 when something is missing, 2 when a goal is missed."""
    from engine.restorer import Restorer  # noqa: PLC0415  (opens the models)

    parser = argparse.ArgumentParser(
        prog="python -m engine.training.evaluate_references", description=__doc__
    )
    parser.add_argument("method")
    parser.add_argument("--each", type=int, default=0, help="faces a person; 0 takes all")
    parser.add_argument("--fidelity", type=float, default=0.5)
    parser.add_argument("--strengths", nargs="+", choices=STRENGTHS, default=STRENGTHS)
    parser.add_argument("--insist", action="store_true", help="without the reference check")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--models", type=Path, help="folder of a release that is not bundled")
    parser.add_argument("--folder", type=Path, default=Path(".work/evaluation/references"))
    options = parser.parse_args(arguments)
    try:
        restorer = Restorer(options.device, store=measuring.store(options.models))
        told = ExpectedIdentity(restorer.store, restorer.backend)
        faces = read_shards(material.folder("faces"), "val")
        result = evaluate(
            measuring.method(options.method, restorer.store, restorer.backend),
            faces,
            trials(faces, options.each),
            measuring.Teachers(restorer.embedder),
            strengths=options.strengths,
            fidelity=options.fidelity,
            insist=options.insist,
            expect=lambda crop: told.of(crop).vector,
        )
        save(result, options.folder, options.method)
    except LikenessError as error:
        print(error.sentence, file=sys.stderr)
        return 1
    print(result.table())
    missed = result.failures()
    for sentence in missed:
        print(f"missed: {sentence}")
    return 2 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
