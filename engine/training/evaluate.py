"""``python -m engine.training evaluate``: how good the released weights are, beside the peers.

The validation faces (split `val`, 512 px, never trained on) are damaged with the fixed strengths
and a fixed seed per face; every method and peer gets the same pictures. Reported by strength:
PSNR, SSIM, LPIPS (squeeze), and the identity cosine to the truth by our own embedder (``own``)
and by the validation recogniser (``check``), which no loss ever sees.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from engine.errors import LikenessError
from engine.restorer import Restorer
from engine.training import goals, material, measuring
from engine.training.degradation import PRESETS, STRENGTHS, enlarge, shrink
from engine.training.faces import Faces, read_shards
from engine.training.metrics import psnr, ssim
from engine.training.peers import peers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]
    Candidate = Callable[[Picture], Picture]

MEASURES = ("psnr", "ssim", "lpips", "own", "check")


@dataclass(frozen=True)
class Evaluation:
    """Figures and a contact sheet.

    Attributes:
        rows: strength -> candidate -> measure -> mean.
        groups: strength -> candidate -> source of the face -> identity cosine (``check``).
        sheet: (H, W, 3) uint8.
    """

    rows: dict[str, dict[str, dict[str, float]]]
    groups: dict[str, dict[str, dict[str, float]]]
    sheet: Picture

    def missed(self, methods: Sequence[str]) -> list[str]:
        """Where the methods miss their goals, in words; see `engine.training.goals`."""
        return [sentence for key in methods for sentence in goals.missed(key, self.rows)]

    def table(self) -> str:
        """The figures as a Markdown table."""
        lines = [
            "| strength | method | PSNR | SSIM | LPIPS | identity (own) | identity (check) |",
            "| --- | --- | --- | --- | --- | --- | --- |",
        ]
        for strength, candidates in self.rows.items():
            lines += [
                f"| {strength} | {name} | {v['psnr']:.2f} | {v['ssim']:.4f} | {v['lpips']:.4f} "
                f"| {v['own']:.4f} | {v['check']:.4f} |"
                for name, v in candidates.items()
            ]
        return "\n".join(lines)


def validation_faces() -> Faces:
    """All validation faces at 512 px."""
    where = material.folder("faces")
    return read_shards(where, "val", keep=lambda row: row["size"] == "512")


def evaluate(
    methods: Sequence[str],
    *,
    with_peers: bool = True,
    limit: int = 0,
    strengths: Sequence[str] = STRENGTHS,
    sheet_faces: int = 6,
    models: Path | None = None,
    fidelity: float = 0.5,
) -> Evaluation:
    """Measures methods (by key, also those that the program does not offer yet) and peers.

    Args:
        methods: keys of methods; ``codeformer++/prior`` means a picture on the way, by its name in
            `Explains.explain`.
        with_peers: also run the peers; ``input`` always runs.
        limit: number of faces, evenly spread; 0 takes all.
        strengths: presets of `engine.training.degradation`.
        sheet_faces: faces on the contact sheet.
        models: folder of a release that is not bundled.
        fidelity: position of the slider; the default is the program's.
    """
    faces = validation_faces()
    chosen = measuring.spread_out(len(faces), limit)
    restorer = Restorer("cpu", store=measuring.store(models))
    candidates: dict[str, Candidate] = dict(peers(upscalers=with_peers))
    for key in methods:
        candidates[key] = _method(restorer, key, fidelity)
    load = material.teachers()
    rows: dict[str, dict[str, dict[str, float]]] = {}
    groups: dict[str, dict[str, dict[str, float]]] = {}
    strips: list[Picture] = []
    for strength in strengths:
        sums = {name: np.zeros(len(MEASURES)) for name in candidates}
        by_group: dict[str, dict[str, list[float]]] = {name: {} for name in candidates}
        columns: list[Picture] = []
        for count, index in enumerate(chosen):
            target, small = shrink(
                faces.at(index, 512), PRESETS[strength], np.random.default_rng((11, index))
            )
            own = restorer.embedder.embed(target)
            check = load.fr_c(load.arc112_from_ffhq512(target))
            outputs = []
            for name, candidate in candidates.items():
                output = candidate(small)
                values = np.array(
                    [
                        psnr(output, target),
                        ssim(output, target),
                        load.lpips(output, target),
                        float(restorer.embedder.embed(output) @ own),
                        float(load.fr_c(load.arc112_from_ffhq512(output)) @ check),
                    ]
                )
                sums[name] += values
                source = faces.records[index].source
                by_group[name].setdefault(source, []).append(float(values[4]))
                outputs.append(output)
            if count % max(1, len(chosen) // sheet_faces) == 0 and len(columns) < sheet_faces:
                columns.append(np.concatenate([*outputs, target], axis=1)[::2, ::2])
        rows[strength] = {
            name: dict(zip(MEASURES, (v / len(chosen)).tolist(), strict=True))
            for name, v in sums.items()
        }
        groups[strength] = {
            name: {k: float(np.mean(v)) for k, v in sources.items()}
            for name, sources in by_group.items()
        }
        strips += columns
    return Evaluation(rows, groups, np.concatenate(strips, axis=0))


def _method(restorer: Restorer, key: str, fidelity: float) -> Candidate:
    key, _, picture = key.partition("/")
    method = measuring.method(key, restorer.store, restorer.backend)
    restore = measuring.candidate(method, fidelity)
    if picture:
        restore = measuring.on_the_way(method, picture, fidelity)
    return lambda small: restore(enlarge(small, 512))


def save(evaluation: Evaluation, folder: Path) -> None:
    """Writes ``evaluation.json``, ``evaluation.md`` and ``evaluation.jpg`` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    document: dict[str, Any] = {"rows": evaluation.rows, "groups": evaluation.groups}
    (folder / "evaluation.json").write_text(json.dumps(document, indent=1), encoding="utf-8")
    (folder / "evaluation.md").write_text(evaluation.table() + "\n", encoding="utf-8")
    ok, coded = cv2.imencode(".jpg", np.ascontiguousarray(evaluation.sheet[..., ::-1]))
    if not ok:
        raise LikenessError("The contact sheet cannot be encoded.", code="evaluate")
    (folder / "evaluation.jpg").write_bytes(coded.tobytes())
