"""``python -m engine.training.evaluate_detector``: the bundled detector beside its teacher.

Three folders of whole photographs that it never trained on, and the photographs of detector.tar
that training kept for validation. A face of the teacher (YuNet, one look, score 0.7) counts as
*found* when one of ours, at the confidence with which a face is restored by default, overlaps it by
half or has its centre within a quarter of its size; every face is used once. *Extra* are our faces
of that confidence that match none of the teacher's with 0.7. Some of them are faces, though, that
the teacher overlooks at this one size: *unseen* of them are those that match nothing that it sees
with 0.5 in any of eight looks (four sizes, mirrored). Both are shares of the teacher's faces.

Landmark errors are the mean distance of the five points in eye distances: ours to one look of the
teacher, ours to the average of its looks, and the teacher's own, from one look to its mirror image.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.backends.devices import choose
from engine.backends.onnx import OnnxBackend
from engine.faces.detector import FLOOR, MODEL, Detector
from engine.models.store import BUNDLED, ModelStore
from engine.training import material
from engine.training.detector_labels import (
    Labels,
    Teacher,
    is_held_out,
    merge,
    overlap,
    tar_photos,
)
from engine.training.faces import decode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from engine.faces.face import Face

FOLDERS = ("historic", "old", "family")
_PICTURES = {".jpg", ".jpeg", ".png", ".webp"}
_MIRRORED = [1, 0, 2, 4, 3]


@dataclass
class Figures:
    """What was measured on one set of photographs.

    Attributes:
        photos: how many.
        faces: of the teacher at 0.7.
        found: of these, by us.
        extra: ours without a face of the teacher at 0.7.
        unseen: ours that no look of the teacher sees.
        errors: landmark errors to one look of the teacher in eye distances, a face each.
        steady: to the average of its looks.
        noise: the teacher's against itself mirrored.
        eyes: eye distances of the faces in pixels.
        misses: photographs and scores, for the eye.
    """

    photos: int = 0
    faces: int = 0
    found: int = 0
    extra: int = 0
    unseen: int = 0
    errors: list[float] = field(default_factory=list)
    steady: list[float] = field(default_factory=list)
    noise: list[float] = field(default_factory=list)
    eyes: list[float] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    def row(self, name: str) -> str:
        """One line of the table."""
        faces = max(1, self.faces)
        eyes = np.percentile(self.eyes, (0, 50, 100)) if self.eyes else np.zeros(3)
        errors = [
            float(np.median(values)) if values else float("nan")
            for values in (self.errors, self.steady, self.noise)
        ]
        return (
            f"| {name} | {self.photos} | {self.faces} | {self.found / faces:.1%} "
            f"| {self.extra / faces:.1%} | {self.unseen / faces:.1%} | {errors[0]:.1%} "
            f"| {errors[1]:.1%} | {errors[2]:.1%} | {eyes[0]:.0f} / {eyes[1]:.0f} / {eyes[2]:.0f} |"
        )


HEADER = (
    "| photographs | number | teacher's faces | found | extra | unseen | landmarks to one look "
    "| to the average | teacher, mirrored | eye distance px: least / median / most |\n"
    + "| --- " * 10
    + "|"
)


@lru_cache(maxsize=1)
def _teachers() -> list[Teacher]:
    return [Teacher(side) for side in (224, 320, 416, 640)]


def averaged(pixels: NDArray[np.uint8]) -> Labels:
    """The teacher's faces in eight looks at a photograph, averaged."""
    return merge([t(pixels, mirrored=m) for t in _teachers() for m in (False, True)])


def looked_at(pixels: NDArray[np.uint8]) -> Labels:
    """The teacher's faces (score 0.5 and more) in one look at a photograph."""
    faces = material.teachers().yunet(pixels)
    return Labels(
        np.array([f[0] for f in faces], np.float32).reshape(-1, 4),
        np.array([f[1] for f in faces], np.float32).reshape(-1, 5, 2),
        np.array([f[2] for f in faces], np.float32),
    )


def matched(ours: NDArray[np.float32], theirs: NDArray[np.float32]) -> list[int]:
    """For each of (A, 4) boxes the index of one of (B, 4), each used once, or -1."""
    if not len(ours) or not len(theirs):
        return [-1] * len(ours)
    middles = ours[:, None, :2] + ours[:, None, 2:] / 2 - theirs[:, :2] - theirs[:, 2:] / 2
    near = np.hypot(middles[..., 0], middles[..., 1]) / theirs[:, 2:].max(axis=1)
    value = overlap(ours, theirs)
    fits = (value >= 0.5) | (near <= 0.25)
    pairs = sorted(np.argwhere(fits).tolist(), key=lambda p: -value[p[0], p[1]])
    out, used = [-1] * len(ours), set()
    for i, j in pairs:
        if out[i] < 0 and j not in used:
            out[i] = j
            used.add(j)
    return out


