"""``likeness benchmark`` on the command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from engine.benchmark import Row


def add(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    add_argument = parser.add_argument
    add_argument("--method", action="append", help="a method; may be repeated; all without")
    add_argument("--device", action="append", help="a device; may be repeated; all without")
    add_argument("--threads", action="append", type=int, metavar="N",
        help="processor threads; may be repeated; all cores without")  # fmt: skip
    add_argument("--peers", action="store_true",
        help="also the peers and the published size of CodeFormer, "
        "where the training material is")  # fmt: skip
    add_argument("--album", action="append", type=int, nargs="?", const=40, metavar="PHOTOS",
        help="instead: a generated album of so many photographs, indexed and repaired; "
        "may be repeated")  # fmt: skip
    add_argument("--faces", type=float, default=1.0, metavar="SHARE",
        help="share of the album's photographs that show a face; 1 without")  # fmt: skip
    add_argument("--seconds", type=float, default=8.0, help="at most this long a row")
    add_argument("--json", action="store_true", help="print one JSON document")
    add_argument("--plot", type=Path, metavar="FILE.png", help="also write a picture of the table")
    add_argument("--worker", help="used by the program itself")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measures and prints; returns the exit code."""
    from engine import benchmark, benchmark_album  # noqa: PLC0415  (the parser alone must start quickly)
    from engine.backends.devices import devices, usable_cores  # noqa: PLC0415
    from engine.methods import METHODS  # noqa: PLC0415

    if options.worker:
        what = json.loads(options.worker)
        if "album" in what:
            print(json.dumps(benchmark_album.worker(what["album"], what["threads"], what["faces"])))
        else:
            print(json.dumps(benchmark.worker(options.worker)))
        return 0
    if options.album:
        return _album(options)
    unknown = set(options.method or ()) - set(METHODS)
    if unknown:
        raise UsageError(
            f"There is no method '{min(unknown)}'; choose one of: {', '.join(METHODS)}."
        )
    rows: list[Row] = benchmark.run(
        options.method or list(METHODS),
        options.device or [d.key for d in devices()],
        options.threads or [usable_cores()],
        seconds=options.seconds,
        tell=lambda words: print(words, file=sys.stderr, flush=True),
    )
    others: list[Row] = []
    if options.peers:
        others = _peers(options.threads or [usable_cores()])
    if options.plot:
        from engine.benchmark_plot import draw  # noqa: PLC0415

        draw([*rows, *others], options.plot, others=frozenset(r.method for r in others))
    if options.json:
        print(json.dumps(benchmark.document([*rows, *others]), indent=1))
    else:
        print(benchmark.table([*rows, *others]))
    return 0


def _album(options: argparse.Namespace) -> int:
    from dataclasses import asdict  # noqa: PLC0415

    from engine import benchmark_album  # noqa: PLC0415
    from engine.backends.devices import usable_cores  # noqa: PLC0415

    if min(options.album) < 1:
        raise UsageError("An album has at least one photograph.")
    if not 0 < options.faces <= 1:
        raise UsageError("--faces is a share above 0 and up to 1.")
    rows = benchmark_album.run(
        options.album,
        (options.threads or [usable_cores()])[0],
        faces=options.faces,
        tell=lambda words: print(words, file=sys.stderr, flush=True),
    )
    if options.json:
        print(json.dumps([asdict(row) for row in rows], indent=1))
    else:
        print(benchmark_album.table(rows))
    return 0


def _peers(threads: list[int]) -> list[Row]:
    try:
        from engine.training.benchmark_peers import rows  # noqa: PLC0415
    except ImportError as error:
        raise UsageError(
            "Peers need the training extra; install it with pip install 'likeness[train]'."
        ) from error
    return rows(threads)
