"""Measuring candidates on damaged validation faces: what the evaluation commands share."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

import numpy as np

from engine import methods
from engine.errors import LikenessError, UsageError
from engine.methods.base import Explains
from engine.methods.clr_face import DEFAULT, ClrFaceMethod
from engine.methods.clr_face_fast import ClrFaceFastMethod
from engine.methods.codeformer_pp import CodeFormerPlusPlusMethod
from engine.methods.ented import EntedMethod
from engine.models.store import BUNDLED, ModelStore
from engine.training import material
from engine.training.ablations import without
from engine.training.degradation import PRESETS, degrade

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from engine.backends.base import Backend
    from engine.faces.identity import Embedder
    from engine.methods.base import Method
    from engine.training.faces import Faces

    Picture = NDArray[np.uint8]
    #: (512, 512, 3) uint8 damaged face -> the same restored
    Candidate = Callable[[Picture], Picture]

MEASURES = ("own", "check", "lpips")

#: CLR-Face as published, which holds no part of the latent.
FREE = replace(DEFAULT, held=0.0)
#: Methods by key, whether the program offers them yet or not; CLR-Face without what it is held by
#: (not guided, not held, neither); the others without one of their parts.
KNOWN: dict[str, Callable[[ModelStore, Backend], Method]] = {
    "clr-face": ClrFaceMethod,
    "clr-face-unguided": partial(ClrFaceMethod, strongest=0.0),
    "clr-face-free": partial(ClrFaceMethod, base=FREE),
    "clr-face-free-unguided": partial(ClrFaceMethod, base=FREE, strongest=0.0),
    "clr-face-fast": ClrFaceFastMethod,
    "codeformer++": CodeFormerPlusPlusMethod,
    "codeformer++-unregistered": without(CodeFormerPlusPlusMethod, "codeformer-pp", "registered"),
    "ented": EntedMethod,
    "ented-no-dictionary": without(EntedMethod, "ented", "dictionary"),
    "ented-no-refinement": without(EntedMethod, "ented", "refinement"),
    "ented-no-residual": without(EntedMethod, "ented", "residual"),
}


class Judge(Protocol):
    """What measures a restored picture; pictures are (512, 512, 3) uint8."""

    def own(self, picture: Picture) -> NDArray[np.float32]:
        """Identity vector by our embedder."""
        ...

    def check(self, picture: Picture) -> NDArray[np.float32]:
        """Identity vector by the validation recogniser, which no loss ever sees."""
        ...

    def lpips(self, picture: Picture, truth: Picture) -> float:
        """Perceptual distance."""
        ...


class Teachers:
    """The judge of the real evaluations."""

    def __init__(self, embedder: Embedder) -> None:
        self._load = material.teachers()
        self._embedder = embedder

    def own(self, picture: Picture) -> NDArray[np.float32]:
        """See `Judge.own`."""
        return self._embedder.embed(picture)

    def check(self, picture: Picture) -> NDArray[np.float32]:
        """See `Judge.check`."""
        crop = self._load.arc112_from_ffhq512(picture)
        return np.asarray(self._load.fr_c(crop), np.float32)

    def lpips(self, picture: Picture, truth: Picture) -> float:
        """See `Judge.lpips`."""
        return float(self._load.lpips(picture, truth))


def store(more: Path | None) -> ModelStore:
    """The bundled models, and those of another folder, which win."""
    return ModelStore([BUNDLED] if more is None else [BUNDLED, more])


def method(key: str, models: ModelStore, backend: Backend) -> Method:
    """A method by key, also one that the program does not offer yet.

    Raises:
        UsageError: there is no such method.
        ModelError: its weights were not released.
    """
    if key not in methods.METHODS and key in KNOWN:
        return KNOWN[key](models, backend)
    return methods.create(key, models, backend)


def candidate(some: Method, fidelity: float, seed: int = 0) -> Candidate:
    """A method without portraits as a candidate."""

    def run(worn: Picture) -> Picture:
        crop = worn.astype(np.float32) / np.float32(255)
        restored = some.restore(crop, [], fidelity, seed, lambda _share: None)
        return np.asarray(restored * 255 + 0.5, np.uint8)

    return run


def on_the_way(some: Method, picture: str, fidelity: float) -> Candidate:
    """One of the pictures that lead to a method's result, as a candidate.

    Raises:
        UsageError: the method has no such picture.
    """

    def run(worn: Picture) -> Picture:
        crop = worn.astype(np.float32) / np.float32(255)
        shown = some.explain(crop, (), fidelity) if isinstance(some, Explains) else {}
        if picture not in shown:
            raise UsageError(
                f"'{some.info.key}' has no picture '{picture}'"
                + (f"; choose one of: {', '.join(shown)}." if shown else ".")
            )
        return np.asarray(shown[picture] * 255 + 0.5, np.uint8)

    return run


def spread_out(count: int, limit: int) -> list[int]:
    """`limit` numbers below `count`, evenly spread; all of them when `limit` is 0."""
    if not limit or limit >= count:
        return list(range(count))
    return [int(n) for n in np.linspace(0, count - 1, limit)]


def measure(
    candidates: Mapping[str, Candidate],
    faces: Faces,
    chosen: Sequence[int],
    strength: str,
    judge: Judge,
) -> dict[str, dict[str, float]]:
    """Means of `MEASURES` by candidate, on the same damaged faces for all.

    Args:
        candidates: by name.
        faces: the validation faces.
        chosen: indices into them.
        strength: a preset of `engine.training.degradation`.
        judge: measures pictures.

    Raises:
        LikenessError: there is nothing to measure.
    """
    if not chosen or not candidates:
        raise LikenessError("There is nothing to measure.", code="evaluate")
    sums = {name: np.zeros(len(MEASURES)) for name in candidates}
    for index in chosen:
        truth, worn = degrade(
            faces.at(index, 512), PRESETS[strength], np.random.default_rng((11, index))
        )
        own, check = judge.own(truth), judge.check(truth)
        for name, restore in candidates.items():
            made = restore(worn)
            sums[name] += [
                float(judge.own(made) @ own),
                float(judge.check(made) @ check),
                judge.lpips(made, truth),
            ]
    return {
        name: dict(zip(MEASURES, (total / len(chosen)).tolist(), strict=True))
        for name, total in sums.items()
    }
