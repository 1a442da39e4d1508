"""Faces with references: real pairs, pseudo pairs, wrong persons, and none.

A reference that is a copy of its target teaches a network to copy pixels by position, and fails
on real portraits. So nearly half of the samples are two photographs of
one person; where one photograph must do for both, the reference is warped, relit, recoloured,
reframed and partly erased independently of the target. Wrong and missing references teach that
the identity comes from the damaged picture.

Everything is drawn from a `numpy.random.Generator`, so a seed reproduces a sample to the bit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.training.reference_views import STRONG, STUDIO, VIEW, view

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.random import Generator
    from numpy.typing import NDArray

    from engine.training.faces import Faces

#: Kinds of samples.
REAL, PSEUDO, WRONG, EMPTY = range(4)
GREY = 127
#: A wrong person comes from so many most similar ones.
LOOKALIKES = 12


@dataclass(frozen=True)
class Mix:
    """Shares of the kinds and of the numbers of references.

    Attributes:
        real: two or more photographs of one person.
        wrong: portraits of somebody else.
        empty: no reference.
        counts: odds of one, two, three and four references.
        hard: share of the wrong persons that are chosen for their likeness.

    What is left of the kinds are pseudo pairs.
    """

    real: float = 0.45
    wrong: float = 0.10
    empty: float = 0.10
    counts: tuple[float, ...] = (0.7, 0.2, 0.05, 0.05)
    hard: float = 0.5


@dataclass(frozen=True)
class Sample:
    """One face with its references.

    Attributes:
        target: index of the face in its set.
        kind: `REAL`, `PSEUDO`, `WRONG` or `EMPTY`.
        references: (R, 512, 512, 3) uint8, filled up with grey.
        mask: (R,) float32, 1 where there is a reference.
    """

    target: int
    kind: int
    references: NDArray[np.uint8]
    mask: NDArray[np.float32]


class Pairs:
    """Draws samples from a set of faces.

    Args:
        targets: indices of faces that may be a target.
        faces: the set; references of any size are enlarged to `side`.
        mix: shares.
        odds: of each target for pseudo, wrong and empty samples; even without.
        known: persons whose photographs may make real pairs; None for all.
        vectors: identity vector of some persons, by their code, for hard wrong references.
        side: of the references.
    """

    def __init__(
        self,
        faces: Faces,
        targets: Sequence[int] | NDArray[np.int64],
        mix: Mix | None = None,
        *,
        odds: NDArray[np.float64] | None = None,
        known: Collection[str] | None = None,
        vectors: Mapping[str, NDArray[np.float32]] | None = None,
        side: int = 512,
    ) -> None:
        self.faces, self.mix, self.side = faces, mix or Mix(), side
        self.targets = np.asarray(targets, np.int64)
        self.odds = None if odds is None else odds / odds.sum()
        allowed = set(self.targets.tolist())
        self.people = sorted(faces.persons)
        #: persons with a second photograph, one of them allowed as a target
        self.pairs = {
            name: [i for i in some if i in allowed]
            for name, some in faces.persons.items()
            if allowed.intersection(some) and (known is None or name in known)
        }
        self.names = sorted(self.pairs)
        self.alike = _lookalikes(vectors or {}, self.people)

    def draw(self, rng: Generator, places: int = 1) -> Sample:
        """One sample.

        Args:
            rng: the only source of randomness.
            places: for references (R); one up to so many are filled, none of an empty sample.
        """
        kind = self._kind(rng)
        target = self._target(kind, rng)
        own = self.faces.records[target].identity
        wanted = 1 + int(rng.integers(places))
        chosen = self._references(kind, target, own, wanted, rng)
        out = np.full((places, self.side, self.side, 3), GREY, np.uint8)
        mask = np.zeros(places, np.float32)
        for place, index in enumerate(chosen):
            source = self.faces.records[index]
            studio = kind == REAL and source.source in STUDIO
            strength = STRONG if kind == PSEUDO or studio else VIEW
            out[place] = view(self.faces.at(index, self.side), strength, rng)
            mask[place] = 1.0
        return Sample(target, kind, out, mask)

    def places(self, rng: Generator) -> int:
        """A number of places, 1 to 4; a batch has one number for all of its samples."""
        odds = np.array(self.mix.counts)
        return 1 + int(rng.choice(len(odds), p=odds / odds.sum()))

    def _kind(self, rng: Generator) -> int:
        share = rng.random()
        if share < self.mix.real and self.names:
            return REAL
        share -= self.mix.real
        if 0 <= share < self.mix.wrong and len(self.people) > 1:
            return WRONG
        share -= self.mix.wrong
        return EMPTY if 0 <= share < self.mix.empty else PSEUDO

    def _target(self, kind: int, rng: Generator) -> int:
        if kind == REAL:
            # By the square root of the number of pairs: a person of twenty photographs is not
            # seen a hundred times as often as one of two.
            sizes = np.array([len(self.faces.persons[n]) for n in self.names], np.float64)
            name = self.names[int(rng.choice(len(self.names), p=sizes / sizes.sum()))]
            some = self.pairs[name]
            return some[int(rng.integers(len(some)))]
        return int(self.targets[int(rng.choice(len(self.targets), p=self.odds))])

    def _references(
        self, kind: int, target: int, own: str, wanted: int, rng: Generator
    ) -> list[int]:
        if kind == PSEUDO:
            return [target] * wanted  # each under another view
        if kind == EMPTY:
            return []
        if kind == REAL:
            others = [i for i in self.faces.persons[own] if i != target]
        else:
            others = self.faces.persons[self._stranger(own, rng)]
        count = min(wanted, len(others))
        return [others[int(i)] for i in rng.choice(len(others), count, replace=False)]

    def _stranger(self, own: str, rng: Generator) -> str:
        if own in self.alike and rng.random() < self.mix.hard:
            some = self.alike[own]
        else:
            some = [name for name in self.people if name != own]
        return some[int(rng.integers(len(some)))]


def drawn_persons(faces: Faces, count: int, seed: int) -> set[str] | None:
    """So many persons drawn by the seed, a smaller set inside a larger one; None for all."""
    names = sorted(faces.persons)
    if not count:
        return None
    order = np.random.default_rng(seed).permutation(len(names))
    return {names[int(i)] for i in order[:count]}


def _lookalikes(
    vectors: Mapping[str, NDArray[np.float32]], people: Sequence[str]
) -> dict[str, list[str]]:
    """For each person the most similar others, by the cosine of their vectors."""
    names = [name for name in people if name in vectors]
    if len(names) < 2:
        return {}
    table = np.stack([vectors[name] for name in names]).astype(np.float32)
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    cosine = table @ table.T
    np.fill_diagonal(cosine, -np.inf)
    nearest = np.argsort(-cosine, axis=1, kind="stable")[:, : min(LOOKALIKES, len(names) - 1)]
    return {name: [names[int(j)] for j in row] for name, row in zip(names, nearest, strict=True)}
