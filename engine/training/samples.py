"""Sampling of faces that the stages share.

Three kinds of batch: whole faces; whole faces from 256 px sources, compared at half the side; parts
of faces, of which one whole is worth a few.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from engine.training import material
from engine.training.degradation import PRESETS, STRENGTHS, degrade, tone
from engine.training.faces import read_shards, sampling_odds
from engine.training.reference_views import STRONG, STUDIO, VIEW, view

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.random import Generator
    from numpy.typing import NDArray

    from engine.training.faces import Faces

    Picture = NDArray[np.uint8]

WHOLE, SMALL, PART = 0, 1, 2


class Samples:
    """Training faces, drawn and damaged.

    Args:
        data: the plan's data table; reads ``small`` and ``parts``, shares of those batches, and
            ``part_factor``, how many parts a batch takes in place of one whole (2; with 1 a
            part counts as a sample, at a quarter of the cost).
        side: of a whole face.
    """

    def __init__(self, data: Mapping[str, Any], side: int) -> None:
        where = material.folder("faces")
        self.side = side
        self.shares = [1.0, float(data.get("small", 0.0)), float(data.get("parts", 0.0))]
        self.shares[0] -= sum(self.shares[1:])
        self.part_factor = int(data.get("part_factor", 2))
        self.large = read_shards(where, "train", keep=lambda row: row["size"] == "512")
        self.small = self.large
        if self.shares[SMALL]:
            self.small = read_shards(where, "train", keep=lambda row: row["size"] == "256")
        self._odds = sampling_odds(self.large), sampling_odds(self.small)
        self._person = list(self.large.persons.values())

    def kind(self, rng: Generator) -> int:
        """The kind of a batch."""
        return int(rng.choice(3, p=self.shares))

    def of(self, kind: int) -> tuple[Faces, NDArray[np.float64]]:
        """The faces that a kind of batch is made of, and their odds."""
        return (self.small, self._odds[1]) if kind == SMALL else (self.large, self._odds[0])

    def pairs(
        self, rng: Generator, count: int, mix: Mapping[str, float] | None, kind: int = WHOLE
    ) -> tuple[Picture, Picture]:
        """Targets and inputs, (N, S, S, 3) uint8 each; `part_factor` N of half the side for parts.

        Args:
            rng: the batch's source of randomness.
            count: whole faces.
            mix: presets of damage by share; None gives clean inputs with a print's tone.
            kind: see the head of this module.
        """
        faces, odds = self.of(kind)
        factor = self.part_factor if kind == PART else 1
        chosen = rng.choice(len(faces), count * factor, p=odds)
        made = [
            self.damage(faces.at(int(i), self.side), rng, mix, part=kind == PART) for i in chosen
        ]
        targets, inputs = (np.stack(p) for p in zip(*made, strict=True))
        return targets, inputs

    def damage(
        self,
        clean: Picture,
        rng: Generator,
        mix: Mapping[str, float] | None,
        *,
        part: bool = False,
    ) -> tuple[Picture, Picture]:
        """One target and its input from a clean face; mirrored by chance."""
        if rng.random() < 0.5:
            clean = np.ascontiguousarray(clean[:, ::-1])
        inner: tuple[slice, slice] = (slice(None), slice(None))
        if part:
            # Damaged with a margin, so that the part's border looks like any other place.
            margin = self.side // 16
            whole = self.side // 2 + 2 * margin
            top, left = rng.integers(0, self.side - whole + 1, 2)
            clean = np.ascontiguousarray(clean[top : top + whole, left : left + whole])
            inner = (slice(margin, whole - margin), slice(margin, whole - margin))
        if mix is None:
            if rng.random() < PRESETS["train"].tone:
                toned = tone(clean.astype(np.float32) / 255.0, rng)
                clean = np.asarray(np.clip(toned, 0, 1) * 255 + 0.5, np.uint8)
            return clean[inner], clean[inner]
        names, shares = zip(*mix.items(), strict=True)
        preset = PRESETS[names[rng.choice(len(names), p=np.array(shares) / sum(shares))]]
        target, worn = degrade(clean, preset, rng, unit=self.side / 512)
        return target[inner], worn[inner]

    def person(self, rng: Generator) -> tuple[Picture, Picture]:
        """Two pictures of one person; twice the same, mirrored, where no person has two."""
        first, second, _ = self._two(rng)
        return first, second

    def with_portrait(self, rng: Generator) -> tuple[Picture, Picture]:
        """A picture, and a view of another one of the same person as the portrait.

        Strongly changed where that is the same picture, or one of the same sitting: it would lend
        what no portrait of an album has.
        """
        first, second, alike = self._two(rng)
        return first, view(second, STRONG if alike else VIEW, rng)

    def _two(self, rng: Generator) -> tuple[Picture, Picture, bool]:
        if not self._person:
            face = self.large.at(int(rng.integers(len(self.large))), self.side)
            return face, np.ascontiguousarray(face[:, ::-1]), True
        of_one = self._person[int(rng.integers(len(self._person)))]
        a, b = (int(i) for i in rng.choice(of_one, 2, replace=False))
        alike = self.large.records[b].source in STUDIO
        return self.large.at(a, self.side), self.large.at(b, self.side), alike

    def anyone(self, rng: Generator) -> Picture:
        """A picture of whoever comes."""
        return self.large.at(int(rng.integers(len(self.large))), self.side)


def checks(
    side: int, count: int = 24, strengths: Sequence[str] = STRENGTHS
) -> dict[str, tuple[Picture, Picture]]:
    """A fixed small validation set by strength: targets and inputs (count, S, S, 3)."""
    faces: Faces = read_shards(
        material.folder("faces"), "val", keep=lambda row: row["size"] == "512"
    )
    chosen = np.linspace(0, len(faces) - 1, count).astype(int)
    found = {}
    for strength in strengths:
        rng = np.random.default_rng(7)
        pairs = [degrade(faces.at(int(i), side), PRESETS[strength], rng) for i in chosen]
        targets, inputs = (np.stack(p) for p in zip(*pairs, strict=True))
        found[strength] = (targets, inputs)
    return found