def error(points: NDArray[np.float32], truth: NDArray[np.float32]) -> float:
    """Mean distance of (5, 2) landmarks in eye distances of `truth`."""
    eyes = float(np.hypot(*(truth[1] - truth[0])))
    return float(np.hypot(*(points - truth).T).mean() / max(eyes, 1.0))


def measure(detector: Detector, photos: Iterable[tuple[str, NDArray[np.uint8]]]) -> Figures:
    """Compares the detector with its teacher on some photographs."""
    out = Figures()
    for name, pixels in photos:
        out.photos += 1
        teacher = looked_at(pixels)
        sure = teacher.scores >= 0.7
        boxes, points = teacher.boxes[sure], teacher.landmarks[sure]
        ours = [f for f in detector.detect(pixels) if f.score >= FLOOR.confidence]
        mine = _boxes(ours)
        match = matched(mine, boxes)
        out.faces += len(boxes)
        out.found += sum(j >= 0 for j in match)
        for face, j in zip(ours, match, strict=True):
            if j >= 0:
                out.errors.append(error(face.landmarks, points[j]))
        left = [f for f, j in zip(ours, match, strict=True) if j < 0]
        out.extra += len(left)
        average = averaged(pixels)
        seen = [*teacher.boxes[~sure], *average.boxes[average.scores >= 0.5]]
        unseen = [j < 0 for j in matched(_boxes(left), np.reshape(seen, (-1, 4)))]
        out.unseen += sum(unseen)
        for face, j in zip(ours, matched(mine, average.boxes), strict=True):
            if j >= 0:
                out.steady.append(error(face.landmarks, average.landmarks[j]))
        out.eyes += [float(np.hypot(*(p[1] - p[0]))) for p in points]
        out.misses += [
            f"{name}: missed {teacher.scores[sure][j]:.2f}, {boxes[j]}"
            for j in range(len(boxes))
            if j not in match
        ]
        out.misses += [
            f"{name}: {'unseen' if alone else 'extra'} {f.score:.2f}, {f.box}"
            for f, alone in zip(left, unseen, strict=True)
        ]
        other = looked_at(np.ascontiguousarray(pixels[:, ::-1]))
        for j, k in enumerate(matched(boxes, _turned(other.boxes, pixels.shape[1]))):
            if k >= 0:
                back = other.landmarks[k][_MIRRORED] * np.array([-1, 1]) + [pixels.shape[1], 0]
                out.noise.append(error(back.astype(np.float32), points[j]))
    return out


def _boxes(faces: list[Face]) -> NDArray[np.float32]:
    return np.array([f.box for f in faces], np.float32).reshape(-1, 4)


def _turned(boxes: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    out = boxes.copy()
    out[:, 0] = width - boxes[:, 0] - boxes[:, 2]
    return out


def in_folder(name: str) -> list[tuple[str, NDArray[np.uint8]]]:
    """The photographs of one of `FOLDERS`."""
    files = sorted((material.folder("photos") / name).iterdir())
    return [(f.name, decode(f.read_bytes())) for f in files if f.suffix.lower() in _PICTURES]


def held_out() -> list[tuple[str, NDArray[np.uint8]]]:
    """The photographs of detector.tar that the training keeps for validation."""
    blobs = tar_photos()
    return [(k, decode(blobs[k])) for i, k in enumerate(sorted(blobs)) if is_held_out(i)]


def opened(folder: Path = BUNDLED) -> Detector:
    """The released detector of a model folder, on the processor."""
    return Detector(ModelStore([folder]).graph(MODEL, MODEL, OnnxBackend(choose("cpu"))))


def main(arguments: list[str] | None = None) -> int:
    """Prints the table; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, default=BUNDLED, help="folder of the models")
    parser.add_argument("--misses", action="store_true", help="list what differs")
    options = parser.parse_args(arguments)
    detector = opened(options.models)
    sets: dict[str, Any] = {name: in_folder(name) for name in FOLDERS}
    sets["held out of training"] = held_out()
    print(HEADER)
    all_misses, total = [], Figures()
    for name, photos in sets.items():
        figures = measure(detector, photos)
        print(figures.row(name), flush=True)
        all_misses += [f"{name}/{m}" for m in figures.misses]
        if name in FOLDERS:
            for key, value in vars(figures).items():
                setattr(total, key, getattr(total, key) + value)
    print(total.row("the three folders"))
    if options.misses:
        print("\n".join(all_misses))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
