"""Validation persons with a right and a wrong portrait; identity vectors of training persons."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.training.degradation import PRESETS, degrade
from engine.training.embedder_faces import teacher_embeddings
from engine.training.verification import crop112

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from engine.training.faces import Faces

#: Where computed vectors lie: an ignored folder of the checkout.
CACHE = Path(".work/cache/ented")
#: Where a reference matters; at mild damage the picture itself tells.
REFERENCE_STRENGTHS = ("standard", "severe")


@dataclass(frozen=True)
class Trial:
    """A validation face with two portraits.

    Attributes:
        target: index of the face.
        right: another photograph of the person.
        wrong: a photograph of somebody else, from the same collection where there is one.
    """

    target: int
    right: int
    wrong: int


@dataclass(frozen=True)
class Check:
    """Trials as pictures, (N, S, S, 3) uint8 each."""

    targets: NDArray[np.uint8]
    inputs: NDArray[np.uint8]
    right: NDArray[np.uint8]
    wrong: NDArray[np.uint8]

    def references(self) -> dict[str, NDArray[np.uint8] | None]:
        """The three runs: ``none``, ``right``, ``wrong``."""
        return {"none": None, "right": self.right, "wrong": self.wrong}

    def first(self, count: int) -> Check:
        """Some trials, evenly spread."""
        chosen = np.unique(np.linspace(0, len(self.targets) - 1, count).astype(int))
        return Check(*(p[chosen] for p in (self.targets, self.inputs, self.right, self.wrong)))


def trials(faces: Faces, each: int = 0) -> list[Trial]:
    """Trials of all persons with two or more photographs.

    Args:
        faces: the set; only faces of 512 px are targets.
        each: at most so many targets a person; 0 takes all.
    """
    found = []
    for name in sorted(faces.persons):
        own = faces.persons[name]
        targets = [i for i in own if faces.records[i].size == 512]
        if each and len(targets) > each:
            targets = [targets[int(k)] for k in np.linspace(0, len(targets) - 1, each)]
        for place, target in enumerate(targets):
            others = [i for i in own if i != target]
            right = max(others, key=lambda i: (faces.records[i].size, (i - target) % len(faces)))
            strangers = _strangers(faces, name, faces.records[target].source)
            wrong = strangers[(7 * target + place) % len(strangers)]
            found.append(Trial(target, right, wrong))
    return found


def _strangers(faces: Faces, name: str, source: str) -> list[int]:
    """Photographs of other known persons, of the same collection if it has any."""
    others = [i for other, some in sorted(faces.persons.items()) if other != name for i in some]
    return [i for i in others if faces.records[i].source == source] or others


def checks(faces: Faces, count: int, side: int = 512) -> dict[str, Check]:
    """A fixed small set by strength; `engine.training.evaluate_references` takes all."""
    some = trials(faces, each=2)
    some = [some[int(i)] for i in np.linspace(0, len(some) - 1, min(count, len(some)))]
    found = {}
    for strength in REFERENCE_STRENGTHS:
        pairs = [
            degrade(faces.at(t.target, side), PRESETS[strength], np.random.default_rng((7, k)))
            for k, t in enumerate(some)
        ]
        targets, inputs = (np.stack(p) for p in zip(*pairs, strict=True))
        right = np.stack([faces.at(t.right, side) for t in some])
        wrong = np.stack([faces.at(t.wrong, side) for t in some])
        found[strength] = Check(targets, inputs, right, wrong)
    return found


def person_vectors(faces: Faces, folder: Path = CACHE) -> dict[str, NDArray[np.float32]]:
    """Mean identity vector (256,) of every person with several photographs, by the teacher.

    Computed once (about a minute), then read from the cache.
    """
    members = [(name, i) for name in sorted(faces.persons) for i in faces.persons[name]]
    path = folder / f"persons-{len(faces.persons)}-{len(members)}.npz"
    if path.exists():
        with np.load(path) as stored:
            return {str(n): v for n, v in zip(stored["names"], stored["vectors"], strict=True)}
    vectors = np.concatenate(
        [
            teacher_embeddings(np.stack([crop112(faces.at(i, 512)) for _, i in some]))
            for some in _chunks(members, 32)
        ]
    )
    names = sorted(faces.persons)
    owner = np.array([name for name, _ in members])
    means = np.stack([vectors[owner == name].mean(0) for name in names]).astype(np.float32)
    folder.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".part.npz")
    np.savez(temporary, names=np.array(names), vectors=means)
    temporary.replace(path)
    return dict(zip(names, means, strict=True))


def _chunks(members: list[tuple[str, int]], size: int) -> Iterable[list[tuple[str, int]]]:
    return (members[i : i + size] for i in range(0, len(members), size))
