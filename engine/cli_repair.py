"""``likeness album repair``: restore the whole album."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli_album_common import clear, folder, indexed, machine, show, threads
from engine.errors import UsageError
from engine.priority import lower_process

if TYPE_CHECKING:
    import argparse

    from engine.album.entries import Entry
    from engine.album.repair import Repair
    from engine.album.repair_run import RepairProgress, RepairSettings

#: What the journal keeps, so that a repair ends as it was begun.
_KEPT = ("method", "fidelity", "strength", "grain", "seed")


def add(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    from engine.cli import share  # noqa: PLC0415
    from engine.methods import METHODS  # noqa: PLC0415  (the parser alone must start quickly)

    folder(parser)
    machine(parser)
    own = parser.add_argument
    own("--output", type=Path, required=True, metavar="FOLDER", help="restored copies go here")
    own("--resume", action="store_true", help="go on with an interrupted repair, as it was begun; "
        "--device, --threads and --jobs may be others")  # fmt: skip
    own("--retry-failed", action="store_true", help="try the failed ones again as well")
    own("--method", choices=tuple(METHODS),
        help="default: for each face what fits, with or without a portrait")  # fmt: skip
    own("--fidelity", type=share, metavar="0..1", help="default: 0.5")
    own("--strength", type=share, metavar="0..1", help="default: 1")
    own("--grain", type=share, metavar="0..1", help="default: 0.5")
    own("--seed", type=int, help="default: 0")
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
    from engine.album.begun import begun  # noqa: PLC0415
    from engine.album.repair import Repair  # noqa: PLC0415
    from engine.album.store import AlbumStore  # noqa: PLC0415

    before = begun(options.output)
    if before is not None and before.left and not options.resume:
        raise UsageError(
            f"{options.output} holds a repair with {before.left} photographs still to do; "
            "add --resume to go on, or choose another folder."
        )
    settings = _settings(options, None if before is None else before.settings)
    how = None
    if options.dask:
        from engine.album.cluster import on_cluster  # noqa: PLC0415

        how = on_cluster(options.dask)
    lower_process()
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
        failed = _failed(repair)
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
    if summary.kept:
        print(
            f"likeness: {summary.kept} photographs were finished before with other settings and "
            "stay as they are; choose another folder to restore them anew.",
            file=sys.stderr,
        )
    if summary.stopped:
        print(f"likeness: {summary.stopped}", file=sys.stderr)
    return 1 if failed or summary.stopped else 0


def _failed(repair: Repair) -> list[Entry]:
    from engine.album import room  # noqa: PLC0415
    from engine.album.entries import State  # noqa: PLC0415

    if room.free(repair.output) is None:
        return []  # the journal went away with its drive
    return list(repair.journal.entries(State.FAILED))


def _settings(options: argparse.Namespace, begun: RepairSettings | None) -> RepairSettings:
    """What is asked for; the rest is as the repair was begun, where this one goes on with it.

    Args:
        options: of the command line.
        begun: as the journal of the output folder has it.

    Raises:
        UsageError: the repair was begun otherwise.
    """
    from engine.album.repair_run import RepairSettings  # noqa: PLC0415
    from engine.results import RestoreOptions  # noqa: PLC0415

    if options.jobs is not None and options.jobs < 1:
        raise UsageError("--jobs needs a number from 1 on.")
    if begun is None or not (options.resume or options.retry_failed):
        begun = RepairSettings(RestoreOptions(method=""))
    elif options.resume:
        _refuse_others(options, begun)
    given = {key: getattr(options, key) for key in _KEPT if getattr(options, key) is not None}
    return RepairSettings(
        replace(begun.options, **given),
        options.device,
        threads(options),
        options.jobs,
        begun.references and not options.no_references,
    )


def _refuse_others(options: argparse.Namespace, begun: RepairSettings) -> None:
    """What is half done is ended in the same way."""
    wrong = []
    for key in _KEPT:
        given, before = getattr(options, key), getattr(begun.options, key)
        if given not in {None, before}:
            how = f"without --{key}" if before == "" else f"with --{key} {before}"
            wrong.append((f"--{key}", how))
    if options.no_references and begun.references:
        wrong.append(("--no-references", "without --no-references"))
    for option, how in wrong[:1]:
        raise UsageError(
            f"This repair was begun {how}; leave {option} out to go on, or choose another folder."
        )


def _time(seconds: float | None) -> str:
    if seconds is None:
        return "some time"
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
