"""What the networks made of the faces of one photograph, kept while the user tries settings.

Strength, grain and the tint of a grey print only change the blending: with the method's crop at
hand they cost no run of a network.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from engine.methods.base import Reference

_BYTES = 200_000_000


@dataclass(frozen=True)
class KeptFace:
    """A face as a method made it.

    Attributes:
        restored: (512, 512, 3) float32 in [0, 1].
        after: (256,) identity vector of `restored`.
        references: the portraits that went into it; held so that no other picture takes their
            place in memory.
        uncertainty, pictures: see `engine.results.FaceResult`.
    """

    restored: NDArray[np.float32]
    after: NDArray[np.float32]
    references: tuple[Reference, ...] = ()
    uncertainty: NDArray[np.float32] | None = None
    pictures: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)

    @property
    def nbytes(self) -> int:
        """Bytes of its pictures."""
        heat = 0 if self.uncertainty is None else self.uncertainty.nbytes
        return int(self.restored.nbytes + heat + sum(p.nbytes for p in self.pictures.values()))


class Before(NamedTuple):
    """A face as it is in the photograph.

    Attributes:
        embedding: (256,) identity vector.
        confidence: that there is a face at all, 0..1.
    """

    embedding: NDArray[np.float32]
    confidence: float


class KeptFaces:
    """Results by what they depend on; those of another photograph are dropped by themselves.

    Not for two threads at once.

    Args:
        limit: bytes of crops that are kept; the longest unused go first.
    """

    def __init__(self, limit: int = _BYTES) -> None:
        self._limit = limit
        self._pixels: Any = None
        self._faces: OrderedDict[Hashable, KeptFace] = OrderedDict()
        self._before: dict[Hashable, Before] = {}
        self._expected: dict[Hashable, NDArray[np.float32]] = {}

    def begin(self, pixels: NDArray[Any]) -> None:
        """Says which photograph follows: the very array, not one that looks like it."""
        if pixels is not self._pixels:
            self._pixels = pixels
            self._faces.clear()
            self._before.clear()
            self._expected.clear()

    def before(self, key: Hashable) -> Before | None:
        """What is known of a face as it is in the photograph."""
        return self._before.get(key)

    def keep_before(self, key: Hashable, before: Before) -> None:
        """Keeps it."""
        self._before[key] = before

    def expected(self, key: Hashable) -> NDArray[np.float32] | None:
        """(256,) identity vector to be expected of the undamaged face."""
        return self._expected.get(key)

    def keep_expected(self, key: Hashable, vector: NDArray[np.float32]) -> None:
        """Keeps it."""
        self._expected[key] = vector

    def get(self, key: Hashable) -> KeptFace | None:
        """What a method made, or None."""
        found = self._faces.get(key)
        if found is not None:
            self._faces.move_to_end(key)
        return found

    def keep(self, key: Hashable, face: KeptFace) -> None:
        """Keeps what a method made."""
        self._faces[key] = face
        size = sum(kept.nbytes for kept in self._faces.values())
        while size > self._limit and len(self._faces) > 1:
            _, dropped = self._faces.popitem(last=False)
            size -= dropped.nbytes
