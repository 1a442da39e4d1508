"""What a restoration is asked for, and what it gives back."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from engine.errors import UsageError
from engine.faces.detector import DOUBTFUL

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from engine.faces.blender import Patch
    from engine.faces.face import Face
    from engine.faces.tone import Mode
    from engine.methods.base import Reference
    from engine.photo import Photo


class FaceStatus(enum.StrEnum):
    """What became of a face."""

    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True)
class RestoreOptions:
    """One restoration's settings.

    Attributes:
        method: key of a method; empty for the one that fits each face, with or without a portrait.
        fidelity: 0 richest texture .. 1 most faithful to the damaged picture.
        strength: 0 leaves the photograph as it is .. 1 all of the restored face.
        grain: share of the print's own grain that is put back, 0 .. 1.
        faces: ``default`` (all but those under the size and confidence floor), ``all``,
            ``largest``, or indices into the found faces.
        seed: of everything random, 0 or more.
        mode: mono, sepia or colour; None takes what the photograph says.
        uncertainty: show where the face is invented, by this many seeds from `seed` on; two or
            more (four give a usable map), 0 for not. Costs as many restorations.
        pictures: keep the pictures on the way to the result, where the method has some.
        insist: use a portrait even where it seems to show somebody else, or is too blurred.

    Raises:
        UsageError: the seed is negative (code ``seed-negative``).
    """

    method: str = "identity"
    fidelity: float = 0.5
    strength: float = 1.0
    grain: float = 0.5
    faces: Literal["default", "all", "largest"] | tuple[int, ...] = "default"
    seed: int = 0
    mode: Mode | None = None
    uncertainty: int = 0
    pictures: bool = False
    insist: bool = False

    def __post_init__(self) -> None:
        if self.seed < 0:
            raise UsageError("A seed is a whole number from 0 on.", code="seed-negative")


@dataclass(frozen=True)
class FaceOptions:
    """What one face asks for itself.

    Attributes:
        fidelity: its own, 0 .. 1; None takes the photograph's.
        reference: its own portrait; None takes the nearest of the photograph's.
    """

    fidelity: float | None = None
    reference: Reference | None = None


@dataclass(frozen=True)
class FaceResult:
    """One face of a restored photograph.

    Attributes:
        index: position in the list of found faces.
        face: where it is.
        status: done, skipped or failed.
        reason: one sentence, for skipped and failed faces.
        seconds: time the method and the blending took.
        identity_to_input: cosine between the face before and after.
        confidence: how sure it is that there is a face where one was restored, 0 .. 1.
        reference: name of the portrait it was compared with, or None.
        reference_before, reference_after: cosine to that portrait before and after.
        reference_used: True when the portrait changed the result.
        reference_note: why a portrait was refused, or what there is to say against it.
        patch: what was laid over the photograph; None unless done.
        restored: (512, 512, 3) float32 restored crop in [0, 1]; None unless done.
        references: names of all portraits that went into the result.
        uncertainty: (512, 512) float32, 0 recovered .. 1 invented; None unless asked for.
        pictures: name -> (512, 512, 3) float32 in [0, 1], on the way to the result.
        method: key of the method that restored it.
    """

    index: int
    face: Face
    status: FaceStatus
    reason: str = ""
    seconds: float = 0.0
    identity_to_input: float | None = None
    confidence: float | None = None
    reference: str | None = None
    reference_before: float | None = None
    reference_after: float | None = None
    reference_used: bool = False
    reference_note: str = ""
    patch: Patch | None = field(default=None, repr=False)
    restored: NDArray[np.float32] | None = field(default=None, repr=False)
    references: tuple[str, ...] = ()
    uncertainty: NDArray[np.float32] | None = field(default=None, repr=False)
    pictures: Mapping[str, NDArray[np.float32]] = field(default_factory=dict, repr=False)
    method: str = ""

    @property
    def doubtful(self) -> bool:
        """True when hardly a face was there: what was restored is invented."""
        return self.confidence is not None and self.confidence < DOUBTFUL

    def report(self) -> dict[str, Any]:
        """The face as plain data for JSON."""
        return {
            "index": self.index,
            "box": [round(float(v), 1) for v in self.face.box],
            "score": round(self.face.score, 3),
            "eye_distance": round(self.face.eye_distance, 1),
            "status": self.status.value,
            "method": self.method,
            "reason": self.reason,
            "seconds": round(self.seconds, 3),
            "identity_to_input": _rounded(self.identity_to_input),
            "confidence": _rounded(self.confidence),
            "doubtful": self.doubtful,
            "reference": self.reference,
            "reference_before": _rounded(self.reference_before),
            "reference_after": _rounded(self.reference_after),
            "reference_used": self.reference_used,
            "reference_note": self.reference_note,
            "references": list(self.references),
            "uncertainty": None if self.uncertainty is None else _mean(self.uncertainty),
        }


@dataclass(frozen=True)
class RestoredPhoto:
    """A restored photograph; nothing is written yet.

    Attributes:
        photo: the photograph with new pixels, ready for `engine.photo.write`.
        faces: a result for every found face, in the order of finding.
        method: key of what ran; several with commas between where faces differ.
        device: what it ran on.
        seconds: the whole restoration.
        warnings: sentences for the user that are no failures.
    """

    photo: Photo
    faces: tuple[FaceResult, ...]
    method: str
    device: str
    seconds: float
    warnings: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """True when a face that was asked for could not be restored."""
        return any(f.status is FaceStatus.FAILED for f in self.faces)

    def report(self) -> dict[str, Any]:
        """The result as plain data for JSON."""
        return {
            "method": self.method,
            "device": self.device,
            "seconds": round(self.seconds, 3),
            "warnings": list(self.warnings),
            "faces": [face.report() for face in self.faces],
        }


def _mean(heat: NDArray[np.float32]) -> float:
    return round(float(heat.mean()), 4)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
