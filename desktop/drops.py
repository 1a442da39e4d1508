"""What was dropped or pasted: files, folders, or a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMimeData


def paths(data: QMimeData) -> list[Path]:
    """The files and folders on this machine; links into the web are none."""
    found = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in found if path.exists()]


def files(data: QMimeData) -> list[Path]:
    """The files only."""
    return [path for path in paths(data) if path.is_file()]


def first(found: Sequence[Path]) -> Path:
    """The first photograph or folder among several; the first of all where there is neither."""
    if len(found) == 1:
        return found[0]
    from engine.photo import is_photo  # noqa: PLC0415  (loads numpy and OpenCV)

    return next((path for path in found if path.is_dir() or is_photo(path)), found[0])
