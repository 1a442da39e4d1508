"""The two facts that the album asks of EXIF."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PIL import Image

from engine import photo_container

if TYPE_CHECKING:
    from engine.photo import Photo

_DATE, _EXIF_IFD, _ORIGINAL = 0x0132, 0x8769, 0x9003
_FORM = re.compile(r"(\d{4})[:-](\d{2})[:-](\d{2})")


def orientation_of(data: bytes) -> int:
    """How a file's stored picture was turned on reading, 1 .. 8; 1 where the file does not say."""
    try:
        with photo_container.open_container(data) as picture:
            if picture.format == "PNG":
                picture.load()
            return photo_container.orientation_of(picture)
    except Exception:  # noqa: BLE001 - damaged files fail in many ways and say nothing
        return 1


def taken_on(photo: Photo) -> str | None:
    """The day a photograph was taken, as ``YYYY-MM-DD``; None where it does not say."""
    if photo.exif is None:
        return None
    try:
        block = Image.Exif()
        block.load(b"Exif\x00\x00" + photo.exif)
        text = block.get_ifd(_EXIF_IFD).get(_ORIGINAL) or block.get(_DATE)
    except Exception:  # noqa: BLE001 - damaged EXIF fails in many ways and is no EXIF
        return None
    found = _FORM.match(text) if isinstance(text, str) else None
    if found is None or not (1 <= int(found[2]) <= 12 and 1 <= int(found[3]) <= 31):
        return None
    return "-".join(found.groups())
