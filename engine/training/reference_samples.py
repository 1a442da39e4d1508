"""Damaged faces with portraits: right, wrong and missing ones, one to four of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from engine.training.degradation import PRESETS, degrade
from engine.training.faces import sampling_odds
from engine.training.pairs import EMPTY, WRONG, Mix, Pairs, drawn_persons
from engine.training.reference_checks import person_vectors
from engine.training.reference_trust import sharpnesses

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    from engine.training.faces import Faces
    from engine.training.plan import Plan
    from engine.training.stage import Batch


class ReferenceSamples:
    """Draws batches of faces of 512 px sources or, now and then, of 256 px ones.

    Args:
        plan: reads its data table's ``pairs``, ``persons``, ``mix``, ``small`` and ``trusted``.
        faces: the training faces.
        side: of the pictures.
    """

    def __init__(self, plan: Plan, faces: Faces, side: int) -> None:
        data, table = plan.data, plan.data["pairs"]
        self.faces, self.side = faces, side
        self.small = float(data["small"])
        self.trusted = bool(data.get("trusted", False))
        self.damage = list(data["mix"].items())
        mix = Mix(**(table | {"counts": tuple(table.get("counts", Mix.counts))}))
        vectors = person_vectors(faces) if mix.hard and mix.wrong else {}
        odds = sampling_odds(faces)
        known = drawn_persons(faces, int(data.get("persons", 0)), plan.seed)
        self.sources = [
            Pairs(faces, some, mix, odds=odds[some], known=known, vectors=vectors, side=side)
            for some in (_of_size(faces, 512), _of_size(faces, 256))
        ]

    def batch(self, rng: Generator, count: int) -> Batch:
        """Faces with their references.

        `target` and `input` (N, S, S, 3) and `references` (N, R, S, S, 3) are uint8,
        `mask` (N, R), `right` and `fidelity` (N,) are float32; `small` tells of 256 px sources;
        where portraits are to be `trusted`, `sharpness` (N,) float32 of the damaged faces.
        """
        small = bool(rng.random() < self.small)
        source = self.sources[int(small)]
        places = source.places(rng)
        rows: dict[str, list[Any]] = {}
        for _ in range(count):
            sample = source.draw(rng, places)
            target, worn = self._damaged(self.faces.at(sample.target, self.side), rng)
            row: dict[str, Any] = {
                "target": target,
                "input": worn,
                "references": sample.references,
                "mask": sample.mask,
                "right": np.float32(sample.kind not in {WRONG, EMPTY}),
                # The middle, where both gains are whole, is what most users leave it at.
                "fidelity": np.float32(0.5 if rng.random() < 0.3 else rng.random()),
            }
            for key, value in row.items():
                rows.setdefault(key, []).append(value)
        made = {k: np.stack(v) for k, v in rows.items()} | {"small": np.array(int(small))}
        if self.trusted:
            made["sharpness"] = sharpnesses(made["input"])
        return made

    def _damaged(
        self, clean: NDArray[np.uint8], rng: Generator
    ) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        names, shares = zip(*self.damage, strict=True)
        preset = PRESETS[names[rng.choice(len(names), p=np.array(shares) / sum(shares))]]
        if rng.random() < 0.5:
            clean = np.ascontiguousarray(clean[:, ::-1])
        return degrade(clean, preset, rng)


def _of_size(faces: Faces, size: int) -> NDArray[np.int64]:
    return np.array([i for i, r in enumerate(faces.records) if r.size == size], np.int64)
