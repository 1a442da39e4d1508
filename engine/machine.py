"""What the machine has left: memory and disk, asked of the system without another library."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path


def memory() -> tuple[int, int]:
    """Bytes of memory: all of it, and what programs can still take.

    Where the system tells only the first (macOS), it is given twice.

    Raises:
        OSError: the system does not tell.
    """
    if sys.platform == "win32":
        return _windows_memory()
    if Path("/proc/meminfo").exists():
        return parse_meminfo(Path("/proc/meminfo").read_text(encoding="ascii"))
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return total, total


def free_disk(folder: Path) -> int:
    """Bytes that can still be written into a folder's disk."""
    return shutil.disk_usage(folder).free


def parse_meminfo(text: str) -> tuple[int, int]:
    """Total and available bytes from the text of Linux's ``/proc/meminfo``.

    Raises:
        OSError: one of the two lines is not in it.
    """
    values = {}
    for line in text.splitlines():
        name, _, rest = line.partition(":")
        if name in {"MemTotal", "MemAvailable"}:
            values[name] = int(rest.split()[0]) * 1024
    if len(values) != 2:
        raise OSError("The system does not tell its memory.")
    return values["MemTotal"], values["MemAvailable"]


class _MemoryStatus(ctypes.Structure):
    """``MEMORYSTATUSEX`` of Windows."""

    _fields_ = (
        ("length", ctypes.c_uint32),
        ("load", ctypes.c_uint32),
        ("total", ctypes.c_uint64),
        ("available", ctypes.c_uint64),
        ("rest", ctypes.c_uint64 * 5),
    )


def _windows_memory() -> tuple[int, int]:
    status = _MemoryStatus()
    status.length = ctypes.sizeof(status)
    library = getattr(ctypes, "windll").kernel32  # noqa: B009  (only Windows has it)
    if not library.GlobalMemoryStatusEx(ctypes.byref(status)):
        raise OSError("The system does not tell its memory.")
    return int(status.total), int(status.available)
