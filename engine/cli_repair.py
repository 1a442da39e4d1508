"""``likeness album repair``: restore the whole album."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli_album_common import clear, folder, indexed, machine, show, threads
from engine.errors import UsageError
from engine.priority import lower_process

if TYPE_CHECKING:
    import argparse

    from engine.album.repair_run import RepairProgress, RepairSettings


def add(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    from engine.cli import share  # noqa: PLC0415
    from engine.methods import METHODS  # noqa: PLC0415  (the parser alone must start quickly)

    folder(parser)
    machine(parser)
    own = parser.add_argument
    own("--output", type=Path, required=True, metavar="FOLDER", help="restored copies go here")
    own("--resume", action="store_true", help="go on with an interrupted repair, as it was begun")
    own("--retry-failed", action="store_true", help="try the failed ones again as well")
    own("--method", choices=tuple(METHODS), default="",
        help="default: for each face what fits, with or without a portrait")  # fmt: skip
    own("--fidelity", type=share, default=0.5, metavar="0..1")
    own("--strength", type=share, default=1.0, metavar="0..1")
    own("--grain", type=share, default=0.5, metavar="0..1")
    own("--seed", type=int, default=0)
    own(
        "--jobs",
        type=int,
        default=None,
        metavar="N",
        help="photographs that are restored at a time; 2 without, 8 on a graphics card",
    )
    own("--no-references", action="store_true", help="look for no portraits in the album")
    own("--no-index", action="store_true", help="the album was indexed just now")
    own("--dask", metavar="ADDRESS", help="work on an existing Dask cluster")
    parser.set_defaults(run=_repair)


def _repair(options: argparse.Namespace) -> int:
    from engine.album.repair import Repair, unfinished  # noqa: PLC0415
    from engine.album.store import AlbumStore  # noqa: PLC0415

    left = unfinished(options.output)
    if left and not options.resume:
        raise UsageError(
            f"{options.output} holds a repair with {left} photographs still to do; "
            "add --resume to go on, or choose another folder."
        )
    how = None
    if options.dask:
        from engine.album.cluster import on_cluster  # noqa: PLC0415

        how = on_cluster(options.dask)
    lower_process()
    # What was begun is ended in the same way.
    settings = None if options.resume else _settings(options)
    with AlbumStore() as store, Repair(
        options.folder, options.output, settings, store=store
    ) as repair:  # fmt: skip
        if not options.no_index:
            indexed(options, store, repair.restorer)
        repair.queue()
        if options.retry_failed:
            repair.journal.retry_failed()
        for sentence in repair.warnings():
            print(f"likeness: {sentence}", file=sys.stderr)

        def tell(progress: RepairProgress) -> None:
            words = f"{progress.words}, {_time(progress.seconds_left)} left"
            show(options, progress.share, words)

        summary = repair.run(tell, how=how)
        clear(options)
        failed = list(repair.journal.entries(_failed()))
    counts = {state.value: number for state, number in summary.counts.items()}
    if options.json:
        print(json.dumps({
            "counts": counts,
            "stopped": summary.stopped,
            "report": str(summary.report),
            "failed": [{"path": str(e.path), "code": e.code, "reason": e.reason} for e in failed],
        }, ensure_ascii=False, indent=1))  # fmt: skip
    else:
        told = ", ".join(f"{number} {state}" for state, number in counts.items() if number)
        print(f"{told or 'No photograph'}. Report: {summary.report}")
    for entry in failed:
        print(f"likeness: {entry.path}: {entry.reason}", file=sys.stderr)
    if summary.stopped:
        print(f"likeness: {summary.stopped}", file=sys.stderr)
    return 1 if failed or summary.stopped else 0


def _failed() -> Any:
    from engine.album.journal import State  # noqa: PLC0415

    return State.FAILED


def _settings(options: argparse.Namespace) -> RepairSettings:
    from engine.album.repair_run import RepairSettings  # noqa: PLC0415
    from engine.results import RestoreOptions  # noqa: PLC0415

    if options.jobs is not None and options.jobs < 1:
        raise UsageError("--jobs needs a number from 1 on.")
    wanted = RestoreOptions(
        method=options.method,
        fidelity=options.fidelity,
        strength=options.strength,
        grain=options.grain,
        seed=options.seed,
    )
    return RepairSettings(
        wanted, options.device, threads(options), options.jobs, not options.no_references
    )


def _time(seconds: float | None) -> str:
    if seconds is None:
        return "some time"
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
