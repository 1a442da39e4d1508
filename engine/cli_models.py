"""``likeness models``: what is installed, whether it is whole, and weights from elsewhere."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import LikenessError, UsageError

if TYPE_CHECKING:
    import argparse

    from engine.models.manifest import ModelEntry


def add(models: argparse.ArgumentParser) -> None:
    """Gives the parser of the command its arguments."""
    actions = models.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, words in (
        ("list", "what is installed"),
        ("verify", "whether every file is the one that was released"),
    ):
        action = actions.add_parser(name, help=words)
        action.add_argument("--json", action="store_true")
        action.set_defaults(run=_list)
    bring = actions.add_parser("import", help="take weights that another project published")
    bring.add_argument("file", type=Path, metavar="FILE")
    bring.add_argument(
        "--accept-licence", action="store_true", help="you have read the licence and agree"
    )
    bring.set_defaults(run=_import)
    away = actions.add_parser("remove", help="take an imported model away again")
    away.add_argument("name", metavar="NAME")
    away.set_defaults(run=_remove)


def _list(options: argparse.Namespace) -> int:
    from engine.models.store import ModelStore  # noqa: PLC0415  (the parser must start quickly)

    store = ModelStore()
    entries = store.entries()
    wrong: dict[str, str] = {}
    if options.action == "verify":
        for entry in entries:
            try:
                store.verify(entry.name)
            except LikenessError as error:
                wrong[entry.name] = error.sentence
    if options.json:
        listed = [_plain(e, wrong.get(e.name)) for e in entries]
        print(json.dumps(listed, ensure_ascii=False, indent=1))
    else:
        for e in entries:
            checked = "" if options.action == "list" else wrong.get(e.name, "verified")
            print(f"{e.name:20} {e.version:8} {_size(e) / 1e6:6.2f} MB  {checked or e.title}")
    return 1 if wrong else 0


def _plain(entry: ModelEntry, error: str | None) -> dict[str, object]:
    return {
        "name": entry.name,
        "title": entry.title,
        "version": entry.version,
        "bytes": _size(entry),
        "licence": entry.licence,
        "error": error,
    }


def _size(entry: ModelEntry) -> int:
    return sum(int(file["size"]) for file in entry.files.values())


def _import(options: argparse.Namespace) -> int:
    from engine.models.imports import import_model, recognise  # noqa: PLC0415

    kind = recognise(options.file)
    print(f"{kind.title}. {kind.licence}")
    if kind.terms:
        print(f"\n{kind.terms}")
    if not options.accept_licence:
        if not sys.stdin.isatty():
            raise UsageError(
                "Say --accept-licence if you agree to the licence; nothing was imported.",
                code="licence",
            )
        if input("Do you agree to this licence? [y/N] ").strip().lower() not in {"y", "yes"}:
            raise UsageError("Nothing was imported.", code="licence")
    entry = import_model(options.file, kind)
    print(f"'{entry.name}' is ready. {kind.use}".rstrip())
    return 0


def _remove(options: argparse.Namespace) -> int:
    from engine.models.imports import remove_model  # noqa: PLC0415

    remove_model(options.name)
    print(f"'{options.name}' is gone.")
    return 0
