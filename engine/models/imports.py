"""Models that the user brings: weights that other projects published.

``likeness models import FILE`` knows a file by its fingerprint or layout, shows its licence, and
keeps a converted copy in the user's model folder, which has a manifest like the bundled one. The
file itself is only read.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from engine.errors import ModelError, UsageError
from engine.models import manifest
from engine.models.licences import S_LAB
from engine.models.manifest import ModelEntry

if TYPE_CHECKING:
    from collections.abc import Callable

RETINAFACE = "retinaface"
#: CodeFormer++ on CodeFormer's official weights.
CODEFORMER = "codeformer-official"


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
        convert: from that file to safetensors, perhaps with graphs beside it; gives ``graphs`` and
            ``network`` of the manifest entry, or None.
        terms: the licence in full, where the sentence does not say enough.
        fits: tells another file of the same layout, such as one trained further; None where only
            the published file is taken.
        use: how the program comes to use it, as a sentence.
    """

    name: str
    title: str
    file: str
    sha256: str
    licence: str
    convert: Callable[[Path, Path], dict[str, Any] | None]
    terms: str = ""
    fits: Callable[[Path], bool] | None = None
    use: str = ""


def _retinaface(source: Path, target: Path) -> None:
    from engine.faces.retinaface import convert  # noqa: PLC0415  (needs torch and facexlib)

    convert(source, target)


def _codeformer(source: Path, target: Path) -> dict[str, Any]:
    from engine import codeformer_weights  # noqa: PLC0415  (needs torch)
    from engine.models.store import ModelStore  # noqa: PLC0415  (it knows this module)

    return codeformer_weights.convert(source, target, ModelStore().find(codeformer_weights.OWN))


def _codeformer_fits(source: Path) -> bool:
    from engine import codeformer_weights  # noqa: PLC0415

    return codeformer_weights.fits(source)


KINDS = (
    Kind(
        CODEFORMER,
        "CodeFormer, official weights, for the method Rich detail",
        "codeformer.pth",
        "1009e537e0c2a07d4cabce6355f53cb66767cd4b4297ec7a4a64ca4b8a5684b7",
        "S-Lab License 1.0: for non-commercial use only.",
        _codeformer,
        S_LAB,
        _codeformer_fits,
        "The method codeformer++ uses it from now on.",
    ),
    Kind(
        RETINAFACE,
        "RetinaFace, face detector of facexlib",
        "detection_mobilenet0.25_Final.pth",
        "ed6fa7d45a5179f03cb5ce82c73b0c6711372968e53782e88395acee88d319e1",
        "MIT licence, as facexlib and Pytorch_Retinaface state it.",
        _retinaface,
        use="Say `likeness restore --finder retinaface` to use it.",
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
    for kind in KINDS:
        if kind.fits is not None and kind.fits(path):
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
        more = kind.convert(path, Path(scratch) / name) or {}
        made = sorted(Path(scratch).iterdir(), key=lambda file: file.name != name)
        for file in made:
            file.replace(place / file.name)
    entry = ModelEntry(
        kind.name,
        kind.title,
        version=manifest.fingerprint(path)[:8],
        licence=kind.licence,
        training_data="As its project states.",
        files={file.name: {} for file in made},
        graphs=more.get("graphs", {}),
        network=more.get("network", {}),
    )
    manifest.register(place, entry)
    return entry


def remove_model(name: str, place: Path | None = None) -> None:
    """Takes an imported model away; the bundled ones stay.

    Raises:
        UsageError: nothing of that name was imported (code ``import-none``).
    """
    place = place or folder()
    entry = manifest.read(place).get(name)
    if entry is None:
        raise UsageError(f"There is no imported model '{name}'.", code="import-none")
    manifest.drop(place, name)
    for file in entry.files:
        (place / file).unlink(missing_ok=True)
