"""Canvases for the detector's training: photographs, collages of aligned faces, portraits, nothing.

A canvas is square and holds any number of labelled faces from a dozen pixels to the whole canvas,
tilted, damaged, toned and screened as old prints are. Teacher labels travel through every warp.
Faces that the damage made illegible, that the teacher is unsure of, or that are mostly outside
are marked to be ignored: the detector is neither asked for them nor punished.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.training.degradation import Damage, degrade
from engine.training.detector_labels import SIDE, Labels, overlap

if TYPE_CHECKING:
    from numpy.random import Generator

Picture = NDArray[np.uint8]
Floats = NDArray[np.float32]

FACE, IGNORED = 1, 2
#: Below this side in pixels a face is ignored.
SMALLEST = 10.0
_MIRRORED = [1, 0, 2, 4, 3]


@dataclass
class Canvas:
    """One training picture.

    Attributes:
        pixels: (S, S, 3) uint8 RGB.
        boxes: (M, 4) float32 x, y, width, height in pixels.
        landmarks: (M, 5, 2) float32 in pixels.
        kinds: (M,) int, `FACE` or `IGNORED`.
    """

    pixels: Picture
    boxes: Floats
    landmarks: Floats
    kinds: NDArray[np.int64]


@dataclass(frozen=True)
class Sources:
    """What canvases are made of.

    Attributes:
        photos: photographs with labels.
        empty: photographs without any face.
        faces: (N, 256, 256, 3) aligned faces.
        labels: their labels, one face each.
    """

    photos: list[tuple[Picture, Labels]]
    empty: list[Picture]
    faces: NDArray[np.uint8]
    labels: Labels


def draw(sources: Sources, side: int, rng: Generator) -> Canvas:
    """One canvas of `side` pixels."""
    kind = rng.random()
    if kind < 0.40:
        canvas = _photo(sources, side, rng)
        if rng.random() < 0.2:
            _paste_faces(canvas, sources, rng, int(rng.integers(1, 4)))
    elif kind < 0.62:
        canvas = _portrait(sources, side, rng)
    else:
        canvas = _background(sources, side, rng)
        if rng.random() < 0.35:
            _paste_pieces(canvas, sources, rng)
        if rng.random() < 0.88:
            most = int(rng.choice([1, 2, 4, 8, 14]))
            _paste_faces(canvas, sources, rng, int(rng.integers(1, most + 1)))
    if rng.random() < 0.5:
        _mirror(canvas)
    return _worn(canvas, rng)


def _tilt(rng: Generator) -> float:
    """Degrees: mostly near upright, a fifth anywhere up to 50."""
    return float(rng.uniform(-50, 50) if rng.random() < 0.2 else rng.normal(0, 12))


def _similarity(
    scale: float, degrees: float, source: NDArray[Any], goal: NDArray[Any]
) -> NDArray[np.float64]:
    """(2, 3) matrix that turns and scales around `source` and puts it at `goal`."""
    a = np.deg2rad(degrees)
    turn = scale * np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    return np.concatenate([turn, (goal - turn @ source)[:, None]], axis=1)


def moved(labels: Labels, matrix: NDArray[np.float64]) -> tuple[Floats, Floats]:
    """Boxes (M, 4) and landmarks (M, 5, 2) under a similarity.

    A turned box is the frame of the turned ellipse that the box held, as a face is round.
    """
    turn, shift = matrix[:, :2], matrix[:, 2]
    points = labels.landmarks @ turn.T + shift
    middle = (labels.boxes[:, :2] + labels.boxes[:, 2:] / 2) @ turn.T + shift
    half = np.sqrt((labels.boxes[:, 2:] / 2) ** 2 @ (turn**2).T)
    boxes = np.concatenate([middle - half, 2 * half], axis=1)
    return boxes.astype(np.float32), points.astype(np.float32)


def _warp(
    picture: Picture, matrix: NDArray[np.float64], size: tuple[int, int], border: int, fill: float
) -> Picture:
    """Warps without aliasing: a strong reduction is made by area first."""
    scale = float(np.hypot(*matrix[:, 0]))
    if scale < 0.7:
        h, w = picture.shape[:2]
        small = max(2, round(w * scale)), max(2, round(h * scale))
        picture = np.asarray(cv2.resize(picture, small, interpolation=cv2.INTER_AREA), np.uint8)
        matrix = matrix.copy()
        matrix[:, 0] *= w / small[0]
        matrix[:, 1] *= h / small[1]
    out = cv2.warpAffine(
        picture, matrix, size, flags=cv2.INTER_LINEAR, borderMode=border, borderValue=(fill,) * 3
    )
    return np.asarray(out, np.uint8)


def _border(rng: Generator) -> tuple[int, float]:
    kind = rng.random()
    if kind < 0.5:
        fill = float(rng.choice([0.0, 127.0, 255.0, rng.uniform(0, 255)]))
        return cv2.BORDER_CONSTANT, fill
    return cv2.BORDER_REPLICATE, 0.0  # never mirrored: that would show an unlabelled face


def _size(side: int, rng: Generator) -> float:
    """Longer side of a face in pixels, log-uniform from 11 to the whole canvas."""
    return float(np.exp(rng.uniform(np.log(11.0), np.log(0.97 * side))))


def _photo(sources: Sources, side: int, rng: Generator) -> Canvas:
    picture, labels = sources.photos[int(rng.integers(len(sources.photos)))]
    h, w = picture.shape[:2]
    goal = rng.uniform(0.1, 0.9, 2) * side
    if len(labels.boxes) and rng.random() < 0.7:
        box = labels.boxes[int(rng.integers(len(labels.boxes)))]
        size = _size(side, rng)
        scale = float(np.clip(size / max(box[2:]), 0.5 * side / max(h, w), 3.0))
        source = box[:2] + box[2:] / 2
        # A large face stays mostly inside.
        reach = max(0.0, 0.5 - 0.35 * scale * max(box[2:]) / side)
        goal = (0.5 + rng.uniform(-reach, reach, 2)) * side
    else:
        # Anywhere, mostly beside the faces: clothes, pins, backdrops, lettering.
        scale = side / max(h, w) * float(np.exp(rng.uniform(np.log(0.7), np.log(3.5))))
        source = np.array([rng.uniform(0.1, 0.9) * w, rng.uniform(0.1, 0.9) * h])
    matrix = _similarity(scale, _tilt(rng), source, goal)
    border, fill = _border(rng)
    pixels = _warp(picture, matrix, (side, side), border, fill)
    boxes, points = moved(labels, matrix)
    kinds = np.where(labels.scores >= 0.65, FACE, IGNORED)
    # What the teacher hardly believed is nothing, unless it is small: then it may be a face.
    known = (labels.scores >= 0.4) | (labels.boxes[:, 2] < 24)
    return _visible(Canvas(pixels, boxes[known], points[known], kinds[known]))


def _visible(canvas: Canvas) -> Canvas:
    """Drops faces outside; those half outside or too small are ignored."""
    side = canvas.pixels.shape[0]
    low = np.clip(canvas.boxes[:, :2], 0, side)
    high = np.clip(canvas.boxes[:, :2] + canvas.boxes[:, 2:], 0, side)
    seen = np.prod(high - low, axis=1) / np.maximum(np.prod(canvas.boxes[:, 2:], axis=1), 1e-6)
    sizes = canvas.boxes[:, 2:].max(axis=1, initial=0)
    canvas.kinds[(seen < 0.55) | (sizes < SMALLEST)] = IGNORED
    keep = seen > 0.15
    return Canvas(canvas.pixels, canvas.boxes[keep], canvas.landmarks[keep], canvas.kinds[keep])


def _portrait(sources: Sources, side: int, rng: Generator) -> Canvas:
    """One face that fills the canvas, as tightly framed as old portraits are."""
    i = int(rng.integers(len(sources.faces)))
    labels = Labels(
        *(
            a[i : i + 1]
            for a in (sources.labels.boxes, sources.labels.landmarks, sources.labels.scores)
        )
    )
    box = labels.boxes[0]
    size = side * float(np.exp(rng.uniform(np.log(0.3), np.log(1.05))))
    scale = size / max(box[2:])
    reach = max(0.03, 0.5 - 0.45 * size / side)
    goal = (0.5 + rng.uniform(-reach, reach, 2)) * side
    matrix = _similarity(scale, _tilt(rng), box[:2] + box[2:] / 2, goal)
    border, fill = _border(rng)
    pixels = _warp(np.asarray(sources.faces[i]), matrix, (side, side), border, fill)
    boxes, points = moved(labels, matrix)
    return _visible(Canvas(pixels, boxes, points, np.array([FACE])))


def _background(sources: Sources, side: int, rng: Generator) -> Canvas:
    """A canvas without faces: photograph, gradient, noise or flat."""
    kind = rng.random()
    if kind < 0.6:
        picture = sources.empty[int(rng.integers(len(sources.empty)))]
        h, w = picture.shape[:2]
        scale = side / min(h, w) * float(np.exp(rng.uniform(np.log(0.8), np.log(2.5))))
        middle = np.array([rng.uniform(0.3, 0.7) * w, rng.uniform(0.3, 0.7) * h])
        matrix = _similarity(scale, float(rng.uniform(-180, 180)), middle, np.full(2, side / 2))
        pixels = _warp(picture, matrix, (side, side), cv2.BORDER_REFLECT_101, 0.0)
    else:
        cells = int(rng.choice([1, 2, 3, 6, 16, 48]))
        spread = 90 * rng.random() ** 2  # backdrops are nearly flat more often than not
        colour = rng.uniform(0, 255, 3) if rng.random() < 0.6 else np.full(3, rng.uniform(0, 255))
        noise = rng.normal(0, spread, (cells, cells, 1 if rng.random() < 0.6 else 3)) + colour
        noise = np.clip(noise, 0, 255).astype(np.uint8)
        pixels = np.asarray(
            cv2.resize(noise, (side, side), interpolation=cv2.INTER_CUBIC), np.uint8
        )
    return Canvas(
        pixels, np.zeros((0, 4), np.float32), np.zeros((0, 5, 2), np.float32), np.zeros(0, np.int64)
    )


def _mask(box: Floats, rng: Generator) -> NDArray[np.uint8]:
    """(256, 256) 0..255: the whole picture, an oval or a rectangle around the face, feathered."""
    mask = np.zeros((SIDE, SIDE), np.uint8)
    middle, half = box[:2] + box[2:] / 2, box[2:] / 2
    kind = rng.random()
    margin = half * rng.uniform(1.05, 1.7, 2)
    if kind < 0.4:
        edge = int(rng.integers(1, 12))
        mask[edge:-edge, edge:-edge] = 255
    elif kind < 0.75:
        centre = int(middle[0]), int(middle[1])
        cv2.ellipse(mask, centre, (int(margin[0] * 1.1), int(margin[1] * 1.1)), 0, 0, 360, 255, -1)
    else:
        x0, y0 = np.maximum(middle - margin, 0).astype(int)
        x1, y1 = (middle + margin).astype(int)
        mask[y0:y1, x0:x1] = 255
    blur = float(rng.choice([0.0, 1.5, 5.0]))
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), blur), np.uint8) if blur else mask


def _paste_faces(canvas: Canvas, sources: Sources, rng: Generator, count: int) -> None:
    """Pastes up to `count` faces where there is room."""
    side = canvas.pixels.shape[0]
    common = _size(side, rng) if rng.random() < 0.5 else None  # a group is of one size
    for _ in range(count):
        size = common * rng.uniform(0.8, 1.25) if common else _size(side, rng)
        size = min(size, 1.8 * side / np.sqrt(count + 1), 0.9 * side)
        i = int(rng.integers(len(sources.faces)))
        labels = Labels(
            *(
                a[i : i + 1]
                for a in (sources.labels.boxes, sources.labels.landmarks, sources.labels.scores)
            )
        )
        box = labels.boxes[0]
        goal = rng.uniform(0.4 * size, side - 0.4 * size, 2)
        matrix = _similarity(size / max(box[2:]), _tilt(rng), box[:2] + box[2:] / 2, goal)
        boxes, points = moved(labels, matrix)
        if len(canvas.boxes) and overlap(boxes, canvas.boxes).max() > 0.03:
            continue
        if not _blend(canvas, np.asarray(sources.faces[i]), _mask(box, rng), matrix, rng):
            continue
        canvas.boxes = np.concatenate([canvas.boxes, boxes])
        canvas.landmarks = np.concatenate([canvas.landmarks, points])
        canvas.kinds = np.concatenate([canvas.kinds, [FACE]])
    result = _visible(canvas)
    canvas.boxes, canvas.landmarks, canvas.kinds = result.boxes, result.landmarks, result.kinds


def _blend(
    canvas: Canvas, face: Picture, mask: Picture, matrix: NDArray[np.float64], rng: Generator
) -> bool:
    """Pastes one picture through its mask; False where it would hide a face already there."""
    pixels = canvas.pixels
    side = pixels.shape[0]
    corners = (
        np.array([[0, 0], [SIDE, 0], [0, SIDE], [SIDE, SIDE]]) @ matrix[:, :2].T + matrix[:, 2]
    )
    x0, y0 = np.clip(np.floor(corners.min(0)), 0, side).astype(int)
    x1, y1 = np.clip(np.ceil(corners.max(0)), 0, side).astype(int)
    if x1 - x0 < 2 or y1 - y0 < 2:
        return False
    local = matrix.copy()
    local[:, 2] -= (x0, y0)
    four = np.dstack([face, mask])
    scale = float(np.hypot(*matrix[:, 0]))
    if scale < 0.7:
        small = max(4, round(SIDE * scale))
        four = cv2.resize(four, (small, small), interpolation=cv2.INTER_AREA)
        local[:, :2] *= SIDE / small
    warped = cv2.warpAffine(four, local, (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR)
    alpha = warped[..., 3:].astype(np.float32) / 255
    for x, y, w, h in canvas.boxes - np.array([x0, y0, 0, 0], np.float32):
        hidden = alpha[max(0, int(y)) : max(0, int(y + h)), max(0, int(x)) : max(0, int(x + w))]
        if hidden.sum() > 0.08 * w * h:
            return False
    colour = warped[..., :3].astype(np.float32)
    if rng.random() < 0.3:
        colour = np.repeat(colour.mean(axis=2, keepdims=True), 3, axis=2)
    colour = np.clip(colour * rng.uniform(0.6, 1.2) + rng.uniform(-15, 25), 0, 255)
    under = pixels[y0:y1, x0:x1]
    pixels[y0:y1, x0:x1] = (under * (1 - alpha) + colour * alpha).astype(np.uint8)
    return True


def _paste_pieces(canvas: Canvas, sources: Sources, rng: Generator) -> None:
    """Parts of faces that are no face: shuffled blocks, a lone eye or mouth, hair, clothes."""
    side = canvas.pixels.shape[0]
    for _ in range(int(rng.integers(1, 5))):
        i = int(rng.integers(len(sources.faces)))
        face, points = np.asarray(sources.faces[i]), sources.labels.landmarks[i]
        if rng.random() < 0.5:
            x, y, w, h = sources.labels.boxes[i].astype(int)
            n = int(rng.integers(2, 5))
            patch = face[max(y, 0) : y + h, max(x, 0) : x + w]
            patch = np.asarray(cv2.resize(patch, (24 * n, 24 * n), interpolation=cv2.INTER_AREA))
            blocks = patch.reshape(n, 24, n, 24, 3).swapaxes(1, 2).reshape(-1, 24, 24, 3)
            blocks = blocks[np.roll(np.arange(n * n), int(rng.integers(1, n * n)))]
            rng.shuffle(blocks)
            patch = blocks.reshape(n, n, 24, 24, 3).swapaxes(1, 2).reshape(24 * n, 24 * n, 3)
        else:
            x, y = points[int(rng.choice([0, 1, 3]))] if rng.random() < 0.7 else (30.0, 30.0)
            r = int(0.3 * np.hypot(*(points[1] - points[0])))
            patch = face[max(0, int(y) - r) : int(y) + r, max(0, int(x) - r) : int(x) + r]
        size = int(min(_size(side, rng), side / 2))
        patch = np.asarray(cv2.resize(patch, (size, size), interpolation=cv2.INTER_AREA), np.uint8)
        x0, y0 = rng.integers(0, side - size + 1, 2)
        canvas.pixels[y0 : y0 + size, x0 : x0 + size] = patch


def _mirror(canvas: Canvas) -> None:
    side = canvas.pixels.shape[0]
    canvas.pixels = np.ascontiguousarray(canvas.pixels[:, ::-1])
    canvas.boxes[:, 0] = side - canvas.boxes[:, 0] - canvas.boxes[:, 2]
    canvas.landmarks = canvas.landmarks[:, _MIRRORED].copy()
    canvas.landmarks[..., 0] = side - canvas.landmarks[..., 0]


def _worn(canvas: Canvas, rng: Generator) -> Canvas:
    """Damages the canvas as far as its faces bear it; the smaller ones are then ignored."""
    side = canvas.pixels.shape[0]
    sizes = canvas.boxes[:, 2:].max(axis=1, initial=0)
    faces = sizes[canvas.kinds == FACE]
    bears = float(rng.choice(faces)) if len(faces) else 60.0
    hard = rng.random() < 0.5
    down = float(np.exp(rng.uniform(0, np.log(np.clip(bears / 11, 1, 10))))) if hard else 1.0
    blur = (
        float(np.exp(rng.uniform(np.log(0.2), np.log(np.clip(bears / 22, 0.3, 6)))))
        if hard
        else 0.15
    )
    damage = Damage(
        blur=(blur * 512 / side, blur * 512 / side),
        down=(down, down),
        noise=(0.0, 18.0 if hard else 5.0),
        jpeg=(30.0, 95.0),
        anisotropic=0.25 if hard else 0.01,
        motion=0.03,
        grain=0.25,
        print_damage=0.2,
        tone=0.6,
    )
    canvas.pixels = degrade(canvas.pixels, damage, rng)[1]
    legible = sizes / max(down, 2 * blur) >= SMALLEST
    canvas.kinds[~legible] = IGNORED
    return canvas
