"""Photo + references + options -> restored photo.

The window, the command line, the album and the tests all go through here.
"""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from engine import methods
from engine.backends.opening import open_backend
from engine.errors import CancelledError, LikenessError, PortraitError, UsageError
from engine.faces.aligner import align
from engine.faces.blender import apply, blend
from engine.faces.detector import Detector, why_off
from engine.faces.identity import Embedder, cosine
from engine.faces.sharpness import sharpness
from engine.faces.tone import prepare_crop
from engine.methods.base import Reference
from engine.models.store import ModelStore
from engine.results import FaceResult, FaceStatus, RestoredPhoto, RestoreOptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from engine.backends.base import Backend
    from engine.faces.aligner import AlignedFace
    from engine.faces.face import Face
    from engine.methods.base import Method
    from engine.photo import Photo


class Progress(Protocol):
    """Told how far a restoration is."""

    def __call__(self, share: float, words: str, /) -> None:
        """`share` in [0, 1] of the whole photograph, and what is being done."""


class Restorer:
    """Finds and restores faces on one device; graphs are opened when first used, then kept.

    Args:
        device: ``auto``, ``cpu``, ``cuda``, ``directml`` or ``coreml``.
        store: where the models are; the bundled ones by default.
        threads: processor threads to use; None for all.

    Raises:
        DeviceError: this machine has no such device.
    """

    def __init__(
        self,
        device: str = "auto",
        *,
        store: ModelStore | None = None,
        threads: int | None = None,
    ) -> None:
        self.store = store or ModelStore()
        self.backend: Backend = open_backend(device, threads)
        self._methods: dict[str, Method] = {}
        self._detector: Detector | None = None
        self._embedder: Embedder | None = None
        self._lock = threading.Lock()

    # ------------------------------------------------------------------ parts
    @property
    def detector(self) -> Detector:
        """The face detector."""
        with self._lock:
            if self._detector is None:
                self._detector = Detector(self.store.graph("detector", "detector", self.backend))
            return self._detector

    @property
    def embedder(self) -> Embedder:
        """The identity embedder."""
        with self._lock:
            if self._embedder is None:
                self._embedder = Embedder(self.store.graph("embedder", "embedder", self.backend))
            return self._embedder

    def method(self, key: str) -> Method:
        """A method by key, opened once."""
        with self._lock:
            if key not in self._methods:
                self._methods[key] = methods.create(key, self.store, self.backend)
            return self._methods[key]

    # ------------------------------------------------------------------ steps
    def find_faces(self, photo: Photo) -> list[Face]:
        """All faces of a photograph, largest first; those under the floor come last."""
        return sorted(self.detector.detect(photo.preview8), key=lambda face: bool(why_off(face)))

    def read_reference(self, photo: Photo) -> Reference:
        """A portrait made ready: its largest clear face, aligned and embedded.

        Raises:
            PortraitError: no clear face was found in it (code ``reference-no-face``).
        """
        name = photo.path.name if photo.path else "portrait"
        found = self.find_faces(photo)
        if not found or why_off(found[0]):
            raise PortraitError(
                f"No clear face was found in the portrait '{name}'; choose another portrait.",
                code="reference-no-face",
            )
        aligned = align(photo.pixels, found[0].landmarks)
        return Reference(
            aligned.crop, self.embedder.embed(aligned.crop), sharpness(aligned.crop), name
        )

    def restore(
        self,
        photo: Photo,
        references: Sequence[Reference] = (),
        options: RestoreOptions | None = None,
        *,
        faces: Sequence[Face] | None = None,
        progress: Progress | None = None,
        cancel: threading.Event | None = None,
    ) -> RestoredPhoto:
        """Restores the chosen faces of a photograph; the photograph itself is not changed.

        Args:
            photo: from `engine.photo.read`.
            references: portraits of the persons in it, from `read_reference`.
            options: settings.
            faces: found before, or added by hand; None finds them.
            progress: told about every step.
            cancel: set it from any thread to stop between two graph runs.

        Returns:
            The restored photograph with a result for every face. One face's failure is written
            down in its result and does not stop the others.

        Raises:
            CancelledError: `cancel` was set.
            UsageError, ModelError: before any face is touched.
        """
        options = options or RestoreOptions()
        if options.mode is not None:
            photo = photo.with_mode(options.mode)
        start = time.perf_counter()
        run = _Run(progress, cancel)
        method = self.method(options.method)
        run.step(0.0, "Looking for faces")
        found = list(self.find_faces(photo) if faces is None else faces)
        reasons = _choice(found, options)
        results: list[FaceResult] = []
        wanted = sum(reason is None for reason in reasons)
        for index, (face, reason) in enumerate(zip(found, reasons, strict=True)):
            if reason is not None:
                results.append(FaceResult(index, face, FaceStatus.SKIPPED, reason))
                continue
            done = sum(r.status is not FaceStatus.SKIPPED for r in results)
            run.enter(0.05 + 0.9 * done / wanted, 0.9 / wanted, f"Face {done + 1} of {wanted}")
            results.append(self._restore_face(photo, index, face, references, options, method, run))
        run.step(0.97, "Putting the faces back")
        patches = [r.patch for r in results if r.patch is not None]
        if patches:
            pixels, changed = apply(photo.pixels, patches)
            photo = photo.with_pixels(pixels, changed)
        warnings = [*photo.warnings, *self.backend.warnings]
        if references and not method.info.uses_references:
            warnings.append(
                f"The method '{method.info.title}' does not use portraits; "
                "the portrait was only compared."
            )
        run.step(1.0, "Done")
        return RestoredPhoto(
            photo,
            tuple(results),
            options.method,
            self.backend.device.key,
            time.perf_counter() - start,
            tuple(warnings),
        )

    # ------------------------------------------------------------------ one face
    def _restore_face(
        self,
        photo: Photo,
        index: int,
        face: Face,
        references: Sequence[Reference],
        options: RestoreOptions,
        method: Method,
        run: _Run,
    ) -> FaceResult:
        start = time.perf_counter()
        try:
            aligned = align(photo.pixels, face.landmarks)
            return self._restore_aligned(
                photo, index, face, aligned, references, options, method, run, start
            )
        except CancelledError:
            raise
        except LikenessError as error:
            sentence = error.sentence
        except MemoryError:
            sentence = "There is not enough memory for this face; close other programs."
        return FaceResult(index, face, FaceStatus.FAILED, sentence, time.perf_counter() - start)

    def _restore_aligned(
        self,
        photo: Photo,
        index: int,
        face: Face,
        aligned: AlignedFace,
        references: Sequence[Reference],
        options: RestoreOptions,
        method: Method,
        run: _Run,
        start: float,
    ) -> FaceResult:
        mode = photo.mode
        crop = prepare_crop(aligned.crop, mode)
        before = self.embedder.embed(crop)
        chosen = _nearest(before, references)
        uses = method.info.uses_references and chosen is not None
        restored = method.restore(
            crop,
            [chosen] if uses and chosen is not None else [],
            options.fidelity,
            options.seed,
            run.checkpoint,
        )
        patch = blend(
            photo.pixels,
            aligned,
            restored,
            mode=mode,
            strength=options.strength,
            grain=options.grain,
            seed=options.seed,
        )
        after = self.embedder.embed(prepare_crop(restored, mode))
        return FaceResult(
            index,
            replace(face, sharpness=sharpness(crop), embedding=before),
            FaceStatus.DONE,
            seconds=time.perf_counter() - start,
            identity_to_input=cosine(before, after),
            reference=chosen.name if chosen else None,
            reference_before=cosine(before, chosen.embedding) if chosen else None,
            reference_after=cosine(after, chosen.embedding) if chosen else None,
            reference_used=uses,
            patch=patch,
            restored=restored,
        )


