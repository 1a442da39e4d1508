"""A restorer that obeys the engine's contract without its models."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np

from desktop.workshop import Workshop
from engine import photo as photos
from engine.backends.devices import Device
from engine.errors import CancelledError, PortraitError
from engine.faces.face import Face
from engine.faces.reference_check import ReferenceCheck, Verdict
from engine.methods import MethodInfo, Reference
from engine.results import FaceResult, FaceStatus, RestoredPhoto

if TYPE_CHECKING:
    from pathlib import Path

METHODS = (
    MethodInfo("plain", "Faithful", "Brings back what is there.", False, False, False, ()),
    MethodInfo("rich", "Rich", "Fills in what is lost.", True, True, True, ()),
)
#: Centres of the painted faces, as shares of the picture.
PLACES = ((0.3, 0.45), (0.7, 0.45))


def face_at(x: float, y: float, size: float, score: float = 0.9) -> Face:
    marks = np.array([[-0.2, -0.1], [0.2, -0.1], [0, 0.1], [-0.15, 0.25], [0.15, 0.25]], np.float32)
    box = np.array([x - size / 2, y - size / 2, size, size], np.float32)
    return Face(box, marks * size + np.array([x, y], np.float32), score)


class FakeRestorer:
    """Finds two faces in every picture and brightens them."""

    def __init__(self, device: str = "auto") -> None:
        self.device = device
        self.calls: list[tuple] = []
        self.store = SimpleNamespace(entries=list)
        self.blocked, self.broken = False, ""
        self.checks = 0
        self.judged = ReferenceCheck(Verdict.ACCEPT, (), 0.55, 0.8)

    def find_faces(self, photo):
        if photo.width < 100:
            return []
        scores = (0.9, 0.4)
        return [
            face_at(x * photo.width, y * photo.height, photo.height * 0.4, score)
            for (x, y), score in zip(PLACES, scores, strict=True)
        ]

    def read_reference(self, photo):
        if photo.width < 100:
            raise PortraitError("No face was found in the portrait.", code="reference-no-face")
        crop = np.zeros((512, 512, 3), np.float32)
        return Reference(crop, np.eye(256, dtype=np.float32)[0], 0.5, photo.path.name)

    def check_reference(self, photo, face, reference, landmarks=None):
        self.checks += 1
        return self.judged

    def heat(self):
        """The left half is invented."""
        return np.repeat(np.arange(512) < 256, 512).reshape(512, 512).T.astype(np.float32)

    def face_in_box(self, photo, box):
        x, y, w, h = box
        return face_at(x + w / 2, y + h / 2, min(w, h), 1.0)

    def restore(
        self, photo, references=(), options=None, *, faces=None, each=None, kept=None,
        progress=None, cancel=None,
    ):  # fmt: skip
        self.calls.append((dict(each), options))
        while self.blocked:
            if cancel.wait(0.01):
                raise CancelledError
        pixels = photo.pixels.copy()
        changed = np.zeros(pixels.shape[:2], bool)
        results = []
        for index, face in enumerate(faces):
            if cancel.is_set():
                raise CancelledError
            progress(index / len(faces), f"Face {index + 1} of {len(faces)}")
            if self.broken:
                results.append(FaceResult(index, face, FaceStatus.FAILED, self.broken))
                continue
            if index not in options.faces:
                results.append(FaceResult(index, face, FaceStatus.SKIPPED, "Not chosen."))
                continue
            x, y, w, h = (round(float(v)) for v in face.box)
            piece = (slice(max(y, 0), y + h), slice(max(x, 0), x + w))
            pixels[piece] = np.clip(pixels[piece] + 60.0 * options.strength, 0, 255)
            changed[piece] = True
            portrait = each[index].reference
            name = portrait.name if portrait else None
            alike = 0.3 if name else None
            results.append(
                FaceResult(
                    index, face, FaceStatus.DONE, seconds=0.1, identity_to_input=0.72,
                    reference=name, reference_before=alike, reference_after=alike and 0.5,
                    reference_used=bool(name), method=options.method or "plain",
                    restored=np.full((512, 512, 3), 0.5, np.float32),
                    uncertainty=self.heat() if options.uncertainty else None,
                )
            )  # fmt: skip
        new = photo.with_pixels(pixels, changed)
        return RestoredPhoto(new, tuple(results), options.method, "cpu", 0.1)


class FakeWorkshop(Workshop):
    """A workshop over fake restorers, which tests can look into."""

    def __init__(self) -> None:
        self.restorer = FakeRestorer()
        super().__init__(make=lambda _device: self.restorer)

    def abilities(self):
        return SimpleNamespace(methods=METHODS, devices=(Device("cpu", "Processor", "", 2),))


def paint_photo(path: Path, width: int = 640, height: int = 420) -> Path:
    """A picture with two discs where the fake finds faces."""
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    pixels = np.empty((height, width, 3), np.float32)
    pixels[:] = (rows / height * 60 + 90)[..., None] * np.array([1.0, 0.93, 0.82], np.float32)
    for x, y in PLACES:
        distance = np.hypot(columns - x * width, (rows - y * height) * 0.85)
        pixels[distance < height * 0.17] = (176, 156, 132)
    photo = photos.Photo.from_pixels(pixels.clip(0, 255).astype(np.uint8))
    return photos.write(photo, path)
