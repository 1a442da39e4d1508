"""``likeness album people``: list, name, join and split the people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from engine.cli_album_common import folder
from engine.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from engine.album.people import People


def add(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    folder(parser)
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
