"""A finished repair that is begun again with other settings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from engine.album.begun import begun
from engine.album.entries import State
from engine.album.repair_run import RepairSettings
from engine.results import RestoreOptions
from tests.engine.album.album_material import restored, small_album, small_photo

if TYPE_CHECKING:
    from pathlib import Path

FIRST = RepairSettings(threads=1)
SECOND = RepairSettings(RestoreOptions(strength=0.5), threads=1)


@pytest.fixture
def finished(begin, album: Path, tmp_path: Path) -> Path:
    """An output folder, of which nothing but the journal tells that three were looked at."""
    with begin(FIRST) as repair:
        repair.queue()
        while (entry := repair.journal.next()) is not None:
            repair.journal.start(entry.id)
            repair.journal.skipped(entry.id, "No face was found.", {})
    return tmp_path / "out"


def test_settings_that_come_too_late_are_counted_and_not_noted(begin, finished: Path) -> None:
    with begin(SECOND) as repair:
        assert repair.pointless()
        assert repair.queue() == 0
        assert repair.run().kept == 3
    found = begun(finished)
    assert found is not None
    assert found.settings == FIRST
    assert found.left == 0


def test_only_what_is_new_takes_other_settings(
    begin, album: Path, finished: Path, samples: Path
) -> None:
    (album / "new.jpg").write_bytes(small_photo(samples, 6))
    with begin(SECOND) as repair:
        assert not repair.pointless()
        assert repair.queue() == 1
        summary = repair.run()
    assert (summary.kept, summary.counts[State.DONE]) == (3, 1)
    assert restored(finished) == ["new_likeness.jpg"]
    found = begun(finished)
    assert found is not None
    assert found.settings == SECOND


@pytest.mark.parametrize("settings", [None, replace(FIRST, threads=2, device="cpu")])
def test_what_computes_is_no_other_setting(
    begin, finished: Path, settings: RepairSettings | None
) -> None:
    with begin(settings) as repair:
        assert not repair.pointless()
        repair.queue()
        assert repair.run().kept == 0


def test_what_was_begun_is_told(begin, album: Path, tmp_path: Path, samples: Path) -> None:
    assert begun(tmp_path / "out") is None
    assert begun(tmp_path / ("a" * 300)) is None
    with begin(SECOND) as repair:
        assert begun(tmp_path / "out") is None, "no photograph is queued yet"
        repair.queue()
    found = begun(tmp_path / "out")
    assert found is not None
    assert (found.left, found.settings, found.folder) == (3, SECOND, str(album))
    assert found.of(album)
    assert not found.of(small_album(tmp_path / "other", samples, 1))
