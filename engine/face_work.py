"""One face: cut out, restored by a method, blended back."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.faces.aligner import align
from engine.faces.blender import blend
from engine.faces.identity import cosine
from engine.faces.reference_check import Portrait
from engine.faces.reference_choice import Choice, choose
from engine.faces.sharpness import sharpness
from engine.faces.tone import prepare_crop
from engine.kept_faces import Before, KeptFace, KeptFaces
from engine.methods.base import Explains, Varies
from engine.results import FaceOptions, FaceResult, FaceStatus, RestoreOptions

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from engine.faces.face import Face
    from engine.methods.base import Checkpoint, Method, MethodInfo, Reference
    from engine.parts import Parts
    from engine.photo import Photo


@dataclass(frozen=True)
class FaceWork:
    """What is to be done with one face.

    Attributes:
        photo: in the mode that was asked for.
        index, face: which one.
        references: portraits for the whole photograph; the face takes what suits it.
        options: of the whole photograph.
        own: what this face asks for itself.
        kept: what is known already.
    """

    photo: Photo
    index: int
    face: Face
    references: Sequence[Reference]
    options: RestoreOptions
    own: FaceOptions
    kept: KeptFaces

    def run(self, parts: Parts, checkpoint: Checkpoint) -> FaceResult:
        """Restores the face.

        Raises:
            LikenessError: it cannot be restored, or `checkpoint` stopped the work.
        """
        start = time.perf_counter()
        mode, options = self.photo.mode, self.options
        aligned = align(self.photo.pixels, self.face.landmarks)
        crop = prepare_crop(aligned.crop, mode)
        seen: Hashable = (self.face.landmarks.tobytes(), mode == "colour", parts.backend.device.key)
        before = self.kept.before(seen)
        if before is None:
            before = Before(parts.embedder.embed(crop), parts.detector.confidence(crop))
            self.kept.keep_before(seen, before)
        soft = sharpness(crop)
        choice = self._choice(parts, crop, seen, soft)
        chosen = choice.compared
        asked_for = parts.method(options.method, references=chosen is not None)
        method = parts.method(options.method, references=bool(choice.used))
        used = choice.used if method.info.uses_references else ()
        fidelity = options.fidelity if self.own.fidelity is None else self.own.fidelity
        asked = (options.uncertainty, options.pictures)
        key = (seen, *_settings(method.info, fidelity, options.seed), *_portraits(used), asked)
        made = self.kept.get(key)
        if made is None:
            made = self._made(parts, method, crop, used, fidelity, checkpoint)
            self.kept.keep(key, made)
        checkpoint(1.0)
        patch = blend(
            self.photo.pixels,
            aligned,
            made.restored,
            mode=mode,
            strength=options.strength,
            grain=options.grain,
            seed=options.seed,
        )
        return FaceResult(
            self.index,
            replace(self.face, sharpness=soft, embedding=before.embedding),
            FaceStatus.DONE,
            seconds=time.perf_counter() - start,
            identity_to_input=cosine(before.embedding, made.after),
            confidence=before.confidence,
            reference=chosen.name if chosen else None,
            reference_before=cosine(before.embedding, chosen.embedding) if chosen else None,
            reference_after=cosine(made.after, chosen.embedding) if chosen else None,
            reference_used=bool(used),
            reference_note=choice.note if asked_for.info.uses_references else "",
            patch=patch,
            restored=made.restored,
            references=tuple(r.name for r in used),
            uncertainty=made.uncertainty,
            pictures=made.pictures,
            method=method.info.key,
        )

    def _choice(
        self, parts: Parts, crop: NDArray[np.float32], seen: Hashable, sharp: float
    ) -> Choice:
        """Which portraits the face borrows from; who it is, is looked up once a face."""
        own = self.own.reference  # chosen for this very face, by somebody who was told
        if own is not None:
            return Choice((own,), own)
        if not self.references:
            return Choice()
        expected = self.kept.expected(seen)
        if expected is None:
            expected = parts.expected.of(crop).vector
            self.kept.keep_expected(seen, expected)
        face = Portrait(expected, sharp, self.face.landmarks)
        return choose(face, self.references, insist=self.options.insist)

    def _made(
        self,
        parts: Parts,
        method: Method,
        crop: NDArray[np.float32],
        used: tuple[Reference, ...],
        fidelity: float,
        checkpoint: Checkpoint,
    ) -> KeptFace:
        """The method's crop, and the pictures beside it that were asked for."""
        options = self.options
        extra = options.uncertainty if isinstance(method, Varies) else 0

        def first(share: float) -> None:
            checkpoint(share / (1 + extra))

        def rest(share: float) -> None:
            checkpoint((1 + extra * share) / (1 + extra))

        restored = method.restore(crop, used, fidelity, options.seed, first)
        heat = None
        if extra and isinstance(method, Varies):
            seeds = range(options.seed, options.seed + extra)
            heat = method.spread(crop, used, fidelity, seeds, rest)
        pictures = {}
        if options.pictures and isinstance(method, Explains):
            pictures = method.explain(crop, used, fidelity)
        after = parts.embedder.embed(prepare_crop(restored, self.photo.mode))
        return KeptFace(restored, after, used, heat, pictures)


def _portraits(used: Sequence[Reference]) -> list[tuple[int, float]]:
    """What tells these portraits from others: the very pictures, and how far they are trusted."""
    return [(id(r.crop), r.trust) for r in used]


def _settings(info: MethodInfo, fidelity: float, seed: int) -> tuple[str, float, int]:
    """What the method's result depends on."""
    return info.key, fidelity if info.uses_fidelity else 0.0, seed if info.uses_seed else 0
