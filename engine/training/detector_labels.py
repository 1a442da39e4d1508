"""Teacher labels for the detector's training, made once and kept beside the runs.

The teacher (YuNet) looks at every picture at several sizes and mirrored; its answers are
averaged. One look's landmarks wander by some 3 % of the eye distance from size to size, the
average far less, and small or tightly framed faces are found at one size and missed at another.
The template of the aligned faces is not used: real faces deviate from it by more than the teacher
deviates from itself.
"""

from __future__ import annotations

import csv
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.training import material
from engine.training.faces import decode, read_shards

Floats = NDArray[np.float32]

#: Where the cache lies: an ignored folder of the checkout.
CACHE = Path(".work/detector")
#: Side of the cached aligned faces in pixels.
SIDE = 256
_MIRRORED = [1, 0, 2, 4, 3]


@dataclass(frozen=True)
class Labels:
    """The faces of one picture.

    Attributes:
        boxes: (M, 4) float32, x, y, width, height in pixels.
        landmarks: (M, 5, 2) float32 in pixels, image-left first.
        scores: (M,) float32, the teacher's best confidence over its looks.
    """

    boxes: Floats
    landmarks: Floats
    scores: Floats


class Teacher:
    """YuNet at one canvas size; looks at pictures that fit into it."""

    def __init__(self, side: int, threshold: float = 0.3) -> None:
        self.side = side
        file = str(material.folder("teachers") / "yunet_n_640.onnx")
        self._net = cv2.FaceDetectorYN.create(file, "", (side, side), threshold, 0.3)

    def __call__(self, picture: NDArray[np.uint8], *, mirrored: bool = False) -> Floats:
        """(H, W, 3) RGB -> (M, 15): x, y, width, height, ten landmark numbers, score."""
        h, w = picture.shape[:2]
        scale = self.side / max(h, w)
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        size = max(1, round(w * scale)), max(1, round(h * scale))
        small: NDArray[Any] = cv2.resize(picture, size, interpolation=how)
        if mirrored:
            small = small[:, ::-1]
        canvas = np.zeros((self.side, self.side, 3), np.uint8)
        canvas[: size[1], : size[0]] = small[..., ::-1]
        found = self._net.detect(canvas)[1]
        if found is None:
            return np.zeros((0, 15), np.float32)
        rows = np.array(found, np.float32)
        if mirrored:
            rows[:, 0] = size[0] - rows[:, 0] - rows[:, 2]
            points = rows[:, 4:14].reshape(-1, 5, 2)[:, _MIRRORED].copy()
            points[..., 0] = size[0] - points[..., 0]
            rows[:, 4:14] = points.reshape(-1, 10)
        rows[:, :14] /= scale
        return rows


def overlap(boxes: Floats, others: Floats) -> Floats:
    """Intersection over union of (A, 4) and (B, 4) boxes x, y, width, height -> (A, B)."""
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    high = np.minimum(
        boxes[:, None, :2] + boxes[:, None, 2:4], others[None, :, :2] + others[None, :, 2:4]
    )
    both = np.prod(np.clip(high - low, 0, None), axis=2)
    areas = np.prod(boxes[:, None, 2:4], axis=2) + np.prod(others[None, :, 2:4], axis=2)
    return np.asarray(both / np.maximum(areas - both, 1e-6), np.float32)


def merge(looks: list[Floats]) -> Labels:
    """Joins several looks at one picture: groups by overlap, averages weighted by confidence."""
    rows = np.concatenate(looks) if looks else np.zeros((0, 15), np.float32)
    rows = rows[np.argsort(-rows[:, 14])]
    joined = []
    while len(rows):
        same = overlap(rows[:1, :4], rows[:, :4])[0] > 0.4
        same[0] = True
        group = rows[same]
        weight = np.where(group[:, 14] > 0.6 * group[0, 14], group[:, 14] ** 2, 1e-6)
        mean = (group * weight[:, None]).sum(0) / weight.sum()
        mean[14] = group[0, 14]
        joined.append(mean)
        rows = rows[~same]
    table = np.array(joined, np.float32).reshape(-1, 15)
    return Labels(table[:, :4], table[:, 4:14].reshape(-1, 5, 2), table[:, 14])


