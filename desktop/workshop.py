"""What the worker does with the engine.

Lives in the worker's thread and is imported there, so that the window is on the screen before the
engine is loaded.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QRectF, QSize

import engine
from desktop.kept_results import KeptResults, key_of, stamp
from desktop.picture import Picture, pixels_of
from desktop.records import Abilities, Found, Invention, Opened, Portrait, Restored
from engine import photo as photos
from engine.backends.devices import devices, usable_cores
from engine.errors import DeviceError, LikenessError
from engine.faces.by_hand import face_from_points
from engine.methods import infos
from engine.methods.pictures import drawn_heat

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from PySide6.QtGui import QImage

    from desktop.choices import Choices, FaceChoice, Points
    from desktop.kept_results import Stamp
    from desktop.records import Request
    from desktop.worker import Job
    from engine.faces.face import Face
    from engine.faces.reference_check import ReferenceCheck
    from engine.methods import Reference
    from engine.photo import Photo

#: A portrait's face is kept with this much around it, in sides of its box: a tile shows less.
_AROUND = 1.25
#: Tries that tell what is invented; as many as the command line takes.
_SEEDS = 4
#: At most so many pixels wide and high: sharp on a tile at 300 %.
_PORTRAIT = 180


def make_restorer(device: str) -> Any:
    """A restorer that leaves one core to the window."""
    return engine.Restorer(device, threads=max(usable_cores() - 1, 1))


@dataclass
class Workshop:
    """Reads, finds, restores and saves; keeps what it made.

    Args:
        make: makes a restorer for a device; tests hand in another one.
    """

    make: Callable[[str], Any] = make_restorer
    _restorers: dict[str, Any] = field(default_factory=dict)
    _notices: list[str] = field(default_factory=list)
    _references: dict[Stamp, Reference] = field(default_factory=dict)
    _results: KeptResults = field(default_factory=KeptResults)
    _faces: engine.KeptFaces = field(default_factory=engine.KeptFaces)

    def abilities(self) -> Abilities:
        """The methods and devices there are."""
        return Abilities(infos(), devices())

    def models(self) -> list[Any]:
        """The installed models with their licences."""
        return list(self._restorer("cpu").store.entries())

    def open(self, path: Path, *, pasted: bool = False) -> Opened:
        """Reads a photograph; the kept copy of a pasted picture is none of its own file."""
        photo = photos.read(path)
        return _opened(replace(photo, path=None) if pasted else photo)

    def take(self, image: QImage, copy: Path) -> Opened:
        """Takes over a picture from the clipboard, with a copy that survives a crash."""
        image.save(str(copy), "PNG")
        return _opened(engine.Photo.from_pixels(pixels_of(image)))

    def find(self, opened: Opened, device: str) -> list[Found]:
        """The faces of a photograph."""
        faces = self._restorer(device).find_faces(opened.photo)
        return [Found(face, engine.why_off(face)) for face in faces]

    def point_at(self, opened: Opened, what: Any, device: str) -> Points:
        """The landmarks of a face that the user points at.

        Args:
            opened: the photograph.
            what: five points, or a box (x, y, width, height).
            device: where a box is looked into.

        Raises:
            FaceError: this can be no face.
        """
        if len(what) == 4:
            face = self._restorer(device).face_in_box(opened.photo, what)
        else:
            face = face_from_points(what)
        return tuple((float(x), float(y)) for x, y in face.landmarks)

    def portrait(self, path: Path, device: str) -> Portrait:
        """Reads a portrait and makes sure that there is a face in it."""
        restorer = self._restorer(device)
        photo = photos.read(path)
        self._references[stamp(path)] = restorer.read_reference(photo)
        return Portrait(path, *_cut(photo, restorer.find_faces(photo)[0]))

    def check(self, opened: Opened, face: Face, portrait: Portrait, device: str) -> ReferenceCheck:
        """Whether a portrait can serve for a face."""
        restorer = self._restorer(device)
        reference = self._reference(restorer, portrait.path)
        return restorer.check_reference(opened.photo, face, reference, portrait.face.landmarks)

    def restore(self, request: Request, job: Job) -> Restored:
        """Restores the faces that are on; instant where it was done before."""
        key = key_of(request)
        kept = self._results.get(key)
        if kept is not None:
            return kept
        self._notices.clear()
        restorer = self._restorer(request.device)
        choices = request.choices
        result = restorer.restore(
            request.opened.photo,
            options=self._options(choices),
            faces=list(request.faces),
            each={i: self._own(restorer, f) for i, f in enumerate(choices.faces) if f.on},
            kept=self._faces,
            progress=job.tell,
            cancel=job.cancel,
        )
        notices = tuple(dict.fromkeys((*self._notices, *result.warnings)))
        restored = Restored(result, Picture(result.photo.preview8), choices, notices)
        self._results.keep(key, restored)
        return restored

    def invention(self, request: Request, index: int, job: Job) -> Invention:
        """Where the restoration of a face is invented.

        Raises:
            LikenessError: the face cannot be restored, or its method invents nothing.
        """
        restorer = self._restorer(request.device)
        result = restorer.restore(
            request.opened.photo,
            options=replace(self._options(request.choices), faces=(index,), uncertainty=_SEEDS),
            faces=list(request.faces),
            each={index: self._own(restorer, request.choices.faces[index])},
            kept=self._faces,
            progress=job.tell,
            cancel=job.cancel,
        )
        face = result.faces[index]
        if face.restored is None or face.uncertainty is None:
            raise LikenessError(face.reason or " ".join(result.warnings), code="invention")
        heat = drawn_heat(face.restored, face.uncertainty)
        return Invention(*(Picture(_bytes(p)) for p in (face.restored, heat)))

    def save(self, photo: Photo, path: Path, quality: int, note: str | None) -> Path:
        """Writes a new file; returns its path."""
        return photos.write(photo, path, quality=quality, note=note)

    def engine_for(self, device: str) -> Any:
        """The engine on a device; the processor's where the device cannot be used."""
        return self._restorer(device)

    # ------------------------------------------------------------------ inside
    def _options(self, choices: Choices) -> engine.RestoreOptions:
        return engine.RestoreOptions(
            method=choices.method,
            fidelity=choices.fidelity,
            strength=choices.strength,
            grain=choices.grain,
            faces=tuple(index for index, face in enumerate(choices.faces) if face.on),
            seed=choices.seed,
            mode=None if choices.tone == "auto" else choices.tone,
        )

    def _own(self, restorer: Any, face: FaceChoice) -> engine.FaceOptions:
        reference = self._reference(restorer, Path(face.portrait)) if face.portrait else None
        return engine.FaceOptions(face.fidelity, reference)

    def _reference(self, restorer: Any, path: Path) -> Reference:
        mark = stamp(path)
        if mark not in self._references:
            self._references[mark] = restorer.read_reference(photos.read(path))
        return self._references[mark]

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


def _opened(photo: Photo) -> Opened:
    digest = hashlib.blake2b(photo.pixels.reshape(-1), digest_size=16)
    return Opened(photo, Picture(photo.preview8), f"{digest.hexdigest()}-{photo.path}")


def _bytes(picture: NDArray[np.float32]) -> NDArray[np.uint8]:
    return np.asarray(np.clip(picture, 0, 1) * 255 + 0.5, np.uint8)


def _cut(photo: Photo, face: Face) -> tuple[Picture, Face]:
    """A face with a little around it, small, and where it is there."""
    x, y, width, height = (float(v) for v in face.box)
    side = _AROUND * max(width, height)
    left, top = x + (width - side) / 2, y + (height - side) / 2
    pixels = max(min(round(side), _PORTRAIT), 1)
    scale = pixels / side
    image = Picture(photo.preview8).crop(QRectF(left, top, side, side), QSize(pixels, pixels))
    box = ((face.box - (left, top, 0.0, 0.0)) * scale).astype(face.box.dtype)
    marks = ((face.landmarks - (left, top)) * scale).astype(face.landmarks.dtype)
    return Picture(pixels_of(image)), replace(face, box=box, landmarks=marks)
