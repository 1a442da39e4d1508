"""``likeness``: the command line.

Exit codes: 0 all done; 1 some files failed (listed, with reasons); 2 wrong use; 130 stopped by
Ctrl-C. Nothing half-written is ever left behind, and no existing file is replaced.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import LikenessError, UsageError
from engine.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.results import RestoreOptions


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A console that cannot show a file's name must not end the run.
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except UsageError as error:
        print(f"likeness: {error.sentence}", file=sys.stderr)
        return 2
    except LikenessError as error:
        print(f"likeness: {error.sentence}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        said = "\nlikeness: stopped; finished files are kept, nothing else changed."
        print(said, file=sys.stderr)
        return 130
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="likeness",
        description="Gives people back the faces in their old photos "
        "and keeps them the same person.",
    )
    parser.add_argument("--version", action="version", version=f"likeness {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_restore(commands.add_parser("restore", help="restore the faces of photographs"))
    devices = commands.add_parser("devices", help="list what can compute on this machine")
    devices.add_argument("--json", action="store_true")
    devices.set_defaults(run=_devices)
    from engine import (  # noqa: PLC0415
        cli_album,
        cli_benchmark,
        cli_models,
        cli_selftest,
        cli_update,
    )

    cli_album.add(commands.add_parser("album", help="index, people and repair of a whole album"))
    cli_benchmark.add(commands.add_parser("benchmark", help="measure the speed of this machine"))
    cli_models.add(commands.add_parser("models", help="list, verify or import models"))
    cli_selftest.add(commands.add_parser("selftest", help="check this installation"))
    cli_update.add(commands.add_parser("update", help="ask whether there is a newer version"))
    return parser


def _add_restore(restore: argparse.ArgumentParser) -> None:
    from engine.methods import METHODS  # noqa: PLC0415  (the parser alone must start quickly)
    from engine.parts import FINDERS, OWN  # noqa: PLC0415

    add = restore.add_argument
    add("photos", nargs="+", type=Path, metavar="PHOTO", help="photographs, or folders of them")
    add("--reference", action="append", type=Path, default=[], metavar="PORTRAIT",
        help="a good portrait of a person in the photographs; may be repeated")  # fmt: skip
    add("--insist", action="store_true",
        help="use a portrait even where it seems to show somebody else")  # fmt: skip
    add("--method", choices=tuple(METHODS), default="",
        help="default: for each face what fits, with or without a portrait")  # fmt: skip
    add("--fidelity", type=share, default=0.5, metavar="0..1",
        help="0 richest texture, 1 most faithful to the damaged picture")  # fmt: skip
    add("--strength", type=share, default=1.0, metavar="0..1",
        help="0 leaves the photograph as it is, 1 is all of the restored face")  # fmt: skip
    add("--grain", type=share, default=0.5, metavar="0..1",
        help="how much of the print's own grain is put back")  # fmt: skip
    add("--faces", type=_faces, default="default", metavar="all|largest|N,N",
        help="which faces; without it all but the very small and doubtful ones")  # fmt: skip
    add("--tone", choices=("auto", "mono", "sepia", "colour"), default="auto",
        help="how the print is toned, where the automatic answer is wrong")  # fmt: skip
    add("--output", type=Path, metavar="FILE_OR_FOLDER",
        help="default: NAME_likeness beside the photograph")  # fmt: skip
    add("--device", default="auto", metavar="DEVICE",
        help="auto, or one that `likeness devices` lists")  # fmt: skip
    add("--threads", type=int, default=None, help="processor threads to use")
    add("--finder", choices=FINDERS, default=OWN,
        help="what finds the faces; retinaface needs facexlib and imported weights")  # fmt: skip
    add("--seed", type=_seed, default=0,
        help="another number gives another plausible face, where the method invents")  # fmt: skip
    add("--uncertainty", type=_several, nargs="?", const=4, default=0, metavar="SEEDS",
        help="also write a heat map of what is invented, over so many seeds (4)")  # fmt: skip
    add("--debug-pictures", action="store_true",
        help="also write the pictures on the way, where the method has some")  # fmt: skip
    add("--json", action="store_true", help="print one JSON document on standard output")
    restore.set_defaults(run=_restore)


def _restore(options: argparse.Namespace) -> int:
    from engine.batch import Job, restore_files  # noqa: PLC0415  (loads numpy, cv2 and the runtime)

    job = Job(
        photos=tuple(options.photos),
        references=tuple(options.reference),
        options=_restore_options(options),
        output=options.output,
        device=options.device,
        threads=options.threads,
        finder=options.finder,
    )
    quiet = options.json or not sys.stderr.isatty()
    reports: list[dict[str, Any]] = []
    warnings: list[str] = []
    failed: list[str] = []
    for outcome in restore_files(job, None if quiet else bar):
        if not quiet:
            print("\r\033[K", end="", file=sys.stderr)
        if not options.json:
            print(outcome.line(), flush=True)
        reports.append(outcome.report())
        told = outcome.result.warnings if outcome.result else ()
        warnings += [f"{outcome.source}: {warning}" for warning in told]
        if outcome.failed:
            failed.append(f"{outcome.source}: {outcome.reason}")
        del outcome  # its pixels must not stay while the next photograph is restored
    if options.json:
        document = {"version": __version__, "photos": reports}
        print(json.dumps(document, ensure_ascii=False, indent=1))
    elif len(reports) > 1:
        print(f"{len(reports) - len(failed)} of {len(reports)} photographs done.")
    for sentence in warnings + failed:
        print(f"likeness: {sentence}", file=sys.stderr)
    return 1 if failed else 0


def _restore_options(options: argparse.Namespace) -> RestoreOptions:
    from engine.results import RestoreOptions  # noqa: PLC0415

    return RestoreOptions(
        method=options.method,
        fidelity=options.fidelity,
        strength=options.strength,
        grain=options.grain,
        faces=options.faces,
        seed=options.seed,
        mode=None if options.tone == "auto" else options.tone,
        uncertainty=options.uncertainty,
        insist=options.insist,
        pictures=options.debug_pictures,
    )


def bar(share: float, words: str) -> None:
    """Draws a progress bar on the terminal, in place of the last one."""
    width = 30
    full = round(share * width)
    bar = "#" * full + "." * (width - full)
    print(f"\r\033[K[{bar}] {share:4.0%} {words}", end="", file=sys.stderr, flush=True)


def _devices(options: argparse.Namespace) -> int:
    from engine.backends.devices import devices  # noqa: PLC0415

    found = devices()
    if options.json:
        print(json.dumps([{"key": d.key, "title": d.title, "threads": d.threads} for d in found]))
    else:
        for device in found:
            print(f"{device.key:10} {device.title} ({device.threads} threads)")
    return 0


def share(text: str) -> float:
    """A number of the command line between 0 and 1."""
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
    return value


def _seed(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 0 on")
    return int(text)


def _several(text: str) -> int:
    if not text.isdecimal() or int(text) < 2:
        raise argparse.ArgumentTypeError(f"{text} is not a number of seeds, two at least")
    return int(text)


def _faces(text: str) -> str | tuple[int, ...]:
    if text in {"default", "all", "largest"}:
        return text
    try:
        return tuple(sorted({int(part) for part in text.split(",")}))
    except ValueError as error:
        raise argparse.ArgumentTypeError("say all, largest, or numbers such as 0,2") from error


if __name__ == "__main__":
    raise SystemExit(main())