def is_held_out(index: int) -> bool:
    """Whether training keeps the photograph with this index (by name) for validation."""
    return index % 12 == 0


def tar_photos() -> dict[str, bytes]:
    """The compressed photographs of detector.tar by name."""
    blobs: dict[str, bytes] = {}
    with tarfile.open(material.folder("photos") / "detector.tar") as tar:
        for member in tar:
            if (stream := tar.extractfile(member)) is not None:
                blobs[member.name.rsplit("/", 1)[-1]] = stream.read()
    return blobs


def photos() -> list[tuple[NDArray[np.uint8], Labels, bool]]:
    """The photographs of detector.tar: picture, labels, and whether it surely holds no face."""
    with (material.folder("photos") / "detector.csv").open(newline="", encoding="utf-8") as lines:
        source = {row["file"]: row["source"] for row in csv.DictReader(lines)}
    blobs = tar_photos()
    cache = CACHE / "photos.npz"
    if not cache.exists():
        _label_photos({k: decode(v) for k, v in blobs.items()}, cache)
    held = np.load(cache)
    out = []
    for name in sorted(blobs):
        table = held[name]
        labels = Labels(table[:, :4], table[:, 4:14].reshape(-1, 5, 2), table[:, 14])
        # Those of things and animals hold none, whatever a weak look imagines.
        empty = "Caltech101" in source[name] and float(labels.scores.max(initial=0)) < 0.6
        out.append((decode(blobs[name]), labels, empty))
    return out


def _label_photos(pictures: dict[str, NDArray[np.uint8]], cache: Path) -> None:
    teachers = [Teacher(side) for side in (256, 416, 640, 960)]
    tables = {}
    for name, picture in pictures.items():
        looks = [t(picture, mirrored=m) for t in teachers for m in (False, True)]
        labels = merge(looks)
        flat = labels.landmarks.reshape(-1, 10)
        tables[name] = np.concatenate([labels.boxes, flat, labels.scores[:, None]], axis=1)
    cache.parent.mkdir(parents=True, exist_ok=True)
    np.savez(cache, **tables)  # type: ignore[arg-type]


def faces() -> tuple[NDArray[np.uint8], Labels]:
    """The aligned training faces, (N, 256, 256, 3) uint8, with one labelled face each.

    Pictures in which the teacher is not sure of exactly one face are left out.
    """
    pictures, table = CACHE / "faces.npy", CACHE / "faces-labels.npy"
    if not table.exists():
        _label_faces(pictures, table)
    rows = np.load(table)
    return np.load(pictures, mmap_mode="r"), Labels(
        rows[:, :4], rows[:, 4:14].reshape(-1, 5, 2), rows[:, 14]
    )


def _label_faces(pictures: Path, table: Path) -> None:
    aligned = read_shards(material.folder("faces"), "train")
    small, large = Teacher(SIDE), Teacher(400)
    kept, rows = [], []
    for i in range(len(aligned)):
        face = aligned[i]
        labels = merge([small(face), small(face, mirrored=True), large(face, mirrored=i % 2 == 1)])
        sure = labels.scores > 0.6
        if sure.sum() != 1:
            continue
        unit = SIDE / face.shape[0]
        j = int(np.argmax(labels.scores))
        flat = labels.landmarks[j].reshape(10)
        rows.append(np.concatenate([labels.boxes[j] * unit, flat * unit, labels.scores[j : j + 1]]))
        shrunk = cv2.resize(face, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
        kept.append(np.asarray(shrunk, np.uint8))
    pictures.parent.mkdir(parents=True, exist_ok=True)
    np.save(pictures, np.stack(kept))
    np.save(table, np.array(rows, np.float32))


if __name__ == "__main__":
    print(f"{len(photos())} photographs, {len(faces()[0])} aligned faces")
