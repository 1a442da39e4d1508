"""The self-test: whether this installation works, told in a form that can go with a report.

Every check is a function that returns details and raises where something is wrong; one that fails
does not stop the others. The checks need no network and write only into the folder they are given.
A program around the engine adds checks of its own, such as the window's, as entry points of the
group ``likeness.selftest``, so that the engine need not know it.
"""

from __future__ import annotations

import multiprocessing
import os
import platform
import shutil
import sys
import time
import traceback
from dataclasses import asdict, dataclass, field
from importlib import import_module, metadata
from typing import TYPE_CHECKING, Any

import numpy as np

from engine import machine, methods
from engine import photo as photos
from engine.backends import onnx_runtime
from engine.backends.devices import devices
from engine.batch import Job, restore_files
from engine.errors import LikenessError
from engine.models.store import BUNDLED, ModelStore
from engine.photo_container import heif_available
from engine.restorer import Restorer
from engine.results import FaceStatus, RestoreOptions
from engine.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

#: The bundled face, worn, and the same person's good portrait.
SAMPLES = BUNDLED.parent / "samples"
FACE, PORTRAIT = "worn-1.jpg", "portrait-1.jpg"
#: Entry points of this group are functions like `Check.run`.
GROUP = "likeness.selftest"
#: Below this a restoration is likely to fail: bytes of memory and of disk.
LEAST_MEMORY, LEAST_DISK = 512 << 20, 200 << 20
#: module -> distribution whose version is told; the first of each kind that is there counts
RUNTIMES = {
    "numpy": ("numpy",),
    "onnxruntime": ("onnxruntime", "onnxruntime-directml", "onnxruntime-gpu"),
    "cv2": ("opencv-python", "opencv-python-headless"),
    "PIL": ("Pillow",),
    "platformdirs": ("platformdirs",),
    "fastcluster": ("fastcluster",),
}


@dataclass(frozen=True)
class Check:
    """One thing to check.

    Attributes:
        name: what the report calls it.
        run: takes a folder to write into, returns details for the report, raises on failure.
    """

    name: str
    run: Callable[[Path], dict[str, Any]]


@dataclass(frozen=True)
class Result:
    """What a check found; `error` is empty where all is well, `trace` says where it failed."""

    name: str
    ok: bool
    seconds: float
    error: str = ""
    trace: str = ""
    details: dict[str, Any] = field(default_factory=dict)


def run(folder: Path, tell: Callable[[Result], None] | None = None) -> dict[str, Any]:
    """Runs all checks.

    Args:
        folder: for the pictures that the checks make.
        tell: called after every check.

    Returns:
        The report as plain data for JSON; ``ok`` says whether every check passed.
    """
    start = time.perf_counter()
    results = []
    for check in (*checks(), *added_checks()):
        result = _one(check, folder)
        results.append(result)
        if tell is not None:
            tell(result)
    return {
        "program": "likeness",
        "version": __version__,
        "ok": all(result.ok for result in results),
        "frozen": bool(getattr(sys, "frozen", False)),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "machine": platform.machine(),
        "seconds": round(time.perf_counter() - start, 3),
        "checks": [asdict(result) for result in results],
    }


def checks() -> tuple[Check, ...]:
    """The engine's checks: one for every registered method among them."""
    return (
        Check("runtimes", _runtimes),
        Check("devices", _devices),
        Check("memory and disk", _machine),
        Check("models", _models),
        *(Check(f"method {key}", _Method(key)) for key in methods.METHODS),
        Check("names with accents and CJK", _names),
        Check("child process", _child),
    )


def added_checks() -> tuple[Check, ...]:
    """The checks that installed programs add; one that cannot even be loaded fails when run."""
    points = {point.name: point for point in metadata.entry_points(group=GROUP)}
    return tuple(Check(name, _Added(point)) for name, point in sorted(points.items()))


class _Added:
    """A check behind an entry point."""

    def __init__(self, point: metadata.EntryPoint) -> None:
        self.point = point

    def __call__(self, folder: Path) -> dict[str, Any]:
        found: dict[str, Any] = self.point.load()(folder)
        return found


