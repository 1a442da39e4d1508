"""Aligned faces for training and validation, from tar shards or from a plain folder.

A shard folder holds ``index.csv`` (file, shard, split, size, native, source, identity, grey,
licence) and tar files of compressed pictures, all on the 512 template of `engine.faces.face`.
The compressed bytes stay in memory (some 200 MB); pictures are decoded on demand, which costs a
few milliseconds each and keeps the memory flat.
"""

from __future__ import annotations

import csv
import tarfile
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from engine.errors import LikenessError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

_PICTURES = {".webp", ".png", ".jpg", ".jpeg"}


@dataclass(frozen=True)
class Record:
    """One aligned face of the set.

    Attributes:
        file: name inside its shard or folder.
        size: side of the stored picture, 512 or 256 px (same framing).
        source: collection it comes from.
        identity: code shared by pictures of one person; empty when unknown.
        grey: True for a black-and-white source.
    """

    file: str
    size: int
    source: str
    identity: str
    grey: bool


class Faces:
    """An indexable set of aligned faces.

    `faces[i]` decodes picture i to (size, size, 3) uint8 RGB.
    """

    def __init__(self, records: list[Record], blobs: list[bytes]) -> None:
        if not records:
            raise LikenessError("There is no aligned face in this set.", code="faces-empty")
        self.records = records
        self._blobs = blobs
        by_person: dict[str, list[int]] = defaultdict(list)
        for i, record in enumerate(records):
            if record.identity:
                by_person[record.identity].append(i)
        #: person -> indices, only persons with two or more pictures
        self.persons = {k: v for k, v in by_person.items() if len(v) > 1}

    def __len__(self) -> int:
        return len(self.records)

    def __getitem__(self, index: int) -> NDArray[np.uint8]:
        return decode(self._blobs[index])

    def __iter__(self) -> Iterator[NDArray[np.uint8]]:
        return (self[i] for i in range(len(self)))

    def at(self, index: int, side: int) -> NDArray[np.uint8]:
        """Picture `index` resized to (side, side, 3); area-averaged when it shrinks."""
        picture = self[index]
        if picture.shape[0] == side:
            return picture
        how = cv2.INTER_AREA if picture.shape[0] > side else cv2.INTER_CUBIC
        return np.asarray(cv2.resize(picture, (side, side), interpolation=how), np.uint8)

    def blob(self, index: int) -> bytes:
        """The compressed bytes of picture `index`, as stored."""
        return self._blobs[index]

    def subset(self, keep: Iterable[int]) -> Faces:
        """The pictures with the given indices, in that order."""
        indices = list(keep)
        return Faces([self.records[i] for i in indices], [self._blobs[i] for i in indices])


def decode(blob: bytes) -> NDArray[np.uint8]:
    """Compressed picture -> (H, W, 3) uint8 RGB."""
    bgr = cv2.imdecode(np.frombuffer(blob, np.uint8), cv2.IMREAD_COLOR)
    if bgr is None:
        raise LikenessError("A training picture cannot be decoded.", code="faces-damaged")
    return np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), np.uint8)


def read_shards(
    where: Path, split: str, *, keep: Callable[[dict[str, str]], bool] | None = None
) -> Faces:
    """The faces of one split of a shard folder, sorted by file name.

    Args:
        where: folder with ``index.csv`` and the tar files.
        split: ``train`` or ``val``; the index decides, not the shard's name.
        keep: optional extra filter over the rows of the index.
    """
    rows: dict[str, dict[str, str]] = {}
    with (where / "index.csv").open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["split"] == split and (keep is None or keep(row)):
                rows[row["file"]] = row
    blobs: dict[str, bytes] = {}
    for shard in sorted({row["shard"] for row in rows.values()}):
        if not (where / shard).exists():
            continue  # a staged set may hold some of the shards
        with tarfile.open(where / shard) as tar:
            for member in tar:
                name = member.name.rsplit("/", 1)[-1]
                if name in rows and (stream := tar.extractfile(member)) is not None:
                    blobs[name] = stream.read()
    names = sorted(blobs)
    records = [
        Record(
            name,
            int(rows[name]["size"]),
            rows[name]["source"],
            rows[name]["identity"],
            rows[name]["grey"] == "1",
        )
        for name in names
    ]
    return Faces(records, [blobs[name] for name in names])


def read_folder(where: Path) -> Faces:
    """All aligned faces in a plain folder; sub-folders name persons."""
    files = sorted(p for p in where.rglob("*") if p.suffix.lower() in _PICTURES)
    records, blobs = [], []
    for path in files:
        blob = path.read_bytes()
        person = path.parent.name if path.parent != where else ""
        records.append(Record(path.name, decode(blob).shape[0], where.name, person, grey=False))
        blobs.append(blob)
    return Faces(records, blobs)


def sampling_odds(faces: Faces) -> NDArray[np.float64]:
    """Sampling odds: collections of one look (athletes with caps, generated) count less."""
    weight = {"mlb": 0.4, "generated": 0.7, "mls_nba": 0.4, "congress": 0.6, "voteview": 0.6}
    odds = np.array([weight.get(r.source, 1.0) for r in faces.records])
    return np.asarray(odds / odds.sum(), np.float64)
