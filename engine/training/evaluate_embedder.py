"""``python -m engine.training.evaluate_embedder``: how well the released embedder tells persons.

All pairs of photographs of the validation persons are compared, as they are and worn in fixed
ways (`engine.training.verification.DAMAGES`, both photographs of a pair alike). The teacher and
the validation recogniser stand beside it. Thresholds are chosen on training persons that were
kept out of the training itself, since the cosines of faces that were learnt by heart flatter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from engine.models.store import BUNDLED
from engine.networks.embedder import Embedder, EmbedderConfig
from engine.networks.weights import load_weights
from engine.training import material, plan
from engine.training.embedder_faces import held_out, teacher_embeddings
from engine.training.faces import read_shards
from engine.training.verification import (
    DAMAGES,
    auc,
    crop112,
    pairs,
    threshold_at,
    true_accepts,
    worn_crops,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from engine.training.faces import Faces

    Vectors = NDArray[np.float32]
    Recogniser = Callable[[NDArray[np.uint8]], Vectors]

#: Shares of different pairs above a threshold: "possibly the same person", "probably", and
#: "certainly", which also joins the faces of an album, where nearly all pairs are different ones.
POSSIBLE, PROBABLE, CERTAIN = 1e-2, 1e-3, 1e-4


@dataclass(frozen=True)
class Report:
    """What was measured.

    Attributes:
        rows: recogniser -> damage -> (AUC, TAR at FAR 1e-2, TAR at FAR 1e-3).
        agreement: damage -> mean cosine of our vector to the teacher's of the clean face.
        thresholds: share of different pairs -> cosine above which that share lies.
        precision: damage -> share of same pairs among all of val above the threshold `CERTAIN`.
        recall: damage -> share of val's same pairs that lie above it.
    """

    rows: dict[str, dict[str, tuple[float, float, float]]]
    agreement: dict[str, float]
    thresholds: dict[float, float]
    precision: dict[str, float]
    recall: dict[str, float]

    def table(self) -> str:
        """The figures as Markdown."""
        lines = [
            "| photographs | recogniser | AUC | TAR at FAR 1e-2 | TAR at FAR 1e-3 |",
            "| --- | --- | --- | --- | --- |",
        ]
        for name, damages in self.rows.items():
            lines += [
                f"| {damage} | {name} | {a:.4f} | {b:.3f} | {c:.3f} |"
                for damage, (a, b, c) in damages.items()
            ]
        lines.append("")
        lines += [
            f"{damage}: agreement with the teacher {cosine:.3f}; above 'certain', precision "
            f"{self.precision[damage]:.3f}, recall {self.recall[damage]:.3f}"
            for damage, cosine in self.agreement.items()
        ]
        lines.append("")
        lines += [
            f"cosine {cosine:.3f}: {share:g} of different pairs lie above"
            for share, cosine in self.thresholds.items()
        ]
        return "\n".join(lines)


def evaluate(models: Path = BUNDLED) -> Report:
    """Measures the released weights in a model folder.

    Raises:
        LikenessError: the training material or the weights are not here.
    """
    where = material.folder("faces")
    faces = read_shards(where, "val", keep=lambda row: bool(row["identity"]))
    people = [record.identity for record in faces.records]
    own = released(models)
    others: dict[str, Recogniser] = {"own": own, "teacher": teacher_embeddings, "check": _check}
    rows: dict[str, dict[str, tuple[float, float, float]]] = {name: {} for name in others}
    agreement, precision, recall = {}, {}, {}
    limits = thresholds(own)
    cut = material.teachers().arc112_from_ffhq512
    truth = teacher_embeddings(np.stack([cut(face) for face in faces]))
    for damage, crops in _views(faces).items():
        for name, recogniser in others.items():
            vectors = recogniser(crops)
            scores, same = pairs(vectors, people)
            low, high = (true_accepts(scores, same, rate) for rate in (POSSIBLE, PROBABLE))
            rows[name][damage] = (auc(scores, same), low, high)
            if name == "own":
                agreement[damage] = float((vectors * truth).sum(axis=1).mean())
                above = scores > limits[CERTAIN]
                precision[damage] = float(same[above].mean()) if above.any() else float("nan")
                recall[damage] = float(above[same].mean())
    return Report(rows, agreement, limits, precision, recall)


def thresholds(recogniser: Recogniser) -> dict[float, float]:
    """Cosines by false accept rate, on training persons that were kept out of the training."""
    faces = read_shards(
        material.folder("faces"), "train", keep=lambda row: held_out(row["identity"])
    )
    vectors = recogniser(np.stack([crop112(faces.at(i, 512)) for i in range(len(faces))]))
    scores, same = pairs(vectors, [record.identity for record in faces.records])
    rates = (POSSIBLE, PROBABLE, CERTAIN)
    return {rate: threshold_at(scores, same, rate) for rate in rates}


def released(models: Path) -> Recogniser:
    """The bundled embedder in PyTorch: (N, 112, 112, 3) uint8 -> (N, 256)."""
    options: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in _network().items()
    }
    network = Embedder(EmbedderConfig(**options, folded=True)).eval()
    load_weights(network, models / "embedder.safetensors")

    def embed(crops: NDArray[np.uint8]) -> Vectors:
        x = torch.from_numpy(np.ascontiguousarray(crops.transpose(0, 3, 1, 2))).float()
        with torch.no_grad():
            return np.asarray(network(x / 127.5 - 1).numpy(), np.float32)

    return embed


def _network() -> dict[str, Any]:
    return plan.read("embedder").network


def _views(faces: Faces) -> dict[str, NDArray[np.uint8]]:
    """Recognition crops by damage, the clean ones first."""
    views = {"clean": np.stack([crop112(faces.at(i, 512)) for i in range(len(faces))])}
    views.update({name: worn_crops(faces, damage) for name, damage in DAMAGES.items()})
    return views


def _check(crops: NDArray[np.uint8]) -> Vectors:
    """The validation recogniser, which has no part in any loss."""
    one = material.teachers().fr_c
    return np.stack([np.asarray(one(crop), np.float32) for crop in crops])


if __name__ == "__main__":
    print(evaluate().table())
