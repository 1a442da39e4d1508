"""A repair on a real Dask cluster of two worker processes."""

from __future__ import annotations

import os
import signal
import threading
import warnings
from pathlib import Path

import pytest

from engine.album.cluster import on_cluster
from engine.album.entries import State
from engine.album.places import ENVIRONMENT
from engine.album.repair import Repair
from engine.album.repair_run import RepairProgress, RepairSettings
from engine.album.store import AlbumStore
from engine.errors import UsageError
from tests.engine.album.album_material import contents, restored, small_album

distributed = pytest.importorskip("distributed")
# Dask's own sockets and loops are closed by its threads, late; that is not ours to judge.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch):
    root = str(Path(__file__).resolve().parents[3])
    monkeypatch.setenv("PYTHONPATH", root)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        opened = distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None,
            scheduler_port=0, worker_dashboard_address=None,
        )  # fmt: skip
        with opened:
            yield opened


@pytest.fixture
def album(tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path / "cache"))
    folder = small_album(tmp_path / "album", samples, 9)
    (folder / "broken.jpg").write_bytes(b"no picture")
    return folder


def test_a_worker_is_killed_and_every_photo_is_done_exactly_once(
    cluster, album: Path, tmp_path: Path
) -> None:
    before = contents(album)
    victim = next(iter(cluster.workers.values())).pid
    killed = threading.Event()

    def tell(progress: RepairProgress) -> None:
        if not killed.is_set() and progress.counts[State.DONE] >= 2:
            os.kill(victim, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
            killed.set()

    out = tmp_path / "out"
    settings = RepairSettings(device="cpu", threads=1)
    with AlbumStore() as store, Repair(album, out, settings, store=store) as repair:
        repair.queue()
        summary = repair.run(tell, how=on_cluster(cluster.scheduler_address))
    assert killed.is_set()
    assert summary.stopped == ""
    assert summary.counts[State.DONE] == 9
    assert summary.counts[State.FAILED] == 1
    names = restored(out)
    assert len(names) == 9
    assert not any("-2" in name for name in names)
    assert not list(out.rglob("*.part"))
    assert contents(album) == before


def test_a_scheduler_that_goes_away_loses_nothing(cluster, album: Path, tmp_path: Path) -> None:
    gone = threading.Event()

    def tell(progress: RepairProgress) -> None:
        if not gone.is_set():
            gone.set()
            cluster.close(timeout=20)

    out = tmp_path / "out"
    settings = RepairSettings(device="cpu", threads=1)
    with AlbumStore() as store:
        with Repair(album, out, settings, store=store) as repair:
            repair.queue()
            summary = repair.run(tell, how=on_cluster(cluster.scheduler_address))
        assert "--resume" in summary.stopped
        left = summary.counts[State.QUEUED]
        assert left >= 1
        assert summary.counts[State.RUNNING] == 0
        assert sum(summary.counts.values()) == 10
        # The rest is done here, from the same journal.
        with Repair(album, out, store=store) as repair:
            summary = repair.run()
    assert summary.counts[State.DONE] == 9
    assert len(restored(out)) == 9


def test_no_scheduler_is_one_sentence(
    album: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from engine.album import cluster as clusters

    monkeypatch.setattr(clusters, "_WAIT", 1)
    with AlbumStore() as store, Repair(album, tmp_path / "out", store=store) as repair:
        repair.queue()
        with pytest.raises(UsageError) as caught:
            repair.run(how=on_cluster("tcp://127.0.0.1:9"))
        assert caught.value.code == "dask-address"
        assert repair.journal.counts()[State.QUEUED] == 10


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError) as caught:
        on_cluster("tcp://127.0.0.1:9")
    assert "likeness[dask]" in caught.value.sentence
