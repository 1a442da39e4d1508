"""``likeness album`` on the command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import UsageError
from engine.priority import lower_process

if TYPE_CHECKING:
    import argparse

    from engine.album.people import People
    from engine.album.repair import RepairProgress, RepairSettings
    from engine.album.store import AlbumStore
    from engine.restorer import Restorer


def add(parser: argparse.ArgumentParser) -> None:
    """The commands' options."""
    commands = parser.add_subparsers(dest="album_command", required=True, metavar="COMMAND")
    _add_index(commands.add_parser("index", help="look at new and changed photographs"))
    _add_people(commands.add_parser("people", help="list, name, join and split the people"))
    _add_references(commands.add_parser("references", help="portraits for damaged faces"))
    _add_repair(commands.add_parser("repair", help="restore the whole album; can go on later"))


def _folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the album")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def _machine(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--device", default="auto", metavar="DEVICE")
    parser.add_argument("--threads", type=int, default=None,
        help="processor threads to use; one less than there are without")  # fmt: skip


def _add_index(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    _machine(parser)
    parser.set_defaults(run=_index)


def _add_people(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    do = parser.add_mutually_exclusive_group()
    do.add_argument("--name", nargs=2, metavar=("PERSON", "NAME"),
        help="a number or a name, and the new name; confirms the faces")  # fmt: skip
    do.add_argument("--merge", nargs="+", metavar="PERSON", help="all of them are the first one")
    do.add_argument("--split", nargs="+", type=int, metavar="FACE",
        help="these faces are one other person")  # fmt: skip
    do.add_argument("--refuse", nargs="+", type=int, metavar="FACE",
        help="these faces are not the person they are grouped with")  # fmt: skip
    do.add_argument("--confirm", nargs="+", metavar=("PERSON", "FACE"),
        help="a person, and faces of it; all of its faces without")  # fmt: skip
    do.add_argument("--ignore", nargs="+", metavar="PERSON", help="nobody of interest")
    do.add_argument("--unignore", nargs="+", metavar="PERSON", help="of interest again")
    do.add_argument("--ignored", action="store_true", help="list those that you ignore as well")
    do.add_argument("--ignore-face", nargs="+", type=int, metavar="FACE", help="no face at all")
    do.add_argument("--set", nargs="+", metavar=("PERSON", "KEY=VALUE"),
        help="what a repair does otherwise for a person: "
        "method, fidelity, strength, grain; nothing to forget it")  # fmt: skip
    parser.set_defaults(run=_people)


def _add_references(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    do = parser.add_mutually_exclusive_group()
    for name, words in (("accept", "use this portrait"), ("refuse", "never use this portrait")):
        do.add_argument(f"--{name}", nargs=2, type=int, metavar=("FACE", "PORTRAIT"), help=words)
    parser.set_defaults(run=_references)


def _add_repair(parser: argparse.ArgumentParser) -> None:
    from engine.cli import share  # noqa: PLC0415
    from engine.methods import METHODS  # noqa: PLC0415  (the parser alone must start quickly)

    _folder(parser)
    _machine(parser)
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
    own("--jobs", type=int, default=2, metavar="N", help="photographs that are restored at a time")
    own("--no-references", action="store_true", help="look for no portraits in the album")
    own("--no-index", action="store_true", help="the album was indexed just now")
    own("--dask", metavar="ADDRESS", help="work on an existing Dask cluster")
    parser.set_defaults(run=_repair)


# ---------------------------------------------------------------------- commands
def _index(options: argparse.Namespace) -> int:
    from engine.album.store import AlbumStore  # noqa: PLC0415

    lower_process()
    with AlbumStore() as store:
        report = _indexed(options, store, _restorer(options))
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


def _indexed(options: argparse.Namespace, store: AlbumStore, restorer: Restorer) -> dict[str, Any]:
    from engine.album.index import index  # noqa: PLC0415
    from engine.album.people import People  # noqa: PLC0415

    def tell(done: int, total: int, words: str) -> None:
        _show(options, done / max(total, 1), f"Looking at {words}")

    report = index(options.folder, store, restorer, progress=tell)
    grouped = People(store).group()
    _clear(options)
    return {**vars(report), "persons": grouped.persons}


def _people(options: argparse.Namespace) -> int:
    from engine.album.people import People  # noqa: PLC0415
    from engine.album.store import AlbumStore  # noqa: PLC0415

    with AlbumStore() as store:
        people = People(store)
        if _said(people, options):
            people.group()
        listed = people.persons(options.folder, ignored=options.ignored)
    if options.json:
        print(json.dumps([vars(p) for p in listed], ensure_ascii=False, indent=1))
        return 0
    for person in listed:
        name = person.name or "(no name yet)"
        told = ", ignored" if person.ignored else f", {person.confirmed} confirmed"
        print(f"{person.id:6} {name:30} {len(person.faces)} faces{told}")
    if not listed:
        print("Nobody yet; run `likeness album index` first.")
    return 0


def _said(people: People, options: argparse.Namespace) -> bool:
    """Does what the user says about people; False where it is nothing."""
    if options.name:
        people.name(people.find(options.name[0]), options.name[1])
    elif options.merge:
        first, *others = map(people.find, options.merge)
        people.merge(first, others)
    elif options.split:
        people.split(options.split)
    elif options.refuse:
        people.refuse(options.refuse)
    elif options.confirm:
        person = people.find(options.confirm[0])
        faces = [_number(text) for text in options.confirm[1:]]
        everyone = {p.id: p.faces for p in people.persons(ignored=True)}
        people.confirm(faces or everyone.get(person, ()), person)
    elif options.ignore or options.unignore:
        for text in options.ignore or options.unignore:
            people.ignore_person(people.find(text), ignored=bool(options.ignore))
    elif options.ignore_face:
        people.ignore(options.ignore_face)
    elif options.set:
        people.settings(people.find(options.set[0]), dict(map(_setting, options.set[1:])))
    else:
        return False
    return True


def _setting(text: str) -> tuple[str, Any]:
    from engine.methods import METHODS  # noqa: PLC0415

    key, _, value = text.partition("=")
    if key == "method":
        if value not in METHODS:
            raise UsageError(f"There is no method '{value}'; choose one of: {', '.join(METHODS)}.")
        return key, value
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise UsageError(f"'{text}' is no setting; write KEY=VALUE with a value from 0 to 1.")
    return key, number


def _number(text: str) -> int:
    if not text.isdecimal():
        raise UsageError(f"'{text}' is no face; `likeness album people --json` lists them.")
    return int(text)


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
            _indexed(options, store, repair.restorer)
        repair.queue()
        if options.retry_failed:
            repair.journal.retry_failed()
        for sentence in repair.warnings():
            print(f"likeness: {sentence}", file=sys.stderr)

        def tell(progress: RepairProgress) -> None:
            words = f"{progress.words}, {_time(progress.seconds_left)} left"
            _show(options, progress.share, words)

        summary = repair.run(tell, how=how)
        _clear(options)
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
    from engine.album.repair import RepairSettings  # noqa: PLC0415
    from engine.results import RestoreOptions  # noqa: PLC0415

    if options.jobs < 1:
        raise UsageError("--jobs needs a number from 1 on.")
    wanted = RestoreOptions(
        method=options.method,
        fidelity=options.fidelity,
        strength=options.strength,
        grain=options.grain,
        seed=options.seed,
    )
    return RepairSettings(
        wanted, options.device, _threads(options), options.jobs, not options.no_references
    )


def _restorer(options: argparse.Namespace) -> Restorer:
    from engine.restorer import Restorer  # noqa: PLC0415

    return Restorer(options.device, threads=_threads(options))


def _threads(options: argparse.Namespace) -> int:
    from engine.backends.devices import usable_cores  # noqa: PLC0415

    return options.threads or max(1, usable_cores() - 1)


def _show(options: argparse.Namespace, share: float, words: str) -> None:
    from engine.cli import bar  # noqa: PLC0415

    if not options.json and sys.stderr.isatty():
        bar(share, words)


def _clear(options: argparse.Namespace) -> None:
    if not options.json and sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)


def _time(seconds: float | None) -> str:
    if seconds is None:
        return "some time"
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
