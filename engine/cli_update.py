"""``likeness update``: asks whether there is a newer version, and installs nothing."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from engine.version import __version__

if TYPE_CHECKING:
    import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments."""
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Prints the newest release; 0 whether it is newer or not."""
    from engine import updates  # noqa: PLC0415  (only this command touches the network)

    release = updates.latest()
    if options.json:
        print(json.dumps({"installed": __version__, **asdict(release)}, ensure_ascii=False))
    elif release.newer:
        print(f"Likeness {release.version} is out; this is {__version__}.\n{release.page}\n")
        print(release.notes)
    else:
        print(f"This is the newest version, {__version__}.")
    return 0
