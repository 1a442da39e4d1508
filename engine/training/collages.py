"""Canvases for the detector's training: photographs, collages of aligned faces, portraits, nothing.

A canvas is square and holds any number of labelled faces from a dozen pixels to the whole canvas,
tilted, damaged, toned and screened as old prints are. Teacher labels travel through every warp.
Faces that the damage made illegible, that the teacher is unsure of, or that are mostly outside
are marked to be ignored: the detector is neither asked for them nor punished.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from engine.training.canvas import (
    FACE,
    IGNORED,
    SMALLEST,
    Canvas,
    Sources,
    border,
    face_size,
    moved,
    similarity,
    tilt,
    visible,
    warp,
)
from engine.training.degradation import Damage, degrade
from engine.training.pasting import paste_faces, paste_pieces

if TYPE_CHECKING:
    from numpy.random import Generator

_MIRRORED = [1, 0, 2, 4, 3]


def draw(sources: Sources, side: int, rng: Generator) -> Canvas:
    """One canvas of `side` pixels."""
    kind = rng.random()
    if kind < 0.40:
        canvas = _photo(sources, side, rng)
        if rng.random() < 0.2:
            paste_faces(canvas, sources, rng, int(rng.integers(1, 4)))
    elif kind < 0.62:
        canvas = _portrait(sources, side, rng)
    else:
        canvas = _background(sources, side, rng)
        if rng.random() < 0.35:
            paste_pieces(canvas, sources, rng)
        if rng.random() < 0.88:
            most = int(rng.choice([1, 2, 4, 8, 14]))
            paste_faces(canvas, sources, rng, int(rng.integers(1, most + 1)))
    if rng.random() < 0.5:
        _mirror(canvas)
    return _worn(canvas, rng)


def _photo(sources: Sources, side: int, rng: Generator) -> Canvas:
    picture, labels = sources.photos[int(rng.integers(len(sources.photos)))]
    h, w = picture.shape[:2]
    goal = rng.uniform(0.1, 0.9, 2) * side
    if len(labels.boxes) and rng.random() < 0.7:
        box = labels.boxes[int(rng.integers(len(labels.boxes)))]
        size = face_size(side, rng)
        scale = float(np.clip(size / max(box[2:]), 0.5 * side / max(h, w), 3.0))
        source = box[:2] + box[2:] / 2
        # A large face stays mostly inside.
        reach = max(0.0, 0.5 - 0.35 * scale * max(box[2:]) / side)
        goal = (0.5 + rng.uniform(-reach, reach, 2)) * side
    else:
        # Anywhere, mostly beside the faces: clothes, pins, backdrops, lettering.
        scale = side / max(h, w) * float(np.exp(rng.uniform(np.log(0.7), np.log(3.5))))
        source = np.array([rng.uniform(0.1, 0.9) * w, rng.uniform(0.1, 0.9) * h])
    matrix = similarity(scale, tilt(rng), source, goal)
    edge, fill = border(rng)
    pixels = warp(picture, matrix, (side, side), edge, fill)
    boxes, points = moved(labels, matrix)
    kinds = np.where(labels.scores >= 0.65, FACE, IGNORED)
    # What the teacher hardly believed is nothing, unless it is small: then it may be a face.
    known = (labels.scores >= 0.4) | (labels.boxes[:, 2] < 24)
    return visible(Canvas(pixels, boxes[known], points[known], kinds[known]))


def _portrait(sources: Sources, side: int, rng: Generator) -> Canvas:
    """One face that fills the canvas, as tightly framed as old portraits are."""
    i = int(rng.integers(len(sources.faces)))
    labels = sources.label(i)
    box = labels.boxes[0]
    size = side * float(np.exp(rng.uniform(np.log(0.3), np.log(1.05))))
    scale = size / max(box[2:])
    reach = max(0.03, 0.5 - 0.45 * size / side)
    goal = (0.5 + rng.uniform(-reach, reach, 2)) * side
    matrix = similarity(scale, tilt(rng), box[:2] + box[2:] / 2, goal)
    edge, fill = border(rng)
    pixels = warp(np.asarray(sources.faces[i]), matrix, (side, side), edge, fill)
    boxes, points = moved(labels, matrix)
    return visible(Canvas(pixels, boxes, points, np.array([FACE])))


def _background(sources: Sources, side: int, rng: Generator) -> Canvas:
    """A canvas without faces: photograph, gradient, noise or flat."""
    kind = rng.random()
    if kind < 0.6:
        picture = sources.empty[int(rng.integers(len(sources.empty)))]
        h, w = picture.shape[:2]
        scale = side / min(h, w) * float(np.exp(rng.uniform(np.log(0.8), np.log(2.5))))
        middle = np.array([rng.uniform(0.3, 0.7) * w, rng.uniform(0.3, 0.7) * h])
        matrix = similarity(scale, float(rng.uniform(-180, 180)), middle, np.full(2, side / 2))
        pixels = warp(picture, matrix, (side, side), cv2.BORDER_REFLECT_101, 0.0)
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
