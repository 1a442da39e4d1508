"""Recognition crops and the teacher's answers, prepared once for the embedder's training.

Decoding and teaching cost far more than a training step of so small a network, so both are done
once and kept: every face as a 140 px crop (the 112 px recognition window of
`engine.faces.aligner` on the same pixel grid, with 14 px of margin for jitter) and the teacher's
embedding of the clean face.

Some fourteen thousand faces are few to copy a recogniser from. *Mixed* faces multiply them: two
aligned faces blended through a smooth random mask and bent a little make a person that nobody
has seen, and the teacher says where that person lies (the student copies a function, not labels:
Beyer et al. 2022, "Knowledge distillation: a good teacher is patient and consistent").
"""

from __future__ import annotations

import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from engine.faces.aligner import EMBEDDER_SIZE, EMBEDDER_WINDOW
from engine.faces.face import CROP_SIZE
from engine.training import material
from engine.training.faces import Faces, read_shards

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

Crops = NDArray[np.uint8]

#: Where the prepared crops lie: an ignored folder of the checkout.
CACHE = Path(".work/cache/embedder")
SIDE = EMBEDDER_SIZE
MARGIN = 14
WIDE = SIDE + 2 * MARGIN
CENTRE = slice(MARGIN, MARGIN + SIDE)


@dataclass(frozen=True)
class Lessons:
    """What the student learns from.

    Attributes:
        crops: (N, 140, 140, 3) uint8 RGB, mapped from the disk.
        targets: (N, 256) float32 unit vectors of the teacher, for the clean faces.
        real: the first so many are real faces, the rest are mixed.
        sources: collection of each real face.
    """

    crops: Crops
    targets: NDArray[np.float32]
    real: int
    sources: list[str]


def held_out(identity: str) -> bool:
    """Whether a training person is kept out of training, for choosing thresholds honestly."""
    return bool(identity) and zlib.crc32(identity.encode()) % 5 == 0


def with_persons(*, kept_out: bool) -> Faces:
    """Faces of known persons that no training saw.

    Args:
        kept_out: the training persons that are `held_out`, to choose by; else the validation
            persons, to report.

    Raises:
        LikenessError: the material is not here.
    """
    where = material.folder("faces")
    if kept_out:
        return read_shards(where, "train", keep=lambda row: held_out(row["identity"]))
    return read_shards(where, "val", keep=lambda row: bool(row["identity"]))


def lessons(mixed: int, folder: Path = CACHE) -> Lessons:
    """The prepared training material; the first call makes it (some minutes on two cores)."""
    where = material.folder("faces")
    faces = read_shards(where, "train", keep=lambda row: not held_out(row["identity"]))
    total = len(faces) + mixed
    done = folder / f"crops-{len(faces)}-{mixed}.npy"
    taught = done.with_name(done.name.replace("crops", "targets"))
    if not taught.exists():
        folder.mkdir(parents=True, exist_ok=True)
        half = done.with_suffix(".part")
        crops = np.lib.format.open_memmap(
            half, mode="w+", dtype=np.uint8, shape=(total, WIDE, WIDE, 3)
        )
        targets = np.concatenate(
            [
                _teach(_prepared(faces, crops), len(faces)),
                _teach(_mixed(crops, len(faces)), mixed),
            ]
        )
        crops.flush()
        half.replace(done)
        temporary = taught.with_name("targets.part.npy")
        np.save(temporary, targets)
        temporary.replace(taught)
    sources = [record.source for record in faces.records]
    return Lessons(np.load(done, mmap_mode="r"), np.load(taught), len(faces), sources)


def wide_crop(face: Crops) -> Crops:
    """(S, S, 3) aligned face -> (140, 140, 3): the recognition window with its margin."""
    left, top, _ = EMBEDDER_WINDOW
    rows, columns = _weights(top, face.shape[0]), _weights(left, face.shape[0])
    side = face.shape[0]
    crop = rows @ face.reshape(side, side * 3).astype(np.float32)
    crop = columns @ crop.reshape(WIDE, side, 3)
    return np.asarray(np.clip(crop + 0.5, 0, 255), np.uint8)


