"""``python -m desktop [PHOTO | FOLDER]...`` opens the window."""

from __future__ import annotations

import multiprocessing
import sys


def main() -> int:
    """Opens the window; returns the exit code."""
    # First of all: a frozen program would otherwise open windows without end.
    multiprocessing.freeze_support()
    from desktop.application import run  # noqa: PLC0415

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
