"""Training of the identity embedder: distilled from the teacher, with most inputs damaged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import torch
from torch import Tensor, nn

from engine.networks.embedder import Embedder, EmbedderConfig
from engine.training import material
from engine.training.degradation import Damage, Image, degrade, tone
from engine.training.embedder_faces import (
    CENTRE,
    MARGIN,
    SIDE,
    WIDE,
    Crops,
    lessons,
    teacher_embeddings,
    wide_crop,
)
from engine.training.faces import read_shards
from engine.training.stage import Batch, Stage, Tensors, to_tensor
from engine.training.verification import DAMAGES, auc, pairs, worn_crops

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    from engine.training.plan import Plan

#: Damage on the 140 px crop, which covers 479 px of the template: a factor of 1 here is already
#: 3.4 there, and the heaviest leaves 20 px of a face.
KINDS: dict[str, Damage] = {
    "light": Damage((0.3, 2.5), (1.0, 1.7), (0, 8), (60, 98), 0.4, 0.05, 0.2, 0.1, 0.4),
    "middle": Damage((0.3, 5.0), (1.0, 3.2), (0, 14), (35, 96), 0.4, 0.05, 0.2, 0.15, 0.4),
    "heavy": Damage((0.3, 6.0), (2.5, 7.0), (0, 16), (30, 92), 0.4, 0.02, 0.2, 0.05, 0.3),
}


class Training(Stage):
    """The student sees a jittered, flipped, usually damaged crop and answers for the clean face."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        torch.manual_seed(plan.seed)
        options: dict[str, Any] = {
            k: tuple(v) if isinstance(v, list) else v for k, v in plan.network.items()
        }
        self.networks = nn.ModuleDict({"main": Embedder(EmbedderConfig(**options))})
        self.lessons = lessons(int(plan.data["mixed"]))
        few = {"mlb": 0.5, "mls_nba": 0.6, "congress": 0.8, "voteview": 0.8}
        odds = np.array([few.get(source, 1.0) for source in self.lessons.sources])
        self.odds = odds / odds.sum()
        self.kinds = list(plan.data["mix"].items())
        self.people, self.checks, self.truth = _checks()

    def batch(self, number: int) -> Batch:
        """`crop` (N, 112, 112, 3) uint8 and `target` (N, 256) float32."""
        rng = self.generator(number)
        count, real = self.plan.batch, self.lessons.real
        mixed = round(count * float(self.plan.data["mixed_share"]))
        chosen = np.concatenate(
            [
                rng.choice(real, count - mixed, p=self.odds),
                rng.integers(real, len(self.lessons.crops), mixed),
            ]
        )
        names, shares = zip(*self.kinds, strict=True)
        kinds = rng.choice(len(names), count, p=np.array(shares) / sum(shares))
        crops = [
            seen(np.array(self.lessons.crops[i]), names[k], rng)
            for i, k in zip(chosen, kinds, strict=True)
        ]
        return {"crop": np.stack(crops), "target": self.lessons.targets[chosen]}

    def losses(self, batch: Tensors, seen: int) -> Tensors:
        """Distance to the teacher's vector, and between the two batches' similarity matrices."""
        del seen
        x = batch["crop"].permute(0, 3, 1, 2).float() / 127.5 - 1
        student, teacher = self.networks["main"](x), batch["target"]
        distance = 1 - (student * teacher).sum(1)
        difference = (student @ student.T - teacher @ teacher.T) ** 2
        count = len(student)
        relation = difference.sum() / (count * (count - 1))
        return {
            "cosine": self.plan.loss["cosine"] * distance.mean(),
            "relation": self.plan.loss["relation"] * relation,
        }

    def validate(self, networks: nn.ModuleDict) -> dict[str, float]:
        """Area under the curve on pairs of validation persons, and agreement with the teacher."""
        figures: dict[str, float] = {}
        for name, crops in self.checks.items():
            vectors = self._embed(networks, crops)
            figures[f"auc-{name}"] = auc(*pairs(vectors, self.people))
            figures[f"agreement-{name}"] = float((vectors * self.truth).sum(1).mean())
        return figures

    def sheet(self, networks: nn.ModuleDict) -> NDArray[np.uint8]:
        """What the student sees: a row of samples for each kind of damage."""
        del networks
        rows = []
        for name, _ in self.kinds:
            rng = np.random.default_rng(5)
            chosen = rng.integers(0, len(self.lessons.crops), 10)
            samples = [seen(np.array(self.lessons.crops[i]), name, rng) for i in chosen]
            rows.append(np.concatenate(samples, axis=1))
        return np.concatenate(rows, axis=0)

    def _embed(self, networks: nn.ModuleDict, crops: Crops) -> NDArray[np.float32]:
        vectors: Tensor = networks["main"](to_tensor(crops, self.device))
        return np.asarray(vectors.cpu().numpy(), np.float32)


def seen(wide: Crops, kind: str, rng: Generator) -> Crops:
    """One (140, 140, 3) crop as the student sees it: (112, 112, 3).

    Args:
        wide: a clean crop with its margin.
        kind: ``clean`` or a key of `KINDS`.
        rng: the only source of randomness.
    """
    if rng.random() < 0.5:
        wide = np.ascontiguousarray(wide[:, ::-1])
    if kind != "clean":
        wide = degrade(wide, KINDS[kind], rng)[1]
    elif rng.random() < 0.3:
        wide = _toned(wide, rng)
    if rng.random() < 0.35:  # on the grid: not every training picture is softened by a warp
        down, right = (int(v) for v in rng.integers(-3, 4, 2) + MARGIN)
        return np.ascontiguousarray(wide[down : down + SIDE, right : right + SIDE])
    turn = cv2.getRotationMatrix2D(
        (WIDE / 2, WIDE / 2), float(rng.normal(0, 2.5)), float(np.exp(rng.normal(0, 0.035)))
    )
    turn[:, 2] += np.clip(rng.normal(0, 2.2, 2), -6, 6) - MARGIN
    warped = cv2.warpAffine(
        wide, turn, (SIDE, SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
    )
    return np.asarray(warped, np.uint8)


def _toned(crop: Crops, rng: Generator) -> Crops:
    image: Image = np.asarray(crop, np.float32) / np.float32(255)
    return np.asarray(tone(image, rng) * 255 + 0.5, np.uint8)


def _checks() -> tuple[list[str], dict[str, Crops], NDArray[np.float32]]:
    """People, crops by damage, and the teacher's vectors of the clean validation faces."""
    faces = read_shards(material.folder("faces"), "val", keep=lambda row: bool(row["identity"]))
    cut = material.teachers().arc112_from_ffhq512
    truth = teacher_embeddings(np.stack([cut(face) for face in faces]))
    checks = {"clean": np.stack([wide_crop(face)[CENTRE, CENTRE] for face in faces])}
    for name, damage in DAMAGES.items():
        checks[name] = worn_crops(faces, damage)
    return [record.identity for record in faces.records], checks, truth
