"""What the worker does with the engine.

Lives in the worker's thread and is imported there, so that the window is on the screen before the
engine is loaded.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import engine
from desktop.hand_face import face_from_points
from desktop.picture import Picture, pixels_of
from engine import photo as photos
from engine.backends.devices import devices, usable_cores
from engine.errors import DeviceError, LikenessError, PhotoError
from engine.faces.detector import why_off
from engine.methods import infos
from engine.results import FaceStatus, RestoreOptions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QImage

    from desktop.choices import Choices
    from desktop.worker import Job
    from engine.backends.devices import Device
    from engine.faces.face import Face
    from engine.methods import MethodInfo, Reference
    from engine.photo import Photo
    from engine.results import FaceResult, RestoredPhoto

#: Results are kept until their pixels need more than this.
_KEPT_BYTES = 600_000_000


@dataclass(frozen=True)
class Abilities:
    """What the engine can do on this machine."""

    methods: tuple[MethodInfo, ...]
    devices: tuple[Device, ...]


@dataclass(frozen=True)
class Opened:
    """A photograph that was read.

    Attributes:
        key: of its content; results are kept by it.
    """

    photo: Photo
    picture: Picture
    key: str


@dataclass(frozen=True)
class Found:
    """A face and, where it is off by default, why."""

    face: Face
    why_off: str = ""


@dataclass(frozen=True)
class Portrait:
    """A reference portrait that was read, for the tile."""

    path: Path
    picture: Picture
    face: Face


@dataclass(frozen=True)
class Request:
    """One restoration."""

    opened: Opened
    faces: tuple[Face, ...]
    choices: Choices
    device: str = "auto"


@dataclass(frozen=True)
class Restored:
    """A restoration's result, ready for the screen."""

    result: RestoredPhoto
    picture: Picture
    choices: Choices
    notices: tuple[str, ...] = ()


def make_restorer(device: str) -> Any:
    """A restorer that leaves one core to the window."""
    cores = usable_cores()
    return engine.Restorer(device, threads=cores - 1 if cores > 2 else None)


