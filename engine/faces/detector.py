"""Finds faces and their five landmarks in a photograph, with our own network.

The network (`engine.networks.detector`) sees faces of some 20 to 190 pixels best, so the photograph
is looked at in several sizes: small for portraits that fill the frame, large for groups. Then every
face is looked at once more, upright, at the best size, as it is and mirrored. What several looks
say about one face is averaged, which steadies the landmarks; what only one of them sees counts
less, which is how buttons and backdrops are told from faces.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.faces.detector_looks import (
    close_up,
    closer,
    in_template,
    joined,
    letterboxed,
    looks,
    plausible,
    suppressed,
    template_look,
    uncovered,
)
from engine.faces.face import Face

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.backends.base import Graph

    Floats = NDArray[np.float32]

#: Name of the bundled graph and of its input and output.
MODEL = "detector"
INPUT, OUTPUT = "pixels", "faces"
#: Below this score a row of the network is not heard at all.
LEAST = 0.25
#: Close looks in one run of the network, and at most in one photograph.
TOGETHER, MOST = 8, 128


@dataclass(frozen=True)
class Floor:
    """What a face must have to be restored without being asked for.

    Attributes:
        confidence: of the detector, 0..1.
        eyes: distance between the eyes in pixels of the photograph; with less there is nothing
            to recognise a person by, and a restoration would invent one.
    """

    confidence: float = 0.65
    eyes: float = 8.0


FLOOR = Floor()
#: Below this `Detector.confidence` a restoration shows a face that was hardly there.
DOUBTFUL = 0.5
#: Faces below this confidence are not even reported.
REPORTED = 0.35


def default_on(face: Face) -> bool:
    """Whether a face is restored unless the user says otherwise."""
    return not why_off(face)


def why_off(face: Face) -> str:
    """One sentence on why a face is left off by default; empty when it is on."""
    if face.score < FLOOR.confidence:
        return "It is not certain that this is a face."
    if face.eye_distance < FLOOR.eyes:
        return "This face is too small to be restored faithfully."
    return ""


class Detector:
    """Finds faces.

    Args:
        graph: the opened `MODEL`: (1, 3, H, W) RGB in [-1, 1] -> (1, cells, 15) of score, box
            x, y, width, height and five points, in pixels.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def detect(self, pixels: NDArray[np.uint8]) -> list[Face]:
        """All faces of a photograph, the largest first.

        Args:
            pixels: (H, W, 3) uint8 RGB, upright; any size from 1 x 1.

        Returns:
            Faces with a confidence of at least `REPORTED`; `default_on` says which of them count
            without being asked for.

        Raises:
            DeviceError: the graph failed.
        """
        assert pixels.ndim == 3
        assert pixels.shape[2] == 3
        seen = [(self._look(pixels, s), s) for s in looks(pixels.shape[0], pixels.shape[1])]
        rows = _possible(joined(seen, LEAST))
        rows = np.concatenate([self._closer(pixels, rows[:MOST]), rows[MOST:]])
        rows = suppressed(_possible(rows[rows[:, 0] >= REPORTED]), 0.4, inside=0.6)
        rows = uncovered(rows)
        rows = rows[np.argsort(-(rows[:, 3] * rows[:, 4]), kind="stable")]
        return [Face(r[1:5].copy(), r[5:].reshape(5, 2).copy(), float(r[0])) for r in rows]

    def confidence(self, crop: Floats) -> float:
        """How sure it is that an aligned crop shows a face where it should: 0..1.

        Of 60 validation faces at every strength of damage the least sure had 0.75; of noise,
        plain greys and pieces of backgrounds none had more than 0.25.

        Args:
            crop: (512, 512, 3) float32 RGB in [0, 1], on the template.

        Raises:
            DeviceError: the graph failed.
        """
        view = template_look(crop)
        seen = self._graph.run({INPUT: np.stack([view, view[..., ::-1]])})[OUTPUT]
        return (in_template(seen[0]) + in_template(seen[1])) / 2

    def _look(self, pixels: NDArray[np.uint8], scale: float) -> Floats:
        """(K, 15) rows of the photograph seen at `scale`, in pixels of the photograph."""
        canvas, (sx, sy) = letterboxed(pixels, scale)
        rows = np.asarray(self._graph.run({INPUT: canvas})[OUTPUT][0], np.float32)
        rows = rows[rows[:, 0] >= LEAST].copy()
        rows[:, 1::2] /= sx
        rows[:, 2::2] /= sy
        return np.asarray(rows, np.float32)

    def _closer(self, pixels: NDArray[np.uint8], rows: Floats) -> Floats:
        """The rows after a close look at each."""
        out = rows.copy()
        for first in range(0, len(rows), TOGETHER):
            some = rows[first : first + TOGETHER]
            views = [close_up(pixels, row) for row in some]
            straight = np.stack([view for view, _ in views])
            both = np.concatenate([straight, straight[..., ::-1]])
            seen = self._graph.run({INPUT: both})[OUTPUT]
            for i, row in enumerate(some):
                out[first + i] = closer(row, seen[i], seen[len(some) + i], views[i][1])
        return out


def _possible(rows: Floats) -> Floats:
    keep = [plausible(r[1:5], r[5:].reshape(5, 2)) for r in rows]
    return np.asarray(rows[np.array(keep, bool)], np.float32)
