"""The model store: opens graphs by name, and only files whose fingerprint is right."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from engine.errors import ModelError
from engine.models import imports, manifest
from engine.models.remembering import Remembering

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from engine.backends.base import Backend, Graph
    from engine.models.manifest import ModelEntry

BUNDLED = manifest.BUNDLED
_LOG = logging.getLogger(__name__)


class ModelStore:
    """Models in one or more folders; a later folder wins over an earlier one.

    Args:
        folders: each with its own ``manifest.json``; the bundled and the imported models by
            default.

    Raises:
        ModelError: a manifest does not read (code ``manifest-damaged``).
    """

    def __init__(self, folders: Sequence[Path] | None = None) -> None:
        folders = (BUNDLED, imports.folder()) if folders is None else folders
        self._places: dict[str, tuple[Path, ModelEntry]] = {}
        for folder in folders:
            for name, entry in _listed(folder).items():
                self._places[name] = (folder, entry)
        self._verified: set[Path] = set()
        self._open: dict[tuple[str, str, str], Graph] = {}
        self._lock = threading.Lock()

    def entries(self) -> list[ModelEntry]:
        """All models, by name."""
        return [self._places[name][1] for name in sorted(self._places)]

    def verify(self, name: str) -> None:
        """Checks all files of a model.

        Raises:
            ModelError: the model is unknown, a file is missing, or it is not the one that was
                released (codes ``model-unknown``, ``model-missing``, ``model-damaged``).
        """
        folder, entry = self._place(name)
        for file in entry.files:
            self._check(folder, entry, file)

    def graph(
        self,
        model: str,
        graph: str,
        backend: Backend,
        *,
        exact: bool = False,
        remembers: bool = False,
    ) -> Graph:
        """The graph of a model on a backend; verified and opened once, then shared.

        Args:
            model: its name in the manifest.
            graph: which of its graphs.
            backend: opens it.
            exact: see `Backend.open`.
            remembers: its last answers are kept, see `engine.models.remembering`.

        Raises:
            ModelError: see `verify`; or the model has no such graph.
        """
        key = (model, graph, backend.device.key)
        with self._lock:
            if key not in self._open:
                folder, entry = self._place(model)
                if graph not in entry.graphs:
                    raise ModelError(
                        f"The model '{model}' has no part '{graph}'; install Likeness again.",
                        code="model-unknown",
                    )
                # The other graphs of the model stay unread until they are asked for.
                file = entry.graphs[graph]["file"]
                others = {g["file"] for g in entry.graphs.values()} - {file}
                for name in entry.files:
                    if name not in others:
                        self._check(folder, entry, name)
                opened = backend.open(folder / file, exact=exact)
                self._open[key] = Remembering(opened) if remembers else opened
            return self._open[key]

    def has(self, name: str) -> bool:
        """Whether a model is installed or imported; its files are not looked at."""
        return name in self._places

    def find(self, name: str) -> tuple[Path, ModelEntry] | None:
        """A model's weights file, verified, and its entry; None where there is no such model.

        Raises:
            ModelError: see `verify`.
        """
        return (self.weights(name), self._places[name][1]) if self.has(name) else None

    def weights(self, name: str) -> Path:
        """The weights file of a model, verified.

        Raises:
            ModelError: it was not imported (code ``model-not-imported``), or see `verify`.
        """
        if name not in self._places:
            raise ModelError(
                f"The model '{name}' is not there yet; get it with `likeness models import FILE`.",
                code="model-not-imported",
            )
        self.verify(name)
        folder, entry = self._places[name]
        return folder / next(iter(entry.files))

    def _place(self, name: str) -> tuple[Path, ModelEntry]:
        if name not in self._places:
            raise ModelError(
                f"The model '{name}' is not installed; install Likeness again.",
                code="model-unknown",
            )
        return self._places[name]

    def _check(self, folder: Path, entry: ModelEntry, file: str) -> None:
        path = folder / file
        if path in self._verified:
            return
        if not path.is_file():
            raise ModelError(
                f"The file '{file}' of the model '{entry.name}' is missing; "
                "install Likeness again.",
                code="model-missing",
            )
        if manifest.fingerprint(path) != entry.files[file]["sha256"]:
            raise ModelError(
                f"The file '{file}' of the model '{entry.name}' is damaged; "
                "install Likeness again.",
                code="model-damaged",
            )
        self._verified.add(path)


def _listed(folder: Path) -> dict[str, ModelEntry]:
    """The models of a folder; without those of the user where their list is damaged."""
    try:
        return manifest.read(folder)
    except ModelError as error:
        if folder != imports.folder():
            raise
        _LOG.warning("%s", error.sentence)  # the bundled models work without them
        return {}