@dataclass
class Workshop:
    """Reads, finds, restores and saves; keeps what it made.

    Args:
        make: makes a restorer for a device; tests hand in another one.
    """

    make: Callable[[str], Any] = make_restorer
    _restorers: dict[str, Any] = field(default_factory=dict)
    _notices: list[str] = field(default_factory=list)
    _references: dict[tuple[str, int, int], Reference] = field(default_factory=dict)
    _kept: OrderedDict[tuple[Any, ...], Restored] = field(default_factory=OrderedDict)

    def abilities(self) -> Abilities:
        """The methods and devices there are."""
        return Abilities(infos(), devices())

    def open(self, path: Path) -> Opened:
        """Reads a photograph."""
        return self._opened(photos.read(path))

    def take(self, image: QImage) -> Opened:
        """Takes over a picture from the clipboard."""
        return self._opened(engine.Photo.from_pixels(pixels_of(image)))

    def find(self, opened: Opened, device: str) -> list[Found]:
        """The faces of a photograph."""
        faces = self._restorer(device).find_faces(opened.photo)
        return [Found(face, why_off(face)) for face in faces]

    def portrait(self, path: Path, device: str) -> Portrait:
        """Reads a portrait and makes sure that there is a face in it."""
        restorer = self._restorer(device)
        photo = photos.read(path)
        self._references[_stamp(path)] = restorer.read_reference(photo)
        return Portrait(path, Picture(photo.preview8), restorer.find_faces(photo)[0])

    def restore(self, request: Request, job: Job) -> Restored:
        """Restores the faces that are on; instant where it was done before."""
        choices = request.choices
        groups = _groups(choices)
        # The portraits' stamps are part of the key: a changed file is another portrait.
        portraits = tuple(_stamp_of(face.portrait) for face in choices.faces)
        key = (request.opened.key, request.device, _without_session(choices), portraits)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        self._notices.clear()
        restorer = self._restorer(request.device)
        result = self._run(restorer, request, groups, job)
        restored = Restored(
            result,
            Picture(result.photo.preview8),
            choices,
            (*self._notices, *result.warnings),
        )
        self._keep(key, restored)
        return restored

    def save(self, photo: Photo, path: Path, quality: int, note: str | None) -> Path:
        """Writes a new file; returns its path."""
        return photos.write(photo, path, quality=quality, note=note)

    def models(self) -> list[Any]:
        """The installed models with their licences."""
        return list(self._restorer("cpu").store.entries())

    # ------------------------------------------------------------------ inside
    def _run(
        self, restorer: Any, request: Request, groups: dict[Any, list[int]], job: Job
    ) -> RestoredPhoto:
        """One call of the engine for each portrait and fidelity, one after the other's result."""
        photo, merged = request.opened.photo, None
        for done, ((portrait, fidelity), indices) in enumerate(groups.items()):
            references = [self._reference(restorer, portrait)] if portrait else []
            options = self._options(request.choices, fidelity, tuple(indices))
            total = max(len(groups), 1)

            def tell(share: float, words: str, base: int = done, total: int = total) -> None:
                job.tell((base + share) / total, words)

            result = restorer.restore(
                photo,
                references,
                options,
                faces=list(request.faces),
                progress=tell,
                cancel=job.cancel,
            )
            merged = result if merged is None else _merged(merged, result)
            photo = merged.photo
        assert merged is not None
        return merged

    def _options(
        self, choices: Choices, fidelity: float, indices: tuple[int, ...]
    ) -> RestoreOptions:
        method = choices.method or self.abilities().methods[0].key
        return RestoreOptions(
            method=method,
            fidelity=fidelity,
            strength=choices.strength,
            grain=choices.grain,
            faces=indices,
            seed=choices.seed,
            mode=None if choices.tone == "auto" else choices.tone,
        )

    def _opened(self, photo: Photo) -> Opened:
        digest = hashlib.blake2b(photo.pixels.reshape(-1), digest_size=16)
        return Opened(photo, Picture(photo.preview8), f"{digest.hexdigest()}-{photo.path}")

    def _restorer(self, device: str) -> Any:
        if device not in self._restorers:
            try:
                self._restorers[device] = self.make(device)
            except DeviceError as error:
                if device in {"auto", "cpu"}:
                    raise
                self._notices.append(f"{error.sentence} The processor is used instead.")
                return self._restorer("cpu")
        return self._restorers[device]

    def _reference(self, restorer: Any, path: str) -> Reference:
        from pathlib import Path  # noqa: PLC0415  (a name for types only, elsewhere)

        stamp = _stamp(Path(path))
        if stamp not in self._references:
            self._references[stamp] = restorer.read_reference(photos.read(Path(path)))
        return self._references[stamp]

    def _keep(self, key: tuple[Any, ...], restored: Restored) -> None:
        self._kept[key] = restored
        size = sum(_bytes(kept) for kept in self._kept.values())
        while size > _KEPT_BYTES and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            size -= _bytes(dropped)


def _bytes(restored: Restored) -> int:
    return 2 * int(restored.result.photo.pixels.nbytes)


def _groups(choices: Choices) -> dict[tuple[str, float], list[int]]:
    groups: dict[tuple[str, float], list[int]] = {}
    for index, face in enumerate(choices.faces):
        if face.on:
            fidelity = choices.fidelity if face.fidelity is None else face.fidelity
            groups.setdefault((face.portrait, fidelity), []).append(index)
    return groups or {("", choices.fidelity): []}


def _merged(first: RestoredPhoto, second: RestoredPhoto) -> RestoredPhoto:
    """Two runs over one photograph: every face keeps the run that touched it."""

    def better(a: FaceResult, b: FaceResult) -> FaceResult:
        return a if b.status is FaceStatus.SKIPPED else b

    return replace(
        second,
        faces=tuple(better(a, b) for a, b in zip(first.faces, second.faces, strict=True)),
        seconds=first.seconds + second.seconds,
        warnings=tuple(dict.fromkeys((*first.warnings, *second.warnings))),
    )


def _without_session(choices: Choices) -> Choices:
    """The choices that change pixels: a face that is off needs neither portrait nor fidelity."""
    faces = tuple(f if f.on else replace(f, portrait="", fidelity=None) for f in choices.faces)
    return replace(choices, faces=faces)


def _stamp_of(path: str) -> tuple[str, int, int] | None:
    from pathlib import Path  # noqa: PLC0415

    return _stamp(Path(path)) if path else None


def _stamp(path: Path) -> tuple[str, int, int]:
    try:
        found = path.stat()
    except OSError as error:
        raise PhotoError(
            f"The portrait '{path.name}' is gone; choose it again.", code="photo-missing"
        ) from error
    return str(path), found.st_mtime_ns, found.st_size


__all__ = [
    "Abilities",
    "Found",
    "LikenessError",
    "Opened",
    "Portrait",
    "Request",
    "Restored",
    "Workshop",
    "face_from_points",
]
