"""``likeness``: with a command it is the command line, otherwise the window.

The command line must start quickly and run where there is no screen, so nothing of Qt is imported
before the window is wanted.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Opens the window, or runs a command; returns the exit code.

    Args:
        arguments: what follows the program's name; the process's own by default.
    """
    # First of all: a frozen program would otherwise open windows without end.
    multiprocessing.freeze_support()
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    if not wants_window(arguments):
        from engine import cli  # noqa: PLC0415  (only for commands)

        return cli.main(arguments)
    missing = no_screen(os.environ, sys.platform)
    if missing:
        print(f"likeness: {missing}", file=sys.stderr)  # noqa: T201  (there is no window)
        return 1
    from desktop.application import run  # noqa: PLC0415  (loads Qt)

    return run(arguments)


def wants_window(arguments: Sequence[str]) -> bool:
    """Whether these arguments ask for the window: none at all, or photographs and folders.

    A bare word without a dot or a slash is a command, even where a folder has its name; ``./album``
    is the folder.
    """
    if not arguments:
        return True
    first = arguments[0]
    if first.startswith("-"):
        # macOS hands this to programs that are opened from the Finder.
        return first.startswith("-psn_")
    named = Path(first)
    return (named.name != first or bool(named.suffix)) and named.exists()


def no_screen(environment: Mapping[str, str], platform: str) -> str:
    """One sentence where no window can be shown; empty where one can.

    Qt itself would end the process with a core dump.
    """
    known = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if platform != "linux" or any(environment.get(name) for name in known):
        return ""
    return (
        "There is no screen to open a window on; "
        "restore photographs with 'likeness restore PHOTO...' instead."
    )
