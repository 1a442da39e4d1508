"""``likeness album`` on the command line."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from engine import cli_people, cli_repair
from engine.cli_album_common import folder, indexed, machine, restorer
from engine.priority import lower_process

if TYPE_CHECKING:
    import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """The commands' options."""
    commands = parser.add_subparsers(dest="album_command", required=True, metavar="COMMAND")
    _add_index(commands.add_parser("index", help="look at new and changed photographs"))
    cli_people.add(commands.add_parser("people", help="list, name, join and split the people"))
    _add_references(commands.add_parser("references", help="portraits for damaged faces"))
    cli_repair.add(commands.add_parser("repair", help="restore the whole album; can go on later"))


def _add_index(parser: argparse.ArgumentParser) -> None:
    folder(parser)
    machine(parser)
    parser.set_defaults(run=_index)


def _add_references(parser: argparse.ArgumentParser) -> None:
    folder(parser)
    do = parser.add_mutually_exclusive_group()
    for name, words in (("accept", "use this portrait"), ("refuse", "never use this portrait")):
        do.add_argument(f"--{name}", nargs=2, type=int, metavar=("FACE", "PORTRAIT"), help=words)
    parser.set_defaults(run=_references)


def _index(options: argparse.Namespace) -> int:
    from engine.album.store import AlbumStore  # noqa: PLC0415

    lower_process()
    with AlbumStore() as store:
        report = indexed(options, store, restorer(options))
    if options.json:
        failed = [{"path": str(p), "reason": s} for p, s in report["failed"]]
        print(json.dumps({**report, "failed": failed}, ensure_ascii=False, indent=1))
    else:
        print(
            f"{report['photos']} photographs: {report['read']} read, {report['moved']} moved or "
            f"copied, {report['forgotten']} forgotten; {report['persons']} people."
        )
    for path, sentence in report["failed"]:
        print(f"likeness: {path}: {sentence}", file=sys.stderr)
    return 1 if report["failed"] else 0


def _references(options: argparse.Namespace) -> int:
    from engine.album import references  # noqa: PLC0415
    from engine.album.store import AlbumStore  # noqa: PLC0415

    with AlbumStore() as store:
        if options.accept:
            references.decide(store, *options.accept, accepted=True)
        elif options.refuse:
            references.decide(store, *options.refuse, accepted=False)
        found = {
            face: references.suggest(store, face)
            for face in references.damaged(store, options.folder)
        }
    if options.json:
        listed = [
            {**vars(s), "path": str(s.path), "likeness": s.likeness.value, "reason": s.reason}
            for some in found.values()
            for s in some
        ]
        print(json.dumps(listed, ensure_ascii=False, indent=1))
        return 0
    for face, some in found.items():
        for s in some:
            how = "asks first" if s.asks else "is used"
            print(f"face {face}: portrait {s.portrait} in {s.path} ({how}): {s.reason}")
    if not any(found.values()):
        print("No portrait for any damaged face; index the album, or name its people.")
    return 0
