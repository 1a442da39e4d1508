"""What the user chose for one photograph: plain data, for undo, presets and sessions."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.methods.base import MethodInfo

#: Eye, eye, nose, mouth corner, mouth corner in pixels of the photograph.
Points = tuple[tuple[float, float], ...]
TONES = ("auto", "mono", "sepia", "colour")
_LANDMARKS = 5
_LEAST_SPAN = 6.0


@dataclass(frozen=True)
class FaceChoice:
    """What is wanted of one face.

    Attributes:
        on: whether it is restored.
        portrait: path of a good portrait of the same person; empty for none.
        fidelity: its own fidelity; None takes the photograph's.
    """

    on: bool = True
    portrait: str = ""
    fidelity: float | None = None


@dataclass(frozen=True)
class Choices:
    """What is wanted of one photograph.

    Attributes:
        method: key of a method; empty for what fits, see `method_among`.
        fidelity, strength, grain, seed: as in `engine.RestoreOptions`.
        tone: one of `TONES`; auto takes what the photograph says.
        faces: one entry a face: the found ones first, then the added ones.
        added: landmarks of the faces that were added by hand.
    """

    method: str = ""
    fidelity: float = 0.5
    strength: float = 1.0
    grain: float = 0.5
    tone: str = "auto"
    seed: int = 0
    faces: tuple[FaceChoice, ...] = ()
    added: tuple[Points, ...] = ()

    def method_among(self, methods: Sequence[MethodInfo]) -> str:
        """The chosen method; without a choice, one that uses portraits where a face has one."""
        given = any(face.on and face.portrait for face in self.faces)
        fit = [info.key for info in methods if info.uses_references or not given]
        return self.method or next(iter(fit or [info.key for info in methods]), "")

    def with_face(self, index: int, **changes: Any) -> Choices:
        """The same choices with one face's entry changed."""
        faces = list(self.faces)
        faces[index] = replace(faces[index], **changes)
        return replace(self, faces=tuple(faces))

    def with_added(self, points: Points) -> Choices:
        """The same choices with one more face, added by hand and switched on."""
        return replace(self, faces=(*self.faces, FaceChoice()), added=(*self.added, points))

    def without_added(self, index: int) -> Choices:
        """The same choices without face `index`, which was added by hand."""
        nth = index - (len(self.faces) - len(self.added))
        return replace(
            self,
            faces=self.faces[:index] + self.faces[index + 1 :],
            added=self.added[:nth] + self.added[nth + 1 :],
        )

    def settings(self) -> dict[str, Any]:
        """What holds for any photograph: a preset."""
        data = asdict(self)
        return {key: data[key] for key in PRESET_FIELDS}

    def to_json(self) -> dict[str, Any]:
        """Plain data for a session file."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Any) -> Choices:
        """Choices from a file that may be old or damaged: what makes no sense is left out."""
        if not isinstance(data, dict):
            return cls()
        base = cls()
        faces = data.get("faces")
        faces = faces if isinstance(faces, (list, tuple)) else ()
        added = data.get("added")
        points = tuple(map(_points, added)) if isinstance(added, (list, tuple)) else ()
        return cls(
            method=_text(data.get("method"), base.method),
            fidelity=_share(data.get("fidelity"), base.fidelity),
            strength=_share(data.get("strength"), base.strength),
            grain=_share(data.get("grain"), base.grain),
            tone=data["tone"] if data.get("tone") in TONES else base.tone,
            seed=_whole(data.get("seed"), base.seed),
            faces=tuple(_face(face) for face in faces),
            added=tuple(p for p in points if p) if all(points) else (),
        )


PRESET_FIELDS = ("method", "fidelity", "strength", "grain", "tone", "seed")


def _face(data: Any) -> FaceChoice:
    if not isinstance(data, dict):
        return FaceChoice()
    own = data.get("fidelity")
    return FaceChoice(
        on=data.get("on") is not False,
        portrait=_text(data.get("portrait"), ""),
        fidelity=None if own is None else _share(own, 0.5),
    )


def _points(data: Any) -> Points:
    if not isinstance(data, (list, tuple)) or len(data) != _LANDMARKS:
        return ()
    try:
        points = tuple((float(x), float(y)) for x, y in data)
    except (TypeError, ValueError):
        return ()
    if not all(math.isfinite(v) for point in points for v in point):
        return ()
    spans = [max(axis) - min(axis) for axis in zip(*points, strict=True)]
    # The engine takes no points for a face that lie closer together.
    return points if max(spans) >= _LEAST_SPAN else ()


def _text(value: Any, default: str) -> str:
    return value if isinstance(value, str) else default


def _share(value: Any, default: float) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return default
    return min(max(float(value), 0.0), 1.0)


def _whole(value: Any, default: int) -> int:
    return (
        value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else default
    )
