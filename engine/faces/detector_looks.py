"""How a photograph is shown to the detector's network, and how its answers become faces.

A row is what the network says about one cell: score, box x, y, width, height, and five points x, y;
fifteen numbers, in pixels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: Sides of the network's input are multiples of its coarsest stride.
MULTIPLE = 32
#: Longer side in pixels of the looks at a photograph, of which the last is for large scans alone.
SIDES = (640, 448, 288, 160)
FINE = 1280
#: Tiny photographs are enlarged by at most this.
ENLARGE = 4.0
#: Faces (geometric mean of the box's sides, pixels of a look) that a look is heard about, those it
#: can be trusted to see, and the size at which it sees best.
HEARD, TRUSTED, BEST = (10.0, 240.0), (18.0, 190.0), 90.0
#: Side of a close look at one face, and of the face in it.
CLOSE, CLOSE_FACE = 160, 96.0
#: Side of an aligned crop within a close look.
INNER = 128
MIRRORED = [1, 0, 2, 4, 3]


def looks(height: int, width: int) -> list[float]:
    """Scales at which a photograph is looked at, the finest first."""
    longer = max(height, width)
    scales = [min(ENLARGE, side / longer) for side in SIDES]
    if longer > 1.25 * SIDES[0]:
        scales.insert(0, min(1.0, FINE / longer))
    return sorted(set(scales), reverse=True)


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


def joined(seen: list[tuple[Floats, float]], least: float, limit: float = 0.4) -> Floats:
    """One row a face from the rows of all looks.

    Rows that overlap by more than `limit` are one face: box and points are averaged, and a look
    counts the more the nearer the face is to the size it sees best. The score is the best one,
    lowered where another look that can be trusted with a face of this size saw less.

    Args:
        seen: (rows (K, 15) in pixels of the photograph, scale) of each look.
        least: rows with a lower score are not heard.
        limit: intersection over union.
    """
    parts = []
    for i, (rows, scale) in enumerate(seen):
        size = np.sqrt(np.maximum(rows[:, 3] * rows[:, 4], 1e-6)) * scale
        heard = (rows[:, 0] >= least) & (size > HEARD[0]) & (size < HEARD[1])
        trust = np.exp(-(np.log(size / BEST) ** 2))
        parts.append(np.column_stack([rows, np.full(len(rows), i), trust])[heard])
    rows = np.concatenate(parts).astype(np.float32)
    rows = rows[np.argsort(-rows[:, 0] * rows[:, 16] ** 0.25, kind="stable")]
    out = []
    while len(rows):
        same = overlap(rows[0, 1:5], rows[:, 1:5]) > limit
        same[0] = True
        group = rows[same]
        weight = np.where(group[:, 0] > 0.6 * group[0, 0], group[:, 0] ** 2, 0) * group[:, 16]
        weight[0] += 1e-9
        mean = (group[:, :15] * weight[:, None]).sum(0) / weight.sum()
        best = [float(group[group[:, 15] == i, 0].max(initial=0)) for i in range(len(seen))]
        size = float(np.sqrt(mean[3] * mean[4]))
        able = [b for b, (_, s) in zip(best, seen, strict=True) if _trusted(size * s)]
        mean[0] = 0.7 * max(best) + 0.3 * float(np.mean(able)) if able else max(best)
        out.append(mean)
        rows = rows[~same]
    return suppressed(np.array(out, np.float32).reshape(-1, 15), limit, inside=0.55)


def _trusted(size: float) -> bool:
    return TRUSTED[0] < size < TRUSTED[1]


def suppressed(rows: Floats, limit: float = 0.4, inside: float = 1.0) -> Floats:
    """Keeps the best of (K, 15) rows, best first.

    Args:
        rows: any order.
        limit: intersection over union above which two rows are one face.
        inside: share of the smaller box within the larger above which they are one, too.
    """
    rows = rows[np.argsort(-rows[:, 0], kind="stable")]
    kept = []
    while len(rows):
        first, rows = rows[0], rows[1:]
        kept.append(first)
        low = np.maximum(first[1:3], rows[:, 1:3])
        high = np.minimum(first[1:3] + first[3:5], rows[:, 1:3] + rows[:, 3:5])
        both = np.prod(np.clip(high - low, 0, None), axis=1)
        smaller = np.minimum(first[3] * first[4], rows[:, 3] * rows[:, 4])
        apart = (overlap(first[1:5], rows[:, 1:5]) <= limit) & (both <= inside * smaller)
        rows = rows[apart]
    return np.array(kept, np.float32).reshape(-1, 15)


def uncovered(rows: Floats, limit: float = 0.5) -> Floats:
    """Keeps the rows of which surer ones cover at most a share of `limit`, surest first.

    Two heads side by side look like a third one between them: an eye of each, a mouth of one.
    """
    rows = rows[np.argsort(-rows[:, 0], kind="stable")]
    kept: list[Floats] = []
    steps = (np.arange(16, dtype=np.float32) + 0.5) / 16
    for row in rows:
        x, y = row[1] + steps * row[3], row[2] + steps * row[4]
        hidden = np.zeros((16, 16), bool)
        for _, left, top, width, height in (other[:5] for other in kept):
            inside = (y > top) & (y < top + height)
            hidden |= inside[:, None] & ((x > left) & (x < left + width))
        if hidden.mean() <= limit:
            kept.append(row)
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


def close_up(pixels: NDArray[np.uint8], row: Floats) -> tuple[Floats, NDArray[np.float64]]:
    """One face upright and at the size that the network sees best.

    Args:
        pixels: (H, W, 3) uint8 photograph.
        row: (15,) of the face.

    Returns:
        (3, 160, 160) float32 in [-1, 1], and the (2, 3) matrix from photograph to close-up.
    """
    points = row[5:].reshape(5, 2).astype(np.float64)
    across = points[1] - points[0]
    down = points[3:].mean(axis=0) - points[:2].mean(axis=0)
    # Eyes tell the tilt of a frontal face, the way from eyes to mouth that of a profile.
    along = across + np.array([down[1], -down[0]])
    angle = float(np.arctan2(along[1], along[0]))
    scale = CLOSE_FACE / max(float(row[3]), float(row[4]), 1.0)
    middle = row[1:3] + row[3:5] / 2
    c, s = scale * np.cos(angle), scale * np.sin(angle)
    matrix = np.array([[c, s, 0.0], [-s, c, 0.0]])
    matrix[:, 2] = CLOSE / 2 - matrix[:, :2] @ middle
    # The part of the photograph around the face, made smaller by area so that nothing aliases.
    reach = 0.75 * CLOSE / scale
    low = np.clip(np.floor(middle - reach), 0, None).astype(int)
    part = pixels[low[1] : int(middle[1] + reach) + 2, low[0] : int(middle[0] + reach) + 2]
    local = matrix.copy()
    local[:, 2] += matrix[:, :2] @ low
    if not part.size:
        part = np.full((1, 1, 3), 127, np.uint8)
    if scale < 0.7:
        h, w = part.shape[:2]
        size = max(1, round(w * scale)), max(1, round(h * scale))
        part = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.uint8)
        local[:, 0] *= w / size[0]
        local[:, 1] *= h / size[1]
    out: NDArray[Any] = cv2.warpAffine(
        part, local, (CLOSE, CLOSE), flags=cv2.INTER_LINEAR, borderValue=(127.5,) * 3
    )
    return (out.transpose(2, 0, 1) / np.float32(127.5) - 1).astype(np.float32), matrix


def template_look(crop: Floats) -> Floats:
    """An aligned crop, small within a grey border: (512, 512, 3) in [0, 1] -> (3, 160, 160)."""
    small: NDArray[Any] = cv2.resize(crop, (INNER, INNER), interpolation=cv2.INTER_AREA)
    edge = (CLOSE - INNER) // 2
    out = np.zeros((3, CLOSE, CLOSE), np.float32)
    out[:, edge : edge + INNER, edge : edge + INNER] = small.transpose(2, 0, 1) * 2 - 1
    return out


def in_template(rows: Floats) -> float:
    """Best score among (cells, 15) of a `template_look` whose box is where the template's is."""
    away = np.abs(rows[:, 1:3] + rows[:, 3:5] / 2 - CLOSE / 2).max(axis=1)
    size = np.sqrt(np.maximum(rows[:, 3] * rows[:, 4], 0))
    near = (away < 0.2 * INNER) & (size > 0.35 * INNER) & (size < 1.2 * INNER)
    return float(rows[near, 0].max(initial=0))


