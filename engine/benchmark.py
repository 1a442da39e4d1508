"""``likeness benchmark``: how fast the methods are on this machine.

Every row is measured in a process of its own, so that start-up time and peak memory are those of
one method on one device, and nothing is warm that a user would find cold.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import LikenessError
from engine.methods import METHODS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

#: A bundled picture with a face, and a portrait of the same person.
SAMPLES = Path(__file__).resolve().parents[1] / "resources" / "samples"
FACE, PORTRAIT = SAMPLES / "worn-1.jpg", SAMPLES / "portrait-1.jpg"
#: A row's measuring ends after this many seconds, and after so many faces.
SECONDS, FACES = 8.0, 40


@dataclass(frozen=True)
class Row:
    """One method on one device.

    Attributes:
        method, device, threads: what ran.
        seconds: a face, median; the crop is ready, the result is a crop.
        faces_a_second: over all measured faces.
        first_picture: seconds from the start of the process to the first restored crop.
        memory: peak of the process in megabytes; 0 where nobody tells.
        faces: how many were measured.
        portraits: that the face was given, encoded before.
    """

    method: str
    device: str
    threads: int
    seconds: float
    faces_a_second: float
    first_picture: float
    memory: float
    faces: int
    portraits: int = 0


def run(
    methods: Sequence[str],
    devices: Sequence[str],
    threads: Sequence[int],
    *,
    seconds: float = SECONDS,
    tell: Callable[[str], None] = lambda _words: None,
) -> list[Row]:
    """Measures every combination; a graphics card is measured once, whatever the threads.

    A method that uses portraits has a row without and one with a portrait.

    Raises:
        LikenessError: a combination cannot run here.
    """
    rows = []
    for device in devices:
        for count in threads if device == "cpu" else threads[:1]:
            for method in methods:
                for portraits in (0, 1) if METHODS[method][0].uses_references else (0,):
                    lent = ", with a portrait" if portraits else ""
                    tell(f"{method} on {device}, {count} threads{lent}")
                    task = {"method": method, "device": device, "threads": count}
                    rows.append(_in_a_process(task | {"portraits": portraits}, seconds))
    return rows


def _in_a_process(task: dict[str, Any], seconds: float) -> Row:
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m"]
    module = [] if getattr(sys, "frozen", False) else ["engine.cli"]
    handed = json.dumps({**task, "seconds": seconds})
    started = time.time()
    done = subprocess.run(  # noqa: S603  (this program again, with numbers of ours)
        [*program, *module, "benchmark", "--worker", handed],
        capture_output=True,
        text=True,
        check=False,
        cwd=None if getattr(sys, "frozen", False) else Path(__file__).resolve().parents[1],
    )
    if done.returncode:
        said = done.stderr.strip().removeprefix("likeness: ").splitlines() or ["it stopped"]
        raise LikenessError(f"{task['method']} on {task['device']}: {said[-1]}", code="benchmark")
    told = json.loads(done.stdout)
    first = told.pop("first_picture_at") - started
    return Row(**task, first_picture=first, **told)


def worker(task: str) -> dict[str, Any]:
    """What the process of one row does; `task` is what `run` hands over."""
    import numpy as np  # noqa: PLC0415  (all of it counts as start-up time)

    from engine import photo as photos  # noqa: PLC0415
    from engine.faces.aligner import align  # noqa: PLC0415
    from engine.restorer import Restorer  # noqa: PLC0415

    what = json.loads(task)
    restorer = Restorer(what["device"], threads=what["threads"])
    photo = photos.read(FACE)
    face = restorer.find_faces(photo)[0]
    crop = align(photo.pixels, face.landmarks).crop
    method = restorer.method(what["method"])
    references = [restorer.read_reference(photos.read(PORTRAIT)) for _ in range(what["portraits"])]

    def once() -> NDArray[np.float32]:
        nonlocal crop
        crop = crop * np.float32(0.999)  # another face each time: what is known of one costs less
        return method.restore(crop, references, 0.5, 0, lambda _share: None)

    once()
    first = time.time()
    times: list[float] = []
    begun = time.perf_counter()
    while len(times) < 3 or (time.perf_counter() - begun < what["seconds"] and len(times) < FACES):
        start = time.perf_counter()
        once()
        times.append(time.perf_counter() - start)
    return {
        "seconds": statistics.median(times),
        "faces_a_second": len(times) / sum(times),
        "first_picture_at": first,
        "memory": peak_memory(),
        "faces": len(times),
    }


def peak_memory() -> float:
    """Peak memory of this process in megabytes; 0 where the system does not tell."""
    if sys.platform == "win32":
        return _peak_memory_windows()
    import resource  # noqa: PLC0415  (not on Windows)

    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / 1e6 if sys.platform == "darwin" else used * 1024 / 1e6


def _peak_memory_windows() -> float:
    import ctypes  # noqa: PLC0415
    from ctypes import wintypes  # noqa: PLC0415

    class Counters(ctypes.Structure):
        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            ("PeakWorkingSetSize", ctypes.c_size_t),
            ("rest", ctypes.c_size_t * 7),
        )

    counters = Counters(cb=ctypes.sizeof(Counters))
    library: Any = getattr(ctypes, "windll").psapi  # noqa: B009  (absent elsewhere)
    kernel: Any = getattr(ctypes, "windll").kernel32  # noqa: B009
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    handle = wintypes.HANDLE(kernel.GetCurrentProcess())
    told = library.GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.cb)
    return counters.PeakWorkingSetSize / 1e6 if told else 0.0


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    columns = (
        *("method", "portrait", "device", "threads", "seconds a face", "faces a second"),
        *("first, s", "peak, MB"),
    )
    lines = [f"| {' | '.join(columns)} |", "| --- " * len(columns) + "|"]
    for r in rows:
        values = (
            *(r.method, str(r.portraits or "-"), r.device, str(r.threads)),
            *(f"{r.seconds:.3f}", f"{r.faces_a_second:.2f}", f"{r.first_picture:.2f}"),
            f"{r.memory:.0f}" if r.memory else "-",
        )
        lines.append(f"| {' | '.join(values)} |")
    return "\n".join(lines)


def document(rows: Sequence[Row]) -> dict[str, Any]:
    """The rows as plain data for JSON, with what this machine is."""
    import platform  # noqa: PLC0415

    from engine.version import __version__  # noqa: PLC0415

    return {
        "version": __version__,
        "system": platform.platform(),
        "processor": platform.processor() or platform.machine(),
        "rows": [asdict(row) for row in rows],
    }
