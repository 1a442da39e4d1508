"""One face: cut out, restored by a method, blended back."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.faces.aligner import align
from engine.faces.blender import blend
from engine.faces.identity import cosine
from engine.faces.sharpness import sharpness
from engine.faces.tone import prepare_crop
from engine.kept_faces import Before, KeptFace, KeptFaces
from engine.results import FaceOptions, FaceResult, FaceStatus, RestoreOptions

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from engine.faces.face import Face
    from engine.methods.base import Checkpoint, MethodInfo, Reference
    from engine.parts import Parts
    from engine.photo import Photo


@dataclass(frozen=True)
class FaceWork:
    """What is to be done with one face.

    Attributes:
        photo: in the mode that was asked for.
        index, face: which one.
        references: portraits for the whole photograph; the face takes the one most like it.
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
        method = parts.method(options.method)
        aligned = align(self.photo.pixels, self.face.landmarks)
        crop = prepare_crop(aligned.crop, mode)
        seen: Hashable = (self.face.landmarks.tobytes(), mode == "colour", parts.backend.device.key)
        before = self.kept.before(seen)
        if before is None:
            before = Before(parts.embedder.embed(crop), parts.detector.confidence(crop))
            self.kept.keep_before(seen, before)
        chosen = self.own.reference or nearest(before.embedding, self.references)
        used = chosen if method.info.uses_references else None
        fidelity = options.fidelity if self.own.fidelity is None else self.own.fidelity
        key = (seen, *_settings(method.info, fidelity, options.seed), id(used) if used else 0)
        made = self.kept.get(key)
        if made is None:
            given = [used] if used is not None else []
            restored = method.restore(crop, given, fidelity, options.seed, checkpoint)
            made = KeptFace(restored, parts.embedder.embed(prepare_crop(restored, mode)), used)
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
            replace(self.face, sharpness=sharpness(crop), embedding=before.embedding),
            FaceStatus.DONE,
            seconds=time.perf_counter() - start,
            identity_to_input=cosine(before.embedding, made.after),
            confidence=before.confidence,
            reference=chosen.name if chosen else None,
            reference_before=cosine(before.embedding, chosen.embedding) if chosen else None,
            reference_after=cosine(made.after, chosen.embedding) if chosen else None,
            reference_used=used is not None,
            patch=patch,
            restored=made.restored,
        )


def nearest(embedding: NDArray[np.float32], references: Sequence[Reference]) -> Reference | None:
    """The reference most like the face; None without references."""
    if not references:
        return None
    return max(references, key=lambda r: cosine(embedding, r.embedding))


def _settings(info: MethodInfo, fidelity: float, seed: int) -> tuple[str, float, int]:
    """What the method's result depends on."""
    return info.key, fidelity if info.uses_fidelity else 0.0, seed if info.uses_seed else 0
