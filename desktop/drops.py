"""What was dropped or pasted: files, folders, or a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData


def paths(data: QMimeData) -> list[Path]:
    """The files and folders on this machine; links into the web are none."""
    found = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in found if path.exists()]


def files(data: QMimeData) -> list[Path]:
    """The files only."""
    return [path for path in paths(data) if path.is_file()]
