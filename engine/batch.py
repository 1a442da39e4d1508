"""Many files through one restorer: a bad file never stops the run."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from engine import photo as photos
from engine.errors import CancelledError, UsageError, sentence_of
from engine.methods.pictures import drawn_heat
from engine.photo_files import system_path, write_new
from engine.restorer import Restorer
from engine.results import FaceStatus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from engine.methods.base import Reference
    from engine.restorer import Progress
    from engine.results import RestoredPhoto, RestoreOptions


@dataclass(frozen=True)
class Job:
    """What the command line asks for.

    Attributes:
        photos: files, or folders whose photographs are taken (not their sub-folders, nor what
            Likeness made).
        references: portrait files.
        options: settings of every restoration.
        output: file (for one photograph) or folder; None writes beside each photograph.
        device, threads, finder: see `Restorer`.
    """

    photos: tuple[Path, ...]
    references: tuple[Path, ...]
    options: RestoreOptions
    output: Path | None = None
    device: str = "auto"
    threads: int | None = None
    finder: str = "own"


@dataclass(frozen=True)
class Outcome:
    """What became of one file.

    Attributes:
        source: the photograph.
        output: the restored one; None where none was written.
        reason: sentences about what could not be done; empty when all was.
        failed: something that was asked for is missing.
        result: with all pixels: hundreds of megabytes of a large photograph.
        pictures: what was written beside it.
    """

    source: Path
    output: Path | None
    reason: str
    failed: bool
    result: RestoredPhoto | None = None
    pictures: tuple[Path, ...] = ()

    def line(self) -> str:
        """One line for a terminal."""
        if self.output is None:
            return f"{self.source}: {self.reason}"
        assert self.result is not None
        done = sum(f.status is FaceStatus.DONE for f in self.result.faces)
        rest = len(self.result.faces) - done
        left = f", {rest} left as they were" if rest else ""
        faces = "1 face" if done == 1 else f"{done} faces"
        seconds = self.result.seconds
        return f"{self.source}: {faces} restored{left} in {seconds:.1f} s -> {self.output}"

    def report(self) -> dict[str, Any]:
        """The outcome as plain data for JSON."""
        return {
            "photo": str(self.source),
            "output": None if self.output is None else str(self.output),
            "status": "failed" if self.failed else "done" if self.output else "unchanged",
            "reason": self.reason,
            "pictures": [str(path) for path in self.pictures],
            **(self.result.report() if self.result else {"faces": []}),
        }


def restore_files(job: Job, progress: Progress | None = None) -> Iterator[Outcome]:
    """Restores file by file; yields an outcome for each.

    Raises:
        UsageError: the request itself makes no sense.
        LikenessError: a model, the device or a portrait cannot be used: no file would succeed.
    """
    files = _files(job)
    as_file = job.output is not None and photos.is_photo(job.output)
    if as_file and len(files) > 1:
        raise UsageError("Several photographs cannot go into one file; name a folder instead.")
    restorer = Restorer(job.device, threads=job.threads, finder=job.finder)
    restorer.method(job.options.method, references=bool(job.references))
    references = [restorer.read_reference(photos.read(path)) for path in job.references]
    for number, path in enumerate(files):

        def tell(share: float, words: str, number: int = number, path: Path = path) -> None:
            if progress is not None:
                progress((number + share) / len(files), f"{path.name}: {words}")

        yield _one(restorer, path, references, job, tell, as_file=as_file)


def _one(
    restorer: Restorer,
    path: Path,
    references: list[Reference],
    job: Job,
    progress: Progress,
    *,
    as_file: bool,
) -> Outcome:
    try:
        photo = photos.read(path)
        result = restorer.restore(photo, references, job.options, progress=progress)
        done = [f for f in result.faces if f.status is FaceStatus.DONE]
        if not done:
            failed = next((f for f in result.faces if f.status is FaceStatus.FAILED), None)
            reason = _why_unchanged(result) if failed is None else failed.reason
            return Outcome(path, None, reason, failed is not None, result)
        if as_file and job.output is not None:
            target = job.output
        else:
            if job.output is not None:
                os.makedirs(system_path(job.output), exist_ok=True)  # noqa: PTH103 - long paths
            target = photos.output_path(photo, job.output)
        written = photos.write(result.photo, target, note=_note(result, job))
        reasons = [f.reason for f in result.faces if f.status is FaceStatus.FAILED]
        beside: list[Path] = []
        try:
            beside.extend(_pictures(result, written))
        except Exception as error:  # noqa: BLE001 - the photograph itself is there
            reasons.append(sentence_of(error))
        return Outcome(path, written, " ".join(reasons), bool(reasons), result, tuple(beside))
    except CancelledError:
        raise
    except OSError as error:
        reason = f"The folder cannot be used ({error.strerror}); choose another one."
        return Outcome(path, None, reason, failed=True)
    except Exception as error:  # noqa: BLE001 - one bad file never stops the others
        return Outcome(path, None, sentence_of(error), failed=True)


def _pictures(result: RestoredPhoto, written: Path) -> Iterator[Path]:
    """Writes what was asked for besides the photograph, as PNG files next to it."""
    for face in result.faces:
        pictures = dict(face.pictures)
        if face.uncertainty is not None and face.restored is not None:
            pictures["uncertainty"] = drawn_heat(face.restored, face.uncertainty)
        for name, picture in pictures.items():
            pixels = np.asarray(np.clip(picture, 0, 1) * 255 + 0.5, np.uint8)
            data = io.BytesIO()
            Image.fromarray(pixels).save(data, "PNG")
            target = written.with_name(f"{written.stem}-face{face.index}-{name}.png")
            yield write_new(data.getvalue(), target)


def _why_unchanged(result: RestoredPhoto) -> str:
    if not result.faces:
        return "No face was found; nothing was written."
    return f"No face was restored: {result.faces[0].reason} Nothing was written."


def _note(result: RestoredPhoto, job: Job) -> str:
    done = [str(f.index) for f in result.faces if f.status is FaceStatus.DONE]
    used = any(f.reference_used for f in result.faces)
    reference = "a reference portrait was used" if used else "no reference portrait was used"
    return (
        f"Faces {', '.join(done)} restored with Likeness, method {result.method}, "
        f"fidelity {job.options.fidelity:g}, strength {job.options.strength:g}; {reference}. "
        "Restored details are plausible, not evidence."
    )


def _files(job: Job) -> list[Path]:
    files: list[Path] = []
    for path in job.photos:
        # os.path answers False where pathlib raises: a file in a folder without permission.
        if os.path.isdir(path):  # noqa: PTH112
            files += _photos_in(path)
        else:
            files.append(path)
    if not files:
        raise UsageError("There is no photograph in that folder; name a file or another folder.")
    return files


def _photos_in(folder: Path) -> list[Path]:
    try:
        names = sorted(folder.iterdir())
    except OSError as error:
        raise UsageError(
            f"The folder '{folder}' cannot be read ({error.strerror}); choose another one."
        ) from error
    wanted = [p for p in names if photos.is_photo(p) and not photos.is_restored(p)]
    return [p for p in wanted if os.path.isfile(p)]  # noqa: PTH113
