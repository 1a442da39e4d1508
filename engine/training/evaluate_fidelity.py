"""``python -m engine.training.evaluate_fidelity METHOD``: what the fidelity slider does.

As it moves from 0 to 1, the identity cosine to the truth has to rise, and invented texture is
given up (LPIPS usually rises with it). Writes the curve as JSON, as Markdown, and as a figure for
the model card.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.errors import LikenessError
from engine.training import charts, material, measuring
from engine.training.degradation import STRENGTHS
from engine.training.faces import read_shards

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

    from engine.methods.base import Method
    from engine.training.faces import Faces

#: A step of the curve may fall by this much: the noise of a mean over some hundred faces.
SLACK = 0.002


@dataclass(frozen=True)
class FidelityCurve:
    """Figures by fidelity.

    Attributes:
        rows: strength -> fidelity -> measure -> mean.
        faces: how many.
    """

    rows: dict[str, dict[float, dict[str, float]]]
    faces: int

    def failures(self) -> list[str]:
        """Where the identity falls, or does not rise on the whole, in words."""
        missed = []
        for strength, points in self.rows.items():
            for (low, before), (high, after) in pairwise(sorted(points.items())):
                if after["check"] < before["check"] - SLACK:
                    missed.append(
                        f"{strength}: identity falls from {before['check']:.4f} to "
                        f"{after['check']:.4f} between fidelity {low:g} and {high:g}"
                    )
            ends = sorted(points)
            if len(ends) > 1 and points[ends[-1]]["check"] <= points[ends[0]]["check"]:
                missed.append(f"{strength}: full fidelity is not nearer to the person than none")
        return missed

    def table(self) -> str:
        """The figures as Markdown."""
        lines = [
            f"{self.faces} faces never trained on.",
            "",
            "| strength | fidelity | identity (own) | identity (check) | LPIPS |",
            "| --- | --- | --- | --- | --- |",
        ]
        for strength, points in self.rows.items():
            lines += [
                f"| {strength} | {f:g} | {v['own']:.4f} | {v['check']:.4f} | {v['lpips']:.4f} |"
                for f, v in sorted(points.items())
            ]
        return "\n".join(lines)

    def figure(self) -> Image.Image:
        """Identity and LPIPS against fidelity, a line a strength."""
        titles = {"check": "identity (check) by fidelity", "lpips": "LPIPS by fidelity"}
        return charts.sheet(
            [
                charts.chart(
                    title,
                    {
                        strength: [(f, v[measure]) for f, v in points.items()]
                        for strength, points in self.rows.items()
                    },
                )
                for measure, title in titles.items()
            ]
        )


def evaluate(
    method: Method,
    faces: Faces,
    chosen: Sequence[int],
    judge: measuring.Judge,
    *,
    steps: int = 5,
    strengths: Sequence[str] = STRENGTHS,
) -> FidelityCurve:
    """Measures a method at `steps` fidelities from 0 to 1.

    Raises:
        LikenessError: the method has no such slider, or there are no faces.
    """
    if not method.info.uses_fidelity:
        raise LikenessError("This method has no fidelity slider.", code="evaluate")
    values = [round(float(f), 4) for f in np.linspace(0, 1, steps)]
    candidates = {f"{f:g}": measuring.candidate(method, f) for f in values}
    rows = {}
    for strength in strengths:
        found = measuring.measure(candidates, faces, chosen, strength, judge)
        rows[strength] = {f: found[f"{f:g}"] for f in values}
    return FidelityCurve(rows, len(chosen))


def save(curve: FidelityCurve, folder: Path, name: str) -> None:
    """Writes ``NAME-fidelity`` as ``.json``, ``.md`` and ``.png`` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    document = {"rows": curve.rows, "faces": curve.faces}
    (folder / f"{name}-fidelity.json").write_text(json.dumps(document, indent=1), encoding="utf-8")
    (folder / f"{name}-fidelity.md").write_text(curve.table() + "\n", encoding="utf-8")
    curve.figure().save(folder / f"{name}-fidelity.png", "PNG", optimize=True)


def main(arguments: list[str] | None = None) -> int:
    """The command; exit code 1 when something is missing, 2 when the curve is not monotone."""
    from engine.restorer import Restorer  # noqa: PLC0415  (opens the models)

    parser = argparse.ArgumentParser(
        prog="python -m engine.training.evaluate_fidelity", description=__doc__
    )
    parser.add_argument("method")
    parser.add_argument("--limit", type=int, default=0, help="number of faces; 0 takes all")
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--strengths", nargs="+", choices=STRENGTHS, default=STRENGTHS)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--models", type=Path, help="folder of a release that is not bundled")
    parser.add_argument("--folder", type=Path, default=Path(".work/evaluation/fidelity"))
    options = parser.parse_args(arguments)
    try:
        restorer = Restorer(options.device, store=measuring.store(options.models))
        where = material.folder("faces")
        faces = read_shards(where, "val", keep=lambda row: row["size"] == "512")
        curve = evaluate(
            measuring.method(options.method, restorer.store, restorer.backend),
            faces,
            measuring.spread_out(len(faces), options.limit),
            measuring.Teachers(restorer.embedder),
            steps=options.steps,
            strengths=options.strengths,
        )
        save(curve, options.folder, options.method)
    except LikenessError as error:
        print(error.sentence, file=sys.stderr)
        return 1
    print(curve.table())
    missed = curve.failures()
    for sentence in missed:
        print(f"missed: {sentence}")
    return 2 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
