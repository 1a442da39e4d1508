"""``likeness benchmark --album``: whether reading and writing keep the engine waiting.

An album is generated, indexed and repaired in a process of its own; beside it stands what the
engine does alone with the same photographs already in memory and their faces known.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.benchmark import SAMPLES, peak_memory
from engine.errors import LikenessError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

_BASES = 12  # different pictures; the rest are copies that differ in a comment only
_SIDE = 1200  # pixels
_ALONE = 24  # photographs at most that the engine restores alone


@dataclass(frozen=True)
class AlbumRow:
    """One album.

    Attributes:
        photos, threads: what was done.
        faces: share of the photographs that show a face.
        index_seconds: first look at all photographs.
        again_seconds: second look, when nothing changed.
        repair_seconds: restoring all of them.
        photos_a_second: of the repair.
        alone: photographs a second that the engine restores from memory.
        share: of the two, 1 when the engine never waits; None where not all show a face.
        memory: peak of the process in megabytes.
    """

    photos: int
    threads: int
    faces: float
    index_seconds: float
    again_seconds: float
    repair_seconds: float
    photos_a_second: float
    alone: float
    share: float | None
    memory: float


def generate(folder: Path, count: int, faces: float = 1.0) -> None:
    """Writes an album of `count` JPEGs, each with other bytes and some 1200 pixels wide.

    Args:
        folder: made new.
        count: of photographs.
        faces: share of them with a face; the others show a landscape of noise.
    """
    import cv2  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    from engine import photo as photos  # noqa: PLC0415

    folder.mkdir(parents=True)
    bases = []
    for number in range(_BASES):
        name = ("worn-1.jpg", "worn-2.jpg")[number % 2]
        face = photos.read(SAMPLES / name).preview8
        canvas = np.full((_SIDE * 3 // 4, _SIDE, 3), 90 + 8 * number, np.uint8)
        height = canvas.shape[0] - 40
        width = min(round(face.shape[1] * height / face.shape[0]), _SIDE - 140)
        left = 10 * number
        canvas[20:-20, left : left + width] = cv2.resize(face, (width, height))
        bases.append(_jpeg(canvas))
    coarse = np.random.default_rng(1).integers(0, 256, (12, 16, 3), np.uint8)
    empty = _jpeg(cv2.resize(coarse, (_SIDE, _SIDE * 3 // 4), interpolation=cv2.INTER_CUBIC))
    shown = 0
    for number in range(count):
        data = empty
        if shown < faces * (number + 1):
            data = bases[shown % _BASES]
            shown += 1
        comment = f"photograph {number}".encode()
        segment = b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment
        (folder / f"{number:06d}.jpg").write_bytes(data[:2] + segment + data[2:])


def _jpeg(rgb: NDArray[np.uint8]) -> bytes:
    import cv2  # noqa: PLC0415

    bgr = cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR)
    return bytes(cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, 90])[1])


def run(
    counts: Sequence[int],
    threads: int,
    *,
    faces: float = 1.0,
    tell: Callable[[str], None] = lambda _words: None,
) -> list[AlbumRow]:
    """Measures an album of every size.

    Raises:
        LikenessError: one of them cannot be measured here.
    """
    rows = []
    for count in counts:
        tell(f"an album of {count} photographs, {threads} threads")
        frozen = getattr(sys, "frozen", False)
        program = [sys.executable] if frozen else [sys.executable, "-m", "engine.cli"]
        handed = json.dumps({"album": count, "threads": threads, "faces": faces})
        done = subprocess.run(  # noqa: S603  (this program again, with numbers of ours)
            [*program, "benchmark", "--worker", handed],
            capture_output=True,
            text=True,
            check=False,
            cwd=None if frozen else Path(__file__).resolve().parents[1],
        )
        if done.returncode:
            said = done.stderr.strip().removeprefix("likeness: ").splitlines() or ["it stopped"]
            raise LikenessError(f"An album of {count}: {said[-1]}", code="benchmark")
        rows.append(AlbumRow(**json.loads(done.stdout)))
    return rows


def worker(count: int, threads: int, faces: float = 1.0) -> dict[str, Any]:
    """What the process of one row does."""
    from engine.album.index import index  # noqa: PLC0415
    from engine.album.repair import Repair  # noqa: PLC0415
    from engine.album.repair_run import RepairSettings  # noqa: PLC0415
    from engine.album.store import AlbumStore  # noqa: PLC0415
    from engine.restorer import Restorer  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="likeness-") as place:
        home = Path(place)
        generate(home / "album", count, faces)
        restorer = Restorer("cpu", threads=threads)
        restorer.method("identity")
        with AlbumStore(home / "album.sqlite") as store:
            looked = _timed(lambda: index(home / "album", store, restorer))
            again = _timed(lambda: index(home / "album", store, restorer))
            alone = _alone(home, restorer)
            settings = RepairSettings(device="cpu", threads=threads, references=False)
            with Repair(
                home / "album", home / "out", settings, store=store, restorer=restorer
            ) as repair:
                repair.queue()
                spent = _timed(repair.run)
    row = AlbumRow(
        count, threads, faces, looked, again, spent, count / spent, alone,
        count / spent / alone if faces == 1 else None, peak_memory(),
    )  # fmt: skip
    return asdict(row)


def _alone(home: Path, restorer: Any) -> float:
    """Photographs with a face a second, from memory."""
    from engine import photo as photos  # noqa: PLC0415

    generate(home / "alone", _BASES)
    files = sorted((home / "alone").iterdir())
    loaded = [photos.read(path) for path in files]
    faces = [restorer.find_faces(photo) for photo in loaded]
    restorer.restore(loaded[0], faces=faces[0])
    start, done = time.perf_counter(), 0
    while done < min(_ALONE, 2 * len(loaded)):
        restorer.restore(loaded[done % len(loaded)], faces=faces[done % len(loaded)])
        done += 1
    return done / (time.perf_counter() - start)


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def table(rows: Sequence[AlbumRow]) -> str:
    """The rows as a Markdown table."""
    names = ("photographs", "with faces", "threads", "index, s", "again, s", "repair, s",
             "photographs a second", "engine alone", "share", "peak, MB")  # fmt: skip
    lines = [f"| {' | '.join(names)} |", "| --- " * len(names) + "|"]
    lines += [
        f"| {r.photos} | {r.faces:.0%} | {r.threads} | {r.index_seconds:.1f} "
        f"| {r.again_seconds:.2f} | {r.repair_seconds:.1f} | {r.photos_a_second:.2f} "
        f"| {r.alone:.2f} | {'' if r.share is None else f'{r.share:.0%}'} | {r.memory:.0f} |"
        for r in rows
    ]
    return "\n".join(lines)
