"""``manifest.json``: what every bundled model is, and the fingerprint it must have."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from engine.errors import ModelError

NAME = "manifest.json"
#: ``resources/models`` of the checkout, of the installed package, or of the frozen program.
BUNDLED = Path(__file__).resolve().parents[2] / "resources" / "models"


@dataclass(frozen=True)
class ModelEntry:
    """One model: a weights file and the graphs over it.

    Attributes:
        name: key in the store, such as ``identity-recovery``.
        title: words for the user.
        version: of the weights, raised at every release.
        licence: terms of the weights in one sentence.
        training_data: what it was trained on, in one sentence.
        files: file name -> {"sha256": hex, "size": bytes}.
        graphs: graph name -> {"file": ..., "inputs": {name: shape}, "outputs": {name: shape}};
            a negative size in a shape is free.
        samples_seen: training samples behind the weights.
        metrics: the headline figures of the model card.
        network: sizes of the network, as `engine.networks.catalogue` takes them.
        base: the file, also among `files`, whose weights count where the model's own file has none:
            that of the network which this one is a variant of; none when empty.
    """

    name: str
    title: str
    version: str
    licence: str
    training_data: str
    files: dict[str, dict[str, Any]]
    graphs: dict[str, dict[str, Any]]
    samples_seen: int = 0
    metrics: dict[str, float] = field(default_factory=dict)
    network: dict[str, Any] = field(default_factory=dict)
    base: str = ""


def fingerprint(path: Path) -> str:
    """SHA-256 of a file, as hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read(folder: Path) -> dict[str, ModelEntry]:
    """The manifest of a model folder; empty when the folder has none.

    Raises:
        ModelError: the manifest does not read.
    """
    path = folder / NAME
    if not path.exists():
        return {}
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["models"]
        return {e["name"]: ModelEntry(**e) for e in entries}
    except (ValueError, KeyError, TypeError) as error:
        what = "is damaged; install Likeness again."
        if folder != BUNDLED:
            what = "is damaged or of a newer Likeness; delete it and import its models again."
        raise ModelError(f"The list of models '{path}' {what}", code="manifest-damaged") from error


def register(folder: Path, entry: ModelEntry) -> None:
    """Adds or replaces an entry, with sizes and fingerprints of the files as they are now."""
    entries = read(folder)
    files = {
        name: {"sha256": fingerprint(folder / name), "size": (folder / name).stat().st_size}
        for name in entry.files
    }
    entries[entry.name] = ModelEntry(**{**asdict(entry), "files": files})
    _write(folder, entries)


def drop(folder: Path, name: str) -> None:
    """Takes an entry out; its files stay."""
    entries = read(folder)
    del entries[name]
    _write(folder, entries)


def _write(folder: Path, entries: dict[str, ModelEntry]) -> None:
    document = {"models": [asdict(entries[k]) for k in sorted(entries)]}
    text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    part = folder / f"{NAME}.part"
    try:
        with part.open("w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(folder / NAME)
    finally:
        part.unlink(missing_ok=True)