def _one(check: Check, folder: Path) -> Result:
    start = time.perf_counter()
    error = trace = ""
    details: dict[str, Any] = {}
    try:
        details = check.run(folder)
    except LikenessError as failure:
        error = failure.sentence
        trace = traceback.format_exc()
    except Exception as failure:  # noqa: BLE001  (the report is the place for the unforeseen)
        error = f"{type(failure).__name__}: {failure}"
        trace = traceback.format_exc()
    seconds = round(time.perf_counter() - start, 3)
    return Result(check.name, not error, seconds, error, trace, details)


def _runtimes(folder: Path) -> dict[str, Any]:
    del folder
    found = {}
    onnx_runtime.load()  # before a plain import would let it report its use
    for module, names in RUNTIMES.items():
        import_module(module)
        found[module] = _version(names)
    # The light build has no torch, and does not need it.
    found["torch"] = _version(("torch",))
    return {"versions": found, "heif": heif_available()}


def _version(names: Sequence[str]) -> str:
    for name in names:
        try:
            return metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return ""


def _devices(folder: Path) -> dict[str, Any]:
    del folder
    ort = onnx_runtime.load()

    return {
        "devices": [asdict(device) for device in devices()],
        "providers": ort.get_available_providers(),
    }


def _machine(folder: Path) -> dict[str, Any]:
    total, available = machine.memory()
    disk = machine.free_disk(folder)
    if available < LEAST_MEMORY:
        raise LikenessError(
            f"Only {available >> 20} MB of memory are free; close other programs.",
            code="memory-low",
        )
    if disk < LEAST_DISK:
        raise LikenessError(
            f"Only {disk >> 20} MB are free on the disk of '{folder}'; make room there.",
            code="disk-low",
        )
    return {
        "memory_mb": total >> 20,
        "memory_free_mb": available >> 20,
        "disk_free_mb": disk >> 20,
        "cores": os.cpu_count(),
    }


def _models(folder: Path) -> dict[str, Any]:
    del folder
    store = ModelStore()
    entries = store.entries()
    if not entries:
        raise LikenessError("There are no models; install Likeness again.", code="models-missing")
    for entry in entries:
        store.verify(entry.name)
    return {entry.name: entry.version for entry in entries}


class _Method:
    """Restores the bundled face with one method on the processor."""

    def __init__(self, key: str) -> None:
        self.key = key

    def __call__(self, folder: Path) -> dict[str, Any]:
        """Writes the restored picture; returns device, seconds and identity."""
        restorer = Restorer("cpu")
        photo = photos.read(SAMPLES / FACE)
        reference = restorer.read_reference(photos.read(SAMPLES / PORTRAIT))
        options = RestoreOptions(method=self.key, faces="largest", seed=1)
        result = restorer.restore(photo, [reference], options)
        face = result.faces[0]
        if face.status is not FaceStatus.DONE or face.restored is None:
            raise LikenessError(f"The bundled face was not restored: {face.reason}", code="face")
        if not np.isfinite(face.restored).all() or float(face.restored.std()) < 0.01:
            raise LikenessError(
                "The method gave no picture; update the graphics driver or install Likeness again.",
                code="numbers-wrong",
            )
        written = photos.write(result.photo, folder / f"{self.key}.jpg")
        return {
            "seconds": round(face.seconds, 3),
            "identity_to_input": face.identity_to_input,
            "reference_after": face.reference_after,
            "reference_used": face.reference_used,
            "file": written.name,
        }


def _names(folder: Path) -> dict[str, Any]:
    """Takes the whole way from file to file through names that trip careless programs."""
    there = folder / "Großmütter é 祖母"
    there.mkdir(exist_ok=True)
    source = there / "Zoë 写真.jpg"
    shutil.copyfile(SAMPLES / FACE, source)
    before = source.read_bytes()
    job = Job((source,), (), RestoreOptions(faces="largest"), device="cpu")
    (outcome,) = restore_files(job)
    if outcome.failed or outcome.output is None:
        raise LikenessError(outcome.reason, code="names")
    if photos.read(outcome.output).pixels.shape != photos.read(source).pixels.shape:
        raise LikenessError("The written photograph has another size.", code="names")
    if source.read_bytes() != before:
        raise LikenessError("The original was changed.", code="names")
    return {"output": outcome.output.name}


def _child(folder: Path) -> dict[str, Any]:
    """Starts a process the way long work does; in a frozen program this is easily got wrong."""
    del folder
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        number = pool.apply_async(os.getpid).get(timeout=120)
    if number == os.getpid():
        raise LikenessError("No second process was started.", code="child")
    return {"exit": "clean"}
