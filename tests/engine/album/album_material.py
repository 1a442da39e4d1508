"""Small albums of the sample photographs, quick to restore."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path


def small_photo(samples: Path, number: int) -> bytes:
    """A JPEG of 200 pixels with a face, another one for every number."""
    name = ("worn-1", "worn-2", "portrait-1")[number % 3]
    picture = Image.open(samples / f"{name}.jpg").convert("RGB")
    side = min(picture.size)
    picture = picture.crop((0, 0, side, side)).resize((200 + number, 200 + number))
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=92)
    return stream.getvalue()


def small_album(folder: Path, samples: Path, count: int) -> Path:
    """An album of `count` photographs, some of them in a sub-folder."""
    (folder / "sub").mkdir(parents=True)
    for number in range(count):
        name = f"sub/{number:02d}.jpg" if number % 3 == 2 else f"{number:02d}.jpg"
        (folder / name).write_bytes(small_photo(samples, number))
    return folder


def contents(folder: Path) -> dict[str, str]:
    """Hashes of all files below a folder."""
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in folder.rglob("*")
        if p.is_file()
    }


def restored(output: Path) -> list[str]:
    """Names of the restored photographs."""
    found = [p.relative_to(output) for p in output.rglob("*.*") if p.is_file()]
    return sorted(str(p) for p in found if "_likeness" in p.name)


def no_parts(folder: Path) -> bool:
    """Whether no unnamed file was left behind."""
    return not list(folder.rglob("*.part"))
