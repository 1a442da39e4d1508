"""Lets everybody else on this machine go first while an album takes hours."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEP = 5
_LEAST = 19
_BELOW_NORMAL = 0x4000


def lower_process() -> None:
    """This process comes after the others from now on."""
    if sys.platform == "win32":
        kernel, process = _windows()
        kernel.SetPriorityClass(process, _BELOW_NORMAL)
    else:
        with suppress(OSError):
            os.nice(_STEP)


@contextmanager
def lowered_thread() -> Iterator[None]:
    """This thread and those that it starts come after the others; the process's first does not.

    Linux has priorities of threads, which nobody may raise again: the thread stays low. Windows
    hands no thread's priority on to those that it starts, so the process is lowered there, and
    raised again at the end. Elsewhere a process cannot be raised again, and nothing is done: the
    engine leaves a core free.
    """
    if sys.platform == "linux":
        with suppress(OSError):
            base = os.getpriority(os.PRIO_PROCESS, os.getpid())
            thread = threading.get_native_id()
            os.setpriority(os.PRIO_PROCESS, thread, min(base + _STEP, _LEAST))
        yield
    elif sys.platform == "win32":
        kernel, process = _windows()
        before = kernel.GetPriorityClass(process)
        kernel.SetPriorityClass(process, _BELOW_NORMAL)
        try:
            yield
        finally:
            kernel.SetPriorityClass(process, before)
    else:
        yield


def _windows() -> tuple[Any, Any]:
    """The system's functions, and this process."""
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - it exists on Windows only
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    kernel.GetPriorityClass.argtypes = [ctypes.c_void_p]
    kernel.SetPriorityClass.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
    return kernel, ctypes.c_void_p(kernel.GetCurrentProcess())
