"""Photo + references + options -> restored photo.

The window, the command line, the album and the tests all go through here.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine.backends.opening import open_backend
from engine.errors import CancelledError, LikenessError, PortraitError, UsageError
from engine.face_choice import left_out
from engine.face_work import FaceWork
from engine.faces.aligner import align
from engine.faces.blender import apply
from engine.faces.by_hand import face_in_box
from engine.faces.detector import why_off
from engine.faces.identity import cosine
from engine.faces.reference_check import EXPECTED, Portrait, ReferenceCheck, check
from engine.faces.sharpness import sharpness
from engine.faces.tone import prepare_crop
from engine.fallback import Fallback
from engine.kept_faces import KeptFaces
from engine.memory import memory_errors
from engine.methods.base import Reference
from engine.models.store import ModelStore
from engine.parts import FINDERS, OWN, Parts
from engine.progress import Progress, Run
from engine.remarks import remarks
from engine.results import FaceOptions, FaceResult, FaceStatus, RestoredPhoto, RestoreOptions

if TYPE_CHECKING:
    import threading
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from engine.backends.base import Backend
    from engine.faces.face import Face
    from engine.faces.identity import Embedder
    from engine.methods.base import Method
    from engine.parts import Finder
    from engine.photo import Photo


class Restorer:
    """Finds and restores faces on one device; graphs are opened when first used, then kept.

    Args:
        device: ``auto``, ``cpu``, ``cuda``, ``directml`` or ``coreml``.
        store: where the models are; the bundled ones by default.
        threads: processor threads to use; None for all.
        backend: opened already, in place of `device`.
        finder: what finds the faces: ``own``, or ``retinaface`` where facexlib is installed.

    Raises:
        DeviceError: this machine has no such device.
        UsageError: there is no such finder.
    """

    def __init__(
        self,
        device: str = "auto",
        *,
        store: ModelStore | None = None,
        threads: int | None = None,
        backend: Backend | None = None,
        finder: str = OWN,
    ) -> None:
        if finder not in FINDERS:
            raise UsageError(
                f"There is no detector '{finder}'; say one of {', '.join(FINDERS)}.",
                code="finder-unknown",
            )
        self.store = store or ModelStore()
        self._threads = threads
        self._parts = Parts(self.store, backend or open_backend(device, threads), finder)
        self._spare: Parts | None = None

    # ------------------------------------------------------------------ parts
    @property
    def backend(self) -> Backend:
        """What opens the graphs."""
        return self._parts.backend

    @property
    def detector(self) -> Finder:
        """The face detector."""
        return self._parts.detector

    @property
    def embedder(self) -> Embedder:
        """The identity embedder."""
        return self._parts.embedder

    def method(self, key: str, *, references: bool = False) -> Method:
        """A method, opened once; see `Parts.method`."""
        return self._parts.method(key, references=references)

    def _fallback(self) -> Fallback:
        return Fallback(self._parts, self._processor)

    def _processor(self) -> Parts:
        if self._spare is None:
            self._spare = Parts(self.store, open_backend("cpu", self._threads), self._parts.finder)
        return self._spare

    # ------------------------------------------------------------------ steps
    def find_faces(self, photo: Photo) -> list[Face]:
        """All faces of a photograph, largest first; those under the floor come last."""
        return _found(self._fallback(), photo)

    def embed(self, crops: Sequence[NDArray[Any]]) -> NDArray[np.float32]:
        """Identity vectors of aligned crops for an album, (N, 256); see `Embedder.embed_all`."""
        return self._fallback().run(lambda parts: parts.embedder.embed_all(crops, mirrored=True))

    def face_in_box(self, photo: Photo, box: Sequence[float]) -> Face:
        """The face in a box that somebody drew (x, y, width, height in pixels).

        Raises:
            FaceError: the box is too small, or beside the photograph.
        """
        pixels = photo.preview8
        return self._fallback().run(lambda parts: face_in_box(pixels, box, parts.detector))

    @memory_errors()
    def read_reference(self, photo: Photo) -> Reference:
        """A portrait made ready: its largest clear face, aligned and embedded.

        Raises:
            PortraitError: no clear face was found in it (code ``reference-no-face``).
        """
        name = photo.path.name if photo.path else "portrait"
        fallback = self._fallback()
        found = _found(fallback, photo)
        if not found or why_off(found[0]):
            raise PortraitError(
                f"No clear face was found in the portrait '{name}'; choose another portrait.",
                code="reference-no-face",
            )
        crop = align(photo.pixels, found[0].landmarks).crop
        embedding = fallback.run(lambda parts: parts.embedder.embed(crop))
        return Reference(crop, embedding, sharpness(crop), name, found[0].landmarks)

    @memory_errors()
    def check_reference(
        self,
        photo: Photo,
        face: Face,
        reference: Reference,
        landmarks: NDArray[np.float32] | None = None,
    ) -> ReferenceCheck:
        """Whether a portrait can serve for a face: same person, sharp, similar pose.

        Args:
            photo: with the face in it.
            face: the damaged one.
            reference: from `read_reference`.
            landmarks: (5, 2) of the portrait's face in pixels of the portrait; None where unknown.
        """
        crop = prepare_crop(align(photo.pixels, face.landmarks).crop, photo.mode)
        told = self._fallback().run(lambda parts: parts.expected.of(crop))
        damaged = Portrait(told.vector, sharpness(crop), face.landmarks)
        portrait = Portrait(reference.embedding, reference.sharpness, landmarks, reference.name)
        # What is shown before a run is what the result calls its likeness before.
        own = cosine(told.degraded, reference.embedding)
        return replace(check(damaged, portrait, EXPECTED), similarity=own)

    @memory_errors()
    def restore(
        self,
        photo: Photo,
        references: Sequence[Reference] = (),
        options: RestoreOptions | None = None,
        *,
        faces: Sequence[Face] | None = None,
        each: Mapping[int, FaceOptions] | None = None,
        kept: KeptFaces | None = None,
        progress: Progress | None = None,
        cancel: threading.Event | None = None,
    ) -> RestoredPhoto:
        """Restores the chosen faces of a photograph; the photograph itself is not changed.

        Args:
            photo: from `engine.photo.read`.
            references: portraits of the persons in it, from `read_reference`.
            options: settings.
            faces: found before, or added by hand; None finds them.
            each: what single faces ask for themselves, by index into the faces.
            kept: hand in the same one again, and only what a changed setting touches is computed.
            progress: told about every step.
            cancel: set it from any thread to stop between two graph runs.

        Returns:
            The restored photograph with a result for every face. One face's failure is written
            down in its result and does not stop the others. A device that runs out of memory is
            named in the warnings; the processor then did the rest.

        Raises:
            CancelledError: `cancel` was set.
            UsageError, ModelError: before any face is touched.
        """
        options, each = options or RestoreOptions(), each or {}
        kept = KeptFaces() if kept is None else kept
        kept.begin(photo.pixels)
        if options.mode is not None:
            photo = photo.with_mode(options.mode)
        start = time.perf_counter()
        run, fallback = Run(progress, cancel), self._fallback()
        if options.uncertainty and options.uncertainty < 2:
            raise UsageError("Uncertainty needs at least two seeds.", code="seeds-few")
        given = bool(references) or any(own.reference for own in each.values())
        method = fallback.run(lambda parts: parts.method(options.method, references=given))
        run.step(0.0, "Looking for faces")
        found = list(_found(fallback, photo) if faces is None else faces)
        reasons = left_out(found, options)
        results: list[FaceResult] = []
        wanted = sum(reason is None for reason in reasons)
        for index, (face, reason) in enumerate(zip(found, reasons, strict=True)):
            if reason is not None:
                results.append(FaceResult(index, face, FaceStatus.SKIPPED, reason))
                continue
            done = sum(r.status is not FaceStatus.SKIPPED for r in results)
            run.enter(0.05 + 0.9 * done / wanted, 0.9 / wanted, f"Face {done + 1} of {wanted}")
            own = each.get(index, FaceOptions())
            work = FaceWork(photo, index, face, references, options, own, kept)
            results.append(_restored(work, fallback, run))
        run.step(0.97, "Putting the faces back")
        patches = [r.patch for r in results if r.patch is not None]
        if patches:
            pixels, changed = apply(photo.pixels, patches)
            photo = photo.with_pixels(pixels, changed)
        warnings = [*photo.warnings, *self.backend.warnings, *fallback.warnings]
        warnings += remarks(method, results, options, given=given)
        run.step(1.0, "Done")
        return RestoredPhoto(
            photo,
            tuple(results),
            ", ".join(sorted({r.method for r in results if r.method})) or method.info.key,
            fallback.parts.backend.device.key,
            time.perf_counter() - start,
            tuple(warnings),
        )


def _found(fallback: Fallback, photo: Photo) -> list[Face]:
    pixels = photo.preview8
    faces = fallback.run(lambda parts: parts.detector.detect(pixels))
    return sorted(faces, key=lambda face: bool(why_off(face)))


def _restored(work: FaceWork, fallback: Fallback, run: Run) -> FaceResult:
    """One face's result, be it a failure."""
    start = time.perf_counter()
    try:
        return fallback.run(lambda parts: work.run(parts, run.checkpoint))
    except CancelledError:
        raise
    except LikenessError as error:
        sentence = error.sentence
    except MemoryError:
        sentence = "There is not enough memory for this face; close other programs."
    return FaceResult(
        work.index, work.face, FaceStatus.FAILED, sentence, time.perf_counter() - start
    )


__all__ = ["Progress", "Restorer"]
