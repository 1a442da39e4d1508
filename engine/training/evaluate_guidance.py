"""``python -m engine.training.evaluate_guidance``: what holds CLR-Face to the identity.

The same damaged faces and seeds several times: guided where the mask allows and held to the
recovered latent's coarse part (the method as it is), guided everywhere, without either of guidance
and hold, and without both. Goals, in the published sampler, which holds nothing: guidance lifts the
identity cosine to the truth, by the validation recogniser that guides nothing, by `GAIN` at severe
damage; the mask lowers LPIPS. What is held is nearly where guidance leads, and leaves it, and so
the mask, little to do.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import LikenessError
from engine.methods.clr_face import STRONGEST, ClrFaceMethod
from engine.training import material, measuring
from engine.training.degradation import STRENGTHS
from engine.training.faces import read_shards

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.methods.base import Method
    from engine.training.faces import Faces

CASES = ("guided", "no mask", "unguided", "not held", "not held, no mask", "neither")
#: Least gain of identity by guidance, at severe damage.
GAIN = 0.03


@dataclass(frozen=True)
class GuidanceEvaluation:
    """Figures.

    Attributes:
        rows: strength -> case -> measure -> mean.
        faces: how many.
    """

    rows: dict[str, dict[str, dict[str, float]]]
    faces: int

    def gain(self, strength: str) -> float:
        """What guidance brings in identity (check) where nothing is held, as published."""
        row = self.rows[strength]
        return row["not held"]["check"] - row["neither"]["check"]

    def more(self, strength: str) -> float:
        """What guidance brings in identity (check) on top of the hold."""
        row = self.rows[strength]
        return row["guided"]["check"] - row["unguided"]["check"]

    def both(self, strength: str) -> float:
        """What guidance and hold bring together in identity (check)."""
        row = self.rows[strength]
        return row["guided"]["check"] - row["neither"]["check"]

    def mask_gain(self, strength: str) -> float:
        """What the mask takes off LPIPS where nothing is held, as published."""
        row = self.rows[strength]
        return row["not held, no mask"]["lpips"] - row["not held"]["lpips"]

    def failures(self) -> list[str]:
        """Where the figures miss the goals, in words."""
        missed = []
        if "severe" in self.rows and self.gain("severe") < GAIN:
            missed.append(f"severe: guidance gains {self.gain('severe'):.3f} in identity")
        missed += [
            f"{strength}: the mask does not lower LPIPS"
            for strength in self.rows
            if self.mask_gain(strength) <= 0
        ]
        return missed

    def table(self) -> str:
        """The figures as Markdown."""
        lines = [
            f"{self.faces} faces never trained on.",
            "",
            "| strength | sampling | identity (own) | identity (check) | LPIPS |",
            "| --- | --- | --- | --- | --- |",
        ]
        for strength, cases in self.rows.items():
            lines += [
                f"| {strength} | {case} | {v['own']:.4f} | {v['check']:.4f} | {v['lpips']:.4f} |"
                for case, v in cases.items()
            ]
        lines += [""]
        lines += [
            f"{s}: identity by guidance alone {self.gain(s):+.4f}, on top of the hold "
            f"{self.more(s):+.4f}, by both {self.both(s):+.4f}; LPIPS by the mask "
            f"{-self.mask_gain(s):+.5f}"
            for s in self.rows
        ]
        return "\n".join(lines)


def evaluate(
    cases: Mapping[str, Method],
    faces: Faces,
    chosen: Sequence[int],
    judge: measuring.Judge,
    *,
    strengths: Sequence[str] = STRENGTHS,
    fidelity: float = 0.5,
) -> GuidanceEvaluation:
    """Measures the ways of sampling.

    Args:
        cases: by the names of `CASES`.
        faces: the validation faces.
        chosen: indices into them.
        judge: measures pictures.
        strengths: presets of `engine.training.degradation`.
        fidelity: position of the slider, which sets the guidance scale.
    """
    candidates = {case: measuring.candidate(cases[case], fidelity) for case in CASES}
    rows = {s: measuring.measure(candidates, faces, chosen, s, judge) for s in strengths}
    return GuidanceEvaluation(rows, len(chosen))


def save(evaluation: GuidanceEvaluation, folder: Path) -> None:
    """Writes ``guidance.json`` and ``guidance.md`` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    document = {"rows": evaluation.rows, "faces": evaluation.faces}
    (folder / "guidance.json").write_text(json.dumps(document, indent=1), encoding="utf-8")
    (folder / "guidance.md").write_text(evaluation.table() + "\n", encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """The command; exit code 1 when something is missing, 2 when a goal is missed."""
    from engine.restorer import Restorer  # noqa: PLC0415  (opens the models)

    parser = argparse.ArgumentParser(
        prog="python -m engine.training.evaluate_guidance", description=__doc__
    )
    parser.add_argument("--limit", type=int, default=0, help="number of faces; 0 takes all")
    parser.add_argument("--fidelity", type=float, default=0.5)
    parser.add_argument("--strongest", type=float, default=STRONGEST, help="scale at fidelity 1")
    parser.add_argument("--strengths", nargs="+", choices=STRENGTHS, default=STRENGTHS)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--models", type=Path, help="folder of a release that is not bundled")
    parser.add_argument("--folder", type=Path, default=Path(".work/evaluation/guidance"))
    options = parser.parse_args(arguments)
    try:
        restorer = Restorer(options.device, store=measuring.store(options.models))
        parts, free = (restorer.store, restorer.backend), measuring.FREE
        cases = {
            "guided": ClrFaceMethod(*parts, strongest=options.strongest),
            "no mask": ClrFaceMethod(*parts, strongest=options.strongest, masked=False),
            "unguided": ClrFaceMethod(*parts, strongest=0.0),
            "not held": ClrFaceMethod(*parts, free, options.strongest),
            "not held, no mask": ClrFaceMethod(*parts, free, options.strongest, masked=False),
            "neither": ClrFaceMethod(*parts, free, 0.0),
        }
        where = material.folder("faces")
        faces = read_shards(where, "val", keep=lambda row: row["size"] == "512")
        result = evaluate(
            cases,
            faces,
            measuring.spread_out(len(faces), options.limit),
            measuring.Teachers(restorer.embedder),
            strengths=options.strengths,
            fidelity=options.fidelity,
        )
        save(result, options.folder)
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
