"""What the commands of ``likeness album`` share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

    from engine.album.store import AlbumStore
    from engine.restorer import Restorer


def folder(parser: argparse.ArgumentParser) -> None:
    """The album, and how to answer."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the album")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def machine(parser: argparse.ArgumentParser) -> None:
    """Where to compute."""
    parser.add_argument("--device", default="auto", metavar="DEVICE")
    parser.add_argument("--threads", type=int, default=None,
        help="processor threads to use; one less than there are without")  # fmt: skip


def indexed(options: argparse.Namespace, store: AlbumStore, restorer: Restorer) -> dict[str, Any]:
    """Looks at new and changed photographs and groups their people; what came of it."""
    from engine.album.index import index  # noqa: PLC0415
    from engine.album.people import People  # noqa: PLC0415

    def tell(done: int, total: int, words: str) -> None:
        show(options, done / max(total, 1), f"Looking at {words}")

    report = index(options.folder, store, restorer, progress=tell)
    grouped = People(store).group()
    clear(options)
    return {**vars(report), "persons": grouped.persons}


def restorer(options: argparse.Namespace) -> Restorer:
    """The one that the options ask for."""
    from engine.restorer import Restorer  # noqa: PLC0415

    return Restorer(options.device, threads=threads(options))


def threads(options: argparse.Namespace) -> int:
    """As many as asked for; else one is left for other programs."""
    from engine.backends.devices import usable_cores  # noqa: PLC0415

    return options.threads or max(1, usable_cores() - 1)


def show(options: argparse.Namespace, share: float, words: str) -> None:
    """A bar on a terminal."""
    from engine.cli import bar  # noqa: PLC0415

    if not options.json and sys.stderr.isatty():
        bar(share, words)


def clear(options: argparse.Namespace) -> None:
    """Takes the bar away."""
    if not options.json and sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
