"""An album with its cache, and repairs of it with the real networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.album.places import ENVIRONMENT
from engine.album.repair import Repair
from engine.album.repair_run import RepairSettings
from engine.album.store import AlbumStore
from engine.restorer import Restorer
from tests.engine.album.album_material import small_album

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = RepairSettings(threads=1)


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return Restorer("cpu", threads=1)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def store(cache: Path):
    with AlbumStore() as opened:
        yield opened


@pytest.fixture
def album(tmp_path: Path, samples: Path) -> Path:
    return small_album(tmp_path / "album", samples, 3)


@pytest.fixture
def begin(album: Path, tmp_path: Path, store: AlbumStore, restorer: Restorer):
    def opened(settings: RepairSettings | None = SETTINGS, **options) -> Repair:
        output = options.pop("output", tmp_path / "out")
        folder = options.pop("album", album)
        return Repair(folder, output, settings, store=store, restorer=restorer)

    return opened
