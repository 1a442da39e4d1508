"""Several windows at once: each has a session and a crash log, and takes over a dead one's."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile

from desktop.session import SessionFile

if TYPE_CHECKING:
    from pathlib import Path


def claim(state: Path) -> tuple[QLockFile, str]:
    """A lock that lives as long as this window, and what the names of its files end in.

    Args:
        state: the folder of the sessions.

    Returns:
        The lock, and an ending: empty for the first window, the process's number for others.
    """
    for suffix in ("", f"-{os.getpid()}"):
        lock = _lock(state, suffix)
        if lock.tryLock(0):
            break
    return lock, suffix


def adopt(state: Path, session: SessionFile, crash: Path) -> None:
    """Takes over what other windows left whose processes are gone.

    This window's own session and crash log come first: then the others' wait for the next start.

    Args:
        state: the folder of the sessions.
        session: this window's.
        crash: this window's crash log, before it is begun.
    """
    kept = (*state.glob("session-*"), *state.glob("likeness-*.lock"))
    names = {path.name.partition(".")[0] for path in (*kept, *crash.parent.glob("crash-*.log"))}
    for suffix in sorted({f"-{name.partition('-')[2]}" for name in names}):
        left = SessionFile(state / f"session{suffix}.json")
        lock = _lock(state, suffix)
        if left.path == session.path or not lock.tryLock(0):
            continue
        # What cannot be taken over now is still there at the next start.
        with contextlib.suppress(OSError):
            if session.read() is None:
                session.adopt(left)
            _adopt_log(crash.with_name(f"crash{suffix}.log"), crash)
        lock.unlock()


def _adopt_log(left: Path, own: Path) -> None:
    if not left.exists() or left.stat().st_size == 0:
        # Whoever is killed from outside writes nothing.
        left.unlink(missing_ok=True)
    elif not own.exists():
        left.replace(own)


def _lock(state: Path, suffix: str) -> QLockFile:
    lock = QLockFile(str(state / f"likeness{suffix}.lock"))
    # However old: it is stale when its process is gone, and only then.
    lock.setStaleLockTime(0)
    return lock
