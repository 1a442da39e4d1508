"""Models that the user brings: weights that other projects published.

``likeness models import FILE`` knows a file by its fingerprint, shows its licence, and keeps a
converted copy in the user's model folder, which has a manifest like the bundled one. The file
itself is only read.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from engine.errors import ModelError, UsageError
from engine.models import manifest
from engine.models.manifest import ModelEntry

if TYPE_CHECKING:
    from collections.abc import Callable

RETINAFACE = "retinaface"


def folder() -> Path:
    """Where imported models are kept; it may not exist yet."""
    return Path(platformdirs.user_data_dir("likeness", appauthor=False)) / "models"


@dataclass(frozen=True)
class Kind:
    """A file that can be imported.

    Attributes:
        name: of the model in the store.
        title: words for the user.
        file: the name under which its project published it.
        sha256: of the published file.
        licence: in one sentence, to be accepted.
        convert: from that file to safetensors.
    """

    name: str
    title: str
    file: str
    sha256: str
    licence: str
    convert: Callable[[Path, Path], None]


def _retinaface(source: Path, target: Path) -> None:
    from engine.faces.retinaface import convert  # noqa: PLC0415  (needs torch and facexlib)

    convert(source, target)


KINDS = (
    Kind(
        RETINAFACE,
        "RetinaFace, face detector of facexlib",
        "detection_mobilenet0.25_Final.pth",
        "ed6fa7d45a5179f03cb5ce82c73b0c6711372968e53782e88395acee88d319e1",
        "MIT licence, as facexlib and Pytorch_Retinaface state it.",
        _retinaface,
    ),
)


def recognise(path: Path) -> Kind:
    """What a file is.

    Raises:
        UsageError: there is no such file (code ``import-missing``).
        ModelError: it is none that is known (code ``import-unknown``).
    """
    if not path.is_file():
        raise UsageError(f"There is no file '{path}'.", code="import-missing")
    mark = manifest.fingerprint(path)
    for kind in KINDS:
        if kind.sha256 == mark:
            return kind
    known = ", ".join(kind.file for kind in KINDS)
    raise ModelError(
        f"'{path.name}' is not a file that Likeness can import, or it is damaged; "
        f"it takes, as their projects published them: {known}.",
        code="import-unknown",
    )


def import_model(path: Path, kind: Kind, into: Path | None = None) -> ModelEntry:
    """Converts a file and registers it; an earlier import of the same model is replaced.

    Raises:
        ModelError: it does not convert.
        DeviceError: a package that it needs is not installed.
    """
    place = into or folder()
    place.mkdir(parents=True, exist_ok=True)
    name = f"{kind.name}.safetensors"
    with tempfile.TemporaryDirectory(dir=place) as scratch:
        made = Path(scratch) / name
        kind.convert(path, made)
        made.replace(place / name)
    entry = ModelEntry(
        kind.name,
        kind.title,
        version=kind.sha256[:8],
        licence=kind.licence,
        training_data="As its project states.",
        files={name: {}},
        graphs={},
    )
    manifest.register(place, entry)
    return entry
