"""What a crash leaves behind, so that the next start can show it."""

from __future__ import annotations

import faulthandler
import platform
import traceback
from typing import IO, TYPE_CHECKING

from engine.version import __version__

if TYPE_CHECKING:
    from pathlib import Path


class CrashLog:
    """Python's fault handler writes here when the program dies.

    Attributes:
        last: the report of the run before this one; empty where it ended well.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.last = _read(path)
        self._file: IO[str] | None = None

    def start(self) -> None:
        """Begins a new log; without one (full or forbidden disk) the program runs all the same."""
        try:
            self._file = self.path.open("w", encoding="utf-8")
        except OSError:
            return
        faulthandler.enable(self._file)

    def stop(self) -> None:
        """Ends the log of a run that ended well."""
        if self._file is None:
            return
        faulthandler.disable()
        self._file.close()
        self._file = None
        self.path.unlink(missing_ok=True)

    def note(self, error: BaseException) -> None:
        """Adds an error that the program survived."""
        if self._file is not None:
            self._file.write(details(error))
            self._file.flush()


def details(error: BaseException) -> str:
    """An error and the system it happened on, to be copied into a report."""
    import PySide6  # noqa: PLC0415  (its version only)

    trace = "".join(traceback.format_exception(error))
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    return (
        f"Likeness {__version__}, Python {platform.python_version()}, "
        f"Qt {PySide6.__version__}, {system}\n\n{trace}"
    )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