def closer(row: Floats, straight: Floats, mirrored: Floats, matrix: NDArray[np.float64]) -> Floats:
    """A face after a close look at it and at its mirror image.

    Points and score are those of all looks together; where the close look sees nothing, the points
    stay and the score falls.

    Args:
        row: (15,) of the face in the photograph.
        straight: (cells, 15) of the network for the close-up.
        mirrored: the same for the mirrored close-up.
        matrix: from photograph to close-up.
    """
    scores, points, weights = [], [row[5:].reshape(5, 2).astype(np.float64)], [0.3 * row[0]]
    back = np.linalg.inv(matrix[:, :2])
    half = CLOSE_FACE / 2
    for rows, turned in ((straight, False), (mirrored, True)):
        middles = rows[:, 1:3] + rows[:, 3:5] / 2 - CLOSE / 2
        size = np.sqrt(np.maximum(rows[:, 3] * rows[:, 4], 0))
        near = (np.abs(middles).max(axis=1) < 0.7 * half) & (size > 0.9 * half) & (size < 4 * half)
        if not near.any():
            scores.append(0.0)
            continue
        found = rows[near]
        found = found[found[:, 0] >= 0.8 * found[:, 0].max()]
        scores.append(float(found[:, 0].max()))
        seen = np.average(found[:, 5:], axis=0, weights=found[:, 0]).reshape(5, 2)
        if turned:
            seen = seen[MIRRORED]
            seen[:, 0] = CLOSE - seen[:, 0]
        points.append((seen - matrix[:, 2]) @ back.T)
        weights.append(scores[-1])
    out = row.copy()
    out[5:] = np.average(points, axis=0, weights=weights).reshape(10)
    out[0] = 0.5 * row[0] + 0.25 * sum(scores)
    return out
