"""The contract of a restoration method."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class MethodInfo:
    """What the window and the command line say of a method.

    Attributes:
        key: what ``--method`` takes.
        title: its name for the user.
        sentence: what it does, in one plain sentence.
        uses_references: a portrait of the same person changes the result.
        uses_fidelity: the fidelity slider changes the result.
        uses_seed: another seed gives another plausible face.
        models: names in the model store that it needs.
    """

    key: str
    title: str
    sentence: str
    uses_references: bool
    uses_fidelity: bool
    uses_seed: bool
    models: tuple[str, ...]


@dataclass(frozen=True)
class Reference:
    """A portrait of the same person, ready for a method.

    Attributes:
        crop: (512, 512, 3) float32 RGB in [0, 1], on the template.
        embedding: (256,) unit vector.
        sharpness: 0 .. 1.
        name: file name, for messages.
        landmarks: (5, 2) of its face in pixels of its picture; None where not known.
        trust: 0 .. 1, how sure it is that it shows the person of the damaged face; a method
            borrows so much less.
    """

    crop: NDArray[np.float32]
    embedding: NDArray[np.float32]
    sharpness: float
    name: str = ""
    landmarks: NDArray[np.float32] | None = None
    trust: float = 1.0


class Checkpoint(Protocol):
    """Called between graph runs: reports progress and raises `CancelledError` to stop."""

    def __call__(self, share: float, /) -> None:
        """`share` of the method's work done on this face, in [0, 1]."""


class Method(Protocol):
    """Restores aligned crops; holds opened graphs and no state of a run."""

    @property
    def info(self) -> MethodInfo:
        """What it is."""
        ...

    def restore(
        self,
        crop: NDArray[np.float32],
        references: Sequence[Reference],
        fidelity: float,
        seed: int,
        checkpoint: Checkpoint,
    ) -> NDArray[np.float32]:
        """Restores one face.

        Args:
            crop: (512, 512, 3) float32 RGB in [0, 1], aligned; grey for mono and sepia prints.
            references: portraits of the same person; may be empty.
            fidelity: 0 richest texture .. 1 most faithful to the damaged picture.
            seed: of everything random.
            checkpoint: called between graph runs.

        Returns:
            (512, 512, 3) float32 RGB in [0, 1].

        Raises:
            CancelledError: the user stopped.
            DeviceError: the device failed.
        """
        ...


@runtime_checkable
class Varies(Protocol):
    """A method that makes another plausible face of every seed."""

    def several(
        self,
        crop: NDArray[np.float32],
        references: Sequence[Reference],
        fidelity: float,
        seeds: Sequence[int],
        checkpoint: Checkpoint,
    ) -> list[NDArray[np.float32]]:
        """One face a seed, each as `Method.restore`'s; what they share is computed once.

        Raises:
            UsageError: there is no seed (code ``seeds-empty``).
        """
        ...

    def spread(
        self,
        crop: NDArray[np.float32],
        references: Sequence[Reference],
        fidelity: float,
        seeds: Sequence[int],
        checkpoint: Checkpoint,
    ) -> NDArray[np.float32]:
        """Where the face is invented rather than recovered.

        Returns:
            (512, 512) float32: 0 where the faces of all seeds agree .. 1 plain invention.

        Raises:
            UsageError: there are less than two seeds (code ``seeds-few``).
        """
        ...


@runtime_checkable
class Explains(Protocol):
    """A method that can show what led to its result."""

    def explain(
        self,
        crop: NDArray[np.float32],
        references: Sequence[Reference] = (),
        fidelity: float = 0.5,
    ) -> dict[str, NDArray[np.float32]]:
        """The pictures on the way by name, each (512, 512, 3) float32 RGB in [0, 1]."""
        ...
