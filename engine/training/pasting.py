"""Pasting aligned faces, and pieces of them that are no face, onto a canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from engine.training.canvas import (
    FACE,
    Canvas,
    Sources,
    face_size,
    moved,
    similarity,
    tilt,
    visible,
)
from engine.training.detector_labels import SIDE, overlap

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    from engine.training.canvas import Floats, Picture


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


def paste_faces(canvas: Canvas, sources: Sources, rng: Generator, count: int) -> None:
    """Pastes up to `count` faces where there is room."""
    side = canvas.pixels.shape[0]
    common = face_size(side, rng) if rng.random() < 0.5 else None  # a group is of one size
    for _ in range(count):
        size = common * rng.uniform(0.8, 1.25) if common else face_size(side, rng)
        size = min(size, 1.8 * side / np.sqrt(count + 1), 0.9 * side)
        i = int(rng.integers(len(sources.faces)))
        labels = sources.label(i)
        box = labels.boxes[0]
        goal = rng.uniform(0.4 * size, side - 0.4 * size, 2)
        matrix = similarity(size / max(box[2:]), tilt(rng), box[:2] + box[2:] / 2, goal)
        boxes, points = moved(labels, matrix)
        if len(canvas.boxes) and overlap(boxes, canvas.boxes).max() > 0.03:
            continue
        if not _blend(canvas, np.asarray(sources.faces[i]), _mask(box, rng), matrix, rng):
            continue
        canvas.boxes = np.concatenate([canvas.boxes, boxes])
        canvas.landmarks = np.concatenate([canvas.landmarks, points])
        canvas.kinds = np.concatenate([canvas.kinds, [FACE]])
    result = visible(canvas)
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


def paste_pieces(canvas: Canvas, sources: Sources, rng: Generator) -> None:
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
        size = int(min(face_size(side, rng), side / 2))
        patch = np.asarray(cv2.resize(patch, (size, size), interpolation=cv2.INTER_AREA), np.uint8)
        x0, y0 = rng.integers(0, side - size + 1, 2)
        canvas.pixels[y0 : y0 + size, x0 : x0 + size] = patch
