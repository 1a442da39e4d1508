"""Finds faces and their five landmarks in a photograph, with our own network.

The network (`engine.networks.detector`) sees faces of some 10 to 280 pixels best, so the photograph
is looked at in several sizes: coarse for portraits that fill the frame, middle for most, fine for
groups in large scans. What several looks say about one face is averaged, which steadies the
landmarks; what only one of them sees counts less.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.faces.face import Face

if TYPE_CHECKING:
    from engine.backends.base import Graph

Floats = NDArray[np.float32]

#: Name of the bundled graph and of its input and output.
MODEL = "detector"
INPUT, OUTPUT = "pixels", "faces"
#: Sides of the network's input are multiples of its coarsest stride.
MULTIPLE = 32
#: Longer side in pixels of the looks at a photograph.
COARSE, MIDDLE, FINE = 288, 640, 1280
#: Tiny photographs are enlarged by at most this.
ENLARGE = 4.0
#: A found face is looked at again alone: window in longer sides of its box, pixels of the picture.
#: A face is found in each of them, a pattern that looked like one usually is not.
SECOND_LOOKS = ((1.8, 192), (2.4, 256), (2.0, 160))
#: Faces (longer side of the box, pixels of a look) that a look is trusted with.
TRUSTED = (14.0, 260.0)
#: Below this confidence a cell of the network is not heard at all.
HEARD = 0.25


@dataclass(frozen=True)
class Floor:
    """What a face must have to be restored without being asked for.

    Attributes:
        confidence: of the detector, 0..1.
        eyes: distance between the eyes in pixels of the photograph; with less there is nothing
            to recognise a person by, and a restoration would invent one.
    """

    confidence: float = 0.5
    eyes: float = 8.0


FLOOR = Floor()
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
        scales = looks(pixels.shape[0], pixels.shape[1])
        seen = [(self._look(pixels, scale), scale) for scale in scales]
        rows = joined(seen)
        rows = rows[rows[:, 0] >= REPORTED]
        rows = rows[np.array([plausible(r[1:5], r[5:].reshape(5, 2)) for r in rows], bool)]
        for row in rows:
            row[0] = min([row[0], *(self._second_look(pixels, row, *how) for how in SECOND_LOOKS)])
        rows = rows[rows[:, 0] >= REPORTED]
        rows = rows[np.argsort(-(rows[:, 3] * rows[:, 4]), kind="stable")]
        return [Face(r[1:5].copy(), r[5:].reshape(5, 2).copy(), float(r[0])) for r in rows]

    def _look(self, pixels: NDArray[np.uint8], scale: float) -> Floats:
        """(K, 15) rows of the photograph seen at `scale`, in pixels of the photograph."""
        canvas, (sx, sy) = letterboxed(pixels, scale)
        rows = np.asarray(self._graph.run({INPUT: canvas})[OUTPUT][0], np.float32)
        sizes = rows[:, 3:5].max(axis=1)
        low, high = TRUSTED
        rows = rows[(rows[:, 0] > HEARD) & (sizes > low / 2) & (sizes < high * 2)].copy()
        rows[:, 1::2] /= sx
        rows[:, 2::2] /= sy
        return np.asarray(rows, np.float32)

    def _second_look(
        self, pixels: NDArray[np.uint8], row: Floats, margin: float, side: int
    ) -> float:
        """How sure the network is of a face when it fills a picture of its own.

        Args:
            pixels: the photograph.
            row: (15,) score, box and points.
            margin: side of the window in longer sides of the box.
            side: pixels that the window is brought to.
        """
        box = row[1:5]
        window = margin * float(max(box[2:]))
        corner = np.asarray(box[:2] + box[2:] / 2 - window / 2, np.float32)
        canvas = cut(pixels, corner, window, side).transpose(2, 0, 1)[None] / np.float32(127.5) - 1
        rows = np.asarray(self._graph.run({INPUT: canvas})[OUTPUT][0], np.float32)
        scale = side / window
        here = np.concatenate([(box[:2] - corner) * scale, box[2:] * scale]).astype(np.float32)
        agree = overlap(here, rows[:, 1:5]) > 0.4
        return float(rows[agree, 0].max(initial=0))


def cut(pixels: NDArray[np.uint8], corner: Floats, window: float, side: int) -> Floats:
    """A square of the photograph as (side, side, 3) float32; beyond the edge the edge goes on.

    Args:
        pixels: (H, W, 3) uint8.
        corner: (2,) x and y of its top left corner, which may lie outside.
        window: its side in pixels of the photograph.
        side: pixels that it is brought to.
    """
    height, width = pixels.shape[:2]
    low = np.clip(np.floor(corner).astype(int), 0, [width - 1, height - 1])
    high = np.clip(np.ceil(corner + window).astype(int) + 1, low + 1, [width, height])
    part: NDArray[Any] = pixels[low[1] : high[1], low[0] : high[0]].astype(np.float32)
    scale = side / window
    if scale < 0.5:
        part = cv2.GaussianBlur(part, (0, 0), 0.4 / scale)
    x, y = (corner - low) * -scale
    matrix = np.array([[scale, 0, x], [0, scale, y]], np.float64)
    return np.asarray(
        cv2.warpAffine(
            part, matrix, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        ),
        np.float32,
    )


def looks(height: int, width: int) -> list[float]:
    """Scales at which a photograph is looked at, the middle one first."""
    longer = max(height, width)
    scales = [min(ENLARGE, MIDDLE / longer)]
    if longer > 1.25 * MIDDLE:
        scales.append(min(1.0, FINE / longer))
    coarse = COARSE / longer
    if coarse < scales[0]:
        scales.append(coarse)
    return scales


def letterboxed(pixels: NDArray[np.uint8], scale: float) -> tuple[Floats, tuple[float, float]]:
    """The network's input: scaled, in [-1, 1], filled with mid-grey to a multiple of 32.

    Returns:
        (1, 3, H, W) float32, and the scales of x and y after rounding to whole pixels.
    """
    h, w = pixels.shape[:2]
    size = max(1, round(w * scale)), max(1, round(h * scale))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    small: NDArray[Any] = cv2.resize(pixels, size, interpolation=how)
    rows, columns = (-(-n // MULTIPLE) * MULTIPLE for n in (size[1], size[0]))
    canvas = np.zeros((1, 3, rows, columns), np.float32)
    canvas[0, :, : size[1], : size[0]] = small.transpose(2, 0, 1) / np.float32(127.5) - 1
    return canvas, (size[0] / w, size[1] / h)


def joined(seen: list[tuple[Floats, float]], limit: float = 0.4) -> Floats:
    """One row a face from the rows of all looks.

    Rows that overlap by more than `limit` are one face: box and points are averaged, the score is
    the best one, lowered where another look that can be trusted with a face of this size saw less.

    Args:
        seen: (rows (K, 15) in pixels of the photograph, scale) of each look.
        limit: intersection over union.
    """
    rows = np.concatenate([r for r, _ in seen])
    look = np.concatenate([np.full(len(r), i) for i, (r, _) in enumerate(seen)])
    order = np.argsort(-rows[:, 0], kind="stable")
    rows, look = rows[order], look[order]
    out = []
    while len(rows):
        same = overlap(rows[0, 1:5], rows[:, 1:5]) > limit
        same[0] = True
        group, by = rows[same], look[same]
        weight = np.where(group[:, 0] > 0.5 * group[0, 0], group[:, 0] ** 2, 0)[:, None]
        mean = (group * weight).sum(0) / weight.sum()
        best = [float(group[by == i, 0].max(initial=0)) for i in range(len(seen))]
        size = float(mean[3:5].max())
        able = [i for i, (_, scale) in enumerate(seen) if TRUSTED[0] < size * scale < TRUSTED[1]]
        first = max(best)
        mean[0] = 0.7 * first + 0.3 * float(np.mean([best[i] for i in able])) if able else first
        out.append(mean)
        rows, look = rows[~same], look[~same]
    found = np.array(out, np.float32).reshape(-1, 15)
    return suppressed(found, 0.5)


def suppressed(rows: Floats, limit: float = 0.4) -> Floats:
    """Keeps the best of (K, 15) rows that overlap by more than `limit`, best first."""
    rows = rows[np.argsort(-rows[:, 0], kind="stable")]
    kept = []
    while len(rows):
        kept.append(rows[0])
        rows = rows[1:][overlap(rows[0, 1:5], rows[1:, 1:5]) <= limit]
    return np.array(kept, np.float32).reshape(-1, 15)


def overlap(box: Floats, boxes: Floats) -> Floats:
    """Intersection over union of one box x, y, width, height with (K, 4) others -> (K,)."""
    low = np.maximum(box[:2], boxes[:, :2])
    high = np.minimum(box[:2] + box[2:], boxes[:, :2] + boxes[:, 2:])
    both = np.prod(np.clip(high - low, 0, None), axis=1)
    union = np.prod(box[2:]) + np.prod(boxes[:, 2:], axis=1) - both
    return np.asarray(both / np.maximum(union, 1e-6), np.float32)


def plausible(box: Floats, points: Floats) -> bool:
    """Whether five points can be a face: apart, near the box, mouth opposite the eyes.

    Args:
        box: (4,) x, y, width, height.
        points: (5, 2), same pixels.
    """
    size = float(max(box[2], box[3]))
    if not (np.isfinite(points).all() and np.isfinite(box).all()) or min(box[2:]) <= 0:
        return False
    middle = box[:2] + box[2:] / 2
    if float(np.abs(points - middle).max()) > 0.9 * size:
        return False
    eyes, mouth = points[:2].mean(axis=0), points[3:].mean(axis=0)
    down = float(np.hypot(*(mouth - eyes)))
    across = float(np.hypot(*(points[1] - points[0])))
    if down < 0.12 * size or across < 0.05 * size:
        return False
    nose = float((points[2] - eyes) @ (mouth - eyes)) / down**2
    return -0.2 < nose < 1.2