class _Run:
    """Progress and cancel of one call, so that methods need to know neither."""

    def __init__(self, progress: Progress | None, cancel: threading.Event | None) -> None:
        self._progress, self._cancel = progress, cancel
        self._base, self._span, self._words = 0.0, 1.0, ""

    def step(self, share: float, words: str) -> None:
        if self._cancel is not None and self._cancel.is_set():
            raise CancelledError
        if self._progress is not None:
            self._progress(share, words)

    def enter(self, base: float, span: float, words: str) -> None:
        """Begins a face that takes `span` of the whole, from `base`."""
        self._base, self._span, self._words = base, span, words

    def checkpoint(self, share: float, /) -> None:
        self.step(self._base + self._span * share, self._words)


def _choice(faces: Sequence[Face], options: RestoreOptions) -> list[str | None]:
    """For every face None when it is to be restored, else the reason why not."""
    if isinstance(options.faces, tuple):
        wrong = [i for i in options.faces if not 0 <= i < len(faces)]
        if wrong:
            raise UsageError(
                f"There is no face {wrong[0]}: the photograph has {len(faces)} "
                "(counted from 0, largest first).",
                code="face-unknown",
            )
        chosen = set(options.faces)
        return [None if i in chosen else "Not chosen." for i in range(len(faces))]
    if options.faces == "all":
        return [None] * len(faces)
    if options.faces == "largest":
        return [None if i == 0 else "Not the largest face." for i in range(len(faces))]
    return [why_off(face) or None for face in faces]


def _nearest(embedding: NDArray[np.float32], references: Sequence[Reference]) -> Reference | None:
    """The reference most like the face."""
    if not references:
        return None
    return max(references, key=lambda r: cosine(embedding, r.embedding))


__all__ = ["Progress", "Restorer"]
