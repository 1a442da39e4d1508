"""Start of the frozen programs: the window, or a command where one is named."""

import multiprocessing

# First of all: a child process must not open a second window, nor wait for imports it won't use.
multiprocessing.freeze_support()

import io
import os
import sys
from pathlib import PurePath


def is_command(words: list[str]) -> bool:
    """A bare word or a switch is a command; photographs come with a folder or an ending."""
    if not words or words[0].startswith("-psn_"):  # what the Finder of macOS adds
        return False
    return PurePath(words[0]).name == words[0] and not PurePath(words[0]).suffix


def main() -> int:
    """Returns the exit code."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            # A window program of Windows has no streams, and libraries write to them.
            setattr(sys, name, io.TextIOWrapper(open(os.devnull, "wb")))  # noqa: PTH123, SIM115
    if is_command(sys.argv[1:]):
        from engine.cli import main as command  # noqa: PLC0415

        return command()
    from desktop.__main__ import main as window  # noqa: PLC0415

    return window()


if __name__ == "__main__":
    sys.exit(main())