def teacher_embeddings(crops: Crops) -> NDArray[np.float32]:
    """(N, 112, 112, 3) uint8 -> (N, 256) unit vectors of the teacher."""
    x = torch.from_numpy(np.ascontiguousarray(crops.transpose(0, 3, 1, 2))).float()
    # bf16 never was slower here, at times far faster, and turns the vectors by 1.4 degrees.
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        v: Any = torch.nn.functional.normalize(material.teachers().fr_d_torch()(x).float(), dim=1)
    return np.asarray(v.numpy(), np.float32)


@lru_cache(maxsize=8)
def _weights(start: float, side: int) -> NDArray[np.float32]:
    """(140, side) triangle weights: those of the aligner's window, continued into the margin."""
    scale = side / CROP_SIZE
    step = EMBEDDER_WINDOW[2] * scale / EMBEDDER_SIZE
    centres = start * scale + (np.arange(-MARGIN, EMBEDDER_SIZE + MARGIN) + 0.5) * step - 0.5
    distance = np.abs(np.arange(side)[None] - centres[:, None])
    weights = np.clip(1 - distance / max(step, 1.0), 0, None)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), np.float32)


def _prepared(faces: Faces, crops: Crops) -> Iterator[Crops]:
    """Fills `crops` with the real faces; yields the teacher's own cuts of them."""
    cut = material.teachers().arc112_from_ffhq512

    def one(i: int) -> Crops:
        face = faces[i]
        crops[i] = wide_crop(face)
        return np.asarray(cut(face), np.uint8)

    with ThreadPoolExecutor(2) as pool:
        yield from pool.map(one, range(len(faces)))


def _mixed(crops: Crops, real: int) -> Iterator[Crops]:
    """Fills `crops` beyond the real ones with mixed faces; yields their centres."""
    rng = np.random.default_rng(11)
    for i in range(real, len(crops)):
        a, b = (crops[int(k)] for k in rng.integers(0, real, 2))
        crops[i] = mix(a, b, rng)
        yield crops[i][CENTRE, CENTRE]


def mix(a: Crops, b: Crops, rng: Generator) -> Crops:
    """A new person out of two: (140, 140, 3) each."""
    first, second = ((p[:, ::-1] if rng.random() < 0.5 else p).astype(np.float32) for p in (a, b))
    # The second takes the first one's light, so that no seam gives the mixture away.
    mean, spread = (f(second, axis=(0, 1), keepdims=True) for f in (np.mean, np.std))
    second = (second - mean) / (spread + 1) * (first.std((0, 1)) + 1) + first.mean((0, 1))
    if rng.random() < 0.35:
        mask = np.full((WIDE, WIDE), rng.uniform(0.3, 0.7), np.float32)
    else:
        coarse = rng.standard_normal((5, 5), np.float32)
        field = cv2.resize(coarse, (WIDE, WIDE), interpolation=cv2.INTER_CUBIC)
        mask = np.asarray(1 / (1 + np.exp(-6 * field)), np.float32)
    mixed = first * mask[..., None] + second * (1 - mask[..., None])
    bend = rng.normal(0, 2.0, (2, 5, 5)).astype(np.float32)
    stretch = rng.normal(0, 0.05, 2)
    y, x = np.mgrid[0:WIDE, 0:WIDE].astype(np.float32)
    moved = []
    for grid, shift, amount in zip((x, y), bend, stretch, strict=True):
        smooth = cv2.resize(shift, (WIDE, WIDE), interpolation=cv2.INTER_CUBIC)
        moved.append((grid + smooth + (grid - WIDE / 2) * amount).astype(np.float32))
    warped = cv2.remap(mixed, moved[0], moved[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(np.clip(warped + 0.5, 0, 255), np.uint8)


def _teach(cuts: Iterator[Crops], count: int) -> NDArray[np.float32]:
    """The teacher's embeddings of `count` crops, in batches."""
    answers, waiting = [], []
    for number, crop in enumerate(cuts, 1):
        waiting.append(np.array(crop))
        if len(waiting) == 64 or number == count:
            answers.append(teacher_embeddings(np.stack(waiting)))
            waiting = []
            if number % 3200 == 0:
                print(f"teacher: {number} of {count}", flush=True)
    return np.concatenate(answers) if answers else np.empty((0, 256), np.float32)
